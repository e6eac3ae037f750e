"""From what the classifier heard to what is said of it: levels, reasons, conditions and stance, and the numbers behind them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer import signs
from analyzer.engines.offline import judging
from analyzer.engines.offline.fitted import Fitted, Line, load
from analyzer.engines.offline.ground import Ground
from analyzer.engines.offline.labels import ADOPTS, COMMITMENT, RESISTS
from analyzer.engines.offline.language import spoken
from analyzer.model.findings import (
    ConditionId,
    ConditionValue,
    Finding,
    Judgement,
    Known,
    Level,
    OpeningId,
    Polarity,
    SignId,
    SignVerdict,
    Stance,
)
from analyzer.model.meetings import Meeting, Side
from tests import talks
from tests.by_hand import FITTED, LIKELY, Heard, every_sign, found

NONE, UNSURE, WEAK, STRONG = 0.10, 0.30, 0.60, 0.95  # chances of a turn for which FITTED gives these levels
ORDER = (Level.NONE, Level.INSUFFICIENT, Level.WEAK, Level.STRONG)
NOTHING = "Nothing heard in 1 meeting; such signs often show only when advice lands."
SIGN = SignId.BOARD_MANDATE
THEIRS = tuple(range(1, len(talks.TALK), 2))  # the turns of their side
TALK = talks.meeting()
TWO_OF_THEM = talks.meeting(
    tuple(("Mia Lund" if at in {5, 9} else name, side, text) for at, (name, side, text) in enumerate(talks.TALK))
)
TRAITS = """
aggressive aloof anxious apathetic arrogant bossy callous careless cold-hearted conceited controlling cowardly cunning cynical
deceitful defensive devious difficult dishonest disloyal domineering egotistic evasive fearful fickle foolish greedy gullible
hostile hypocritical ignorant immature impatient incompetent inconsiderate indecisive insecure insincere irresponsible jealous
lazy manipulative naive narcissistic needy obstinate paranoid passive petty pompous selfish sly spineless stubborn timid toxic
two-faced ungrateful unreliable untrustworthy vain weak-minded weak-willed
"""

ALWAYS = every_sign(Line(weights=(0.0, 0.0, 0.0), constant=9.0))
RISING = (0.0, 0.02, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.0)
SCORE = st.floats(0, 1).map(lambda score: round(score, 4))


@cache
def in_the_box() -> Fitted:
    return load()


def judge(meeting: Meeting, heard: Heard, fitted: Fitted = FITTED) -> Judgement:
    return judging.judge(meeting, found(meeting, heard, fitted), fitted, spoken(meeting.turns))


def verdict(heard: Heard, sign: SignId = SIGN, meeting: Meeting = TALK, fitted: Fitted = FITTED) -> SignVerdict:
    return next(v for v in judge(meeting, heard, fitted).signs if v.sign is sign)


def condition_of(judgement: Judgement, condition: ConditionId) -> ConditionValue:
    return next(v.value for v in judgement.conditions if v.condition is condition)


def heard_at(*turns: int, sign: SignId = SIGN, chance: float = WEAK) -> dict[int, dict[str, float]]:
    return {turn: {str(sign): chance} for turn in turns}


def of_scores(scores: Sequence[float], fitted: Fitted, sign: SignId = SIGN) -> SignVerdict:
    """The verdict of findings with these scores, one in each turn of theirs."""
    findings = tuple(
        replace(f, claim=replace(f.claim, topic=sign.value, score=score)) for f, score in zip(ONE_EACH, scores, strict=False)
    )
    return next(v for v in judging.judge(TALK, findings, fitted, ENGLISH).signs if v.sign is sign)


def sentences_of(judgement: Judgement) -> Iterator[str]:
    """Whatever a judgement says in words of its own."""
    for v in judgement.signs:
        yield from (v.why, v.another_reading, v.would_change, v.question)
        yield from (f.claim.reason for f in (*v.evidence, *v.counter_evidence))
    yield from (v.why for v in judgement.conditions)
    yield from (judgement.stance_why, *judgement.caveats)


ENGLISH = spoken(TALK.turns)
ONE_EACH: tuple[Finding, ...] = found(TALK, heard_at(*THEIRS[:8]))


# --- levels ---


@pytest.mark.parametrize("chance", [0.0, NONE, UNSURE, WEAK, STRONG])
def test_a_level_goes_by_the_chance_that_the_sign_shows(chance: float) -> None:
    by_chance = {0.0: Level.NONE, NONE: Level.NONE, UNSURE: Level.INSUFFICIENT, WEAK: Level.WEAK, STRONG: Level.STRONG}
    assert verdict(heard_at(5, chance=chance)).level is by_chance[chance]


@pytest.mark.parametrize("sign", SignId)
@pytest.mark.parametrize("numbers", ["by hand", "in the box"])
@given(others=st.lists(SCORE, max_size=7))
def test_a_surer_score_never_lowers_the_level(numbers: str, sign: SignId, others: list[float]) -> None:
    fitted = FITTED if numbers == "by hand" else in_the_box()
    levels = [ORDER.index(of_scores([*others, score], fitted, sign).level) for score in RISING]
    assert levels == sorted(levels)


def test_all_levels_can_be_told_by_the_numbers_in_the_box() -> None:
    meetings = [[score] * turns for score in (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99) for turns in (1, 2, 4, 8)]
    assert {of_scores(scores, in_the_box(), sign).level for scores in meetings for sign in SignId} == set(ORDER)


def test_nothing_heard_is_worded_with_care_and_shows_no_words() -> None:
    nothing = verdict({})
    assert (nothing.level, nothing.why, nothing.evidence) == (Level.NONE, NOTHING, ())


def test_only_a_weak_level_says_worth_a_look() -> None:
    said = {chance: verdict(heard_at(5, chance=chance)).why for chance in (NONE, UNSURE, WEAK, STRONG)}
    assert [chance for chance, why in said.items() if "clearly as if" in why] == [STRONG]


def test_strong_needs_a_turn_that_passes_by_itself() -> None:
    eager = replace(FITTED, heard=ALWAYS, clear=ALWAYS)
    faint, passing = LIKELY - 0.01, LIKELY
    assert verdict(heard_at(*THEIRS[:8], chance=faint), fitted=eager).level is not Level.STRONG
    assert verdict(heard_at(5, chance=passing), fitted=eager).level is Level.STRONG


def test_an_unsure_level_says_that_it_cannot_tell() -> None:
    assert verdict(heard_at(5, chance=UNSURE)).why.startswith("Cannot tell:")


@pytest.mark.parametrize("numbers", [lambda: FITTED, in_the_box, lambda: replace(FITTED, known={})])
def test_what_is_known_of_a_level_stands_beside_it(numbers: Callable[[], Fitted]) -> None:
    fitted = numbers()
    for score in (0.0, 0.2, 0.4, 0.6, 0.8, 0.99):
        told = of_scores([score] * 4, fitted)
        right = fitted.known.get(told.level.value)
        assert told.known == (Known(right=right[0], said=right[1]) if right else None)


# --- what is shown ---


@given(st.lists(SCORE, max_size=8))
def test_words_shown_for_a_level_pass_by_themselves_and_are_theirs(scores: list[float]) -> None:
    for fitted in (FITTED, replace(FITTED, heard=every_sign(Line(weights=(1.0, 0.0, 0.0), constant=3.0)))):
        told = of_scores(scores, fitted)
        assert {f.evidence.side for f in told.evidence} <= {Side.THEIRS}
        if told.level in (Level.WEAK, Level.STRONG):
            assert told.evidence
            assert min(f.claim.score or 0 for f in told.evidence) >= LIKELY


def test_the_clearest_words_are_shown_first() -> None:
    told = verdict({**heard_at(5, chance=0.6), **heard_at(9, chance=0.9), **heard_at(13, chance=0.7)})
    assert [f.evidence.turn for f in told.evidence] == [9, 13, 5]


def test_words_for_another_sign_are_not_shown() -> None:
    heard = {**heard_at(5), **heard_at(9, sign=SignId.OUTSIDE_VALIDATION)}
    assert [f.evidence.turn for f in verdict(heard).evidence] == [5]


def test_words_that_speak_against_a_sign_are_shown_beside_it() -> None:
    told = verdict({**heard_at(5, sign=SignId.ILLUSION_OF_CHANGE), 15: {ADOPTS: 0.9}}, SignId.ILLUSION_OF_CHANGE)
    assert told.level is Level.WEAK
    assert [(f.evidence.turn, f.claim.polarity) for f in told.counter_evidence] == [(15, Polarity.AGAINST)]


def test_a_question_that_would_settle_it_stands_beside_every_sign() -> None:
    for heard in ({}, heard_at(5, chance=UNSURE), heard_at(5)):
        assert verdict(heard).question == signs.SIGN_BY_ID[SIGN].question


# --- what cannot be judged ---


def few_words(turn: int) -> str:
    return "Yes." if turn != 1 else "We could talk of that on Friday, when the others are here."


@pytest.mark.parametrize(
    ("meeting", "reason"),
    [
        (talks.meeting(()), "no turns"),
        (talks.meeting(talks.TALK[:14]), "Too little was said by the client's side to tell (7 turns"),
        (
            talks.meeting(tuple((n, s, few_words(at)) for at, (n, s, _) in enumerate(talks.TALK))),
            "Too little was said by the client's side to tell (10 turns, 21 words)",
        ),
        (talks.everybody(Side.UNKNOWN), "Nobody is known to speak for the client's side"),
        (talks.everybody(Side.OURS), "Nobody is known to speak for the client's side"),
    ],
    ids=["no turns", "few turns", "few words", "unknown sides", "only ours"],
)
def test_what_cannot_be_judged_is_insufficient_and_never_none(meeting: Meeting, reason: str) -> None:
    judgement = judge(meeting, {})
    assert {v.level for v in judgement.signs} == {Level.INSUFFICIENT}
    assert all(reason in v.why and not v.evidence for v in judgement.signs)
    assert {v.value for v in judgement.conditions} == {ConditionValue.UNKNOWN}
    assert judgement.stance is Stance.UNKNOWN
    assert reason in judgement.stance_why


def test_turns_on_no_known_side_are_counted_in_a_caveat() -> None:
    more = (("Speaker 3", Side.UNKNOWN, "Hello?"), ("Speaker 3", Side.UNKNOWN, "Bye."))
    (caveat,) = judge(talks.meeting((*talks.TALK, *more)), {}).caveats
    assert "2 of 22 turns" in caveat
    assert "no known side" in caveat
    assert judge(TALK, {}).caveats == ()


# --- reasons ---


@pytest.mark.parametrize(("times", "words"), [(1, "one place"), (2, "two places"), (3, "three places"), (5, "five places")])
def test_a_reason_counts_the_turns_and_names_the_speaker(times: int, words: str) -> None:
    told = verdict(heard_at(*THEIRS[:times]))
    assert told.why.startswith(f"In {words} Howard Pell sounds as if ")
    assert len(told.evidence) == times


def test_a_reason_names_everybody_whose_words_are_shown_and_nobody_else() -> None:
    both = verdict(heard_at(3, 5, 9), meeting=TWO_OF_THEM).why
    assert both.startswith("In three places ")
    assert "Howard Pell" in both
    assert "Mia Lund" in both
    assert "Howard" not in verdict(heard_at(5, 9), meeting=TWO_OF_THEM).why


def test_a_strong_reason_is_worded_more_clearly_than_a_weak_one() -> None:
    assert "clearly" in verdict(heard_at(5, chance=STRONG)).why
    assert "clearly" not in verdict(heard_at(5, chance=WEAK)).why


def test_only_turns_far_apart_come_up_from_early_to_late() -> None:
    assert "from early in the meeting to late" in verdict(heard_at(1, 19)).why
    assert "from early in the meeting to late" not in verdict(heard_at(3, 5)).why


def test_what_speaks_against_a_sign_is_counted_in_its_reason() -> None:
    heard = {**heard_at(5), 13: {ADOPTS: 0.9}, 15: {ADOPTS: 0.9}, 9: {COMMITMENT: 0.9}}
    told = "advice is taken up twice and one promise of theirs names a time."
    assert f"Also heard: {told}" in verdict(heard).why
    put_off = verdict({**heard, **heard_at(5, sign=SignId.ILLUSION_OF_CHANGE)}, SignId.ILLUSION_OF_CHANGE)
    assert f"Against it: {told}" in put_off.why


def test_the_same_sign_differs_in_its_reason_from_every_other() -> None:
    assert len({verdict(heard_at(5, sign=sign), sign).why for sign in SignId}) == len(SignId)


@pytest.mark.parametrize("against", [False, True], ids=["nothing against", "with counter-evidence"])
@pytest.mark.parametrize("chance", [NONE, UNSURE, WEAK, STRONG], ids=["none", "insufficient", "weak", "strong"])
def test_nothing_is_said_of_what_kind_of_person_somebody_is(chance: float, against: bool) -> None:
    beside = {15: {ADOPTS: 0.9}, 9: {COMMITMENT: 0.9}, 7: {RESISTS: 0.9}, 11: {OpeningId.SHARES_CONTEXT.value: 0.9}}
    heard = {5: {str(sign): chance for sign in SignId}, 3: {str(sign): chance for sign in SignId}} | (beside if against else {})
    judgement = judge(TWO_OF_THEM, heard)
    assert len(set(TRAITS.split())) >= 60
    assert len({v.level for v in judgement.signs}) == 1
    for said in sentences_of(judgement):
        assert set(TRAITS.split()).isdisjoint(re.findall(r"[a-z]+(?:-[a-z]+)*", said.casefold())), said


# --- conditions and stance ---


@pytest.mark.parametrize(
    ("heard", "value"),
    [
        ({15: {ADOPTS: 0.9}}, ConditionValue.YES),
        ({15: {ADOPTS: 0.9}, 7: {RESISTS: 0.9}}, ConditionValue.MIXED),
        ({7: {RESISTS: 0.9}}, ConditionValue.NO),
    ],
    ids=["yes", "mixed", "no"],
)
def test_a_condition_rests_on_words_and_has_a_reason(heard: Heard, value: ConditionValue) -> None:
    conditions = judge(TALK, heard).conditions
    assert [v.condition for v in conditions] == list(ConditionId)
    assert {v.value for v in conditions} == {value}
    for told in conditions:
        assert {f.evidence.turn for f in told.evidence} == set(heard)
        assert ("taken up once" in told.why) is (15 in heard)
        assert ("put off once" in told.why) is (7 in heard)


def test_a_condition_that_no_words_carry_is_unknown() -> None:
    for told in judge(TALK, {}).conditions:
        assert (told.value, told.evidence) == (ConditionValue.UNKNOWN, ())
        assert told.why


def test_a_condition_without_a_line_is_unknown() -> None:
    judgement = judge(TALK, {15: {ADOPTS: 0.9}}, replace(FITTED, conditions={"fit": FITTED.conditions["fit"]}))
    assert condition_of(judgement, ConditionId.FIT) is ConditionValue.YES
    assert condition_of(judgement, ConditionId.RELEVANT) is condition_of(judgement, ConditionId.TIMELY) is ConditionValue.UNKNOWN


@pytest.mark.parametrize(
    ("label", "stance", "reason"),
    [
        (ADOPTS, Stance.STRATEGIC_PARTNER, "advice was taken up four times"),
        (RESISTS, Stance.PAYING_CLIENT, "advice was put off four times"),
    ],
)
def test_a_stance_goes_by_what_became_of_advice_and_says_so(label: str, stance: Stance, reason: str) -> None:
    judgement = judge(TALK, {turn: {label: 0.9} for turn in THEIRS[:4]})
    assert judgement.stance is stance
    assert reason in judgement.stance_why


def test_a_stance_is_unknown_where_no_sign_can_be_told() -> None:
    judgement = judge(TALK, {turn: {str(sign): UNSURE for sign in SignId} for turn in THEIRS[:2]})
    assert {v.level for v in judgement.signs} == {Level.INSUFFICIENT}
    assert judgement.stance is Stance.UNKNOWN
    assert judgement.stance_why.startswith("Cannot tell: 4 of the 4 signs")


def test_business_told_counts_as_asked_for_only_after_their_question() -> None:
    told = {OpeningId.SHARES_CONTEXT.value: 0.9}
    assert [f.evidence.turn for f in Ground(meeting=TALK, found=found(TALK, {12: told})).shared(Side.OURS)] == [12]
    asked = talks.meeting((*talks.TALK[:11], ("Howard Pell", Side.THEIRS, "Fine. And how is yours doing?"), *talks.TALK[12:]))
    for meeting, turns in ((TALK, []), (asked, [12])):
        ground = Ground(meeting=meeting, found=found(meeting, {12: told}))
        assert [f.evidence.turn for f in ground.asked_by_them()] == turns
