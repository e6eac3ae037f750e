"""Whether to work for a client: decided by a person, listed, and taken back."""

import datetime as dt
from pathlib import Path

import pytest

from analyzer.store import Store
from tests.running import Analyzer


@pytest.fixture(autouse=True)
def alder(home: Path, analyzer: Analyzer) -> None:
    """A prospect, Alder Works, and an active client."""
    with Store.open(home / "record.sqlite3") as store:
        store.add_client("Alder Works")
        store.add_client("Birch")
    assert analyzer("clients", "set", "alder-works", "--stage", "prospect").code == 0


def listed(analyzer: Analyzer, client: str = "alder") -> list[tuple[str, str, str]]:
    rows = analyzer("decide", client, "--json").data["decisions"]
    return [(row["date"], row["choice"], row["note"]) for row in rows]


def test_decisions_are_kept_with_day_and_reason_and_listed_by_day(analyzer: Analyzer) -> None:
    made = analyzer(
        "decide", "alder", "take-with-conditions", "--note", "We talk to the floor.", "--date", "2026-03-04", "--json"
    )
    choice, note = "take-with-conditions", "We talk to the floor."
    assert made.data["added"] == {"date": "2026-03-04", "choice": choice, "note": note, "author": None}
    analyzer("decide", "alder", "decline", "--date", "2026-02-01")
    assert listed(analyzer) == [("2026-02-01", "decline", ""), ("2026-03-04", "take-with-conditions", "We talk to the floor.")]
    assert analyzer("decide", "alder").out.splitlines() == [
        "  1 Feb 2026: decline",
        "  4 Mar 2026: take with conditions (We talk to the floor.)",
    ]
    assert listed(analyzer, "birch") == []


def test_the_last_one_that_was_kept_is_taken_back_first(analyzer: Analyzer) -> None:
    analyzer("decide", "alder", "take", "--date", "2026-03-04")
    analyzer("decide", "alder", "decline", "--date", "2026-02-01")
    assert analyzer("decide", "alder", "--clear", "--json").data["removed"]["choice"] == "decline"
    assert listed(analyzer) == [("2026-03-04", "take", "")]
    analyzer("decide", "alder", "--clear")
    run = analyzer("decide", "alder", "--clear", "--json")
    assert (run.code, run.json["error"]["code"]) == (1, "not_found")
    assert analyzer("decide", "alder").out == "Nothing is decided about Alder Works.\n"


def test_without_a_day_it_is_decided_today(analyzer: Analyzer) -> None:
    analyzer("decide", "alder", "take")
    ((day, _, _),) = listed(analyzer)
    assert dt.date.fromisoformat(day) >= dt.datetime.now().astimezone().date() - dt.timedelta(days=1)


def test_a_prospect_that_is_taken_is_told_to_be_one_still(analyzer: Analyzer) -> None:
    def told(*decision: str) -> list[str]:
        return [warning["code"] for warning in analyzer("decide", *decision, "--json").json["warnings"]]

    assert told("alder", "take") == ["still_prospect"]
    assert told("alder", "decline") == told("birch", "take") == []


def test_decisions_follow_a_merge_and_its_undoing(analyzer: Analyzer) -> None:
    analyzer("decide", "alder", "take", "--date", "2026-03-04")
    analyzer("clients", "merge", "alder-works", "birch")
    assert [choice for _, choice, _ in listed(analyzer, "birch")] == ["take"]
    analyzer("clients", "undo")
    assert (listed(analyzer, "birch"), len(listed(analyzer))) == ([], 1)


@pytest.mark.parametrize(
    "arguments",
    [
        ("perhaps",),
        ("take", "--date", "2999-01-01"),
        ("take", "--note", "x" * 2001),
        ("--note", "why"),
        ("--date", "today"),
        ("take", "--clear"),
    ],
    ids=["no choice", "to come", "long", "note alone", "day alone", "both"],
)
def test_what_makes_no_decision_is_refused_and_nothing_kept(analyzer: Analyzer, arguments: tuple[str, ...]) -> None:
    run = analyzer("decide", "alder", *arguments, "--json")
    assert (run.code, run.json["ok"]) == (2, False)
    assert listed(analyzer) == []


def test_a_client_that_is_none_is_refused(analyzer: Analyzer) -> None:
    assert analyzer("decide", "cedar", "take").code == 1
