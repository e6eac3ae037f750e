"""What a person at a terminal is asked, through a real pseudo-terminal."""

import os
import select
import time
from pathlib import Path

import pytest

from tests.running import EXAMPLES, Analyzer
from tests.warm import warmed

pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX")

TEXT = "Priya: Shall we begin?\nDana Ortiz: The structure is drawn already.\nPriya: So it is decided?\nDana Ortiz: Yes.\n"
PATIENCE = 60  # seconds until what does not come, a prompt or the end, is a failure


def talk(command: list[str], answers: list[tuple[str, str]]) -> str:
    """Run the command on a terminal, giving each answer when its prompt stands there; all that was shown."""
    ours, theirs = pty.openpty()
    process = warmed().start(command, (theirs, theirs, theirs))
    os.close(theirs)
    shown, waiting, until = "", list(answers), time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if waiting and waiting[0][0] in shown.rsplit("\x00", 1)[-1]:
            os.write(ours, f"{waiting.pop(0)[1]}\n".encode())
            shown += "\x00"  # what was answered does not count as a prompt again
        if select.select([ours], [], [], 0.1)[0]:
            try:
                shown += os.read(ours, 4096).decode("utf-8", "replace")
            except OSError:  # Linux ends a pseudo-terminal that nobody holds with an error
                break
        elif process.poll() is not None:
            break
    assert process.wait(timeout=PATIENCE) == 0, shown
    assert not waiting, shown
    return shown


def test_an_upload_asks_whose_meeting_it_is_and_who_is_ours(analyzer: Analyzer, tmp_path: Path) -> None:
    folder = tmp_path / "Ortiz Foods"
    folder.mkdir()
    path = folder / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT, encoding="utf-8")
    talk(["upload", str(path)], [("whose meeting is it", ""), ("Numbers", "7"), ("Numbers", "1")])
    meeting = analyzer("meetings", "--json").data["meetings"][0]
    assert meeting["client_name"] == "Ortiz Foods"
    sides = analyzer("sides", meeting["slug"], "--json").data["meetings"][0]["speakers"]
    assert {s["name"]: s["side"] for s in sides} == {"Priya": "ours", "Dana Ortiz": "theirs"}


def test_a_folder_is_filed_by_one_table_that_can_be_edited(analyzer: Analyzer, tmp_path: Path) -> None:
    folder = tmp_path / "transcripts"
    folder.mkdir()
    for n, words in enumerate(("north", "south", "east", "west"), 1):
        (folder / f"2026-03-0{n} Talk.txt").write_text(TEXT.replace("structure", f"{words} structure") + f"Priya: {words}.\n")
    answers = [
        ("leaves it out", "1 Northgate"),
        ("leaves it out", "2 x"),
        ("leaves it out", "9 Nowhere"),
        ("leaves it out", "3 Meridian"),
        ("leaves it out", "3 -"),
        ("leaves it out", ""),
        ("Numbers", "1"),
    ]
    shown = talk(["upload", str(folder)], answers)
    assert "nothing tells" in shown
    assert "as you said" in shown
    assert "(new)" in shown
    kept = {m["slug"]: m["client_name"] for m in analyzer("meetings", "--json").data["meetings"]}
    assert kept == {"northgate-2026-03-01": "Northgate", "unfiled-2026-03-03": "", "unfiled-2026-03-04": ""}
    sides = analyzer("sides", "northgate-2026-03-01", "--json").data["meetings"][0]["speakers"]
    assert {s["name"]: s["side"] for s in sides} == {"Priya": "ours", "Dana Ortiz": "theirs"}


def test_a_numbered_voice_of_one_file_is_never_taken_for_that_of_another(analyzer: Analyzer, tmp_path: Path) -> None:
    folder = tmp_path / "numbered"
    folder.mkdir()
    numbered = TEXT.replace("Priya", "Speaker 1").replace("Dana Ortiz", "Speaker 2")
    (folder / "2026-03-01 a.txt").write_text(numbered, encoding="utf-8")
    (folder / "2026-03-02 b.txt").write_text(numbered.replace("structure", "budget") + "Speaker 2: So.\n", encoding="utf-8")
    shown = talk(["upload", str(folder), "--client", "Northgate"], [])
    assert "who of these is on your side" not in shown
    for slug in ("northgate-2026-03-01", "northgate-2026-03-02"):
        speakers = analyzer("sides", slug, "--json").data["meetings"][0]["speakers"]
        assert {s["side"] for s in speakers} == {"unknown"}


def test_a_meeting_whose_better_export_was_left_out_is_not_lost(analyzer: Analyzer, tmp_path: Path) -> None:
    folder = tmp_path / "transcripts"
    folder.mkdir()
    long = TEXT * 4
    (folder / "2026-03-01 a.txt").write_text(long, encoding="utf-8")
    (folder / "b.txt").write_text(long.replace("drawn", "made"), encoding="utf-8")
    talk(["upload", str(folder)], [("whose meeting is it", "x")])
    assert [m["slug"] for m in analyzer("meetings", "--json").data["meetings"]] != []


def test_another_export_is_offered_to_take_the_place_of_the_first(analyzer: Analyzer, tmp_path: Path) -> None:
    long = TEXT * 4
    (tmp_path / "2026-03-04 a.txt").write_text(long, encoding="utf-8")
    (tmp_path / "2026-03-04 b.txt").write_text(long.replace("drawn", "made"), encoding="utf-8")
    analyzer("upload", tmp_path / "2026-03-04 a.txt", "--client", "Ortiz", "--us", "Priya")
    talk(["upload", str(tmp_path / "2026-03-04 b.txt")], [("take that one's place", "n")])
    assert "drawn" in analyzer("show", "ortiz-2026-03-04").out
    talk(["upload", str(tmp_path / "2026-03-04 b.txt")], [("take that one's place", "y")])
    assert "drawn" not in analyzer("show", "ortiz-2026-03-04").out
    assert len(analyzer("meetings", "--json").data["meetings"]) == 1


def test_long_work_shows_a_bar_on_the_terminal(practice: Path) -> None:
    assert practice.exists()
    files = map(str, sorted((EXAMPLES / "northgate").iterdir()))
    shown = talk(["upload", *files, "--client", "Everybody"], [])
    assert "uploading" in shown or "reading" in shown
    assert "%" in shown


def test_init_asks_who_we_are(home: Path) -> None:
    talk(["init"], [("name of your practice", "Raman Studio"), ("Who of you", "Priya Raman, Tom Ellery")])
    written = (home / "practice.toml").read_text(encoding="utf-8")
    assert 'name = "Tom Ellery"' in written


def test_practice_add_offers_to_put_older_meetings_right(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT, encoding="utf-8")
    slug = analyzer("upload", path, "--client", "Ortiz", "--json").data["meetings"][0]["slug"]
    analyzer("init", "--name", "Raman Studio", "--person", "Tom Ellery")
    talk(["practice", "add", "Priya"], [("1 older meeting?", "y")])
    sides = analyzer("sides", slug, "--json").data["meetings"][0]["speakers"]
    assert {s["name"]: s["side"] for s in sides} == {"Priya": "ours", "Dana Ortiz": "theirs"}
