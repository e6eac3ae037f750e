"""The motives as text: what is to be asked, and how promises are worded."""

import datetime as dt
import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
from rich.console import Console

from analyzer.model.findings import Dismissed, Fate, Known, Level, Outcome, PersonVerdict, SignId
from analyzer.model.insight import Motives, ReadingChange
from analyzer.model.person import Said
from analyzer.model.relationship import NoteRow, TrackRecord
from analyzer.relationship import picture
from analyzer.rendering.motives import motives
from analyzer.rendering.values import plain
from analyzer.usecases.motives import source
from tests.relations import CLIENT, LLM, Pair, advice, follow_up, judged, levels, meeting, promise, tarn_mills, told

TODAY = dt.date(2026, 3, 9)


WIDE = 10_000


def told_of(pairs: list[Pair], said: Mapping[str, Said] | None = None) -> Motives:
    """A client's motives over these meetings."""
    seen = picture(pairs, TODAY, said)
    return Motives(
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
        adoption=seen.adoption,
        unmatched=seen.unmatched,
        voices=seen.voices,
        differences=seen.differences,
    )


def rendered(result: Motives, width: int = WIDE) -> str:
    """The text as it is piped, or as it stands in a terminal of so many columns; without the spaces at the ends of lines."""
    console = Console(file=io.StringIO(), width=width)
    console.print(motives(result))
    assert isinstance(console.file, io.StringIO)
    return "".join(f"{line.rstrip()}\n" for line in console.file.getvalue().splitlines())


def shown(pairs: list[Pair]) -> str:
    return rendered(told_of(pairs))


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


def test_one_meeting_by_itself_tells_promises_and_advice_as_it_left_them() -> None:
    m = meeting("2026-01-05", [("Tess Okafor", "Yes."), ("Iris Vance", "Stop the report.")])
    made = [promise(m, 0, "Tess Okafor", "send it", due="2026-01-12"), advice(m, 1, "stop the weekly report")]
    text = rendered(replace(told_of([judged(m, findings=made)]), meeting=m.id, title=m.title, date=m.date))
    assert "send it, was due 2026-01-12 (12 Jan 2026); as this meeting left it, said 5 Jan 2026\n" in text
    assert "What we advised, as this meeting left it\n" in text
    assert "not heard since" not in text


def test_what_was_told_of_earlier_things_and_fits_none_is_shown_with_its_words_and_place() -> None:
    first = meeting("2026-01-05", [("Iris Vance", "Stop the report.")])
    later = meeting("2026-02-20", [("Tess Okafor", "The rota is dead."), ("Tess Okafor", "You never sent the list.")])
    lost = [follow_up(later, 0, "the new rota", Outcome.IGNORED), follow_up(later, 1, "the interview list", Fate.OPEN)]
    text = shown([judged(first, findings=[advice(first, 0, "stop the weekly report")]), judged(later, findings=lost)])
    part = text.partition("Told of earlier things, but not sure of which\n")[2]
    for about, quoted, turn in (
        ("advice: the new rota", "The rota is dead.", 0),
        ("a promise: the interview list", "You never", 1),
    ):
        assert f"   about {about}\n    “{quoted}" in part
        assert f"analyzer show tarn-mills-2026-02-20 --turn {turn}\n" in part
    assert "1 more thing was told of earlier advice that could not be matched.\n" in text


def test_a_promise_by_nobody_sure_and_its_time_read_as_sentences() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Yes.")])
    text = shown([judged(m, findings=[promise(m, 0, None, "plan it", to="Graham Pell", due="From Monday")])])
    assert "Not sure who, to Graham Pell: plan it, due from Monday; " in text


def test_one_meeting_is_counted_as_one() -> None:
    assert "Tarn Mills  1 meeting, read by" in shown([judged(meeting("2026-02-20", [("Tess Okafor", "Yes.")]))])


def test_what_is_done_or_dropped_comes_last_with_the_day_and_the_words_that_tell_it() -> None:
    first = meeting("2026-01-05", [("Tess Okafor", "I send it."), ("Bo Lindqvist", "I bring it.")])
    second = meeting("2026-02-20", [("Tess Okafor", "You have the figures now."), ("Bo Lindqvist", "The list is still to come.")])
    text = shown(
        [
            judged(
                first,
                findings=[
                    promise(first, 0, "Tess Okafor", "send the energy figures", due="2026-01-12"),
                    promise(first, 1, "Bo Lindqvist", "bring the interview list"),
                ],
            ),
            judged(
                second,
                findings=[
                    follow_up(second, 0, "the energy figures", Fate.DONE),
                    follow_up(second, 1, "the interview list", Fate.OPEN),
                    promise(second, 1, "Bo Lindqvist", "bring the interview list"),
                ],
            ),
        ]
    )
    assert (
        "Who owes whom\n"
        "   Bo Lindqvist: bring the interview list; open, said 20 Feb 2026, first on 5 Jan 2026\n"
        "   Tess Okafor: send the energy figures, was due 2026-01-12 (12 Jan 2026); done, told on 20 Feb 2026; said 5 Jan 2026\n"
        "    “You have the figures now.”\n"
        "    Tess Okafor, 20 Feb 2026   analyzer show tarn-mills-2026-02-20 --turn 0\n"
    ) in text


def test_our_advice_is_told_step_by_step_with_its_name_and_a_person_s_note() -> None:
    later = meeting("2026-02-20", [("Tess Okafor", "We went back to the old way."), ("Iris Vance", "Close the upper floor.")])
    found = [
        follow_up(later, 0, "talk to the shift leads", Outcome.REVERSED),
        advice(later, 1, "close the upper floor"),
    ]
    pairs = [*tarn_mills(), judged(later, findings=found)]
    text = rendered(told_of(pairs, told(later, 1, Outcome.ADOPTED, "2026-03-02", note="Bo wrote to us.")))
    assert (
        "What we advised\n"
        "   Of 1 given 30 days ago or more: 1 not taken up so far. 1 more is too new to tell.\n"
        "   4 Nov 2025: talk to the shift leads first\n"
        "      adopted 4 Nov 2025, reversed 20 Feb 2026   tarn-mills-2025-11-04:3\n"
        "      “We went back to the old way.”\n"
        "      Tess Okafor, 20 Feb 2026   analyzer show tarn-mills-2026-02-20 --turn 0\n"
        "   20 Feb 2026: close the upper floor\n"
        "      adopted 2 Mar 2026 (your word)   tarn-mills-2026-02-20:1\n"
        "      Your note: Bo wrote to us.\n"
    ) in text


def test_advice_of_which_nothing_is_old_enough_is_told_as_too_new() -> None:
    m = meeting("2026-02-20", [("Iris Vance", "Do this."), ("Iris Vance", "Do that.")])
    text = shown([judged(m, findings=[advice(m, 0, "close the floor"), advice(m, 1, "open the floor")])])
    assert "   2 pieces given less than 30 days ago: too new to tell.\n" in text
    assert "      unknown   tarn-mills-2026-02-20:0\n" in text


def test_who_says_what_is_told_as_counts_of_quotes_and_where_two_differ() -> None:
    text = shown(tarn_mills())
    assert (
        "Who says what\n"
        "   Bo Lindqvist (3 meetings, last 3 Feb 2026)\n"
        "      1 quote against “An outside view for a settled decision”\n"
        "   Tess Okafor (3 meetings, last 3 Feb 2026)\n"
        "      2 quotes for “An outside view for a settled decision”\n"
        "   Tess Okafor's words speak for “An outside view for a settled decision”, Bo Lindqvist's against it.\n"
    ) in text
    assert "Who says what" not in shown(levels(SignId.BOARD_MANDATE, Level.NONE))


def with_known(pairs: list[Pair], *known: Known | None) -> list[Pair]:
    """The pairs with what is known of the reader's level, meeting by meeting, for the sign of a directive from above."""
    told = []
    for (m, assessment), worth in zip(pairs, known, strict=True):
        verdict = replace(assessment.sign(SignId.BOARD_MANDATE), known=worth)
        signs = tuple(verdict if v.sign is verdict.sign else v for v in assessment.judgement.signs)
        told.append((m, replace(assessment, judgement=replace(assessment.judgement, signs=signs))))
    return told


@pytest.mark.parametrize(
    ("level", "told"),
    [
        (Level.STRONG, "weak\n"),  # one meeting alone makes no strong sign, and of its hints nothing is known
        (Level.WEAK, "weak (when the reader said so: right in 9 of 13 verdicts on labelled meetings)\n"),
        (Level.NONE, "none (when the reader said so: nothing there in 9 of 13)\n"),
        (Level.INSUFFICIENT, "insufficient\n"),
    ],
)
def test_beside_a_level_stands_how_often_the_reader_was_right_with_it(level: Level, told: str) -> None:
    result = told_of(with_known(levels(SignId.BOARD_MANDATE, level), Known(right=9, said=13)))
    assert f"3  A directive from above to be satisfied: {told}" in rendered(result)
    assert "when the reader said so" not in shown(levels(SignId.BOARD_MANDATE, level))


def test_json_has_how_often_the_reader_was_right() -> None:
    pairs = with_known(levels(SignId.BOARD_MANDATE, Level.WEAK, Level.STRONG), None, Known(right=9, said=13))
    signs = plain(told_of(pairs))["signs"]
    assert [(sign["level"], sign["known"]) for sign in signs[2:]] == [("strong", {"right": 9, "said": 13}), ("none", None)]


def with_own(pairs: list[Pair], level: Level, note: str) -> Motives:
    """The motives where a person has a verdict on the sign of the newest of these meetings, and took out and put in words."""
    m, assessment = pairs[-1]
    verdict = assessment.sign(SignId.BOARD_MANDATE)
    heard = verdict.evidence[0]
    own = replace(
        verdict,
        level=level,
        person=PersonVerdict(level=level, note=note, reader=verdict.level),
        dismissed=(Dismissed(evidence=heard.evidence, because="quoting-someone"),),
        marked=(heard.evidence,),
    )
    signs = tuple(own if v.sign is verdict.sign else v for v in assessment.judgement.signs)
    changed = replace(assessment, judgement=replace(assessment.judgement, signs=signs))
    return told_of([*pairs[:-1], (m, changed)])


def test_a_person_s_own_verdict_is_told_beside_the_reader_s_with_what_was_taken_out_and_put_in() -> None:
    text = rendered(with_own(levels(SignId.BOARD_MANDATE, Level.WEAK, Level.STRONG), Level.WEAK, "Ruth asked for it herself"))
    assert "   Your own verdict of 10 Feb 2025: weak (the reader said strong). Ruth asked for it herself.\n" in text
    assert "    “Words of meeting 1.” (marked by you)\n" in text
    assert "   Taken out by you:\n    “Words of meeting 1.” (quoting someone)\n" in text
    assert "tarn-mills-2025-02-10  balanced  weak 3*\n" in text
    assert "* your own verdict\n" in text
    same = rendered(with_own(levels(SignId.BOARD_MANDATE, Level.STRONG), Level.STRONG, ""))
    assert "Your own verdict of 10 Jan 2025: strong (the reader said the same).\n" in same


def test_of_one_meeting_a_person_s_verdict_stands_in_the_place_of_the_reader_s_reason() -> None:
    pairs = levels(SignId.BOARD_MANDATE, Level.STRONG, why="the reader's reason")
    changed = rendered(replace(with_own(pairs, Level.WEAK, ""), meeting="m_1", trajectory=()))
    assert "   Your own verdict: weak (the reader said strong).\n" in changed
    assert "reader's reason" not in changed
    assert "reader's reason" in rendered(replace(with_own(pairs, Level.STRONG, ""), meeting="m_1", trajectory=())).casefold()


def test_the_path_names_another_reader_where_it_changed() -> None:
    pairs = [
        judged(meeting("2026-01-05", [("Tess Okafor", "Hi.")]), engine=LLM),
        judged(meeting("2026-02-05", [("Tess Okafor", "Hi.")])),
    ]
    assert "tarn-mills-2026-02-05  balanced  none (another reader: offline)\n" in shown(pairs)


def test_the_track_record_the_notes_and_what_changed_are_told() -> None:
    result = replace(
        told_of(tarn_mills()),
        track_record=(TrackRecord(level=Level.STRONG, agreed=7, of=10),),
        notes=(NoteRow(number=3, date=dt.date(2026, 1, 9), kind="event", text="Bo left the firm."),),
        changes=(
            ReadingChange(meeting="m_1", slug="tarn-mills-2025-11-04", lines=("Fit: mixed -> yes",), because=("other prompts",)),
            ReadingChange(meeting="m_2", slug="tarn-mills-2025-12-09", lines=(), because=()),
        ),
    )
    text = rendered(result)
    assert "When this reader said strong, you agreed in 7 of 10 verdicts.\n" in text
    assert "Your notes\n   3  9 Jan 2026, event: Bo left the firm.\n" in text
    assert "Read again, tarn-mills-2025-11-04 (other prompts)\n   Fit: mixed -> yes\n" in text
    assert "Read again, tarn-mills-2025-12-09\n   nothing is different\n" in text


def test_in_sixty_columns_no_line_is_longer_and_no_word_is_cut() -> None:
    pairs = [*tarn_mills(), *levels(SignId.ILLUSION_OF_CHANGE, Level.STRONG, Level.INSUFFICIENT)]
    result = replace(with_own(levels(SignId.BOARD_MANDATE, Level.WEAK), Level.STRONG, "note"), signs=told_of(pairs).signs)
    known = told_of(with_known(levels(SignId.BOARD_MANDATE, Level.WEAK), Known(right=9, said=13)))
    for motive in (told_of(pairs), result, known):
        narrow, wide = rendered(motive, 60), rendered(motive)
        assert max(map(len, narrow.splitlines())) <= 60
        assert narrow.split() == wide.split()
