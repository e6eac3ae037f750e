"""What is otherwise since the last meeting."""

import datetime as dt

from analyzer.model.findings import ClaimKind, Fate, Level, Outcome, SignId, Stance
from analyzer.model.person import Said
from analyzer.relationship import picture
from analyzer.relationship.since import Changed, changes
from tests.relations import Pair, advice, finding, follow_up, judged, levels, meeting, promise, told, verdict

TODAY = dt.date(2026, 3, 9)
BOARD = SignId.BOARD_MANDATE


def since(pairs: list[Pair], said: dict[str, Said] | None = None, today: dt.date = TODAY) -> tuple[Changed, ...]:
    return changes(picture(pairs, today, said), today)


def lines(pairs: list[Pair], said: dict[str, Said] | None = None) -> list[str]:
    return [changed.told for changed in since(pairs, said)]


def test_a_sign_that_is_newly_heard_is_told_with_its_words() -> None:
    [changed] = since(levels(BOARD, Level.NONE, Level.STRONG))
    assert changed.told == "“A directive from above to be satisfied”: strong on 10 Feb 2025, not heard on 10 Jan 2025."
    assert changed.evidence
    assert changed.evidence.quote == "Words of meeting 1."


def test_a_sign_is_set_against_the_last_meeting_that_could_tell() -> None:
    pairs = levels(BOARD, Level.STRONG, Level.INSUFFICIENT, Level.NONE)
    assert lines(pairs) == ["“A directive from above to be satisfied”: not heard on 10 Mar 2025, strong on 10 Jan 2025."]
    assert lines(levels(BOARD, Level.STRONG, Level.INSUFFICIENT)) == []
    assert lines(levels(BOARD, Level.WEAK, Level.WEAK)) == []


def test_of_a_single_meeting_nothing_is_otherwise() -> None:
    assert lines(levels(BOARD, Level.STRONG)) == []


def test_another_stance_is_told_with_both_days() -> None:
    pairs = [
        judged(meeting("2026-01-05", [("Tess Okafor", "Hi.")]), stance=Stance.PAYING_CLIENT),
        judged(meeting("2026-02-05", [("Tess Okafor", "Hi.")]), stance=Stance.UNKNOWN),
        judged(meeting("2026-03-05", [("Tess Okafor", "Hi.")]), stance=Stance.BALANCED),
    ]
    assert lines(pairs) == ["Balanced on 5 Mar 2026, paying client on 5 Jan 2026."]
    assert lines(pairs[:2]) == []


def test_what_was_told_of_earlier_promises_and_advice_is_told_and_what_came_due_since() -> None:
    first = meeting("2026-01-05", [("Tess Okafor", "I send it."), ("Iris Vance", "Do that."), ("Tess Okafor", "And that.")])
    last = meeting("2026-02-20", [("Tess Okafor", "You have it."), ("Tess Okafor", "We did."), ("Iris Vance", "I bring it.")])
    pairs = [
        judged(
            first,
            findings=[
                promise(first, 0, "Tess Okafor", "send the energy figures"),
                promise(first, 2, "Tess Okafor", "count the looms", due="2026-03-01"),
                advice(first, 1, "close the upper floor"),
            ],
        ),
        judged(
            last,
            findings=[
                follow_up(last, 0, "the energy figures", Fate.DONE),
                follow_up(last, 1, "closed the upper floor", Outcome.ADOPTED),
                promise(last, 2, "Iris Vance", "bring the rota"),
                promise(last, 2, None, "paint the hall"),
            ],
        ),
    ]
    told_now = since(pairs)
    assert [changed.told for changed in told_now] == [
        "Our advice adopted: close the upper floor",
        "Was due on 1 Mar 2026: Tess Okafor: count the looms",
        "Done: Tess Okafor: send the energy figures",
        "Promised on 20 Feb 2026: 1 by us, 1 by nobody sure.",
    ]
    assert [changed.evidence.turn if changed.evidence else None for changed in told_now] == [1, 2, 0, None]
    assert told_now[-1].meeting == last.id


def test_a_person_s_own_outcome_since_is_told_as_such_and_a_later_one_is_not_known_yet() -> None:
    first = meeting("2026-01-05", [("Iris Vance", "Do that.")])
    last = meeting("2026-02-20", [("Tess Okafor", "Hello.")])
    pairs = [judged(first, findings=[advice(first, 0, "close the upper floor")]), judged(last)]
    said = told(first, 0, Outcome.ADOPTED, "2026-03-02")
    assert lines(pairs, said) == ["Our advice adopted on 2 Mar 2026, by your word: close the upper floor"]
    assert since(pairs, said, dt.date(2026, 3, 1)) == ()


def test_words_of_an_older_meeting_do_not_show_what_the_last_one_changed() -> None:
    first = meeting("2026-01-05", [("Tess Okafor", "The board wants it.")])
    last = meeting("2026-02-20", [("Tess Okafor", "Hello.")])
    heard = verdict(BOARD, Level.STRONG, evidence=[finding(first, 0, ClaimKind.SIGN, BOARD)])
    pairs = [judged(first, signs=[heard]), judged(last, signs=[verdict(BOARD, Level.WEAK)])]
    [changed] = since(pairs)
    assert changed.evidence is None
    assert changed.meeting == last.id
