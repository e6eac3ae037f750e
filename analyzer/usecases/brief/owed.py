"""What we advised and what became of it, who owes whom what, and the openings of which nothing was made yet."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.model.brief import AdviceStep, BriefOpening, LedgerRow, Promise, Promises
from analyzer.model.findings import Evidence, OpeningId, Outcome
from analyzer.model.meetings import Side
from analyzer.model.relationship import CommitmentRow, Picture, RecommendationRow
from analyzer.relationship.openness import Lines, speaking_of
from analyzer.relationship.trifles import is_trifle
from analyzer.signs import OPENINGS
from analyzer.usecases import plainly
from analyzer.usecases.brief.quoting import Places

FADED_DAYS = 183  # a promise of which nothing was heard for half a year is counted and no more told by itself
FADED_DAYS_UNSURE = 92  # and one that may have been none, after a quarter
OPENED = tuple(opening for opening in OPENINGS if opening.id is not OpeningId.SHARES_CONTEXT)

_BY_WEIGHT = (Outcome.REVERSED, Outcome.IGNORED, Outcome.DEFERRED, Outcome.MODIFIED, Outcome.ADOPTED, Outcome.UNKNOWN)
_OVER = ("done", "dropped")


def ledger(seen: Picture, places: Places) -> tuple[LedgerRow, ...]:
    """What matters most first: a person's own outcomes, then what was not taken up, what was, and what nobody knows of."""
    newest_first = seen.recommendations[::-1]
    return tuple(
        LedgerRow(
            id=row.id,
            what=row.what,
            outcome=row.outcome,
            date=row.date,
            times=1 + len(row.again),
            too_new=not row.old_enough,
            quote=places.quote(row.evidence),
            steps=tuple(_steps(row, places)),
        )
        for row in sorted(newest_first, key=_most_telling)
    )


def promises(seen: Picture, places: Places, today: dt.date) -> Promises:
    """Those not known to be done or dropped, by who owes them, overdue first and then the oldest."""
    kept: dict[str, list[Promise]] = {Side.OURS: [], Side.THEIRS: [], "": []}
    for row in seen.commitments:
        if row.status not in _OVER:
            side = row.owner_side if row.owner and row.owner_side in (Side.OURS, Side.THEIRS) else ""
            kept[side].append(_promise(row, places, today))
    return Promises(ours=tuple(kept[Side.OURS]), theirs=tuple(kept[Side.THEIRS]), unclear=tuple(kept[""]))


def openings(seen: Picture, places: Places) -> tuple[BriefOpening, ...]:
    """What was opened, and which of it nothing was made of since."""
    made = _Made.of(seen)
    told = []
    for opening in OPENED:
        heard = seen.openings.get(opening.id.value, ())
        waiting = [evidence for evidence in heard if not _taken_up(evidence, made, places)]
        if heard:
            quotes = places.quotes(waiting)
            told.append(BriefOpening(title=opening.title, heard=len(heard), quotes=quotes, taken_up=len(heard) - len(waiting)))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Made:
    """All that was promised or advised: in words, and where."""

    lines: Lines
    where: tuple[Evidence, ...]

    @classmethod
    def of(cls, seen: Picture) -> "_Made":
        told = [(row.what, row.evidence) for row in seen.commitments]
        told += [(row.what, row.evidence) for row in seen.recommendations]
        return cls(Lines.of([what for what, _ in told]), tuple(evidence for _, evidence in told))


def _taken_up(opening: Evidence, made: _Made, places: Places) -> bool:
    """Whether something like it was promised or advised after it was opened."""
    opened = places.date(opening.meeting)

    def later(evidence: Evidence) -> bool:
        if evidence.meeting == opening.meeting:
            return evidence.turn > opening.turn
        return places.date(evidence.meeting) > opened

    return any(later(made.where[at]) for at in speaking_of(opening.quote, made.lines))


def _most_telling(row: RecommendationRow) -> tuple[bool, int, int]:
    """Whether the last step is a person's own, how it came out, and the newest last step first."""
    last = row.steps[-1] if row.steps else None
    own = last is not None and last.evidence is None
    return not own, _BY_WEIGHT.index(Outcome(row.outcome)), -(last.date if last else row.date).toordinal()


def _steps(row: RecommendationRow, places: Places) -> Iterator[AdviceStep]:
    for step in row.steps:
        quote = places.quote(step.evidence) if step.evidence else None
        yield AdviceStep(date=step.date, outcome=step.outcome, quote=quote, note=step.note, author=step.author)


def _promise(row: CommitmentRow, places: Places, today: dt.date) -> Promise:
    last = row.told_on or row.date
    return Promise(
        owner=row.owner,
        to=row.to,
        what=row.what,
        due=row.due,
        due_date=row.due_date,
        status=row.status,
        overdue=row.due_date is not None and row.due_date < today,
        first=row.first or row.date,
        firm=row.firm,
        plain=plainly.promised(row.evidence.quote, row.due),
        trifle=is_trifle(row.what),
        faded=(today - max(last, row.due_date or last)).days > (FADED_DAYS if row.firm else FADED_DAYS_UNSURE),
        quote=places.quote(row.evidence),
        told=places.first(row.told[-1:]),
    )
