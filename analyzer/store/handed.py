"""What a hand-over holds: the rows of one client as JSON, and the checks that each of them passes before this record takes it.

A hand-over has rows by table: those of the client, and those of each of its meetings. A row has no column that is its home's own
affair (running numbers, what is in the index), nor the id of the client or meeting that it belongs to: its place tells that.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Table

from analyzer.dates import is_far_off
from analyzer.model.findings import Assessment
from analyzer.store import rows, tables
from analyzer.store.handed_meaning import MEANING, WIDEST, Row, Unfit, names, nothing_more
from analyzer.store.handed_readings import as_read, misread, spoken
from analyzer.store.names import tidy_name

__all__ = ["Handed", "Row", "Rows", "Unfit", "checked", "columns", "out", "reading_row"]

Rows = Mapping[str, list[Row]]

OF_CLIENT: tuple[Table, ...] = (tables.clients, tables.notes, tables.decisions, tables.agendas)
OF_MEETING: tuple[Table, ...] = (
    tables.meetings,
    tables.originals,
    tables.revisions,
    tables.speakers,
    tables.turns,
    tables.edits,
    tables.assessments,
    tables.verdicts,
    tables.dismissals,
    tables.marks,
    tables.outcomes,
    tables.remembered,
)
WORDS = tuple(table for table in OF_MEETING if table.name in {"verdicts", "dismissals", "marks", "outcomes", "remembered"})
"""What a person says of a meeting."""
MEETINGS_OF_AGENDA = "meetings"
_NOT_HANDED = frozenset({"client_id", "meeting_id", "merged_into", "number", "index_pending", "sketch", "content", "spoken"})


def kind(table: str) -> str:
    """What the rows of a table are called where they are counted for people."""
    return "readings" if table == tables.assessments.name else table


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One client as it is handed over. The first row of `clients` is the client; the others are those that were merged into it.

    An agenda's row has the ids of the meetings whose words it holds, under `meetings`, and its `number`.
    """

    client: Rows
    meetings: tuple[Rows, ...]

    def counts(self) -> dict[str, int]:
        """How many there are of each kind that there are any of."""
        found: dict[str, int] = {}
        for some in (self.client, *self.meetings):
            for table, of_table in some.items():
                found[kind(table)] = found.get(kind(table), 0) + len(of_table)
        found |= {"clients": 1, "former_names": found["clients"] - 1}
        return {name: number for name, number in found.items() if number}

    def digests(self) -> set[str]:
        """The SHA-256 of every original that belongs to it."""
        return {row["digest"] for meeting in self.meetings for row in meeting["originals"]}


@cache
def columns(table: Table) -> list[Column[Any]]:
    """The columns of a table that are handed over."""
    handed = [column for column in table.c if column.name not in _NOT_HANDED]
    if table in (tables.revisions, tables.agendas):
        handed.append(table.c.number)
    return [column for column in handed if not (table is tables.agendas and column.name == "id")]


def out(table: Table, row: Any) -> Row:
    """A row of the record as it is handed over."""
    values = {column.name: getattr(row, column.name) for column in columns(table)}
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in values.items()}


def reading_row(reading: Assessment) -> Row:
    """A reading as it is handed over."""
    row = rows.assessment_row(reading)
    return {column.name: row[column.name] for column in columns(tables.assessments)}


def checked(client: object, meetings: Sequence[object], *, older: bool, sender: str) -> Handed:
    """A hand-over from its JSON, every row as this record would have written it itself.

    `older` says that an earlier version wrote it: what it did not know of a row is then filled in. `sender` is the author of what
    carries none. Raises Unfit.
    """
    known = _Checker(older=older, sender=tidy_name(sender))
    of_client = known.rows(client, OF_CLIENT)
    found = tuple(known.meeting(meeting) for meeting in meetings)
    if not of_client["clients"]:
        raise Unfit("it names no client")
    ids = [meeting["meetings"][0]["id"] for meeting in found]
    _once("meeting", ids)
    _once("client", [row["id"] for row in of_client["clients"]])
    _once("original", [row["digest"] for meeting in found for row in meeting["originals"]])
    _once("agenda", [row["number"] for row in of_client["agendas"]])
    for agenda in of_client["agendas"]:
        if not set(agenda[MEETINGS_OF_AGENDA]) <= set(ids):
            raise Unfit(f"agenda {agenda['number']} rests on a meeting that is not in it")
    return Handed(client=of_client, meetings=found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Checker:
    older: bool
    sender: str

    def meeting(self, raw: object) -> Rows:
        """The rows of one meeting, and whether they make one."""
        found = self.rows(raw, OF_MEETING)
        if len(found["meetings"]) != 1:
            raise Unfit("a part of it is not one meeting")
        head = found["meetings"][0]
        of = head["id"]
        _whole(of, found)
        _once(f"original of {of}", [row["digest"] for row in found["originals"]])
        _once(f"verdict on {of}", [row["sign"] for row in found["verdicts"]])
        kept = {row["digest"] for row in found["originals"]}
        read_from = {row["read_from"] for row in found["revisions"]} - {None}
        if head["digest"] not in kept or not read_from or not read_from <= kept:
            raise Unfit(f"the original of {of} is missing")
        turns = spoken(found)
        readings = []
        for row in found["assessments"]:
            said = turns.get(row["revision"])
            reading = rows.structured(row["body"], Assessment)
            why = "is damaged" if reading is None or said is None else misread(reading, of, row["revision"], said)
            if reading is None or why:
                raise Unfit(f"a reading of {of} {why}")
            readings.append(reading_row(as_read(reading)))
        return {**found, "assessments": readings}

    def rows(self, raw: object, of: Sequence[Table]) -> dict[str, list[Row]]:
        if not isinstance(raw, dict) or not set(raw) <= {table.name for table in of}:
            raise Unfit("a part of it is of no known kind")
        found: dict[str, list[Row]] = {}
        for table in of:
            some = raw.get(table.name, [])
            if not isinstance(some, list):
                raise Unfit(f"its {table.name} are no rows")
            found[table.name] = [self._row(table, row) for row in some]
        return found

    def _row(self, table: Table, raw: object) -> Row:
        wanted = {column.name: column for column in columns(table)}
        beside = {MEETINGS_OF_AGENDA} if table is tables.agendas else set()
        if not isinstance(raw, dict) or not set(raw) <= {*wanted, *beside}:
            raise Unfit(f"a row of {table.name} has something that does not belong in it")
        row = {name: _value(table, column, self._given(table, column, raw)) for name, column in wanted.items()}
        if "author" in row:
            row["author"] = tidy_name(row["author"] or "") or self.sender or None
            if row["author"] is None:
                raise Unfit(f"a row of {table.name} does not say whose it is")
        for name in ("made_at", "added_at", "read_at"):
            if name in row:
                row[name] = _moment(table, row[name])
        for name in beside:
            row[name] = names(raw.get(name, []))
        try:
            MEANING.get(table.name, nothing_more)(row)
        except (ValueError, TypeError, KeyError) as wrong:
            told = str(wrong) if isinstance(wrong, Unfit) else f"a row of {table.name} holds what it cannot"
            raise Unfit(told) from wrong
        return row

    def _given(self, table: Table, column: Column[Any], raw: Mapping[str, object]) -> object:
        if column.name in raw:
            return raw[column.name]
        if not self.older or not (column.nullable or column.server_default is not None):
            raise Unfit(f"a row of {table.name} has no {column.name}")
        written = getattr(column.server_default, "arg", None)
        return bool(int(str(written))) if isinstance(column.type, Boolean) and written is not None else written


def _value(table: Table, column: Column[Any], value: object) -> Any:
    """The value of a column, of the right type. Raises Unfit."""
    of = column.type
    fits: object = None
    match value:
        case None:
            fits = column.nullable
        case bool():
            fits = isinstance(of, Boolean)
        case int():
            fits = isinstance(of, (Integer, Float)) and 0 <= value <= WIDEST
            value = float(value) if isinstance(of, Float) and fits else value
        case float():
            fits = isinstance(of, Float) and math.isfinite(value)
        case str() if isinstance(of, Date):
            value = _day(value)
            fits = value is not None
        case str():
            fits = not isinstance(of, (Boolean, Integer, Float, LargeBinary, JSON))
    if isinstance(of, JSON) and value is not None:
        fits = True
    if not fits:
        raise Unfit(f"a row of {table.name} has another {column.name} than it may have")
    return value


def _day(text: str) -> dt.date | None:
    """The day; None where it is none, or so far off that nobody could reckon from it."""
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 a day has no zone
    except ValueError:
        return None
    return None if is_far_off(day) else day


def _moment(table: Table, text: str) -> str:
    try:
        at = dt.datetime.fromisoformat(text)
        return rows.moment(at if at.tzinfo else at.replace(tzinfo=dt.UTC))
    except (ValueError, OverflowError) as error:
        raise Unfit(f"a row of {table.name} was made at no time") from error


def _once(what: str, keys: Sequence[object]) -> None:
    if len(set(keys)) != len(keys):
        raise Unfit(f"it has one {what} twice")


def _whole(of: str, found: Rows) -> None:
    """Whether each revision has its speakers and turns, in order, and the meeting points at one of them. Raises Unfit."""
    numbers = [row["number"] for row in found["revisions"]]
    _once(f"revision of {of}", numbers)
    if found["meetings"][0]["revision"] not in numbers or not all(numbers):
        raise Unfit(f"{of} points at nothing that was said")
    there: dict[str, dict[int, list[Row]]] = {}
    for name in ("speakers", "turns"):
        found[name].sort(key=lambda row: (row["revision"], row["ordinal"]))
        there[name] = {number: [] for number in numbers}
        for row in found[name]:
            if row["revision"] not in numbers:
                raise Unfit(f"{name} of {of} belong to no revision")
            there[name][row["revision"]].append(row)
    for revision in found["revisions"]:
        voices, turns = there["speakers"][revision["number"]], there["turns"][revision["number"]]
        if any([row["ordinal"] for row in some] != list(range(len(some))) for some in (voices, turns)):
            raise Unfit(f"what was said in {of} has a gap")
        _once(f"speaker of {of}", [row["name"] for row in voices])
        if any(row["speaker"] >= len(voices) for row in turns):
            raise Unfit(f"words in {of} are nobody's")
        if revision["turns"] != len(turns):
            raise Unfit(f"turns of {of} are missing")
        revision["words"] = sum(len(row["text"].split()) for row in turns)
