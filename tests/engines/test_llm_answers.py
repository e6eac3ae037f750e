"""Questions put to a model from the command line: what it is shown, and what of its answer is kept.

The real clients ask a server on loopback, which answers from what it is shown.
"""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from analyzer.model.insight import Exchange
from analyzer.settings import load
from analyzer.usecases import find
from analyzer.usecases.scope import Scope
from analyzer.workspace import LLM, Workspace
from tests.model_server import TURN, Asked, ModelServer, Reply, says
from tests.running import Analyzer

PASSAGE = re.compile(r"^--- passage (?P<number>\d+): meeting of (?P<date>[0-9-]+)(?: with (?P<client>.+))? ---$")
QUESTION = "How long did the tox package sit on the shared drive?"
SAT = "The tox package on the second one sat for seven weeks because nobody thought it was theirs."


def nothing(_: Asked) -> Reply:
    return says({"answered": False, "points": []})


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, two_clients: Path) -> Iterator[ModelServer]:
    """Who asks a model asks this one, about the two series of the examples."""
    with ModelServer(nothing) as running:
        for name, value in {"ENGINE": "llm", "BASE_URL": running.url, "MODEL": "m-1", "RETRIES": "0", "PRIVACY": "none"}.items():
            monkeypatch.setenv(f"ANALYZER_{name}", value)
        yield running


def quoting(*points: tuple[str, str]) -> Callable[[Asked], Reply]:
    """A model that answers with these sentences, each with these words wherever they stand."""

    def answer(asked: Asked) -> Reply:
        placed = [(sentence, quote, *place(asked, quote)) for sentence, quote in points]
        told = [{"sentence": s, "passage": passage, "turn": turn, "quote": quote} for s, quote, passage, turn in placed]
        return says({"answered": True, "points": told})

    return answer


def place(asked: Asked, quote: str) -> tuple[int, int]:
    """The passage and the turn in which these words are shown; the first ones where they are not."""
    passage = 0
    for line in asked.material:
        if heading := PASSAGE.match(line):
            passage = int(heading["number"])
        elif (turn := TURN.match(line)) and quote in turn["text"]:
            return passage, int(turn["turn"])
    return 1, asked.turns[0]


def shown(asked: Asked) -> list[tuple[str, int]]:
    """The date and number of every turn that is shown, in order."""
    date, turns = "", []
    for line in asked.material:
        if heading := PASSAGE.match(line):
            date = heading["date"]
        elif turn := TURN.match(line):
            turns.append((date, int(turn["turn"])))
    return turns


def ask(analyzer: Analyzer, question: str = QUESTION, *flags: str) -> Any:
    return analyzer("ask", question, "--json", *(flags or ("--client", "meridian"))).data


def test_every_sentence_cites_the_words_that_carry_it(analyzer: Analyzer, server: ModelServer) -> None:
    server.answer = quoting(
        ("Fergus Dunlop said that it sat for 7 weeks.", "sat for seven weeks"),
        ("Nobody thought that it was theirs.", "because nobody thought it was theirs."),
    )
    data = ask(analyzer)
    assert data["answered"]
    assert data["answer"] == "Fergus Dunlop said that it sat for 7 weeks. Nobody thought that it was theirs."
    assert [(s["text"], data["citations"][s["citation"]]["quote"]) for s in data["sentences"]] == [
        ("Fergus Dunlop said that it sat for 7 weeks.", "sat for seven weeks"),
        ("Nobody thought that it was theirs.", "because nobody thought it was theirs."),
    ]
    assert {e["match"] for e in data["citations"]} == {"exact"}
    assert data["rejected"] == 0
    told = analyzer("ask", QUESTION, "--client", "meridian").out
    assert "weeks. [1] Nobody thought that it was theirs. [2]" in told


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("It sat for eight weeks.", "sat for seven weeks"),
        ("Bukola Adeyemi said that it sat for seven weeks.", "sat for seven weeks"),
        ("It did not sit for seven weeks.", "sat for seven weeks"),
        ("It sat for seven weeks.", "it has been sitting there for all of seven long weeks"),
    ],
    ids=["another number", "another name", "another not", "words that were not said"],
)
def test_a_sentence_that_its_quote_does_not_carry_is_removed_and_counted(
    analyzer: Analyzer, server: ModelServer, sentence: str, quote: str
) -> None:
    good = ("Nobody thought that it was theirs.", "because nobody thought it was theirs.")
    server.answer = quoting((sentence, quote), good)
    data = ask(analyzer)
    assert ([s["text"] for s in data["sentences"]], data["rejected"]) == ([good[0]], 1)
    server.answer = quoting((sentence, quote))
    data = ask(analyzer, f"{QUESTION} Please.")
    assert (data["answered"], data["answer"], data["citations"], data["rejected"]) == (False, "", [], 1)
    assert data["nearest"]
    assert any("seven weeks" in hit["text"] for hit in data["nearest"])
    assert "1 sentence was left out" in analyzer("ask", f"{QUESTION} Please.", "--client", "meridian").out


def test_an_answer_has_five_sentences_at_most_and_what_is_beyond_them_is_counted(analyzer: Analyzer, server: ModelServer) -> None:
    words = SAT.split()
    pairs = [" ".join(words[n : n + 2]) for n in range(0, 12, 2)]
    server.answer = quoting(*zip(pairs, pairs, strict=True))
    data = ask(analyzer)
    assert (len(data["sentences"]), data["rejected"]) == (5, 1)


def test_two_sentences_on_the_same_words_cite_them_once(analyzer: Analyzer, server: ModelServer) -> None:
    server.answer = quoting(
        ("It lay there for seven weeks.", "sat for seven weeks"), ("Nothing happened.", "sat for seven weeks")
    )
    server.answer = quoting(
        ("It lay there for seven weeks.", "sat for seven weeks"), ("Seven was how many.", "sat for seven weeks")
    )
    data = ask(analyzer)
    assert ([s["citation"] for s in data["sentences"]], len(data["citations"])) == ([0, 0], 1)


def test_a_model_reads_what_was_found_with_its_surroundings_in_the_order_of_time(analyzer: Analyzer, server: ModelServer) -> None:
    best = analyzer("search", QUESTION, "--client", "meridian", "-k", "1", "--json").data["hits"][0]
    ask(analyzer)
    (asked,) = server.asked
    turns = shown(asked)
    assert turns[0][0] == best["date"]
    assert {(best["date"], n) for n in range(best["first_turn"] - 1, best["last_turn"] + 2)} <= set(turns)
    assert len(turns) == len(set(turns))
    by_meeting: dict[str, list[int]] = {}
    for date, turn in turns:
        by_meeting.setdefault(date, []).append(turn)
    assert all(numbers == sorted(numbers) for numbers in by_meeting.values())
    assert sum(before[0] != after[0] for before, after in pairwise(turns)) == len(by_meeting) - 1


def test_no_more_is_read_than_the_model_takes_in(
    analyzer: Analyzer, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(analyzer)
    monkeypatch.setenv("ANALYZER_CONTEXT_TOKENS", "4000")
    run = analyzer("ask", QUESTION, "--client", "meridian", "--json")
    large, small = server.asked
    assert len(small.user) < len(large.user) / 3
    assert any("seven weeks" in line for line in small.material)
    (told,) = [w["message"] for w in run.json["warnings"] if w["code"] == "too_long"]
    assert re.match(r"\d+ of 20 passages found were too long", told)


def test_what_would_be_sent_is_what_is_sent(analyzer: Analyzer, server: ModelServer) -> None:
    (planned,) = ask(analyzer, QUESTION, "--client", "meridian", "--preview")["sendings"]
    ask(analyzer)
    assert (planned["system"], planned["user"]) == (server.asked[0].system, server.asked[0].user)


def test_of_several_clients_each_passage_names_its_own(
    analyzer: Analyzer, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(analyzer)
    ask(analyzer, "What was said about the board?", "--all-clients")
    monkeypatch.setenv("ANALYZER_PRIVACY", "pseudonyms")
    ask(analyzer, "What was said about the board?", "--all-clients")
    one, several, hidden = ([m["client"] for line in asked.material if (m := PASSAGE.match(line))] for asked in server.asked)
    assert set(one) == {None}
    assert set(several) == {"Northgate Logistics", "Meridian Biotech"}
    assert len(set(hidden)) == 2
    assert not set(hidden) & {"Northgate Logistics", "Meridian Biotech", None}


def test_what_the_record_answers_is_asked_of_no_model(analyzer: Analyzer, server: ModelServer) -> None:
    assert ask(analyzer, "When did we last meet Meridian?")["by"].startswith("record")
    assert server.asked == []


def earlier(ws: Workspace, *questions: str) -> tuple[Exchange, ...]:
    meeting = ws.store.meetings()[0].id
    return tuple(Exchange(question=q, answer="Ruth Cavanagh sent it.", meetings=(meeting,)) for q in questions)


def test_what_was_asked_before_stands_between_the_marks_and_hides_names(
    server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_PRIVACY", "pseudonyms")
    with Workspace(load()) as ws:
        find.ask(ws, "and when was that?", Scope(client="meridian"), LLM, earlier(ws, "Who sent Ruth's pack?", "x" * 5_000))
    (asked,) = server.asked
    before = [line for line in asked.material if line.startswith(("--- asked before", "answered: "))]
    assert asked.material[: len(before)] == tuple(before)
    assert len(before) == 4
    assert re.fullmatch(r"--- asked before: Who sent .+'s pack\? ---", before[0])
    assert "Ruth" not in asked.user
    assert "Cavanagh" not in asked.user
    assert len(before[2]) < 1_300


def test_an_answer_that_was_shaped_by_an_earlier_one_is_kept_with_the_meetings_of_both(
    server: ModelServer, two_clients: Path
) -> None:
    with Workspace(load()) as ws:
        exchanges = earlier(ws, "Who sent it?")
        answers = [find.ask(ws, QUESTION, Scope(client="meridian"), LLM, exchanges) for _ in range(2)]
    assert len(server.asked) == 1
    with closing(sqlite3.connect(two_clients / "record.sqlite3")) as record:
        made_from = {meeting for (meeting,) in record.execute("SELECT meeting_id FROM cache_meetings")}
    assert made_from == {*exchanges[0].meetings, *(source.id for source in answers[0].sources)}
