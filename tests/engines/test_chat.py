"""One question to a model, through the real langchain and openai clients, against a server on loopback."""

import email.utils
import json
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from analyzer.engines.llm.asked import Asked
from analyzer.engines.llm.chat import Chat
from analyzer.engines.llm.pace import LONGEST_PAUSE, Pace, asked_to_wait
from analyzer.errors import (
    AnswerCutOff,
    AnswerUnusable,
    ContextTooLong,
    EngineError,
    KeyRefused,
    ModelDeclined,
    ProviderMissing,
    RateLimited,
    RequestRefused,
    ServerUnreachable,
)
from tests.replies import Reply, answering, completion, failure, way

KEY = "sk-test-7f3a9c0d2e5b8a41"


class Colour(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str


class Number(BaseModel):
    model_config = ConfigDict(extra="forbid")
    value: int


BLUE = '{"name": "blue"}'


class Server:
    """A model's server that keeps what it was asked."""

    def __init__(self, server: HTTPServer) -> None:
        self.url = server.url_for("/v1")
        self.requests: list[dict[str, Any]] = []
        self.reply: Reply = answering(BLUE)
        server.expect_request("/v1/chat/completions", method="POST").respond_with_handler(self._handle)

    def _handle(self, request: Request) -> Response:
        body = json.loads(request.data)
        self.requests.append(body)
        return self.reply(body)

    def in_turn(self, *replies: Reply) -> None:
        """Reply in this order, the last for ever."""
        before = len(self.requests)

        def reply(body: dict[str, Any]) -> Response:
            at = min(len(self.requests) - before, len(replies)) - 1
            return replies[at](body)

        self.reply = reply


@pytest.fixture
def server() -> Iterator[Server]:
    with HTTPServer(threaded=True) as httpserver:
        yield Server(httpserver)


def chat(server: Server, **changed: Any) -> Chat:
    given: dict[str, Any] = {"model": "m-1", "base_url": server.url, "timeout": 5.0, "retries": 0} | changed
    return Chat(Asked(**{name: value for name, value in given.items() if name != "key"}), given.get("key", KEY))


def ask(talk: Chat) -> str:
    return talk.ask(Colour, "Be brief.", "Which colour?").value.name


# What an answer is


def test_an_answer_tells_what_it_used(server: Server) -> None:
    answered = chat(server).ask(Colour, "Be brief.", "Which colour?")
    assert answered.value == Colour(name="blue")
    assert answered.usage == {"calls": 1, "input_tokens": 100, "output_tokens": 20}


def test_what_is_not_set_is_not_sent_and_what_is_set_is(server: Server) -> None:
    ask(chat(server))
    assert not {"temperature", "reasoning_effort", "tools"} & server.requests[0].keys()
    assert server.requests[0]["store"] is False
    ask(chat(server, temperature=0.0, reasoning_effort="low"))
    assert (server.requests[1]["temperature"], server.requests[1]["reasoning_effort"]) == (0, "low")


def test_a_server_that_stumbles_over_not_storing_is_asked_without_it_from_then_on(server: Server) -> None:
    stumbling = "Unknown name \"store\": Cannot find field. Fields 'schema' are known."
    server.reply = lambda body: failure(400, stumbling) if "store" in body else completion(body, BLUE)
    talk = chat(server)
    assert [ask(talk), ask(talk)] == ["blue", "blue"]
    assert ["store" in body for body in server.requests] == [True, False, False]
    assert {way(body) for body in server.requests} == {"json_schema"}


# Ways of asking


def test_useless_answers_of_the_first_ways_are_counted(server: Server) -> None:
    server.reply = lambda body: completion(body, BLUE if way(body) == "json_object" else "blue, I think")
    talk = chat(server)
    assert talk.ask(Colour, "s", "u").usage == {"calls": 3, "input_tokens": 300, "output_tokens": 60}
    assert talk.ask(Colour, "s", "u").usage["calls"] == 1


def test_another_form_begins_where_the_server_has_answered_before(server: Server) -> None:
    def reply(body: dict[str, Any]) -> Response:
        if way(body) == "json_schema":
            return failure(400, "response_format json_schema is not supported")
        return completion(body, BLUE if body["tools"][0]["function"]["name"] == "Colour" else '{"value": 7}')

    server.reply = reply
    talk = chat(server)
    assert ask(talk) == "blue"
    assert talk.ask(Number, "s", "u").value.value == 7
    assert [way(body) for body in server.requests] == ["json_schema", "function_calling", "function_calling"]


def test_many_threads_that_begin_together_find_the_way_once(server: Server) -> None:
    def reply(body: dict[str, Any]) -> Response:
        if way(body) == "json_schema":
            return failure(400, "response_format json_schema is not supported")
        return completion(body, BLUE)

    server.reply = reply
    talk = chat(server)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: talk.ask(Colour, "s", "u"), range(8)))
    assert {(a.value.name, a.way, a.usage["calls"]) for a in answers} == {("blue", "function_calling", 1)}
    assert [way(body) for body in server.requests] == ["json_schema", *["function_calling"] * 8]


def test_after_the_first_answer_questions_go_together(server: Server) -> None:
    together = threading.Barrier(4, timeout=20)
    talk = chat(server, timeout=30.0)
    ask(talk)

    def reply(body: dict[str, Any]) -> Response:
        together.wait()
        return completion(body, BLUE)

    server.reply = reply
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(lambda _: ask(talk), range(4))) == ["blue"] * 4


def test_a_key_that_is_refused_is_sent_once_whoever_asks(server: Server) -> None:
    server.reply = lambda _: failure(401)
    talk = chat(server)

    def refused(_: int) -> bool:
        with pytest.raises(KeyRefused):
            ask(talk)
        return True

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(refused, range(8)))
    assert len(server.requests) == 1


def test_an_answer_that_is_not_in_the_form_is_asked_for_once_more(server: Server) -> None:
    talk = chat(server)
    ask(talk)
    server.in_turn(answering("{{{"), answering(BLUE))
    answered = talk.ask(Colour, "Be brief.", "u")
    assert answered.value.name == "blue"
    assert answered.usage == {"calls": 2, "input_tokens": 200, "output_tokens": 40}
    assert {way(body) for body in server.requests} == {"json_schema"}
    assert server.requests[-1]["messages"][0]["content"].startswith("Be brief.\n\nThe answer before this one")


def test_an_answer_that_is_never_in_the_form_is_given_up_with_what_it_used(server: Server) -> None:
    talk = chat(server)
    ask(talk)
    server.reply = answering('{"name": 7}')
    with pytest.raises(AnswerUnusable) as raised:
        ask(talk)
    assert raised.value.usage == {"calls": 2, "input_tokens": 200, "output_tokens": 40}
    assert len(server.requests) == 3


# Failures, each by its name


@pytest.mark.parametrize(
    ("reply", "kind", "calls"),
    [
        (lambda _: failure(400, "maximum context length is 10 tokens", code="context_length_exceeded"), ContextTooLong, 0),
        (
            lambda _: failure(400, "This model's maximum context length is 4096 tokens. You requested 9"),
            ContextTooLong,
            0,
        ),
        (lambda _: failure(400, "the request exceeds the available context size, try increasing it"), ContextTooLong, 0),
        (lambda _: failure(500, "Requested tokens (85) exceed context window of 64"), ContextTooLong, 0),
        (lambda _: failure(413, "Payload Too Large"), ContextTooLong, 0),
        (lambda _: failure(429, "Request too large for m-1 on tokens per min: Limit 30000, Requested 45000"), ContextTooLong, 0),
        (lambda body: completion(body, '{"name": "bl', finish="length"), AnswerCutOff, 1),
        (lambda body: completion(body, "", finish="content_filter"), ModelDeclined, 1),
        (lambda _: failure(400, "triggering Azure's content management policy", code="content_filter"), ModelDeclined, 0),
        (lambda body: completion(body, "", refusal="I cannot read this.", content=None), ModelDeclined, 1),
        (lambda _: failure(400, "Unsupported value: 'temperature' does not support 0"), RequestRefused, 0),
        (lambda _: failure(402, "Insufficient Balance"), RateLimited, 0),
        (lambda _: failure(504, "late"), ServerUnreachable, 0),
    ],
)
def test_a_failure_that_asks_for_something_else_to_be_done_has_a_name_of_its_own(
    server: Server, reply: Reply, kind: type[EngineError], calls: int
) -> None:
    server.reply = reply
    with pytest.raises(EngineError) as raised:
        ask(chat(server))
    assert type(raised.value) is kind, raised.value
    assert raised.value.hint
    assert raised.value.usage.get("calls", 0) == calls
    assert raised.value.usage.get("output_tokens", 0) == 20 * calls
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422])
def test_what_will_not_pass_is_never_tried_again(server: Server, status: int) -> None:
    server.reply = lambda _: failure(status, "no", {"retry-after-ms": "1"})
    with pytest.raises(EngineError):
        ask(chat(server, retries=5))
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [408, 409, 429, 500, 502, 503, 529])
def test_what_may_pass_is_tried_again_as_often_as_was_said(server: Server, status: int) -> None:
    server.in_turn(*[lambda _: failure(status, "busy", {"retry-after-ms": "1"})] * 2, answering(BLUE))
    answered = chat(server, retries=2).ask(Colour, "s", "u")
    assert answered.usage == {"calls": 1, "input_tokens": 100, "output_tokens": 20}
    assert len(server.requests) == 3
    assert {way(body) for body in server.requests} == {"json_schema"}


def test_a_server_that_stays_busy_is_told_after_the_last_try(server: Server) -> None:
    server.reply = lambda _: failure(503, "busy", {"retry-after-ms": "1"})
    with pytest.raises(ServerUnreachable, match="HTTP 503"):
        ask(chat(server, retries=3))
    assert len(server.requests) == 4


def test_a_lost_connection_is_tried_again(server: Server) -> None:
    def late(body: dict[str, Any]) -> Response:
        enough.wait(20)
        return completion(body, BLUE)

    enough = threading.Event()
    server.in_turn(late, answering(BLUE))
    try:
        assert ask(chat(server, timeout=0.3, retries=1)) == "blue"
    finally:
        enough.set()
    assert len(server.requests) == 2


def test_an_account_that_is_used_up_is_told_at_once(server: Server) -> None:
    server.reply = lambda _: failure(429, "You exceeded your current quota", code="insufficient_quota")
    with pytest.raises(RateLimited, match="used up") as raised:
        ask(chat(server, retries=5))
    assert "payment" in raised.value.hint
    assert len(server.requests) == 1


def test_a_pause_longer_than_anybody_waits_is_told_and_holds_for_everybody(server: Server) -> None:
    server.reply = lambda _: failure(429, "slow down", {"retry-after": "540"})
    talk = chat(server, retries=5)
    for _ in range(3):
        with pytest.raises(RateLimited, match="asks to wait 9 minutes"):
            ask(talk)
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [401, 403, 429, 400, 500])
def test_a_server_that_repeats_the_key_does_not_get_it_into_anything(
    server: Server, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.DEBUG)
    server.reply = lambda _: failure(status, f"the key {KEY} will not do")
    talk = chat(server)
    with pytest.raises(EngineError) as raised:
        ask(talk)
    told = raised.value
    assert KEY not in f"{told} {told!r} {told.hint} {told.__cause__} {talk!r} {vars(talk)!r} {caplog.text}"


# Other providers


def test_a_provider_whose_package_is_missing_is_told_with_the_command_that_mends_it() -> None:
    with pytest.raises(ProviderMissing, match="needs the package langchain-anthropic") as raised:
        Chat(Asked(model="m", provider="anthropic"), KEY)
    assert "install langchain-anthropic" in raised.value.hint


def test_a_provider_that_nobody_knows_is_told_with_some_that_are() -> None:
    with pytest.raises(ProviderMissing, match="no provider called acme") as raised:
        Chat(Asked(model="m", provider="acme"), KEY)
    assert "anthropic" in raised.value.hint


# The pace


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def pace(self) -> Pace:
        return Pace(clock=lambda: self.now, sleep=self.sleep)


def test_a_pause_holds_for_everybody_until_it_has_passed() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.wait("s")
    assert clock.slept == []
    pace.pause(30)
    pace.pause(10)
    pace.wait("s")
    assert clock.slept == [30]
    pace.wait("s")
    assert clock.slept == [30]


def test_nobody_waits_for_more_than_the_longest_pause() -> None:
    clock = Clock()
    pace = clock.pace()
    pace.pause(LONGEST_PAUSE + 1)
    with pytest.raises(RateLimited, match="asks to wait 3 minutes"):
        pace.wait("s")
    clock.now += 1
    pace.wait("s")
    assert clock.slept == [LONGEST_PAUSE]


def test_calls_per_minute_let_the_first_call_through_and_hold_the_second() -> None:
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        raise TimeoutError

    pace = Pace(60, sleep=sleep)
    pace.wait("s")
    assert slept == []
    with pytest.raises(TimeoutError):
        pace.wait("s")
    assert len(slept) == 1


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "7"}, 7),
        ({"retry-after": "0.5"}, 0.5),
        ({"retry-after-ms": "250", "retry-after": "7"}, 0.25),
        ({"retry-after-ms": "soon", "retry-after": "7"}, 7),
        ({"retry-after": "-3"}, 0),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "later"}, None),
        ({"retry-after": email.utils.formatdate(1_000_060, usegmt=True)}, 60),
        ({"retry-after": email.utils.formatdate(999_000, usegmt=True)}, 0),
    ],
)
def test_what_the_server_asks_to_wait_is_read_in_every_form(headers: dict[str, str], seconds: float | None) -> None:
    assert asked_to_wait(headers, now=lambda: 1_000_000) == seconds


def test_a_key_that_is_refused_tells_where_to_look(server: Server) -> None:
    server.reply = lambda _: failure(401)
    with pytest.raises(KeyRefused) as raised:
        ask(chat(server))
    assert "analyzer key show" in raised.value.hint
