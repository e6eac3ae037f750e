"""Nobody else: what lies in the home, and what is written from it, is its owner's alone; a synced place is asked about."""

import json
import os
import shlex
import sqlite3
import stat
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from analyzer.cli import output
from analyzer.settings import load
from analyzer.workspace import Workspace
from tests.cli.test_at_terminal import talk
from tests.running import Analyzer

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")

SAID = """Priya Raman: What should be different by the summer?
Dana Ortiz: The board must hear it from somebody outside. I will send you the figures by Friday.
Priya Raman: We would begin with the two depots and leave the third for later.
Dana Ortiz: The structure is drawn already, we only need it confirmed.
"""


@pytest.fixture
def open_umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def private_clients(two_clients: Path) -> Path:
    """A filled home, of which no file was put in its place by a test."""
    (two_clients / "practice.toml").chmod(0o600)
    return two_clients


def open_to_others_below(folder: Path) -> list[str]:
    """What others could get at, but for what a test put there itself."""
    ours = [path for path in folder.rglob("*") if "inputs" not in path.parts]
    return [str(path) for path in ours if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)]


@posix
@pytest.mark.usefixtures("open_umask")
def test_after_every_kind_of_command_nobody_else_can_read_anything_with_an_open_umask(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, written = tmp_path / "inputs", tmp_path / "written"
    inputs.mkdir()
    written.mkdir(mode=0o700)
    one = inputs / "2025-09-17 Kickoff.txt"
    one.write_text(SAID, encoding="utf-8")
    slug = "northgate-2025-09-17"
    commands: list[Sequence[object]] = [
        ["init", "--name", "Raman Studio", "--person", "Priya Raman"],
        ["practice", "add", "Tom Ellery"],
        ["practice", "edit"],
        ["upload", one, "--client", "Northgate"],
        ["search", "the board", "--client", "northgate"],
        ["ask", "What does the board want?", "--client", "northgate"],
        ["motives", "northgate"],
        ["note", "northgate", "They called again."],
        ["speakers", "rename", slug, "Priya Raman", "Priya R"],
        ["prompts", "edit", "read"],
        *(["brief", "northgate", "-o", written / f"brief.{form}"] for form in ("html", "docx")),
        ["agenda", "northgate", "--edit", "--yes", "-o", written / "agenda.md"],
        ["agenda", "northgate", "--date", "2030-03-04", "--yes", "-o", written / "agenda.ics"],
        ["recap", slug, "-o", written / "recap.docx"],
        ["show", slug, "-o", written],
        ["reindex"],
        ["search", "the board"],
        ["doctor"],
        ["backup", written / "backup.zip"],
        ["export", "northgate", "-o", written / "export"],
        ["forget", slug, "--letter", written / "letter.docx", "--yes"],
        ["forget", "northgate", "--yes"],
    ]
    monkeypatch.setenv("VISUAL", "sh -c 'echo >> \"$1\"' sh")
    for command in commands:
        run = analyzer(*command)
        assert (command, run.code, run.err if run.code else "") == (command, 0, "")
        assert (command, open_to_others_below(tmp_path)) == (command, [])
    assert os.umask(0) == 0, "what comes after a command has its own umask back"
    assert {"brief.html", "agenda.ics", "recap.docx", f"{slug}.html"} <= {path.name for path in written.iterdir()}


@posix
def test_a_crash_leaves_no_file_of_what_was_in_memory(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (before[1], before[1]))
    try:
        monkeypatch.setenv("VISUAL", f"sh -c 'ulimit -c > {tmp_path}/limit' sh")
        assert analyzer("practice", "edit").code == 0
        assert (tmp_path / "limit").read_text(encoding="utf-8") == "0\n"
        assert resource.getrlimit(resource.RLIMIT_CORE) == (before[1], before[1])
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)


@posix
@pytest.mark.usefixtures("open_umask", "private_clients")
def test_what_lies_beside_an_open_record_and_index_is_private_too(home: Path) -> None:
    with Workspace(load()) as ws:
        client = ws.store.add_client("Ortiz Foods")
        with ws.index(client.id) as index:
            index.search("the board", k=3)
            there = [home, *home.rglob("*")]
            assert any(path.name.endswith("-wal") for path in there)
            open_ones = [path for path in there if stat.S_IMODE(path.stat().st_mode) & 0o077]
    assert open_ones == []


def checks(analyzer: Analyzer) -> dict[str, dict[str, str]]:
    return {check["name"]: check for check in analyzer("doctor", "--json").json["data"]["checks"]}


def warned(analyzer: Analyzer, *command: object) -> dict[str, str]:
    """The warnings of a command that succeeded, by code."""
    run = analyzer(*command, "--json")
    assert run.code == 0, run.out
    return {one["code"]: one["message"] for one in run.json["warnings"]}


# Who may read the home


@posix
@pytest.mark.usefixtures("private_clients")
def test_doctor_counts_what_others_could_get_at_anywhere_below_and_its_command_mends_it(analyzer: Analyzer, home: Path) -> None:
    assert checks(analyzer)["home"]["state"] == "ok"
    deep = [path for path in sorted(home.rglob("*")) if len(path.relative_to(home).parts) > 2]
    for path in (*deep, home / "record.sqlite3"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    found = checks(analyzer)["home"]
    assert found["state"] == "warn"
    assert f"{len(deep) + 1} places" in found["detail"]
    assert f"and {len(deep) - 2} more" in found["detail"]
    subprocess.run(shlex.split(found["mend"]), check=True)
    assert checks(analyzer)["home"]["state"] == "ok"


@posix
def test_the_mending_command_of_a_home_with_an_odd_name_is_for_that_home(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "Jörg's $HOME; touch x"
    monkeypatch.setenv("ANALYZER_HOME", str(odd))
    analyzer("init", "--name", "Studio", "--person", "Jörg")
    (odd / "settings.toml").chmod(0o644)
    assert shlex.split(checks(analyzer)["home"]["mend"]) == ["chmod", "-R", "go-rwx", str(odd)]


@posix
@pytest.mark.usefixtures("private_clients")
def test_a_home_behind_a_link_is_looked_at_and_mended_where_it_is(
    analyzer: Analyzer, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(home)
    (home / "record.sqlite3").chmod(0o644)
    monkeypatch.setenv("ANALYZER_HOME", str(tmp_path / "link"))
    found = checks(analyzer)["home"]
    assert "1 place" in found["detail"]
    assert shlex.split(found["mend"])[-1] == str(home)


@posix
def test_init_takes_an_existing_folder_of_its_own_from_others(analyzer: Analyzer, home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    command = ("init", "--name", "Raman Studio", "--person", "Priya Raman")
    assert "1 place" in warned(analyzer, *command)["closed_to_others"]
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    (home / "practice.toml").chmod(0o664)
    assert "closed_to_others" in warned(analyzer, *command)
    assert stat.S_IMODE((home / "practice.toml").stat().st_mode) == 0o600
    assert warned(analyzer, *command) == {}


@posix
def test_init_leaves_a_folder_with_other_things_as_it_is_and_says_so(analyzer: Analyzer, home: Path) -> None:
    home.mkdir()
    home.chmod(0o755)
    (home / "index.html").write_text("<p>a page for everybody</p>", encoding="utf-8")
    told = warned(analyzer, "init", "--name", "Raman Studio", "--person", "Priya Raman")["open_to_others"]
    assert "index.html" in told
    assert "chmod -R go-rwx" in told
    assert stat.S_IMODE(home.stat().st_mode) == 0o755
    assert stat.S_IMODE((home / "practice.toml").stat().st_mode) == 0o600


def test_doctor_tells_what_a_killed_command_left(analyzer: Analyzer, home: Path, practice: Path) -> None:
    half = home / ".practice.toml.abcd1234.part"
    half.write_text("half", encoding="utf-8")
    half.chmod(0o600)
    found = checks(analyzer)["left over"]
    assert half.name in found["detail"]
    assert shlex.split(found["mend"]) == ["rm", str(half)]


# Places that are synced


@pytest.fixture
def dropbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that Dropbox keeps, wherever it lies: its own list says so."""
    me, folder = tmp_path / "me", tmp_path / "disk" / "Ablage"
    (me / ".dropbox").mkdir(parents=True)
    folder.mkdir(parents=True)
    (me / ".dropbox" / "info.json").write_text(json.dumps({"personal": {"path": str(folder)}}), encoding="utf-8")
    monkeypatch.setenv("HOME", str(me))
    return folder


@posix
def test_a_home_that_is_synced_is_told_by_init_and_by_doctor(
    analyzer: Analyzer, dropbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_HOME", str(dropbox / "analyzer"))
    told = warned(analyzer, "init", "--name", "Studio", "--person", "Priya")["synced_home"]
    assert "Dropbox" in told
    assert "ANALYZER_HOME" in told
    assert checks(analyzer)["synced home"]["state"] == "warn"
    assert analyzer("doctor").code == 0


@posix
@pytest.mark.usefixtures("private_clients")
@pytest.mark.parametrize(
    ("command", "what"), [(("brief", "northgate"), "the brief"), (("show", "northgate-logistics-2025-09-17"), "the page")]
)
def test_a_private_document_needs_a_yes_where_nobody_can_be_asked(
    analyzer: Analyzer, dropbox: Path, command: tuple[str, ...], what: str
) -> None:
    for place in (dropbox, dropbox / "x.html", dropbox / "not there yet" / "x.html"):
        run = analyzer(*command, "-o", place, "--json")
        assert run.code == 2
        assert run.json["error"]["code"] == "usage"
        assert f"Dropbox copies {what}" in run.json["error"]["message"]
        assert "--yes" in run.json["error"]["hint"]
        assert list(dropbox.iterdir()) == []
    assert analyzer(*command, "-o", dropbox / "x.html", "--yes").code == 0
    assert (dropbox / "x.html").exists()
    found = checks(analyzer)["synced documents"]
    assert found["state"] == "warn"
    assert f"{dropbox} (Dropbox)" in found["detail"]
    (dropbox / "x.html").unlink()
    assert "synced documents" not in checks(analyzer)


@posix
@pytest.mark.usefixtures("private_clients")
def test_at_a_terminal_a_private_document_is_asked_about(dropbox: Path) -> None:
    shown = talk(["brief", "northgate", "-o", str(dropbox / "brief.md")], [("Go on?", "y")])
    assert "Dropbox copies the brief" in shown
    assert (dropbox / "brief.md").exists()


@posix
@pytest.mark.usefixtures("private_clients")
def test_a_document_that_is_safe_to_send_is_written_there_with_a_word(analyzer: Analyzer, dropbox: Path) -> None:
    for command in (("agenda", "northgate", "--yes"), ("recap", "northgate-logistics-2025-09-17")):
        assert "Dropbox" in warned(analyzer, *command, "-o", dropbox)["synced"]
    assert len(list(dropbox.iterdir())) == 2
    assert "synced documents" not in checks(analyzer)


@posix
@pytest.mark.usefixtures("private_clients")
def test_a_folder_that_was_removed_below_us_is_told_in_one_line(
    analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    run = analyzer("brief", "northgate", "-o", "brief.md")
    assert run.code == 2
    assert "brief.md cannot be written" in run.err


@posix
@pytest.mark.usefixtures("private_clients")
def test_where_nothing_is_synced_nothing_is_asked_or_said(analyzer: Analyzer, dropbox: Path, tmp_path: Path) -> None:
    for command in (("brief", "northgate"), ("agenda", "northgate", "--yes")):
        assert "synced" not in warned(analyzer, *command, "-o", tmp_path / "disk")


# How long to wait


@pytest.mark.usefixtures("private_clients")
def test_how_long_to_wait_is_said_before_the_command(analyzer: Analyzer, practice: Path) -> None:
    other = sqlite3.connect(practice.parent / "record.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        run = analyzer("--lock-timeout", "0.05", "note", "northgate", "They called.", "--json")
    finally:
        other.close()
    assert run.code == 1
    assert "another process" in run.json["error"]["message"]
    assert run.json["command"] == "note"
    assert analyzer("--lock-timeout=5", "note", "northgate", "They called.").code == 0


def test_it_holds_for_one_command_alone_and_wins_over_the_settings(analyzer: Analyzer, practice: Path) -> None:
    (practice.parent / "settings.toml").write_text("lock_timeout = 7\n", encoding="utf-8")
    analyzer("--lock-timeout", "3", "clients")
    assert output.settings({}).lock_timeout == 3
    assert output.settings({}).sources["lock_timeout"] == "flag --lock-timeout"
    analyzer("clients")
    assert output.settings({}).lock_timeout == 7


@pytest.mark.parametrize("wrong", ["0", "-1", "nan", "inf", "86401", "soon", ""])
def test_a_time_that_is_none_is_a_usage_error(analyzer: Analyzer, wrong: str) -> None:
    run = analyzer("--lock-timeout", wrong, "clients", "--json")
    assert run.code == 2
    assert run.json["error"]["code"] == "usage"
    assert "--lock-timeout" in run.json["error"]["message"]


@pytest.mark.parametrize("typed", [("--lock-timeout", "5"), ("--lock-timeout=5",)])
def test_where_it_stands_is_told_to_who_puts_it_behind_the_command(analyzer: Analyzer, typed: tuple[str, ...]) -> None:
    error = analyzer("key", "show", *typed, "--json").json["error"]
    assert "before the command" in error["message"]
    assert error["hint"] == "analyzer --lock-timeout SECONDS key show"


def test_the_number_is_not_taken_for_the_command(analyzer: Analyzer) -> None:
    assert analyzer("--lock-timeout", "5", "clients", "--no-such", "--json").json["command"] == "clients"
    assert analyzer("--lock-timeout", "--json").code == 2
