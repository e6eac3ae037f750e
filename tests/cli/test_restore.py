"""A backup that is put back: what was there is there again, what is damaged changes nothing, what was forgotten stays so."""

import json
import os
import re
import secrets
import shutil
import sqlite3
import stat
import tempfile
import zipfile
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from string import ascii_lowercase
from typing import Any

import pytest
from typer.testing import CliRunner

from analyzer.cli.main import app
from analyzer.settings import load
from analyzer.usecases.backup import backup
from analyzer.workspace import Workspace
from tests.running import Analyzer

SHOWN = [
    ("meetings",),
    ("show", "northgate-logistics-2025-09-17"),
    ("motives", "northgate"),
    ("search", "the form", "--all-clients"),
    ("note", "northgate"),
    ("brief", "meridian"),
    ("promises", "northgate"),
]
RECORD = "record.sqlite3"

Members = dict[str, bytes]


@pytest.fixture(scope="module")
def backed_up(examples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a home with two clients, notes and own prompts; nobody writes to it."""
    folder = tmp_path_factory.mktemp("backup")
    shutil.copytree(examples_home, folder / "home")
    (folder / "home" / "settings.toml").write_text("# ours\nparallel = 2\n", encoding="utf-8")
    with Workspace(load({}, {"ANALYZER_HOME": str(folder / "home")})) as ws:
        backup(ws, folder / "backup.zip")
    return folder / "backup.zip"


def read(archive: Path) -> Members:
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(members: Members, to: Path, how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(to, "w", how) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return to


def listed(members: Members) -> Members:
    """The members with a manifest that tells them as they are."""
    told = json.loads(members["manifest.json"])
    told["members"] = [
        {"name": name, "size": len(content), "sha256": sha256(content).hexdigest()}
        for name, content in members.items()
        if name != "manifest.json"
    ]
    return {"manifest.json": json.dumps(told).encode()} | {k: v for k, v in members.items() if k != "manifest.json"}


def told_otherwise(of: Members, **changes: Any) -> Members:
    return of | {"manifest.json": json.dumps(json.loads(of["manifest.json"]) | changes).encode()}


def vectors(passages: Path) -> list[tuple[str, bytes]]:
    with closing(sqlite3.connect(passages)) as index:
        return index.execute("SELECT id, vector FROM passages ORDER BY id").fetchall()


def everything_below(home: Path) -> dict[str, bytes]:
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_every_command_tells_the_same_afterwards(
    analyzer: Analyzer, two_clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analyzer("note", "northgate", "Größe zählt")
    analyzer("verdict", "northgate-logistics-2025-09-17", "1", "weak")
    analyzer("remember", "northgate-logistics-2025-09-17", "--turn", "2")
    before = [analyzer(*command, "--json").data for command in SHOWN]
    done = analyzer("backup", tmp_path / "backup.zip", "--json").data
    monkeypatch.setenv("ANALYZER_HOME", str(tmp_path / "other"))
    data = analyzer("restore", tmp_path / "backup.zip", "--json").data
    assert data["counts"] == done["counts"]
    assert data["indexes"] == 2
    assert [analyzer(*command, "--json").data for command in SHOWN] == before
    assert two_clients.exists()


class TestARestoredHome:
    def test_is_for_its_owner_alone_whatever_the_umask(self, home: Path, backed_up: Path) -> None:
        from analyzer.usecases.restore import restore

        before = os.umask(0)
        try:
            with Workspace(load()) as ws:
                restore(ws, backed_up)
        finally:
            os.umask(before)
        open_to_others = [path for path in (home, *home.rglob("*")) if stat.S_IMODE(path.stat().st_mode) & 0o077]
        assert open_to_others == []

    def test_that_stood_open_is_closed(self, analyzer: Analyzer, home: Path, backed_up: Path) -> None:
        home.mkdir()
        home.chmod(0o755)
        warnings = analyzer("restore", backed_up, "--json").json["warnings"]
        assert "closed_to_others" in {told["code"] for told in warnings}
        assert stat.S_IMODE(home.stat().st_mode) == 0o700

    def test_needs_no_new_vectors(self, analyzer: Analyzer, home: Path, backed_up: Path) -> None:
        assert analyzer("restore", backed_up, "--json").data["indexes"] == 2
        for name, content in read(backed_up).items():
            if name.startswith("index/"):
                (home / "theirs").write_bytes(content)
                assert vectors(home / name) == vectors(home / "theirs")
        assert not [path for path in home.iterdir() if path.name.startswith(".")]

    def test_keeps_the_settings_that_were_there_and_says_so(self, analyzer: Analyzer, home: Path, backed_up: Path) -> None:
        home.mkdir(mode=0o700)
        (home / "settings.toml").write_text("# mine\n", encoding="utf-8")
        run = analyzer("restore", backed_up, "--json")
        assert run.data["kept"] == ["settings.toml"]
        assert (home / "settings.toml").read_text(encoding="utf-8") == "# mine\n"
        assert "Raman" in (home / "practice.toml").read_text(encoding="utf-8")
        assert any("settings.toml" in warning["message"] for warning in run.json["warnings"])

    def test_may_have_had_a_record_in_which_nothing_was_kept(self, analyzer: Analyzer, backed_up: Path) -> None:
        analyzer("clients")  # makes one
        run = analyzer("restore", backed_up)
        assert run.code == 0
        assert re.search(r"from the backup of \d{1,2} \w+ \d{4}, \d\d:\d\d\n", run.out)
        assert "--forgotten PATH" in run.err  # nothing is known here of what was forgotten since
        assert len(analyzer("meetings", "--json").data["meetings"]) == 6

    def test_without_an_index_makes_it_with_the_next_search(self, analyzer: Analyzer, tmp_path: Path, backed_up: Path) -> None:
        bare = {name: content for name, content in read(backed_up).items() if not name.startswith("index/")}
        run = analyzer("restore", packed(listed(bare), tmp_path / "bare.zip"), "--json")
        assert run.data["indexes"] == 0
        assert [one["code"] for one in run.json["warnings"]] == ["forgotten_unknown", "index_pending"]

    def test_of_an_earlier_version_is_brought_to_this_one(
        self, analyzer: Analyzer, home: Path, tmp_path: Path, backed_up: Path
    ) -> None:
        from analyzer.store.copies import RECORD_VERSION, counts

        members = read(backed_up)
        old = tmp_path / RECORD
        old.write_bytes(members[RECORD])
        with closing(sqlite3.connect(old, isolation_level=None)) as record:
            _before_trust(record)
        members[RECORD] = old.read_bytes()
        changed = told_otherwise(listed(members), record=RECORD_VERSION - 1, counts=counts(old))
        data = analyzer("restore", packed(changed, tmp_path / "old.zip"), "--json").data
        assert data["counts"]["meetings"] == 6
        with closing(sqlite3.connect(home / RECORD)) as record:
            assert record.execute("SELECT max(number) FROM migrations").fetchone() == (RECORD_VERSION,)

    def test_a_restore_that_was_cut_is_done_again(self, analyzer: Analyzer, home: Path, backed_up: Path) -> None:
        """As it is after a kill just before the record moved in: a staged copy, and all but the record in its place."""
        analyzer("restore", backed_up)
        (home / ".copy-12345678" / "home").mkdir(parents=True)
        (home / RECORD).rename(home / ".copy-12345678" / "home" / RECORD)
        for end in ("-wal", "-shm"):
            (home / f"{RECORD}{end}").unlink(missing_ok=True)
        assert analyzer("restore", backed_up, "--json").data["kept"] == []  # what is there is what is in the backup
        assert len(analyzer("meetings", "--json").data["meetings"]) == 6
        assert not list(home.glob(".copy-*"))


class TestAHomeThatHoldsSomething:
    def test_is_left_alone(self, analyzer: Analyzer, two_clients: Path, backed_up: Path) -> None:
        assert "--forgotten" not in analyzer("restore", backed_up, "--json").json["error"]["hint"]
        (two_clients / "forgotten.json").write_text('{"version": 1, "salts": []}')
        before = everything_below(two_clients)
        run = analyzer("restore", backed_up, "--json")
        assert run.code == 2
        assert "ANALYZER_HOME" in run.json["error"]["hint"]
        assert "--forgotten" in run.json["error"]["hint"]  # or what was forgotten would come back once the home is moved away
        assert everything_below(two_clients) == before

    def test_so_is_what_is_left_of_a_record(self, analyzer: Analyzer, home: Path, backed_up: Path) -> None:
        home.mkdir(mode=0o700)
        (home / f"{RECORD}-wal").write_bytes(b"what was kept last")
        run = analyzer("restore", backed_up, "--json")
        assert run.code == 2
        assert everything_below(home) == {f"{RECORD}-wal": b"what was kept last"}


def flipped(members: Members) -> Members:
    changed = bytearray(members[RECORD])
    changed[len(changed) // 2] ^= 1
    return members | {RECORD: bytes(changed)}


def another_record(members: Members) -> Members:
    """A record that is whole, and not the one that the manifest counted."""
    return told_otherwise(members, counts=json.loads(members["manifest.json"])["counts"] | {"meetings": 7})


def that_does(statement: str) -> Callable[[Members], Members]:
    """A record to which somebody did this."""

    def change(members: Members) -> Members:
        with tempfile.TemporaryDirectory() as folder:
            record = Path(folder, RECORD)
            record.write_bytes(members[RECORD])
            with closing(sqlite3.connect(record, isolation_level=None)) as opened:
                opened.execute(statement)
            return listed(members | {RECORD: record.read_bytes()})

    return change


DAMAGE: dict[str, Callable[[Members], Members]] = {
    "a flipped bit": flipped,
    "a member that is missing": lambda m: {name: content for name, content in m.items() if name != "practice.toml"},
    "a member more than the manifest has": lambda m: m | {"prompts/read/user.md": b"x"},
    "a member that no backup has": lambda m: listed(m | {"evil.sh": b"x"}),
    "a way upward": lambda m: listed(m | {"prompts/../../evil.md": b"x"}),
    "a path from the root": lambda m: listed(m | {"/etc/evil.md": b"x"}),
    "a way upward for Windows": lambda m: listed(m | {"prompts\\..\\evil.md": b"x"}),
    "two members that differ in case alone": lambda m: listed(m | {"Practice.toml": b"x"}),
    "an index of no client": lambda m: listed(m | {"index/../passages.sqlite3": b"x"}),
    "no manifest": lambda m: {name: content for name, content in m.items() if name != "manifest.json"},
    "a manifest that is none": lambda m: m | {"manifest.json": b"[" * 5000},
    "a manifest with other sizes": lambda m: told_otherwise(m, members=[]),
    "another record": another_record,
    "no record": lambda m: listed({name: content for name, content in m.items() if name != RECORD}),
    "a record that is no database": lambda m: listed(m | {RECORD: b"x" * 9000}),
    "a record that removes by itself": that_does("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM clients; END"),
    "a record with another table": that_does("ALTER TABLE notes RENAME COLUMN text TO words"),
    "a record with a day that is none": that_does("UPDATE meetings SET date = 'soon'"),
    "a moment that steers a terminal": lambda m: told_otherwise(m, made_at="\x1b]0;x\x07"),
    "a handover": lambda m: told_otherwise(m, format="analyzer handover 1"),
    "tombstones that are damaged": lambda m: listed(m | {"forgotten.json": b"{}"}),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_backup_that_is_not_whole_changes_nothing(
    analyzer: Analyzer, home: Path, tmp_path: Path, backed_up: Path, damage: Callable[[Members], Members]
) -> None:
    run = analyzer("restore", packed(damage(read(backed_up)), tmp_path / "damaged.zip"), "--json")
    assert run.code == 1
    assert run.json["error"]["code"] in ("archive", "store")
    assert not home.exists() or not any(path for path in home.iterdir() if not path.name.endswith(".lock"))
    assert {path.name for path in tmp_path.iterdir()} <= {"damaged.zip", "home"}


@pytest.mark.parametrize("part", [0.1, 0.5, 0.99])
def test_a_backup_that_is_cut_short_changes_nothing(
    analyzer: Analyzer, home: Path, tmp_path: Path, backed_up: Path, part: float
) -> None:
    content = backed_up.read_bytes()
    (tmp_path / "cut.zip").write_bytes(content[: int(len(content) * part)])
    run = analyzer("restore", tmp_path / "cut.zip", "--json")
    assert run.json["error"]["code"] == "archive"
    assert not home.exists()


def test_a_newer_backup_is_refused_before_anything_is_written(
    analyzer: Analyzer, home: Path, tmp_path: Path, backed_up: Path
) -> None:
    for changes in ({"record": 99}, {"format": "analyzer backup 2"}):
        run = analyzer("restore", packed(told_otherwise(read(backed_up), **changes), tmp_path / "new.zip"), "--json")
        assert "newer Analyzer" in run.json["error"]["message"]
        assert not home.exists()


def test_a_bomb_is_refused_by_what_it_says_of_itself(analyzer: Analyzer, home: Path, tmp_path: Path, backed_up: Path) -> None:
    bomb = packed(listed(read(backed_up) | {"prompts/read/user.md": bytes(33 * 2**20)}), tmp_path / "b.zip", zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 2**20
    run = analyzer("restore", bomb, "--json")
    assert "too large" in run.json["error"]["message"]
    assert not home.exists()


def test_a_bomb_that_says_it_is_small_is_refused_by_what_comes_out(
    analyzer: Analyzer, home: Path, tmp_path: Path, backed_up: Path
) -> None:
    size, lie = 9 * 2**20, 9
    members = listed(read(backed_up) | {"prompts/read/user.md": bytes(size)})
    members["manifest.json"] = members["manifest.json"].replace(str(size).encode(), str(lie).encode())
    bomb = packed(members, tmp_path / "bomb.zip", zipfile.ZIP_DEFLATED)
    bomb.write_bytes(bomb.read_bytes().replace(size.to_bytes(4, "little"), lie.to_bytes(4, "little")))
    run = analyzer("restore", bomb, "--json")
    assert run.json["error"]["code"] == "archive"
    assert not home.exists()


def test_a_hostile_name_cannot_write_to_the_terminal(analyzer: Analyzer, tmp_path: Path, backed_up: Path) -> None:
    hostile = packed(listed(read(backed_up) | {"\x1b[31mevil\x07": b"x"}), tmp_path / "hostile.zip")
    run = analyzer("restore", hostile)
    assert run.code == 1
    assert "\x1b" not in run.out + run.err
    assert "\x07" not in run.out + run.err


def test_a_file_that_is_none_is_told(analyzer: Analyzer, tmp_path: Path, home: Path) -> None:
    (tmp_path / "text.zip").write_text("no zip")
    os.mkfifo(tmp_path / "pipe.zip")  # which nobody would ever fill
    for name in ("text.zip", "nothing.zip", ".", "pipe.zip"):
        run = analyzer("restore", tmp_path / name, "--json")
        assert run.json["error"]["code"] == "archive", name
    assert not home.exists()


def below(folder: Path, marker: str) -> list[str]:
    """The files at or below a folder that have the word in them, in one of the ways in which files hold words."""
    raw = [form for word in (marker, marker.upper()) for form in (word.encode(), word.encode("utf-16-le"))]
    return [str(path) for path in folder.rglob("*") if path.is_file() and any(one in path.read_bytes() for one in raw)]


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A word, and a folder with a home of two meetings of which one has it, the file of that one, and a backup of the home."""
    marker = "quaxel" + "".join(secrets.choice(ascii_lowercase) for _ in range(12))
    folder = tmp_path_factory.mktemp("marked")
    said = f"Priya Raman: The {marker} plan, says Zoë{marker} Größl.\nMax{marker}: Yes, {marker} it is, we wait for it.\n"
    (folder / f"{marker}.txt").write_text(said, encoding="utf-8")
    (folder / "other.txt").write_text("Priya Raman: How is the line?\nNora Vale: The line stands.\n", encoding="utf-8")
    for command in (
        ("upload", str(folder / "other.txt"), "--client", "Quuxham", "--date", "2026-01-04", "--yes"),
        ("upload", str(folder / f"{marker}.txt"), "--client", f"Firma {marker}", "--date", "2026-01-05", "--yes"),
        ("note", f"Firma {marker}", f"The {marker} board has met."),
        ("backup", str(folder / "backup.zip")),
    ):
        done = CliRunner().invoke(app, command, env={"ANALYZER_HOME": str(folder / "home")})
        assert done.exit_code == 0, (command, done.output)
    return marker, folder


class TestWhatWasForgottenAfterTheBackup:
    """A word that stands nowhere else is in the words, the note and the name of a speaker of the meeting that goes."""

    @pytest.fixture
    def marker(self, marked: tuple[str, Path]) -> str:
        return marked[0]

    @pytest.fixture
    def archive(self, home: Path, tmp_path: Path, marked: tuple[str, Path]) -> Path:
        """This test's own copy of the home with it, of the file, and of the backup."""
        marker, folder = marked
        shutil.copytree(folder / "home", home)
        shutil.copy(folder / f"{marker}.txt", tmp_path)
        return Path(shutil.copy(folder / "backup.zip", tmp_path))

    @pytest.fixture
    def emptied(self, home: Path, tmp_path: Path) -> Callable[[], None]:
        """What a person does to put a backup back: the record goes, and what was forgotten stays known."""

        def empty() -> None:
            home.rename(tmp_path / "old")
            home.mkdir(mode=0o700)
            shutil.copy(tmp_path / "old" / "forgotten.json", home)

        return empty

    def test_a_client_is_not_brought_back(
        self, analyzer: Analyzer, home: Path, archive: Path, marker: str, emptied: Callable[[], None]
    ) -> None:
        assert below(home, marker)
        assert analyzer("forget", f"Firma {marker}", "--yes").code == 0
        emptied()
        run = analyzer("restore", archive, "--json")
        assert run.data["not_brought_back"] == {"clients": 1, "meetings": 1}
        assert run.data["counts"]["meetings"] == 1
        told = next(one["message"] for one in run.json["warnings"] if one["code"] == "not_brought_back")
        assert "1 client and 1 meeting that were forgotten after this backup were not brought back" in told
        assert below(home, marker) == []
        assert analyzer("doctor", "--json").json["ok"]
        assert below(home, marker) == []

    def test_a_meeting_is_known_by_its_file_too(
        self, analyzer: Analyzer, home: Path, archive: Path, marker: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another home has the same file as another meeting; that it was forgotten here is told by `--forgotten`."""
        forgotten = tmp_path / "another"
        monkeypatch.setenv("ANALYZER_HOME", str(forgotten))
        said = tmp_path / f"{marker}.txt"
        assert analyzer("upload", said, "--client", "Other", "--date", "2026-01-05", "--yes").code == 0
        assert analyzer("forget", "other-2026-01-05", "--yes").code == 0
        monkeypatch.setenv("ANALYZER_HOME", str(tmp_path / "fresh"))
        run = analyzer("restore", archive, "--forgotten", forgotten / "forgotten.json", "--json")
        assert run.data["not_brought_back"] == {"meetings": 1}
        assert len(analyzer("meetings", "--json").data["meetings"]) == 1
        assert below(tmp_path / "fresh", f"plan {marker}") == []
        assert home.exists()

    def test_what_came_back_before_the_backup_is_brought_back(
        self, analyzer: Analyzer, home: Path, archive: Path, marker: str, tmp_path: Path, emptied: Callable[[], None]
    ) -> None:
        analyzer("forget", f"Firma {marker}", "--yes")
        again = ("upload", tmp_path / f"{marker}.txt", "--client", f"Firma {marker}", "--date", "2026-01-05", "--yes")
        assert analyzer(*again, "--also-forgotten").code == 0
        assert analyzer("backup", archive, "--force").code == 0
        emptied()
        data = analyzer("restore", archive, "--json").data
        assert data["not_brought_back"] == {}
        assert data["counts"]["meetings"] == 2
        assert below(home, marker)

    def test_a_person_is_blacked_out_again(
        self, analyzer: Analyzer, home: Path, archive: Path, marker: str, emptied: Callable[[], None]
    ) -> None:
        for name in (f"Max{marker}", f"Zoë{marker} Größl"):  # who speaks, and who is spoken of
            assert analyzer("forget", "--person", name, "--yes").code == 0
        emptied()
        data = analyzer("restore", archive, "--json").data
        assert data["not_brought_back"] == {"people": 2}
        assert data["counts"]["meetings"] == 2
        assert below(home, f"Max{marker}") == below(home, f"Zoë{marker}") == []

    def test_tombstones_of_nothing_are_told(self, analyzer: Analyzer, home: Path, backed_up: Path, tmp_path: Path) -> None:
        run = analyzer("restore", backed_up, "--forgotten", tmp_path / "no.json", "--json")
        assert run.json["error"]["code"] == "not_found"
        assert not home.exists()


def _before_trust(record: sqlite3.Connection) -> None:
    """Take back the last migration, as far as a record needs it to be one of the version before."""
    for table, column in (
        ("revisions", "spoken"),
        *((table, "author") for table in ("verdicts", "dismissals", "marks", "outcomes", "notes", "decisions")),
        ("exports", "client_id"),
    ):
        record.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    for table in ("receipts", "forgettings"):
        record.execute(f"DROP TABLE {table}")
    record.execute("DELETE FROM migrations WHERE number = 5")
