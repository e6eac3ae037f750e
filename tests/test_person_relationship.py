"""A person's word over a reading, and how often a person agreed with a reader."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import (
    Assessment,
    ClaimKind,
    Finding,
    Level,
    Match,
    PersonVerdict,
    Polarity,
    SignId,
    Strength,
)
from analyzer.model.meetings import Side
from analyzer.model.person import Because, Said, SaidVerdict
from analyzer.model.relationship import SignRow, TrackRecord
from analyzer.relationship import picture_of_meeting
from analyzer.relationship.person import track_record, with_said
from tests.relations import finding, judged, meeting, verdict

SIGN, OTHER = SignId.OUTSIDE_VALIDATION, SignId.BOARD_MANDATE
TALK = meeting(
    "2026-01-10",
    [
        ("Iris Vance", "What is still open?"),
        ("Tess Okafor", "Nothing, it is settled."),
        ("Tess Okafor", "They will believe it from you."),
        ("Bo Lindqvist", "Perhaps."),
        ("Iris Vance", "I see."),
    ],
)
NOTHING = Said(verdicts={}, dismissed={}, marked=frozenset(), outcomes={})


def out(*turns: int, sign: SignId = SIGN) -> Said:
    return replace(NOTHING, dismissed={(sign, turn): Because.IRONY for turn in turns})


def put_in(*turns: int, sign: SignId = SIGN) -> Said:
    return replace(NOTHING, marked=frozenset((sign, turn) for turn in turns))


def own(level: Level, note: str = "") -> Said:
    return replace(NOTHING, verdicts={SIGN: (level, note)})


def heard(turn: int, strength: Strength, sign: SignId = SIGN) -> Finding:
    return finding(TALK, turn, ClaimKind.SIGN, sign, strength=strength)


def reading(level: Level, *evidence: Finding) -> Assessment:
    told = verdict(SIGN, level, why="the reader's reason", evidence=evidence, another_reading="it may be otherwise")
    return judged(TALK, signs=[told], findings=evidence)[1]


PLAIN = reading(Level.STRONG, heard(1, Strength.STRONG), heard(2, Strength.WEAK))


def sign_of_meeting(read: Assessment) -> SignRow:
    return next(row for row in picture_of_meeting(TALK, read, TALK.date).signs if row.id == SIGN)


def level(read: Assessment, said: Said) -> Level:
    return with_said(TALK, read, said).sign(SIGN).level


def test_words_that_were_taken_out_leave_the_sign_and_are_shown_apart() -> None:
    now = with_said(TALK, PLAIN, out(1)).sign(SIGN)
    assert [found.evidence.turn for found in now.evidence] == [2]
    assert [(d.evidence.quote, d.because) for d in now.dismissed] == [("Nothing, it is settled.", "irony")]
    assert (now.level, now.reader, now.person) == (Level.WEAK, Level.STRONG, None)
    assert now.why == "You took out 1 of its 2 places. What is left are hints."
    assert now.another_reading == ""


def test_without_any_words_left_a_sign_is_none() -> None:
    now = with_said(TALK, PLAIN, out(1, 2)).sign(SIGN)
    assert (now.level, now.reader, now.evidence) == (Level.NONE, Level.STRONG, ())
    assert now.why == "You took out 2 of its 2 places. Nothing that this rested on is left."
    only = with_said(TALK, reading(Level.WEAK, heard(1, Strength.WEAK)), out(1)).sign(SIGN)
    assert only.why == "You took out the one place that it had. Nothing that this rested on is left."


def test_a_sign_of_which_most_words_were_taken_out_is_at_most_weak_and_no_longer_explained_by_them() -> None:
    plain = reading(Level.STRONG, *(heard(turn, Strength.STRONG) for turn in (1, 2, 3)))
    now = with_said(TALK, plain, out(1, 2)).sign(SIGN)
    assert (now.level, now.reader) == (Level.WEAK, Level.STRONG)
    assert now.why == "You took out 2 of its 3 places. Most of what this rested on is gone."
    assert sign_of_meeting(with_said(TALK, plain, out(1, 2))).why == now.why
    confirmed = with_said(TALK, plain, replace(out(1, 2), verdicts=own(Level.STRONG).verdicts)).sign(SIGN)
    assert (confirmed.level, confirmed.why.partition(" places.")[0]) == (Level.STRONG, "You took out 2 of its 3")


def test_a_strong_sign_stays_strong_while_plain_words_are_left() -> None:
    now = with_said(TALK, PLAIN, out(2)).sign(SIGN)
    assert (now.level, now.reader) == (Level.STRONG, Level.STRONG)
    assert now.why == "You took out 1 of its 2 places. The reader's reason."
    assert now.another_reading == "it may be otherwise"
    twice = reading(Level.STRONG, heard(1, Strength.STRONG), heard(2, Strength.WEAK), heard(3, Strength.STRONG))
    assert level(twice, out(1)) is Level.STRONG


def test_words_of_another_sign_and_turns_on_which_nothing_rests_change_nothing() -> None:
    assert with_said(TALK, PLAIN, out(1, sign=OTHER)) == PLAIN
    assert with_said(TALK, PLAIN, out(3)) == PLAIN
    assert with_said(TALK, PLAIN, NOTHING) == PLAIN


@pytest.mark.parametrize(
    ("before", "after"),
    [(Level.NONE, Level.WEAK), (Level.INSUFFICIENT, Level.WEAK), (Level.WEAK, Level.WEAK), (Level.STRONG, Level.STRONG)],
)
def test_marked_words_lift_what_was_not_heard_to_weak(before: Level, after: Level) -> None:
    now = with_said(TALK, reading(before), put_in(3)).sign(SIGN)
    assert (now.level, now.reader) == (after, before)
    (found,) = now.evidence
    assert (found.claim.kind, found.claim.polarity, found.claim.strength) == (ClaimKind.SIGN, Polarity.FOR, Strength.STRONG)
    assert (found.evidence.quote, found.evidence.match, found.evidence.span) == ("Perhaps.", Match.EXACT, (0, 8))
    assert now.marked == (found.evidence,)
    assert now.why == ("You marked words that speak for it." if before is not after else "the reader's reason")


def test_marked_words_of_our_side_raise_nothing() -> None:
    """They were theirs when they were marked; since then sides were put right."""
    assert with_said(TALK, reading(Level.NONE), put_in(0, 4)) == reading(Level.NONE)


def test_a_mark_stands_where_the_reader_had_heard_the_same_turn() -> None:
    now = with_said(TALK, PLAIN, put_in(2))
    assert [(f.evidence.turn, f.claim.strength) for f in now.sign(SIGN).evidence] == [(1, Strength.STRONG), (2, Strength.STRONG)]
    assert sorted(f.evidence.turn for f in now.findings) == [1, 2]


def test_a_mark_beside_words_taken_out_leaves_a_hint() -> None:
    both = replace(out(1, 2), marked=put_in(3).marked)
    now = with_said(TALK, PLAIN, both).sign(SIGN)
    assert (now.level, [f.evidence.turn for f in now.evidence]) == (Level.WEAK, [3])
    assert now.why == "You took out 2 of its 2 places. Nothing that this rested on is left, but you marked other words."


def test_a_turn_both_taken_out_and_marked_stays_in() -> None:
    now = with_said(TALK, PLAIN, replace(out(1), marked=put_in(1).marked)).sign(SIGN)
    assert (now.level, now.dismissed) == (Level.STRONG, ())


def test_words_taken_out_are_shown_also_where_the_reader_judged_without_them() -> None:
    judged_without = judged(
        TALK,
        signs=[verdict(SIGN, Level.WEAK, why="the reader's reason", evidence=[heard(2, Strength.WEAK)])],
        findings=[heard(1, Strength.STRONG), heard(2, Strength.WEAK)],
    )[1]
    now = with_said(TALK, judged_without, out(1)).sign(SIGN)
    assert (now.level, now.reader) == (Level.WEAK, Level.WEAK)
    assert now.why == "You took out 1 of its 2 places. The reader's reason."
    assert [d.evidence.turn for d in now.dismissed] == [1]


def test_a_verdict_wins_over_everything_else() -> None:
    said = replace(own(Level.STRONG, "I was there"), dismissed=out(1, 2).dismissed)
    now = with_said(TALK, PLAIN, said).sign(SIGN)
    assert (now.level, now.person) == (Level.STRONG, PersonVerdict(level=Level.STRONG, note="I was there", reader=Level.STRONG))
    lower = with_said(TALK, PLAIN, own(Level.NONE)).sign(SIGN)
    assert (lower.level, lower.why) == (Level.NONE, "This is your own verdict; the reader said strong.")
    agreed = with_said(TALK, PLAIN, own(Level.STRONG)).sign(SIGN)
    assert agreed.why == "the reader's reason"
    untold = with_said(TALK, reading(Level.INSUFFICIENT), own(Level.WEAK)).sign(SIGN)
    assert untold.why == "This is your own verdict; the reader could not tell."


def test_a_verdict_where_the_reader_gave_none_is_the_persons_own() -> None:
    silent = replace(PLAIN, judgement=replace(PLAIN.judgement, signs=()))
    (now,) = with_said(TALK, silent, own(Level.WEAK, "seen")).judgement.signs
    assert (now.sign, now.level, now.person) == (
        SIGN,
        Level.WEAK,
        PersonVerdict(level=Level.WEAK, note="seen", reader=Level.INSUFFICIENT),
    )


def test_the_words_count_for_the_people_who_say_them_as_they_count_for_the_sign() -> None:
    said = replace(out(1), marked=put_in(3).marked)
    assert [(f.evidence.turn, f.evidence.speaker) for f in with_said(TALK, PLAIN, said).findings] == [
        (2, "Tess Okafor"),
        (3, "Bo Lindqvist"),
    ]


TURNS = st.integers(0, len(TALK.turns) - 1)
PLACES = st.tuples(st.sampled_from(SignId), TURNS)
LEVELS = st.sampled_from(Level)
SAID = st.builds(
    Said,
    verdicts=st.dictionaries(st.sampled_from(SignId), st.tuples(LEVELS, st.text(max_size=3))),
    dismissed=st.dictionaries(PLACES, st.sampled_from(Because)),
    marked=st.frozensets(PLACES),
    outcomes=st.just({}),
)


@st.composite
def readings(draw: st.DrawFn) -> Assessment:
    verdicts, findings = [], []
    for sign in SignId:
        turns = draw(st.sets(st.sampled_from([1, 2, 3])))
        found = [heard(turn, draw(st.sampled_from(Strength)), sign) for turn in sorted(turns)]
        findings += found
        verdicts.append(verdict(sign, draw(LEVELS), evidence=[one for one in found if draw(st.booleans())]))
    return judged(TALK, signs=verdicts, findings=findings)[1]


HEIGHT = {Level.INSUFFICIENT: 0, Level.NONE: 0, Level.WEAK: 1, Level.STRONG: 2}


@given(readings(), SAID)
def test_a_persons_word_wins_and_touches_nothing_else(read: Assessment, said: Said) -> None:
    now = with_said(TALK, read, said)
    assert replace(now, findings=read.findings, judgement=replace(now.judgement, signs=read.judgement.signs)) == read
    for before, after in zip(read.judgement.signs, now.judgement.signs, strict=True):
        assert after.sign is before.sign
        touched = after.person or after.dismissed or after.marked
        assert after.reader is (before.level if touched else None)
        if not touched:
            assert after == before
        if after.sign in said.verdicts:
            assert after.level is said.verdicts[after.sign][0]
        elif not after.marked:
            assert HEIGHT[after.level] <= HEIGHT[before.level]
        elif not after.dismissed:
            assert HEIGHT[after.level] >= max(HEIGHT[before.level], 1)


@given(readings(), SAID)
def test_evidence_is_what_was_not_taken_out_and_always_theirs(read: Assessment, said: Said) -> None:
    for verdict_ in with_said(TALK, read, said).judgement.signs:
        turns = [found.evidence.turn for found in verdict_.evidence]
        assert len(turns) == len(set(turns))
        assert all(TALK.turns[turn].side is Side.THEIRS for turn in turns)
        marked = {turn for sign, turn in said.marked if sign is verdict_.sign}
        assert not {t for sign, t in said.dismissed if sign is verdict_.sign} - marked & set(turns)
        assert {e.turn for e in verdict_.marked} == {turn for turn in marked if TALK.turns[turn].side is Side.THEIRS}


def own_verdict(level: Level, reader: Level | None) -> SaidVerdict:
    at = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)
    return SaidVerdict(meeting="m_1", sign=SIGN, level=level, note="", made_at=at, reader=reader)


def test_the_track_record_counts_what_a_reader_had_said() -> None:
    rows = track_record(
        [
            own_verdict(Level.STRONG, Level.STRONG),
            own_verdict(Level.WEAK, Level.STRONG),
            own_verdict(Level.WEAK, Level.NONE),
            own_verdict(Level.NONE, Level.INSUFFICIENT),
            own_verdict(Level.NONE, None),
        ]
    )
    assert rows == (TrackRecord(level=Level.STRONG, agreed=1, of=2), TrackRecord(level=Level.NONE, agreed=0, of=1))
    assert track_record([]) == ()


@given(st.lists(st.tuples(st.sampled_from(Level), st.sampled_from(Level))))
def test_every_verdict_on_what_a_reader_could_tell_counts_once(pairs: list[tuple[Level, Level]]) -> None:
    rows = track_record([own_verdict(own, reader) for own, reader in pairs])
    assert sum(row.of for row in rows) == sum(reader is not Level.INSUFFICIENT for _, reader in pairs)
    assert sum(row.agreed for row in rows) == sum(own is reader for own, reader in pairs if reader is not Level.INSUFFICIENT)
    assert len({row.level for row in rows}) == len(rows)
