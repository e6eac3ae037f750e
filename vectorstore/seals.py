"""Checksums of what an index holds, by which a flipped bit is found where no structure tells of it.

They are made when something is written, from what was to be written and not from what is there then, so that no damage is taken
for what was meant. They are compared when somebody asks whether all is well, and before more is added, never by a search. A group
of passages has one digest, kept beside it. Chroma's own database has one over its rows, as its bytes change with each opening.
"""

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

_AT_OPENING = b"acquire_write"  # the table in which Chroma notes each opening
_READ = 1000  # rows at a time

Kept = tuple[Any, ...]
"""A passage's id, group, ordinal, text, digest and vector."""


def of_group(rows: Iterable[Kept]) -> bytes:
    """SHA-256 over the passages of one group, in the order of their ordinals."""
    total = hashlib.sha256()
    for row in rows:
        for value in row:
            part = value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")
            total.update(f"{type(value).__name__}{len(part)}:".encode())
            total.update(part)
    return total.digest()


def of_database(path: Path) -> str:
    """SHA-256 over the rows of every table of an SQLite database, in hexadecimal; empty where it cannot be read."""
    total = hashlib.sha256()
    try:
        with closing(_opened(path)) as database:
            tables = database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            for name, made in tables:
                total.update(repr((name, made)).encode())
                if name != _AT_OPENING and not (made or b"").startswith(b"CREATE VIRTUAL"):
                    quoted = name.decode("utf-8", "replace").replace('"', '""')
                    rows = database.execute(f'SELECT * FROM "{quoted}"')  # noqa: S608  # named by the database itself
                    while part := rows.fetchmany(_READ):
                        total.update(repr(part).encode())
    except (sqlite3.Error, OSError):
        return ""
    return total.hexdigest()


def database_faults(path: Path) -> tuple[str, ...]:
    """What SQLite finds wrong with a database, in words."""
    try:
        with closing(_opened(path)) as database:
            found = [row[0].decode("utf-8", "replace") for row in database.execute("PRAGMA integrity_check")]
    except (sqlite3.Error, OSError) as error:
        return (f"{path} cannot be read: {error}",)
    return tuple(f"{path}: {line.splitlines()[0]}" for line in found if line != "ok")


def _opened(path: Path) -> sqlite3.Connection:
    """For reading alone; text as its bytes, since damaged text may be none."""
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    database.text_factory = bytes
    return database
