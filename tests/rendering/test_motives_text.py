"""The motives as text: what is to be asked, and how promises are worded."""

import datetime as dt
import io

from rich.console import Console

from analyzer.model.findings import Level, SignId
from analyzer.model.results import Motives
from analyzer.relationship import picture
from analyzer.rendering.motives import motives
from analyzer.usecases.motives import source
from tests.relations import CLIENT, Pair, judged, levels, meeting, promise

TODAY = dt.date(2026, 3, 9)


def shown(pairs: list[Pair]) -> str:
    """The text of a client's motives, as it is piped."""
    seen = picture(pairs, TODAY)
    result = Motives(
        client=CLIENT.id,
        client_name=CLIENT.name,
        meeting=None,
        title="",
        date=None,
        engine="offline",
        reader=seen.engine,
        meetings_read=len(pairs),
        unread=0,
        signs=seen.signs,
        stance=seen.stance,
        stance_why=seen.stance_why,
        conditions=seen.conditions,
        openings=seen.openings,
        commitments=seen.commitments,
        recommendations=seen.recommendations,
        rejected=seen.rejected,
        trajectory=seen.trajectory,
        caveats=seen.caveats,
        sources=tuple(source(m) for m, _ in pairs),
    )
    console = Console(file=io.StringIO(), width=10_000)
    console.print(motives(result))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_only_a_sign_that_stands_is_asked_about() -> None:
    assert "Ask next time" in shown(levels(SignId.BOARD_MANDATE, Level.STRONG, Level.WEAK))
    quiet = shown(levels(SignId.BOARD_MANDATE, Level.STRONG, Level.WEAK, Level.NONE))
    assert "A directive from above to be satisfied: weak" in quiet
    assert "“Words of meeting 0.”" in quiet
    assert "Ask next time" not in quiet
    assert "Another reading" not in quiet


def test_a_sign_that_has_faded_says_when_it_was_heard_without_the_old_words() -> None:
    text = shown(levels(SignId.BOARD_MANDATE, Level.STRONG, Level.NONE, Level.NONE))
    assert "A directive from above to be satisfied: none\n   Last heard on 10 Jan 2025; nothing in the 2 meetings since." in text
    assert "Words of meeting 0." not in text


def test_a_promise_whose_date_has_passed_is_told_as_not_heard_of_since() -> None:
    m = meeting("2026-02-20", [("Tess Okafor", "Yes.")])
    made = [
        promise(m, 0, "Tess Okafor", "send it", due="2026-03-01"),
        promise(m, 0, "Tess Okafor", "bring it", due="2026-04-01"),
    ]
    text = shown([judged(m, findings=made)])
    assert "Tess Okafor: send it, was due 2026-03-01 (1 Mar 2026); not heard since, said 20 Feb 2026\n" in text
    assert "Tess Okafor: bring it, due 2026-04-01 (1 Apr 2026); open, said 20 Feb 2026\n" in text


def test_one_meeting_is_counted_as_one() -> None:
    assert "Tarn Mills  1 meeting, read by" in shown([judged(meeting("2026-02-20", [("Tess Okafor", "Yes.")]))])
