"""Whose word it is: what a person writes carries the author that is set, and is shown where that is somebody else."""

from collections.abc import Callable

import pytest

from tests.running import Analyzer

MEETING = "northgate-logistics-2025-09-17"
Author = Callable[[str], None]


@pytest.fixture
def author(monkeypatch: pytest.MonkeyPatch) -> Author:
    return lambda name: monkeypatch.setenv("ANALYZER_AUTHOR", name)


@pytest.mark.usefixtures("two_clients")
class TestAuthors:
    def test_a_note_of_another_is_told_with_the_name(self, analyzer: Analyzer, author: Author) -> None:
        author("Priya Raman")
        analyzer("note", "northgate", "The board met.", "--date", "2026-01-12")
        assert analyzer("note", "northgate").out == "   1  12 Jan 2026  event: The board met.\n"
        assert analyzer("note", "northgate", "--json").data["notes"][0]["author"] is None
        author("Jörg Weiß")
        assert analyzer("note", "northgate").out == "   1  12 Jan 2026  event by Priya Raman: The board met.\n"
        assert analyzer("note", "northgate", "--json").data["notes"][0]["author"] == "Priya Raman"

    def test_what_nobody_signed_is_ones_own(self, analyzer: Analyzer, author: Author) -> None:
        analyzer("note", "northgate", "The board met.")
        author("Jörg Weiß")
        assert analyzer("note", "northgate", "--json").data["notes"][0]["author"] is None

    def test_a_verdict_of_another_is_told_with_the_name_and_counts_for_no_record_of_ones_own(
        self, analyzer: Analyzer, author: Author
    ) -> None:
        author("Priya Raman")
        analyzer("verdict", MEETING, "1", "none", "--note", "He meant the other firm.")
        assert "Your own verdict" in analyzer("motives", MEETING).out
        author("Jörg Weiß")
        told = analyzer("motives", MEETING)
        assert "A verdict by Priya Raman: none" in told.out
        assert "Your own verdict" not in told.out
        data = analyzer("motives", MEETING, "--json").data
        assert next(row["person"]["author"] for row in data["signs"] if row["person"]) == "Priya Raman"
        assert data["track_record"] == []

    def test_a_word_of_ones_own_in_its_place_is_ones_own(self, analyzer: Analyzer, author: Author) -> None:
        author("Priya Raman")
        analyzer("verdict", MEETING, "1", "none")
        author("Jörg Weiß")
        analyzer("verdict", MEETING, "1", "weak")
        assert "Your own verdict: weak" in analyzer("motives", MEETING).out

    def test_the_brief_says_who_noted_and_decided(self, analyzer: Analyzer, author: Author) -> None:
        author("Priya Raman")
        analyzer("note", "northgate", "The board met.", "--date", "2026-01-12")
        analyzer("decide", "northgate", "take", "--date", "2026-01-13")
        mine = analyzer("brief", "northgate", "--date", "2026-02-01").out
        assert "You noted on 12 Jan 2026" in mine
        assert "What you decided" in mine
        author("Jörg Weiß")
        theirs = analyzer("brief", "northgate", "--date", "2026-02-01").out
        assert "Priya Raman noted on 12 Jan 2026" in theirs
        assert "What was decided" in theirs
        assert "on 13 Jan 2026 by Priya Raman" in theirs
        data = analyzer("brief", "northgate", "--date", "2026-02-01", "--json").data
        assert data["decision"]["author"] == data["notes"][0]["author"] == "Priya Raman"

    def test_an_outcome_of_another_is_told_with_the_name(self, analyzer: Analyzer, author: Author) -> None:
        given = analyzer("motives", "northgate", "--json").data["recommendations"][0]["id"]
        author("Priya Raman")
        assert analyzer("outcome", given, "adopted", "--note", "Seen in their plan.").code == 0
        author("Jörg Weiß")
        assert "Priya Raman: Seen in their plan." in analyzer("motives", "northgate").out


@pytest.mark.parametrize("name", ["two\nlines", "\x1b[31mred", "x" * 121])
def test_an_author_is_a_name(analyzer: Analyzer, author: Author, name: str) -> None:
    author(name)
    refused = analyzer("clients", "--json")
    assert refused.json["error"]["code"] == "settings"
    assert "ANALYZER_AUTHOR must be a name" in refused.json["error"]["message"]
