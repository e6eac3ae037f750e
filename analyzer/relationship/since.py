"""What the last meeting changed, and what has been told since: lines with the words behind them.

Only the last meeting is set against the one before it, so that every line can be looked up in two places.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.model.findings import Evidence, Level, Stance
from analyzer.model.meetings import Side
from analyzer.model.relationship import CommitmentRow, Picture, RecommendationRow, SignRow, TrajectoryPoint
from analyzer.relationship.words import day

_HEARD = (Level.WEAK, Level.STRONG)
_OVER = ("done", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that is otherwise than before; `evidence` are the words that show it, `meeting` (an id) the meeting that does.

    Both are empty where it is the calendar or a person's own word that does.
    """

    told: str
    evidence: Evidence | None = None
    meeting: str = ""


def changes(seen: Picture, today: dt.date) -> tuple[Changed, ...]:
    """What is otherwise since the last meeting that was read, that one included."""
    return tuple(_changes(seen, today))


def _changes(seen: Picture, today: dt.date) -> Iterator[Changed]:
    last = seen.trajectory[-1]
    if before := seen.trajectory[:-1]:
        yield from _stance(last, before)
        for row in seen.signs:
            yield from _sign(row, last, before)
    for advice in seen.recommendations:
        yield from _advice(advice, last)
    for promise in seen.commitments:
        yield from _promise(promise, last, today)
    made = [row for row in seen.commitments if row.evidence.meeting == last.meeting]
    if made:
        ours = sum(row.owner is not None and row.owner_side == Side.OURS for row in made)
        theirs = sum(row.owner is not None and row.owner_side == Side.THEIRS for row in made)
        parts = ((ours, "by us"), (theirs, "by them"), (len(made) - ours - theirs, "by nobody sure"))
        told = ", ".join(f"{number} {whom}" for number, whom in parts if number)
        yield Changed(told=f"Promised on {day(last.date)}: {told}.", meeting=last.meeting)


def _stance(last: TrajectoryPoint, before: tuple[TrajectoryPoint, ...]) -> Iterator[Changed]:
    known = [point for point in before if point.stance is not Stance.UNKNOWN]
    if known and last.stance not in (Stance.UNKNOWN, known[-1].stance):
        told = f"{_spoken(last.stance).capitalize()} on {day(last.date)}, {_spoken(known[-1].stance)} on {day(known[-1].date)}."
        yield Changed(told=told, meeting=last.meeting)


def _sign(row: SignRow, last: TrajectoryPoint, before: tuple[TrajectoryPoint, ...]) -> Iterator[Changed]:
    """Whether a sign was newly heard in the last meeting, or no more heard, or heard otherwise."""
    able = [point for point in before if point.signs.get(row.id, Level.INSUFFICIENT) is not Level.INSUFFICIENT]
    now = last.signs.get(row.id, Level.INSUFFICIENT)
    if not able or now is Level.INSUFFICIENT:
        return
    then = able[-1].signs[row.id]
    if then is now:
        return
    told = f"“{row.title}”: {_level(now)} on {day(last.date)}, {_level(then)} on {day(able[-1].date)}."
    words = next((e for e in row.evidence if e.meeting == last.meeting), None) if now in _HEARD else None
    yield Changed(told=told, evidence=words, meeting=last.meeting)


def _advice(row: RecommendationRow, last: TrajectoryPoint) -> Iterator[Changed]:
    """What was told of earlier advice in the last meeting, or by a person since."""
    for step in row.steps:
        if step.date < last.date or row.date >= last.date:
            continue
        if step.evidence is None:
            yield Changed(told=f"Our advice {step.outcome} on {day(step.date)}, by your word: {row.what}")
        elif step.evidence.meeting == last.meeting:
            yield Changed(told=f"Our advice {step.outcome}: {row.what}", evidence=step.evidence, meeting=last.meeting)


def _promise(row: CommitmentRow, last: TrajectoryPoint, today: dt.date) -> Iterator[Changed]:
    """A promise that was done or dropped, or whose day has come."""
    who = f"{row.owner}: " if row.owner else ""
    if row.status in _OVER and row.told_on and row.told_on >= last.date:
        words = row.told[-1] if row.told and row.told[-1].meeting == last.meeting else None
        own = "" if words else ", by your word"
        yield Changed(
            told=f"{row.status.capitalize()}{own}: {who}{row.what}", evidence=words, meeting=last.meeting if words else ""
        )
    elif row.firm and row.status not in _OVER and row.due_date and last.date <= row.due_date < today:
        yield Changed(told=f"Was due on {day(row.due_date)}: {who}{row.what}", evidence=row.evidence)


def _level(level: Level) -> str:
    return {Level.NONE: "not heard", Level.WEAK: "hints", Level.STRONG: "strong"}[level]


def _spoken(stance: Stance) -> str:
    return stance.value.replace("_", " ")
