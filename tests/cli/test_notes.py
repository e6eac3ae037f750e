"""A person's notes about a client, and what was spent on models."""

import datetime as dt
from pathlib import Path

import pytest

from analyzer.store import Store, Usage
from tests.cli.test_at_terminal import talk
from tests.running import Analyzer


def texts(analyzer: Analyzer, client: str) -> list[str]:
    return [row["text"] for row in analyzer("note", client, "--json").data["notes"]]


@pytest.mark.usefixtures("two_clients")
class TestNotes:
    def test_they_are_kept_with_day_and_kind_and_listed_by_day(self, analyzer: Analyzer) -> None:
        analyzer("note", "northgate", "Warm on the telephone.", "--kind", "impression", "--date", "2026-03-12")
        added = analyzer("note", "northgate", "The board met.", "--date", "12 January 2026", "--json").data
        row = {"date": "2026-01-12", "kind": "event", "text": "The board met.", "author": None}
        assert added["notes"][0] == {"number": added["added"]} | row
        assert analyzer("note", "northgate").out.splitlines() == [
            "   2  12 Jan 2026  event: The board met.",
            "   1  12 Mar 2026  impression: Warm on the telephone.",
        ]

    def test_without_a_day_it_was_today(self, analyzer: Analyzer) -> None:
        (row,) = analyzer("note", "northgate", "They rang.", "--json").data["notes"]
        assert dt.date.fromisoformat(row["date"]) >= dt.datetime.now().astimezone().date() - dt.timedelta(days=1)

    def test_one_is_taken_away_by_its_number(self, analyzer: Analyzer) -> None:
        number = analyzer("note", "northgate", "They rang.", "--json").data["added"]
        assert analyzer("note", "meridian", "--remove", number).code == 1
        assert analyzer("note", "northgate", "--remove", number, "--json").data["removed"] == number
        assert analyzer("note", "northgate").out == "No notes about Northgate Logistics.\n"

    def test_they_follow_a_merge_and_its_undoing(self, analyzer: Analyzer) -> None:
        analyzer("note", "meridian", "The lease ends in May.")
        analyzer("clients", "merge", "meridian-biotech", "northgate-logistics")
        assert texts(analyzer, "northgate") == ["The lease ends in May."]
        analyzer("clients", "undo")
        assert (texts(analyzer, "northgate"), texts(analyzer, "meridian")) == ([], ["The lease ends in May."])

    def test_they_are_in_no_agenda(self, analyzer: Analyzer) -> None:
        analyzer("note", "northgate", "Zanzibar is where the money went.")
        agenda = analyzer("agenda", "northgate")
        assert agenda.code == 0
        assert "Zanzibar" not in agenda.out + agenda.err + analyzer("agenda", "northgate", "--json").out

    def test_what_steers_a_terminal_is_not_kept(self, analyzer: Analyzer) -> None:
        analyzer("note", "northgate", "two\nlines\x1b[31m and red")
        assert texts(analyzer, "northgate") == ["two lines[31m and red"]

    @pytest.mark.parametrize(
        "arguments",
        [("",), ("\x1b",), ("x" * 2001,), ("text", "--remove", "1"), ("--date", "today"), ("--kind", "event")],
        ids=["empty", "unseen", "long", "both", "day alone", "kind alone"],
    )
    def test_what_makes_no_note_is_refused(self, analyzer: Analyzer, arguments: tuple[str, ...]) -> None:
        assert analyzer("note", "northgate", *arguments).code == 2
        assert texts(analyzer, "northgate") == []

    def test_nobody_can_be_noted_about(self, analyzer: Analyzer) -> None:
        assert analyzer("note", "nobody", "text", "--json").json["error"]["code"] == "not_found"


class TestUsage:
    @pytest.fixture(autouse=True)
    def spent(self, home: Path) -> None:
        days = [dt.datetime(2026, 3, day, 12, tzinfo=dt.UTC) for day in (4, 4, 5)]
        for day, calls in zip(days, (2, 1, 4), strict=True):
            with Store.open(home / "record.sqlite3", now=lambda day=day: day) as store:  # type: ignore[misc]
                used = Usage(command="read", engine="llm", model="m1", server="a.example", calls=calls, cached=1)
                store.keep_usage(used)
                store.keep_usage(Usage(command="ask", engine="llm", model="m1", server="a.example", input_tokens=700))

    def test_it_is_summed_by_day_and_command(self, analyzer: Analyzer) -> None:
        data = analyzer("usage", "--json").data
        assert [(r["day"], r["command"], r["calls"], r["cached"], r["input_tokens"]) for r in data["rows"]] == [
            ("2026-03-04", "ask", 0, 0, 1400),
            ("2026-03-04", "read", 3, 2, 0),
            ("2026-03-05", "ask", 0, 0, 700),
            ("2026-03-05", "read", 4, 1, 0),
        ]
        assert (data["calls"], data["cached"], data["input_tokens"], data["output_tokens"]) == (7, 3, 2100, 0)

    def test_a_day_leaves_out_what_was_before(self, analyzer: Analyzer) -> None:
        run = analyzer("usage", "--since", "2026-03-05")
        assert run.out.splitlines()[:2] == ["m1 at a.example", "day         for   calls  kept  tokens in  tokens out"]
        assert run.out.splitlines()[-1] == "All since 5 Mar 2026: 4 calls, 1 answer kept from before, 700 tokens in, 0 out."
        assert "4 Mar 2026" not in run.out
        assert analyzer("usage", "--since", "2026-03-06").out == "No answered call is on record since 6 Mar 2026.\n"

    def test_on_a_small_screen_no_number_and_no_word_is_cut(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        with Store.open(home / "record.sqlite3") as store:
            store.keep_usage(
                Usage(
                    command="answer",
                    engine="llm",
                    model="a-model-with-a-long-name-of-2026",
                    server="models.example.com",
                    calls=1_234,
                    cached=1_234,
                    input_tokens=12_345_678,
                    output_tokens=1_234_567,
                )
            )
        monkeypatch.setenv("COLUMNS", "60")
        shown = talk(["usage"], [])
        row = next(line for line in shown.splitlines() if "answer" in line)
        assert row.split()[3:] == ["answer", "1,234", "1,234", "12,345,678", "1,234,567"]
