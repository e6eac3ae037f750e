"""Putting sides right, for one meeting or from the practice."""

import shutil
from pathlib import Path

import pytest

from tests.running import Analyzer, Begin

TEXT = """Priya: Shall we begin with what would be different by the summer?
Dana Ortiz: The structure is drawn already. I need my finance chief to hear it from you.
Priya: So it is decided?
Dana Ortiz: It is decided, yes. What matters is that it comes from outside.
"""


@pytest.fixture
def slug(analyzer: Analyzer, begun: Begin, tmp_path: Path) -> str:
    """A stored meeting in which nobody is known to be ours."""
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT, encoding="utf-8")
    begun(__name__, lambda: analyzer("upload", path, "--client", "Ortiz Foods", "--json").data)
    return "ortiz-foods-2026-03-04"


def sides_of(analyzer: Analyzer, slug: str) -> dict[str, str]:
    return {s["name"]: s["side"] for s in analyzer("sides", slug, "--json").data["meetings"][0]["speakers"]}


def test_naming_ours_makes_the_others_theirs_in_a_new_revision(analyzer: Analyzer, slug: str) -> None:
    row = analyzer("sides", slug, "--us", "priya", "--json").data["meetings"][0]
    assert (row["changed"], row["revision"]) == (True, 2)
    assert sides_of(analyzer, slug) == {"Priya": "ours", "Dana Ortiz": "theirs"}
    assert [t["side"] for t in analyzer("show", slug, "--json").data["turns"]] == ["ours", "theirs"] * 2


def test_naming_our_side_anew_takes_back_an_earlier_slip(analyzer: Analyzer, slug: str) -> None:
    analyzer("sides", slug, "--us", "Dana Ortiz")
    analyzer("sides", slug, "--us", "Priya")
    assert sides_of(analyzer, slug) == {"Priya": "ours", "Dana Ortiz": "theirs"}


def test_a_damaged_practice_is_told_before_anything_changes(analyzer: Analyzer, slug: str, home: Path) -> None:
    (home / "practice.toml").write_text("name = [", encoding="utf-8")
    assert analyzer("sides", slug, "--us", "Priya").code == 1
    (home / "practice.toml").unlink()
    assert set(sides_of(analyzer, slug).values()) == {"unknown"}


def test_saying_the_same_again_changes_nothing(analyzer: Analyzer, slug: str) -> None:
    analyzer("sides", slug, "--us", "Priya")
    row = analyzer("sides", slug, "--us", "Priya", "--json").data["meetings"][0]
    assert (row["changed"], row["revision"]) == (False, 2)


def test_new_sides_are_read_anew(analyzer: Analyzer, slug: str) -> None:
    before = analyzer("motives", slug, "--json").data
    assert {s["level"] for s in before["signs"]} == {"insufficient"}
    analyzer("sides", slug, "--us", "Priya")
    row = next(m for m in analyzer("meetings", "--json").data["meetings"] if m["slug"] == slug)
    assert row["readings"] == ["offline"]


def test_a_shared_microphone_raises_no_sign(analyzer: Analyzer, slug: str) -> None:
    analyzer("sides", slug, "--us", "Priya", "--mixed", "Dana Ortiz")
    assert sides_of(analyzer, slug)["Dana Ortiz"] == "mixed"
    assert not any(s["evidence"] for s in analyzer("motives", slug, "--json").data["signs"])


def test_a_name_nobody_has_is_refused_with_the_names_there_are(analyzer: Analyzer, slug: str) -> None:
    run = analyzer("sides", slug, "--us", "Someone")
    assert run.code == 1
    assert "Dana Ortiz" in run.err
    assert "unknown" in set(sides_of(analyzer, slug).values())


def test_one_speaker_cannot_be_on_two_sides(analyzer: Analyzer, slug: str) -> None:
    assert analyzer("sides", slug, "--us", "Priya", "--them", "Priya").code == 2


def test_a_new_person_of_ours_is_offered_for_older_meetings(analyzer: Analyzer, slug: str) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Tom Ellery")
    run = analyzer("practice", "add", "Priya", "--json")
    assert run.data["older_meetings"] == [slug]
    assert any("analyzer sides --from-practice" in w["message"] for w in run.json["warnings"])
    assert set(sides_of(analyzer, slug).values()) == {"unknown"}
    analyzer("sides", "--from-practice")
    assert sides_of(analyzer, slug) == {"Priya": "ours", "Dana Ortiz": "theirs"}


def test_new_sides_are_kept_and_read_when_the_index_cannot_be_written(analyzer: Analyzer, slug: str, home: Path) -> None:
    for folder in (home / "index").iterdir():
        shutil.rmtree(folder)
        folder.write_text("in the way", encoding="utf-8")
    run = analyzer("sides", slug, "--us", "Priya", "--json")
    assert run.data["meetings"][0]["changed"]
    assert any(w["code"] == "index_pending" for w in run.json["warnings"])
    row = next(m for m in analyzer("meetings", "--json").data["meetings"] if m["slug"] == slug)
    assert row["readings"] == ["offline"]


def test_words_of_nobody_stay_nobodys(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "2026-03-04 Kickoff.vtt"
    cues = ["Priya: Shall we begin?", "The structure is drawn already.", "Dana: Yes."]
    stamps = [f"00:00:{n * 20:02}.000 --> 00:00:{n * 20 + 5:02}.000\n{cue}\n" for n, cue in enumerate(cues)]
    path.write_text("WEBVTT\n\n" + "\n".join(stamps), encoding="utf-8")
    slug = analyzer("upload", path, "--client", "Ortiz", "--json").data["meetings"][0]["slug"]
    analyzer("sides", slug, "--us", "Priya")
    assert sides_of(analyzer, slug) == {"Priya": "ours", "Unknown speaker": "unknown", "Dana": "theirs"}


def test_a_side_set_by_hand_is_left_alone_when_somebody_else_joins_the_practice(analyzer: Analyzer, slug: str) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Dana Ortiz")
    analyzer("sides", slug, "--us", "Priya", "--them", "Dana Ortiz")
    assert analyzer("practice", "add", "Ana Ray", "--yes", "--json").data["older_meetings"] == []
    assert sides_of(analyzer, slug) == {"Priya": "ours", "Dana Ortiz": "theirs"}


def test_yes_puts_older_meetings_right_at_once(analyzer: Analyzer, slug: str) -> None:
    analyzer("init", "--name", "Raman Studio", "--person", "Tom Ellery")
    analyzer("practice", "add", "Priya", "--yes")
    assert sides_of(analyzer, slug)["Priya"] == "ours"
