"""A table of a talk as it is printed: columns known by the places of their titles, rows by the order in which cells are drawn.

Nothing on a page says where a row ends. What tells is that programs draw a table row by row and cell by cell, and that a
row of a talk has one time, one name and words. Where a table does not show all this, it is not taken apart by guess.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import NamedTuple

from analyzer.transcripts.containers.page_layout import Line
from analyzer.transcripts.containers.talk_tables import is_time
from analyzer.transcripts.notation.column_titles import columns
from analyzer.transcripts.notation.names import shape
from analyzer.transcripts.notation.words import flow

_SAME = 3.0  # points, within which two places are one


class UnclearTableError(Exception):
    """The titles of a table of a talk are there, but not how its rows go."""


class Printed(NamedTuple):
    """The text with a line `[time] Name: words` for each row, and how many rows of titles were left out."""

    text: str
    titles: int


class _Cell(NamedTuple):
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """The titles of the table with the left edges of their columns, in the order of the page; and which column is which."""

    cells: tuple[_Cell, ...]
    name: int
    words: int
    time: int

    def column(self, x: float) -> int:
        """The column that a place lies in, -1 left of all."""
        return sum(cell.x <= x + _SAME for cell in self.cells) - 1


@dataclass(slots=True)
class _Row:
    """The cells of a row while it is read: lines of words by column."""

    cells: dict[int, list[str]] = field(default_factory=dict)

    def text(self, column: int) -> str:
        return flow(self.cells.get(column, [""]))


def printed(pages: Sequence[Sequence[Line]]) -> Printed | None:
    """The text of pages with a table of times, names and words on them; None where there is none.

    Raises UnclearTableError where there is one whose rows are not plain.
    """
    cells = [_Cell(text.strip(), x, line.y) for page in pages for line in page for x, text in line.cells if text.strip()]
    levels = [tuple(level) for _, level in groupby(cells, key=lambda cell: round(cell.y))]
    found = next(((at, heading) for at, level in enumerate(levels) if (heading := _heading(level))), None)
    if found is None:
        return None
    at, heading = found
    titles = _words(heading.cells)
    body = [level for level in levels[at:] if _words(level) != titles]
    rows = _rows([cell for level in body for cell in level], heading)
    above = (" ".join(_words(level)) for level in levels[:at])
    return Printed("\n\n".join([*above, *(_said(row, heading) for row in rows)]), len(levels) - at - len(body))


def _words(level: Sequence[_Cell]) -> list[str]:
    return [cell.text for cell in level]


def _heading(level: Sequence[_Cell]) -> _Heading | None:
    if any(after.x <= before.x + _SAME for before, after in pairwise(level)):
        return None
    known = columns(_words(level), "")
    if known is None or known.speaker is None or known.start is None:
        return None
    return _Heading(cells=tuple(level), name=known.speaker, words=known.words, time=known.start)


def _rows(cells: Sequence[_Cell], heading: _Heading) -> Iterator[_Row]:
    """The rows below the titles; a row begins where the drawing goes back to a column further left."""
    row = _Row()
    before, y = -1, 0.0
    for cell in cells:
        at = heading.column(cell.x)
        goes_on = at == before and abs(cell.y - y) < _SAME
        if not goes_on and (at < 0 or abs(cell.x - heading.cells[at].x) > _SAME):
            raise UnclearTableError
        if at < before:
            yield row
            row = _Row()
        lines = row.cells.setdefault(at, [])
        if goes_on:
            lines[-1] += f" {cell.text}"
        else:
            lines.append(cell.text)
        before, y = at, cell.y
    yield row


def _said(row: _Row, heading: _Heading) -> str:
    time, name, words = (row.text(column) for column in (heading.time, heading.name, heading.words))
    if not is_time(time) or not shape(name) or not words:
        raise UnclearTableError
    return f"[{time}] {name}: {words}"
