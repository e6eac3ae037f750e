"""Forgetting for good, as far as the record goes: a row that says what was begun, the deed, the receipt, and no byte left behind.

What was begun stands in `forgettings` with opaque ids alone, from before anything is removed until nothing is left to do, so that
one cut short is found and finished. All rows of what goes, and the receipt of it, change in one transaction. After that the file
is written anew (`scrub`): `secure_delete` overwrites what is deleted, but the write-ahead log holds pages as they were, and pages
that were taken apart hold copies.
"""

import datetime as dt
import re
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from analyzer.model.forgetting import CLIENT, KeptPath, Receipt
from analyzer.store import queries, rows, tables
from analyzer.store.connection import reading, translated, writing
from analyzer.store.going import Going, client_going, counted, meeting_going, without_bearer
from analyzer.store.kept_paths import hidden_anew, hidden_path, hidden_paths, telling

__all__ = ["Begun", "Forgettings", "Going", "hidden_paths", "hide_in_receipts", "insert_begun", "insert_receipt", "telling"]

_DAY = r"-\d{4}-\d{2}-\d{2}(-\d+)?"  # what the slug of a meeting has behind its client's


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A forgetting that was begun. `body` has the ids and counts that finish it, and after the deed the id of its receipt."""

    number: int
    kind: str
    body: dict[str, Any]


class Forgettings:
    """What is being forgotten, and the receipts of what was. Every method is one transaction; all raise StoreError."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    def going(self, kind: str, ref_id: str, known: Collection[str] = ()) -> tuple[Going, dict[str, int]]:
        """What goes with the client or meeting of this id, and how much of each kind; `known` are names that stay in any case."""
        with reading(self._engine) as connection:
            found = _going(connection, kind, ref_id)
            return found, _counts(connection, found, without_bearer(connection, found, known))

    def begin(self, kind: str, ref_id: str, counts: Mapping[str, int]) -> Begun:
        """Note that this is being forgotten, and how much goes of what stands outside the record."""
        body = {"id": ref_id, "counts": dict(counts)}
        with writing(self._engine) as connection:
            return Begun(number=insert_begun(connection, kind, self._now(), body), kind=kind, body=body)

    def pending(self) -> tuple[Begun, ...]:
        """What was begun and is not finished, the oldest first."""
        table = tables.forgettings
        with reading(self._engine) as connection:
            found = connection.execute(select(table).order_by(table.c.number)).all()
            return tuple(Begun(number=row.number, kind=row.kind, body=row.body) for row in found)

    def erase(self, begun: Begun, known: Collection[str], removed: Collection[str]) -> Begun:
        """Delete everything that goes and write the receipt, all or nothing; a second time nothing happens.

        `removed` are the documents, by path, that are gone from the disk; the receipt tells of the others. What it gives back
        has the ids that are to be taken out of the index.
        """
        table = tables.forgettings
        with writing(self._engine) as connection:
            body = connection.scalar(select(table.c.body).where(table.c.number == begun.number))
            if body is None or "receipt" in body:
                return Begun(number=begun.number, kind=begun.kind, body=body or {})
            going = _going(connection, begun.kind, body["id"])
            unborne = without_bearer(connection, going, known)
            counts = _counts(connection, going, unborne) | body["counts"]
            out_of_reach = [one.path for one in going.exports if one.path not in removed]
            kept = hidden_paths(out_of_reach, going.words)
            hide_in_receipts(connection, going.words)
            receipt = insert_receipt(connection, begun.kind, self._now(), counts, kept)
            _delete(connection, going, unborne, removed)
            done = {"receipt": receipt, "clients": going.clients, "meetings": going.meetings, "indexes": going.indexes}
            connection.execute(update(table).where(table.c.number == begun.number).values(body=done))
        return Begun(number=begun.number, kind=begun.kind, body=done)

    def end(self, number: int) -> None:
        """Note that nothing is left to do."""
        with writing(self._engine) as connection:
            connection.execute(delete(tables.forgettings).where(tables.forgettings.c.number == number))

    def receipts(self) -> tuple[Receipt, ...]:
        """All receipts, the newest first."""
        table = tables.receipts
        with reading(self._engine) as connection:
            found = connection.execute(select(table).order_by(table.c.at.desc(), table.c.id)).all()
            return tuple(map(_receipt, found))

    def receipt(self, receipt_id: str) -> Receipt:
        """The receipt of this id, which is there."""
        return next(one for one in self.receipts() if one.id == receipt_id)

    def scrub(self, patience: float) -> bool:
        """Write the record's file anew and empty its log, so that nothing deleted is left in either.

        False where another process reads or writes for longer than `patience` seconds: then it is to be done again.
        """
        with translated(), closing(self._engine.raw_connection()) as pooled:
            connection = pooled.cursor()
            (before,) = connection.execute("PRAGMA busy_timeout").fetchone()
            connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
            try:
                connection.execute("VACUUM")
                busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                return False
            finally:
                connection.execute(f"PRAGMA busy_timeout = {before}")
            return not busy


def insert_begun(connection: Connection, kind: str, at: dt.datetime, body: Mapping[str, Any]) -> int:
    """Note within a transaction that a forgetting is begun; `body` holds opaque ids and counts alone."""
    table = tables.forgettings
    made = insert(table).values(kind=kind, begun_at=rows.moment(at), body=dict(body)).returning(table.c.number)
    return int(connection.execute(made).scalar_one())


def insert_receipt(
    connection: Connection, kind: str, at: dt.datetime, counts: Mapping[str, int], documents: Sequence[KeptPath]
) -> str:
    """Write a receipt within the transaction of what it tells of; returns its id."""
    receipt_id = queries.unused_id(connection, "r")
    values = {
        "id": receipt_id,
        "at": rows.moment(at),
        "kind": kind,
        "counts": {kind: number for kind, number in counts.items() if number},
        "documents": [asdict(one) for one in documents],
    }
    connection.execute(insert(tables.receipts).values(values))
    return receipt_id


def hide_in_receipts(connection: Connection, words: Collection[str]) -> None:
    """Let the receipts of earlier forgettings keep no path that has one of these words: their names stayed then, and go now."""
    table = tables.receipts
    for row in connection.execute(select(table)).all():
        had = _receipt(row).documents
        if (hidden := hidden_anew(had, words)) != had:
            documents = [asdict(one) for one in hidden]
            connection.execute(update(table).where(table.c.id == row.id).values(documents=documents))


def _going(connection: Connection, kind: str, ref_id: str) -> Going:
    return client_going(connection, ref_id) if kind == CLIENT else meeting_going(connection, ref_id)


def _counts(connection: Connection, going: Going, unborne: Collection[tuple[str, str]]) -> dict[str, int]:
    found = counted(connection, going)
    stand_ins = found.pop("stand_ins", 0) + len(unborne)
    return found | ({"stand_ins": stand_ins} if stand_ins else {})


def _delete(connection: Connection, going: Going, unborne: Collection[tuple[str, str]], removed: Collection[str]) -> None:
    """Everything of what goes: most hangs on the rows of meetings and clients, and goes with these."""
    of = tables.stand_ins
    for client_id, original in unborne:
        connection.execute(delete(of).where(of.c.client_id == client_id, of.c.original == original))
    _forget_filings(connection, going)
    _forget_exports(connection, going, removed)
    connection.execute(delete(tables.meetings).where(tables.meetings.c.id.in_(going.meetings)))
    connection.execute(delete(tables.clients).where(tables.clients.c.id.in_(going.clients)))


def _forget_filings(connection: Connection, going: Going) -> None:
    """Changes of filing, of whatever client, that would lead back to what goes, or that have its name in a slug."""
    table = tables.filings
    named = re.compile(f"(?:{'|'.join(map(re.escape, going.slugs))}){_DAY}") if going.slugs else None
    for row in connection.execute(select(table)).all():
        slugs: dict[str, str] = row.body.get("slugs", {})
        left = {meeting_id: slug for meeting_id, slug in slugs.items() if meeting_id not in going.meetings}
        leads_back = {row.client_id, row.body.get("client"), row.body.get("into")} & set(going.clients)
        if leads_back or row.meeting_id in going.meetings or (named and any(map(named.fullmatch, left.values()))):
            connection.execute(delete(table).where(table.c.number == row.number))
        elif left != slugs:
            connection.execute(update(table).where(table.c.number == row.number).values(body=row.body | {"slugs": left}))


def _forget_exports(connection: Connection, going: Going, removed: Collection[str]) -> None:
    """Documents that are gone, or that nobody who stays has a part in; of the others no path keeps a word of what goes."""
    made, quoted = tables.exports, tables.exported_meetings
    for one in going.exports:
        row = connection.execute(select(made).where(made.c.path == one.path)).first()
        if row is None:
            continue
        others = select(quoted.c.export).where(quoted.c.export == row.number, quoted.c.meeting_id.not_in(going.meetings))
        shared = row.client_id not in (None, *going.clients) or connection.execute(others).first() is not None
        if one.path in removed or not shared:
            connection.execute(delete(made).where(made.c.number == row.number))
            continue
        values: dict[str, str | None] = {"path": hidden_path(one.path, going.words)}
        if row.client_id in going.clients:
            values["client_id"] = None
        connection.execute(update(made).where(made.c.number == row.number).values(values))


def _receipt(row: Row[Any]) -> Receipt:
    return Receipt(
        id=row.id,
        at=dt.datetime.fromisoformat(row.at),
        kind=row.kind,
        counts=dict(row.counts),
        documents=tuple(KeptPath(path=one["path"], files=one["files"], whole=one["whole"]) for one in row.documents),
    )
