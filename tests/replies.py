"""What a chat-completions server replies, in the protocol's own form, for tests that make each reply by hand."""

import json
from collections.abc import Callable
from typing import Any

from werkzeug import Response

Reply = Callable[[dict[str, Any]], Response]


def completion(body: dict[str, Any], text: str, finish: str = "stop", **message: object) -> Response:
    """An answer: as content, or as the arguments of the function that the request forces."""
    said: dict[str, object] = {"role": "assistant", "content": text, **message}
    if "tools" in body and "tool_calls" not in message:
        call = {"id": "c", "type": "function", "function": {"name": body["tools"][0]["function"]["name"], "arguments": text}}
        said |= {"content": None, "tool_calls": [call]}
    value = {
        "id": "x",
        "object": "chat.completion",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "message": said, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120},
    }
    return Response(json.dumps(value), content_type="application/json")


def failure(status: int, message: str = "no", headers: dict[str, str] | None = None, **error: object) -> Response:
    """An error; `error` adds to its fields."""
    body = {"error": {"message": message, "type": "x", "code": None, "param": None, **error}}
    return Response(json.dumps(body), status=status, headers=headers, content_type="application/json")


def answering(value: object) -> Reply:
    """Always the same answer: text as it is, anything else as JSON."""
    return lambda body: completion(body, value if isinstance(value, str) else json.dumps(value))


def way(body: dict[str, Any]) -> str:
    """How the answer's form is asked for."""
    return "function_calling" if "tools" in body else str(body.get("response_format", {}).get("type"))
