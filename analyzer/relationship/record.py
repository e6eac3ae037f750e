"""What was heard over a client's meetings: openings, how often both met, the path of the relation, and what was not read."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from analyzer.model.findings import Assessment, ClaimKind, Evidence, Gap, OpeningId, Polarity, Strength
from analyzer.model.meetings import Meeting, Side
from analyzer.model.relationship import Cadence, TrajectoryPoint
from analyzer.relationship.words import count, meetings

Read = Sequence[tuple[Meeting, Assessment]]


def opening(kind: OpeningId, ordered: Read, *, firm: bool = False) -> tuple[Evidence, ...]:
    """Where it was heard, the latest meeting first; with `firm`, without what the reader took for a hint."""
    found = (
        finding.evidence
        for _, assessment in reversed(ordered)
        for finding in assessment.findings
        if finding.claim.kind is ClaimKind.OPENING
        and finding.claim.topic == kind.value
        and finding.claim.polarity is Polarity.FOR
        and not (firm and finding.claim.strength is Strength.WEAK)
    )
    return tuple(dict.fromkeys(found))


def trajectory(ordered: Read) -> tuple[TrajectoryPoint, ...]:
    """One point a meeting, with a mark where the reader changed."""
    points: list[TrajectoryPoint] = []
    before = ordered[0][1].engine
    for meeting, assessment in ordered:
        points.append(
            TrajectoryPoint(
                meeting=meeting.id,
                slug=meeting.slug,
                date=meeting.date,
                engine=assessment.engine.name,
                signs={v.sign.value: v.level for v in assessment.judgement.signs},
                stance=assessment.judgement.stance,
                reader_changed=assessment.engine != before,
                own=tuple(v.sign.value for v in assessment.judgement.signs if v.person),
            )
        )
        before = assessment.engine
    return tuple(points)


def cadence(dates: Iterable[dt.date], last_partner_talk: dt.date | None) -> Cadence:
    """Since when and how often both met, from the date of every meeting; raises ValueError when there is none."""
    met = list(dates)
    days = sorted(set(met))
    if not days:
        raise ValueError("a cadence needs at least one meeting")
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return Cadence(
        first=days[0],
        last=days[-1],
        meetings=len(met),
        median_gap_days=round(median(gaps)) if gaps else None,
        last_partner_talk=last_partner_talk,
    )


def last_partner_talk(ordered: Read) -> dt.date | None:
    """The date of the last meeting in which each side told how its own business is doing."""
    return next((meeting.date for meeting, assessment in reversed(ordered) if _both_shared(assessment)), None)


def _both_shared(assessment: Assessment) -> bool:
    told = {
        finding.evidence.side
        for finding in assessment.findings
        if finding.claim.kind is ClaimKind.OPENING
        and finding.claim.topic == OpeningId.SHARES_CONTEXT.value
        and finding.claim.polarity is Polarity.FOR
    }
    return {Side.OURS.value, Side.THEIRS.value} <= told


def caveats(ordered: Read) -> tuple[str, ...]:
    """What the readers say about their own readings, what they did not read, and where the reader changed."""
    said = Counter(caveat for _, assessment in ordered for caveat in dict.fromkeys(assessment.judgement.caveats))
    caveats = [text if times == 1 or len(ordered) == 1 else f"{text} (in {meetings(times)})" for text, times in said.items()]
    for meeting, assessment in ordered:
        if (left := len(meeting.turns) - assessment.turns_read) > 0:
            caveats.append(f"{left} of {len(meeting.turns)} turns of {meeting.slug} were not read{_places(assessment.gaps)}")
    caveats += [f"from {point.slug} on, another reader read: levels before and after may differ" for point in _changes(ordered)]
    return tuple(caveats)


def _places(gaps: Sequence[Gap]) -> str:
    """Where the gaps are and why, in brackets; empty where that is not known."""
    if not gaps:
        return ""
    told = (f"{f'turn {g.first}' if g.first == g.last else f'turns {g.first} to {g.last}'}: {g.why.rstrip('.')}" for g in gaps)
    return f" ({'; '.join(told)})"


def not_matched(lost_promises: int, lost_advice: int, *, one_meeting: bool) -> Iterator[str]:
    """What was told of earlier promises and advice and belongs to none of them for sure.

    Of one meeting by itself that is no doubt: the earlier meetings are not looked at.
    """
    if one_meeting:
        if lost := lost_promises + lost_advice:
            tell = "follow-up tells" if lost == 1 else "follow-ups tell"
            yield f"{lost} {tell} of earlier meetings; the client as a whole shows of what"
        return
    for lost, what in ((lost_promises, "promise"), (lost_advice, "piece of advice")):
        if lost:
            yield f"{count(lost, 'follow-up')} could not be matched to one {what}"


def _changes(ordered: Read) -> list[TrajectoryPoint]:
    return [point for point in trajectory(ordered) if point.reader_changed]
