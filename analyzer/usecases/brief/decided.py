"""A person's decision about working for a client, held against what came since."""

import datetime as dt
from collections.abc import Iterator, Sequence

from analyzer.model.brief import HeldDecision
from analyzer.model.brief_parts import Change
from analyzer.model.findings import ConditionValue, Level, Outcome, Stance
from analyzer.model.meetings import Meeting
from analyzer.model.person import Decision
from analyzer.model.relationship import Picture
from analyzer.relationship.words import count, day
from analyzer.signs import CONDITIONS, SIGNS
from analyzer.usecases.brief.quoting import Places

_HEARD = (Level.WEAK, Level.STRONG)
_TAKEN = (Outcome.ADOPTED, Outcome.MODIFIED)


def held(
    decisions: Sequence[Decision], seen: Picture | None, meetings: Sequence[Meeting], places: Places, today: dt.date
) -> HeldDecision | None:
    """The last decision up to this day with what came after it; None where none was recorded."""
    known = [decision for decision in decisions if decision.date <= today]
    if not known:
        return None
    last = known[-1]
    return HeldDecision(
        choice=last.choice.value.replace("-", " "),
        date=last.date,
        note=last.note,
        meetings_since=sum(meeting.date > last.date for meeting in meetings),
        came=tuple(_came(last.date, seen, places)) if seen else (),
        author=last.author,
    )


def _came(since: dt.date, seen: Picture, places: Places) -> Iterator[Change]:
    later = [point for point in seen.trajectory if point.date > since]
    if not later:
        return
    for sign in SIGNS:
        heard = [point for point in later if point.signs.get(sign.id.value) in _HEARD]
        if heard:
            row = next(row for row in seen.signs if row.id == sign.id.value)
            words = next((e for e in row.evidence if places.date(e.meeting) > since), None)
            times = f"heard in {len(heard)} of {count(len(later), 'meeting')} since, last on {day(heard[-1].date)}"
            yield Change(told=f"“{sign.title}”: {times}.", quote=places.quote(words) if words else None, slug=heard[-1].slug)
    for condition in CONDITIONS:
        told = seen.conditions.get(condition.id.value)
        if told and told.value != ConditionValue.UNKNOWN and told.evidence and places.date(told.evidence[0].meeting) > since:
            yield Change(told=f"{condition.title}: {told.value}.", quote=places.first(told.evidence))
    given = [row for row in seen.recommendations if row.date > since]
    if given:
        taken = sum(row.outcome in _TAKEN for row in given)
        yield Change(
            told=f"Of {count(len(given), 'piece')} of advice since, {taken} taken up.",
            slug=places.slug(given[-1].evidence.meeting),
        )
    stances = [point for point in later if point.stance is not Stance.UNKNOWN]
    if stances:
        yield Change(
            told=f"The last talk that could tell, on {day(stances[-1].date)}: {stances[-1].stance.value.replace('_', ' ')}.",
            slug=stances[-1].slug,
        )
