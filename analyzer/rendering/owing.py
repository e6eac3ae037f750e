"""What is owed over all clients, as text for a terminal."""

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.meetings import Side
from analyzer.model.own import Owed, OwedRow
from analyzer.relationship.words import count, promise_told
from analyzer.rendering.pieces import day, indented


def owed(result: Owed) -> RenderableType:
    """Two lines a promise: who owes whom what, and where it stands; then how many there are, and what to do about one."""
    due = f" with a date up to {day(result.until)}" if result.until else ""
    closed = f"{result.closed} done or dropped" if result.closed else ""
    if not result.promises:
        return Text(f"No open promise{due} is known{f'; {closed}' if closed else ''}.")
    shown = [part for row in result.promises for part in _lines(row)]
    counts = [
        count(len(result.promises), "promise") + due,
        *(f"{number} {whose}" for side, whose in _WHOSE if (number := _owed_by(result, side))),
        *([f"{number} overdue"] if (number := sum(row.overdue for row in result.promises)) else []),
        *([closed] if closed else []),
    ]
    first = result.promises[0]
    return Group(
        *shown,
        Text(),
        Text(f"{counts[0]}: {', '.join(counts[1:])}." if counts[1:] else f"{counts[0]}."),
        *([Text(_PERHAPS, style="dim")] if not all(row.promise.firm for row in result.promises) else []),
        Text(f"analyzer promise done {first.id} says that one is kept; drop says that it is given up.", style="dim"),
    )


_PERHAPS = "perhaps: the reader is not certain that it was a promise."
_WHOSE = ((Side.OURS, "ours"), (Side.THEIRS, "theirs"))


def _owed_by(result: Owed, side: Side) -> int:
    return sum(row.promise.owner_side == side.value for row in result.promises)


def _lines(row: OwedRow) -> tuple[RenderableType, ...]:
    late = ("overdue  ", "yellow") if row.overdue else ""
    unsure = "" if row.promise.firm else ("perhaps  ", "dim")
    place = Text(f"{row.client_name}   {row.id}", style="dim")
    return Text.assemble(late, unsure, promise_told(row.promise)), indented(place, 4)
