"""What was really said: the one place that turns an engine's claims into findings, or says why not.

A claim becomes a finding only when its quote stands in the turn that it names (or in a neighbour, which is marked), and
when the side that spoke may say such a thing: warning signs need their voice, recommendations ours. Everything else is
kept as rejected with a stable code: `empty`, `too_short`, `not_found`, `no_such_turn`, `no_such_meeting`,
`unknown_topic`, `no_terms`, `not_their_voice`, `not_our_voice`, `no_known_voice`. Others are about a part of a claim, whose
finding stays without it: `fate_not_found`, and those of `analyzer.terms`. A sentence of an answer must agree with its quote:
the codes of `analyzer.agreement`.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from analyzer.agreement import disagreement
from analyzer.model.findings import (
    Claim,
    ClaimKind,
    ConditionId,
    Evidence,
    Finding,
    Match,
    OpeningId,
    Polarity,
    Quotation,
    Rejected,
    SignId,
    Strength,
)
from analyzer.model.meetings import Meeting, Side, Turn
from analyzer.quotes import THIN_WORDS, locate, with_its_no, word_count
from analyzer.terms import made_sure

__all__ = ["locate", "verify", "verify_answers"]

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


def verify_answers(
    meetings: Mapping[str, Meeting], claims: Iterable[Claim], question: str = ""
) -> tuple[tuple[Finding, ...], tuple[Rejected, ...]]:
    """As `verify`, for claims that come from several meetings; `meetings` is keyed by meeting id.

    What stands in the `question` may stand in the sentences of its answer.
    """
    findings: list[Finding] = []
    rejected: list[Rejected] = []
    days = [meeting.date for meeting in meetings.values()]
    for claim in claims:
        meeting = meetings.get(claim.meeting)
        why = "no_such_meeting" if meeting is None else _ill_formed(claim)
        if meeting is None or why:
            rejected.append(Rejected(claim=claim, why=why))
            continue
        evidence = _find(meeting, claim.turn, claim.quote)
        why = evidence if isinstance(evidence, str) else _not_carried(meeting, claim, evidence, question, days)
        if isinstance(evidence, str) or why:
            rejected.append(Rejected(claim=claim, why=why))
            continue
        finding, lost = _with_terms(meeting, claim, evidence)
        rejected.extend(lost)
        _merge(findings, finding)
    return tuple(findings), tuple(rejected)


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


def _not_carried(meeting: Meeting, claim: Claim, evidence: Evidence, question: str, days: Sequence[dt.date]) -> str:
    """Why words that were said cannot carry this claim; empty when they can."""
    if claim.kind is ClaimKind.ANSWER:
        return disagreement(meeting, claim.reason, evidence, question, days)
    return _wrong_voice(claim, Side(evidence.side))


def _wrong_voice(claim: Claim, side: Side) -> str:
    """Why this side's words cannot carry this claim; empty when they can."""
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
    fate: list[Evidence] = []
    lost: list[Rejected] = []
    for quotation in claim.recommendation.fate if claim.recommendation is not None else ():
        found = _find(meeting, quotation.turn, quotation.quote)
        if isinstance(found, Evidence) and Side(found.side) in _KNOWN:
            fate.append(found)
        else:
            lost.append(_lost_fate(claim, quotation))
    sure, codes = made_sure(meeting, claim, evidence, fate)
    unsure = [Rejected(claim=claim, why=why) for why in codes]
    return Finding(claim=sure, evidence=evidence, fate=tuple(fate)), [*unsure, *lost]


def _lost_fate(claim: Claim, quotation: Quotation) -> Rejected:
    return Rejected(claim=replace(claim, turn=quotation.turn, quote=quotation.quote), why="fate_not_found")


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
