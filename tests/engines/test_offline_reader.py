"""The reader in the box: what it makes of turns, what it names, and that it asks nobody else."""

import socket
from collections.abc import Sequence

import numpy as np
import pytest

from analyzer.engines.offline import OfflineEngine
from analyzer.engines.offline.classifier import TurnClassifier, for_one_sign
from analyzer.engines.offline.labels import ADOPTS, LABELS, RECOMMENDATION, RESISTS, THEIRS_ONLY
from analyzer.engines.offline.reading import ENOUGH, FATE_WITHIN, FLOOR, LONG, MOST, claims, score_turns
from analyzer.engines.offline.sentences import sentences, words
from analyzer.engines.offline.windows import WINDOW
from analyzer.model.findings import Claim, ClaimKind, ConditionId, OpeningId, Outcome, Polarity, Reading, SignId, Strength
from analyzer.model.meetings import Meeting, Side
from analyzer.practice import Practice
from tests import talks
from tests.by_hand import FITTED, LIKELY, SURE, Heard, scored
from vectorstore.embedders import BundledEmbedder

Said = Sequence[tuple[Side, str]]

NOBODY = Practice(name="")
TALK = talks.meeting()
SAID = tuple((side, text) for _, side, text in talks.TALK)
PLAIN, FAINT = 0.95, 0.3  # chances over and under every cut
SMALL_TALK = (
    "The weather turned at last, we had the doors open all of Sunday and the dog slept on the step.",
    "Lovely. Did you get the tomatoes in?",
    "I did, eleven plants, and my neighbour gave me a bag of something that she says is a kind of cabbage.",
    "You'll be eating cabbage all winter.",
    "And the train was on time for once, so I had a coffee at the kiosk and read half of the paper.",
    "Which half?",
    "The football, and the piece about the bridge, they've found the old foundations under the north end.",
    "I saw a picture of that.",
)
SEAL = (
    "The merger's decided, that is not up for discussion any more. We want your firm's name on the report so that the staff"
    " believe it: they won't take it from us, but they will if an outside expert says so."
)
IDLE = "We've a training room upstairs that stands empty. Nobody has used it since the spring, so it's yours whenever you like."
TOO_LONG_TOGETHER = (  # each sentence is a piece of its own
    (
        "And then there's the training room upstairs, with the good chairs and the projector that we bought for the course that"
        " never was, which has stood empty since the spring and which nobody uses from Wednesday on, so that you could have it."
    ),
    (
        "As for the garden, I had eleven plants in by the end of May, and my neighbour gave me a bag of something that she says"
        " is a kind of cabbage, and the dog slept on the step all of Sunday, and we had the doors open until it was dark."
    ),
)


@pytest.fixture(scope="module")
def classifier() -> TurnClassifier:
    return TurnClassifier()


@pytest.fixture(scope="module")
def engine() -> OfflineEngine:
    return OfflineEngine(BundledEmbedder())


def around(text: str) -> Said:
    """Small talk with these words of theirs in the middle of it, as turn 4."""
    plain = [((Side.THEIRS, Side.OURS)[at % 2], said) for at, said in enumerate(SMALL_TALK)]
    return [*plain[:4], (Side.THEIRS, text), *plain[4:]]


def claimed(heard: Heard, kind: ClaimKind, meeting: Meeting = TALK) -> list[Claim]:
    return [c for c in claims(scored(meeting, heard)) if c.kind is kind]


# --- the classifier ---


def test_the_same_meeting_gets_the_same_chances_again_and_in_a_new_reader(classifier: TurnClassifier) -> None:
    first = classifier.chances(SAID)
    assert first.shape == (len(SAID), len(LABELS))
    assert first.dtype == np.float32
    assert np.array_equal(first, classifier.chances(SAID))
    assert np.array_equal(first, TurnClassifier().chances(SAID))


def test_chances_lie_between_no_and_certain_and_are_not_all_alike(classifier: TurnClassifier) -> None:
    chances = classifier.chances(SAID)
    assert (chances >= 0).all()
    assert (chances <= 1).all()
    assert len(np.unique(chances.round(2))) > 10


def test_each_side_carries_its_own_labels_alone(classifier: TurnClassifier) -> None:
    for text in (SEAL, IDLE, *SMALL_TALK[:2]):
        ours, theirs = classifier.chances([(Side.OURS, text), (Side.THEIRS, text)])
        assert {label for label, chance in zip(LABELS, ours, strict=True) if chance == 0} == set(THEIRS_ONLY)
        assert {label for label, chance in zip(LABELS, theirs, strict=True) if chance == 0} == {RECOMMENDATION}


def test_turns_on_no_known_side_carry_nothing(classifier: TurnClassifier) -> None:
    assert not classifier.chances([(side, SEAL) for side in (Side.UNKNOWN, Side.OTHER, Side.MIXED)]).any()


def test_a_turn_does_not_depend_on_talk_far_behind_it(classifier: TurnClassifier) -> None:
    one = classifier.chances((*SAID, *around(SEAL)))
    other = classifier.chances((*SAID, *[(Side.OURS, text) for text in SMALL_TALK * 2]))
    turns_in_reach = 8  # of this talk; they hold more tokens than a window
    assert sum(len(text.split()) for _, text in SAID[-turns_in_reach:]) < WINDOW < sum(len(text.split()) for _, text in SAID)
    near = len(SAID) - 2 * turns_in_reach
    assert np.array_equal(one[:near], other[:near])


def test_a_turn_is_heard_with_what_was_said_just_before(classifier: TurnClassifier) -> None:
    asked = [(Side.OURS, "Will you take that on?"), (Side.THEIRS, "Yes, gladly.")]
    small = [(Side.OURS, "Did you see the match?"), (Side.THEIRS, "Yes, gladly.")]
    assert not np.array_equal(classifier.chances(asked)[1], classifier.chances(small)[1])


def test_a_turn_that_sounds_like_two_signs_counts_less_for_the_lesser_one() -> None:
    raw = np.full((3, len(LABELS)), 0.5, dtype=np.float32)
    first, second = (LABELS.index(sign) for sign in (SignId.BOARD_MANDATE, SignId.ILLUSION_OF_CHANGE))
    raw[0, :] = 0
    raw[1, first], raw[1, second] = 0.8, 0.2
    counted = for_one_sign(raw.copy())
    assert not counted[0].any()
    assert counted[1, first] == raw[1, first]
    assert counted[1, second] == pytest.approx(0.1)
    assert np.array_equal(counted[2], raw[2])
    rest = [at for at, label in enumerate(LABELS) if label not in list(SignId)]
    assert np.array_equal(counted[:, rest], raw[:, rest])


def test_a_long_turn_has_the_best_of_its_parts(classifier: TurnClassifier) -> None:
    alone = classifier.chances([(Side.THEIRS, sentence) for sentence in TOO_LONG_TOGETHER])
    (whole,) = classifier.chances([(Side.THEIRS, " ".join(TOO_LONG_TOGETHER))])
    signs = [LABELS.index(sign) for sign in SignId]
    others = [at for at in range(len(LABELS)) if at not in signs]
    assert np.array_equal(whole[others], alone[:, others].max(axis=0))
    assert whole[signs].max() == alone[:, signs].max()
    assert not any(np.array_equal(whole, sentence) for sentence in alone)


@pytest.mark.parametrize(
    "said",
    [[], [(Side.THEIRS, "")], [(Side.THEIRS, "Well \ud83d so"), (Side.OURS, "…")], [(Side.THEIRS, "word " * 3000)]],
    ids=["no turns", "an empty turn", "half a surrogate pair", "three thousand words"],
)
def test_odd_talk_gets_chances_too(classifier: TurnClassifier, said: Said) -> None:
    chances = classifier.chances(said)
    assert chances.shape == (len(said), len(LABELS))
    assert np.isfinite(chances).all()


def test_words_for_a_seal_are_heard_above_small_talk(classifier: TurnClassifier) -> None:
    column = classifier.chances(around(SEAL))[:, LABELS.index(SignId.OUTSIDE_VALIDATION)]
    assert int(column.argmax()) == 4


def test_an_idle_room_is_heard_above_small_talk(classifier: TurnClassifier) -> None:
    column = classifier.chances(around(IDLE))[:, LABELS.index(OpeningId.UNUSED_CAPACITY)]
    assert int(column.argmax()) == 4


# --- what is named ---


def test_the_likeliest_turns_of_theirs_are_named_for_a_sign_and_no_faint_ones() -> None:
    theirs = [at for at, (side, _) in enumerate(SAID) if side is Side.THEIRS]
    heard = {turn: {SignId.BOARD_MANDATE.value: 0.9 - 0.05 * place} for place, turn in enumerate(theirs)}
    heard[theirs[0]] = {SignId.BOARD_MANDATE.value: FLOOR - 0.01}
    named = [c for c in claimed(heard, ClaimKind.SIGN) if c.topic == SignId.BOARD_MANDATE]
    assert [c.turn for c in named] == theirs[1 : 1 + MOST]
    assert [c.strength for c in named] == [Strength.STRONG if (c.score or 0) >= SURE else Strength.WEAK for c in named]
    assert {c.reason for c in named} == {"sounds like it; worth a look"}


def test_openings_are_named_on_both_sides_from_the_cut_on_and_as_a_hint() -> None:
    idle = OpeningId.UNUSED_CAPACITY.value
    named = claimed({12: {idle: LIKELY}, 13: {idle: LIKELY + 0.1}, 15: {idle: LIKELY - 0.01}}, ClaimKind.OPENING)
    assert [(c.topic, c.turn, c.strength) for c in named] == [(idle, 12, Strength.WEAK), (idle, 13, Strength.WEAK)]


def test_nothing_is_named_where_nothing_was_heard() -> None:
    assert claims(scored(TALK, {})) == ()


@pytest.mark.parametrize(
    ("heard", "outcome", "turn"),
    [
        ({}, Outcome.UNKNOWN, None),
        ({7: {ADOPTS: PLAIN}}, Outcome.ADOPTED, 7),
        ({7: {RESISTS: PLAIN}}, Outcome.DEFERRED, 7),
        ({7: {ADOPTS: FAINT, RESISTS: FAINT}}, Outcome.UNKNOWN, None),
        ({7: {ADOPTS: SURE, RESISTS: PLAIN}}, Outcome.DEFERRED, 7),
        ({9: {ADOPTS: PLAIN}}, Outcome.ADOPTED, 9),
        ({7: {RESISTS: PLAIN}, 9: {ADOPTS: PLAIN}}, Outcome.DEFERRED, 7),
        ({6 + FATE_WITHIN + 1: {ADOPTS: PLAIN}}, Outcome.UNKNOWN, None),
        ({5: {ADOPTS: PLAIN}}, Outcome.UNKNOWN, None),
        ({8: {ADOPTS: PLAIN}}, Outcome.UNKNOWN, None),
        ({8: {RECOMMENDATION: PLAIN}, 9: {ADOPTS: PLAIN}}, Outcome.UNKNOWN, None),
    ],
    ids=[
        "nothing",
        "taken up",
        "put off",
        "unclear",
        "more put off",
        "a little later",
        "the first counts",
        "too late",
        "before",
        "our own words",
        "other advice",
    ],
)
def test_the_fate_of_advice_is_told_by_their_next_words_alone(heard: Heard, outcome: Outcome, turn: int | None) -> None:
    advice = claimed({6: {RECOMMENDATION: 1.0}} | dict(heard), ClaimKind.RECOMMENDATION)[0]
    assert advice.turn == 6
    assert advice.recommendation is not None
    assert advice.recommendation.outcome is outcome
    assert [quoted.turn for quoted in advice.recommendation.fate] == ([] if turn is None else [turn])
    assert all(quoted.quote in SAID[quoted.turn][1] for quoted in advice.recommendation.fate)


def test_taking_advice_up_and_putting_it_off_are_named_for_what_they_speak_for() -> None:
    heard: Heard = {13: {ADOPTS: PLAIN}, 7: {RESISTS: PLAIN}}
    named = {(c.kind, c.topic, c.polarity, c.turn) for c in claims(scored(TALK, heard))}
    assert named == {
        (ClaimKind.SIGN, SignId.ILLUSION_OF_CHANGE.value, Polarity.AGAINST, 13),
        (ClaimKind.CONDITION, ConditionId.FIT.value, Polarity.FOR, 13),
        (ClaimKind.CONDITION, ConditionId.TIMELY.value, Polarity.AGAINST, 7),
    }


def test_all_that_is_named_quotes_its_turn(engine: OfflineEngine) -> None:
    named = engine.read(TALK, NOBODY).claims
    assert named
    assert all(c.quote in SAID[c.turn][1] and c.quote.strip() for c in named)
    assert all(SAID[c.turn][0] is Side.OURS for c in named if c.kind is ClaimKind.RECOMMENDATION)
    assert all(SAID[c.turn][0] is Side.THEIRS for c in named if c.kind is ClaimKind.SIGN)


def test_nothing_is_named_of_a_meeting_whose_sides_are_not_known(engine: OfflineEngine) -> None:
    assert engine.read(talks.everybody(Side.UNKNOWN), NOBODY).claims == ()


def test_a_long_turn_is_quoted_by_whole_sentences_that_carry_it() -> None:
    ramble = " ".join(SMALL_TALK[0::2])
    meeting = talks.meeting((*talks.TALK[:1], ("Howard Pell", Side.THEIRS, f"{ramble} {IDLE} {ramble}")))
    (claim,) = claimed({1: {OpeningId.UNUSED_CAPACITY.value: 1.0}}, ClaimKind.OPENING, meeting)
    parts = sentences(meeting.turns[1].text)
    first = meeting.turns[1].text.index(claim.quote)
    assert first in {p.start for p in parts}
    assert first + len(claim.quote) in {p.end for p in parts}
    assert ENOUGH <= len(words(claim.quote)) <= LONG
    assert any(sentence.text in claim.quote for sentence in sentences(IDLE))


def test_a_turn_in_another_language_is_read_as_if_nothing_was_said(classifier: TurnClassifier) -> None:
    read = score_turns(TALK, classifier, FITTED, frozenset({3, 5}))
    assert not read.chances[[3, 5]].any()
    silent = [(side, "" if at in {3, 5} else text) for at, (side, text) in enumerate(SAID)]
    rest = [at for at in range(len(SAID)) if at not in {3, 5}]
    assert np.array_equal(read.chances[rest], classifier.chances(silent)[rest])


# --- the engine ---


def test_reading_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    engine = OfflineEngine(BundledEmbedder())
    assert engine.read(TALK, NOBODY).claims
    assert engine.judge(TALK, Reading(), NOBODY).signs
    assert engine.answer("What takes the assistant a whole day in the week?", (talks.passage(TALK),)).claims


def test_nothing_else_shapes_a_reading_and_its_identity_is_the_same_in_a_new_reader(engine: OfflineEngine) -> None:
    assert engine.parameters == {}
    assert engine.identity == OfflineEngine(BundledEmbedder()).identity


def test_a_question_that_nothing_is_near_to_gets_no_answer(engine: OfflineEngine) -> None:
    whole = (talks.passage(TALK),)
    assert engine.answer("Which enzyme splits lactose in the gut?", whole).claims == ()
    assert engine.answer("?!", whole).claims == ()


def test_an_answer_is_in_the_speakers_own_words(engine: OfflineEngine) -> None:
    named = engine.answer("What takes the assistant a whole day in the week?", (talks.passage(TALK),)).claims
    assert named[0].turn == 15
    assert all(c.quote in TALK.turns[c.turn].text and not c.quote.startswith("Howard") for c in named)


def test_passages_that_overlap_give_an_answer_once(engine: OfflineEngine) -> None:
    twice = (talks.passage(TALK), talks.passage(TALK, 10))
    named = engine.answer("What takes the assistant a whole day in the week?", twice).claims
    assert len({c.turn for c in named}) == len(named)
