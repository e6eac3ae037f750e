"""An SQLite file that only this package writes: how it is opened, read and changed, and what its errors mean.

The journal is SQLite's rollback journal and not its write-ahead log: no deleted text outlives its transaction in a second file.
`secure_delete` overwrites what is deleted, and temporary tables stay in memory.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from vectorstore.errors import ROOM, Broken, Damaged, Locked, PassageIndexFailed, Refused, Replaced

PRIMARY_CODE = 0xFF  # the part of SQLite's error code that says what kind of error it is
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
REFUSED = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
NOT_AS_MADE = ("no such table", "no such column", "Could not decode", "malformed", "unsupported file", "vtable constructor")
"""Of errors without a code of their own: in a file that only this module writes, damage alone leads to them."""

PRAGMAS = ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY")


class Database:
    """The file, made where there is none.

    Raises Damaged when it cannot be read or written, Broken when it is not what was once written, Refused when the disk will not
    take it, Replaced when another stands by now in its place, and Locked when another process holds it for too long.
    """

    def __init__(self, path: Path, *, timeout: float) -> None:
        self._path = path
        self._file: tuple[int, int] | None = None
        with self._translated():
            path.touch(mode=0o600)
            before = _file(path)
            self._connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        try:
            with self._translated():
                for pragma in PRAGMAS:
                    self._connection.execute(f"PRAGMA {pragma}")
            self._check_length()
            self._file = before
            self.check_there()
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def _check_length(self) -> None:
        """Raises Broken for a file that was cut: SQLite tells only whoever comes upon a page that is missing."""
        with self.one_moment():
            self.select("SELECT 1 FROM sqlite_master LIMIT 1")  # from here on nobody else changes it
            count, size = (int(self.select(f"PRAGMA {name}")[0][0]) for name in ("page_count", "page_size"))
            if self._path.stat().st_size < count * size:
                raise self.broken("it was cut short")

    @property
    def replaced(self) -> bool:
        """Whether another file, or none, stands by now where this one was opened."""
        return _file(self._path) != self._file

    def check_there(self) -> None:
        """Raises Replaced where another process has made the index anew, or removed it."""
        if self.replaced:
            raise Replaced(f"{self._path} was made anew, or removed, by another process", "Open it again.")

    def broken(self, why: object) -> Broken:
        """What is raised where the file is not what was written."""
        return Broken(f"{self._path} is damaged: {why}", "Make the index again from its texts.")

    def select(self, query: str, /, *arguments: str | bytes | int) -> list[tuple[Any, ...]]:
        """The rows that the query gives."""
        with self._translated():
            return self._connection.execute(query, arguments).fetchall()

    def select_in_parts(self, query: str, batch: int, /, *arguments: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows that the query gives, `batch` at a time."""
        with self._translated():
            cursor = self._connection.execute(query, arguments)
            while rows := cursor.fetchmany(batch):
                yield rows

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """All that is read within is of one moment, whatever others write meanwhile."""
        with self._translated():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back when the disk is full
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise self._meant(error) from error

    def _meant(self, error: sqlite3.Error | OSError) -> PassageIndexFailed:
        """An error of SQLite, or of the disk, as one of ours."""
        code = code_of(error)
        if isinstance(error, FileNotFoundError) or (self._file and self.replaced):
            return Replaced(f"{self._path} was removed by another process", "Open it again.")
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return Locked(f"another process is writing {self._path}", "Try again when it has finished.")
        if code in BROKEN or (isinstance(error, sqlite3.Error) and any(sign in str(error) for sign in NOT_AS_MADE)):
            return self.broken(error)
        if code in REFUSED or isinstance(error, OSError):
            return Refused(f"{self._path} cannot be written: {error}", ROOM)
        return Damaged(f"{self._path} cannot be used: {error}", "Make the index again from its texts.")


def code_of(error: Exception) -> int:
    """What kind of error of SQLite it is; 0 for another."""
    return int(getattr(error, "sqlite_errorcode", None) or 0) & PRIMARY_CODE


def _file(path: Path) -> tuple[int, int] | None:
    """Which file is there; None for none. As long as it is open, no other gets the same numbers."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
