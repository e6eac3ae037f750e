"""What is owed over all clients, and one promise said to be done or dropped, also where a turn holds several."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.model.findings import EngineId, Finding
from analyzer.store import Store
from tests.cli.test_at_terminal import talk
from tests.relations import LLM, OFFLINE, judged, promise
from tests.running import Analyzer, Begin

TODAY = dt.datetime.now().astimezone().date()
IRIS, TESS = "Iris Vance", "Tess Okafor"
TEXT = f"{IRIS}: I send the outline and book the room.\n{TESS}: And you get the figures from me.\n{TESS}: Somebody must ask Bo.\n"
Keep = Callable[..., str]


def on(days: int) -> str:
    """The day so many days from now."""
    return (TODAY + dt.timedelta(days=days)).isoformat()


@pytest.fixture
def keep(analyzer: Analyzer, begun: Begin, home: Path, tmp_path: Path) -> Keep:
    """Stores a meeting of that client, so many days ago, and a reading of it with these promises; its slug."""

    def made(client: str, ago: int, *said: tuple[int, str | None, str, str | None], by: EngineId = LLM) -> str:
        path = tmp_path / f"{on(-ago)} {client}.txt"
        path.write_text(f"{TEXT}{IRIS}: This was {client}, {ago}.\n", encoding="utf-8")
        upload = ("upload", path, "--client", client, "--us", IRIS, "--no-read", "--json")
        begun(f"{__name__} {client} {ago}", lambda: analyzer(*upload).data)
        (row,) = (m for m in analyzer("meetings", client, "--json").data["meetings"] if m["date"] == on(-ago))
        read(home, row["id"], *said, by=by)
        return str(row["slug"])

    return made


def read(home: Path, meeting_id: str, *said: tuple[int, str | None, str, str | None], by: EngineId = LLM) -> None:
    """Keep a reading of a meeting with these promises: the turn, who gives them, what, and when they are due."""
    with Store.open(home / "record.sqlite3") as store:
        meeting = store.meeting(meeting_id)
        found: list[Finding] = []
        for place, (turn, giver, what, due) in enumerate(said):
            one = promise(meeting, turn, giver, what, due=due)
            span = (place, place + 1)  # each stands behind the one before
            found.append(replace(one, evidence=replace(one.evidence, span=span)))
        store.save_assessment(judged(meeting, findings=found, engine=by)[1])


def owed(analyzer: Analyzer, *arguments: str) -> list[tuple[str, str]]:
    """What is owed, with the state, in the order in which it is listed."""
    rows = analyzer("promises", *arguments, "--json").data["promises"]
    return [(row["promise"]["what"], row["promise"]["status"]) for row in rows]


def whats(analyzer: Analyzer, *arguments: str) -> list[str]:
    return [what for what, _ in owed(analyzer, *arguments)]


def ids(analyzer: Analyzer) -> dict[str, str]:
    return {row["promise"]["what"]: row["id"] for row in analyzer("promises", "--json").data["promises"]}


class TestPromises:
    @pytest.fixture(autouse=True)
    def two(self, keep: Keep, begun: Begin) -> tuple[str, str]:
        """Two clients, to which and from which something is owed."""

        def fill() -> None:
            keep("Tarn Mills", 20, (0, IRIS, "send the outline", None), (1, TESS, "send the figures", on(-3)))
            keep("Acme", 30, (0, IRIS, "book the room", on(5)), (1, TESS, "ask the board", on(-9)), (2, None, "ask Bo", None))

        begun(__name__, fill)
        return f"tarn-mills-{on(-20)}", f"acme-{on(-30)}"

    def test_overdue_comes_first_and_then_the_oldest_over_all_clients(self, analyzer: Analyzer, two: tuple[str, str]) -> None:
        mills, acme = two
        assert owed(analyzer) == [
            ("ask the board", "unknown"),
            ("send the figures", "unknown"),
            ("book the room", "open"),
            ("ask Bo", "open"),
            ("send the outline", "open"),
        ]
        rows = analyzer("promises", "--json").data["promises"]
        assert [row["overdue"] for row in rows] == [True, True, False, False, False]
        assert [row["client_name"] for row in rows] == ["Acme", "Tarn Mills", "Acme", "Acme", "Tarn Mills"]
        assert [row["id"] for row in rows] == [f"{acme}:1", f"{mills}:1", f"{acme}:0", f"{acme}:2", f"{mills}:0"]

    def test_one_client_or_one_side_alone(self, analyzer: Analyzer) -> None:
        assert whats(analyzer, "tarn") == ["send the figures", "send the outline"]
        assert whats(analyzer, "--ours") == ["book the room", "send the outline"]
        assert whats(analyzer, "--theirs", "acme") == ["ask the board"]

    def test_what_is_due_by_a_day_comes_first_then_what_was_due_before_and_nothing_undated(self, analyzer: Analyzer) -> None:
        for span in ("5d", "1w", on(5)):
            assert whats(analyzer, "--due", span) == ["book the room", "send the figures", "ask the board"]
        assert whats(analyzer, "--due", "3D") == ["send the figures", "ask the board"]
        assert whats(analyzer, "--due", "1w", "--ours") == ["book the room"]
        assert analyzer("promises", "--due", "7d", "--json").data["until"] == on(7)

    def test_the_text_says_who_owes_whom_what_when_and_where(self, analyzer: Analyzer, two: tuple[str, str]) -> None:
        lines = analyzer("promises", "--theirs").out.splitlines()
        assert lines[0].startswith(f"overdue  {TESS}: ask the board, was due ")
        assert "not heard since" in lines[0]
        assert lines[1] == f"    Acme   {two[1]}:1"
        assert "2 promises: 2 theirs, 2 overdue." in lines
        assert "5 promises: 2 ours, 2 theirs, 2 overdue." in analyzer("promises").out

    def test_on_a_small_screen_every_id_stands_whole(self, two: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "50")
        shown = re.sub(r"\x1b\[[0-9;]*m", "", talk(["promises"], []))
        assert all(f"{place}:{turn}" in shown for place in two for turn in (0, 1))
        assert max(len(line) for line in shown.splitlines()) <= 50

    def test_what_is_done_is_left_out_and_counted(self, analyzer: Analyzer, two: tuple[str, str]) -> None:
        analyzer("promise", "done", f"{two[0]}:1")
        data = analyzer("promises", "tarn", "--json").data
        assert (len(data["promises"]), data["closed"]) == (1, 1)
        assert "1 done or dropped" in analyzer("promises", "tarn").out
        analyzer("promise", "drop", f"{two[0]}:0")
        assert analyzer("promises", "tarn").out == "No open promise is known; 2 done or dropped.\n"

    def test_meetings_that_nobody_read_are_told(self, analyzer: Analyzer, tmp_path: Path) -> None:
        path = tmp_path / f"{on(-1)} New.txt"
        path.write_text(TEXT, encoding="utf-8")
        analyzer("upload", path, "--client", "Other", "--us", IRIS, "--no-read")
        run = analyzer("promises", "--json")
        assert (run.data["unread"], [warning["code"] for warning in run.json["warnings"]]) == (1, ["unread"])
        assert analyzer("promises", "acme", "--json").json["warnings"] == []

    @pytest.mark.parametrize(
        "arguments", [("--ours", "--theirs"), ("--due", "soon"), ("--due", "d"), ("--due", "99999d")], ids=" ".join
    )
    def test_what_cannot_be_meant_is_refused(self, analyzer: Analyzer, arguments: tuple[str, ...]) -> None:
        run = analyzer("promises", *arguments, "--json")
        assert (run.code, run.json["error"]["code"]) == (2, "usage")


def test_without_meetings_nothing_is_owed(analyzer: Analyzer) -> None:
    assert analyzer("promises").out == "No open promise is known.\n"


class TestOnePromise:
    def test_it_is_done_with_a_note_and_open_again_when_that_is_taken_back(self, analyzer: Analyzer, keep: Keep) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None))
        run = analyzer("promise", "done", f"{slug}:0", "--note", "By post.", "--date", on(-2), "--json").data
        assert run["told"] == "send the outline: open -> done"
        assert [(step["outcome"], step["note"], step["date"]) for step in run["steps"]] == [("done", "By post.", on(-2))]
        assert owed(analyzer) == []
        assert analyzer("promise", "done", f"{slug}:0", "--clear", "--json").data["told"] == "send the outline: done -> open"
        assert owed(analyzer) == [("send the outline", "open")]

    def test_only_what_was_said_is_taken_back(self, analyzer: Analyzer, keep: Keep) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None))
        analyzer("promise", "drop", f"{slug}:0")
        run = analyzer("promise", "done", f"{slug}:0", "--clear", "--json")
        assert (run.code, run.json["error"]["message"]) == (1, f"you did not say that {slug}:0 is done")
        assert analyzer("promise", "drop", f"{slug}:0", "--clear").code == 0

    def test_each_of_several_in_a_turn_has_an_id_of_its_own(self, analyzer: Analyzer, keep: Keep) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the room", None), (1, TESS, "ask Bo", None))
        assert ids(analyzer) == {"send the outline": f"{slug}:0.1", "book the room": f"{slug}:0.2", "ask Bo": f"{slug}:1"}
        done = analyzer("promise", "done", f"{slug}:0.2", "--json").data
        assert (done["recommendation"], done["what"], done["told"]) == (
            f"{slug}:0.2",
            "book the room",
            "book the room: open -> done",
        )
        assert whats(analyzer) == ["send the outline", "ask Bo"]
        assert ids(analyzer)["send the outline"] == f"{slug}:0.1"
        assert analyzer("promise", "done", f"{slug}:0.1", "--clear").code == 1
        assert analyzer("promise", "done", f"{slug}:0.2", "--clear", "--json").data["told"] == "book the room: done -> open"
        assert len(whats(analyzer)) == 3

    def test_which_of_several_is_to_be_said(self, analyzer: Analyzer, keep: Keep) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the room", None))
        run = analyzer("promise", "drop", f"{slug}:0", "--json")
        assert (run.code, run.json["error"]["message"]) == (2, "that turn holds 2 promises")
        assert run.json["error"]["hint"] == f"say which one: {slug}:0.1: send the outline; {slug}:0.2: book the room"
        assert [status for _, status in owed(analyzer)] == ["open", "open"]

    def test_all_of_a_turn_are_closed_by_outcome_and_one_of_them_can_differ(self, analyzer: Analyzer, keep: Keep) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the room", None))
        analyzer("outcome", f"{slug}:0", "done", "--date", on(-3))
        assert owed(analyzer) == []
        analyzer("promise", "drop", f"{slug}:0.1", "--date", on(-1))
        rows = analyzer("motives", "acme", "--json").data["commitments"]
        assert {row["what"]: row["status"] for row in rows} == {"send the outline": "dropped", "book the room": "done"}
        told = analyzer("promise", "done", f"{slug}:0.2", "--clear")
        assert (told.code, f"analyzer outcome {slug}:0 --clear" in told.err) == (1, True)
        assert analyzer("outcome", f"{slug}:0", "--clear").code == 0
        assert len(whats(analyzer)) == 2

    def test_a_word_on_one_finds_it_in_another_reading_and_never_its_neighbour(
        self, analyzer: Analyzer, keep: Keep, home: Path
    ) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the big room", None))
        analyzer("promise", "done", f"{slug}:0.2")
        meeting_id = analyzer("meetings", "--json").data["meetings"][0]["id"]
        read(home, meeting_id, (0, IRIS, "book the room", None), (0, IRIS, "send the outline", None))
        assert whats(analyzer) == ["send the outline"]
        assert analyzer("promises", "--json").json["warnings"] == []
        read(home, meeting_id, (0, IRIS, "send the outline", None))
        run = analyzer("promises", "--json")
        assert [row["promise"]["what"] for row in run.data["promises"]] == ["send the outline"]
        assert [warning["code"] for warning in run.json["warnings"]] == ["word_lost"]

    def test_ids_are_those_of_the_reading_that_counts_for_the_client(self, analyzer: Analyzer, keep: Keep, home: Path) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the room", None), by=OFFLINE)
        keep("Acme", 5, by=OFFLINE)
        meeting_id = next(m["id"] for m in analyzer("meetings", "--json").data["meetings"] if m["slug"] == slug)
        read(home, meeting_id, (0, IRIS, "book the room", None))  # by an engine that has not read the client's other meeting
        assert analyzer("promise", "done", ids(analyzer)["book the room"], "--json").data["what"] == "book the room"
        assert whats(analyzer) == ["send the outline"]

    @pytest.mark.parametrize(
        ("place", "told"),
        [
            ("SLUG:0.3", "no promise 3 at turn 0"),
            ("SLUG:0.0", "no promise 0 at turn 0"),
            ("SLUG:2", "no promise is known at turn 2"),
            ("SLUG:0.", "names no advice and no promise"),
            ("SLUG:.1", "names no advice and no promise"),
            ("SLUG", "names no advice and no promise"),
            (f"SLUG:0.{'9' * 5000}", "names no advice and no promise"),
            ("nowhere:0.1", "no client or meeting"),
        ],
        ids=lambda value: value[:12],
    )
    def test_what_names_no_promise_is_refused(self, analyzer: Analyzer, keep: Keep, place: str, told: str) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the room", None))
        run = analyzer("promise", "done", place.replace("SLUG", slug))
        assert run.code in (1, 2)
        assert told in run.err

    @pytest.mark.parametrize(
        "more", [("--date", "2999-01-01"), ("--date", "2001-01-01"), ("--clear", "--note", "why")], ids=" ".join
    )
    def test_what_makes_no_sense_is_refused(self, analyzer: Analyzer, keep: Keep, more: tuple[str, ...]) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None))
        assert analyzer("promise", "done", f"{slug}:0", *more).code == 2
        assert owed(analyzer) == [("send the outline", "open")]

    def test_one_of_several_promises_is_no_advice(self, analyzer: Analyzer, keep: Keep) -> None:
        slug = keep("Acme", 9, (0, IRIS, "send the outline", None), (0, IRIS, "book the room", None))
        run: Any = analyzer("outcome", f"{slug}:0.1", "adopted")
        assert (run.code, "no advice" in run.err) == (2, True)
        assert analyzer("outcome", f"{slug}:0.1", "done", "--json").data["told"] == "send the outline: open -> done"
