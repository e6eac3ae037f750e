"""Setting up a home, looking after it, and what is on disk."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import Analyzer, short_meeting


@pytest.fixture
def upload_one(analyzer: Analyzer, tmp_path: Path) -> Callable[[], str]:
    """Stores a meeting, which is read; its slug."""

    def upload() -> str:
        done = analyzer("upload", short_meeting(tmp_path), "--client", "Northgate", "--json")
        return str(done.data["meetings"][0]["slug"])

    return upload


def states(analyzer: Analyzer) -> dict[str, str]:
    return {c["name"]: c["state"] for c in analyzer("doctor", "--json").json["data"]["checks"]}


def test_init_writes_both_files_and_keeps_what_is_there(analyzer: Analyzer, home: Path) -> None:
    data = analyzer("init", "--name", "Raman Studio", "--person", "Priya Raman", "--json").data
    assert data["people"] == ["Priya Raman"]
    assert {Path(p).name for p in data["written"]} == {"practice.toml", "settings.toml"}
    (home / "practice.toml").write_text('name = "Mine"\n[[people]]\nname = "Me"\n', encoding="utf-8")
    again = analyzer("init", "--name", "Other", "--person", "Nobody", "--json").data
    assert again["people"] == ["Me"]
    assert again["written"] == []


def test_init_without_names_says_what_it_needs(analyzer: Analyzer) -> None:
    run = analyzer("init")
    assert run.code == 2
    assert "--person" in run.err


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_nobody_else_can_read_the_home_whatever_the_umask(
    analyzer: Analyzer, home: Path, practice: Path, upload_one: Callable[[], str]
) -> None:
    old = os.umask(0o000)
    try:
        shutil.rmtree(home)
        analyzer("init", "--name", "Raman Studio", "--person", "Priya Raman")
        upload_one()
        analyzer("brief", "northgate", "-o", home.parent / "brief.md")
    finally:
        os.umask(old)
    for path in [home, *home.rglob("*"), home.parent / "brief.md"]:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), f"{path} {mode:o}"


def test_a_sound_home_passes_every_check(analyzer: Analyzer, practice: Path, upload_one: Callable[[], str]) -> None:
    practice.chmod(0o600)
    upload_one()
    found = states(analyzer)
    del found["disk"]  # of the machine that runs this
    assert set(found.values()) == {"ok"}


def test_a_lost_index_is_told_and_healed(analyzer: Analyzer, practice: Path, upload_one: Callable[[], str]) -> None:
    slug = upload_one()
    found = [h["text"] for h in analyzer("search", "the board", "--json").data["hits"]]
    for folder in (practice.parent / "index").iterdir():
        (folder / "passages.sqlite3").write_bytes(b"not a database at all" * 100)
    assert "fail" in states(analyzer).values()
    assert analyzer("doctor").code == 1
    data = analyzer("reindex", "--json").data
    assert (data["meetings"], data["embedded"]) == (1, data["passages"])
    assert [h["text"] for h in analyzer("search", "the board", "--json").data["hits"]] == found
    assert slug in analyzer("meetings").out


def test_a_search_finds_again_after_the_index_folder_was_deleted(
    analyzer: Analyzer, practice: Path, upload_one: Callable[[], str]
) -> None:
    upload_one()
    found = analyzer("search", "the board", "--json").data["hits"]
    shutil.rmtree(practice.parent / "index")
    assert "fail" in states(analyzer).values()
    again = analyzer("search", "the board", "--json").data["hits"]
    assert [h["text"] for h in again] == [h["text"] for h in found]
    assert "fail" not in states(analyzer).values()


def test_an_empty_name_leaves_the_practice_as_it_was(analyzer: Analyzer, practice: Path) -> None:
    before = practice.read_text(encoding="utf-8")
    assert analyzer("practice", "add", " ").code == 2
    assert practice.read_text(encoding="utf-8") == before


def test_reindexing_a_sound_index_embeds_nothing(analyzer: Analyzer, practice: Path, upload_one: Callable[[], str]) -> None:
    upload_one()
    data = analyzer("reindex", "--json").data
    assert data["embedded"] == 0
    assert data["passages"] > 0


def test_a_damaged_record_is_told_in_one_line(analyzer: Analyzer, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "record.sqlite3").write_bytes(b"this is no database" * 100)
    run = analyzer("clients")
    assert run.code == 1
    assert run.err.count("\n") == 1
    assert "Traceback" not in run.err


def test_wrong_settings_are_told_with_file_and_key(analyzer: Analyzer, home: Path) -> None:
    home.mkdir(parents=True)
    (home / "settings.toml").write_text('engine = "psychic"\n', encoding="utf-8")
    run = analyzer("clients", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "settings"
    assert "engine" in run.json["error"]["message"]


def test_usage_errors_are_json_too_and_end_with_2(analyzer: Analyzer) -> None:
    run = analyzer("motives", "--json")
    assert run.code == 2
    assert run.json["error"]["code"] == "usage"
    assert json.loads(run.out)["ok"] is False


def test_an_unknown_name_offers_the_nearest(analyzer: Analyzer, practice: Path, upload_one: Callable[[], str]) -> None:
    upload_one()
    run = analyzer("motives", "nothgate")
    assert run.code == 1
    assert "northgate" in run.err
