"""Everything on a client as files that anybody can read, or what of it may be handed over."""

import datetime as dt
import json
import os
import shutil
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from analyzer.cli.main import app
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.settings import load
from analyzer.store import NewMeeting, Store
from analyzer.usecases.export import export
from analyzer.workspace import Workspace
from tests.running import EXAMPLES, Analyzer

SAID = "We came past the, um"


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def full_home(examples_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a client on whom there is something of every kind; nobody writes to it."""
    folder = tmp_path_factory.mktemp("full")
    shutil.copytree(examples_home, folder / "home")
    meeting = "northgate-logistics-2025-09-17"
    for command in (
        ("note", "northgate", "Größe *zählt*, said <b>nobody</b>"),
        ("verdict", meeting, "1", "weak", "--note", "heard it otherwise"),
        ("remember", meeting, "--turn", "3"),
        ("decide", "northgate", "take", "--note", "they listen"),
        ("agenda", "northgate", "--yes", "-o", str(folder / "agenda.md")),
        ("amend", "northgate-logistics-2025-11-20", "--confidential"),
        ("note", "meridian", "of somebody else"),
    ):
        done = CliRunner().invoke(app, command, env={"ANALYZER_HOME": str(folder / "home")})
        assert done.exit_code == 0, (command, done.output)
    return folder / "home"


@pytest.fixture
def much(home: Path, full_home: Path, tmp_path: Path) -> Path:
    """This test's own copy of that home; a folder for an export."""
    shutil.copytree(full_home, home)
    return tmp_path / "out"


class TestAnExport:
    def test_has_everything_and_tells_what_is_what(self, analyzer: Analyzer, much: Path) -> None:
        data = analyzer("export", "northgate", "-o", much, "--json").data
        found = files_in(much)
        assert {one["path"]: (one["size"], one["sha256"]) for one in data["files"]} == {
            name: (len(content), sha256(content).hexdigest()) for name, content in found.items()
        }
        index = found["INDEX.md"].decode()
        for name, content in found.items():
            assert name == "INDEX.md" or (name.replace("_", "\\_") in index and sha256(content).hexdigest() in index)
        counted = {"meetings": 3, "originals": 3, "readings": 3, "notes": 1, "verdicts": 1, "remembered words": 1}
        assert counted.items() < data["counts"].items()
        assert {"decisions", "agendas"} < data["counts"].keys()
        assert data["left_out"] == {}
        assert found.keys() > {"brief.md", "record.json", "written-down.md", "written-down.json", "agendas/agenda-1.md"}

    def test_has_the_files_byte_for_byte(self, analyzer: Analyzer, much: Path) -> None:
        analyzer("export", "northgate", "-o", much)
        uploaded = {path.read_bytes() for path in (EXAMPLES / "northgate").iterdir()}
        assert {content for name, content in files_in(much).items() if name.startswith("originals/")} == uploaded

    def test_can_be_read_by_people_and_by_programs(self, analyzer: Analyzer, much: Path) -> None:
        analyzer("export", "northgate", "-o", much)
        found = files_in(much)
        assert SAID in found["transcripts/northgate-logistics-2025-09-17.md"].decode()
        shown = json.loads(found["transcripts/northgate-logistics-2025-09-17.json"])
        assert shown == analyzer("show", "northgate-logistics-2025-09-17", "--json").data
        words = found["written-down.md"].decode()
        assert "Größe \\*zählt\\*, said &lt;b&gt;nobody" in words
        assert "heard it otherwise" in words
        assert SAID in words  # what is remembered
        assert json.loads(found["readings/northgate-logistics-2025-09-17.json"])[0]["engine"] == "offline"
        assert json.loads(found["record.json"]).keys() > {"meetings", "turns", "assessments", "notes", "decisions", "agendas"}

    def test_has_nothing_of_another_client(self, analyzer: Analyzer, much: Path) -> None:
        analyzer("export", "northgate", "-o", much)
        for name, content in files_in(much).items():
            assert b"Meridian" not in content, name
            assert b"of somebody else" not in content, name

    def test_is_named_by_what_forgets_the_client(self, analyzer: Analyzer, much: Path) -> None:
        analyzer("export", "northgate", "-o", much)
        planned = analyzer("forget", "northgate-logistics", "--dry-run", "--json").data
        assert str(much) in [one["path"] for one in planned["documents"]]

    def test_is_for_its_owner_alone_whatever_the_umask(self, two_clients: Path, tmp_path: Path) -> None:
        before = os.umask(0)
        try:
            with Workspace(load()) as ws:
                export(ws, "northgate", tmp_path / "out")
        finally:
            os.umask(before)
        modes = {path.is_dir(): stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "out", *(tmp_path / "out").rglob("*"))}
        assert modes == {True: 0o700, False: 0o600}
        assert {path.name for path in tmp_path.iterdir()} == {"home", "out"}
        assert two_clients.exists()


class TestWhatIsHandedOver:
    def test_has_nothing_private_and_nothing_said_in_confidence(self, analyzer: Analyzer, much: Path) -> None:
        data = analyzer("export", "northgate", "--for-client", "-o", much, "--json").data
        found = files_in(much)
        assert {name.split("/")[0] for name in found} == {"INDEX.md", "originals", "transcripts"}
        assert not any("2025-11-20" in name for name in found)
        assert len([name for name in found if name.startswith("originals/")]) == 2
        assert data["left_out"]["confidential meetings"] == 1
        assert {"readings", "notes", "verdicts", "decisions", "agendas"} < data["left_out"].keys()
        for words in ("zählt", "heard it otherwise", "theirs", "verdict", "confiden", "2025-11-20", "reading"):
            assert words not in found["INDEX.md"].decode() + found["transcripts/northgate-logistics-2025-09-17.md"].decode()

    def test_goes_into_no_folder_that_has_more(self, analyzer: Analyzer, much: Path) -> None:
        analyzer("export", "northgate", "-o", much)
        before = files_in(much)
        run = analyzer("export", "northgate", "--for-client", "-o", much, "--force", "--json")
        assert run.code == 2
        assert "handed over" in run.json["error"]["message"]
        assert files_in(much) == before


@pytest.mark.usefixtures("two_clients")
class TestAFolder:
    def test_that_holds_something_is_left_alone_unless_it_is_said(self, analyzer: Analyzer, tmp_path: Path) -> None:
        (tmp_path / "out").mkdir()
        (tmp_path / "out" / "mine.txt").write_text("mine")
        run = analyzer("export", "northgate", "-o", tmp_path / "out", "--json")
        assert run.code == 2
        assert "--force" in run.json["error"]["hint"]
        assert files_in(tmp_path / "out") == {"mine.txt": b"mine"}
        assert analyzer("export", "northgate", "-o", tmp_path / "out", "--force").code == 0
        assert {"mine.txt", "INDEX.md"} < files_in(tmp_path / "out").keys()

    def test_that_cannot_be_is_told(self, analyzer: Analyzer, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        for place in (tmp_path / "file", tmp_path / "no" / "out", tmp_path / "file" / "out"):
            run = analyzer("export", "northgate", "-o", place, "--json")
            assert run.code == 2, place
        assert {path.name for path in tmp_path.iterdir()} == {"home", "file"}


def test_files_of_like_names_and_of_names_that_no_disk_has(analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
    names = ("CON.txt", "con?.TXT", "../Con .txt", "\x1b[2J.t/t", "...txt")
    with Store.open(home / "record.sqlite3") as store:
        for number, name in enumerate(names):
            new = meeting_of(name, f"talk {number}".encode())
            heads = store.meetings()
            store.read_again(heads[0], new, new.speakers, new.utterances) if heads else store.add_meeting(new)
        assert len(store.meetings()) == 1
    assert analyzer("export", "uber", "-o", tmp_path / "out", "--json").data["counts"]["originals"] == len(names)
    folder = tmp_path / "out" / "originals" / "uber-ol-2026-01-05"
    assert {path.name for path in folder.iterdir()} == {"con-file.txt", "con-file-2.txt", "con-file-3.txt", "2j-t-t", "txt"}
    assert {path.read_bytes() for path in folder.iterdir()} == {f"talk {number}".encode() for number in range(len(names))}


def meeting_of(name: str, original: bytes) -> NewMeeting:
    return NewMeeting(
        client_id=None,
        new_client="Über Öl",
        date=dt.date(2026, 1, 5),
        title="",
        format="plain",
        file_name=name,
        original=original,
        speakers=(Speaker(name="Max", side=Side.THEIRS),),
        utterances=(Utterance(speaker="Max", text=original.decode()),),
    )


def test_a_client_without_meetings_has_an_export_in_a_folder_that_is_there(
    analyzer: Analyzer, home: Path, tmp_path: Path
) -> None:
    analyzer("clients", "set", "New Ones", "--stage", "prospect", "--new")
    analyzer("note", "New Ones", "met at the fair")
    (of,) = analyzer("clients", "--json").data["clients"]
    draft = home / "drafts" / of["id"] / "agenda-1.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("what I want to say")
    out, left = tmp_path / "out", tmp_path / "out" / ".export.a1b2c3d4.part"  # as a killed export leaves it
    left.mkdir(parents=True)
    out.chmod(0o755)
    same = out.stat().st_ino
    data = analyzer("export", "New Ones", "-o", out, "--json").data
    assert data["counts"] == {"notes": 1}
    assert (out / "drafts" / "agenda-1.md").read_text() == "what I want to say"
    assert (out.stat().st_ino, stat.S_IMODE(out.stat().st_mode), left.exists()) == (same, 0o700, False)
    assert "met at the fair" in (tmp_path / "out" / "written-down.md").read_text(encoding="utf-8")
