"""Files, folders and standard input; what is looked at, what is known already, what is filed nowhere."""

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from analyzer.transcripts.decoding import MAX_BYTES
from tests.running import EXAMPLES, Analyzer, Begin, Run

FIRST = """Priya Raman: What would you like to be different by the summer?
Dana Ortiz: The structure is drawn already, I need my finance chief to hear it from you, and from nobody inside this house.
Priya Raman: Who drew it, and who has seen it so far?
Dana Ortiz: I drew it over the winter with our lawyer. Two people have seen it, and one of them has left since then.
"""
SECOND = """Priya Raman: Last time you wanted to think about the two plants in the north.
Dana Ortiz: We closed one of them on Monday. The other one keeps its crew until the lease ends, and then we shall see.
Priya Raman: How did the crew take that?
Dana Ortiz: Quietly. Their foreman asked for the figures, and I would like you to walk him through them next week.
"""


def vtt_of(text: str) -> str:
    """The same words as captions, four seconds each, a line of speech cut in two."""
    cues, at = [], 0
    for line in text.splitlines():
        name, _, words = line.partition(": ")
        halves = words.split()
        for part in (halves[: len(halves) // 2], halves[len(halves) // 2 :]):
            cues.append(f"00:00:{at:02}.000 --> 00:00:{at + 4:02}.000\n{name}: {' '.join(part)}\n")
            at += 4
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.fixture
def first(tmp_path: Path) -> Path:
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(FIRST, encoding="utf-8")
    return path


@pytest.fixture
def northgate(analyzer: Analyzer, begun: Begin, first: Path) -> str:
    """The meeting of a client, stored."""
    begun(__name__, lambda: analyzer("upload", first, "--client", "Northgate", "--us", "Priya Raman", "--json").data)
    return str(analyzer("meetings", "--json").data["meetings"][0]["id"])


class TestInspect:
    def test_it_tells_all_that_an_upload_would_go_by_and_stores_nothing(
        self, analyzer: Analyzer, first: Path, home: Path
    ) -> None:
        (row,) = analyzer("inspect", first, "--us", "Priya Raman", "--json").data["files"]
        assert (row["format"], row["confidence"], row["coverage"]) == ("text", "high", 1.0)
        assert (row["date"], row["date_source"], row["title"]) == ("2026-03-04", "file name", "Kickoff")
        assert [(s["name"], s["side"], s["turns"]) for s in row["speakers"]] == [
            ("Priya Raman", "ours", 2),
            ("Dana Ortiz", "theirs", 2),
        ]
        assert (row["id"], row["client"], row["duration"]) == (None, None, None)
        assert not home.exists()

    def test_every_example_is_told_as_text_too(self, analyzer: Analyzer) -> None:
        run = analyzer("inspect", EXAMPLES / "meridian")
        assert run.code == 0
        assert run.out.count("  format  ") == 3
        assert "% of the words became turns" in run.out

    def test_a_dry_run_tells_the_same_as_text(self, analyzer: Analyzer, first: Path) -> None:
        told = analyzer("inspect", first, "--us", "Priya Raman").out.splitlines()[1:]
        out = analyzer("upload", first, "--client", "Northgate", "--us", "Priya Raman", "--dry-run").out.splitlines()
        assert out[0] == f"would add {first} -> Northgate"
        assert [line for line in out[1:] if "client" not in line] == [line for line in told if "client" not in line]
        assert any("(from the file name)" in line for line in out)

    @pytest.mark.usefixtures("northgate")
    def test_what_is_stored_already_is_said(self, analyzer: Analyzer, first: Path) -> None:
        (row,) = analyzer("inspect", first, "--json").data["files"]
        assert row["status"] == "unchanged"

    def test_a_company_in_brackets_proposes_the_client(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(FIRST.replace("Dana Ortiz:", "Dana Ortiz (Acme Foods):"), encoding="utf-8")
        (row,) = analyzer("inspect", path, "--us", "Priya Raman", "--json").data["files"]
        assert row["proposal"]["client_name"] == "Acme Foods"
        assert row["speakers"][1]["company"] == "Acme Foods"

    def test_two_names_of_one_person_are_proposed_as_one(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "a.txt"
        path.write_text(FIRST + "Ortiz, Dana (Guest): I am back, sorry.\n", encoding="utf-8")
        (row,) = analyzer("inspect", path, "--json").data["files"]
        assert row["one_person"] == [["Dana Ortiz", "Ortiz, Dana (Guest)"]]

    def test_one_refused_file_stops_no_other(self, analyzer: Analyzer, first: Path, tmp_path: Path) -> None:
        (tmp_path / "bad.vtt").write_bytes(b"")
        run = analyzer("inspect", tmp_path / "bad.vtt", first, "--json")
        assert (run.code, run.json["error"]["code"]) == (1, "some_refused")
        assert [row["status"] for row in run.json["data"]["files"]] == ["refused", "would_add"]

    def test_a_file_of_which_much_cannot_be_placed_is_taken_only_when_asked(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "half.vtt"
        path.write_text(vtt_of(FIRST) + "\n" + "stray words of nobody\n" * 8, encoding="utf-8")
        refused = analyzer("inspect", path)
        assert refused.code == 1
        assert "--allow-partial" in refused.err
        (row,) = analyzer("inspect", path, "--allow-partial", "--json").data["files"]
        assert row["coverage"] < 0.9
        assert row["warnings"]


class TestFolders:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        root = tmp_path / "in"
        zoom = root / "2026-03-04 10.02.33 Northgate weekly"
        zoom.mkdir(parents=True)
        (zoom / "audio.vtt").write_text(vtt_of(FIRST), encoding="utf-8")
        (zoom / "video.mp4").write_bytes(b"\0" * 10)
        (root / "2026-04-01 Review.txt").write_text(SECOND, encoding="utf-8")
        (root / ".hidden.txt").write_text(FIRST, encoding="utf-8")
        (root / "broken.vtt").write_bytes(b"")
        return root

    def test_a_folder_stands_for_the_transcripts_below_it(self, analyzer: Analyzer, folder: Path) -> None:
        run = analyzer("upload", folder, "--client", "Northgate", "--us", "Priya Raman", "--json")
        assert run.json["error"]["code"] == "some_refused"
        rows = {Path(row["file"]).name: row for row in run.json["data"]["meetings"]}
        assert {name: row["status"] for name, row in rows.items()} == {
            "audio.vtt": "added",
            "2026-04-01 Review.txt": "added",
            "broken.vtt": "refused",
        }
        passed = next(w for w in run.json["warnings"] if w["code"] == "passed_over")
        assert "1 .mp4" in passed["message"]

    def test_a_folders_name_gives_date_and_title(self, analyzer: Analyzer, folder: Path) -> None:
        rows = analyzer("inspect", folder, "--pattern", "*.vtt", "--json").json["data"]["files"]
        row = next(row for row in rows if row["file"].endswith("audio.vtt"))
        assert (row["date"], row["date_source"]) == ("2026-03-04", "folder name")
        assert (row["title"], row["title_source"]) == ("Northgate weekly", "folder name")

    def test_lock_files_of_an_open_document_are_passed_over(self, analyzer: Analyzer, folder: Path) -> None:
        (folder / "~$view.docx").write_bytes(b"locked")
        rows = analyzer("inspect", folder, "--json").json["data"]["files"]
        assert not any("~$" in row["file"] for row in rows)

    def test_a_pattern_chooses(self, analyzer: Analyzer, folder: Path) -> None:
        rows = analyzer("inspect", folder, "--pattern", "*Review*", "--json").data["files"]
        assert [Path(row["file"]).name for row in rows] == ["2026-04-01 Review.txt"]

    def test_a_folder_without_transcripts_stops_no_other_file(self, analyzer: Analyzer, first: Path, tmp_path: Path) -> None:
        (tmp_path / "none").mkdir()
        run = analyzer("upload", tmp_path / "none", first, "--client", "X", "--json")
        assert run.json["error"]["code"] == "some_refused"
        assert [row["status"] for row in run.json["data"]["meetings"]] == ["refused", "added"]
        assert "no transcript in this folder" in analyzer("upload", tmp_path / "none", "--client", "X").err

    def test_piped_nothing_is_filed_by_a_guess(self, analyzer: Analyzer, folder: Path) -> None:
        analyzer("upload", folder / "2026-04-01 Review.txt", "--client", "Northgate", "--us", "Priya Raman")
        run = analyzer("upload", folder / "2026-03-04 10.02.33 Northgate weekly" / "audio.vtt", "--us", "Priya Raman", "--json")
        assert run.json["error"]["code"] == "needs_client"
        assert "Northgate" in run.json["error"]["message"]
        assert len(analyzer("meetings", "--json").data["meetings"]) == 1


class TestUnfiled:
    def test_what_is_unfiled_is_kept_and_appears_nowhere(self, analyzer: Analyzer, first: Path, tmp_path: Path) -> None:
        (tmp_path / "b.txt").write_text(SECOND, encoding="utf-8")
        analyzer("upload", tmp_path / "b.txt", "--client", "Northgate", "--us", "Priya Raman", "--date", "2026-04-01")
        run = analyzer("upload", first, "--unfiled", "--us", "Priya Raman", "--json")
        row = run.data["meetings"][0]
        assert (row["client"], row["slug"]) == (None, "unfiled-2026-03-04")
        assert any(w["code"] == "unfiled" for w in run.json["warnings"])
        assert "finance chief" not in analyzer("brief", "northgate").out
        assert analyzer("search", "finance chief", "--all-clients", "--json").data["searched"]["meetings"] == 1
        assert [c["meetings"] for c in analyzer("clients", "--json").data["clients"]] == [1]
        assert "finance chief" in analyzer("show", "unfiled-2026-03-04").out

    def test_an_unfiled_meeting_is_read_by_nobody_until_it_is_filed(self, analyzer: Analyzer, first: Path) -> None:
        """Whether its words may go to a model is for its client to say."""
        run = analyzer("upload", first, "--unfiled", "--us", "Priya Raman", "--engine", "llm", "--json")
        assert run.code == 0
        assert not any(w["code"] == "words_leave" for w in run.json["warnings"])
        assert analyzer("meetings", "--json").data["meetings"][0]["readings"] == []


class TestStandardInput:
    @pytest.fixture
    def piped(self, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
        """An upload of what stands on standard input."""

        def run(data: bytes, *more: str) -> Run:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
            return analyzer("upload", "-", "--json", *more)

        return run

    def test_a_transcript_can_be_piped_in(self) -> None:
        command = [sys.executable, "-m", "analyzer", "upload", "-", "--json", "--client", "Northgate", "--us", "Priya Raman"]
        done = subprocess.run([*command, "--date", "2026-03-04"], input=FIRST.encode(), capture_output=True, check=False)
        row = json.loads(done.stdout)["data"]["meetings"][0]
        assert (row["file"], row["status"], row["slug"]) == ("standard input", "added", "northgate-2026-03-04")

    def test_more_than_the_bound_is_refused_at_the_door(
        self, analyzer: Analyzer, piped: Callable[..., Run], tmp_path: Path
    ) -> None:
        run = piped(b"Dana: so\n" * (MAX_BYTES // 9 + 1), "--client", "Northgate")
        assert "larger than 50 MB" in run.json["error"]["message"]
        with (tmp_path / "big.txt").open("wb") as file:
            file.truncate(MAX_BYTES + 1)
        assert "larger than 50 MB" in analyzer("upload", tmp_path / "big.txt", "--client", "Northgate").err

    def test_nothing_piped_in_is_refused(self, piped: Callable[..., Run]) -> None:
        run = piped(b"", "--client", "Northgate")
        assert run.code == 1
        assert "is empty" in run.json["error"]["message"]


class TestTheSameMeetingAgain:
    def test_another_export_is_a_duplicate_and_never_doubled(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST), encoding="utf-8")
        (row,) = analyzer("upload", other, "--client", "Northgate", "--us", "Priya Raman", "--json").data["meetings"]
        assert (row["status"], row["id"]) == ("duplicate", None)
        assert (row["same_as"]["id"], row["same_as"]["shared"]) == (northgate, 1.0)
        assert len(analyzer("meetings", "--json").data["meetings"]) == 1

    def test_a_corrected_export_replaces_when_asked_and_everything_else_stays(
        self, analyzer: Analyzer, northgate: str, tmp_path: Path
    ) -> None:
        analyzer("amend", northgate, "--title", "The kickoff")
        other = tmp_path / "2027-01-01 export.vtt"
        other.write_text(vtt_of(FIRST.replace("lawyer", "solicitor")), encoding="utf-8")
        run = analyzer("upload", other, "--client", "Northgate", "--replace", "--json")
        (row,) = run.data["meetings"]
        assert (row["status"], row["id"], row["title"], row["date"]) == ("replaced", northgate, "The kickoff", "2026-03-04")
        shown = analyzer("show", northgate, "--json").data
        assert any("solicitor" in turn["text"] for turn in shown["turns"])
        assert shown["turns"][0]["start"] == 0.0
        assert {s["name"]: s["side"] for s in shown["speakers"]} == {"Priya Raman": "ours", "Dana Ortiz": "theirs"}
        assert row["read_by"] == "offline"
        hits = analyzer("search", "solicitor", "--client", "northgate", "--json").data["hits"]
        assert any("solicitor" in hit["text"] for hit in hits)
        assert not any("lawyer" in hit["text"] for hit in hits)

    def test_a_replacement_is_taken_back_with_what_was_changed_since(
        self, analyzer: Analyzer, northgate: str, tmp_path: Path
    ) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST.replace("lawyer", "solicitor")), encoding="utf-8")
        analyzer("brief", "northgate", "-o", tmp_path / "prep.md")
        run = analyzer("upload", other, "--replace", "--json")
        assert any(str(tmp_path / "prep.md") in w["message"] for w in run.json["warnings"])
        analyzer("speakers", "rename", northgate, "Dana Ortiz", "Dana Bell")
        undone = analyzer("clients", "undo", "--json").data
        assert undone["kind"] == "replace"
        shown = analyzer("show", northgate, "--json").data
        assert any("lawyer" in turn["text"] for turn in shown["turns"])
        assert {s["name"] for s in shown["speakers"]} == {"Priya Raman", "Dana Bell"}
        assert analyzer("clients", "undo").code == 1
        assert analyzer("meetings", "--json").data["meetings"][0]["readings"] == ["offline"]

    def test_a_dry_run_replaces_nothing(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST.replace("lawyer", "solicitor")), encoding="utf-8")
        (row,) = analyzer("upload", other, "--replace", "--dry-run", "--json").data["meetings"]
        assert (row["status"], row["same_as"]["id"]) == ("duplicate", northgate)
        assert analyzer("show", northgate, "--json").data["revision"] == 1

    def test_a_meeting_kept_before_there_were_sketches_is_found_by_its_words(
        self, analyzer: Analyzer, northgate: str, home: Path, tmp_path: Path
    ) -> None:
        with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
            connection.execute("UPDATE originals SET sketch = NULL")
            connection.commit()
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST), encoding="utf-8")
        (row,) = analyzer("upload", other, "--client", "Northgate", "--json").data["meetings"]
        assert (row["status"], row["same_as"]["id"]) == ("duplicate", northgate)
        with closing(sqlite3.connect(home / "record.sqlite3")) as connection:
            assert connection.execute("SELECT sketch FROM originals").fetchone()[0]

    def test_who_is_ours_can_be_said_with_a_replacement(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST), encoding="utf-8")
        (row,) = analyzer("upload", other, "--replace", "--us", "Dana Ortiz", "--json").data["meetings"]
        assert row["id"] == northgate
        assert {s["name"]: s["side"] for s in row["speakers"]} == {"Priya Raman": "theirs", "Dana Ortiz": "ours"}

    def test_a_change_that_cannot_be_done_again_is_told(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        analyzer("speakers", "assign", northgate, "Lou Fry", "2")
        other = tmp_path / "export.vtt"
        without_it = "".join(line for line in FIRST.splitlines(keepends=True) if "Who drew it" not in line)
        other.write_text(vtt_of(without_it), encoding="utf-8")
        run = analyzer("upload", other, "--replace", "--json")
        (told,) = [w["message"] for w in run.json["warnings"] if w["code"] == "edit_missed"]
        assert "turn 2" in told
        assert "Lou Fry" not in {s["name"] for s in run.data["meetings"][0]["speakers"]}
        shown = analyzer("speakers", "undo", northgate, "--json").data["meetings"][0]
        assert shown["edits"] == []

    def test_sides_of_numbered_voices_are_not_carried_to_another_numbering(self, analyzer: Analyzer, tmp_path: Path) -> None:
        numbered = FIRST.replace("Priya Raman", "Speaker 1").replace("Dana Ortiz", "Speaker 2")
        swapped = FIRST.replace("Priya Raman", "Speaker 2").replace("Dana Ortiz", "Speaker 1")
        (tmp_path / "2026-03-04 a.txt").write_text(numbered, encoding="utf-8")
        (tmp_path / "2026-03-04 b.txt").write_text(swapped, encoding="utf-8")
        analyzer("upload", tmp_path / "2026-03-04 a.txt", "--client", "N", "--us", "Speaker 1")
        run = analyzer("upload", tmp_path / "2026-03-04 b.txt", "--replace", "--json")
        assert {s["side"] for s in run.data["meetings"][0]["speakers"]} == {"unknown"}
        assert any(w["code"] == "sides_unknown" for w in run.json["warnings"])

    def test_another_clients_meeting_is_never_replaced(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST.replace("lawyer", "solicitor")), encoding="utf-8")
        run = analyzer("upload", other, "--client", "Halden", "--replace")
        assert run.code == 1
        assert "filed under Northgate" in run.err
        assert "lawyer" in analyzer("show", northgate).out

    def test_of_several_exports_none_takes_the_place_unasked(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        for n, word in enumerate(("solicitor", "notary")):
            (tmp_path / f"export {n}.vtt").write_text(vtt_of(FIRST.replace("lawyer", word)), encoding="utf-8")
        run = analyzer("upload", *sorted(tmp_path.glob("export*")), "--replace", "--json")
        assert [row["status"] for row in run.data["meetings"]] == ["duplicate", "duplicate"]
        assert any(w["code"] == "several_exports" for w in run.json["warnings"])
        assert "lawyer" in analyzer("show", northgate).out

    def test_of_two_exports_in_one_upload_the_one_that_tells_more_is_kept(self, analyzer: Analyzer, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text(FIRST.replace("lawyer", "solicitor"), encoding="utf-8")
        turns = [dict(zip(("speaker", "text"), line.split(": ", 1), strict=True)) for line in FIRST.splitlines()]
        told = {"client": "Corvane Trust", "date": "2026-01-15", "turns": turns}
        (tmp_path / "b.json").write_text(json.dumps(told), encoding="utf-8")
        run = analyzer("upload", tmp_path / "a.txt", tmp_path / "b.json", "--json")
        assert [row["status"] for row in run.data["meetings"]] == ["duplicate", "added"]
        assert run.data["meetings"][1]["slug"] == "corvane-trust-2026-01-15"
        assert run.data["meetings"][0]["same_as"]["id"] == run.data["meetings"][1]["id"]
        assert 0.9 < run.data["meetings"][0]["same_as"]["shared"] < 1

    def test_a_corrected_export_is_never_told_as_all_the_same(self, analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST.replace("lawyer", "solicitor")), encoding="utf-8")
        out = analyzer("inspect", other).out
        assert northgate[:2] == "m_"
        assert "of its words are those of northgate-2026-03-04" in out
        assert "all of its words" not in out
        assert "known     100%" not in out

    def test_the_former_file_is_still_known_and_can_be_put_back(
        self, analyzer: Analyzer, northgate: str, first: Path, tmp_path: Path
    ) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST.replace("lawyer", "solicitor")), encoding="utf-8")
        analyzer("upload", other, "--client", "Northgate", "--replace")
        (row,) = analyzer("upload", first, "--client", "Northgate", "--json").data["meetings"]
        assert (row["status"], row["id"]) == ("unchanged", northgate)
        (back,) = analyzer("upload", first, "--client", "Northgate", "--replace", "--json").data["meetings"]
        assert back["status"] == "replaced"
        assert "lawyer" in analyzer("show", northgate).out

    def test_what_was_changed_about_speakers_is_done_again_on_the_new_export(
        self, analyzer: Analyzer, northgate: str, tmp_path: Path
    ) -> None:
        analyzer("speakers", "rename", northgate, "Dana Ortiz", "Dana Ortiz-Bell")
        analyzer("speakers", "assign", northgate, "Lou Fry", "3")
        analyzer("sides", northgate, "--other", "Lou Fry")
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST), encoding="utf-8")
        analyzer("upload", other, "--client", "Northgate", "--replace")
        speakers = analyzer("speakers", "show", northgate, "--json").data["meetings"][0]["speakers"]
        assert {s["name"]: s["side"] for s in speakers} == {
            "Priya Raman": "ours",
            "Dana Ortiz-Bell": "theirs",
            "Lou Fry": "other",
        }

    def test_two_exports_in_one_upload_become_one_meeting(self, analyzer: Analyzer, first: Path, tmp_path: Path) -> None:
        other = tmp_path / "export.vtt"
        other.write_text(vtt_of(FIRST), encoding="utf-8")
        rows = analyzer("upload", first, other, "--client", "Northgate", "--json").data["meetings"]
        assert [row["status"] for row in rows] == ["added", "duplicate"]
        assert rows[1]["same_as"]["id"] == rows[0]["id"]
        dry = analyzer("upload", first, other, "--client", "Meridian", "--dry-run", "--json").data["meetings"]
        assert [row["status"] for row in dry] == ["unchanged", "duplicate"]

    @pytest.mark.usefixtures("northgate")
    def test_another_meeting_of_the_same_people_is_no_duplicate(self, analyzer: Analyzer, tmp_path: Path) -> None:
        other = tmp_path / "2026-04-01 Review.txt"
        other.write_text(SECOND, encoding="utf-8")
        (row,) = analyzer("upload", other, "--client", "Northgate", "--json").data["meetings"]
        assert row["status"] == "added"

    def test_the_same_bytes_read_again_without_a_change_stay_as_they_are(
        self, analyzer: Analyzer, northgate: str, first: Path
    ) -> None:
        (row,) = analyzer("upload", first, "--replace", "--json").data["meetings"]
        assert row["status"] == "unchanged"
        assert analyzer("show", northgate, "--json").data["revision"] == 1


def test_people_of_another_client_are_a_warning_before_it_becomes_a_leak(
    analyzer: Analyzer, northgate: str, tmp_path: Path
) -> None:
    other = tmp_path / "2026-04-01 Review.txt"
    other.write_text(SECOND, encoding="utf-8")
    run = analyzer("upload", other, "--client", "Meridian", "--us", "Priya Raman", "--json")
    assert run.data["meetings"][0]["status"] == "added"
    told = next(w["message"] for w in run.json["warnings"] if w["code"] == "other_client")
    assert "Dana Ortiz spoke in 1 of its meetings" in told
    assert "analyzer move" in told


def test_a_file_that_names_another_client_is_told(analyzer: Analyzer, tmp_path: Path) -> None:
    turns = [{"speaker": "Priya", "text": "Hello."}, {"speaker": "Dana", "text": "Good morning."}]
    (tmp_path / "a.json").write_text(json.dumps({"client": "Corvane Trust", "turns": turns}), encoding="utf-8")
    run = analyzer("upload", tmp_path / "a.json", "--client", "Halden", "--date", "2026-01-15", "--json")
    assert run.data["meetings"][0]["client_name"] == "Halden"
    assert any("Corvane Trust" in w["message"] for w in run.json["warnings"] if w["code"] == "file_says_otherwise")


def test_an_unfiled_meeting_is_pointed_to_its_client_when_uploaded_again(analyzer: Analyzer, first: Path) -> None:
    analyzer("upload", first, "--unfiled")
    run = analyzer("upload", first, "--client", "Halden", "--json")
    told = next(w["message"] for w in run.json["warnings"] if w["code"] == "filed_elsewhere")
    assert 'analyzer move unfiled-2026-03-04 "Halden"' in told
    assert analyzer("upload", first, "--client", "Halden", "--unfiled").code == 2


@pytest.mark.parametrize("name", ["-", "---", "  ", "..."])
def test_a_client_needs_letters(analyzer: Analyzer, first: Path, name: str) -> None:
    assert analyzer("upload", first, "--client", name).code == 2


def test_a_refused_file_is_named_as_it_was_given(analyzer: Analyzer, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "notes.md").write_text("Just a paragraph about nothing, without any speaker.")
    run = analyzer("upload", tmp_path / "folder" / "notes.md", "--client", "X")
    assert str(tmp_path / "folder" / "notes.md") in run.err


def test_a_file_name_steers_no_terminal_and_breaks_no_line(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mb\nc 2026-03-04.txt"
    path.write_text(FIRST, encoding="utf-8")
    run = analyzer("upload", path, "--client", "X", "--us", "Priya Raman")
    assert run.code == 0
    assert "\x1b" not in run.out + run.err
    assert len([line for line in run.out.splitlines() if line.startswith("added")]) == 1


def test_a_file_taken_in_part_is_known_again(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "half.vtt"
    path.write_text(vtt_of(FIRST) + "\n" + "stray words of nobody\n" * 8, encoding="utf-8")
    analyzer("upload", path, "--allow-partial", "--client", "X", "--date", "2026-03-04")
    assert analyzer("upload", path, "--client", "X", "--json").data["meetings"][0]["status"] == "unchanged"


@pytest.mark.parametrize(
    ("name", "proposed"), [("Raman Studio", ""), ("Acme Foods", "Acme Foods"), ("guest", ""), ("CFO; remote", "")]
)
def test_our_own_company_and_remarks_propose_no_client(analyzer: Analyzer, tmp_path: Path, name: str, proposed: str) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Priya Raman")
    (tmp_path / "transcripts").mkdir()
    path = tmp_path / "transcripts" / "a.txt"
    path.write_text(FIRST.replace("Dana Ortiz:", f"Dana Ortiz ({name}):"), encoding="utf-8")
    (row,) = analyzer("inspect", path, "--json").data["files"]
    assert (row["proposal"] or {"client_name": ""})["client_name"] == proposed


def test_reasons_for_two_clients_propose_neither(analyzer: Analyzer, northgate: str, tmp_path: Path) -> None:
    assert northgate
    path = tmp_path / "b.txt"
    path.write_text(SECOND.replace("Priya Raman:", "Priya Raman (Acme Foods):"), encoding="utf-8")
    (row,) = analyzer("inspect", path, "--json").data["files"]
    assert row["proposal"]["client_name"] == ""
    assert "Acme Foods" in row["proposal"]["why"]
    assert "Dana Ortiz spoke in 1 of its meetings" in row["proposal"]["why"]


def test_an_address_proposes_the_client_and_the_side(analyzer: Analyzer, tmp_path: Path) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Priya Raman")
    speakers = (("Tom", "tom@raman-studio.com"), ("Dana", "dana@mail.northgate.co.uk"))
    said = [
        {"speaker": {"display_name": who, "matched_calendar_invitee_email": mail}, "text": "Hello.", "timestamp": f"00:00:0{n}"}
        for n, (who, mail) in enumerate(speakers, 1)
    ]
    (tmp_path / "a.json").write_text(json.dumps(said), encoding="utf-8")
    (row,) = analyzer("inspect", tmp_path / "a.json", "--json").data["files"]
    assert row["proposal"]["client_name"] == "northgate"
    assert {s["name"]: s["likely"] for s in row["speakers"]} == {"Tom": "ours", "Dana": "theirs"}


def test_doubts_stand_in_the_text_too(analyzer: Analyzer, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(FIRST + "Ortiz, Dana (Guest): I am back, sorry.\n", encoding="utf-8")
    assert "one person? Dana Ortiz / Ortiz, Dana (Guest)" in analyzer("inspect", tmp_path / "a.txt").out
    (tmp_path / "b.txt").write_text("[Dana]: Hello.\n[Dana]: I speak to myself.\n[Dana]: So.\n", encoding="utf-8")
    assert "read at low confidence" in analyzer("inspect", tmp_path / "b.txt").out


def test_the_formats_are_listed_with_how_to_export_them(analyzer: Analyzer) -> None:
    listed = analyzer("formats", "--json").data["formats"]
    assert {"webvtt", "otter", "srt", "text", "whisper"} <= {row["name"] for row in listed}
    assert all(row["export"] and row["reads"] for row in listed)
    assert "unconfirmed" in analyzer("formats").out
