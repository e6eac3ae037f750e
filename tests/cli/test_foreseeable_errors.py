"""What can be foreseen to go wrong on a disk, in a file or in a name: told in one line, and nothing else is stopped by it."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from analyzer.settings import load
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from tests.running import Analyzer, Run
from vectorstore.checksums import SUMS
from vectorstore.embedders import BUNDLED, BundledEmbedder

posix = pytest.mark.skipif(os.name != "posix", reason="pipes, links and modes are POSIX")
SAID = "Priya Raman: What should be different by the summer?\nDana Ortiz: The board must hear it from somebody outside.\n"
TOO_LONG = "n" * 300


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(SAID, encoding="utf-8")
    return path


def refused_in_one_line(run: Run, code: int = 1) -> str:
    """The line."""
    assert run.code == code, run.err
    assert run.err.count("\n") == 1, run.err
    assert run.err.startswith("error: ")
    return run.err


def store_one(analyzer: Analyzer, transcript: Path) -> dict[str, object]:
    run = analyzer("upload", transcript, "--client", "Ortiz", "--us", "Priya Raman", "--json")
    row: dict[str, object] = run.data["meetings"][0]
    return row


# Uploading


def test_a_name_too_long_for_the_disk_is_refused_and_the_batch_goes_on(
    analyzer: Analyzer, transcript: Path, tmp_path: Path
) -> None:
    long = tmp_path / f"{TOO_LONG}.vtt"
    run = analyzer("upload", long, transcript, "--client", "Ortiz", "--us", "Priya Raman", "--json")
    assert [row["status"] for row in run.json["data"]["meetings"]] == ["refused", "added"]
    assert TOO_LONG in run.json["data"]["meetings"][0]["error"]["message"]


@posix
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is closed to root")
def test_a_file_in_a_closed_folder_is_refused_and_the_batch_goes_on(analyzer: Analyzer, transcript: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    try:
        run = analyzer("upload", closed / "a.vtt", transcript, "--client", "Ortiz", "--us", "Priya Raman", "--json")
    finally:
        closed.chmod(0o700)
    assert [row["status"] for row in run.json["data"]["meetings"]] == ["refused", "added"]


@posix
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.vtt"
    os.mkfifo(pipe)
    command = [sys.executable, "-m", "analyzer", "upload", str(pipe), "--client", "Ortiz"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1
    assert "regular file" in done.stderr


# Documents


@pytest.mark.parametrize("document", ["brief", "agenda"])
@pytest.mark.parametrize("place", ["none/there.md", f"{TOO_LONG}.md", "2026-03-04 Kickoff.txt/brief.md"])
@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_document_for_a_place_that_cannot_be_written_is_a_usage_error(
    analyzer: Analyzer,
    transcript: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    document: str,
    place: str,
    force: tuple[str, ...],
) -> None:
    store_one(analyzer, transcript)
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    run = analyzer(document, "ortiz", "-o", place, *force)
    assert run.code == 2, run.err
    (told,) = [line for line in run.err.splitlines() if line.startswith("error: ")]
    assert place in told
    assert sorted(tmp_path.iterdir()) == before


@posix
def test_a_document_never_takes_the_place_of_a_device_or_pipe(analyzer: Analyzer, transcript: Path, tmp_path: Path) -> None:
    store_one(analyzer, transcript)
    os.mkfifo(tmp_path / "pipe")
    assert analyzer("brief", "ortiz", "-o", tmp_path / "pipe", "--force").code == 2
    assert (tmp_path / "pipe").is_fifo()


# The home


def test_a_home_below_a_file_is_told_in_one_line(analyzer: Analyzer, transcript: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYZER_HOME", str(transcript / "home"))
    for command in (("init", "--name", "Studio", "--person", "Priya"), ("practice", "add", "Tom"), ("clients",)):
        assert "ANALYZER_HOME" in refused_in_one_line(analyzer(*command))


@posix
def test_a_home_that_cannot_be_made_is_told_in_one_line(analyzer: Analyzer, home: Path, tmp_path: Path) -> None:
    home.symlink_to(tmp_path / "nowhere")
    line = refused_in_one_line(analyzer("init", "--name", "Studio", "--person", "Priya"))
    assert str(home) in line
    assert "ANALYZER_HOME" in line


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond 64 bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@posix
def test_a_practice_that_cannot_be_written_is_told_in_one_line_and_stays(analyzer: Analyzer, practice: Path) -> None:
    before = practice.read_text(encoding="utf-8")
    with full_disk():
        run = analyzer("practice", "add", "Tom Newcomer")
    assert str(practice.parent) in refused_in_one_line(run)
    assert practice.read_text(encoding="utf-8") == before
    assert [path.name for path in practice.parent.iterdir()] == ["practice.toml"]
    practice.unlink()
    with full_disk():
        run = analyzer("init", "--name", "Studio", "--person", "Priya")
    refused_in_one_line(run)


def test_the_home_of_nobody_is_told_in_one_line(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANALYZER_HOME", "~nosuchuser/x")
    run = analyzer("clients", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "settings"
    assert "~nosuchuser/x" in run.json["error"]["message"]


def test_a_database_that_is_no_record_is_told_with_what_can_be_set(analyzer: Analyzer, home: Path) -> None:
    home.mkdir()
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("CREATE TABLE other (x)")
    line = refused_in_one_line(analyzer("clients"))
    assert "ANALYZER_HOME" in line
    assert "--home" not in line


# The index


@pytest.mark.parametrize("place", ["index", "index of the client", "lock"])
def test_a_failed_index_leaves_the_meeting_stored_and_the_next_search_heals_it(
    analyzer: Analyzer, transcript: Path, home: Path, tmp_path: Path, place: str
) -> None:
    other = tmp_path / "2026-03-05 Second.txt"
    other.write_text(SAID.replace("summer", "winter"), encoding="utf-8")
    client = str(store_one(analyzer, transcript)["client"])
    shutil.rmtree(home / "index")
    obstacle = {"index": home / "index", "index of the client": home / "index" / client}.get(
        place, home / "index" / client / "writer.lock"
    )
    obstacle.parent.mkdir(parents=True, exist_ok=True)
    if place == "lock":
        obstacle.mkdir()
    else:
        obstacle.write_text("in the way")
    run = analyzer("upload", other, "--client", "Ortiz", "--us", "Priya Raman", "--json")
    row = run.data["meetings"][0]
    assert (row["status"], row["read_by"]) == ("added", "offline")
    (told,) = [w["message"] for w in run.json["warnings"] if w["code"] == "index_pending"]
    assert row["slug"] in told
    assert "File exists" in told or "Is a directory" in told
    failed = analyzer("search", "somebody outside", "--client", "ortiz", "--json")
    assert (failed.code, failed.json["error"]["code"]) == (1, "index")

    shutil.rmtree(obstacle, ignore_errors=True)
    obstacle.unlink(missing_ok=True)
    hits = analyzer("search", "somebody outside", "--client", "ortiz", "--json").data["hits"]
    assert row["slug"] in {hit["slug"] for hit in hits}


def test_a_meeting_left_pending_is_found_by_the_next_search(analyzer: Analyzer, transcript: Path, home: Path) -> None:
    slug = store_one(analyzer, transcript)["slug"]
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("UPDATE meetings SET index_pending = 1")
    assert "pending" in {check["name"] for check in analyzer("doctor", "--json").json["data"]["checks"]}
    hits = analyzer("search", "somebody outside", "--json").data["hits"]
    assert {hit["slug"] for hit in hits} == {slug}
    assert "pending" not in {check["name"] for check in analyzer("doctor", "--json").json["data"]["checks"]}


def test_a_damaged_model_leaves_what_was_uploaded_and_says_that_it_is_unread(transcript: Path, tmp_path: Path) -> None:
    broken = tmp_path / "model"
    broken.mkdir()
    shutil.copy(BUNDLED / SUMS, broken)
    options = UploadOptions(said=Said(client="Ortiz", us=("Priya Raman",)))
    with Workspace(load()) as ws:
        ws.embedder = BundledEmbedder(broken)
        done = upload(ws, gather([transcript]), options)
        assert [(row.status, row.read_by) for row in done.meetings] == [("added", "")]
        assert done.failure
        assert done.failure.code == "index"
        assert "stored but not read" in done.failure.message
        assert "index_pending" in {notice.code for notice in ws.notices}
    with Workspace(load()) as mended:
        again = upload(mended, gather([transcript]), options)
        assert ([row.read_by for row in again.meetings], again.failure) == (["offline"], None)


# Labelled meetings


@pytest.mark.parametrize("content", [b"no json", b"[" * 100_000, b'{"labels": ' * 50_000, b"\xff\xfe\x00", b"[]", None])
def test_a_file_that_is_no_labelled_meeting_is_refused_by_name(analyzer: Analyzer, tmp_path: Path, content: bytes | None) -> None:
    folder = tmp_path / "labelled"
    folder.mkdir()
    if content is None:
        (folder / "odd one.json").mkdir()
    else:
        (folder / "odd one.json").write_bytes(content)
    run = analyzer("evaluate", folder, "--json")
    assert (run.code, run.json["error"]["code"]) == (1, "refused")
    assert "odd one.json" in run.json["error"]["message"]


# Readings and names


def test_a_damaged_reading_locks_nothing_and_doctor_says_what_reads_it_again(
    analyzer: Analyzer, transcript: Path, home: Path
) -> None:
    slug = str(store_one(analyzer, transcript)["slug"])
    with sqlite3.connect(home / "record.sqlite3") as connection:
        connection.execute("UPDATE assessments SET body = substr(body, 1, 99)")
    ill = analyzer("doctor", "--json")
    assert ill.code == 1
    (record,) = [check for check in ill.json["data"]["checks"] if check["name"] == "record"]
    assert f"analyzer motives {slug} --engine offline" in record["detail"]
    assert analyzer("clients").code == 0
    assert analyzer("meetings", "ortiz").code == 0
    assert analyzer("motives", slug, "--engine", "offline").code == 0
    (record,) = [check for check in analyzer("doctor", "--json").json["data"]["checks"] if check["name"] == "record"]
    assert record["state"] == "ok"


def test_a_clients_name_is_scrubbed_before_it_is_looked_up_or_shown(analyzer: Analyzer, transcript: Path) -> None:
    run = analyzer("upload", transcript, "--client", "Ortiz\x1b\n  Foods\u200b", "--us", "Priya Raman", "--json", "--dry-run")
    assert run.data["meetings"][0]["client_name"] == "Ortiz Foods"
    analyzer("upload", transcript, "--client", "Ortiz\x1b\n  Foods\u200b", "--us", "Priya Raman", "--json")
    assert [c["name"] for c in analyzer("clients", "--json").data["clients"]] == ["Ortiz Foods"]


@pytest.mark.parametrize("name", [" ", "\u200b", "\x1b\x07", "\n"])
def test_a_client_without_a_visible_name_is_a_usage_error(analyzer: Analyzer, transcript: Path, name: str) -> None:
    for more in ((), ("--dry-run",)):
        assert "a client needs a name" in refused_in_one_line(analyzer("upload", transcript, "--client", name, *more), code=2)
    assert analyzer("clients", "--json").data["clients"] == []


@pytest.mark.usefixtures("two_clients")
def test_a_terminal_without_these_letters_shows_their_codes() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "analyzer", "search", "fridges", "--client", "meridian"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert done.stdout.isascii()
    assert b"Traceback" not in done.stderr
