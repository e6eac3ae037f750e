"""A home that a released version wrote is opened by this one: nothing is lost, it is searched, and `doctor` finds no fault."""

import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from analyzer.store.migrations import MIGRATIONS
from scripts import make_home
from tests.running import Analyzer

VERSIONS = sorted(folder.name for folder in make_home.HOMES.iterdir())
Rows = dict[str, tuple[tuple[str, ...], list[tuple[Any, ...]]]]  # by table: its columns, and what stands in them


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest, home: Path) -> str:
    """A version whose home is this test's."""
    with zipfile.ZipFile(make_home.HOMES / request.param / "home.zip") as packed:
        packed.extractall(home)
    for path in (home, *home.rglob("*")):  # as it was written; archives keep no modes
        path.chmod(0o700 if path.is_dir() else 0o600)
    return str(request.param)


def rows(home: Path) -> Rows:
    """All that stands in the record."""
    with closing(sqlite3.connect(f"file:{home / 'record.sqlite3'}?mode=ro", uri=True)) as record:
        tables = [name for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found: Rows = {}
        for table in tables:
            all_of_it = record.execute(f"SELECT * FROM {table}")  # noqa: S608 the name is the database's own
            found[table] = tuple(told[0] for told in all_of_it.description), all_of_it.fetchall()
    return found


def missing(expected: Any, told: Any, at: str = "") -> list[str]:
    """Where the facts do not hold; what is told beside them does not count."""
    if isinstance(expected, dict) and isinstance(told, dict):
        return [place for key in expected for place in missing(expected[key], told.get(key), f"{at}/{key}")]
    return [] if expected == told else [f"{at}: {expected!r} was, {told!r} is"]


def test_everything_is_there_is_found_and_is_sound(analyzer: Analyzer, home: Path, version: str) -> None:
    before = rows(home)
    expected = json.loads((make_home.HOMES / version / "expected.json").read_text(encoding="utf-8"))
    assert missing(expected, make_home.facts(lambda *arguments: analyzer(*arguments, "--json").data)) == []
    checks = analyzer("doctor", "--json").data["checks"]
    assert {check["name"]: check["detail"] for check in checks if check["state"] == "fail"} == {}
    after = rows(home)
    assert [row[0] for row in sorted(after["migrations"][1])] == list(range(1, len(MIGRATIONS) + 1))
    for table, (columns, kept) in before.items():
        now, all_of_it = after[table]
        places = [now.index(column) for column in columns]
        left = [tuple(row[place] for place in places) for row in all_of_it]
        assert [row for row in kept if row not in left] == [], table


def test_what_was_changed_with_it_can_be_taken_back(analyzer: Analyzer, version: str) -> None:
    def names() -> set[str]:
        return {client["name"] for client in analyzer("clients", "--json").data["clients"]}

    assert version
    assert names() == {"Weiß Häfen", "Okafor & Daughters Bakeries"}
    while (undone := analyzer("clients", "undo", "--json")).code == 0:
        assert undone.data["kind"] in ("amend", "rename")
    assert names() == {"Weiß Häfen", "Okafor Bakeries"}
    rota = next(m["slug"] for m in analyzer("meetings", "--json").data["meetings"] if m["date"] == "2026-03-02")
    assert analyzer("speakers", "undo", rota).code == 0
    assert "Speaker 3" in analyzer("show", rota).out


def test_a_search_finds_what_it_found_after_the_index_was_made_anew(analyzer: Analyzer, version: str) -> None:
    assert version
    assert analyzer("reindex").code == 0
    for asked, words in make_home.LOOKED_FOR.items():
        (hit,) = analyzer("search", asked, "--all-clients", "-k", 1, "--json").data["hits"]
        assert words in hit["text"]


def test_the_home_of_a_version_is_not_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from analyzer import __version__

    (tmp_path / __version__).mkdir()
    for told in ([__version__], ["0.0.1", "--force"]):
        monkeypatch.setattr("sys.argv", ["make_home", *told, "--into", str(tmp_path)])
        assert make_home.main() == 2
    assert list((tmp_path / __version__).iterdir()) == []
