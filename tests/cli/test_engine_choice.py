"""Which engine reads, and whose words may be sent: nothing leaves because a key or a server is there."""

import datetime as dt
import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from analyzer.cli.main import main
from analyzer.model.findings import EngineId
from analyzer.store import Store
from tests.running import Analyzer


@pytest.fixture
def server(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    """A model's server that refuses whatever it is asked, and counts it."""
    httpserver.expect_request("/v1/chat/completions").respond_with_json({"error": {"message": "no"}}, status=401)
    monkeypatch.setenv("ANALYZER_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("ANALYZER_API_KEY", "sk-test")
    monkeypatch.setenv("ANALYZER_RETRIES", "0")
    return httpserver


@pytest.mark.parametrize("command", [["motives", "northgate"], ["ask", "Who signs page eleven?", "--client", "northgate"]])
def test_words_of_a_client_that_is_kept_offline_are_never_sent(
    analyzer: Analyzer, two_clients: Path, server: HTTPServer, command: list[str]
) -> None:
    with Store.open(two_clients / "record.sqlite3") as store:
        northgate = next(c for c in store.clients() if c.slug.startswith("northgate"))
        store.set_client(northgate.id, offline_only=True)
    run = analyzer(*command, "--engine", "llm", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "engine_forbidden"
    assert server.log == []


@pytest.mark.usefixtures("two_clients")
def test_where_words_go_is_told_before_they_go(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> None:
    told_when_asked: list[str] = []

    def refuse(_: Request) -> Response:
        sys.stderr.flush()
        told_when_asked.append(stderr.getvalue())
        return Response(status=401, response='{"error": {"message": "no"}}')

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(refuse)
    monkeypatch.setenv("ANALYZER_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("ANALYZER_RETRIES", "0")
    monkeypatch.setattr(sys, "argv", ["analyzer", "motives", "northgate", "--engine", "llm"])
    stderr = io.StringIO()
    with redirect_stderr(stderr), redirect_stdout(io.StringIO()), pytest.raises(SystemExit):
        main()
    assert len(told_when_asked) == 1
    assert f"localhost:{httpserver.port}" in told_when_asked[0]
    assert stderr.getvalue().count("the words of what is read go to") == 1


@pytest.mark.usefixtures("two_clients")
def test_a_meeting_that_the_server_will_not_read_does_not_hold_up_the_others(
    analyzer: Analyzer, httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    httpserver.expect_request("/v1/chat/completions").respond_with_json({"error": {"message": "too odd"}}, status=400)
    monkeypatch.setenv("ANALYZER_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("ANALYZER_RETRIES", "0")
    run = analyzer("motives", "northgate", "--engine", "llm", "--json")
    assert run.json["error"]["code"] == "request_refused"
    told = [w["message"] for w in run.json["warnings"] if w["code"] == "not_read"]
    assert [message.split(" is not read")[0] for message in told] == [
        "northgate-logistics-2025-09-17",
        "northgate-logistics-2025-11-20",
        "northgate-logistics-2026-02-11",
    ]


@pytest.mark.usefixtures("two_clients")
def test_the_llm_engine_is_asked_when_a_flag_says_so(analyzer: Analyzer, server: HTTPServer) -> None:
    assert analyzer("motives", "northgate", "--engine", "llm", "--json").json["error"]["code"] == "key_refused"
    assert len(server.log) == 1


def test_the_llm_engine_is_asked_when_the_settings_say_so(analyzer: Analyzer, two_clients: Path, server: HTTPServer) -> None:
    (two_clients / "settings.toml").write_text('engine = "llm"\n', encoding="utf-8")
    assert analyzer("motives", "northgate", "--json").json["error"]["code"] == "key_refused"
    assert len(server.log) == 1


@pytest.mark.usefixtures("two_clients", "server")
def test_a_key_and_a_server_alone_choose_nothing(analyzer: Analyzer, httpserver: HTTPServer) -> None:
    assert analyzer("motives", "northgate", "--json").data["engine"] == "offline"
    assert httpserver.log == []


def test_the_llm_engine_counts_only_where_it_has_read_every_meeting(analyzer: Analyzer, two_clients: Path) -> None:
    with Store.open(two_clients / "record.sqlite3") as store:
        northgate = next(c for c in store.clients() if c.slug.startswith("northgate"))
        heads = store.meetings(northgate.id)
        readings = {a.meeting: a for a in store.assessments([h.id for h in heads])}
        by_llm = [
            replace(readings[h.id], engine=EngineId(name="llm", model="m"), read_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
            for h in heads
        ]
        for reading in by_llm[:-1]:
            store.save_assessment(reading)
        assert analyzer("motives", "northgate", "--json").data["engine"] == "offline"
        store.save_assessment(by_llm[-1])
    data = analyzer("motives", "northgate", "--json").data
    assert (data["engine"], data["meetings_read"], data["unread"]) == ("llm", 3, 0)


def test_what_is_not_read_is_told_with_the_command_that_reads_it(analyzer: Analyzer, two_clients: Path) -> None:
    run = analyzer("brief", "northgate", "--engine", "llm", "--json")
    told = next(w["message"] for w in run.json["warnings"] if w["code"] == "unread")
    assert told.startswith("3 of 3 meetings")
    assert "analyzer motives northgate-logistics --engine llm" in told
    assert two_clients.exists()
