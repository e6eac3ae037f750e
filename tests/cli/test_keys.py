"""The key in the system's keyring: set, looked for, sent to its own server alone, forgotten; never shown, never in a file."""

import io
import json
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringLocked, PasswordDeleteError
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from tests.running import Analyzer, short_meeting

KEY = "sk-test-7f3a9c0d2e5b8a41"


class Safe(KeyringBackend):
    """A keyring that keeps its keys in memory."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.held.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class PlaintextKeyring(Safe):
    """As the one of keyrings.alt is called, which writes a file that everybody can read."""


class Locked(Safe):
    """As long as nobody types the password that opens it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(f"{service} of {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(f"{service} of {username}, {len(password)} letters")


class Forgetful(Safe):
    def set_password(self, service: str, username: str, password: str) -> None: ...


class Chain(Safe):
    """As keyring chains the backends that it finds."""

    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


def no_keyring() -> KeyringBackend:
    """What keyring has where a machine has none."""
    return fail.Keyring()  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def safe() -> Iterator[Safe]:
    """A keyring of this test's own; afterwards there is none."""
    backend = Safe()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(no_keyring())


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8"))


def set_key(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, *options: str, key: str = KEY) -> object:
    typed(monkeypatch, f"{key}\n")
    return analyzer("key", "set", "-", *options, "--json").data


def test_a_key_is_kept_found_and_forgotten(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, safe: Safe) -> None:
    typed(monkeypatch, f"  {KEY} \nand more\n")
    run = analyzer("key", "set", "-")
    assert run.code == 0
    assert "kept for api.openai.com" in run.out
    assert safe.held == {("analyzer", "api.openai.com"): KEY}
    shown = analyzer("key", "show")
    assert shown.out == "the key for api.openai.com comes from the system's keyring\n"
    assert KEY not in run.out + run.err + shown.out + shown.err
    assert analyzer("key", "forget").out.startswith("forgotten: no key is kept for api.openai.com")
    assert safe.held == {}
    assert analyzer("key", "forget", "--json").data["changed"] is False


def test_a_server_that_needs_no_key_is_told_so(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, safe: Safe) -> None:
    assert safe.held == {}
    monkeypatch.setenv("ANALYZER_BASE_URL", "http://127.0.0.1:8123/v1")
    assert analyzer("key", "show").out == "no key is kept for 127.0.0.1:8123; it can be asked without one\n"


def test_a_key_belongs_to_one_server(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, safe: Safe) -> None:
    set_key(analyzer, monkeypatch, "--server", "https://Models.Example.com:8443/v1")
    assert safe.held == {("analyzer", "models.example.com:8443"): KEY}
    assert analyzer("key", "show", "--json").data == {
        "server": "api.openai.com",
        "found": False,
        "source": "",
        "needed": True,
        "changed": False,
    }
    monkeypatch.setenv("ANALYZER_PROVIDER", "anthropic")
    set_key(analyzer, monkeypatch)
    assert ("analyzer", "anthropic") in safe.held


def test_the_environment_comes_first_and_says_so(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    typed(monkeypatch, f"{KEY}\n")
    assert "the key in OPENAI_API_KEY comes before" in analyzer("key", "set", "-").err
    assert analyzer("key", "show", "--json").data["source"] == "environment OPENAI_API_KEY"
    assert analyzer("key", "show", "--server", "models.example.com", "--json").data["found"] is False


@pytest.mark.parametrize("told", ["", "two words", "sk-\u00fc"])
def test_what_can_be_no_key_is_not_kept(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, safe: Safe, told: str) -> None:
    typed(monkeypatch, f"{told}\n")
    run = analyzer("key", "set", "-")
    assert run.code == 2
    assert "that is no key" in run.err
    assert safe.held == {}


def test_a_key_as_an_argument_is_not_taken_and_not_repeated(analyzer: Analyzer, safe: Safe) -> None:
    run = analyzer("key", "set", KEY)
    assert run.code == 2
    assert KEY not in run.out + run.err
    assert safe.held == {}


def test_nobody_to_ask_is_told(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    typed(monkeypatch, "")
    run = analyzer("key", "set")
    assert run.code == 2
    assert "analyzer key set -" in run.err


@pytest.mark.parametrize(
    ("backend", "told"),
    [
        (no_keyring(), "this machine has no keyring"),
        (PlaintextKeyring(), "PlaintextKeyring would write the key into a file as it is"),
        (Chain(PlaintextKeyring(), no_keyring()), "PlaintextKeyring would write"),
        (Locked(), "does not open (KeyringLocked)"),
        (Forgetful(), "did not keep the key"),
    ],
)
def test_a_keyring_that_will_not_do_is_refused_and_names_the_variable(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, backend: KeyringBackend, told: str
) -> None:
    keyring.set_keyring(backend)
    typed(monkeypatch, f"{KEY}\n")
    run = analyzer("key", "set", "-", "--json")
    assert run.code == 1
    assert run.json["error"]["code"] == "keyring"
    assert told in run.json["error"]["message"]
    assert "ANALYZER_API_KEY" in run.json["error"]["hint"]
    assert KEY not in run.out + run.err


def test_of_a_chain_the_first_that_is_safe_is_used(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, safe: Safe) -> None:
    plain = PlaintextKeyring()
    keyring.set_keyring(Chain(plain, safe))
    set_key(analyzer, monkeypatch)
    assert (list(safe.held.values()), plain.held) == ([KEY], {})


def test_without_a_keyring_there_is_just_no_key(analyzer: Analyzer) -> None:
    keyring.set_keyring(no_keyring())
    run = analyzer("key", "show", "--json")
    assert run.data["found"] is False
    assert [w["code"] for w in run.json["warnings"]] == ["keyring"]


@pytest.mark.usefixtures("practice")
def test_a_kept_key_is_sent_to_its_server_and_is_in_nothing_that_is_kept(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, httpserver: HTTPServer, home: Path, tmp_path: Path
) -> None:
    seen: list[str | None] = []

    def echo(request: Request) -> Response:
        seen.append(request.headers.get("Authorization"))
        body = json.dumps({"error": {"message": f"you sent {request.headers.get('Authorization')}"}})
        return Response(body, status=400, content_type="application/json")

    httpserver.expect_request("/v1/chat/completions").respond_with_handler(echo)
    monkeypatch.setenv("ANALYZER_BASE_URL", httpserver.url_for("/v1"))
    monkeypatch.setenv("ANALYZER_RETRIES", "0")
    set_key(analyzer, monkeypatch)
    run = analyzer("upload", short_meeting(tmp_path), "--client", "Northgate", "--engine", "llm", "--json")
    assert run.code == 1
    assert set(seen) == {f"Bearer {KEY}"}
    assert KEY not in run.out + run.err
    assert not any(KEY.encode() in path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.mark.usefixtures("practice")
def test_a_key_that_is_needed_and_nowhere_is_told_with_both_ways_to_give_it(analyzer: Analyzer, tmp_path: Path) -> None:
    run = analyzer("upload", short_meeting(tmp_path), "--client", "Northgate", "--engine", "llm", "--json")
    assert run.json["error"]["code"] == "key_missing"
    assert "analyzer key set" in run.json["error"]["hint"]
    assert "ANALYZER_API_KEY" in run.json["error"]["hint"]


def test_doctor_tells_server_privacy_and_key_without_opening_the_keyring(
    analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyring.set_keyring(Locked())
    monkeypatch.setenv("ANALYZER_ENGINE", "llm")
    checks = {c["name"]: c for c in analyzer("doctor", "--json").data["checks"]}
    assert "words go to api.openai.com" in checks["engine"]["detail"]
    assert checks["privacy"]["detail"].startswith("pseudonyms: ")
    assert checks["key"]["state"] == "warn"
    monkeypatch.setenv("ANALYZER_API_KEY", KEY)
    run = analyzer("doctor", "--json")
    assert {c["name"]: c for c in run.data["checks"]}["key"]["detail"] == "from environment ANALYZER_API_KEY"
    assert KEY not in run.out
    monkeypatch.setenv("ANALYZER_BASE_URL", "http://127.0.0.1:9/v1")
    checks = {c["name"]: c for c in analyzer("doctor", "--json").data["checks"]}
    assert "127.0.0.1:9 (this machine)" in checks["engine"]["detail"]
    assert checks["privacy"]["detail"].startswith("none: ")


def test_what_is_no_server_is_told(analyzer: Analyzer) -> None:
    run = analyzer("key", "show", "--server", "http://[", "--json")
    assert (run.code, run.json["error"]["code"]) == (2, "usage")
