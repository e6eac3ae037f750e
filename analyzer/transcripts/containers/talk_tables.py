"""Tables as lines: a table of who said what becomes `[time] Name: words`, any other stays a row of cells.

A table of actions has the same two columns as one of speech, a name and a sentence. So a table is speech only where its
heading row says so, or where people come again in it, as they do in a talk and not in a list of who attended or owes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.transcripts.notation.clock import CLOCK
from analyzer.transcripts.notation.column_titles import columns
from analyzer.transcripts.notation.names import Shape, shape

_TIME = re.compile(rf"[\[(]?\s*(?P<start>{CLOCK})\s*[\])]?(?:\s*(?:-+>?|\u2013|\u2014)\s*[\[(]?{CLOCK}[\])]?)?")
_NAME_AND_TIME = re.compile(rf"(?P<name>\D.*?)\s+[\[(]?(?P<start>{CLOCK})[\])]?")
_COUNT = re.compile(r"\d{1,6}\.?")
_MOST = 0.8
_ONCE = 0.8  # share of different names from which on nobody comes again


@dataclass(slots=True)
class Table:
    """A table while it is read: rows of cells, each cell its paragraphs; `headed`: the first row is marked as heading."""

    rows: list[list[str]] = field(default_factory=list)
    headed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    name: int
    words: int
    time: int | None


def lines(table: Table) -> tuple[list[str], int]:
    """The rows as paragraphs, and how many rows of column headings were left out."""
    rows = [row for row in table.rows if any(row)]
    width = max(map(len, rows), default=0)
    if width == 1:
        return [row[0] for row in rows], 0
    titles = columns(rows[0], "") if rows else None
    body = rows[1:] if titles or table.headed else rows
    found = _columns(body, width, certain=titles is not None and titles.surely_speakers)
    if found is None:
        return [" | ".join(" ".join(cell.split()) for cell in row if cell) for row in rows], 0
    return [_said(row, found) for row in body], len(rows) - len(body)


def is_time(cell: str) -> bool:
    """Whether a cell is a time, or the two between which something was said."""
    return _TIME.fullmatch(cell) is not None


def _columns(rows: Sequence[Sequence[str]], width: int, *, certain: bool) -> _Columns | None:
    """Which column has names and which words; None where the table is none of speech."""
    full = [row for row in rows if len(row) == width]
    if not full or len(full) < _MOST * len(rows):
        return None
    cells = [[row[at] for row in full] for at in range(width)]
    times = [at for at in range(width) if _mostly(cells[at], _TIME)]
    rest = [at for at in range(width) if at not in times and not _mostly(cells[at], _COUNT)]
    if len(rest) != 2:  # noqa: PLR2004 - names and words
        return None
    names = [_who(cell)[0] for cell in cells[rest[0]] if cell]
    if not names or not all(shape(name) is not Shape.NO or name.startswith("@") for name in names):
        return None
    if not certain and len(set(names)) > _ONCE * len(names):
        return None
    return _Columns(name=rest[0], words=rest[1], time=times[0] if times else None)


def _mostly(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(pattern.fullmatch(cell) is not None for cell in filled) >= _MOST * len(filled)


def _who(cell: str) -> tuple[str, str | None]:
    """The name in a cell, and the time that some programs put below it."""
    match = _NAME_AND_TIME.fullmatch(" ".join(cell.split()))
    return (match["name"], match["start"]) if match else (" ".join(cell.split()), None)


def _said(row: Sequence[str], at: _Columns) -> str:
    """One row as it would stand in a text. A name that spans several rows is given once; the next rows go on with it."""
    if len(row) <= max(at.name, at.words):
        return " ".join(row)
    name, start = _who(row[at.name])
    if not name:
        return row[at.words]
    timed = _TIME.fullmatch(row[at.time]) if at.time is not None else None
    start = timed["start"] if timed else start
    return f"[{start}] {name}: {row[at.words]}" if start else f"{name}: {row[at.words]}"
