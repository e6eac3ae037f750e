"""What a person says beside the readers, as it is kept: verdicts, dismissed and marked words, outcomes, notes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, Table, delete, insert, select

from analyzer.model.findings import EngineId, Fate, Level, Outcome, SignId
from analyzer.model.person import (
    Because,
    Choice,
    Decision,
    Dismissal,
    Mark,
    Note,
    NoteKind,
    Remembered,
    SaidOutcome,
    SaidVerdict,
)
from analyzer.store import queries, rows, tables
from analyzer.store.connection import reading, writing

OfTurn = Dismissal | Mark | SaidOutcome | Remembered
Authored = TypeVar("Authored", SaidVerdict, Dismissal, Mark, SaidOutcome, Decision, Note)


@dataclass(slots=True, kw_only=True)
class Kept:
    """All that a person said about one meeting; what is about a turn has a number by which it can be taken back."""

    verdicts: list[SaidVerdict] = field(default_factory=list)
    dismissals: dict[int, Dismissal] = field(default_factory=dict)
    marks: dict[int, Mark] = field(default_factory=dict)
    outcomes: dict[int, SaidOutcome] = field(default_factory=dict)
    remembered: dict[int, Remembered] = field(default_factory=dict)


class PersonsWord:
    """What a person said, each change one transaction. All raise StoreError where the meeting or client is not on record.

    It is kept with its `author`, and comes back with whose it is where that is somebody else.
    """

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime], author: str = "") -> None:
        self._engine = engine
        self._now = now
        self._author = author

    def _by(self, word: Authored) -> Authored:
        return replace(word, author=None) if word.author == self._author else word

    @property
    def _signed(self) -> dict[str, str | None]:
        return {"author": rows.storable(self._author) or None}

    def about(self, meeting_ids: Collection[str]) -> dict[str, Kept]:
        """What was said about these meetings, by meeting; those about which nothing was said are left out."""
        found: defaultdict[str, Kept] = defaultdict(Kept)
        with reading(self._engine) as connection:
            for row in _of(connection, tables.verdicts, meeting_ids):
                found[row.meeting_id].verdicts.append(self._by(_verdict(row)))
            for row in _of(connection, tables.dismissals, meeting_ids):
                found[row.meeting_id].dismissals[row.number] = self._by(_dismissal(row))
            for row in _of(connection, tables.marks, meeting_ids):
                found[row.meeting_id].marks[row.number] = self._by(_mark(row))
            for row in _of(connection, tables.outcomes, meeting_ids):
                found[row.meeting_id].outcomes[row.number] = self._by(_outcome(row))
            for row in _of(connection, tables.remembered, meeting_ids):
                found[row.meeting_id].remembered[row.number] = _remembered(row)
        return dict(found)

    def judged(self) -> tuple[str, ...]:
        """The meetings, of whichever client, on which a person gave a verdict."""
        with reading(self._engine) as connection:
            return tuple(connection.scalars(select(tables.verdicts.c.meeting_id).distinct()))

    def keep_verdict(self, word: SaidVerdict) -> None:
        """Keep a person's level for a sign of a meeting, in place of the one before."""
        engine = word.engine
        values = {
            "meeting_id": word.meeting,
            "sign": word.sign.value,
            "level": word.level.value,
            "note": rows.storable(word.note),
            "made_at": rows.moment(word.made_at),
            "reader": word.reader.value if word.reader else None,
            "engine": engine.name if engine else None,
            "model": engine.model if engine else None,
            "prompts": engine.prompts if engine else None,
            **self._signed,
        }
        with writing(self._engine) as connection:
            _forget_verdict(connection, word.meeting, word.sign)
            connection.execute(insert(tables.verdicts).values(values))

    def clear_verdict(self, meeting_id: str, sign: SignId) -> bool:
        """Take a verdict back; whether there was one."""
        with writing(self._engine) as connection:
            return _forget_verdict(connection, meeting_id, sign)

    def keep(self, word: OfTurn, instead_of: Collection[int] = ()) -> None:
        """Keep what was said of a turn, in place of what of its kind has these numbers."""
        table, values = _values(word)
        with writing(self._engine) as connection:
            _forget(connection, table, instead_of)
            signed = {} if isinstance(word, Remembered) else self._signed
            connection.execute(insert(table).values(values | signed | {"made_at": rows.moment(word.made_at)}))

    def take_back(self, kind: type[OfTurn], numbers: Collection[int]) -> None:
        """Forget what was said under these numbers."""
        with writing(self._engine) as connection:
            _forget(connection, _TABLES[kind], numbers)

    def notes(self, client_id: str) -> tuple[Note, ...]:
        """What was noted about the client, or about one that is merged into it, by date."""
        with reading(self._engine) as connection:
            return tuple(self._by(_note(row)) for row in _of_client(connection, tables.notes, client_id))

    def decisions(self, client_id: str) -> tuple[Decision, ...]:
        """What was decided about working for the client, or for one that is merged into it, by date."""
        with reading(self._engine) as connection:
            return tuple(self._by(_decision(row)) for row in _of_client(connection, tables.decisions, client_id))

    def keep_decision(self, client_id: str, choice: Choice, note: str, date: dt.date) -> Decision:
        """Keep a decision about a client, beside those before."""
        table = tables.decisions
        values = {
            "client_id": client_id,
            "date": date,
            "choice": choice.value,
            "note": rows.storable(note),
            "made_at": rows.moment(self._now()),
            **self._signed,
        }
        with writing(self._engine) as connection:
            return self._by(_decision(connection.execute(insert(table).values(values).returning(table)).one()))

    def remove_decision(self, number: int) -> None:
        """Forget the decision of this number."""
        with writing(self._engine) as connection:
            _forget(connection, tables.decisions, [number])

    def keep_note(self, client_id: str, date: dt.date, kind: NoteKind, text: str) -> Note:
        """Keep a note about a client."""
        table = tables.notes
        values = {
            "client_id": client_id,
            "date": date,
            "kind": kind.value,
            "text": rows.storable(text),
            "made_at": rows.moment(self._now()),
            **self._signed,
        }
        with writing(self._engine) as connection:
            return self._by(_note(connection.execute(insert(table).values(values).returning(table)).one()))

    def remove_note(self, client_id: str, number: int) -> bool:
        """Forget the note of this number that shows with this client; whether there was one."""
        table = tables.notes
        with writing(self._engine) as connection:
            # First: of a DELETE that begins with WITH no count is told.
            clients = list(connection.scalars(queries.with_merged(client_id)))
            gone = delete(table).where(table.c.number == number, table.c.client_id.in_(clients))
            return bool(connection.execute(gone).rowcount)


def _of_client(connection: Connection, table: Table, client_id: str) -> list[Row[Any]]:
    """What hangs on the client, or on one that is merged into it, by date."""
    mine = table.c.client_id.in_(queries.with_merged(client_id))
    return list(connection.execute(select(table).where(mine).order_by(table.c.date, table.c.number)))


def _of(connection: Connection, table: Table, meeting_ids: Collection[str]) -> list[Row[Any]]:
    order = table.c.number if "number" in table.c else table.c.sign
    return list(connection.execute(select(table).where(table.c.meeting_id.in_(list(meeting_ids))).order_by(order)))


def _forget_verdict(connection: Connection, meeting_id: str, sign: SignId) -> bool:
    table = tables.verdicts
    return bool(connection.execute(delete(table).where(table.c.meeting_id == meeting_id, table.c.sign == sign.value)).rowcount)


def _forget(connection: Connection, table: Table, numbers: Collection[int]) -> None:
    connection.execute(delete(table).where(table.c.number.in_(list(numbers))))


_TABLES: dict[type[OfTurn], Table] = {
    Dismissal: tables.dismissals,
    Mark: tables.marks,
    SaidOutcome: tables.outcomes,
    Remembered: tables.remembered,
}


def _values(word: OfTurn) -> tuple[Table, dict[str, Any]]:
    """The table of a word and its row, but for when it was said."""
    values: dict[str, Any] = {"meeting_id": word.meeting, "at": rows.turn_body(word.at)}
    match word:
        case Dismissal():
            values |= {"sign": word.sign.value, "because": word.because.value}
        case Mark():
            values |= {"sign": word.sign.value}
        case SaidOutcome():
            told = {"what": rows.storable(word.what), "note": rows.storable(word.note)}
            values |= told | {"outcome": word.outcome.value, "date": word.date, "one_of": word.one_of}
    return _TABLES[type(word)], values


def _verdict(row: Row[Any]) -> SaidVerdict:
    return SaidVerdict(
        meeting=row.meeting_id,
        sign=SignId(row.sign),
        level=Level(row.level),
        note=row.note,
        made_at=_time(row),
        engine=EngineId(name=row.engine, model=row.model, prompts=row.prompts) if row.engine else None,
        reader=Level(row.reader) if row.reader else None,
        author=row.author,
    )


def _dismissal(row: Row[Any]) -> Dismissal:
    because, at = Because(row.because), rows.turn(row.at)
    sign = SignId(row.sign)
    return Dismissal(meeting=row.meeting_id, sign=sign, at=at, because=because, made_at=_time(row), author=row.author)


def _mark(row: Row[Any]) -> Mark:
    at, made_at = rows.turn(row.at), _time(row)
    return Mark(meeting=row.meeting_id, sign=SignId(row.sign), at=at, made_at=made_at, author=row.author)


def _outcome(row: Row[Any]) -> SaidOutcome:
    return SaidOutcome(
        meeting=row.meeting_id,
        at=rows.turn(row.at),
        what=row.what,
        outcome=Outcome(row.outcome) if row.outcome in set(Outcome) else Fate(row.outcome),
        note=row.note,
        date=row.date,
        made_at=_time(row),
        one_of=row.one_of,
        author=row.author,
    )


def _remembered(row: Row[Any]) -> Remembered:
    return Remembered(meeting=row.meeting_id, at=rows.turn(row.at), made_at=_time(row))


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        number=row.number,
        client=row.client_id,
        choice=Choice(row.choice),
        note=row.note,
        date=row.date,
        made_at=_time(row),
        author=row.author,
    )


def _note(row: Row[Any]) -> Note:
    return Note(
        number=row.number,
        client=row.client_id,
        date=row.date,
        kind=NoteKind(row.kind),
        text=row.text,
        made_at=_time(row),
        author=row.author,
    )


def _time(row: Row[Any]) -> dt.datetime:
    return dt.datetime.fromisoformat(row.made_at)
