"""A copy of a database while others write to it, and whether a copy of the record is whole; none of it changes the original."""

import os
import sqlite3
from collections import defaultdict
from collections.abc import Collection
from contextlib import closing
from pathlib import Path

from analyzer.errors import StoreError
from analyzer.store.connection import translated
from analyzer.store.migrations import MIGRATIONS

RECORD_VERSION = len(MIGRATIONS)
"""Which version of the record this product writes; it reads every earlier one."""

COUNTED = {
    "clients": "clients",
    "meetings": "meetings",
    "originals": "originals",
    "turns": "turns",
    "edits": "edits",
    "filings": "filings",
    "readings": "assessments",
    "verdicts": "verdicts",
    "dismissals": "dismissals",
    "marks": "marks",
    "outcomes": "outcomes",
    "remembered": "remembered",
    "notes": "notes",
    "decisions": "decisions",
    "agendas": "agendas",
    "receipts": "receipts",
}
"""What is counted in a record, with the table that has a row for each."""


def copy_database(source: Path, to: Path, timeout: float) -> None:
    """Copy a SQLite file, as it is at one moment, to a new private one that stands alone.

    `timeout` is seconds to wait for writers. Raises StoreError; what was written of the copy is then removed.
    """
    to.touch(mode=0o600, exist_ok=False)
    try:
        to.chmod(0o600)
        with translated(), closing(_reading(source, timeout)) as live, closing(sqlite3.connect(to, isolation_level=None)) as copy:
            live.execute("BEGIN")
            live.execute("SELECT count(*) FROM sqlite_master").fetchone()  # waits here: the copying itself would without end
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # no second file beside it
        _to_disk(to)
    except BaseException:
        for path in (to, *(to.with_name(to.name + end) for end in ("-journal", "-wal", "-shm"))):
            path.unlink(missing_ok=True)
        raise


def counts(record: Path) -> dict[str, int]:
    """How much of each kind is in a copy of a record; of a kind that its version does not know there is nothing said.

    Raises StoreError.
    """
    with translated(), closing(_reading(record, 0)) as copy:
        return _counts(copy)


def check(record: Path) -> None:
    """Raises StoreError unless a copy of a record is whole: every page, every key."""
    with translated(), closing(_reading(record, 0)) as copy:
        faults = [line for (line,) in copy.execute("PRAGMA integrity_check") if line != "ok"]
        faults += [f"a row of {row[0]} hangs on nothing" for row in copy.execute("PRAGMA foreign_key_check")]
    if faults:
        raise StoreError(f"the record is damaged: {faults[0]}", "`analyzer doctor` tells how far.")


def shape(record: Path) -> frozenset[tuple[str, str, str]]:
    """What a copy of a record is made of: its tables with their columns, and whatever it does by itself. Raises StoreError."""
    with translated(), closing(_reading(record, 0)) as copy:
        its_own = "name LIKE 'sqlite_%' OR type = 'index'"
        parts = copy.execute(f"SELECT type, name, sql FROM sqlite_master WHERE NOT ({its_own})").fetchall()  # noqa: S608
        told = "SELECT name || ' ' || type || ' ' || pk FROM pragma_table_xinfo(?) ORDER BY name"
        columns = {name: "; ".join(column for (column,) in copy.execute(told, (name,))) for _, name, _ in parts}
    return frozenset((kind, name, columns[name] or sql) for kind, name, sql in parts)


def meetings_of(record: Path) -> dict[str, set[str]]:
    """The ids of the meetings in a copy of a record, by the client's id; clients without meetings are there too."""
    with translated(), closing(_reading(record, 0)) as copy:
        found: dict[str, set[str]] = {client: set() for (client,) in copy.execute("SELECT id FROM clients")}
        for client, meeting in copy.execute("SELECT coalesce(client_id, ''), id FROM meetings"):
            found.setdefault(client, set()).add(meeting)
    return found


def files_of(record: Path) -> dict[str, tuple[str, ...]]:
    """The SHA-256 of every file that a meeting was ever read from, by the meeting's id."""
    found = defaultdict[str, tuple[str, ...]](tuple)
    with translated(), closing(_reading(record, 0)) as copy:
        for meeting, digest in copy.execute("SELECT meeting_id, digest FROM originals ORDER BY meeting_id, digest"):
            found[meeting] += (digest,)
    return found


def mark_behind(record: Path, indexed: Collection[str]) -> None:
    """Note in a copy of a record which meetings are in another revision in the copied indexes, whose passages have these ids."""
    revisions = defaultdict[str, set[str]](set)
    for passage in indexed:
        meeting, revision, _ = passage.rsplit(".", 2)
        revisions[meeting].add(revision)
    with translated(), closing(sqlite3.connect(record, isolation_level=None)) as copy:
        copy.execute("BEGIN")
        for meeting, revision in copy.execute("SELECT id, revision FROM meetings WHERE NOT index_pending").fetchall():
            if revisions.get(meeting, {str(revision)}) != {str(revision)}:
                copy.execute("UPDATE meetings SET index_pending = 1 WHERE id = ?", (meeting,))
        copy.execute("COMMIT")


def is_empty(record: Path) -> bool:
    """Whether nothing was ever kept in a record that may be in use. Raises StoreError."""
    with translated(), closing(_reading(record, 1, "rw")) as live:  # whoever only reads leaves the log's files behind
        return not any(_counts(live).values())


def remove_empty(record: Path) -> None:
    """Remove a record in which nothing was ever kept. Raises StoreError where another process has it open."""
    with translated(), closing(sqlite3.connect(record, timeout=0, isolation_level=None)) as connection:
        alone = connection.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",)
    if not alone or not is_empty(record):
        raise StoreError("another process uses the record", "Try again when it has finished.")
    record.unlink()


def _counts(record: sqlite3.Connection) -> dict[str, int]:
    there = {name for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return {
        kind: int(record.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 the tables stand above
        for kind, table in COUNTED.items()
        if table in there
    }


def _reading(path: Path, timeout: float, mode: str = "ro") -> sqlite3.Connection:
    """A connection that cannot write. A file that is not there is an error, and none is made."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=timeout, isolation_level=None)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)  # without which Windows refuses
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
