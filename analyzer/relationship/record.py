"""What was said and left open over a client's meetings: openings, promises, advice, and the path of the relation."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import median

from analyzer.model.findings import Assessment, ClaimKind, Evidence, OpeningId, Polarity, Strength
from analyzer.model.meetings import Meeting, Side
from analyzer.model.relationship import Cadence, CommitmentRow, RecommendationRow, TrajectoryPoint
from analyzer.relationship.words import meetings

Read = Sequence[tuple[Meeting, Assessment]]

FORGOTTEN_DAYS = 60  # a promise without a date is open for this long; after that nobody can say


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


def commitments(ordered: Read, today: dt.date) -> tuple[CommitmentRow, ...]:
    """Overdue first, then the oldest; a promise repeated in the same words counts once, as last said."""
    rows: dict[tuple[str | None, str], CommitmentRow] = {}
    sides = _sides(meeting for meeting, _ in ordered)
    for meeting, assessment in ordered:
        for finding in assessment.findings:
            terms = finding.claim.commitment
            if terms is None or finding.claim.kind is not ClaimKind.COMMITMENT:
                continue
            owner = terms.giver or None
            row = CommitmentRow(
                owner=owner,
                owner_side=_side_of(owner, meeting, sides).value,
                to=terms.receiver or None,
                to_side=_side_of(terms.receiver, meeting, sides).value,
                what=terms.what,
                due=terms.due,
                due_date=terms.due_date,
                status=_status(terms.due_date, meeting.date, today),
                date=meeting.date,
                evidence=finding.evidence,
                firm=finding.claim.strength is not Strength.WEAK,
            )
            rows[owner and owner.casefold(), " ".join(terms.what.casefold().split())] = row

    def overdue_then_oldest(row: CommitmentRow) -> tuple[bool, dt.date, int]:
        past = row.due_date is not None and row.due_date < today
        return not past, row.due_date if past and row.due_date else row.date, row.evidence.turn

    return tuple(sorted(rows.values(), key=overdue_then_oldest))


def _sides(met: Iterable[Meeting]) -> dict[str, set[Side]]:
    """Every speaker's name, folded, with the sides that it was on."""
    sides: dict[str, set[Side]] = {}
    for meeting in met:
        for speaker in meeting.speakers:
            sides.setdefault(speaker.name.casefold(), set()).add(speaker.side)
    return sides


def _side_of(name: str | None, meeting: Meeting, everybody: Mapping[str, set[Side]]) -> Side:
    """The side of the one who is called so: of a speaker of this meeting, or else of any, who was always on that side.

    A part of a name will do where all whom it fits are on one side (`Tess` for Tess Okafor).
    """
    if not name:
        return Side.UNKNOWN
    words = set(name.casefold().split())
    for known in (_sides([meeting]), everybody):
        exact = known.get(name.casefold())
        fitting = exact or {side for other, sides in known.items() if words <= set(other.split()) for side in sides}
        if fitting:
            return next(iter(fitting)) if len(fitting) == 1 else Side.UNKNOWN
    return Side.UNKNOWN


def _status(due: dt.date | None, said: dt.date, today: dt.date) -> str:
    """Open while its time runs. After that it may have been kept or not: nothing recorded says so."""
    last_day = due or said + dt.timedelta(days=FORGOTTEN_DAYS)
    return "open" if today <= last_day else "unknown"


def recommendations(ordered: Read) -> tuple[RecommendationRow, ...]:
    """What we advised, oldest first, with what became of it within its meeting."""
    return tuple(
        RecommendationRow(
            what=terms.what,
            outcome=terms.outcome.value,
            date=meeting.date,
            evidence=finding.evidence,
            outcome_evidence=finding.fate,
        )
        for meeting, assessment in ordered
        for finding in assessment.findings
        if finding.claim.kind is ClaimKind.RECOMMENDATION and (terms := finding.claim.recommendation) is not None
    )


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
            caveats.append(f"{left} of {len(meeting.turns)} turns of {meeting.slug} were not read")
    caveats += [f"from {point.slug} on, another reader read: levels before and after may differ" for point in _changes(ordered)]
    return tuple(caveats)


def _changes(ordered: Read) -> list[TrajectoryPoint]:
    return [point for point in trajectory(ordered) if point.reader_changed]
