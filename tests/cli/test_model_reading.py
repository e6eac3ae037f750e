"""Reading with a model behind it: what is asked first, what is shown instead, what it costs, what reading again changes."""

import json
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.settings import load
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from tests import talks
from tests.model_server import Asked, ModelServer, Reply, declines, fails, late, says
from tests.running import ROOT, Analyzer
from tests.warm import Warm

ANSWERS = json.loads((ROOT / "tests" / "data" / "engines" / "model-answers.json").read_text(encoding="utf-8"))
FORMS = {"read": "Reading", "judge": "Judging", "answer": "Answering"}


def usual(asked: Asked) -> Reply:
    return says(ANSWERS[FORMS[asked.task]])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModelServer]:
    with ModelServer(usual) as server:
        monkeypatch.setenv("ANALYZER_BASE_URL", server.url)
        monkeypatch.setenv("ANALYZER_MODEL", "m-1")
        monkeypatch.setenv("ANALYZER_RETRIES", "0")
        yield server


def talk(folder: Path, number: int = 1) -> Path:
    """The talk of `tests.talks`, with so much else said after it that no two are one meeting."""
    lines = [f"{name}: {text}\n" for name, _, text in talks.TALK]
    for at in range(20):
        lines.append(f"Howard Pell: {' '.join(f'place{number}x{at}x{word}' for word in range(12))}.\n")
        lines.append("Ines Duarte: Right.\n")
    path = folder / f"depots-{number}.txt"
    path.write_text(
        "".join([*lines, f"Howard Pell: See you in week {number}, then, at the {number}th gate.\n"]), encoding="utf-8"
    )
    return path


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with five meetings of one client that nobody has read; made once."""
    home = tmp_path_factory.mktemp("depot") / "home"
    files = tmp_path_factory.mktemp("files")
    for n in range(1, 6):
        talk(files, n).rename(files / f"2025-11-{n:02} depots.txt")
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        added = upload(ws, gather([files]), UploadOptions(said=Said(client="Depot", us=("Ines Duarte",)), read=False))
        assert [row.status for row in added.meetings] == ["added"] * 5
    return home


@pytest.fixture
def meetings(depot: Path, home: Path) -> list[str]:
    """The slugs of these meetings, in this test's own copy of that home."""
    shutil.copytree(depot, home)
    return [f"depot-2025-11-{n:02}" for n in range(1, 6)]


def test_many_meetings_are_sent_only_when_somebody_agreed(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    refused = analyzer("motives", "depot", "--engine", "llm", "--json")
    assert refused.code == 1
    error = refused.json["error"]
    assert error["code"] == "not_agreed"
    assert "reading 5 meetings takes 10 calls" in error["message"]
    assert "--yes" in error["hint"]
    assert server.asked == []
    agreed = analyzer("motives", "depot", "--engine", "llm", "--yes", "--json")
    assert (agreed.data["meetings_read"], agreed.data["engine"]) == (5, "llm")
    assert server.tasks == {"read": 5, "judge": 5}
    assert agreed.json["usage"]["calls"] == 10
    assert agreed.json["usage"]["input_tokens"] > 0


def test_a_program_that_is_given_nobody_to_ask_sends_nothing(server: ModelServer, meetings: list[str]) -> None:
    from analyzer.errors import NotAgreed
    from analyzer.settings import load
    from analyzer.usecases.read import read_meetings
    from analyzer.workspace import Workspace

    with Workspace(load()) as ws:
        readings = read_meetings(ws, ws.store.meetings(), "llm")
    assert isinstance(readings.failure, NotAgreed)
    assert (readings.unread, server.asked) == (len(meetings), [])


def test_a_part_that_was_not_read_is_not_counted_as_read(
    analyzer: Analyzer, server: ModelServer, meetings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from analyzer.settings import load
    from analyzer.workspace import Workspace

    monkeypatch.setenv("ANALYZER_CONTEXT_TOKENS", "11000")
    server.answer = lambda asked: declines("no") if asked.task == "read" and 0 not in asked.turns else usual(asked)
    analyzer("motives", meetings[0], "--engine", "llm")
    with Workspace(load()) as ws:
        head = next(h for h in ws.store.meetings() if h.slug == meetings[0])
        kept = ws.store.last_reading(head.id, "llm")
    assert kept is not None
    assert head.partly_read == ("llm",)
    assert kept.turns_read == head.turns - sum(gap.last - gap.first + 1 for gap in kept.gaps) < head.turns


def test_few_meetings_are_read_without_being_asked_for(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    assert analyzer("motives", meetings[0], "--engine", "llm", "--json").data["meetings_read"] == 1
    assert len(server.asked) == 2


def test_a_dry_run_tells_calls_and_tokens_and_sends_nothing(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    planned = analyzer("motives", "depot", "--dry-run", "--json").data
    assert [row["calls"] for row in planned["meetings"]] == [2] * 5
    assert all(row["input_tokens"] > 1000 for row in planned["meetings"])
    assert server.asked == []
    analyzer("motives", meetings[0], "--engine", "llm")
    planned = analyzer("motives", "depot", "--dry-run", "--json").data
    assert [row["calls"] for row in planned["meetings"]] == [0, 2, 2, 2, 2]
    told = analyzer("motives", "depot", "--dry-run").out
    assert "In all 8 calls" in told
    assert "(this machine)" in told


def test_a_preview_is_exactly_what_is_sent(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    shown = analyzer("motives", meetings[0], "--preview", "--json").data
    assert shown["judged_later"] == [meetings[0]]
    assert server.asked == []
    analyzer("motives", meetings[0], "--engine", "llm")
    whole = analyzer("motives", meetings[0], "--preview", "--json").data
    assert [one["kept"] for one in whole["sendings"]] == [True, True]
    assert [(one["system"], one["user"]) for one in whole["sendings"]] == [(a.system, a.user) for a in server.asked]
    assert shown["sendings"][0] == whole["sendings"][0] | {"kept": False}
    text = analyzer("motives", meetings[0], "--preview").out
    assert "Could your summary not just say" in text
    assert "Nothing was sent." in text


def test_a_question_is_previewed_asked_and_never_paid_twice(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    question = ("ask", "How are orders doing since the summer?", "--client", "depot", "--engine", "llm")
    (shown,) = analyzer(*question, "--preview", "--json").data["sendings"]
    assert server.asked == []
    first = analyzer(*question, "--json")
    assert [a.user for a in server.asked] == [shown["user"]]
    again = analyzer(*question, "--json")
    assert len(server.asked) == 1
    assert (again.data, again.json["usage"]) == (first.data, {"cached": 1})


def test_a_client_that_is_kept_offline_is_left_out_of_a_batch_and_named(
    analyzer: Analyzer, server: ModelServer, meetings: list[str], tmp_path: Path
) -> None:
    analyzer("upload", talk(tmp_path, 9), "--client", "Quiet Ltd", "--date", "2025-11-09", "--us", "Ines Duarte")
    analyzer("clients", "set", "quiet-ltd", "--offline-only")
    everybody = analyzer("ask", "How are orders doing since the summer?", "--all-clients", "--engine", "llm", "--json")
    assert everybody.code == 0
    assert "Quiet Ltd is kept offline and was left out" in next(
        w["message"] for w in everybody.json["warnings"] if w["code"] == "kept_offline"
    )
    assert "9th gate" not in "".join(a.user for a in server.asked)
    for command in (("motives", "quiet-ltd", "--engine", "llm"), ("motives", "quiet-ltd", "--preview")):
        assert analyzer(*command, "--json").json["error"]["code"] == "engine_forbidden"
    alone = analyzer("ask", "How are orders?", "--client", "quiet-ltd", "--engine", "llm", "--json")
    assert alone.json["error"]["code"] == "engine_forbidden"
    files = [talk(tmp_path, 21), talk(tmp_path, 22)]
    analyzer("upload", files[0], "--client", "Quiet Ltd", "--date", "2025-11-21", "--no-read")
    assert all("21th gate" not in a.user for a in server.asked)


def test_reading_again_tells_what_changed_and_why(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    slug = meetings[0]
    analyzer("motives", slug, "--engine", "llm")
    same = analyzer("motives", slug, "--engine", "llm", "--reread", "--json")
    assert same.json["usage"] == {"cached": 2}
    assert [change["lines"] for change in same.data["changes"]] == [[]]
    server.answer = stricter
    other = ("motives", slug, "--engine", "llm", "--reread")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANALYZER_MODEL", "m-2")
        (change,) = analyzer(*other, "--json").data["changes"]
    assert "An outside view for a settled decision: strong -> none" in change["lines"]
    assert change["because"] == ["another model (m-1, now m-2)"]
    back = analyzer(*other).out
    assert "An outside view for a settled decision: none -> strong" in back
    assert "another model (m-2, now m-1)" in back


def stricter(asked: Asked) -> Reply:
    if asked.task != "judge":
        return usual(asked)
    judged = json.loads(json.dumps(ANSWERS["Judging"]))
    for sign in judged["signs"].values():
        sign |= {"level": "none", "evidence": []}
    return says(judged)


def test_nothing_is_read_again_by_a_model_that_nobody_chose(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    analyzer("motives", meetings[0], "--engine", "llm")
    sent = len(server.asked)
    refused = analyzer("motives", meetings[0], "--reread", "--json")
    assert refused.code == 2
    assert "--engine llm" in refused.json["error"]["hint"]
    assert len(server.asked) == sent


def test_notes_are_sent_only_when_that_is_said(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    analyzer("note", "depot", "The works council left the table.")
    analyzer("motives", meetings[0], "--engine", "llm")
    assert "works council" not in "".join(a.user for a in server.asked)
    assert "works council" not in analyzer("motives", meetings[0], "--preview").out
    assert "works council" in analyzer("motives", meetings[0], "--preview", "--with-notes").out
    changed = analyzer("motives", meetings[0], "--engine", "llm", "--reread", "--with-notes", "--json").data["changes"]
    assert "works council" in server.asked[-1].user
    assert changed[0]["because"] == ["your notes went along"]


def test_dismissed_words_are_not_weighed_again(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    slug = meetings[0]
    seen = analyzer("motives", slug, "--engine", "llm", "--json").data
    turn = next(row for row in seen["signs"] if row["id"] == "outside_validation")["evidence"][0]["turn"]
    analyzer("dismiss", slug, "outside_validation", "--turn", turn, "--because", "irony")
    analyzer("motives", slug, "--engine", "llm", "--reread")
    first, again = (a.user for a in server.asked if a.task == "judge")
    assert f"sign outside_validation for strong | turn {turn}:" in first
    assert f"sign outside_validation for strong | turn {turn}:" not in again


def test_a_meeting_that_is_declined_is_left_out_and_the_others_are_read(
    analyzer: Analyzer, server: ModelServer, meetings: list[str]
) -> None:
    server.answer = lambda asked: declines("no") if "2th gate" in asked.user else usual(asked)
    run = analyzer("motives", "depot", "--engine", "llm", "--yes", "--json")
    assert run.code == 1
    assert (run.json["data"]["meetings_read"], run.json["data"]["unread"]) == (4, 1)
    assert run.json["error"]["code"] == "model_declined"
    assert any(meetings[1] in w["message"] for w in run.json["warnings"] if w["code"] == "not_read")


def test_a_limit_that_all_would_meet_ends_the_round_and_what_was_read_stays(
    analyzer: Analyzer, server: ModelServer, meetings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_PARALLEL", "1")
    server.answer = lambda asked: usual(asked) if len(server.asked) <= 4 else fails(429, "slow down")
    run = analyzer("motives", "depot", "--engine", "llm", "--yes", "--json")
    assert run.json["error"]["code"] == "rate_limited"
    assert run.json["data"]["meetings_read"] == 2
    assert len(server.asked) == 5
    server.answer = usual
    assert analyzer("motives", "depot", "--engine", "llm", "--json").data["meetings_read"] == 5


def test_several_meetings_are_read_at_once_but_no_more_than_was_said(
    analyzer: Analyzer, server: ModelServer, meetings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_PARALLEL", "3")
    three, lock = threading.Barrier(3, timeout=10), threading.Lock()
    going: list[int] = []
    now = 0

    def together(asked: Asked) -> Reply:
        nonlocal now
        with lock:
            now += 1
            going.append(now)
            number = len(going)
        if 2 <= number <= 4:
            three.wait()  # the first question goes alone; the next three are answered only when all are there
        with lock:
            now -= 1
        return usual(asked)

    server.answer = together
    assert analyzer("motives", "depot", "--engine", "llm", "--yes", "--json").data["meetings_read"] == 5
    assert max(going) == 3


def test_usage_is_kept_without_a_word_of_what_was_read(analyzer: Analyzer, server: ModelServer, meetings: list[str]) -> None:
    question = ("ask", "How are orders doing since the summer?", "--client", "depot", "--engine", "llm")
    analyzer("motives", meetings[0], "--engine", "llm")
    assert "used: 1 call, " in analyzer(*question).err
    rows = {row["command"]: row for row in analyzer("usage", "--json").data["rows"]}
    assert {name: row["calls"] for name, row in rows.items()} == {"read": 1, "judge": 1, "answer": 1}
    assert rows["read"]["model"] == "m-1"
    assert "(this machine)" in rows["read"]["server"]


def test_what_failed_and_what_was_cut_short_is_counted_as_well(
    analyzer: Analyzer, server: ModelServer, meetings: list[str]
) -> None:
    server.answer = lambda asked: usual(asked) if asked.task == "read" else says("no answer in any form")
    assert analyzer("motives", meetings[0], "--engine", "llm").code == 1
    rows = {row["command"]: row["calls"] for row in analyzer("usage", "--json").data["rows"]}
    assert rows["read"] == 1
    assert rows["judge"] == len(server.asked) - 1


def test_each_reading_keeps_what_made_it(analyzer: Analyzer, server: ModelServer, meetings: list[str], home: Path) -> None:
    from analyzer.settings import load
    from analyzer.workspace import Workspace

    analyzer("motives", meetings[0], "--engine", "llm")
    with Workspace(load()) as ws:
        head = next(h for h in ws.store.meetings() if h.slug == meetings[0])
        kept = ws.store.last_reading(head.id, "llm")
    assert kept is not None
    assert (kept.engine.model, len(kept.engine.prompts), len(kept.transcript)) == ("m-1", 12, 16)
    assert kept.parameters["server"].endswith("(this machine)")
    assert kept.parameters["privacy"] == "none"
    assert kept.usage["calls"] == 2
    assert kept.usage["output_tokens"] > 0
    assert kept.seconds > 0


def test_ctrl_c_keeps_what_is_done_and_the_rest_is_read_later(
    analyzer: Analyzer, warm: Warm, server: ModelServer, meetings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANALYZER_PARALLEL", "1")
    third, let_go = threading.Event(), threading.Event()

    def hanging(asked: Asked) -> Reply:
        if len(server.asked) < 5:
            return usual(asked)
        third.set()
        return late(usual(asked), let_go)

    server.answer = hanging
    running = warm.pipe("motives", "depot", "--engine", "llm", "--yes")
    assert third.wait(60)
    running.process.send_signal(signal.SIGINT)
    code, _, told = running.ends(30)
    let_go.set()
    assert code == 130
    assert "stopped" in told
    assert "Traceback" not in told
    server.answer = usual
    before = len(server.asked)
    assert analyzer("motives", "depot", "--engine", "llm", "--json").data["meetings_read"] == 5
    assert len(server.asked) - before == 6


def test_evaluating_with_a_model_asks_first(analyzer: Analyzer, server: ModelServer) -> None:
    refused = analyzer("evaluate", ROOT / "benchmarks" / "meetings", "--engine", "llm", "--json")
    assert refused.json["error"]["code"] == "not_agreed"
    assert "16 labelled meetings" in refused.json["error"]["message"]
    assert server.asked == []
