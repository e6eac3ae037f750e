"""Search and ask, over the examples."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from tests.embedding_server import EmbeddingServer
from tests.running import Analyzer


@pytest.mark.usefixtures("two_clients")
class TestSearch:
    def test_the_passage_asked_for_comes_first_with_its_place(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "toxicology package nobody thought was theirs", "--client", "meridian", "--json").data
        first = data["hits"][0]
        assert "seven weeks" in first["text"]
        assert first["client_name"] == "Meridian Biotech"
        shown = analyzer("show", first["slug"], "--turn", first["turn"], "--json").data
        best = next(turn for turn in shown["turns"] if turn["turn"] == first["turn"])
        assert best["text"] in first["text"]
        assert "tox package" in best["text"]
        assert (first["heard_at"], first["speakers"][0]) == (best["start"], best["speaker"])
        assert first["first_turn"] <= first["turn"] <= first["last_turn"]

    def test_no_more_than_k_passages(self, analyzer: Analyzer) -> None:
        assert len(analyzer("search", "the board", "--client", "meridian", "-k", "2", "--json").data["hits"]) == 2

    def test_another_clients_passages_never_appear(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "toxicology package seven weeks", "--client", "northgate", "-k", "50", "--json").data
        assert {h["client_name"] for h in data["hits"]} == {"Northgate Logistics"}

    def test_which_client_must_be_clear(self, analyzer: Analyzer) -> None:
        run = analyzer("search", "the new structure", "--json")
        assert run.code == 1
        assert run.json["error"]["code"] == "needs_client"

    @pytest.mark.parametrize("command", ["search", "ask"])
    def test_where_somebody_is_named_who_speaks_with_one_client_it_is_told_which(self, analyzer: Analyzer, command: str) -> None:
        run = analyzer(command, "what did Yusuf say about the pallet", "--json")
        assert run.json["error"]["message"] == "which client? Yusuf Demir speaks with northgate-logistics"
        assert run.json["error"]["hint"] == "say --client northgate-logistics, or --all-clients"
        of_ours = analyzer(command, "what did Priya say about the pallet", "--json").json["error"]["message"]
        assert of_ours.startswith("which client? There are 2: ")

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

    def test_whom_a_speakers_name_fits_is_told(self, analyzer: Analyzer) -> None:
        out = analyzer("search", "structure", "--client", "meridian", "--speaker", "buko").out
        assert "where Bukola Adeyemi speaks" in out

    def test_whoever_is_looked_for_by_name_is_shown_speaking(self, analyzer: Analyzer) -> None:
        hits = analyzer("search", "bukola", "--client", "meridian", "-k", "3", "--json").data["hits"]
        assert all(hit["speakers"][0] == "Bukola Adeyemi" for hit in hits)

    def test_a_word_is_found_where_it_was_said_before_what_is_only_near_in_meaning(self, analyzer: Analyzer) -> None:
        (hit,) = analyzer("search", "disaster", "--all-clients", "-k", "1", "--json").data["hits"]
        assert matched(hit) == ["disaster"]

    def test_dates_narrow_the_search(self, analyzer: Analyzer) -> None:
        meetings = analyzer("meetings", "meridian", "--json").data["meetings"]
        last = meetings[-1]["date"]
        data = analyzer("search", "structure", "--client", "meridian", "--since", last, "-k", "30", "--json").data
        assert {h["date"] for h in data["hits"]} == {last}

    @pytest.mark.parametrize("query", ['"the', "AND OR NOT", "board*", "(the)", "'; DROP TABLE passages", "日本語", "a" * 3000])
    def test_any_query_is_taken_as_words(self, analyzer: Analyzer, query: str) -> None:
        assert analyzer("search", query, "--client", "meridian", "--json").code == 0

    @pytest.mark.parametrize("command", ["search", "ask"])
    @pytest.mark.parametrize("query", ["", "  ", '"', "*", "?!"])
    def test_without_a_word_there_is_nothing_to_look_for(self, analyzer: Analyzer, command: str, query: str) -> None:
        run = analyzer(command, query, "--client", "meridian", "--json")
        assert (run.code, run.json["error"]["message"]) == (2, "there is no word to look for")

    @pytest.mark.parametrize("command", ["search", "ask"])
    @pytest.mark.parametrize(
        ("flags", "told"),
        [
            (("--client", "meridian", "--all-clients"), "--client and --all-clients contradict each other"),
            (
                ("--client", "meridian", "--since", "2026-05-01", "--until", "2026-01-01"),
                "no day is both since 2026-05-01 and until 2026-01-01",
            ),
        ],
    )
    def test_flags_that_contradict_each_other_are_refused(
        self, analyzer: Analyzer, command: str, flags: tuple[str, ...], told: str
    ) -> None:
        run = analyzer(command, "the board", *flags, "--json")
        assert (run.code, run.json["error"]["message"]) == (2, told)

    def test_piped_text_has_no_colour_and_names_the_command_that_opens_the_place(self, analyzer: Analyzer) -> None:
        out = analyzer("search", "fridges", "--client", "meridian").out
        assert "\x1b" not in out
        assert "analyzer show meridian-" in out


def matched(hit: Any) -> list[str]:
    """The words of a result that are marked."""
    return [hit["text"][first:last] for first, last in hit["marks"]]


@pytest.mark.usefixtures("two_clients")
class TestWhatIsShown:
    def test_the_words_that_were_looked_for_are_marked_in_all_their_forms(self, analyzer: Analyzer) -> None:
        first = analyzer("search", "Who has a frîdge?", "--client", "meridian", "-k", "1", "--json").data["hits"][0]
        assert {word.casefold() for word in matched(first)} == {"fridge", "fridges"}

    def test_the_turn_that_opens_is_the_one_with_the_words(self, analyzer: Analyzer) -> None:
        hits = analyzer("search", "Lanzarote", "--client", "meridian", "--json").data["hits"]
        first = next(hit for hit in hits if matched(hit) == ["Lanzarote"])
        out = analyzer("show", first["slug"], "--turn", first["turn"]).out
        assert "Lanzarote" in next(line for line in out.splitlines() if line.startswith(">"))

    def test_a_long_passage_is_shown_by_its_best_turns_and_whole_when_asked(self, analyzer: Analyzer) -> None:
        search = ("search", "fridges", "--client", "meridian", "-k", "1")
        (hit,) = analyzer(*search, "--json").data["hits"]
        short, full = analyzer(*search).out, analyzer(*search, "--full").out
        assert "fridges" in short
        assert "..." in [line.strip() for line in short.splitlines()]
        assert not all(line in short for line in hit["text"].splitlines())
        assert all(line in full for line in hit["text"].splitlines())
        assert f"analyzer show {hit['slug']} --turn {hit['turn']}" in short

    def test_passages_that_follow_one_another_stand_under_one_place(self, analyzer: Analyzer) -> None:
        search = ("search", "the board", "--meeting", "meridian-biotech-2026-04-21", "-k", "200")
        hits = analyzer(*search, "--json").data["hits"]
        assert len(hits) > 3
        assert analyzer(*search).out.count("analyzer show") == 1

    def test_a_place_is_shown_once_though_it_was_written_twice(self, analyzer: Analyzer, tmp_path: Path) -> None:
        said = "Somebody left the zeppelin in the car park again, and the guard has " + "very " * 90 + "much to say about it."
        path = tmp_path / "2026-05-04 Twice.txt"
        path.write_text(f"Ines: Good morning.\nHoward: {said}\nHoward: {said}\nInes: So noted.\n", encoding="utf-8")
        assert analyzer("upload", path, "--client", "Aster", "--no-read").code == 0
        hits = analyzer("search", "zeppelin", "--client", "aster", "-k", "10", "--json").data["hits"]
        assert sum("zeppelin" in hit["text"] for hit in hits) == 1

    def test_nothing_found_tells_what_was_searched_and_what_would_widen_it(self, analyzer: Analyzer) -> None:
        run = analyzer("search", "structure", "--client", "meridian", "--speaker", "Bob", "--since", "2025-01-01")
        assert "0 passages of 3 meetings (Meridian Biotech; since 1 Jan 2025; where Bob speaks)" in run.out
        assert "leave out --since; leave out --speaker; add --all-clients" in run.out

    def test_where_all_meetings_are_older_the_last_is_told(self, analyzer: Analyzer) -> None:
        out = analyzer("search", "structure", "--client", "meridian", "--since", "2026-05-01").out
        assert "leave out --since (the last meeting is of 21 Apr 2026); add --all-clients" in out

    def test_one_meeting_is_not_widened_by_other_clients(self, analyzer: Analyzer) -> None:
        found = ("search", "structure", "--meeting", "meridian-biotech-2026-02-04", "--since", "2026-04-01", "--json")
        assert analyzer(*found).data["wider"] == ["leave out --meeting", "leave out --since"]


@pytest.mark.usefixtures("two_clients")
class TestWhatAQuestionNames:
    def test_a_speaker_narrows_the_search_and_that_is_told(self, analyzer: Analyzer) -> None:
        search = ("search", "What did Bukola say about the structure?", "--client", "meridian", "-k", "30")
        data = analyzer(*search, "--json").data
        assert data["hits"]
        assert all("Bukola Adeyemi" in hit["speakers"] for hit in data["hits"])
        assert all(hit["speakers"][0] == "Bukola Adeyemi" for hit in data["hits"])
        assert data["understood"] == {
            "matter": "the structure",
            "speakers": ["Bukola Adeyemi"],
            "since": None,
            "until": None,
            "meetings": [],
            "kept_to": ["speakers"],
            "told": "“the structure”; only where Bukola Adeyemi speaks",
        }
        assert "Taken as: “the structure”; only where Bukola Adeyemi speaks." in analyzer(*search).out

    def test_words_about_a_meeting_are_not_only_looked_for_in_it(self, analyzer: Analyzer) -> None:
        understood = analyzer("search", "what did Graham say about the last meeting?", "--client", "northgate", "--json").data[
            "understood"
        ]
        assert "dates" not in understood["kept_to"]
        assert "last meeting" in understood["matter"]

    def test_a_flag_comes_before_the_question(self, analyzer: Analyzer) -> None:
        asked = "What did Bukola say about the structure in April 2026?"
        flags = ("--speaker", "Priya", "--until", "2026-03-01")
        data = analyzer("search", asked, "--client", "meridian", *flags, "-k", "30", "--json").data
        assert {hit["date"] for hit in data["hits"]} == {"2025-11-12", "2026-02-04"}
        assert all("Priya Raman" in hit["speakers"] for hit in data["hits"])
        assert (data["understood"]["speakers"], data["understood"]["kept_to"]) == ([], [])

    def test_a_name_in_passing_counts_more_and_leaves_nobody_out(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "why was Bukola worried", "--client", "meridian", "-k", "40", "--json").data
        assert data["understood"]["told"] == "Bukola Adeyemi counts more"
        heard = ["Bukola Adeyemi" in hit["speakers"] for hit in data["hits"]]
        assert not all(heard)
        assert all(heard[:3])

    @pytest.mark.parametrize(
        ("when", "dates"),
        [
            ("in our last meeting", {"2026-04-21"}),
            ("in November 2025", {"2025-11-12"}),
            ("in the last two meetings", {"2026-02-04", "2026-04-21"}),
            ("since 1 February 2026", {"2026-02-04", "2026-04-21"}),
        ],
    )
    def test_days_narrow_the_search(self, analyzer: Analyzer, when: str, dates: set[str]) -> None:
        asked = f"What did we say about the units {when}?"
        data = analyzer("search", asked, "--client", "meridian", "-k", "60", "--json").data
        assert {hit["date"] for hit in data["hits"]} == dates
        assert data["searched"]["meetings"] == len(dates)
        assert data["understood"]["kept_to"] == ["dates"]
        assert data["understood"]["matter"] == "the units"

    def test_days_that_may_be_a_part_of_the_matter_only_count_more(self, analyzer: Analyzer) -> None:
        asked = "who gets a letter about the units in the autumn of 2025"
        data = analyzer("search", asked, "--client", "meridian", "-k", "60", "--json").data
        assert {hit["date"] for hit in data["hits"]} == {"2025-11-12", "2026-02-04", "2026-04-21"}
        assert data["understood"]["told"] == "meetings from 1 Sep to 30 Nov 2025 count more"
        without = analyzer("search", asked.partition(" in the")[0], "--client", "meridian", "-k", "60", "--json").data
        ranks = [[at for at, hit in enumerate(one["hits"]) if hit["date"] == "2025-11-12"] for one in (data, without)]
        assert sum(ranks[0]) < sum(ranks[1])

    def test_days_without_a_meeting_leave_all_to_be_searched(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "what did we say about the units in May 2024", "--client", "meridian", "--json").data
        assert data["searched"]["meetings"] == 3
        assert data["hits"]
        assert "there are no meetings from 1 to 31 May 2024, so all were searched" in data["understood"]["told"]

    def test_a_speaker_who_was_not_there_is_heard_elsewhere(self, analyzer: Analyzer) -> None:
        asked = "What did Bukola say in our last meeting about letters?"
        data = analyzer("search", asked, "--client", "meridian", "-k", "30", "--json").data
        assert data["hits"]
        assert all("Bukola Adeyemi" in hit["speakers"] for hit in data["hits"])
        assert "Bukola Adeyemi is not heard in the meeting of 21 Apr 2026, so all were searched" in data["understood"]["told"]

    def test_an_answer_heeds_them_too(self, analyzer: Analyzer) -> None:
        asked = "What did Fergus say in our last meeting about chemistry?"
        data = analyzer("ask", asked, "--client", "meridian", "--json").data
        assert data["searched"]["meetings"] == 1
        assert data["understood"]["kept_to"] == ["speakers", "dates"]

    def test_one_meeting_is_not_counted(self, analyzer: Analyzer) -> None:
        asked = "Which submarine cable was cut by the trawler near Iceland?"
        out = analyzer("ask", asked, "--meeting", "meridian-biotech-2026-02-04").out
        assert out.startswith("Not said in the meeting searched.")


@pytest.fixture
def werft(analyzer: Analyzer, tmp_path: Path) -> None:
    """A client met in German, with two people of one first name."""
    path = tmp_path / "2026-03-04 Werft.txt"
    path.write_text(
        "Ines Duarte: Wer entscheidet über das Budget für die Halle?\n"
        "Anna Müller: Achthunderttausend Euro sind freigegeben, mehr nicht.\n"
        "Anna Schäfer: Was sie über uns gesagt hat, das war nicht das, was wir hören wollten. Das Genehmigungsverfahren läuft.\n"
        "Jürgen Krüger: Ohne Betriebsgenehmigung fangen wir nicht an, und der Betriebsrat will die Überstundenregelung.\n",
        encoding="utf-8",
    )
    assert analyzer("upload", path, "--client", "Werft", "--us", "Ines Duarte", "--no-read").code == 0


@pytest.mark.usefixtures("werft")
class TestGerman:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("Schaefer", "Anna Schäfer"),
            ("krueger", "Jürgen Krüger"),
            ("Muller", "Anna Müller"),
            ("Anna S.", "Anna Schäfer"),
            ("Frau Müller", "Anna Müller"),
            ("Anna", "Anna Müller or Anna Schäfer"),
        ],
    )
    def test_a_name_may_be_typed_as_the_keyboard_has_it(self, analyzer: Analyzer, typed: str, meant: str) -> None:
        run = analyzer("search", "Halle", "--speaker", typed)
        assert f"where {meant} speaks" in run.out
        assert "nobody" not in run.err

    def test_a_word_is_marked_within_longer_ones(self, analyzer: Analyzer) -> None:
        (hit,) = analyzer("search", "Genehmigung", "--json").data["hits"]
        assert matched(hit) == ["Genehmigungsverfahren", "Betriebsgenehmigung"]
        (hit,) = analyzer("search", "Überstunden", "--json").data["hits"]
        assert matched(hit) == ["Überstundenregelung"]
        assert hit["speakers"][0] == "Jürgen Krüger"

    def test_what_is_only_grammar_there_is_not_marked(self, analyzer: Analyzer) -> None:
        (hit,) = analyzer("search", "Was hat Frau Müller über das Budget gesagt?", "--json").data["hits"]
        assert matched(hit) == ["Budget"]
        assert hit["speakers"][0] == "Anna Müller"


@pytest.mark.usefixtures("two_clients")
class TestWhere:
    def test_one_meeting_is_searched_alone(self, analyzer: Analyzer) -> None:
        data = analyzer("search", "structure", "--meeting", "meridian-biotech-2026-02-04", "-k", "60", "--json").data
        assert {hit["slug"] for hit in data["hits"]} == {"meridian-biotech-2026-02-04"}
        assert data["searched"]["meetings"] == 1

    def test_a_meeting_of_another_client_is_refused(self, analyzer: Analyzer) -> None:
        run = analyzer("search", "structure", "--meeting", "meridian-biotech-2026-02-04", "--client", "northgate", "--json")
        assert run.code == 2
        assert "Meridian Biotech" in run.json["error"]["message"]

    def test_a_meeting_under_no_client_tells_what_files_it(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "2026-05-04 Nobody.txt"
        path.write_text("Ines: Good morning.\nHoward: The zeppelin is late.\n", encoding="utf-8")
        slug = analyzer("upload", path, "--unfiled", "--no-read", "--json").data["meetings"][0]["slug"]
        run = analyzer("search", "zeppelin", "--meeting", slug, "--json")
        assert run.code == 1
        assert f"analyzer move {slug}" in run.json["error"]["hint"]

    def test_some_clients_are_searched_when_each_is_named(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / "2026-05-04 Third.txt"
        path.write_text("Ines: Good morning.\nHoward: The board is late.\n", encoding="utf-8")
        assert analyzer("upload", path, "--client", "Aster", "--no-read").code == 0
        asked = ("search", "the board", "--client", "meridian", "--client", "aster", "-k", "60", "--json")
        data = analyzer(*asked).data
        assert {hit["client_name"] for hit in data["hits"]} == {"Meridian Biotech", "Aster"}
        assert data["searched"]["clients"] == 2


def test_vectors_of_two_embedders_are_not_compared(
    analyzer: Analyzer, two_clients: Path, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their cosines have no scale in common: each client keeps its own order, and that is told."""
    asked = ("search", "the new structure and its board", "-k", "40", "--json")
    assert analyzer("clients", "set", "meridian-biotech", "--offline-only").code == 0
    server = EmbeddingServer(httpserver)
    for name, value in (("BASE_URL", server.url), ("API_KEY", "sk-key"), ("RETRIES", "0"), ("EMBEDDER", "openai")):
        monkeypatch.setenv(f"ANALYZER_{name}", value)
    (two_clients / "practice.toml").chmod(0o600)
    assert analyzer("reindex", "northgate").code == 0
    run = analyzer(*asked, "--all-clients")
    assert any(told["code"] == "two_embedders" for told in run.json["warnings"])
    for client in ("northgate", "meridian"):
        alone = [(h["slug"], h["first_turn"]) for h in analyzer(*asked, "--client", client).data["hits"]]
        among = [(h["slug"], h["first_turn"]) for h in run.data["hits"] if h["slug"].startswith(client)]
        assert among
        assert alone[: len(among)] == among


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

    def test_where_flags_leave_nothing_to_look_through_that_is_told(self, analyzer: Analyzer) -> None:
        flags = ("--client", "northgate", "--speaker", "Graham", "--side", "ours")
        (told,) = analyzer("ask", "When does the form go in?", *flags, "--json").json["warnings"]
        assert told["code"] == "nothing_searched"
        assert "leave out --speaker; leave out --side" in told["message"]

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
