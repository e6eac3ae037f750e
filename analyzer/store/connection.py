"""The connection to the record's file: who may read it, how it is written, and what its errors mean to a user."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from json import JSONDecodeError
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from analyzer.errors import StoreError
from analyzer.private_files import FILE, make_folder

_BEGIN = "begin"
_BETWEEN_TRIES = 0.02  # seconds

T = TypeVar("T")


def connect(path: Path, busy_timeout: float) -> Engine:
    """An engine on the record at `path`, made private where it is new; `busy_timeout` is seconds to wait for other writers.

    Raises StoreError where the file or its folder cannot be made.
    """
    _make_private(path)
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": busy_timeout})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the record."""
    with translated(), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it or nothing. It takes the write lock at once, so that what it reads stays true."""
    with translated(), engine.connect().execution_options(**{_BEGIN: "IMMEDIATE"}) as connection, connection.begin():
        yield connection


def remembered(connection: Connection, key: str, read: Callable[[Connection], T]) -> T:
    """What `read` gives, read again only if anything in the record was changed since it was read on this connection.

    For `reading` alone: in `writing`, what is read may never come to be.
    """
    others = connection.exec_driver_sql("PRAGMA data_version").scalar_one()  # other connections' commits, as SQLite counts them
    own = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
    kept: dict[str, tuple[tuple[int, int], T]] = connection.info.setdefault("remembered", {})
    if key not in kept or kept[key][0] != (others, own):
        kept[key] = (others, own), read(connection)
    return kept[key][1]


@contextmanager
def translated() -> Iterator[None]:
    """Errors of SQLAlchemy and SQLite as StoreErrors that say what to do, the cause kept."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, JSONDecodeError) as error:
        raise _store_error(error) from error


def _make_private(path: Path) -> None:
    """A folder and a file for this user alone, whatever the umask; SQLite gives its side files the same mode."""
    try:
        make_folder(path.parent)
        if not path.exists():
            path.touch(mode=FILE)
            path.chmod(FILE)
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error}", "Check the folder's permissions, or set another home.") from error


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions begin in `_begin`, not where the driver thinks fit
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _use_write_ahead_log(connection: Any) -> None:
    """For good, in a new file. Where others open it at the same moment SQLite does not wait for them, so that is done here."""
    until = time.monotonic() + connection.execute("PRAGMA busy_timeout").fetchone()[0] / 1000
    while True:
        try:
            if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
                connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_BETWEEN_TRIES)
        else:
            return


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get(_BEGIN, 'DEFERRED')}")


def _store_error(error: Exception) -> StoreError:
    cause = str(getattr(error, "orig", None) or error).splitlines()[0]
    for sign, message, hint in _MEANINGS:
        if sign in cause:
            return StoreError(f"{message} ({cause})", hint)
    return StoreError(f"the record could not be read or written: {cause}", "`analyzer doctor` looks for what is wrong.")


_YOURS = "See that the home folder and its files are yours to write: `chmod -R u+rwX` with the folder."
_MEANINGS = (
    ("locked", "another process is writing to the record", "Try again when it has finished."),
    ("not a database", "the record is not a database", "Move it away; `analyzer restore FILE` then brings a backup back."),
    ("malformed", "the record is damaged", "`analyzer doctor` tells how far; `analyzer restore FILE` brings a backup back."),
    ("full", "the disk is full; nothing of this step was kept", "Make room, then try again."),
    ("disk I/O", "the disk would not take it or give it; nothing of this step was kept", "Make room, then try again."),
    ("readonly", "the record may not be written", _YOURS),
    ("FOREIGN KEY", "what this belongs to is no longer on record", "It was forgotten meanwhile; nothing was kept."),
    ("unable to open", "the record cannot be opened", _YOURS),
)
