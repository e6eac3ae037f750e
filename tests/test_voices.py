"""Who of their side says what, and where two of them differ."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import ClaimKind, Dismissed, Level, Outcome, Polarity, SignId
from analyzer.model.meetings import Meeting
from analyzer.model.relationship import VoiceRow
from analyzer.relationship import picture
from tests.relations import Pair, advice, finding, follow_up, judged, meeting, verdict

TODAY = dt.date(2026, 3, 9)
SIGN = SignId.BOARD_MANDATE
TITLE = "A directive from above to be satisfied"
FERGUS, RUTH, MOSS, IRIS = "Fergus Dunlop", "Ruth Blake", "Hal Moss", "Iris Vance"


def talk(date: str, *people: str, roles: dict[str, str] | None = None) -> Meeting:
    """A meeting in which each of these people says one thing, after one of ours."""
    return meeting(date, [(IRIS, "How is it?"), *((name, f"Words of {name}.") for name in people)], roles=roles)


def heard(m: Meeting, *, pro: Sequence[int] = (), con: Sequence[int] = (), level: Level = Level.WEAK) -> Pair:
    """The meeting with words for and against the one sign in these turns."""
    speak_for = [finding(m, turn, ClaimKind.SIGN, SIGN) for turn in pro]
    against = [finding(m, turn, ClaimKind.SIGN, SIGN, polarity=Polarity.AGAINST) for turn in con]
    return judged(m, signs=[verdict(SIGN, level, evidence=speak_for)], findings=against)


def voices(*pairs: Pair) -> dict[str, VoiceRow]:
    return {voice.name: voice for voice in picture(pairs, TODAY).voices}


def differences(*pairs: Pair) -> tuple[str, ...]:
    return picture(pairs, TODAY).differences


def test_words_for_and_against_a_sign_are_counted_for_who_said_them() -> None:
    first = heard(talk("2026-01-05", FERGUS, RUTH), pro=[1], con=[2])
    second = heard(talk("2026-02-05", FERGUS), pro=[1])
    seen = voices(first, second)
    assert (seen[FERGUS].signs_for, seen[FERGUS].signs_against) == ({SIGN: 2}, {})
    assert (seen[RUTH].signs_for, seen[RUTH].signs_against) == ({}, {SIGN: 1})
    assert (seen[FERGUS].meetings, seen[FERGUS].last) == (2, dt.date(2026, 2, 5))
    assert IRIS not in seen


def test_spellings_of_one_name_are_one_person_with_the_latest_role() -> None:
    first = heard(talk("2026-01-05", "Dunlop, Fergus (Guest)", roles={"Dunlop, Fergus (Guest)": "Director"}), pro=[1])
    second = heard(talk("2026-02-05", FERGUS), pro=[1])
    [voice] = voices(first, second).values()
    assert (voice.name, voice.role, voice.meetings, voice.signs_for) == (FERGUS, "Director", 2, {SIGN: 2})


def test_numbered_voices_of_two_meetings_are_two() -> None:
    pairs = [heard(talk(date, "Speaker 2"), pro=[1]) for date in ("2026-01-05", "2026-02-05")]
    assert [(v.name, v.meetings) for v in picture(pairs, TODAY).voices] == [("Speaker 2", 1), ("Speaker 2", 1)]


def test_words_of_a_meeting_judged_to_be_without_the_sign_do_not_count() -> None:
    assert voices(heard(talk("2026-01-05", FERGUS), pro=[1], level=Level.NONE))[FERGUS].signs_for == {}


def test_the_same_words_count_once() -> None:
    m = talk("2026-01-05", FERGUS)
    against = finding(m, 1, ClaimKind.SIGN, SIGN, polarity=Polarity.AGAINST)
    pair = judged(m, signs=[verdict(SIGN, Level.WEAK, counter=[against])], findings=[against])
    assert voices(pair)[FERGUS].signs_against == {SIGN: 1}


def test_whose_words_took_or_turned_down_our_advice() -> None:
    m = talk("2026-01-05", FERGUS, RUTH)
    later = talk("2026-02-05", RUTH)
    advised = [
        advice(m, 0, "close the upper floor", Outcome.ADOPTED, fate=1),
        advice(m, 0, "talk to the shift leads", Outcome.IGNORED, fate=2),
        advice(m, 0, "keep the rota", Outcome.DEFERRED, fate=2),
    ]
    told = [follow_up(later, 1, "close the upper floor", Outcome.REVERSED)]
    seen = voices(judged(m, findings=advised), judged(later, findings=told))
    assert (seen[FERGUS].advice_taken, seen[FERGUS].advice_turned_down) == (1, 0)
    assert (seen[RUTH].advice_taken, seen[RUTH].advice_turned_down) == (0, 2)
    assert f"{FERGUS}'s words take up advice of ours, {RUTH}'s turn some down." in differences(
        judged(m, findings=advised), judged(later, findings=told)
    )


def test_two_whose_words_differ_on_a_sign_are_told_in_one_line() -> None:
    assert differences(heard(talk("2026-01-05", FERGUS, RUTH), pro=[1], con=[2])) == (
        f"{FERGUS}'s words speak for “{TITLE}”, {RUTH}'s against it.",
    )
    assert differences(heard(talk("2026-01-05", MOSS, RUTH), pro=[1], con=[2])) == (
        f"{MOSS}' words speak for “{TITLE}”, {RUTH}'s against it.",
    )


def test_who_speaks_both_ways_or_on_a_sign_that_is_not_heard_differs_from_nobody() -> None:
    both = talk("2026-01-05", FERGUS, FERGUS, RUTH)
    assert differences(heard(both, pro=[1], con=[1, 2])) == ()
    assert differences(heard(talk("2026-01-05", FERGUS, RUTH), pro=[1], con=[2], level=Level.INSUFFICIENT)) == ()


def test_two_who_bear_on_it_and_were_never_in_one_meeting_are_told() -> None:
    apart = [heard(talk("2026-01-05", FERGUS), pro=[1]), heard(talk("2026-02-05", RUTH), con=[1])]
    assert differences(*apart) == (
        f"{FERGUS}'s words speak for “{TITLE}”, {RUTH}'s against it.",
        f"{FERGUS} and {RUTH} were never in one of the meetings read.",
    )
    together = heard(talk("2026-02-20", FERGUS, RUTH))
    assert len(differences(*apart, together)) == 1


def test_who_says_nothing_that_bears_on_it_is_told_only_with_a_role_that_decides() -> None:
    spoken = heard(talk("2026-01-05", FERGUS), pro=[1])
    assert differences(spoken, heard(talk("2026-02-05", RUTH, roles={RUTH: "Analyst"}))) == ()
    assert differences(spoken, heard(talk("2026-02-05", RUTH, roles={RUTH: "Chief Executive"}))) == (
        f"{RUTH} and {FERGUS} were never in one of the meetings read.",
    )


def test_voices_without_a_name_are_never_said_to_differ_or_to_have_been_apart() -> None:
    pairs = [heard(talk("2026-01-05", "Speaker 1"), pro=[1]), heard(talk("2026-02-05", RUTH), con=[1])]
    assert differences(*pairs) == ()


def test_a_dismissed_word_no_longer_counts() -> None:
    m = talk("2026-01-05", FERGUS)
    out = finding(m, 1, ClaimKind.SIGN, SIGN).evidence
    told = verdict(SIGN, Level.NONE)
    pair = judged(m, signs=[replace(told, dismissed=(Dismissed(evidence=out, because="irony"),))])
    assert voices(pair)[FERGUS].signs_for == {}


PEOPLE = st.lists(st.sampled_from([FERGUS, RUTH, MOSS, "Ana Roy", "Speaker 1", "B"]), max_size=4, unique=True)


@given(st.lists(st.tuples(PEOPLE, st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=5))
def test_there_are_at_most_three_lines_and_each_names_two_who_were_there(spec: list[tuple[list[str], int, int]]) -> None:
    pairs = []
    for n, (people, pro, con) in enumerate(spec):
        m = talk(f"2026-0{n + 1}-05", *people)
        last = len(people)
        pairs.append(heard(m, pro=[pro] if 0 < pro <= last else [], con=[con] if 0 < con <= last and con != pro else []))
    seen = picture(pairs, TODAY)
    assert len(seen.differences) <= 3
    for line in seen.differences:
        assert sum(voice.name in line for voice in seen.voices if voice.name not in ("B", "Speaker 1")) == 2
    for voice in seen.voices:
        assert voice.meetings >= 1
