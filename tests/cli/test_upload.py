"""Uploading transcripts as a user does it: what is stored, what is refused, what is told."""

from pathlib import Path

import pytest

from tests.running import Analyzer

VTT = """WEBVTT

1
00:00:01.000 --> 00:00:05.000
Priya Raman: What would you like to be different by the summer?

2
00:00:06.000 --> 00:00:12.000
Dana Ortiz: The structure is drawn already, I need my finance chief to hear it from you.
"""


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    path = tmp_path / "2026-03-04 Kickoff.vtt"
    path.write_text(VTT, encoding="utf-8")
    return path


def test_a_transcript_is_stored_with_client_date_title_and_sides(analyzer: Analyzer, transcript: Path) -> None:
    row = analyzer("upload", transcript, "--client", "Ortiz Foods", "--us", "priya raman", "--json").data["meetings"][0]
    assert row["status"] == "added"
    assert row["client_name"] == "Ortiz Foods"
    assert row["date"] == "2026-03-04"
    assert row["turns"] == 2
    assert [(s["name"], s["side"]) for s in row["speakers"]] == [("Priya Raman", "ours"), ("Dana Ortiz", "theirs")]
    assert row["coverage"] == 1.0
    assert row["read_by"] == "offline"


def test_uploading_the_same_file_again_changes_nothing(analyzer: Analyzer, transcript: Path, tmp_path: Path) -> None:
    first = analyzer("upload", transcript, "--client", "Ortiz", "--us", "Priya Raman", "--json").data["meetings"][0]
    copy = tmp_path / "another name.vtt"
    copy.write_bytes(transcript.read_bytes())
    again = analyzer("upload", copy, "--client", "Ortiz", "--json").data["meetings"][0]
    assert (again["status"], again["id"]) == ("unchanged", first["id"])
    assert len(analyzer("meetings", "--json").data["meetings"]) == 1


def test_a_dry_run_stores_nothing(analyzer: Analyzer, transcript: Path, home: Path) -> None:
    row = analyzer("upload", transcript, "--client", "Ortiz", "--dry-run", "--json").data["meetings"][0]
    assert (row["status"], row["id"], row["turns"]) == ("would_add", None, 2)
    assert analyzer("clients", "--json").data["clients"] == []
    assert not (home / "index").exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.vtt", b"", "empty"),
        ("recording.vtt", bytes(range(256)) * 40, "not text|binary"),
        ("notes.txt", b"Just a paragraph about nothing in particular, without any speaker.", "transcript"),
    ],
)
def test_a_bad_file_is_refused_by_name_and_leaves_nothing(
    analyzer: Analyzer, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    run = analyzer("upload", tmp_path / name, "--client", "Ortiz", "--json")
    assert run.code == 1
    error = run.json["error"]
    assert name in error["message"]
    assert any(part in error["message"] + error["hint"] for part in reason.split("|")), error
    assert error["hint"]
    assert run.json["data"]["meetings"][0]["status"] == "refused"
    assert analyzer("clients", "--json").data["clients"] == []


def test_in_a_batch_the_good_files_go_on(analyzer: Analyzer, transcript: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.vtt"
    bad.write_bytes(b"")
    run = analyzer("upload", bad, tmp_path / "gone.vtt", transcript, "--client", "Ortiz", "--us", "Priya Raman", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "some_refused"
    assert [row["status"] for row in run.json["data"]["meetings"]] == ["refused", "refused", "added"]


def test_a_reading_that_failed_is_told_beside_a_refused_file(analyzer: Analyzer, transcript: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.vtt"
    bad.write_bytes(b"")
    run = analyzer("upload", bad, transcript, "--client", "Ortiz", "--us", "Priya Raman", "--engine", "llm", "--json")
    assert run.json["error"]["code"] == "some_refused"
    told = next(w["message"] for w in run.json["warnings"] if w["code"] == "not_read")
    assert "1 meeting is stored but not read" in told


def test_without_a_client_a_piped_upload_asks_for_one(analyzer: Analyzer, transcript: Path) -> None:
    run = analyzer("upload", transcript)
    assert run.code == 1
    assert "--client" in run.err
    assert "Kickoff" in run.err


def test_unknown_sides_are_stored_told_and_judge_no_sign(analyzer: Analyzer, transcript: Path) -> None:
    run = analyzer("upload", transcript, "--client", "Ortiz", "--json")
    row = run.data["meetings"][0]
    assert {s["side"] for s in row["speakers"]} == {"unknown"}
    warning = next(w for w in run.json["warnings"] if w["code"] == "sides_unknown")
    assert f"analyzer sides {row['slug']} --us NAME" in warning["message"]
    signs = analyzer("motives", row["slug"], "--json").data["signs"]
    assert {s["level"] for s in signs} == {"insufficient"}
    assert not any(s["evidence"] for s in signs)


def test_a_name_that_nobody_has_is_told_with_the_names_there_are(analyzer: Analyzer, transcript: Path) -> None:
    run = analyzer("upload", transcript, "--client", "Ortiz", "--us", "Somebody Else")
    assert run.code == 1
    assert "Dana Ortiz" in run.err


def test_the_date_of_the_file_is_told_as_a_guess(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "kickoff.vtt"
    path.write_text(VTT, encoding="utf-8")
    run = analyzer("upload", path, "--client", "Ortiz", "--us", "Priya Raman", "--json")
    assert run.data["meetings"][0]["date_source"] == "file time"
    assert any(w["code"] == "date_guessed" for w in run.json["warnings"])
    named = analyzer("upload", path, "--client", "Ortiz", "--date", "2026-02-03", "--json")
    assert named.data["meetings"][0]["status"] == "unchanged"


def test_a_nearly_known_client_name_is_told(analyzer: Analyzer, transcript: Path, tmp_path: Path) -> None:
    analyzer("upload", transcript, "--client", "Northgate", "--us", "Priya Raman")
    other = tmp_path / "2026-03-05 b.vtt"
    other.write_text(VTT.replace("summer", "winter"), encoding="utf-8")
    run = analyzer("upload", other, "--client", "Northgat", "--us", "Priya Raman", "--json")
    assert any(w["code"] == "similar_client" for w in run.json["warnings"])
