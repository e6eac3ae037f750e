"""Words that a person keeps about who said them: listed, found again in a later reading, taken back, and added by nobody else."""

from pathlib import Path
from typing import Any

import pytest

from tests.running import Analyzer, Begin

TEXT = """Priya Raman: How was the summer?
Dana Ortiz: We sailed to Orkney. My daughter steered most of the way.
Priya Raman: I am glad. I was at my sister's wedding, and it rained from the first hour to the last.
Dana Ortiz: Shall we look at the plan then? The structure is drawn already, and my finance chief is to hear of it.
Priya Raman: I would suggest that you walk your team through the draft yourself first.
Dana Ortiz: Group wants to see a review in the pack before the quarter ends, so let us begin with that.
"""
MORE = """Priya Raman: Then let us go through the draft page by page, and I say where I would ask the people on the floor first.
Dana Ortiz: Page one is the sites as they stand, page two is what they cost in a year, and page three is who leads what.
Priya Raman: On page two I miss the cost of the move itself, and on page three the names of the shift leads.
Dana Ortiz: The shift leads are not told yet, and the cost of the move is with finance until the end of the month.
"""
SLUG = "acme-2026-03-04"
SAILED = "We sailed to Orkney. My daughter steered most of the way."


@pytest.fixture
def file(analyzer: Analyzer, begun: Begin, tmp_path: Path) -> Path:
    """A meeting of Acme, stored."""
    path = tmp_path / "2026-03-04 Kickoff.txt"
    path.write_text(TEXT + MORE, encoding="utf-8")
    begun(__name__, lambda: analyzer("upload", path, "--client", "Acme", "--us", "Priya Raman", "--json").data)
    return path


def kept(analyzer: Analyzer, of: str = "acme") -> list[Any]:
    return list(analyzer("remember", of, "--json").data["words"])


@pytest.mark.usefixtures("file")
class TestRemember:
    def test_nothing_is_remembered_that_nobody_kept(self, analyzer: Analyzer) -> None:
        assert kept(analyzer) == []
        assert analyzer("remember", "acme").out == "Nothing is remembered of Acme.\n"

    def test_the_words_of_a_turn_are_kept_with_their_place(self, analyzer: Analyzer) -> None:
        run = analyzer("remember", SLUG, "--turn", "1")
        assert run.out == f"kept: “{SAILED}” Dana Ortiz, 4 Mar 2026\n"
        (row,) = kept(analyzer)
        assert (row["slug"], row["turn"], row["speaker"], row["side"]) == (SLUG, 1, "Dana Ortiz", "theirs")
        assert (row["quote"], row["date"]) == (SAILED, "2026-03-04")
        assert analyzer("remember", "acme").out.splitlines() == [
            f"“{SAILED}”",
            f"    Dana Ortiz, 4 Mar 2026   analyzer show {SLUG} --turn 1",
        ]
        assert kept(analyzer, SLUG) == [row]

    def test_keeping_them_again_changes_nothing_and_they_are_listed_by_turn(self, analyzer: Analyzer) -> None:
        for turn in ("2", "1", "1"):
            assert analyzer("remember", SLUG, "--turn", turn).code == 0
        assert [row["turn"] for row in kept(analyzer)] == [1, 2]

    def test_they_are_taken_back(self, analyzer: Analyzer) -> None:
        analyzer("remember", SLUG, "--turn", "1")
        removed = analyzer("remember", SLUG, "--turn", "1", "--clear", "--json").data["removed"]
        assert (removed["quote"], kept(analyzer)) == (SAILED, [])
        run = analyzer("remember", SLUG, "--turn", "1", "--clear", "--json")
        assert (run.code, run.json["error"]["code"]) == (1, "not_found")

    def test_they_are_found_where_another_file_has_them_and_said_by_whom_it_now_is(self, analyzer: Analyzer, file: Path) -> None:
        analyzer("remember", SLUG, "--turn", "1")
        other = file.with_name("2026-03-04 again.txt")
        other.write_text(
            "Priya Raman: Good morning, I can hear you now.\nDana Ortiz: Good morning.\n" + TEXT + MORE, encoding="utf-8"
        )
        assert analyzer("upload", other, "--client", "Acme", "--replace", "--json").data["meetings"][0]["status"] == "replaced"
        analyzer("speakers", "rename", SLUG, "Dana Ortiz", "Dana Bell")
        (row,) = kept(analyzer)
        assert (row["turn"], row["speaker"], row["quote"]) == (3, "Dana Bell", SAILED)

    def test_words_that_are_no_longer_found_are_told_as_they_were_kept(self, analyzer: Analyzer, file: Path) -> None:
        analyzer("remember", SLUG, "--turn", "1")
        other = file.with_name("2026-03-04 again.txt")
        other.write_text(TEXT.replace(SAILED, "Good.") + MORE, encoding="utf-8")
        assert analyzer("upload", other, "--client", "Acme", "--replace", "--json").data["meetings"][0]["status"] == "replaced"
        (row,) = kept(analyzer)
        assert (row["turn"], row["start"], row["speaker"], row["quote"]) == (None, None, "Dana Ortiz", SAILED)
        assert f"no longer found in {SLUG}" in analyzer("remember", "acme").out

    def test_they_are_in_no_agenda(self, analyzer: Analyzer) -> None:
        analyzer("remember", SLUG, "--turn", "1")
        run = analyzer("agenda", "acme", "--with", "Dana Ortiz")
        assert run.code == 0
        assert "Orkney" not in run.out + run.err

    @pytest.mark.parametrize(
        ("arguments", "told"),
        [
            ((SLUG, "--turn", "10"), "count from 0 to 9"),
            (("acme", "--clear"), "which words"),
            (("nobody",), "no client or meeting"),
            (("nobody", "--turn", "1"), "no client or meeting"),
        ],
        ids=["no turn", "clear alone", "nobody", "no meeting"],
    )
    def test_what_cannot_be_kept_is_refused(self, analyzer: Analyzer, arguments: tuple[str, ...], told: str) -> None:
        run = analyzer("remember", *arguments)
        assert run.code in (1, 2)
        assert told in run.err
        assert kept(analyzer) == []


def test_long_words_are_kept_whole_and_shown_short(analyzer: Analyzer, tmp_path: Path) -> None:
    path = tmp_path / "2026-03-04 Long.txt"
    long = " ".join(f"word{n}" for n in range(90))
    path.write_text(f"Priya Raman: Tell me.\nDana Ortiz: {long}\nPriya Raman: Yes.\n", encoding="utf-8")
    analyzer("upload", path, "--client", "Acme", "--us", "Priya Raman")
    shown = analyzer("remember", SLUG, "--turn", "1").out
    assert "word44 […]" in shown
    assert "word45" not in shown
    assert [row["quote"] for row in kept(analyzer)] == [long]
