"""kill -9 at each step: what was told as done is there, everything is whole, and the next command mends what is derived."""

import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from tests.killed import KILLED, Killed, Killer
from tests.running import EXAMPLES, Analyzer

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="cases are forked")

TALK = """Dawn Whitlock: The board wants spans and layers reviewed before the summer.
Priya Raman: What would the board do with a review that says that they are right as they are?
Dawn Whitlock: It would go in the drawer, if I am honest.
Priya Raman: I will send you the questions by Friday.
"""
UPLOAD = """
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
upload(ws, gather([Path(file)]), UploadOptions(said=Said(client="Northgate")))
"""
RENAME = """
from analyzer.usecases.speakers import rename
rename(ws, meeting, "Dawn Whitlock", "Dawn Whitlock-Hale")
"""
SAYS = {
    "note": """
from analyzer.usecases.notes import add
add(ws, "northgate", "They asked for the numbers by phone.")
""",
    "verdict": """
from analyzer.model.findings import Level
from analyzer.usecases.saying import verdict
verdict(ws, meeting, "board", Level.STRONG, "they said so by phone")
""",
}
LOCKS = """
from filelock import FileLock
FileLock(Path(folder) / "writer.lock").acquire()
ws.step("locked")
"""
UPLOAD_STEPS = ("read", "recorded", "indexing", "indexed", "assessing", "assessed")


SLUG = "northgate-2025-09-17"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("killed") / "2025-09-17 Review.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def uploaded(killer: Killer, file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with that one meeting."""
    home = tmp_path_factory.mktemp("uploaded") / "home"
    home.mkdir(mode=0o700)
    shutil.copy(EXAMPLES / "practice.toml", home)
    assert killer.run(home, UPLOAD, file=file) == Killed(announced=UPLOAD_STEPS, ended=0)
    return home


@pytest.fixture
def one_meeting(uploaded: Path, home: Path) -> Path:
    shutil.copytree(uploaded, home)
    return home


def wrong(analyzer: Analyzer) -> list[str]:
    """What doctor says is broken."""
    return [f"{c['name']}: {c['detail']}" for c in analyzer("doctor", "--json").json["data"]["checks"] if c["state"] == "fail"]


def found(analyzer: Analyzer, words: str) -> set[str]:
    return {hit["slug"] for hit in analyzer("search", words, "--client", "northgate", "--json").data["hits"]}


@pytest.mark.parametrize("step", UPLOAD_STEPS)
def test_an_upload_killed_at_any_step_is_there_or_not_at_all(
    analyzer: Analyzer, killer: Killer, practice: Path, file: Path, step: str
) -> None:
    killed = killer.run(practice.parent, UPLOAD, at=step, file=file)
    assert (killed.announced[-1], killed.ended) == (step, KILLED)
    assert wrong(analyzer) == []
    kept = [] if step == "read" else [SLUG]
    assert [meeting["slug"] for meeting in analyzer("meetings", "--json").data["meetings"]] == kept
    if not kept:
        again = analyzer("upload", file, "--client", "Northgate", "--no-read", "--json").data["meetings"][0]
        assert again["status"] == "added"
    assert found(analyzer, "the drawer") == {SLUG}
    (meeting,) = analyzer("meetings", "--json").data["meetings"]
    assert (meeting["slug"], meeting["turns"]) == (SLUG, 4)
    assert meeting["readings"] == (["offline"] if step == "assessed" else [])


@pytest.mark.parametrize("step", ["recorded", "assessed"])
def test_an_edit_killed_at_any_step_stands(analyzer: Analyzer, killer: Killer, one_meeting: Path, step: str) -> None:
    assert killer.run(one_meeting, RENAME, at=step, meeting=SLUG).ended == KILLED
    assert wrong(analyzer) == []
    (shown,) = analyzer("speakers", "show", SLUG, "--json").data["meetings"]
    assert {s["name"] for s in shown["speakers"]} == {"Priya Raman", "Dawn Whitlock-Hale"}
    assert len(shown["edits"]) == 1
    assert found(analyzer, "Whitlock-Hale") == {SLUG}
    assert wrong(analyzer) == []


@pytest.mark.parametrize("what", SAYS)
def test_what_a_person_said_stands_once_it_was_kept(analyzer: Analyzer, killer: Killer, one_meeting: Path, what: str) -> None:
    assert killer.run(one_meeting, SAYS[what], at="recorded", meeting=SLUG).ended == KILLED
    told = analyzer("note", "northgate") if what == "note" else analyzer("motives", SLUG)
    assert "by phone" in told.out
    assert wrong(analyzer) == []


def test_the_lock_of_a_dead_process_is_waited_for_by_nobody(analyzer: Analyzer, killer: Killer, one_meeting: Path) -> None:
    assert killer.run(one_meeting, LOCKS, at="locked", folder=next((one_meeting / "index").iterdir())).ended == KILLED
    edited = analyzer("--lock-timeout", "0.1", "speakers", "rename", SLUG, "Dawn Whitlock", "Dawn Hale", "--json")
    assert edited.data
    assert "index_pending" not in {warning["code"] for warning in edited.json["warnings"]}


def test_a_living_holder_of_the_lock_is_waited_for_no_longer_than_was_said(analyzer: Analyzer, one_meeting: Path) -> None:
    with FileLock(next((one_meeting / "index").iterdir()) / "writer.lock"):
        edited = analyzer("--lock-timeout", "0.1", "speakers", "rename", SLUG, "Dawn Whitlock", "Dawn Hale", "--json")
        assert edited.data
        assert "another process is writing" in next(w["message"] for w in edited.json["warnings"] if w["code"] == "index_pending")
    assert found(analyzer, "Dawn Hale") == {SLUG}
