"""What was really said: the one place that turns an engine's claims into findings, or says why not.

A claim becomes a finding only when its quote stands in the turn that it names (or in a neighbour, which is marked), and
when the side that spoke may say such a thing: warning signs need their voice, recommendations ours. Everything else is
kept as rejected with a stable code: `empty`, `too_short`, `not_found`, `no_such_turn`, `no_such_meeting`,
`unknown_topic`, `no_terms`, `not_their_voice`, `not_our_voice`, `no_known_voice`. Two more are about a part of a claim, whose
finding stays without it: `fate_not_found`, `due_not_found`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace

from analyzer.model.findings import (
    Claim,
    ClaimKind,
    CommitmentTerms,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Evidence,
    Finding,
    Judgement,
    Level,
    Match,
    OpeningId,
    Outcome,
    Polarity,
    Quotation,
    Rejected,
    SignId,
    SignVerdict,
    Stance,
    Strength,
)
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.quotes import THIN_WORDS, locate, says, with_its_no, word_count

__all__ = ["locate", "sound", "verify", "verify_answers"]

MOVABLE_WORDS = 3
_NEIGHBOURS = ((-1, 1), (-2, 2))
_DUE_REACH = 2
_BEST_FIRST = (Match.EXACT, Match.NORMALISED, Match.FUZZY)
_KNOWN = frozenset({Side.OURS, Side.THEIRS})
_TOPICS: dict[ClaimKind, frozenset[str]] = {
    ClaimKind.SIGN: frozenset(SignId),
    ClaimKind.OPENING: frozenset(OpeningId),
    ClaimKind.CONDITION: frozenset(ConditionId),
}


def verify(meeting: Meeting, claims: Iterable[Claim]) -> tuple[tuple[Finding, ...], tuple[Rejected, ...]]:
    """The findings and the rejected among the claims about one meeting; findings that say the same are merged."""
    return verify_answers({meeting.id: meeting}, claims)


def verify_answers(meetings: Mapping[str, Meeting], claims: Iterable[Claim]) -> tuple[tuple[Finding, ...], tuple[Rejected, ...]]:
    """As `verify`, for claims that come from several meetings; `meetings` is keyed by meeting id."""
    findings: list[Finding] = []
    rejected: list[Rejected] = []
    for claim in claims:
        meeting = meetings.get(claim.meeting)
        why = "no_such_meeting" if meeting is None else _ill_formed(claim)
        if meeting is None or why:
            rejected.append(Rejected(claim=claim, why=why))
            continue
        evidence = _find(meeting, claim.turn, claim.quote)
        why = evidence if isinstance(evidence, str) else _wrong_voice(claim, Side(evidence.side))
        if isinstance(evidence, str) or why:
            rejected.append(Rejected(claim=claim, why=why))
            continue
        finding, lost = _with_terms(meeting, claim, evidence)
        rejected.extend(lost)
        _merge(findings, finding)
    return tuple(findings), tuple(rejected)


def sound(judgement: Judgement, findings: tuple[Finding, ...]) -> Judgement:
    """The judgement resting on verified findings alone.

    Evidence that is no verified finding is dropped; for a sign it must also speak for that sign in their voice. A weak
    or strong level with no evidence left becomes insufficient, a condition that has lost all its evidence unknown, and
    a verdict that is missing is added as insufficient or unknown. Every such change is told in the caveats.
    """
    caveats = list(judgement.caveats)
    given = {v.sign: v for v in reversed(judgement.signs)}
    signs = tuple(_sound_sign(given.get(s), s, findings, caveats) for s in SignId)
    held = {v.condition: v for v in reversed(judgement.conditions)}
    conditions = tuple(_sound_condition(held.get(c), c, findings, caveats) for c in ConditionId)
    stance = _sound_stance(judgement.stance, findings, caveats)
    return replace(judgement, signs=signs, conditions=conditions, stance=stance, caveats=tuple(caveats))


def _sound_sign(verdict: SignVerdict | None, sign: SignId, findings: tuple[Finding, ...], caveats: list[str]) -> SignVerdict:
    if verdict is None:
        caveats.append(f"{sign.value}: the reader gave no verdict.")
        return SignVerdict(sign=sign, level=Level.INSUFFICIENT, why="The reader gave no verdict.")
    evidence = tuple(f for f in verdict.evidence if f in findings and _speaks_for(f, sign))
    counter = tuple(f for f in verdict.counter_evidence if f in findings)
    dropped = len(verdict.evidence) + len(verdict.counter_evidence) - len(evidence) - len(counter)
    if dropped:
        caveats.append(f"{sign.value}: {dropped} of the reader's references had no verified words behind them and were dropped.")
    level = verdict.level
    if level in (Level.WEAK, Level.STRONG) and not evidence:
        caveats.append(f"{sign.value}: the reader said {level.value}, but no verified words carry it.")
        level = Level.INSUFFICIENT
    return replace(verdict, level=level, evidence=evidence, counter_evidence=counter)


def _speaks_for(finding: Finding, sign: SignId) -> bool:
    claim = finding.claim
    right = claim.kind is ClaimKind.SIGN and claim.topic == sign and claim.polarity is Polarity.FOR
    return right and finding.evidence.side == Side.THEIRS


def _sound_condition(
    verdict: ConditionVerdict | None, condition: ConditionId, findings: tuple[Finding, ...], caveats: list[str]
) -> ConditionVerdict:
    if verdict is None:
        caveats.append(f"{condition.value}: the reader gave no verdict.")
        return ConditionVerdict(condition=condition, value=ConditionValue.UNKNOWN, why="The reader gave no verdict.")
    evidence = tuple(f for f in verdict.evidence if f in findings)
    if verdict.value is not ConditionValue.UNKNOWN and not evidence:
        caveats.append(f"{condition.value}: the reader said {verdict.value.value}, but no verified words carry it.")
        return replace(verdict, value=ConditionValue.UNKNOWN, evidence=())
    return replace(verdict, evidence=evidence)


def _sound_stance(stance: Stance, findings: tuple[Finding, ...], caveats: list[str]) -> Stance:
    """A partner's stance only where something verified can carry it; a strategic one only where both sides told how they do."""
    if stance not in (Stance.LEANING_PARTNER, Stance.STRATEGIC_PARTNER):
        return stance
    if not any(_speaks_for_partnership(f) for f in findings):
        caveats.append(f"stance: the reader said {stance.value}, but no verified words carry it.")
        return Stance.UNKNOWN
    telling = {f.evidence.side for f in findings if f.claim.topic == OpeningId.SHARES_CONTEXT}
    if stance is Stance.STRATEGIC_PARTNER and not telling >= {Side.OURS, Side.THEIRS}:
        caveats.append(
            "stance: the reader said strategic_partner, but not both sides were heard to tell how their business is doing."
        )
        return Stance.LEANING_PARTNER
    return stance


def _speaks_for_partnership(finding: Finding) -> bool:
    """An opening, advice that was taken, or words of theirs for a good fit."""
    claim = finding.claim
    if claim.kind is ClaimKind.OPENING:
        return True
    if claim.kind is ClaimKind.CONDITION:
        return claim.topic == ConditionId.FIT and claim.polarity is Polarity.FOR and finding.evidence.side == Side.THEIRS
    outcome = claim.recommendation or claim.follow_up
    return outcome is not None and outcome.outcome in (Outcome.ADOPTED, Outcome.MODIFIED)


def _ill_formed(claim: Claim) -> str:
    """Why a claim cannot be checked at all; empty when it can."""
    topics = _TOPICS.get(claim.kind)
    if topics is not None and claim.topic not in topics:
        return "unknown_topic"
    if claim.kind is ClaimKind.COMMITMENT and claim.commitment is None:
        return "no_terms"
    if claim.kind is ClaimKind.RECOMMENDATION and claim.recommendation is None:
        return "no_terms"
    if claim.kind is ClaimKind.FOLLOW_UP and claim.follow_up is None:
        return "no_terms"
    return ""


def _wrong_voice(claim: Claim, side: Side) -> str:
    """Why this side's words cannot carry this claim; empty when they can."""
    if claim.kind is ClaimKind.ANSWER:
        return ""
    if claim.kind is ClaimKind.SIGN and claim.polarity is Polarity.FOR and side is not Side.THEIRS:
        return "not_their_voice"
    if claim.kind is ClaimKind.RECOMMENDATION and side is not Side.OURS:
        return "not_our_voice"
    return "" if side in _KNOWN else "no_known_voice"


def _find(meeting: Meeting, turn: int, quote: str) -> Evidence | str:
    """The evidence for a quote, in the turn that is named or up to two turns beside it; else the code of what is wrong."""
    turns = {t.ordinal: t for t in meeting.turns}
    if turn not in turns:
        return "no_such_turn"
    words = word_count(quote)
    if not words:
        return "empty"
    match, span = locate(turns[turn].text, quote)
    if span is not None:
        return _evidence(meeting, turns[turn], match, span, None)
    if words < THIN_WORDS:
        return "too_short"
    for steps in _NEIGHBOURS if words >= MOVABLE_WORDS else ():
        beside = [turns[turn + step] for step in steps if turn + step in turns]
        found = [(near, *locate(near.text, quote)) for near in beside]
        for wanted in _BEST_FIRST:
            for near, match, span in found:
                if match is wanted and span is not None:
                    return _evidence(meeting, near, match, span, turn)
    return "not_found"


def _evidence(meeting: Meeting, turn: Turn, match: Match, span: tuple[int, int], moved_from: int | None) -> Evidence:
    span = with_its_no(turn.text, span)
    return Evidence(
        meeting=meeting.id,
        turn=turn.ordinal,
        speaker=turn.speaker,
        side=turn.side.value,
        start=turn.start,
        quote=turn.text[span[0] : span[1]],
        match=match,
        span=span,
        moved_from=moved_from,
        heard_at=turn.time_at(span[0]),
    )


def _with_terms(meeting: Meeting, claim: Claim, evidence: Evidence) -> tuple[Finding, list[Rejected]]:
    """The finding with names, due words and fate made sure; what is not sure becomes None or unknown."""
    lost: list[Rejected] = []
    fate: list[Evidence] = []
    if claim.commitment is not None:
        terms = claim.commitment
        if not _due_was_said(meeting, terms, evidence.turn):
            lost.append(Rejected(claim=claim, why="due_not_found"))
            terms = replace(terms, due=None, due_date=None)
        giver, receiver = _speaker(meeting, terms.giver), _speaker(meeting, terms.receiver)
        claim = replace(claim, commitment=replace(terms, giver=giver, receiver=receiver))
    if claim.follow_up is not None:
        claim = replace(claim, follow_up=replace(claim.follow_up, owner=_speaker(meeting, claim.follow_up.owner)))
    if claim.recommendation is not None:
        for quotation in claim.recommendation.fate:
            found = _find(meeting, quotation.turn, quotation.quote)
            if isinstance(found, Evidence) and Side(found.side) in _KNOWN:
                fate.append(found)
            else:
                lost.append(_lost_fate(claim, quotation))
        if not fate:
            claim = replace(claim, recommendation=replace(claim.recommendation, outcome=Outcome.UNKNOWN))
    return Finding(claim=claim, evidence=evidence, fate=tuple(fate)), lost


def _lost_fate(claim: Claim, quotation: Quotation) -> Rejected:
    return Rejected(claim=replace(claim, turn=quotation.turn, quote=quotation.quote), why="fate_not_found")


def _due_was_said(meeting: Meeting, terms: CommitmentTerms, turn: int) -> bool:
    """Whether the due words, if there are any, stand in the turn of the promise or up to two turns beside it."""
    if terms.due is None:
        return terms.due_date is None
    near = (t.text for t in meeting.turns if abs(t.ordinal - turn) <= _DUE_REACH)
    return any(says(text, terms.due) for text in near)


def _speaker(meeting: Meeting, name: str | None) -> str | None:
    """The speaker of that name, however it is capitalised or spaced, else the only one with all its words in theirs.

    "Ana" is Ana Bell where no other Ana speaks. What stands in brackets is no part of a name: an organisation is nobody.
    """
    if name is None:
        return None
    names = {s.name for s in meeting.speakers}
    parts = _name_parts(name)
    for fits in ({n for n in names if _plain(n) == _plain(name)}, {n for n in names if parts and parts <= _name_parts(n)}):
        if fits:
            return fits.pop() if len(fits) == 1 else None
    return None


def _name_parts(name: str) -> frozenset[str]:
    bare = re.sub(r"[(\[].*", "", _plain(name))
    return frozenset(part for part in (word.strip(",.;:") for word in bare.split()) if part)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", " ".join(name.split()).casefold())
    return "".join(c for c in letters if not unicodedata.combining(c))


def _merge(findings: list[Finding], new: Finding) -> None:
    """Add a finding, or keep the better of it and the one that says the same, with the stronger of both strengths."""
    for at, old in enumerate(findings):
        if _same(old, new):
            better = new if _worth(new) > _worth(old) else old
            strong = Strength.STRONG in (old.claim.strength, new.claim.strength)
            strength = Strength.STRONG if strong else better.claim.strength
            findings[at] = replace(better, claim=replace(better.claim, strength=strength))
            return
    findings.append(new)


def _worth(finding: Finding) -> tuple[int, int, int]:
    """Better match first, then a known fate, then the longer quote."""
    return -_BEST_FIRST.index(finding.evidence.match), len(finding.fate), len(finding.evidence.quote)


def _same(one: Finding, other: Finding) -> bool:
    a, b = one.claim, other.claim
    if (a.kind, a.topic, a.polarity, a.meeting) != (b.kind, b.topic, b.polarity, b.meeting):
        return False
    here, there = one.evidence, other.evidence
    if here.turn != there.turn or here.span is None or there.span is None:
        return False
    overlap = here.span[0] < there.span[1] and there.span[0] < here.span[1]
    return overlap and _alike(a, b)


def _alike(a: Claim, b: Claim) -> bool:
    """Whether two claims that quote the same words are one: two promises can stand in one sentence."""
    if a.commitment is not None and b.commitment is not None:
        return a.commitment.giver == b.commitment.giver and _overlapping(a.commitment.what, b.commitment.what)
    if a.recommendation is not None and b.recommendation is not None:
        return _overlapping(a.recommendation.what, b.recommendation.what)
    if a.follow_up is not None and b.follow_up is not None:
        return a.follow_up.about == b.follow_up.about and _overlapping(a.follow_up.what, b.follow_up.what)
    return a.kind is not ClaimKind.ANSWER or _overlapping(a.reason, b.reason)


def _overlapping(one: str, other: str) -> bool:
    """Whether at least half of the shorter text's words stand in the longer."""
    short, long = sorted((set(one.casefold().split()), set(other.casefold().split())), key=len)
    return 2 * len(short & long) >= len(short)
