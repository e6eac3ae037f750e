"""When the model's server fails: one line, what to do next, and nothing lost. The real clients against a real server."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.running import EXAMPLES, Analyzer

COMPLETIONS = "/v1/chat/completions"


@pytest.fixture
def transcript() -> Path:
    return min((EXAMPLES / "northgate").iterdir())


@pytest.fixture
def point_at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Points the llm engine at a server, with a key and without patience."""

    def point(base_url: str) -> None:
        monkeypatch.setenv("ANALYZER_BASE_URL", base_url)
        monkeypatch.setenv("ANALYZER_API_KEY", "sk-very-secret")
        monkeypatch.setenv("ANALYZER_RETRIES", "0")
        monkeypatch.setenv("ANALYZER_TIMEOUT", "2")

    return point


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.usefixtures("practice")
def test_a_missing_key_is_told_before_anything_is_sent(analyzer: Analyzer, transcript: Path) -> None:
    run = analyzer("upload", transcript, "--client", "Northgate", "--engine", "llm", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "key_missing"
    assert "ANALYZER_API_KEY" in run.json["error"]["hint"]
    assert run.json["data"]["meetings"][0]["status"] == "added"


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize(("status", "code"), [(401, "key_refused"), (429, "rate_limited"), (500, "server_unreachable")])
def test_a_server_that_refuses_leaves_the_meeting_stored(
    analyzer: Analyzer, transcript: Path, httpserver: HTTPServer, point_at: Callable[[str], None], status: int, code: str
) -> None:
    httpserver.expect_request(COMPLETIONS).respond_with_json({"error": {"message": "no: sk-very-secret"}}, status=status)
    point_at(httpserver.url_for("/v1"))
    run = analyzer("upload", transcript, "--client", "Northgate", "--engine", "llm", "--json")
    assert run.code == 1
    error = run.json["error"]
    assert error["code"] == code
    assert error["hint"]
    assert "sk-very-secret" not in run.out + run.err
    row = analyzer("meetings", "--json").data["meetings"][0]
    assert row["turns"] == 106
    assert row["readings"] == []


@pytest.mark.usefixtures("practice")
def test_a_dead_server_is_one_line_and_the_reading_can_be_done_later(
    analyzer: Analyzer, transcript: Path, point_at: Callable[[str], None]
) -> None:
    point_at(f"http://127.0.0.1:{closed_port()}/v1")
    run = analyzer("upload", transcript, "--client", "Northgate", "--engine", "llm")
    assert run.code == 1
    errors = [line for line in run.err.splitlines() if line.startswith("error:")]
    assert len(errors) == 1
    assert "motives" in errors[0]
    assert "Traceback" not in run.err
    assert analyzer("motives", "northgate", "--engine", "offline", "--json").data["meetings_read"] == 1


@pytest.mark.usefixtures("practice")
def test_where_words_go_is_told(
    analyzer: Analyzer, transcript: Path, httpserver: HTTPServer, point_at: Callable[[str], None]
) -> None:
    httpserver.expect_request(COMPLETIONS).respond_with_json({"error": {"message": "no"}}, status=401)
    point_at(httpserver.url_for("/v1"))
    run = analyzer("upload", transcript, "--client", "Northgate", "--engine", "llm", "--json")
    told = next(w["message"] for w in run.json["warnings"] if w["code"] == "words_leave")
    assert f"localhost:{httpserver.port}" in told


@pytest.mark.usefixtures("practice")
def test_a_key_alone_selects_nothing(analyzer: Analyzer, transcript: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-very-secret")
    run = analyzer("upload", transcript, "--client", "Northgate", "--json")
    assert run.data["meetings"][0]["read_by"] == "offline"
    assert not any(w["code"] == "words_leave" for w in run.json["warnings"])
