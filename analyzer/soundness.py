"""A judgement that rests on verified findings alone: what nothing carries is taken down, together with the words for it."""

from dataclasses import replace

from analyzer.model.findings import (
    ClaimKind,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Finding,
    Judgement,
    Level,
    OpeningId,
    Outcome,
    Polarity,
    SignId,
    SignVerdict,
    Stance,
)
from analyzer.model.meetings import Side
from analyzer.signs import CONDITION_BY_ID, SIGN_BY_ID


def sound(judgement: Judgement, findings: tuple[Finding, ...]) -> Judgement:
    """The judgement resting on verified findings alone.

    Evidence that is no verified finding is dropped; for a sign it must also speak for that sign in their voice. A weak
    or strong level with no evidence left becomes insufficient, of which nothing is known, a condition that has lost all its
    evidence unknown, and a verdict that is missing is added as insufficient or unknown. Every such change is told in the
    caveats.
    """
    caveats = list(judgement.caveats)
    given = {v.sign: v for v in reversed(judgement.signs)}
    signs = tuple(_sound_sign(given.get(s), s, findings, caveats) for s in SignId)
    held = {v.condition: v for v in reversed(judgement.conditions)}
    conditions = tuple(_sound_condition(held.get(c), c, findings, caveats) for c in ConditionId)
    stance = _sound_stance(judgement.stance, findings, caveats)
    why = judgement.stance_why if stance is judgement.stance else "No verified words carry the stance that the reader gave."
    return replace(judgement, signs=signs, conditions=conditions, stance=stance, stance_why=why, caveats=tuple(caveats))


def _sound_sign(verdict: SignVerdict | None, sign: SignId, findings: tuple[Finding, ...], caveats: list[str]) -> SignVerdict:
    if verdict is None:
        caveats.append(f"{_named(sign)}: the reader gave no verdict.")
        return SignVerdict(sign=sign, level=Level.INSUFFICIENT, why="The reader gave no verdict.")
    evidence = tuple(f for f in verdict.evidence if f in findings and _speaks_for(f, sign))
    counter = tuple(f for f in verdict.counter_evidence if f in findings)
    dropped = len(verdict.evidence) + len(verdict.counter_evidence) - len(evidence) - len(counter)
    if dropped:
        caveats.append(
            f"{_named(sign)}: {dropped} of the reader's references had no verified words behind them and were dropped."
        )
    level = verdict.level
    if level in (Level.WEAK, Level.STRONG) and not evidence:
        told = f"the reader said {level.value}, but no verified words carry it."
        caveats.append(f"{_named(sign)}: {told}")
        why = told[0].upper() + told[1:]
        return SignVerdict(sign=sign, level=Level.INSUFFICIENT, why=why, score=verdict.score, counter_evidence=counter)
    return replace(verdict, evidence=evidence, counter_evidence=counter)


def _speaks_for(finding: Finding, sign: SignId) -> bool:
    claim = finding.claim
    right = claim.kind is ClaimKind.SIGN and claim.topic == sign and claim.polarity is Polarity.FOR
    return right and finding.evidence.side == Side.THEIRS


def _sound_condition(
    verdict: ConditionVerdict | None, condition: ConditionId, findings: tuple[Finding, ...], caveats: list[str]
) -> ConditionVerdict:
    if verdict is None:
        caveats.append(f"{CONDITION_BY_ID[condition].title}: the reader gave no verdict.")
        return ConditionVerdict(condition=condition, value=ConditionValue.UNKNOWN, why="The reader gave no verdict.")
    evidence = tuple(f for f in verdict.evidence if f in findings)
    if verdict.value is not ConditionValue.UNKNOWN and not evidence:
        told = f"the reader said {verdict.value.value}, but no verified words carry it."
        caveats.append(f"{CONDITION_BY_ID[condition].title}: {told}")
        return ConditionVerdict(condition=condition, value=ConditionValue.UNKNOWN, why=told[0].upper() + told[1:])
    return replace(verdict, evidence=evidence)


def _sound_stance(stance: Stance, findings: tuple[Finding, ...], caveats: list[str]) -> Stance:
    """A partner's stance only where something verified can carry it; a strategic one only where both sides told how they do."""
    if stance not in (Stance.LEANING_PARTNER, Stance.STRATEGIC_PARTNER):
        return stance
    if not any(_speaks_for_partnership(f) for f in findings):
        caveats.append(f"Stance: the reader said {_spoken(stance)}, but no verified words carry it.")
        return Stance.UNKNOWN
    telling = {f.evidence.side for f in findings if f.claim.topic == OpeningId.SHARES_CONTEXT}
    if stance is Stance.STRATEGIC_PARTNER and not telling >= {Side.OURS, Side.THEIRS}:
        caveats.append(f"Stance: the reader said {_spoken(stance)}, but not both sides were heard to tell how they are doing.")
        return Stance.LEANING_PARTNER
    return stance


def _speaks_for_partnership(finding: Finding) -> bool:
    """An opening, advice that was taken, or words of theirs for a good fit."""
    claim = finding.claim
    if claim.kind is ClaimKind.OPENING:
        return True
    if claim.kind is ClaimKind.CONDITION:
        return claim.topic == ConditionId.FIT and claim.polarity is Polarity.FOR and finding.evidence.side == Side.THEIRS
    told = claim.recommendation or claim.follow_up
    return told is not None and told.outcome in (Outcome.ADOPTED, Outcome.MODIFIED)


def _named(sign: SignId) -> str:
    return SIGN_BY_ID[sign].title


def _spoken(stance: Stance) -> str:
    return stance.value.replace("_", " ")
