"""The reader in the box: what it finds, where it says that it cannot tell, and how it words that."""

import socket
from dataclasses import replace

import numpy as np
import pytest

from analyzer import signs
from analyzer.engines.offline import OfflineEngine
from analyzer.engines.offline.judging import NOTHING_HEARD
from analyzer.engines.offline.language import looks_english
from analyzer.engines.offline.weights import LABELS, examples_digest, load
from analyzer.errors import EngineError
from analyzer.evidence import verify
from analyzer.model.findings import (
    ClaimKind,
    ConditionValue,
    Finding,
    Judgement,
    Level,
    OpeningId,
    Outcome,
    Reading,
    SignId,
    Stance,
)
from analyzer.model.meetings import Meeting, Side
from analyzer.practice import Practice
from tests import talks
from vectorstore.embedders import BundledEmbedder, WordHashEmbedder

NOBODY = Practice(name="")
EMBEDDER = BundledEmbedder()
TRAITS = "arrogant cowardly dishonest lazy manipulative weak-willed insincere difficult defensive stubborn liar vain incompetent"
PLAIN = tuple(
    (("Ines Duarte", Side.OURS) if i % 2 else ("Howard Pell", Side.THEIRS)) + (text,)
    for i, text in enumerate(
        (
            "The weather turned at last, we had the doors open all of Sunday and the dog slept on the step.",
            "Lovely. Did you get the tomatoes in?",
            "I did, eleven plants, and my neighbour gave me a bag of something that she says is a kind of cabbage.",
            "You'll be eating cabbage all winter.",
            "And the train was on time for once, so I had a coffee at the kiosk and read half of the paper.",
            "Which half?",
            "The football, and the piece about the bridge, they've found the old foundations under the north end.",
            "I saw a picture of that.",
        )
        * 3
    )
)


@pytest.fixture
def engine() -> OfflineEngine:
    return OfflineEngine(EMBEDDER)


def findings_of(engine: OfflineEngine, meeting: Meeting) -> tuple[Finding, ...]:
    return verify(meeting, engine.read(meeting, NOBODY).claims)[0]


def judged(engine: OfflineEngine, meeting: Meeting) -> Judgement:
    return engine.judge(meeting, Reading(findings=findings_of(engine, meeting)), NOBODY)


def sign_finding(finding: Finding, sign: SignId, score: float) -> Finding:
    return replace(finding, claim=replace(finding.claim, topic=sign.value, score=score))


def test_the_turns_that_ask_for_a_seal_are_named_first(engine: OfflineEngine) -> None:
    claims = engine.read(talks.meeting(), NOBODY).claims
    validation = [c for c in claims if c.topic == SignId.OUTSIDE_VALIDATION]
    assert {c.turn for c in sorted(validation, key=lambda c: -(c.score or 0))[:3]} == {3, 5, 7}


def test_openings_are_found_on_both_sides(engine: OfflineEngine) -> None:
    openings = {(c.topic, c.turn) for c in engine.read(talks.meeting(), NOBODY).claims if c.kind is ClaimKind.OPENING}
    assert {(OpeningId.UNUSED_CAPACITY, 12), (OpeningId.UNUSED_CAPACITY, 13), (OpeningId.SHARES_CONTEXT, 11)} <= openings


def test_a_promise_names_giver_and_receiver_between_two_people(engine: OfflineEngine) -> None:
    promised = {c.turn: c.commitment for c in engine.read(talks.meeting(), NOBODY).claims if c.commitment}
    terms = promised[9]
    assert (terms.giver, terms.receiver, terms.due) == ("Howard Pell", "Ines Duarte", "by Friday")
    assert terms.what == "send you the drivers' letter"


def test_a_promise_to_several_people_names_no_receiver(engine: OfflineEngine) -> None:
    meeting = talks.meeting((*talks.TALK, ("Ola Berg", Side.OURS, "Bye, Howard.")))
    terms = next(c.commitment for c in engine.read(meeting, NOBODY).claims if c.commitment and c.turn == 9)
    assert (terms.giver, terms.receiver) == ("Howard Pell", None)


def test_nobody_unknown_is_held_to_a_promise(engine: OfflineEngine) -> None:
    assert not [c for c in engine.read(talks.everybody(Side.UNKNOWN), NOBODY).claims if c.commitment]


def test_advice_is_ours_and_its_fate_unknown_unless_it_is_clear(engine: OfflineEngine) -> None:
    advice = {c.turn: c.recommendation for c in engine.read(talks.meeting(), NOBODY).claims if c.recommendation}
    assert 6 in advice
    assert advice[6].outcome is Outcome.UNKNOWN
    assert all(talks.TALK[turn][1] is Side.OURS for turn in advice)


def test_a_hint_is_worded_as_a_likeness_and_never_as_a_finding(engine: OfflineEngine) -> None:
    verdict = judged(engine, talks.meeting()).signs[0]
    assert verdict.level is Level.WEAK
    assert "sound like" in verdict.why
    assert "not as a finding" in verdict.why
    assert verdict.evidence
    assert verdict.question == signs.SIGN_BY_ID[SignId.OUTSIDE_VALIDATION].question


def test_silence_in_a_long_enough_talk_is_worded_with_care(engine: OfflineEngine) -> None:
    verdicts = judged(engine, talks.meeting(PLAIN)).signs
    quiet = [v for v in verdicts if v.level is Level.NONE]
    assert quiet
    assert {v.why for v in quiet} == {NOTHING_HEARD}
    assert not [v for v in verdicts if v.level in (Level.WEAK, Level.STRONG)]


@pytest.mark.parametrize(
    ("meeting", "reason"),
    [
        (talks.meeting(()), "no turns"),
        (talks.meeting(talks.TALK[:8]), "Too little"),
        (talks.everybody(Side.UNKNOWN), "Nobody is known"),
        (talks.german(), "English"),
    ],
)
def test_what_cannot_be_judged_is_insufficient_and_never_none(engine: OfflineEngine, meeting: Meeting, reason: str) -> None:
    judgement = judged(engine, meeting)
    assert {v.level for v in judgement.signs} == {Level.INSUFFICIENT}
    assert all(reason in v.why for v in judgement.signs)
    assert {v.value for v in judgement.conditions} == {ConditionValue.UNKNOWN}
    assert judgement.stance is Stance.UNKNOWN


def test_another_language_is_not_read_at_all(engine: OfflineEngine) -> None:
    assert engine.read(talks.german(), NOBODY).claims == ()


def test_a_surer_score_never_lowers_the_level_and_never_makes_it_strong(engine: OfflineEngine) -> None:
    meeting = talks.meeting()
    some = [f for f in findings_of(engine, meeting) if f.claim.kind is ClaimKind.SIGN and f.claim.score][:3]
    order = [Level.NONE, Level.INSUFFICIENT, Level.WEAK]
    levels = []
    for score in (0.05, 0.1, 0.2, 0.4, 0.7, 0.95):
        given = tuple(sign_finding(f, SignId.BOARD_MANDATE, score) for f in some)
        verdict = next(v for v in engine.judge(meeting, Reading(findings=given), NOBODY).signs if v.sign is SignId.BOARD_MANDATE)
        levels.append(order.index(verdict.level))
    assert levels == sorted(levels)
    assert (levels[0], levels[-1]) == (0, 2)


def test_what_is_said_of_a_sign_is_about_the_assignment(engine: OfflineEngine) -> None:
    judgement = judged(engine, talks.meeting())
    said = [v.why for v in judgement.signs] + [v.why for v in judgement.conditions] + [judgement.stance_why, *judgement.caveats]
    assert not [
        (trait, line) for line in said for trait in (*TRAITS.split(), "Howard", "Ines") if trait.casefold() in line.casefold()
    ]


def test_a_long_turn_is_quoted_by_the_sentences_that_carry_it(engine: OfflineEngine) -> None:
    ramble = "The ring road was closed again and I came by the quarry, which took me the better part of an hour. "
    carrying = "We've a training room upstairs that stands empty and nobody uses it from Wednesday on."
    said = (*talks.TALK[:2], ("Howard Pell", Side.THEIRS, ramble * 3 + carrying + " " + ramble))
    quotes = [
        c.quote for c in engine.read(talks.meeting(said), NOBODY).claims if c.topic == OpeningId.UNUSED_CAPACITY and c.turn == 2
    ]
    assert quotes == [] or all(len(q) < len(said[2][2]) for q in quotes)


def test_a_question_that_nothing_is_near_to_gets_no_answer(engine: OfflineEngine) -> None:
    whole = (talks.passage(talks.meeting()),)
    assert engine.answer("Which enzyme splits lactose in the gut?", whole).claims == ()
    assert engine.answer("?!", whole).claims == ()


def test_an_answer_is_in_the_speakers_own_words(engine: OfflineEngine) -> None:
    meeting = talks.meeting()
    claims = engine.answer("Who uses the training room upstairs?", (talks.passage(meeting),)).claims
    assert claims[0].turn == 13
    assert all(c.quote in meeting.turns[c.turn].text and not c.quote.startswith("Howard") for c in claims)


def test_passages_that_overlap_give_an_answer_once(engine: OfflineEngine) -> None:
    meeting = talks.meeting()
    claims = engine.answer("Who uses the training room upstairs?", (talks.passage(meeting), talks.passage(meeting, 10))).claims
    assert len({c.turn for c in claims}) == len(claims)


def test_the_identity_tells_the_weights(engine: OfflineEngine) -> None:
    assert engine.identity.name == "offline"
    assert load().digest in engine.identity.model
    assert replace(load(), examples="other").digest != load().digest


def test_the_weights_were_fitted_on_the_examples_as_they_stand() -> None:
    assert load().examples == examples_digest(), "fit anew: python -m scripts.train_offline"


def test_the_weights_were_fitted_on_the_embedder_in_the_box() -> None:
    assert load().embedder == EMBEDDER.identity
    assert load().matrix.shape == (len(LABELS), 4 * EMBEDDER.dimension + 2)
    assert np.isfinite(load().matrix).all()


def test_another_embedder_is_refused(engine: OfflineEngine) -> None:
    with pytest.raises(EngineError, match="fitted on"):
        OfflineEngine(WordHashEmbedder()).read(talks.meeting(), NOBODY)


def test_reading_opens_no_connection(engine: OfflineEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    claims = OfflineEngine(BundledEmbedder()).read(talks.meeting(), NOBODY).claims
    assert claims


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("So I think that we can do this next month, but the board wants to see it first.", True),
        ("yeah no its fine i mean what do you want me to say about it", True),
        ("Je pense que nous devons attendre le conseil, parce que la direction veut que ce soit fait.", False),
        ("Creo que tenemos que esperar a la junta porque quieren que se haga antes de fin de mes.", False),
        ("Ik denk dat we dat volgende week kunnen doen, maar de directie wil dat het klaar is.", False),
        ("Vi må nok vente på styret, for de vil at det skal være ferdig før månedsslutt.", False),
        ("", False),
    ],
)
def test_english_is_told_from_other_languages(text: str, english: bool) -> None:
    assert looks_english([text]) is english
