"""The whole path from a transcript to a verdict by a model, over the examples: a server answers as a careful reader would.

The answers are recorded (tests/data/recorded/README.md); what they say of the examples tells nothing of how well a model reads.
"""

import json
import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.model_server import WAYS, Asked, ModelServer, Reply, Way, cut_off, declines
from tests.recorded import RECORDED, Recorded
from tests.running import EXAMPLES, Analyzer

IN_PARTS = "13000"  # tokens of context: the instructions, room for an answer, and about half of an example
OURS = ("Priya Raman", "Tom Ellery", "Graham Pell", "Dawn Whitlock", "Northgate", "Raman Studio")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    """The llm engine of the command line asks this server, which answers as recorded."""
    with ModelServer(Recorded()) as running:
        monkeypatch.setenv("ANALYZER_BASE_URL", running.url)
        monkeypatch.setenv("ANALYZER_MODEL", "recorded")
        monkeypatch.setenv("ANALYZER_RETRIES", "0")
        yield running


@pytest.fixture
def first(two_clients: Path, analyzer: Analyzer) -> str:
    """The first meeting of the Northgate series, stored and not read by a model."""
    return str(analyzer("meetings", "northgate", "--json").data["meetings"][0]["slug"])


def judged(series: str, date: str) -> dict[str, str]:
    """The recorded levels of one meeting by sign."""
    judging = json.loads((RECORDED / f"{series}-{date}.judge.json").read_text(encoding="utf-8"))
    return {sign: verdict["level"] for sign, verdict in judging["signs"].items()}


def told(data: dict[str, Any]) -> dict[str, Any]:
    """What a verdict says, without what it is called by and when it was made."""
    return {key: data[key] for key in ("signs", "stance", "conditions", "openings", "commitments", "recommendations", "rejected")}


def test_every_example_is_read_verified_judged_and_told(analyzer: Analyzer, two_clients: Path, server: ModelServer) -> None:
    analyzer("upload", *sorted((EXAMPLES / "okafor").iterdir()), "--client", "Okafor", "--no-read")
    for series in ("northgate", "meridian", "okafor"):
        seen = analyzer("motives", series, "--engine", "llm", "--json").data
        assert (seen["engine"], seen["unread"], seen["rejected"]) == ("llm", 0, {})
        assert seen["reader"]["model"] == "recorded"
        assert {point["date"]: point["signs"] for point in seen["trajectory"]} == {
            point["date"]: judged(series, point["date"]) for point in seen["trajectory"]
        }
        assert {e["match"] for sign in seen["signs"] for e in sign["evidence"]} <= {"exact"}
        assert {e["side"] for sign in seen["signs"] for e in sign["evidence"]} <= {"theirs"}
    assert server.tasks == {"read": 8, "judge": 8}


@pytest.mark.parametrize("way", WAYS)
def test_a_server_that_knows_one_way_of_asking_gives_the_same_verdict(
    analyzer: Analyzer, first: str, server: ModelServer, way: Way
) -> None:
    server.ways = (way,)
    seen = analyzer("motives", first, "--engine", "llm", "--json")
    assert {sign["id"]: sign["level"] for sign in seen.data["signs"]} == judged("northgate", "2025-09-17")
    assert server.asked[-1].way == way
    assert seen.json["usage"]["calls"] == 2  # what a server refuses is not paid for


def test_a_long_meeting_is_read_in_parts_without_doubles_and_judged_once(
    analyzer: Analyzer, first: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = analyzer("motives", first, "--engine", "llm", "--json").data
    server.asked.clear()
    monkeypatch.setenv("ANALYZER_CONTEXT_TOKENS", IN_PARTS)
    in_parts = analyzer("motives", first, "--engine", "llm", "--reread", "--json").data
    assert server.tasks["read"] > 1
    assert server.tasks["judge"] == 1
    parts = [asked.turns for asked in server.asked if asked.task == "read"]
    assert sorted({turn for part in parts for turn in part}) == list(range(106))
    for before, after in pairwise(parts):
        assert len(set(before) & set(after)) >= 20
    assert said(in_parts) == said(whole)
    assert [sign["level"] for sign in in_parts["signs"]] == [sign["level"] for sign in whole["signs"]]


def said(data: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Every place that a verdict rests on, with what it is quoted for."""
    rows = [(sign["id"], e) for sign in data["signs"] for e in (*sign["evidence"], *sign["counter_evidence"])]
    rows += [(opening, e) for opening, found in data["openings"].items() for e in found]
    rows += [(row["what"], row["evidence"]) for row in (*data["commitments"], *data["recommendations"])]
    return sorted((what, e["turn"], e["quote"]) for what, e in rows)


@pytest.mark.parametrize("failure", [declines("I would rather not."), cut_off('{"notes": "It was a')])
def test_a_part_that_fails_is_told_and_read_by_the_next_run_alone(
    analyzer: Analyzer, first: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch, failure: Reply
) -> None:
    monkeypatch.setenv("ANALYZER_CONTEXT_TOKENS", IN_PARTS)
    as_recorded = server.answer

    def failing(asked: Asked) -> Reply:
        return failure if asked.task == "read" and 105 in asked.turns else as_recorded(asked)

    server.answer = failing
    partly = analyzer("motives", first, "--engine", "llm", "--json")
    assert partly.code == 0
    (warning,) = [w["message"] for w in partly.json["warnings"] if w["code"] == "part_not_read"]
    unread = re.search(r"turns (\d+) to 105 were not read", warning)
    assert unread is not None
    first_unread = int(unread[1])
    judging = next(asked for asked in server.asked if asked.task == "judge")
    assert "could not be read" in judging.user
    assert all(turn < first_unread for _, turn, _ in said(partly.data))
    server.answer = as_recorded
    server.asked.clear()
    done = analyzer("motives", first, "--engine", "llm", "--json")
    assert [asked.task for asked in server.asked] == ["read", "judge"]
    assert 105 in server.asked[0].turns
    assert done.json["usage"]["cached"] >= 1
    assert not [w for w in done.json["warnings"] if w["code"] == "part_not_read"]
    assert [place for place in said(done.data) if place[1] < first_unread] == said(partly.data)
    server.asked.clear()
    assert analyzer("motives", first, "--engine", "llm", "--json").data == done.data
    assert server.asked == []


def test_with_names_hidden_the_verdict_is_the_same_and_no_name_leaves(
    analyzer: Analyzer, first: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_clear = analyzer("motives", first, "--engine", "llm", "--json").data
    server.asked.clear()
    monkeypatch.setenv("ANALYZER_PRIVACY", "pseudonyms")
    hidden = analyzer("motives", first, "--engine", "llm", "--reread", "--json").data
    assert server.tasks == {"read": 1, "judge": 1}
    for asked in server.asked:
        assert [name for name in OURS if name in asked.user] == []
    assert told(hidden) == told(in_clear)


def test_questions_are_answered_with_words_that_were_said_or_not_at_all(
    analyzer: Analyzer, two_clients: Path, server: ModelServer
) -> None:
    question = ("ask", "What did Graham promise to send about the tender?", "--client", "northgate", "--engine", "llm")
    shown = analyzer(*question, "--preview")
    assert "I'll send you the pack on Friday." in shown.out
    assert server.asked == []
    answer = analyzer(*question, "--json").data
    assert answer["answered"]
    assert answer["answer"] == "Graham Pell promised on 11 February 2026 to send the tender pack on Friday."
    assert [(e["turn"], e["quote"], e["match"]) for e in answer["citations"]] == [
        (92, "I'll send you the pack on Friday.", "exact")
    ]
    silent = analyzer("ask", "What will the new warehouse system cost?", "--client", "northgate", "--engine", "llm", "--json")
    assert not silent.data["answered"]
    assert silent.data["citations"] == []
    assert server.tasks == {"answer": 2}
