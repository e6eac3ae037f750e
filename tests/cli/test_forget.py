"""Forgetting for good: what goes is shown and asked, nothing of it is left in the home, and nobody else is touched."""

import json
import shutil
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from analyzer.settings import load
from analyzer.workspace import Workspace
from tests.marked import DAY, OTHER, Marked, command, done, found, make
from tests.running import EXAMPLES, Analyzer

OTHERS = (
    ("meetings", OTHER, "--json"),
    ("motives", OTHER, "--json"),
    ("search", "the readout", "--client", OTHER, "-k", "3", "--json"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """A marked home, made once."""
    folder = tmp_path_factory.mktemp("marked")
    (folder / "files").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANALYZER_HOME", str(folder / "home"))
        patch.setenv("NO_COLOR", "1")
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        return make(folder / "home", folder / "files", seed=7)


def copied(made: Marked, home: Path) -> Marked:
    """A copy of it, as if its documents had been written there."""
    shutil.copytree(made.home, home)
    with closing(sqlite3.connect(home / "record.sqlite3")) as record, record:
        record.execute("UPDATE exports SET path = replace(path, ?, ?)", (str(made.home), str(home)))
    return Marked(home=home, words=made.words, client=made.client, meeting=made.meeting, of_meeting=made.of_meeting)


@pytest.fixture
def marked(made: Marked, home: Path) -> Marked:
    """This test's own copy of it."""
    return copied(made, home)


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A marked home whose client was forgotten: what was planned, what was done, what was told of others before and after."""

    marked: Marked
    planned: dict[str, Any]
    done: dict[str, Any]
    kept_by_plan: bool
    others_before: list[str]
    others_after: list[str]
    left: dict[str, set[str]]


@pytest.fixture(scope="module")
def gone(made: Marked, tmp_path_factory: pytest.TempPathFactory) -> Gone:
    """Its client is forgotten once; nothing is changed in it any more."""
    marked = copied(made, tmp_path_factory.mktemp("gone") / "home")

    def texts() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in marked.home.rglob("*") if path.suffix in (".md", ".json")}

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANALYZER_HOME", str(marked.home))
        patch.setenv("NO_COLOR", "1")
        before, texts_before = [done(*asked).out for asked in OTHERS], texts()
        planned = done("forget", marked.client, "--dry-run", "--json").data
        kept = texts() == texts_before and found(marked.home, marked.words).keys() == marked.words.keys()
        forgotten = done("forget", marked.client, "--yes", "--json").data
        left = found(marked.home, marked.words)
        after = [done(*asked).out for asked in OTHERS]
    return Gone(
        marked=marked,
        planned=planned,
        done=forgotten,
        kept_by_plan=kept,
        others_before=before,
        others_after=after,
        left=left,
    )


@pytest.fixture
def in_gone(gone: Gone, monkeypatch: pytest.MonkeyPatch) -> Gone:
    """That home as the one of commands, which only look."""
    monkeypatch.setenv("ANALYZER_HOME", str(gone.marked.home))
    return gone


def test_every_word_is_in_the_home_before(made: Marked) -> None:
    assert found(made.home, made.words).keys() == made.words.keys()


def test_of_a_client_that_is_forgotten_no_byte_is_left_in_any_file_and_others_are_untouched(in_gone: Gone) -> None:
    marked = in_gone.marked
    assert in_gone.left == {}
    assert in_gone.others_after == in_gone.others_before
    assert [row["name"] for row in done("clients", "--json").data["clients"]] == [OTHER]
    assert done("doctor", "--json").json["ok"]
    assert found(marked.home, marked.words) == {}
    counts = in_gone.done["receipt"]["counts"]
    assert (counts["clients"], counts["meetings"], counts["originals"], counts["notes"], counts["decisions"]) == (2, 3, 4, 1, 1)
    assert (counts["agendas"], counts["answers"], counts["drafts"], counts["documents"], counts["outcomes"]) == (1, 1, 1, 1, 1)
    assert (counts["verdicts"], counts["remembered"], counts["stand_ins"]) == (2, 1, 5)
    assert counts["passages"] >= 3


def test_of_a_meeting_that_is_forgotten_no_byte_is_left_and_its_client_stays(marked: Marked) -> None:
    data = done("forget", marked.meeting, "--yes", "--json").data
    left = found(marked.home, marked.words)
    assert left.keys().isdisjoint(marked.of_meeting)
    assert left.keys() >= {"renamed", "merged", "note", "decision", "moved"}
    slugs = {row["slug"] for row in done("meetings", marked.client, "--json").data["meetings"]}
    assert slugs == {f"{marked.client}-2026-03-11", f"{marked.client}-2026-02-11"}
    assert data["receipt"]["counts"]["meetings"] == 1
    with Workspace(load({}, {"ANALYZER_HOME": str(marked.home)})) as ws:
        client = ws.store.client_called(marked.client)
        assert client is not None
        assert ws.store.stand_ins(client.id) == {"Cleo Marsh": "Kim Berg"}
    hits = done("search", "the depot managers", "--client", marked.client, "--json").data["hits"]
    assert hits


def test_the_plan_and_the_deed_tell_the_same_and_the_plan_changes_nothing(gone: Gone) -> None:
    marked, planned, forgotten = gone.marked, gone.planned, gone.done
    assert gone.kept_by_plan
    assert planned["kind"] == "client"
    assert planned["meetings"] == [f"{marked.client}-{day}" for day in ("2026-02-11", DAY, "2026-03-11")]
    assert {f"{marked.words['merged']} Partners", marked.words["client"]} <= set(planned["names"])
    assert [Path(one["path"]).name for one in planned["inside"]] == [f"{marked.words['document']}.md"]
    assert forgotten["receipt"]["counts"] == planned["counts"]
    assert forgotten["documents"] == planned["documents"]


def test_the_receipt_has_no_name_and_tells_where_documents_lie(in_gone: Gone, made: Marked) -> None:
    files, data, marked = made.home.parent / "files", in_gone.done, in_gone.marked
    assert {Path(one["path"]).name for one in data["documents"]} == {"brief.md", f"{marked.words['renamed']} agenda.md"}
    listed = done("forget", "--receipts", "--json")
    (receipt,) = listed.data["receipts"]
    assert receipt == data["receipt"]
    assert receipt["documents"] == [
        {"path": str(files / "brief.md"), "files": 1, "whole": True},
        {"path": str(files), "files": 1, "whole": False},
    ]
    assert not any(word.lower() in listed.out.lower() for word in marked.words.values())
    assert f"1 file in {files}" in done("forget", "--receipts").out


def test_nothing_goes_unasked_and_only_by_its_name_in_full(marked: Marked) -> None:
    beginning = marked.client[:6]
    for wrong, code in ((marked.client, 2), (beginning, 1), ("", 2), ("nobody", 1)):
        assert command("forget", wrong).code == code
    assert f"in full it may be {marked.client}" in command("forget", beginning, "--yes").err
    assert "--yes" in command("forget", marked.client).err
    part = command("forget", f"{marked.words['merged']} Partners", "--yes")
    assert (part.code, "is a part of" in part.err) == (1, True)
    assert command("forget").code == command("forget", marked.client, "--receipts").code == 2
    assert done("clients", "--json").data["clients"][0]["meetings"] + 1
    assert found(marked.home, marked.words).keys() == marked.words.keys()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
def test_at_a_terminal_it_is_asked_after_all_that_goes_was_shown(two_clients: Path) -> None:
    from tests.cli.test_at_terminal import talk

    shown = talk(["forget", "meridian-biotech"], [("Forget it for good?", "y")])
    assert shown.index("3 meetings") < shown.index("Forget it for good?") < shown.index("receipt r_")
    assert found(two_clients, {"who": "cavanagh"}) == {}


def test_a_meeting_of_no_client_can_be_forgotten(marked: Marked, tmp_path: Path) -> None:
    file = tmp_path / "unfiled.txt"
    file.write_text("Ann: We zqunfiled met.\nBob: So we did, and it was good.\n" * 4, encoding="utf-8")
    done("upload", file, "--unfiled", "--date", DAY)
    done("forget", f"unfiled-{DAY}", "--yes")
    assert found(marked.home, {"unfiled": "zqunfiled"}) == {}
    assert found(marked.home, marked.words).keys() == marked.words.keys() - {"half", "copy"}


def test_a_forgotten_file_comes_back_where_that_is_asked_for_alone(analyzer: Analyzer, two_clients: Path) -> None:
    del two_clients
    done("forget", "Meridian Biotech", "--yes")
    file = min((EXAMPLES / "meridian").iterdir())
    again = done("upload", EXAMPLES / "meridian", "--client", "Meridian Biotech", "--no-read", "--json")
    assert {one["status"] for one in again.data["meetings"]} == {"forgotten"}
    assert len([one for one in again.json["warnings"] if one["code"] == "forgotten_before"]) == len(again.data["meetings"])
    assert "--also-forgotten" in again.json["warnings"][0]["message"]
    assert "Meridian" not in analyzer("clients").out
    run = done("upload", file, "--client", "Meridian Biotech", "--no-read", "--also-forgotten", "--json")
    assert run.data["meetings"][0]["status"] == "added"
    told = [one["message"] for one in run.json["warnings"] if one["code"] == "forgotten_before"]
    assert len(told) == 2
    assert "a client called Meridian Biotech was forgotten before" in told[1]
    assert [one["status"] for one in done("upload", file, "--json").data["meetings"]] == ["unchanged"]
    unknown = analyzer("upload", min((EXAMPLES / "northgate").iterdir()), "--dry-run", "--json").json
    assert "forgotten_before" not in {one["code"] for one in unknown["warnings"]}


def test_a_letter_that_could_not_be_written_is_told_before_anything_is_removed(two_clients: Path, tmp_path: Path) -> None:
    (tmp_path / "there.md").touch()
    for place in (two_clients / "letter.md", tmp_path / "there.md", tmp_path / "nowhere" / "letter.md", tmp_path / "letter.odt"):
        assert command("forget", "meridian-biotech", "--yes", "--letter", place).code == 2
    assert "meridian-biotech" in done("clients").out
    data = done("forget", "meridian-biotech", "--yes", "--letter", tmp_path / "letter.docx", "--json").data
    assert (tmp_path / "letter.docx").read_bytes()[:2] == b"PK"
    assert data["letter"] == str(tmp_path / "letter.docx")


def test_damaged_tombstones_are_told_and_stop_it_before_anything_is_removed(two_clients: Path) -> None:
    (two_clients / "forgotten.json").write_text('{"version": 1, "salts": [{"salt": "zz"')
    run = command("forget", "meridian-biotech", "--yes")
    assert run.code == 1
    assert "damaged" in run.err
    assert "backup" in run.err
    assert "forgotten" in {one["name"] for one in command("doctor", "--json").json["data"]["checks"] if one["state"] == "fail"}
    (two_clients / "forgotten.json").unlink()
    assert "meridian-biotech" in done("clients").out


def test_filings_of_others_that_lead_back_to_it_are_gone_and_other_changes_can_be_taken_back(two_clients: Path) -> None:
    done("move", "northgate-logistics-2025-09-17", "meridian-biotech")
    done("move", "meridian-biotech-2025-09-17", "northgate-logistics")
    done("clients", "rename", "northgate-logistics", "Goole Logistics")
    done("forget", "meridian-biotech", "--yes")
    done("clients", "undo")
    assert [row["name"] for row in done("clients", "--json").data["clients"]] == ["Northgate Logistics"]
    assert found(two_clients, {"name": "meridian"}) == {}


def test_a_long_lived_workspace_sees_that_it_is_gone(two_clients: Path) -> None:
    from analyzer.errors import NotFound
    from analyzer.usecases import find
    from analyzer.usecases.scope import Scope

    with Workspace(load({}, {"ANALYZER_HOME": str(two_clients)})) as ws:
        assert find.search(ws, "the form", Scope(client="northgate-logistics")).hits
        done("forget", "northgate-logistics-2025-11-20", "--yes")
        hits = find.search(ws, "the form", Scope(client="northgate-logistics"), 20).hits
        assert {hit.slug for hit in hits} == {"northgate-logistics-2025-09-17", "northgate-logistics-2026-02-11"}
        done("forget", "northgate-logistics", "--yes")
        with pytest.raises(NotFound):
            find.search(ws, "the form", Scope(client="northgate-logistics"))


def test_what_another_process_holds_is_finished_by_the_next_command(two_clients: Path) -> None:
    with closing(sqlite3.connect(two_clients / "record.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM turns").fetchone()[0] > 100
        run = command("--lock-timeout", "0.1", "forget", "meridian-biotech", "--yes", "--json")
        assert (run.code, run.json["error"]["code"]) == (1, "forgetting")
        assert run.json["data"]["receipt"]["counts"]["meetings"] == 3
        doctor = command("doctor", "--json").json["data"]["checks"]
        assert "forgetting" in {one["name"] for one in doctor if one["state"] == "warn"}
        told = command("--lock-timeout", "0.1", "clients", "--json").json
        assert (told["ok"], [one["code"] for one in told["warnings"]]) == (True, ["forgetting_unfinished"])
        reader.execute("ROLLBACK")
    finished = json.loads(done("clients", "--json").out)
    assert [one["code"] for one in finished["warnings"]] == ["forgetting_finished"]
    assert found(two_clients, {"name": "meridian", "who": "cavanagh"}) == {}
    assert done("clients", "--json").json["warnings"] == []
