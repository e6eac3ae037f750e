"""A client in a file for a colleague: what is in it, and what is not."""

import json
import os
import stat
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.running import Analyzer

FIRST, SECOND, THIRD = (f"northgate-logistics-{day}" for day in ("2025-09-17", "2025-11-20", "2026-02-11"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "northgate.handover"


def members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(file: Path, table: str) -> list[dict[str, Any]]:
    parts = [json.loads(content) for name, content in members(file).items() if name.endswith(".json") and name != "manifest.json"]
    return [row for part in parts for row in part.get(table, [])]


@pytest.mark.usefixtures("two_clients")
class TestHandover:
    def test_it_counts_what_is_in_it_and_says_who_sent_it(self, analyzer: Analyzer, file: Path) -> None:
        analyzer("note", "northgate", "They rang.")
        told = analyzer("handover", "northgate", "-o", file, "--json").data
        assert (told["client_name"], told["author"], told["left_out"]) == ("Northgate Logistics", "Raman Studio", {})
        assert {kind: told["counts"][kind] for kind in ("clients", "meetings", "originals", "notes", "readings")} == {
            "clients": 1,
            "meetings": 3,
            "originals": 3,
            "notes": 1,
            "readings": 3,
        }
        manifest = json.loads(members(file)["manifest.json"])
        assert manifest["counts"] == told["counts"]
        assert manifest["about"] == {"author": "Raman Studio"}

    def test_notes_stay_where_that_is_said(self, analyzer: Analyzer, file: Path) -> None:
        analyzer("note", "northgate", "They rang.")
        assert "--without-notes keeps notes here" in analyzer("handover", "northgate", "-o", file).out
        told = analyzer("handover", "northgate", "-o", file, "--without-notes", "--force", "--json").data
        assert (told["left_out"], rows(file, "notes")) == ({"notes": 1}, [])
        assert b"They rang." not in b"".join(members(file).values())

    def test_it_is_not_taken_for_a_backup(
        self, analyzer: Analyzer, file: Path, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        analyzer("handover", "northgate", "-o", file)
        monkeypatch.setenv("ANALYZER_HOME", str(home.parent / "other"))
        refused = analyzer("restore", file, "--json").json["error"]
        assert "is not a backup of Analyzer, but a hand-over" in refused["message"]
        assert "`analyzer receive FILE`" in refused["hint"]

    def test_everything_that_a_person_wrote_is_signed(
        self, analyzer: Analyzer, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        analyzer("note", "northgate", "They rang.")
        monkeypatch.setenv("ANALYZER_AUTHOR", "Jörg Weiß")
        analyzer("verdict", FIRST, "1", "none")
        analyzer("decide", "northgate", "take")
        monkeypatch.setenv("ANALYZER_AUTHOR", "Priya Raman")
        analyzer("handover", "northgate", "-o", file)
        assert [row["author"] for row in rows(file, "notes")] == ["Priya Raman"]
        assert [row["author"] for row in rows(file, "verdicts") + rows(file, "decisions")] == ["Jörg Weiß"] * 2
        assert analyzer("note", "northgate", "--json").data["notes"][0]["author"] is None

    def test_where_nobody_is_known_what_nobody_signed_is_not_handed_over(
        self, analyzer: Analyzer, file: Path, home: Path
    ) -> None:
        (home / "practice.toml").unlink()
        assert analyzer("handover", "northgate", "-o", file).code == 0
        analyzer("note", "northgate", "They rang.")
        refused = analyzer("handover", "northgate", "-o", file, "--force")
        assert refused.code == 2
        assert "ANALYZER_AUTHOR" in refused.err

    def test_nothing_of_others_is_in_it(self, analyzer: Analyzer, file: Path, home: Path, tmp_path: Path) -> None:
        analyzer("clients", "set", "Quuxham Foods", "--stage", "prospect", "--new")
        analyzer("note", "quuxham", "The quagmirenote.")
        analyzer("note", "meridian", "The mangroveledger.")
        analyzer("agenda", "meridian", "-o", tmp_path / "placardfile.md", "--yes")
        analyzer("handover", "northgate", "-o", file)
        content = b"".join(members(file).values()).lower()
        theirs = analyzer("meetings", "meridian", "--json").data["meetings"][0]["slug"]
        said = [turn["text"] for turn in analyzer("show", theirs, "--json").data["turns"][:3]]
        practice = "Three engagements until the summer"
        own = ("quuxham", "quagmirenote", "mangroveledger", "meridian", "placardfile", practice, str(home))
        assert [word for word in (*own, *said) if word.lower().encode() in content] == []

    def test_what_was_said_in_confidence_goes_only_by_name(self, analyzer: Analyzer, file: Path) -> None:
        for meeting in (FIRST, SECOND):
            analyzer("amend", meeting, "--confidential")
        told = analyzer("handover", "northgate", "-o", file, "--confidential", SECOND, "--json").data
        assert (told["counts"]["meetings"], told["left_out"], told["confidential"]) == (2, {"meetings": 1}, [SECOND])
        assert sorted(row["slug"] for row in rows(file, "meetings")) == [SECOND, THIRD]
        words = analyzer("show", FIRST, "--json").data["turns"][3]["text"]
        assert words.encode() not in b"".join(members(file).values())

    def test_an_agenda_that_rests_on_what_stays_stays_too(self, analyzer: Analyzer, file: Path, tmp_path: Path) -> None:
        analyzer("agenda", "northgate", "--with", "Graham Pell", "-o", tmp_path / "agenda.md", "--yes")
        assert analyzer("handover", "northgate", "-o", file, "--json").data["counts"]["agendas"] == 1
        for meeting in (FIRST, SECOND, THIRD):
            analyzer("amend", meeting, "--confidential")
        told = analyzer("handover", "northgate", "-o", file, "--force", "--json").data
        assert told["left_out"] == {"meetings": 3, "agendas": 1}
        assert "agendas" not in told["counts"]

    def test_only_meetings_of_the_client_can_be_named(self, analyzer: Analyzer, file: Path) -> None:
        other = analyzer("meetings", "meridian", "--json").data["meetings"][0]["slug"]
        refused = analyzer("handover", "northgate", "-o", file, "--confidential", other)
        assert refused.code == 2
        assert "is not a meeting of Northgate Logistics" in refused.err
        assert not file.exists()
        plain = analyzer("handover", "northgate", "-o", file, "--confidential", FIRST, "--json").json
        assert [told["code"] for told in plain["warnings"]] == ["not_confidential"]

    def test_the_file_is_for_its_owner_alone_and_overwrites_nothing(self, analyzer: Analyzer, file: Path) -> None:
        before = os.umask(0)
        try:
            analyzer("handover", "northgate", "-o", file)
        finally:
            os.umask(before)
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        refused = analyzer("handover", "northgate", "-o", file)
        assert (refused.code, "--force" in refused.err) == (2, True)
        assert analyzer("handover", "northgate", "-o", file, "--force").code == 0
        assert [path.name for path in file.parent.iterdir() if path.name.startswith(".")] == []

    def test_into_a_folder_that_is_synced_it_asks_first(
        self, analyzer: Analyzer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path))
        folder = tmp_path / "Dropbox"
        (folder / ".dropbox.cache").mkdir(parents=True)
        refused = analyzer("handover", "northgate", "-o", folder / "n.handover")
        assert (refused.code, list(folder.glob("n*"))) == (2, [])
        assert "--yes" in refused.err
        assert analyzer("handover", "northgate", "-o", folder / "n.handover", "--yes").code == 0

    def test_a_client_that_is_not_there(self, analyzer: Analyzer, file: Path) -> None:
        assert analyzer("handover", "nobody", "-o", file, "--json").json["error"]["code"] == "not_found"
        assert not file.exists()
