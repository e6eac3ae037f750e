"""Search and ask, over the examples."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.running import Analyzer


@pytest.mark.usefixtures("two_clients")
class TestSearch:
    def test_the_passage_asked_for_comes_first_with_its_place(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "toxicology package nobody thought was theirs", "--client", "meridian", "--json").data
        first = data["hits"][0]
        assert "seven weeks" in first["text"]
        assert first["client_name"] == "Meridian Biotech"
        shown = analyzer("show", first["slug"], "--turn", first["first_turn"], "--json").data
        assert any(t["turn"] == first["first_turn"] and t["text"] in first["text"] for t in shown["turns"])

    def test_no_more_than_k_passages(self, analyzer: Analyzer) -> None:
        assert len(analyzer("search", "the board", "--client", "meridian", "-k", "2", "--json").data["hits"]) == 2

    def test_another_clients_passages_never_appear(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "toxicology package seven weeks", "--client", "northgate", "-k", "50", "--json").data
        assert {h["client_name"] for h in data["hits"]} == {"Northgate Logistics"}

    def test_which_client_must_be_clear(self, analyzer: Analyzer) -> None:
        run = analyzer("search", "the new structure", "--json")
        assert run.code == 1
        assert run.json["error"]["code"] == "needs_client"

    def test_a_clients_name_in_the_question_is_enough(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "what did Meridian say about fridges", "--json").data
        assert {h["client_name"] for h in data["hits"]} == {"Meridian Biotech"}

    def test_all_clients_are_searched_when_asked(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "the board", "--all-clients", "-k", "40", "--json").data
        assert {h["client_name"] for h in data["hits"]} == {"Northgate Logistics", "Meridian Biotech"}
        assert data["searched"]["clients"] == 2

    def test_a_word_that_only_one_client_said_is_found_among_all(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "Lanzarote", "--all-clients", "-k", "3", "--json").data
        assert "Lanzarote" in data["hits"][0]["text"]

    def test_a_speaker_nobody_knows_is_told(self, analyzer: Analyzer) -> None:
        run = analyzer("search", "structure", "--client", "meridian", "--speaker", "Bob", "--json")
        assert run.data["hits"] == []
        assert any(w["code"] == "no_such_speaker" and "Bukola" in w["message"] for w in run.json["warnings"])

    def test_a_speaker_narrows_the_search(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "structure", "--client", "meridian", "--speaker", "Bukola", "-k", "30", "--json").data
        assert data["hits"]
        assert all("Bukola Adeyemi:" in h["text"] for h in data["hits"])

    def test_dates_narrow_the_search(self, analyzer: Analyzer) -> None:
        meetings = analyzer("meetings", "meridian", "--json").data["meetings"]
        last = meetings[-1]["date"]
        data = analyzer("search", "structure", "--client", "meridian", "--since", last, "-k", "30", "--json").data
        assert {h["date"] for h in data["hits"]} == {last}

    @pytest.mark.parametrize("query", ['"', "AND OR NOT", "*", "()", "'; DROP TABLE passages", "日本語", "a" * 3000])
    def test_any_query_is_taken_as_words(self, analyzer: Analyzer, query: str) -> None:
        assert analyzer("search", query, "--client", "meridian", "--json").code == 0

    def test_piped_text_has_no_colour_and_names_the_command_that_opens_the_place(self, analyzer: Analyzer) -> None:
        out = analyzer("search", "fridges", "--client", "meridian").out
        assert "\x1b" not in out
        assert "analyzer show meridian-" in out


@pytest.mark.usefixtures("two_clients")
class TestAsk:
    def test_an_answer_quotes_words_that_were_said_where_it_says(self, analyzer: Analyzer) -> None:
        data = analyzer("ask", "How long did the tox package sit on the shared drive?", "--client", "meridian", "--json").data
        assert data["answered"]
        cited = data["citations"][0]
        assert cited["match"] == "exact"
        turns = analyzer("show", cited["meeting"], "--json").data["turns"]
        first, last = cited["span"]
        assert turns[cited["turn"]]["text"][first:last] == cited["quote"]

    def test_what_was_not_said_is_told_as_such(self, analyzer: Analyzer) -> None:
        data = analyzer(
            "ask", "Which submarine cable was cut by the trawler near Iceland?", "--client", "meridian", "--json"
        ).data
        assert not data["answered"]
        assert data["citations"] == []
        assert data["nearest"]
        assert data["searched"]["meetings"] == 3


def test_an_index_that_knows_more_than_the_record_is_put_right(analyzer: Analyzer, two_clients: Path) -> None:
    """As after an older copy of the record was put back."""
    with closing(sqlite3.connect(two_clients / "record.sqlite3")) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM meetings WHERE slug = 'meridian-biotech-2025-11-12'")
        connection.commit()
    run = analyzer("search", "fridges", "--client", "meridian", "-k", "30", "--json")
    assert "meridian-biotech-2025-11-12" not in {h["slug"] for h in run.data["hits"]}
    assert analyzer("search", "fridges", "--client", "meridian", "--json").data["searched"]["meetings"] == 2
    checks = analyzer("doctor", "--json").data["checks"]
    assert {c["state"] for c in checks if "index" in c["name"]} == {"ok"}


def test_with_no_meetings_the_next_step_is_told(analyzer: Analyzer) -> None:
    run = analyzer("search", "anything")
    assert run.code == 1
    assert "analyzer upload" in run.err
