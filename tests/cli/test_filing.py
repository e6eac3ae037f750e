"""Moving, renaming, merging, amending: what follows, what is told, and how it is taken back."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from analyzer.settings import load
from analyzer.usecases import filing
from analyzer.workspace import Workspace
from tests.running import Analyzer
from vectorstore.embedders import BundledEmbedder, Vectors

MERIDIAN = "meridian-biotech-2025-11-12"


def slugs(analyzer: Analyzer, client: str) -> list[str]:
    return [m["slug"] for m in analyzer("meetings", client, "--json").data["meetings"]]


def searched(analyzer: Analyzer, client: str) -> dict[str, int]:
    return dict(analyzer("search", "what was said", "--client", client, "--json").data["searched"])


def test_a_moved_meeting_is_found_counted_and_briefed_only_where_it_now_is(analyzer: Analyzer, two_clients: Path) -> None:
    before = {name: searched(analyzer, name) for name in ("northgate", "meridian")}
    readings = analyzer("motives", MERIDIAN, "--json").data["signs"]
    done = analyzer("move", MERIDIAN, "Northgate Logistics", "--json").data
    assert done["judged_anew"] == ["meridian-biotech", "northgate-logistics"]
    (moved,) = done["meetings"]
    assert moved["slug"] == "northgate-logistics-2025-11-12"
    after = {name: searched(analyzer, name) for name in ("northgate", "meridian")}
    assert (after["northgate"]["meetings"], after["meridian"]["meetings"]) == (4, 2)
    total = sum(counts["passages"] for counts in before.values())
    assert sum(counts["passages"] for counts in after.values()) == total
    assert "page nine" not in analyzer("search", "page nine", "--client", "meridian").out
    assert "page nine" in analyzer("search", "page nine", "--client", "northgate").out
    assert "12 Nov 2025" not in analyzer("brief", "meridian", "--date", "2026-06-01").out
    assert analyzer("motives", moved["slug"], "--json").data["signs"] == readings
    assert [c["meetings"] for c in analyzer("clients", "--json").data["clients"]] == [2, 4]
    assert {c["state"] for c in analyzer("doctor", "--json").data["checks"] if "index" in c["name"]} == {"ok"}


def test_no_byte_of_a_moved_meeting_stays_in_the_index_it_left(analyzer: Analyzer, two_clients: Path) -> None:
    client = next(c["id"] for c in analyzer("clients", "--json").data["clients"] if c["slug"] == "meridian-biotech")
    folder = two_clients / "index" / client
    assert any(b"page nine" in file.read_bytes() for file in folder.rglob("*") if file.is_file())
    analyzer("move", MERIDIAN, "Northgate Logistics")
    assert not any(b"page nine" in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_documents_written_before_are_named(analyzer: Analyzer, two_clients: Path, tmp_path: Path) -> None:
    brief = tmp_path / "prep.md"
    analyzer("brief", "meridian", "-o", brief)
    analyzer("agenda", "northgate", "-o", tmp_path / "talk.md", "--yes")
    done = analyzer("move", MERIDIAN, "Northgate Logistics", "--json").data
    assert [(e["kind"], e["path"]) for e in done["exported"]] == [("brief", str(brief))]
    assert str(brief) in analyzer("clients", "undo").out


def test_the_last_change_is_taken_back_then_the_one_before(analyzer: Analyzer, two_clients: Path) -> None:
    before = {name: (slugs(analyzer, name), searched(analyzer, name)) for name in ("northgate", "meridian")}
    analyzer("move", MERIDIAN, "Northgate Logistics")
    analyzer("clients", "rename", "meridian-biotech", "Zeta")
    assert analyzer("clients", "undo").code == 0
    assert analyzer("clients", "undo").code == 0
    assert {name: (slugs(analyzer, name), searched(analyzer, name)) for name in ("northgate", "meridian")} == before
    assert analyzer("clients", "undo").code == 1


def test_a_merged_client_is_searched_with_the_other_and_answers_to_its_name(analyzer: Analyzer, two_clients: Path) -> None:
    done = analyzer("clients", "merge", "meridian-biotech", "northgate-logistics", "--json").data
    assert len(done["meetings"]) == 3
    assert searched(analyzer, "northgate")["meetings"] == 6
    assert [c["slug"] for c in analyzer("clients", "--json").data["clients"]] == ["northgate-logistics"]
    assert len(slugs(analyzer, "meridian-biotech")) == 6
    analyzer("clients", "undo")
    assert searched(analyzer, "meridian")["meetings"] == 3


def test_an_unfiled_meeting_is_filed_and_then_found(analyzer: Analyzer, two_clients: Path) -> None:
    analyzer("move", MERIDIAN, "-")
    assert searched(analyzer, "meridian")["meetings"] == 2
    done = analyzer("move", "unfiled-2025-11-12", "Meridian Biotech", "--json").data
    assert done["meetings"][0]["slug"] == MERIDIAN
    assert searched(analyzer, "meridian")["meetings"] == 3
    assert "page nine" in analyzer("search", "page nine", "--client", "meridian").out


def test_a_meeting_is_never_filed_by_the_beginning_of_a_name(analyzer: Analyzer, two_clients: Path) -> None:
    run = analyzer("move", MERIDIAN, "north")
    assert run.code == 1
    assert "northgate-logistics" in run.err
    assert analyzer("move", MERIDIAN, "Brand New").code == 1
    assert analyzer("move", MERIDIAN, "Brand New", "--new").code == 0
    assert slugs(analyzer, "brand-new") == ["brand-new-2025-11-12"]


def test_a_wrong_date_is_put_right_with_slug_and_reading(analyzer: Analyzer, two_clients: Path) -> None:
    done = analyzer("amend", MERIDIAN, "--date", "2025-11-13", "--title", "Scoping", "--json").data
    assert done["meetings"][0]["slug"] == "meridian-biotech-2025-11-13"
    row = next(m for m in analyzer("meetings", "meridian", "--json").data["meetings"] if m["date"] == "2025-11-13")
    assert (row["title"], row["readings"]) == ("Scoping", ["offline"])
    analyzer("clients", "undo")
    row = next(m for m in analyzer("meetings", "meridian", "--json").data["meetings"] if m["date"] == "2025-11-12")
    assert row["readings"] == ["offline"]


def test_a_client_can_be_kept_from_every_model(analyzer: Analyzer, two_clients: Path) -> None:
    done = analyzer("clients", "set", "meridian-biotech", "--offline-only", "--stage", "past", "--json").data
    assert (done["offline_only"], done["stage"]) == (True, "past")
    refused = analyzer("motives", "meridian", "--engine", "llm")
    assert refused.code == 1
    assert "kept offline" in refused.err
    assert analyzer("clients", "set", "meridian-biotech").code == 2


def index_of(analyzer: Analyzer, home: Path, slug: str) -> Path:
    return home / "index" / next(str(c["id"]) for c in analyzer("clients", "--json").data["clients"] if c["slug"] == slug)


def holds(folder: Path, words: bytes) -> bool:
    return any(words in file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_an_index_whose_move_was_cut_short_is_put_right_by_the_next_search(analyzer: Analyzer, two_clients: Path) -> None:
    """The record says where the meeting is; passages that were left behind are found nowhere and taken out for good."""
    left = index_of(analyzer, two_clients, "meridian-biotech")
    with closing(sqlite3.connect(two_clients / "record.sqlite3")) as connection:
        (north,) = connection.execute("SELECT id FROM clients WHERE slug = 'northgate-logistics'").fetchone()
        connection.execute("UPDATE meetings SET client_id = ?, index_pending = 1 WHERE slug = ?", (north, MERIDIAN))
        connection.commit()
    assert holds(left, b"page nine")
    warned = [c for c in analyzer("doctor", "--json").data["checks"] if c["name"] == "index of meridian-biotech"]
    assert [c["state"] for c in warned] == ["warn"]
    assert "page nine" not in analyzer("search", "page nine", "--client", "meridian").out
    assert searched(analyzer, "meridian")["meetings"] == 2
    assert not holds(left, b"page nine")
    assert "page nine" in analyzer("search", "page nine", "--client", "northgate").out


def test_a_merge_cut_short_leaves_no_index_of_nobody(analyzer: Analyzer, two_clients: Path) -> None:
    left = index_of(analyzer, two_clients, "meridian-biotech")
    with closing(sqlite3.connect(two_clients / "record.sqlite3")) as connection:
        (north,) = connection.execute("SELECT id FROM clients WHERE slug = 'northgate-logistics'").fetchone()
        connection.execute("UPDATE clients SET merged_into = ? WHERE slug = 'meridian-biotech'", (north,))
        connection.execute("UPDATE meetings SET client_id = ?, index_pending = 1 WHERE slug LIKE 'meridian%'", (north,))
        connection.commit()
    assert "index of nobody" in {c["name"] for c in analyzer("doctor", "--json").data["checks"]}
    assert searched(analyzer, "northgate")["meetings"] == 6
    assert not left.exists()
    assert "page nine" in analyzer("search", "page nine", "--client", "northgate").out
    assert "index of nobody" not in {c["name"] for c in analyzer("doctor", "--json").data["checks"]}


class NoMoreVectors(BundledEmbedder):
    """The embedder in the box, on strike."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        raise AssertionError(f"embedded anew: {texts}")


def test_vectors_are_moved_and_not_made_again(two_clients: Path, analyzer: Analyzer) -> None:
    head = analyzer("meetings", "meridian", "--json").data["meetings"][0]
    with Workspace(load()) as ws:
        before = ws.index_folders()
        ws.embedder = NoMoreVectors()
        done = filing.move(ws, head["slug"], "Northgate Logistics")
        assert [n.code for n in ws.notices] == []
        assert done.meetings[0].client_name == "Northgate Logistics"
        assert ws.index_folders() == before
    assert "page nine" in analyzer("search", "page nine", "--client", "northgate").out


def test_a_document_at_an_odd_place_is_named_too(analyzer: Analyzer, two_clients: Path, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"\xff.md")
    assert analyzer("brief", "meridian", "-o", odd).code == 0
    assert len(analyzer("move", MERIDIAN, "Northgate Logistics", "--json").data["exported"]) == 1


def test_a_clients_protection_from_models_goes_with_a_merge_and_back(analyzer: Analyzer, two_clients: Path) -> None:
    analyzer("clients", "set", "meridian-biotech", "--offline-only")
    analyzer("clients", "merge", "meridian-biotech", "northgate-logistics")
    refused = analyzer("motives", "northgate", "--engine", "llm")
    assert (refused.code, "kept offline" in refused.err) == (1, True)
    analyzer("clients", "undo")
    assert "kept offline" in analyzer("motives", "meridian", "--engine", "llm").err
    assert "kept offline" not in analyzer("motives", "northgate", "--engine", "llm").err


def test_a_meeting_never_loses_its_protection_from_models_by_a_move(analyzer: Analyzer, two_clients: Path) -> None:
    analyzer("clients", "set", "meridian-biotech", "--offline-only")
    for to in ("Northgate Logistics", "-"):
        refused = analyzer("move", MERIDIAN, to)
        assert refused.code == 2
        assert "--no-offline-only" in refused.err
    assert analyzer("clients", "set", "northgate-logistics", "--offline-only").code == 0
    assert analyzer("move", MERIDIAN, "Northgate Logistics").code == 0


def test_what_came_after_a_merge_is_named_when_it_is_taken_back(analyzer: Analyzer, two_clients: Path, tmp_path: Path) -> None:
    analyzer("clients", "merge", "meridian-biotech", "northgate-logistics")
    (tmp_path / "2026-05-01 New.txt").write_text("Priya: Hello there.\nFergus Dunlop: We begin on Monday.\n")
    analyzer("upload", tmp_path / "2026-05-01 New.txt", "--client", "Meridian Biotech")
    run = analyzer("clients", "undo", "--json")
    (told,) = [w["message"] for w in run.json["warnings"] if w["code"] == "stayed"]
    assert "analyzer move northgate-logistics-2026-05-01 CLIENT" in told


def test_the_slug_that_a_meeting_has_now_is_told(analyzer: Analyzer, two_clients: Path) -> None:
    assert "northgate-logistics-2025-11-12" in analyzer("move", MERIDIAN, "Northgate Logistics").out
    assert f"is {MERIDIAN} again" in analyzer("clients", "undo").out


def test_a_mistaken_argument_of_a_group_points_to_its_own_help(analyzer: Analyzer) -> None:
    assert "analyzer clients merge --help" in analyzer("clients", "merge", "halden").err
    assert analyzer("clients", "merge", "halden", "--json").json["command"] == "clients merge"


def test_a_move_whose_index_is_held_by_another_is_told_and_done_later(
    analyzer: Analyzer, two_clients: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = index_of(analyzer, two_clients, "northgate-logistics") / "writer.lock"
    monkeypatch.setenv("ANALYZER_LOCK_TIMEOUT", "0.1")
    with FileLock(held):
        run = analyzer("move", MERIDIAN, "Northgate Logistics", "--json")
    assert run.code == 0
    assert [w["code"] for w in run.json["warnings"]] == ["index_pending"]
    assert "page nine" in analyzer("search", "page nine", "--client", "northgate").out
    assert "page nine" not in analyzer("search", "page nine", "--client", "meridian").out
