"""What becomes of claims: whose voice may say what, what is merged, and what a judgement may rest on."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.evidence import verify, verify_answers
from analyzer.model.findings import (
    Claim,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Finding,
    Judgement,
    Level,
    Match,
    Outcome,
    Polarity,
    Quotation,
    RecommendationTerms,
    SignId,
    SignVerdict,
    Stance,
    Strength,
)
from analyzer.model.meetings import Meeting, Side, Speaker, Turn
from analyzer.soundness import sound

TURNS = (
    ("Ana", Side.OURS, "Good morning. So the board wants this, you said?"),
    ("Jens", Side.THEIRS, "No, we want it. The structure is decided, though; it only needs your name on it."),
    ("Ana", Side.OURS, "I would ask the team first, before anything is printed."),
    ("Jens", Side.THEIRS, "Fine. We will ask the team on Monday, then."),
    ("Room", Side.MIXED, "The structure is decided and nobody may touch it."),
    ("Voice 3", Side.UNKNOWN, "I will send the list to everybody by Friday."),
    ("Jens", Side.THEIRS, "I'll send you the list by Friday and the figures by Monday."),
    ("Ana", Side.OURS, "Right."),
)
MEETING = Meeting(
    id="m_1",
    slug="acme-2025-01-07",
    client_id="c_1",
    client_name="Acme",
    date=dt.date(2025, 1, 7),
    title="Talk",
    revision=1,
    speakers=tuple(Speaker(name=name, side=side) for name, side in {n: s for n, s, _ in TURNS}.items()),
    turns=tuple(Turn(ordinal=n, speaker=who, side=side, text=text, start=n * 10.0) for n, (who, side, text) in enumerate(TURNS)),
)


def sign(turn: int, quote: str, polarity: Polarity = Polarity.FOR, strength: Strength = Strength.WEAK) -> Claim:
    return Claim(
        kind=ClaimKind.SIGN,
        meeting="m_1",
        turn=turn,
        quote=quote,
        topic="outside_validation",
        polarity=polarity,
        strength=strength,
    )


def promise(turn: int, quote: str, what: str = "send the list", giver: str | None = "Jens") -> Claim:
    terms = CommitmentTerms(giver=giver, receiver="Ana", what=what)
    return Claim(kind=ClaimKind.COMMITMENT, meeting="m_1", turn=turn, quote=quote, commitment=terms)


def advice(turn: int, quote: str, outcome: Outcome, *fate: tuple[int, str]) -> Claim:
    terms = RecommendationTerms(
        what="ask the team first", outcome=outcome, fate=tuple(Quotation(turn=turn_, quote=said) for turn_, said in fate)
    )
    return Claim(kind=ClaimKind.RECOMMENDATION, meeting="m_1", turn=turn, quote=quote, recommendation=terms)


def only(claim: Claim) -> Finding:
    (finding,), rejected = verify(MEETING, [claim])
    assert not rejected
    return finding


def why(claim: Claim) -> str:
    findings, (rejected,) = verify(MEETING, [claim])
    assert not findings
    assert rejected.claim == claim
    return rejected.why


def test_evidence_has_the_place_the_voice_and_the_transcripts_own_wording() -> None:
    evidence = only(sign(1, "it ONLY needs your name on it.")).evidence
    assert (evidence.meeting, evidence.turn, evidence.speaker, evidence.side, evidence.start) == (
        "m_1",
        1,
        "Jens",
        "theirs",
        10.0,
    )
    assert evidence.match is Match.NORMALISED
    assert evidence.quote == "it only needs your name on it"
    assert evidence.span is not None
    assert TURNS[1][2][slice(*evidence.span)] == evidence.quote
    assert evidence.moved_from is None


@pytest.mark.parametrize("named", [1, 2, 4, 5])
def test_a_quote_in_a_turn_nearby_is_moved_there_and_marked(named: int) -> None:
    evidence = only(sign(named, "We will ask the team on Monday")).evidence
    assert (evidence.turn, evidence.moved_from, evidence.speaker) == (3, named, "Jens")


@pytest.mark.parametrize("named", [0, 6])
def test_a_quote_further_away_is_not_looked_for(named: int) -> None:
    assert why(sign(named, "We will ask the team on Monday")) == "not_found"


def test_moving_a_quote_counts_the_voice_of_the_turn_where_it_stands() -> None:
    assert why(sign(1, "I would ask the team first")) == "not_their_voice"


def test_two_words_are_too_few_to_be_moved() -> None:
    assert why(sign(3, "The structure")) == "not_found"


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (sign(0, "the board wants this"), "not_their_voice"),
        (sign(4, "The structure is decided and nobody may touch it."), "not_their_voice"),
        (sign(5, "I will send the list to everybody by Friday."), "not_their_voice"),
        (sign(4, "The structure is decided and nobody may touch it.", Polarity.AGAINST), "no_known_voice"),
        (sign(1, "the structure is not decided"), "not_found"),
        (sign(8, "it only needs your name on it"), "no_such_turn"),
        (sign(-1, "it only needs your name on it"), "no_such_turn"),
        (sign(1, ""), "empty"),
        (sign(1, "—…?"), "empty"),
        (sign(1, "decided"), "too_short"),
        (replace(sign(1, "The structure is decided"), topic="greed"), "unknown_topic"),
        (replace(sign(1, "The structure is decided"), topic="unused_capacity"), "unknown_topic"),
        (replace(sign(1, "The structure is decided"), meeting="m_2"), "no_such_meeting"),
        (promise(5, "I will send the list to everybody by Friday."), "no_known_voice"),
        (replace(promise(6, "I'll send you the list by Friday"), commitment=None), "no_terms"),
        (advice(1, "it only needs your name on it", Outcome.UNKNOWN), "not_our_voice"),
    ],
)
def test_a_claim_that_cannot_be_kept_says_why(claim: Claim, code: str) -> None:
    assert why(claim) == code


def test_our_own_words_may_speak_against_a_sign() -> None:
    assert only(sign(2, "I would ask the team first", Polarity.AGAINST)).evidence.side == "ours"


def test_a_whole_turn_of_one_word_is_words_enough() -> None:
    opening = Claim(kind=ClaimKind.OPENING, meeting="m_1", turn=7, quote="right", topic="further_topics")
    assert only(opening).evidence.quote == "Right"


@pytest.mark.parametrize(
    ("giver", "kept"), [("Jens", "Jens"), ("  jens ", "Jens"), ("Jens's assistant", None), ("We", None), (None, None)]
)
def test_a_giver_who_is_no_speaker_is_nobody(giver: str | None, kept: str | None) -> None:
    terms = only(promise(6, "I'll send you the list by Friday", giver=giver)).claim.commitment
    assert terms is not None
    assert (terms.giver, terms.receiver) == (kept, "Ana")


OTHERS = replace(
    MEETING,
    speakers=tuple(
        Speaker(name=name, side=Side.THEIRS) for name in ("Jens Lind Bauer (Acme)", "Ana", "Ana Bell", "Ana Moss", "Zoë Bauer")
    ),
)


@pytest.mark.parametrize(
    ("giver", "kept"),
    [
        ("Jens", "Jens Lind Bauer (Acme)"),
        ("jens BAUER", "Jens Lind Bauer (Acme)"),
        ("Bauer, Jens", "Jens Lind Bauer (Acme)"),
        ("Zoe", "Zoë Bauer"),
        ("Bell", "Ana Bell"),
        ("Ana", "Ana"),
        ("Bauer", None),
        ("Jens Moss", None),
        ("Jen", None),
        ("Acme", None),
        ("(the team)", None),
        ("", None),
    ],
)
def test_a_part_of_a_name_is_the_only_speaker_whose_name_has_it(giver: str, kept: str | None) -> None:
    (finding,), rejected = verify(OTHERS, [promise(6, "I'll send you the list by Friday", giver=giver)])
    assert finding.claim.commitment is not None
    assert finding.claim.commitment.giver == kept
    assert not rejected


def due(words: str | None, turn: int = 3, day: dt.date | None = None) -> tuple[CommitmentTerms, list[str]]:
    """What is kept of a promise in "We will ask the team on Monday, then." whose due words these are."""
    claim = promise(turn, "We will ask the team on Monday, then.")
    assert claim.commitment is not None
    claim = replace(claim, commitment=replace(claim.commitment, due=words, due_date=day))
    (finding,), rejected = verify(MEETING, [claim])
    assert finding.claim.commitment is not None
    assert all(r.claim == claim for r in rejected)
    return finding.claim.commitment, [r.why for r in rejected]


@pytest.mark.parametrize("words", ["on Monday", "ON  monday,", "Monday", "by Friday", "before anything", "printed", "name on it"])
def test_due_words_that_were_said_nearby_stay_with_their_day(words: str) -> None:
    day = dt.date(2025, 1, 13)
    kept, lost = due(words, day=day)
    assert (kept.due, kept.due_date, lost) == (words, day, [])


@pytest.mark.parametrize("words", ["by Tuesday", "by Monday", "Mon", "Monday on", "day", "good morning", "", "…"])
def test_due_words_that_nobody_said_nearby_are_dropped_and_counted(words: str) -> None:
    kept, lost = due(words, day=dt.date(2025, 1, 13))
    assert (kept.due, kept.due_date, lost) == (None, None, ["due_not_found"])
    assert kept.giver == "Jens"


def test_a_promise_without_due_words_has_no_day_and_loses_nothing() -> None:
    assert due(None)[1] == []
    kept, lost = due(None, day=dt.date(2025, 1, 13))
    assert (kept.due_date, lost) == (None, ["due_not_found"])


def test_due_words_are_looked_for_beside_the_turn_in_which_the_promise_stands() -> None:
    assert due("and the figures", turn=5)[1] == ["due_not_found"]
    assert due("Good morning", turn=1)[1] == ["due_not_found"]


def test_what_became_of_advice_rests_on_its_own_words() -> None:
    finding = only(advice(2, "I would ask the team first", Outcome.ADOPTED, (3, "We will ask the team on Monday")))
    assert finding.claim.recommendation is not None
    assert finding.claim.recommendation.outcome is Outcome.ADOPTED
    assert [(e.turn, e.side) for e in finding.fate] == [(3, "theirs")]


def test_an_outcome_whose_words_were_never_said_is_unknown_and_counted() -> None:
    (finding,), (lost,) = verify(
        MEETING, [advice(2, "I would ask the team first", Outcome.REVERSED, (3, "We will never ask the team"))]
    )
    assert finding.claim.recommendation is not None
    assert finding.claim.recommendation.outcome is Outcome.UNKNOWN
    assert finding.fate == ()
    assert (lost.why, lost.claim.turn, lost.claim.quote) == ("fate_not_found", 3, "We will never ask the team")


def test_the_same_words_claimed_twice_are_one_finding_of_the_stronger_strength() -> None:
    twice = [
        sign(1, "structure is decided"),
        sign(2, "The structure is decided, though; it only needs your name", strength=Strength.STRONG),
    ]
    (finding,), rejected = verify(MEETING, twice)
    assert not rejected
    assert finding.claim.strength is Strength.STRONG
    assert finding.evidence.quote == "The structure is decided, though; it only needs your name"


def test_words_for_and_against_and_of_other_turns_stay_apart() -> None:
    claims = [
        sign(1, "The structure is decided"),
        sign(1, "The structure is decided", Polarity.AGAINST),
        sign(3, "We will ask the team"),
    ]
    assert len(verify(MEETING, claims)[0]) == 3


def test_two_promises_in_one_sentence_stay_two_and_one_told_twice_is_one() -> None:
    said = "I'll send you the list by Friday and the figures by Monday."
    claims = [promise(6, said), promise(6, said, "deliver figures, quarterly"), promise(6, said, "send Ana the list")]
    assert [f.claim.commitment.what for f in verify(MEETING, claims)[0] if f.claim.commitment] == [
        "send the list",
        "deliver figures, quarterly",
    ]


def test_answers_are_verified_in_the_meeting_that_each_names() -> None:
    other = replace(MEETING, id="m_2", turns=(replace(MEETING.turns[4], ordinal=0),))
    quote = "nobody may touch it"
    claims = [
        Claim(kind=ClaimKind.ANSWER, meeting=m, turn=0, quote=quote, reason="It may not be touched.") for m in ("m_1", "m_2", "")
    ]
    findings, rejected = verify_answers({"m_1": MEETING, "m_2": other}, claims)
    assert [(f.evidence.meeting, f.evidence.turn) for f in findings] == [("m_2", 0)]
    assert [r.why for r in rejected] == ["not_found", "no_such_meeting"]


@given(
    st.lists(
        st.tuples(st.integers(-2, 9), st.sampled_from([t for _, _, t in TURNS] + ["never said by anybody", "", "the"])),
        max_size=8,
    )
)
def test_every_claim_is_found_merged_or_rejected_and_no_sign_rests_on_another_voice(pairs: list[tuple[int, str]]) -> None:
    findings, rejected = verify(MEETING, [sign(turn, quote) for turn, quote in pairs])
    assert len(findings) + len(rejected) <= len(pairs)
    assert bool(findings or rejected) == bool(pairs)
    for finding in findings:
        assert finding.evidence.side == "theirs"
        assert finding.evidence.quote in MEETING.turns[finding.evidence.turn].text


def judgement(level: Level, *evidence: Finding, counter: tuple[Finding, ...] = (), shown: tuple[Finding, ...] = ()) -> Judgement:
    first = SignVerdict(sign=SignId.OUTSIDE_VALIDATION, level=level, why="w", evidence=evidence, counter_evidence=counter)
    rest = tuple(SignVerdict(sign=s, level=Level.NONE, why="w") for s in SignId if s is not first.sign)
    conditions = tuple(ConditionVerdict(condition=c, value=ConditionValue.YES, why="w", evidence=shown) for c in ConditionId)
    return Judgement(signs=(first, *rest), conditions=conditions, stance=Stance.BALANCED, stance_why="w", caveats=("as told",))


FOUND = only(sign(1, "The structure is decided"))
AGAINST = only(sign(3, "We will ask the team on Monday", Polarity.AGAINST))
MADE_UP = replace(FOUND, evidence=replace(FOUND.evidence, quote="We only need a stamp"))


def test_a_judgement_on_verified_findings_stays_as_it_is() -> None:
    given_ = judgement(Level.STRONG, FOUND, counter=(AGAINST,), shown=(FOUND,))
    assert sound(given_, (FOUND, AGAINST)) == given_


@pytest.mark.parametrize("evidence", [(), (MADE_UP,), (AGAINST,)])
def test_a_level_without_verified_words_of_theirs_for_it_becomes_insufficient(evidence: tuple[Finding, ...]) -> None:
    checked = sound(judgement(Level.STRONG, *evidence), (FOUND, AGAINST))
    assert checked.signs[0].level is Level.INSUFFICIENT
    assert checked.signs[0].evidence == ()
    assert checked.caveats[0] == "as told"
    assert any("strong" in caveat for caveat in checked.caveats)


def test_dropped_evidence_is_told_and_what_is_left_still_carries_the_level() -> None:
    checked = sound(judgement(Level.WEAK, FOUND, MADE_UP, shown=(FOUND,)), (FOUND,))
    assert (checked.signs[0].level, checked.signs[0].evidence) == (Level.WEAK, (FOUND,))
    assert len(checked.caveats) == 2


def test_a_condition_on_which_nothing_is_quoted_becomes_unknown() -> None:
    checked = sound(judgement(Level.NONE), (FOUND,))
    assert {c.value for c in checked.conditions} == {ConditionValue.UNKNOWN}
    assert sum("no verified words carry it" in caveat for caveat in checked.caveats) == len(ConditionId)


def test_a_condition_that_lost_all_its_words_becomes_unknown() -> None:
    checked = sound(judgement(Level.NONE, shown=(MADE_UP,)), (FOUND,))
    assert {c.value for c in checked.conditions} == {ConditionValue.UNKNOWN}
    assert len(checked.caveats) == 4


def test_a_verdict_that_is_missing_is_added_as_insufficient() -> None:
    bare = replace(judgement(Level.NONE), signs=(), conditions=())
    checked = sound(bare, ())
    assert [v.sign for v in checked.signs] == list(SignId)
    assert {v.level for v in checked.signs} == {Level.INSUFFICIENT}
    assert [c.condition for c in checked.conditions] == list(ConditionId)
    assert len(checked.caveats) == 8
