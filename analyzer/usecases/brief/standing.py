"""Where the relation stands: the stance and its path, the signs, what one can do about them, the conditions, what changed."""

import datetime as dt

from analyzer.model.brief_parts import BriefCondition, BriefSign, BriefStance, Change, Option, PathPoint
from analyzer.model.findings import Level, SignId
from analyzer.model.relationship import Picture, SignRow, TrajectoryPoint
from analyzer.relationship import trend
from analyzer.relationship.since import changes
from analyzer.signs import CONDITIONS, SIGN_BY_ID
from analyzer.usecases.brief.quoting import Places

_HEARD = (Level.WEAK, Level.STRONG)


def stance(seen: Picture) -> BriefStance:
    """The stance and the path that led to it."""
    ids = [row.id for row in seen.signs]
    return BriefStance(stance=seen.stance, why=seen.stance_why, path=tuple(_point(point, ids) for point in seen.trajectory))


def signs(seen: Picture, places: Places) -> tuple[BriefSign, ...]:
    """The four signs."""
    return tuple(_sign(row, seen, places) for row in seen.signs)


def options(seen: Picture) -> tuple[Option, ...]:
    """What one can do about each sign that stands."""
    standing = (row for row in seen.signs if row.stands)
    return tuple(
        Option(
            title=row.title,
            level=row.level,
            last_heard=_last_heard(row, seen),
            moves=SIGN_BY_ID[SignId(row.id)].moves_at(row.level),
        )
        for row in standing
    )


def conditions(seen: Picture, places: Places) -> tuple[BriefCondition, ...]:
    """Relevant, timely, fit, with the reason."""
    return tuple(
        BriefCondition(
            title=condition.title,
            question=condition.question,
            value=row.value,
            why=row.why,
            quote=places.first(row.evidence),
        )
        for condition in CONDITIONS
        if (row := seen.conditions.get(condition.id.value)) is not None
    )


def what_changed(seen: Picture, places: Places, today: dt.date) -> tuple[Change, ...]:
    """What the last meeting changed, and what has been told since."""
    return tuple(
        Change(
            told=changed.told,
            quote=places.quote(changed.evidence) if changed.evidence else None,
            slug=places.slug(changed.meeting) if changed.meeting else "",
        )
        for changed in changes(seen, today)
    )


def _point(point: TrajectoryPoint, ids: list[str]) -> PathPoint:
    return PathPoint(
        slug=point.slug,
        date=point.date,
        stance=point.stance,
        levels=tuple(point.signs.get(sign, Level.INSUFFICIENT) for sign in ids),
        reader_changed=point.reader_changed,
    )


def _sign(row: SignRow, seen: Picture, places: Places) -> BriefSign:
    return BriefSign(
        title=row.title,
        level=row.level,
        known=row.known,
        stands=row.stands,
        trend=trend([point.signs[row.id] for point in seen.trajectory if row.id in point.signs]),
        why=row.why,
        last_heard=_last_heard(row, seen),
        quote=places.first(row.evidence),
        before=places.before(row.evidence),
        counter=places.first(row.counter_evidence),
        another_reading=row.another_reading,
        would_change=row.would_change,
        person=row.person,
        person_date=next((point.date for point in reversed(seen.trajectory) if row.id in point.own), None),
        marked=bool(row.evidence) and row.evidence[0] in row.marked,
    )


def _last_heard(row: SignRow, seen: Picture) -> dt.date | None:
    return next((point.date for point in reversed(seen.trajectory) if point.signs.get(row.id) in _HEARD), None)
