"""A model's server on loopback: the chat-completions protocol as real servers speak it, with its errors and oddities.

A `ModelServer` keeps every request and answers each by a function from `Asked` to `Reply`; `tests.recorded` has such functions.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from types import TracebackType
from typing import Any, Literal, Self

Task = Literal["read", "judge", "answer"]
Way = Literal["json_schema", "function_calling", "json_mode"]
WAYS: tuple[Way, ...] = ("json_schema", "function_calling", "json_mode")

MARK = re.compile(r"^===== \S+ (?P<token>[0-9a-f]{16}) (?P<which>begins|ends) =====$")
TURN = re.compile(r"^(?P<turn>\d+) \| (?P<time>[^|]*) \| (?P<side>\w+) \| (?P<speaker>[^|]*) \| (?P<text>.*)$")
_HEADING = re.compile(r"^Meeting of (?P<date>[0-9-]+): (?P<title>.*)$")
_TASK_OF_FIELD: dict[str, Task] = {"openings": "read", "stance": "judge", "points": "answer"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came; `headers` by names in lower case."""

    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def system(self) -> str:
        return str(self.body["messages"][0]["content"])

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])

    @property
    def way(self) -> Way:
        """How the answer's form is asked for."""
        if self.body.get("tools"):
            return "function_calling"
        return "json_schema" if self.body.get("response_format", {}).get("type") == "json_schema" else "json_mode"

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the form, wherever this way of asking puts it."""
        if self.way == "function_calling":
            return dict(self.body["tools"][0]["function"]["parameters"])
        if self.way == "json_schema":
            return dict(self.body["response_format"]["json_schema"]["schema"])
        return dict(json.loads(self.system.rpartition("\n")[2]))

    @property
    def task(self) -> Task:
        """What is wanted, told from the fields of the form."""
        return next(task for name, task in _TASK_OF_FIELD.items() if name in self.schema["properties"])

    @property
    def material(self) -> tuple[str, ...]:
        """The lines between the two marks. Raises ValueError unless each mark stands there once, on a line of its own."""
        lines = self.user.split("\n")
        marks = [(at, found) for at, line in enumerate(lines) if (found := MARK.match(line))]
        (begin, first), (end, last) = marks
        if (first["which"], last["which"]) != ("begins", "ends") or first["token"] != last["token"]:
            raise ValueError(self.user)
        return tuple(lines[begin + 1 : end])

    @property
    def turns(self) -> tuple[int, ...]:
        """The numbers of the turns that are shown."""
        return tuple(int(found["turn"]) for line in self.material if (found := TURN.match(line)))

    @property
    def date(self) -> str:
        """The meeting's date as the prompt tells it; empty where it tells none."""
        return next((found["date"] for line in self.user.split("\n") if (found := _HEADING.match(line))), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the server sends: a completion with this text, or `page` as it stands where that is given.

    It is held back until `until` is set.
    """

    text: str | None = ""
    finish: str = "stop"
    refusal: str | None = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None
    content_type: str = "application/json"
    until: Event | None = None


Answering = Callable[[Asked], Reply]


def says(value: object) -> Reply:
    """A complete answer: a form's fields, or text as it is."""
    return Reply(text=value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def cut_off(text: str) -> Reply:
    """An answer that the model had no room to end."""
    return Reply(text=text, finish="length")


def filtered() -> Reply:
    """An answer that a content filter took away."""
    return Reply(text="", finish="content_filter")


def declines(why: str) -> Reply:
    """A model that will not."""
    return Reply(text=None, refusal=why)


def fails(status: int, message: str, code: str | None = None, **headers: str) -> Reply:
    """A server that says no; underscores in the names of headers stand for dashes: `Retry_After="1"`."""
    error = {"message": message, "type": "invalid_request_error", "param": None, "code": code}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, page=json.dumps({"error": error}), headers=named)


def page(html: str, status: int = 200) -> Reply:
    """What a proxy or a wrong address sends in place of JSON."""
    return Reply(status=status, page=html, content_type="text/html")


def late(reply: Reply, until: Event) -> Reply:
    """The same reply, held back."""
    return replace(reply, until=until)


class ModelServer:
    """The server, as a context manager; `url` is its base URL, `asked` all that came. `ways` are the forms that it can do.

    It streams nothing, and refuses a request that wants it to.
    """

    def __init__(self, answer: Answering, ways: Iterable[Way] = WAYS) -> None:
        self.answer = answer
        self.ways = tuple(ways)
        self.asked: list[Asked] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self._thread = Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/v1"

    @property
    def tasks(self) -> Counter[Task]:
        """How often each task was asked for."""
        return Counter(asked.task for asked in self.asked)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    def reply(self, asked: Asked) -> Reply:
        """What this request gets."""
        self.asked.append(asked)
        if asked.body.get("stream"):
            return fails(400, "this server does not stream")
        if asked.way not in self.ways:
            what = {"json_schema": "response_format", "function_calling": "tools", "json_mode": "response_format"}[asked.way]
            return fails(400, f"'{what}' of this kind is not supported with this model", "unsupported_value")
        return self.answer(asked)


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if not self.path.endswith("/chat/completions"):
                self._send(fails(404, f"no such path: {self.path}"), "")
                return
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(body=json.loads(body), headers=headers)
            reply = server.reply(asked)
            if reply.until is not None:
                reply.until.wait(120)  # longer than any test waits for a command
            with suppress(ConnectionError):  # whoever asked may have stopped waiting
                self._send(reply, json.dumps(_completion(asked, reply)))

        def _send(self, reply: Reply, completion: str) -> None:
            data = (completion if reply.page is None else reply.page).encode()
            self.send_response(reply.status)
            for name, value in {**reply.headers, "Content-Type": reply.content_type, "Content-Length": str(len(data))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by the base class
            """Tests are quiet."""

    return Handler


def _completion(asked: Asked, reply: Reply) -> dict[str, Any]:
    """The protocol's own form of an answer: as content, or as the arguments of the function that the request forces."""
    message: dict[str, Any] = {"role": "assistant", "content": reply.text, "refusal": reply.refusal}
    finish = reply.finish
    if asked.way == "function_calling" and reply.text:
        function = {"name": asked.body["tools"][0]["function"]["name"], "arguments": reply.text}
        message |= {"content": None, "tool_calls": [{"id": "call_1", "type": "function", "function": function}]}
        finish = "tool_calls" if finish == "stop" else finish
    sent, answered = (len(asked.system) + len(asked.user)) // 4, len(reply.text or "") // 4
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": asked.body["model"],
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": sent, "completion_tokens": answered, "total_tokens": sent + answered},
    }
