"""A disk that is full, a home that may not be written, files that are damaged: told in one line, and nothing is lost."""

import json
import os
import shutil
from pathlib import Path

import pytest

from tests.killed import Killer
from tests.running import EXAMPLES, Analyzer, Run

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="cases are forked")

TALK = """Dawn Whitlock: The board wants spans and layers reviewed before the summer.
Priya Raman: And where would such a review go?
Dawn Whitlock: It would go in the {place}, if I am honest.
"""
RUNS = """
import sys
from analyzer.cli.main import main
sys.stdout, sys.stderr = open(out, "w"), open(err, "w")
sys.argv = ["analyzer", *arguments.split("|")]
main()
"""
WITH_LITTLE_ROOM = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (int(limit), int(limit)))\n{RUNS}"
POWERLESS = f"""
import ctypes, os
if os.geteuid() == 0:  # who may do everything gives that up: an owner is held to the modes of files then
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    assert ctypes.CDLL(None).capset(header, (ctypes.c_uint32 * 6)()) == 0
os.umask(0o077)
{RUNS}
"""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("talks")
    made = [folder / "2025-09-17 Review.txt", folder / "2025-10-02 Again.txt"]
    for path, place in zip(
        made, ("drawer", "archive under the stairs, with all the other reviews that nobody read"), strict=True
    ):
        path.write_text(TALK.format(place=place), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def uploaded(killer: Killer, files: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("uploaded")
    home = folder / "home"
    home.mkdir(mode=0o700)
    shutil.copy(EXAMPLES / "practice.toml", home)
    run = case(killer, home, folder, RUNS, "upload", files[0], "--client", "Northgate", "--no-read")
    assert run.code == 0, run.err
    return home


@pytest.fixture
def one_meeting(uploaded: Path, home: Path) -> Path:
    shutil.copytree(uploaded, home)
    return home


def case(killer: Killer, home: Path, beside: Path, source: str, *arguments: object, limit: int = 0) -> Run:
    """A command in a process of its own."""
    out, err = beside / "out", beside / "err"
    ended = killer.run(home, source, arguments="|".join(map(str, arguments)), out=out, err=err, limit=limit).ended
    return Run(code=ended, out=out.read_text(encoding="utf-8"), err=err.read_text(encoding="utf-8"))


def told_in_one_line(run: Run) -> None:
    assert run.code == 1
    assert "Traceback" not in run.err
    assert len([line for line in run.err.splitlines() if line.startswith("error: ")]) == 1, run.err


def slugs(analyzer: Analyzer, words: str) -> set[str]:
    return {hit["slug"] for hit in analyzer("search", words, "--client", "northgate", "--json").data["hits"]}


def wrong(analyzer: Analyzer) -> list[str]:
    return [f"{c['name']}: {c['detail']}" for c in analyzer("doctor", "--json").json["data"]["checks"] if c["state"] == "fail"]


@pytest.mark.parametrize(("kilobytes", "reading"), [(8, []), (100, []), (1000, ["read"])])
def test_a_disk_that_fills_up_loses_nothing(
    analyzer: Analyzer, killer: Killer, one_meeting: Path, files: list[Path], tmp_path: Path, kilobytes: int, reading: list[str]
) -> None:
    command = ("upload", files[1], "--client", "Northgate", "--no-read", "--json")
    tried = [word for word in command if not reading or word != "--no-read"]  # what reads it unpacks a model for a moment
    run = case(killer, one_meeting, tmp_path, WITH_LITTLE_ROOM, *tried, limit=kilobytes * 1024)
    assert "Traceback" not in run.err
    assert run.code in (0, 1)
    assert ("cannot be unpacked" in run.out) == bool(reading)
    told = json.loads(run.out)
    added = bool(told.get("data")) and [meeting["status"] for meeting in told["data"]["meetings"]] == ["added"]
    assert told["ok"] or told["error"]["hint"]
    there = {meeting["slug"] for meeting in analyzer("meetings", "--json").data["meetings"]}
    assert there == {"northgate-2025-09-17", *(["northgate-2025-10-02"] if added else [])}
    assert slugs(analyzer, "drawer archive") == there
    assert analyzer(*command).data["meetings"][0]["status"] == ("unchanged" if added else "added")
    assert wrong(analyzer) == []


def closed(home: Path) -> None:
    for path in [*home.rglob("*"), home]:
        path.chmod(0o500 if path.is_dir() else 0o400)


def open_again(home: Path) -> None:
    home.chmod(0o700)
    for path in home.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)


def test_a_home_that_may_not_be_written_is_told_and_keeps_what_it_has(
    analyzer: Analyzer, killer: Killer, one_meeting: Path, files: list[Path], tmp_path: Path
) -> None:
    closed(one_meeting)
    try:
        for command in (
            ("upload", files[1], "--client", "Northgate"),
            ("note", "northgate", "They rang."),
            ("search", "drawer"),
            ("clients",),
        ):
            told_in_one_line(case(killer, one_meeting, tmp_path, POWERLESS, *command))
        sick = case(killer, one_meeting, tmp_path, POWERLESS, "doctor", "--json")
        assert sick.code == 1
        assert "Traceback" not in sick.err
        (failed,) = [check for check in json.loads(sick.out)["data"]["checks"] if check["state"] == "fail"]
        assert f"chmod -R u+rwX {one_meeting}" in failed["mend"]
        open_again(one_meeting)
        closed(one_meeting / "index")
        assert case(killer, one_meeting, tmp_path, POWERLESS, "search", "drawer").code == 0
        unwritten = case(killer, one_meeting, tmp_path, POWERLESS, "reindex")
        told_in_one_line(unwritten)
        assert f"chmod -R u+rwX {one_meeting / 'index'}" in unwritten.err
    finally:
        open_again(one_meeting)
    assert slugs(analyzer, "drawer") == {"northgate-2025-09-17"}
    assert wrong(analyzer) == []


DAMAGES = {
    "no text": b"\xff\xfe\x00\x80" * 40,
    "of another kind": b"[[engine]]\npeople = 3\nname = []\n",
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", ["settings.toml", "practice.toml"])
def test_a_damaged_file_of_settings_is_told_with_its_name_and_nothing_is_lost(
    analyzer: Analyzer, one_meeting: Path, files: list[Path], name: str, damage: str
) -> None:
    before = (one_meeting / "practice.toml").read_bytes()
    (one_meeting / name).write_bytes(DAMAGES[damage])
    for command in (("upload", files[1], "--client", "Northgate"), ("doctor",)):
        run = analyzer(*command)
        told_in_one_line(run)
        assert name in run.err + run.out
    (one_meeting / name).unlink()
    (one_meeting / "practice.toml").write_bytes(before)
    assert [meeting["slug"] for meeting in analyzer("meetings", "--json").data["meetings"]] == ["northgate-2025-09-17"]
