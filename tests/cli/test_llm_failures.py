"""When the model's server fails: one line, what to do next, and nothing lost. The real clients against a real server."""

import json
import shutil
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from analyzer.errors import EngineForbidden
from analyzer.usecases.read import unread_failure
from tests import talks
from tests.running import EXAMPLES, ROOT, Analyzer, short_meeting

COMPLETIONS = "/v1/chat/completions"
ANSWERS = Path(__file__).parents[1] / "data" / "engines" / "model-answers.json"


@pytest.fixture
def transcript(tmp_path: Path) -> Path:
    return short_meeting(tmp_path)


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
    assert row["turns"] == 35
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


@pytest.mark.usefixtures("practice")
def test_a_reading_whose_judging_failed_is_not_paid_again(
    analyzer: Analyzer, tmp_path: Path, httpserver: HTTPServer, point_at: Callable[[str], None]
) -> None:
    talk = tmp_path / "depots.txt"
    talk.write_text("".join(f"{name}: {text}\n" for name, _, text in talks.TALK), encoding="utf-8")
    answers = json.loads(ANSWERS.read_text(encoding="utf-8"))
    asked: list[str] = []

    def reply(request: Request) -> Response:
        asked.append(json.loads(request.data)["response_format"]["json_schema"]["name"])
        if len(asked) == 2:
            return Response('{"error": {"message": "no"}}', status=500, content_type="application/json")
        message = {"role": "assistant", "content": json.dumps(answers[asked[-1]])}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        whole = {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": choices}
        return Response(json.dumps(whole), content_type="application/json")

    httpserver.expect_request(COMPLETIONS).respond_with_handler(reply)
    point_at(httpserver.url_for("/v1"))
    upload = ("upload", talk, "--client", "Depot", "--date", "2025-11-03", "--us", "Ines Duarte", "--engine", "llm", "--json")
    assert analyzer(*upload).json["error"]["code"] == "server_unreachable"
    assert asked == ["Reading", "Judging"]
    seen = analyzer("motives", "depot", "--engine", "llm", "--json").data
    assert asked == ["Reading", "Judging", "Judging"]
    assert (seen["engine"], seen["meetings_read"]) == ("llm", 1)


@pytest.mark.usefixtures("practice")
def test_meetings_that_are_stored_but_not_read_are_told_in_one_clean_sentence(
    analyzer: Analyzer, httpserver: HTTPServer, point_at: Callable[[str], None]
) -> None:
    httpserver.expect_request(COMPLETIONS).respond_with_json({"error": {"message": "no"}}, status=401)
    point_at(httpserver.url_for("/v1"))
    files = sorted((EXAMPLES / "northgate").iterdir())
    error = analyzer("upload", *files, "--client", "Northgate", "--engine", "llm", "--json").json["error"]
    server = f"localhost:{httpserver.port}"
    assert error["message"] == f"{server} refused the key (HTTP 401); {len(files)} meetings are stored but not read"
    assert error["hint"] == (
        "check the key (`analyzer key show` tells where it comes from), and that it may use this model; "
        "then `analyzer motives northgate --engine llm` reads what is left"
    )
    meeting = analyzer("meetings", "--json").data["meetings"][0]["id"]
    alone = analyzer("motives", meeting, "--engine", "llm", "--json").json["error"]
    assert alone["message"].endswith("; 1 meeting is stored but not read")
    assert "`analyzer motives northgate-" in alone["hint"]


def test_a_client_that_is_kept_offline_is_not_told_to_be_read_by_a_model() -> None:
    told = unread_failure(EngineForbidden("Northgate is kept offline", "read it with --engine offline"), 2, "northgate")
    assert told.message == "Northgate is kept offline; 2 meetings are stored but not read"
    assert told.hint == "read it with --engine offline"


@pytest.mark.usefixtures("practice")
def test_a_server_that_takes_too_long_is_told_and_nothing_is_lost(
    analyzer: Analyzer, transcript: Path, httpserver: HTTPServer, point_at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    enough = threading.Event()

    def dawdle(_: Request) -> Response:
        enough.wait(20)
        return Response("{}", content_type="application/json")

    httpserver.expect_request(COMPLETIONS).respond_with_handler(dawdle)
    point_at(httpserver.url_for("/v1"))
    monkeypatch.setenv("ANALYZER_TIMEOUT", "0.3")
    try:
        run = analyzer("upload", transcript, "--client", "Northgate", "--engine", "llm", "--json")
    finally:
        enough.set()
    assert run.json["error"]["code"] == "server_unreachable"
    assert "in time" in run.json["error"]["message"]
    assert run.json["data"]["meetings"][0]["status"] == "added"


def test_evaluating_a_model_needs_no_record_of_the_meetings(
    analyzer: Analyzer, tmp_path: Path, httpserver: HTTPServer, point_at: Callable[[str], None]
) -> None:
    shutil.copy(ROOT / "benchmarks" / "meetings" / "northgate-02.json", tmp_path)
    answers = json.loads(ANSWERS.read_text(encoding="utf-8"))

    def reply(request: Request) -> Response:
        form = json.loads(request.data)["response_format"]["json_schema"]["name"]
        message = {"role": "assistant", "content": json.dumps(answers[form])}
        whole = {"id": "x", "object": "chat.completion", "created": 1, "model": "m"}
        whole["choices"] = [{"index": 0, "message": message, "finish_reason": "stop"}]
        return Response(json.dumps(whole), content_type="application/json")

    httpserver.expect_request(COMPLETIONS).respond_with_handler(reply)
    point_at(httpserver.url_for("/v1"))
    scores = analyzer("evaluate", tmp_path, "--engine", "llm", "--json").data
    assert scores["meetings"] == 1
    assert sum(scores["rejected"].values()) > 0
    assert analyzer("meetings", "--json").data["meetings"] == []
