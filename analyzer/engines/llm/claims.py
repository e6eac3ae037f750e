"""From a model's answer, in the forms of `schemas`, to the product's own claims and judgement. Nothing is verified here."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.engines.llm.schemas import (
    Answering,
    JudgedCondition,
    JudgedSign,
    Judging,
    Marked,
    MarkedCommitment,
    MarkedFollowUp,
    MarkedRecommendation,
    Reading,
)
from analyzer.model.findings import (
    About,
    Claim,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Fate,
    Finding,
    FollowUpTerms,
    Judgement,
    Level,
    Outcome,
    Polarity,
    Quotation,
    RecommendationTerms,
    SignId,
    SignVerdict,
    Stance,
    Strength,
)
from analyzer.model.meetings import Passage


def claims_of(reading: Reading, meeting: str) -> tuple[Claim, ...]:
    """Every mark of a reading as a claim about that meeting."""
    return (
        *(_claim(ClaimKind.SIGN, meeting, m, m.sign, m.polarity) for m in reading.signs),
        *(_claim(ClaimKind.OPENING, meeting, m, m.opening) for m in reading.openings),
        *(_claim(ClaimKind.CONDITION, meeting, m, m.condition, m.polarity) for m in reading.conditions),
        *(replace(_claim(ClaimKind.COMMITMENT, meeting, m), commitment=_commitment(m)) for m in reading.commitments),
        *(replace(_claim(ClaimKind.RECOMMENDATION, meeting, m), recommendation=_advice(m)) for m in reading.recommendations),
        *(replace(_claim(ClaimKind.FOLLOW_UP, meeting, m), follow_up=_follow_up(m)) for m in reading.follow_ups),
    )


def answers_of(answering: Answering, passages: Sequence[Passage]) -> tuple[Claim, ...]:
    """Every point of an answer as a claim about the meeting of its passage (about none, where no such passage was given)."""
    if not answering.answered:
        return ()
    return tuple(
        Claim(
            kind=ClaimKind.ANSWER,
            meeting=passages[p.passage - 1].meeting_id if 1 <= p.passage <= len(passages) else "",
            turn=p.turn,
            quote=p.quote,
            reason=p.sentence.strip(),
        )
        for p in answering.points
    )


def judgement_of(judging: Judging, findings: Sequence[Finding]) -> Judgement:
    """The judgement with finding numbers, which count from 1, turned into the findings that they stand for."""
    strays: list[int] = []

    def named(numbers: Iterable[int]) -> tuple[Finding, ...]:
        found = dict.fromkeys(numbers)
        strays.extend(n for n in found if not 1 <= n <= len(findings))
        return tuple(findings[n - 1] for n in found if 1 <= n <= len(findings))

    def sign(name: SignId, judged: JudgedSign) -> SignVerdict:
        level = Level(judged.level)
        return SignVerdict(
            sign=name,
            level=level,
            why=judged.why,
            another_reading=judged.another_reading,
            would_change=judged.would_change,
            question=judged.question,
            evidence=named(judged.evidence) if level in (Level.WEAK, Level.STRONG) else (),
            counter_evidence=named(judged.counter_evidence),
        )

    def condition(name: ConditionId, judged: JudgedCondition) -> ConditionVerdict:
        return ConditionVerdict(
            condition=name, value=ConditionValue(judged.value), why=judged.why, evidence=named(judged.evidence)
        )

    signs = tuple(sign(name, getattr(judging.signs, name.value)) for name in SignId)
    conditions = tuple(condition(name, getattr(judging.conditions, name.value)) for name in ConditionId)
    caveats = [c for c in judging.caveats if c.strip()]
    if strays:
        caveats.append(f"The reader referred to {len(strays)} findings that do not exist.")
    return Judgement(
        signs=signs, conditions=conditions, stance=Stance(judging.stance), stance_why=judging.stance_why, caveats=tuple(caveats)
    )


def undecided(why: str) -> Judgement:
    """The judgement of a meeting that gives nothing to judge by."""
    return Judgement(
        signs=tuple(SignVerdict(sign=name, level=Level.INSUFFICIENT, why=why) for name in SignId),
        conditions=tuple(ConditionVerdict(condition=name, value=ConditionValue.UNKNOWN, why=why) for name in ConditionId),
        stance=Stance.UNKNOWN,
        stance_why=why,
    )


def nothing_heard() -> Judgement:
    """The judgement of a meeting that was read from end to end and in which nothing was marked."""
    none, unknown = "Nothing was heard in the whole meeting.", "Nothing in this meeting shows it."
    return Judgement(
        signs=tuple(SignVerdict(sign=name, level=Level.NONE, why=none) for name in SignId),
        conditions=tuple(ConditionVerdict(condition=name, value=ConditionValue.UNKNOWN, why=unknown) for name in ConditionId),
        stance=Stance.UNKNOWN,
        stance_why=unknown,
    )


def _claim(kind: ClaimKind, meeting: str, marked: Marked, topic: str = "", polarity: str = "for") -> Claim:
    return Claim(
        kind=kind,
        meeting=meeting,
        turn=marked.turn,
        quote=marked.quote,
        topic=topic,
        polarity=Polarity(polarity),
        reason=marked.reason,
        strength=Strength(marked.strength),
    )


def _commitment(marked: MarkedCommitment) -> CommitmentTerms:
    return CommitmentTerms(giver=marked.giver, receiver=marked.receiver, what=marked.what, due=marked.due or None)


def _advice(marked: MarkedRecommendation) -> RecommendationTerms:
    fate = tuple(Quotation(turn=q.turn, quote=q.quote) for q in marked.fate)
    return RecommendationTerms(what=marked.what, outcome=Outcome(marked.outcome), fate=fate)


def _follow_up(marked: MarkedFollowUp) -> FollowUpTerms:
    """What does not fit what it is about (advice that is "done") is taken for the nearest thing that does."""
    terms = FollowUpTerms(about=About(marked.about), what=marked.what, owner=marked.owner)
    if terms.about is About.PROMISE:
        return replace(terms, fate=_FATE_OF.get(marked.became, Fate.OPEN))
    return replace(terms, outcome=_OUTCOME_OF.get(marked.became, Outcome.UNKNOWN))


_FATE_OF = {"done": Fate.DONE, "adopted": Fate.DONE, "dropped": Fate.DROPPED}
_OUTCOME_OF = {"done": Outcome.ADOPTED, "dropped": Outcome.IGNORED} | {outcome.value: outcome for outcome in Outcome}
