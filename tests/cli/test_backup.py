"""A backup: one file with all of a home, of one moment, for its owner alone, and found whole before it counts."""

import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import UsageError
from analyzer.settings import load
from analyzer.store import Store
from analyzer.store.copies import check, copy_database
from analyzer.usecases.backup import backup
from analyzer.usecases.halves import held
from analyzer.usecases.writing import keep
from analyzer.workspace import Workspace
from tests.running import Analyzer


def manifest(archive: Path) -> Any:
    with zipfile.ZipFile(archive) as opened:
        return json.loads(opened.read("manifest.json"))


def query(archive: Path, to: Path, question: str) -> list[Any]:
    """What the record in the backup answers."""
    with zipfile.ZipFile(archive) as opened:
        to.write_bytes(opened.read("record.sqlite3"))
    with closing(sqlite3.connect(to)) as record:
        return record.execute(question).fetchall()


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("two_clients")
class TestABackup:
    def test_tells_what_is_in_it_and_that_anybody_can_read_it(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "backup.zip"
        data = analyzer("backup", path, "--json").data
        assert data["counts"]["meetings"] == 6
        assert data["counts"]["clients"] == data["indexes"] == 2
        assert data["size"] == path.stat().st_size
        assert data["encrypted"] is False
        told = analyzer("backup", path, "--force")
        assert "2 clients, 6 meetings" in told.out
        assert "not encrypted" in told.out

    def test_is_a_zip_whose_manifest_tells_size_and_checksum_of_each_member(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "backup.zip"
        data = analyzer("backup", path, "--json").data
        told = manifest(path)
        with zipfile.ZipFile(path) as opened:
            assert opened.namelist()[0] == "manifest.json"
            members = {member["name"]: member for member in told["members"]}
            assert members.keys() == set(opened.namelist()) - {"manifest.json"}
            for name, member in members.items():
                content = opened.read(name)
                assert (member["size"], member["sha256"]) == (len(content), sha256(content).hexdigest())
        assert {"record.sqlite3", "practice.toml"} < members.keys()
        assert sum(name.startswith("index/") for name in members) == 2
        assert not any("chroma" in name for name in members)
        assert told["format"] == "analyzer backup 1"
        assert told["counts"] == data["counts"]

    def test_has_own_prompts_and_drafts_and_what_was_forgotten(self, analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
        for name in ("prompts/read/system.md", "drafts/c_1/agenda-1.md", "settings.toml", "practice.toml"):
            (home / name).parent.mkdir(parents=True, exist_ok=True)
            (home / name).write_text('# "Größe"\n', encoding="utf-8")
        for name in ("system (old).md", "SYSTEM.md"):  # what no archive may name, and what some disks take for another
            (home / "prompts" / "read" / name).write_text("")
        path = tmp_path / "backup.zip"
        run = analyzer("backup", path, "--json")
        assert [one["code"] for one in run.json["warnings"]] == ["left_out", "left_out"]
        with zipfile.ZipFile(path) as opened:
            assert opened.read("prompts/read/system.md").decode() == '# "Größe"\n'
            assert {"drafts/c_1/agenda-1.md", "settings.toml"} < set(opened.namelist())
            assert len([name for name in opened.namelist() if name.startswith("prompts/")]) == 1

    def test_without_the_index_has_no_vectors(self, analyzer: Analyzer, tmp_path: Path) -> None:
        data = analyzer("backup", tmp_path / "backup.zip", "--without-index", "--json").data
        assert data["indexes"] == 0
        assert sorted(data["without_index"]) == ["meridian-biotech", "northgate-logistics"]
        with zipfile.ZipFile(tmp_path / "backup.zip") as opened:
            assert not any(name.startswith("index/") for name in opened.namelist())

    def test_leaves_out_an_index_that_is_not_sound(self, analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
        broken = next((home / "index").iterdir()) / "passages.sqlite3"
        broken.write_bytes(broken.read_bytes()[:5000])
        data = analyzer("backup", tmp_path / "backup.zip", "--json").data
        assert data["indexes"] == 1
        assert len(data["without_index"]) == 1

    def test_is_for_its_owner_alone_whatever_the_umask(self, home: Path, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            with Workspace(load()) as ws:
                backup(ws, tmp_path / "backup.zip")
        finally:
            os.umask(before)
        assert stat.S_IMODE((tmp_path / "backup.zip").stat().st_mode) == 0o600
        assert not [path for path in home.iterdir() if path.name.startswith(".")]

    def test_never_takes_the_place_of_a_file_unasked(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "backup.zip"
        path.write_text("mine")
        run = analyzer("backup", path, "--json")
        assert run.code == 2
        assert "--force" in run.json["error"]["hint"]
        assert path.read_text() == "mine"
        assert analyzer("backup", path, "--force").code == 0
        assert zipfile.is_zipfile(path)

    def test_never_goes_into_the_home_nor_in_the_place_of_a_database(
        self, analyzer: Analyzer, home: Path, tmp_path: Path
    ) -> None:
        """Nor does a hand-over, an export or a document, whatever is forced."""
        other = Path(shutil.copy(home / "record.sqlite3", tmp_path / "of-another-home"))
        before = other.read_bytes()
        for command in (("backup",), ("handover", "northgate", "-o")):
            for place in (home / "backup.zip", home / "record.sqlite3", other):
                assert analyzer(*command, place, "--force", "--json").json["error"]["code"] == "usage"
        assert analyzer("export", "northgate", "--force", "-o", home / "out").code == 2
        with pytest.raises(UsageError):
            keep(other, b"a document", overwrite=True)
        assert before == other.read_bytes()
        assert analyzer("meetings").code == 0
        assert not (home / "backup.zip").exists()

    def test_that_was_killed_is_cleared_away_by_the_next_and_another_that_is_made_is_not(
        self, analyzer: Analyzer, tmp_path: Path
    ) -> None:
        left, live, of_another = (tmp_path / f".{name}.part" for name in ("b.zip.a1b2c3d4", "b.zip.e5f6g7h8", "c.zip.a1b2c3d4"))
        for half in (left, live, of_another):
            half.write_bytes(b"PK")
        with held(live):
            assert analyzer("backup", tmp_path / "b.zip", "--without-index").code == 0
        assert files_of(tmp_path) == {"home", "b.zip", live.name, of_another.name}

    def test_into_a_folder_that_is_synced_asks_first_and_so_does_an_export(
        self, analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        folder = tmp_path / "Dropbox"
        (folder / ".dropbox.cache").mkdir(parents=True)
        for command in (("backup", folder / "b.zip"), ("export", "northgate", "-o", folder / "files")):
            refused = analyzer(*command)
            assert (refused.code, "--yes" in refused.err, files_of(folder)) == (2, True, {".dropbox.cache"})
        assert analyzer("backup", folder / "b.zip", "--without-index", "--yes").code == 0

    def test_is_noted_as_a_document_that_holds_every_meeting(self, analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
        analyzer("backup", tmp_path / "backup.zip")
        with Store.open(home / "record.sqlite3") as store:
            for head in store.meetings():
                assert [(one.kind, one.path) for one in store.exports([head.id])] == [("backup", str(tmp_path / "backup.zip"))]

    def test_of_a_damaged_record_is_none(self, analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
        with closing(sqlite3.connect(home / "record.sqlite3")) as record, record:
            record.execute("PRAGMA foreign_keys = OFF")
            record.execute("DELETE FROM clients")
        run = analyzer("backup", tmp_path / "backup.zip", "--json")
        assert run.json["error"]["code"] == "store"
        assert "doctor" in run.json["error"]["hint"]
        assert files_of(tmp_path) == {"home"}

    @pytest.mark.parametrize(
        ("name", "message"),
        [("", "is a folder"), ("no/such/backup.zip", "no folder"), ("home/record.sqlite3/b.zip", "no folder")],
    )
    def test_is_not_put_where_none_can_be(self, analyzer: Analyzer, tmp_path: Path, name: str, message: str) -> None:
        run = analyzer("backup", tmp_path / name, "--json")
        assert run.code == 2
        assert message in run.json["error"]["message"]


def test_of_nothing_is_none(analyzer: Analyzer, tmp_path: Path) -> None:
    run = analyzer("backup", tmp_path / "backup.zip", "--json")
    assert run.json["error"]["code"] == "not_found"
    assert not (tmp_path / "backup.zip").exists()


@pytest.mark.usefixtures("two_clients")
def test_a_backup_made_while_others_write_is_of_one_moment(analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
    """A writer changes two places in each transaction: in every backup they are equal, and what was committed before is there."""
    first, second = "UPDATE clients SET stage = :n", "UPDATE meetings SET title = :n"
    stop, begun, written = threading.Event(), threading.Event(), [0]

    def write() -> None:
        with closing(sqlite3.connect(home / "record.sqlite3", timeout=60, isolation_level=None)) as record:
            while not stop.is_set():
                number = written[0] + 1
                record.execute("BEGIN IMMEDIATE")
                record.execute(first, {"n": str(number)})
                record.execute(second, {"n": str(number)})
                record.execute("COMMIT")
                written[0] = number
                begun.set()

    writer = threading.Thread(target=write)
    with closing(sqlite3.connect(home / "record.sqlite3")) as record:
        stages = record.execute("SELECT id, stage FROM clients").fetchall()
    writer.start()
    begun.wait()
    try:
        for number in range(8):
            before, copy = written[0], tmp_path / f"copy-{number}"
            copy_database(home / "record.sqlite3", copy, 60)
            check(copy)
            with closing(sqlite3.connect(copy)) as copied:
                found = {
                    value
                    for question in ("SELECT stage FROM clients", "SELECT title FROM meetings")
                    for (value,) in copied.execute(question)
                }
            assert len(found) == 1
            assert int(found.pop()) >= before
    finally:
        stop.set()
        writer.join()
    with closing(sqlite3.connect(home / "record.sqlite3")) as record, record:
        record.executemany("UPDATE clients SET stage = ? WHERE id = ?", [(stage, one) for one, stage in stages])
    assert analyzer("backup", tmp_path / "backup.zip").code == 0
    assert query(tmp_path / "backup.zip", tmp_path / "record", "PRAGMA integrity_check") == [("ok",)]


@pytest.mark.usefixtures("two_clients")
def test_a_copy_waits_for_a_writer_no_longer_than_it_is_told(analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
    passages = next((home / "index").iterdir()) / "passages.sqlite3"
    with closing(sqlite3.connect(passages, isolation_level=None)) as index:
        index.execute("BEGIN EXCLUSIVE")
        data = analyzer("--lock-timeout", "0.1", "backup", tmp_path / "backup.zip", "--json").data
    assert data["indexes"] == 1


@pytest.mark.usefixtures("two_clients")
def test_a_disk_that_is_full_leaves_nothing_behind(home: Path, tmp_path: Path) -> None:
    """The limit is less than the archive needs, and more than what is written before it."""
    place = tmp_path / "place"
    place.mkdir()
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (900_000, 900_000)); import signal; "
    ignore = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    main = f"import sys; sys.argv = ['analyzer', 'backup', {str(place / 'b.zip')!r}, '--json']; "
    script = limit + ignore + main + "from analyzer.cli.main import main; main()"
    assert (home / "record.sqlite3").stat().st_size < 900_000
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in json.loads(done.stdout)["error"]["message"]
    assert files_of(place) == set()
    assert not [path for path in home.iterdir() if path.name.startswith(".")]
