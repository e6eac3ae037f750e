"""The connection to the record's file: who may read it, how it is written, and what its errors mean to a user."""

import shlex
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from json import JSONDecodeError
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from analyzer.errors import StoreError
from analyzer.private_files import FILE, make_folder

_BEGIN = "begin"
_BETWEEN_TRIES = 0.02  # seconds

T = TypeVar("T")


class _Compiled(dict[Any, Any]):
    """Statements as SQLite gets them, made once in a process, whichever record they are put to.

    SQLAlchemy's keys hold the dialect, of which each engine has one of its own; all of ours are alike.
    """

    def get(self, key: Any, default: Any = None) -> Any:
        return super().get(_of_any_engine(key), default)

    def __setitem__(self, key: Any, statement: Any) -> None:
        if len(self) >= _MOST_COMPILED:
            self.clear()
        super().__setitem__(_of_any_engine(key), statement)


def _of_any_engine(key: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(type(part) if isinstance(part, Dialect) else part for part in key)


_MOST_COMPILED = 1000
_COMPILED = _Compiled()


def connect(path: Path, busy_timeout: float) -> Engine:
    """An engine on the record at `path`, made private where it is new; `busy_timeout` is seconds to wait for other writers.

    Raises StoreError where the file or its folder cannot be made.
    """
    _make_private(path)
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": busy_timeout},
        execution_options={"compiled_cache": _COMPILED},
    )
    event.listen(engine, "connect", lambda connection, _: _prepare(connection, path.parent))
    event.listen(engine, "begin", _begin)
    return engine


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One consistent view of the record."""
    with translated(engine.url.database), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction: all of it or nothing. It takes the write lock at once, so that what it reads stays true."""
    with translated(engine.url.database), engine.connect() as opened:
        connection = opened.execution_options(**{_BEGIN: "IMMEDIATE"})
        with connection.begin():
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
def translated(record: str | None = None) -> Iterator[None]:
    """Errors of SQLAlchemy and SQLite as StoreErrors that say what to do, the cause kept; `record` is the file, where known."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, JSONDecodeError) as error:
        raise _store_error(error, record) from error


def _make_private(path: Path) -> None:
    """A folder and a file for this user alone, whatever the umask; SQLite gives its side files the same mode."""
    try:
        make_folder(path.parent)
        if not path.exists():
            path.touch(mode=FILE)
            path.chmod(FILE)
    except OSError as error:
        raise StoreError(f"{path} cannot be made: {error}", "Check the folder's permissions, or set another home.") from error


def _prepare(connection: Any, folder: Path) -> None:
    connection.isolation_level = None  # transactions begin in `_begin`, not where the driver thinks fit
    _keep_temporary_files(connection, folder)
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")


def _keep_temporary_files(connection: Any, folder: Path) -> None:
    """What does not fit into memory while it is sorted or written anew goes beside the record, on no other and perhaps open disk.

    It is nameless, but on Windows. A folder that cannot be written takes none, and is none of our business here.
    """
    with suppress(sqlite3.Error, UnicodeError):  # a name that is no text
        connection.execute(f"PRAGMA temp_store_directory = '{str(folder.absolute()).replace(chr(39), chr(39) * 2)}'")


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


def _store_error(error: Exception, record: str | None) -> StoreError:
    cause = str(getattr(error, "orig", None) or error).splitlines()[0]
    home = shlex.quote(str(Path(record).parent)) if record else "HOME"
    for sign, message, hint in _MEANINGS:
        if sign in cause:
            return StoreError(f"{message} ({cause})", hint.replace("HOME", home))
    return StoreError(f"the record could not be read or written: {cause}", "`analyzer doctor` looks for what is wrong.")


_YOURS = "See that the home folder and its files are yours to write: `chmod -R u+rwX HOME`."
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
