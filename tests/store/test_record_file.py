import datetime as dt
import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, select
from sqlalchemy.engine.interfaces import CacheStats

from analyzer.errors import StoreError
from analyzer.store import NewMeeting, Store, tables
from analyzer.store.connection import connect, reading
from analyzer.store.migrations import MIGRATIONS

Make = Callable[..., NewMeeting]


@pytest.fixture(params=[0o000, 0o077, 0o777], ids=oct)
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folder_and_files_are_private_whatever_the_umask(path: Path, umask: int) -> None:
    with Store.open(path) as store:
        store.add_client("Northgate")
        assert mode(path.parent) == 0o700
        assert {file.name: oct(mode(file)) for file in path.parent.iterdir()} == {
            "record.sqlite3": "0o600",
            "record.sqlite3-shm": "0o600",
            "record.sqlite3-wal": "0o600",
        }


def test_the_connection_is_safe_against_power_loss_and_forgets_for_good(path: Path) -> None:
    Store.open(path).close()
    engine = connect(path, 1.5)
    with reading(engine) as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        values = [connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() for pragma in pragmas]
    engine.dispose()
    assert values == ["wal", 2, 1, 1, 1500]


def test_a_statement_is_compiled_once_for_all_records_of_a_process(tmp_path: Path) -> None:
    told: list[str] = []
    hits: list[object] = []
    for name in ("Northgate", "Meridian"):
        path = tmp_path / name / "record.sqlite3"
        with Store.open(path) as store:
            store.add_client(name)
        engine = connect(path, 1.5)
        event.listen(engine, "before_cursor_execute", lambda *of: hits.append(of[4] and of[4].cache_hit))
        with reading(engine) as connection:
            told += connection.execute(select(tables.clients.c.name)).scalars().all()
        engine.dispose()
    assert told == ["Northgate", "Meridian"]
    assert hits[-1] is CacheStats.CACHE_HIT


def test_the_migrated_tables_are_the_tables_that_the_code_knows(path: Path, tmp_path: Path) -> None:
    Store.open(path).close()
    known = tmp_path / "known.sqlite3"
    engine = create_engine(f"sqlite:///{known}")
    tables.metadata.create_all(engine)
    engine.dispose()
    assert shape(path) == shape(known)


def shape(path: Path) -> dict[str, object]:
    with sqlite3.connect(path) as connection:

        def ask(pragma: str, name: str) -> list[tuple[Any, ...]]:
            return connection.execute(f'PRAGMA {pragma}("{name}")').fetchall()

        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            name: (
                {column[1:] for column in ask("table_info", name)},
                {tuple(key[2:]) for key in ask("foreign_key_list", name)},
                {
                    (unique, origin, *(c[2] for c in ask("index_info", index)))
                    for _, index, unique, origin, _ in ask("index_list", name)
                },
            )
            for name in names
        }


def test_each_migration_is_on_record_once(path: Path) -> None:
    now = dt.datetime(2026, 3, 4, 10, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    for _ in range(2):
        Store.open(path, now=lambda: now).close()
    with sqlite3.connect(path) as connection:
        applied = connection.execute("SELECT number, name, applied_at FROM migrations").fetchall()
    assert applied == [(n, step.__name__, "2026-03-04T09:00:00+00:00") for n, step in enumerate(MIGRATIONS, start=1)]


def test_a_record_of_a_newer_version_is_refused_and_untouched(path: Path) -> None:
    Store.open(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO migrations VALUES (99, 'from_the_future', '2030-01-01')")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="newer") as refused:
        Store.open(path)
    assert "Update" in refused.value.hint
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_untouched(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("my notes\n" * 1000)
    with pytest.raises(StoreError, match="not a database") as refused:
        Store.open(path)
    assert refused.value.__cause__ is not None
    assert path.read_text() == "my notes\n" * 1000


def test_the_database_of_another_program_is_refused(path: Path) -> None:
    path.parent.mkdir()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE songs (title TEXT)")
    connection.close()
    with pytest.raises(StoreError, match="not a record of Analyzer"):
        Store.open(path)


def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file" / "record.sqlite3")
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path)


def test_a_truncated_record_is_told_as_damaged(path: Path, new: Make) -> None:
    with Store.open(path) as store:
        store.add_meeting(new(None, text="word " * 50_000))
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    with pytest.raises(StoreError, match="damaged"), Store.open(path) as store:
        store.damage()


def test_waiting_for_another_writer_is_bounded(path: Path) -> None:
    with Store.open(path, busy_timeout=0.1) as store:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert store.clients() == ()  # readers do not wait
        with pytest.raises(StoreError, match="another process"):
            store.add_client("Northgate")
        other.execute("ROLLBACK")
        other.close()
        assert store.add_client("Northgate").slug == "northgate"


def test_threads_share_a_store(store: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.keep_cached(str(n % 4), (), f"value {n % 4}"), range(40)))
        assert list(pool.map(store.cached, map(str, range(4)))) == [f"value {n}" for n in range(4)]


WRITER = """
import datetime, pathlib, sys
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.store import NewMeeting, Store
with Store.open(pathlib.Path(sys.argv[1])) as store:
    client = store.add_client("Northgate")
    for n in range(5):
        store.add_meeting(NewMeeting(
            client_id=client.id, date=datetime.date(2026, 1, 1), title="", format="text", file_name="a.txt",
            original=f"{sys.argv[2]} {n}".encode(),
            speakers=(Speaker(name="A", side=Side.UNKNOWN),), utterances=(Utterance(speaker="A", text="hello"),),
        ))
"""


def test_processes_that_make_and_fill_one_record_at_once_lose_nothing(path: Path) -> None:
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(path), str(n)], stderr=subprocess.PIPE, text=True) for n in range(4)
    ]
    outcomes = [(writer.communicate()[1], writer.returncode) for writer in writers]
    assert outcomes == [("", 0)] * 4
    with Store.open(path) as store:
        assert [client.slug for client in store.clients()] == ["northgate"]
        assert len({head.slug for head in store.meetings()}) == 20
        assert store.damage() == ()
