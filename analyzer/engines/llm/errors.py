"""Every failure of a provider's library, of langchain and of the wire, told once in the product's own words.

Providers' libraries are told apart by what their errors carry (a status, a reply, the names of their classes), so that none
has to be imported.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from langchain_core import exceptions as langchain

from analyzer.errors import (
    AnswerCutOff,
    AnswerUnusable,
    ContextTooLong,
    EngineError,
    KeyRefused,
    ModelDeclined,
    RateLimited,
    RequestRefused,
    ServerUnreachable,
)

UNAUTHORISED, FORBIDDEN, TOO_MANY, TOO_LARGE, UNPROCESSABLE = 401, 403, 429, 413, 422
# What a reply that is no chat completion makes of the client libraries, which do not check it.
BROKEN_REPLY = (ValueError, TypeError, KeyError, IndexError, AttributeError)
_NO_COMPLETION = (AttributeError, TypeError)  # such as a web page in place of JSON

_LONGEST = 200
_FAILED, _STATUSES = 500, range(400, 600)
_MEANT: tuple[tuple[type[Exception], int], ...] = (
    (langchain.ModelAuthenticationError, UNAUTHORISED),
    (langchain.ModelPermissionDeniedError, FORBIDDEN),
    (langchain.ModelNotFoundError, 404),
    (langchain.ModelInvalidRequestError, 400),
    (langchain.ModelRateLimitError, TOO_MANY),
    (langchain.ModelTimeoutError, 408),
    (langchain.ModelAPIError, _FAILED),
)
_TOO_LONG = re.compile(
    r"context[ _-]?(length|window|size)|maximum context|(prompt|input|request) (is )?too (long|large)|too many (input )?tokens"
    r"|tokens? count .{0,20}exceeds|tokens exceed|too large for model|reduce the length|exceeds the maximum number of tokens",
    re.IGNORECASE,
)
# A single request over the tokens of a minute: waiting does not help, a smaller part does.
_TOO_LARGE_A_REQUEST = re.compile(r"request too large", re.IGNORECASE)
_FILTERED = re.compile(
    r"content[ _](filter|policy|management)|responsible ?ai ?policy|inappropriate content|data_inspection|input was flagged",
    re.IGNORECASE,
)
_NO_CREDIT = re.compile(r"insufficient[ _](quota|balance|credit|funds)|exceeded your current quota|billing", re.IGNORECASE)
_UNREACHED = re.compile(r"Connect|Network|Transport|RemoteProtocol|SSLError|^OSError$")
_CREDENTIALS = re.compile(r"OAuth|Credential")

_ANOTHER = "Try another model, or the offline engine."
_NAMES = "Check model and base_url, or try another model."


def status_of(error: BaseException) -> int | None:
    """The HTTP status that the server answered with, or the one that langchain's kind of error stands for."""
    told = _status_told(error)
    return told or next((status for kind, status in _MEANT if isinstance(error, kind)), None)


def _status_told(error: BaseException) -> int | None:
    """The HTTP status itself, however the provider's library carries it."""
    reply = getattr(error, "response", None)
    told = reply.get("ResponseMetadata", {}).get("HTTPStatusCode") if isinstance(reply, dict) else None
    for value in (getattr(error, "status_code", None), getattr(reply, "status_code", None), told, getattr(error, "code", None)):
        if isinstance(value, int) and value in _STATUSES:
            return value
    return None


def headers_of(error: BaseException) -> Mapping[str, str]:
    """The headers of the server's reply, by names in lower case; empty where there was none."""
    headers = getattr(getattr(error, "response", None), "headers", None) or {}
    return {str(name).lower(): str(value) for name, value in dict(headers).items()}


def said_by(error: BaseException) -> str:
    """What the server said, as it said it: never shown before `translate` has cleaned it."""
    return str(getattr(error, "message", None) or error)


def unreached(error: BaseException) -> bool:
    """Whether no answer came: no connection, or none in time."""
    return status_of(error) is None and (_named(error, _UNREACHED) or timed_out(error))


def timed_out(error: BaseException) -> bool:
    """Whether the answer did not come in time."""
    return status_of(error) in {408, 504} or any("Timeout" in name for name in _names(error))


def out_of_credit(error: BaseException) -> bool:
    """Whether the account is used up, so that waiting changes nothing."""
    return bool(_NO_CREDIT.search(said_by(error)))


def too_long(error: BaseException) -> bool:
    """Whether the request is longer than the model takes in at once."""
    if isinstance(error, langchain.ContextOverflowError):
        return True
    status = status_of(error)
    if status == TOO_MANY:
        return bool(_TOO_LARGE_A_REQUEST.search(said_by(error)))
    return status == TOO_LARGE or (status in {400, UNPROCESSABLE, _FAILED} and bool(_TOO_LONG.search(said_by(error))))


def translate(error: Exception, *, server: str, model: str, secret: str) -> EngineError | None:
    """The EngineError for this exception, or None where it is no failure of the server, the wire or the model.

    `server` and `model` are named in the message; `secret` is blotted out wherever the server repeats it.
    """
    if isinstance(error, EngineError):
        return error
    seen = _status_told(error)
    http = f" (HTTP {seen})" if seen else ""
    told = _Told(server, model, status_of(error), http, _clean(said_by(error), secret))
    for fits, tell in _RULES:
        if fits(error):
            return tell(told)
    if told.status is not None:
        return _of_status(told)
    if isinstance(error, BROKEN_REPLY):
        return _no_completion(told) if isinstance(error, _NO_COMPLETION) else _unusable(told)
    if type(error).__module__ == "builtins":
        return None
    return EngineError(f"the request to {server} failed{told.said}", "Run it again; check model and base_url.")


def cut_off(model: str) -> AnswerCutOff:
    """The answer ended before it was complete."""
    return AnswerCutOff(
        f"the answer of {model} was cut off before it was complete",
        "Choose a model with room for longer answers, or lower context_tokens so that meetings are read in smaller parts.",
    )


def filtered(server: str) -> ModelDeclined:
    """The server's content filter stepped in."""
    return ModelDeclined(f"the content filter of {server} stopped the answer", _ANOTHER)


@dataclass(frozen=True, slots=True)
class _Told:
    """What is told of a failure: `http` is empty or the status in brackets, `said` is clean, and empty or begins with a colon."""

    server: str
    model: str
    status: int | None
    http: str
    said: str


def _of_status(told: _Told) -> EngineError:
    status = told.status or _FAILED
    if status in {UNAUTHORISED, FORBIDDEN}:  # a server that refuses a key may repeat a part of it: nothing that it says is shown
        return _key_refused(told)
    if status == TOO_MANY:
        hint = "Wait a minute and try again, or check the account's quota."
        return RateLimited(f"{told.server} asks to wait{told.http}{told.said}", hint)
    if status >= _FAILED:
        return ServerUnreachable(f"{told.server} failed{told.http}{told.said}", "Try again in a while.")
    if status == 404:  # noqa: PLR2004 not found
        return RequestRefused(f"{told.server} does not know {told.model}{told.http}{told.said}", _NAMES)
    return RequestRefused(f"{told.server} refused the request{told.http}{told.said}", _NAMES)


def _key_refused(told: _Told) -> KeyRefused:
    hint = "Check the key (`analyzer key show` tells where it comes from), and that it may use this model."
    return KeyRefused(f"{told.server} refused the key{told.http}", hint)


def _too_long(told: _Told) -> ContextTooLong:
    hint = "Lower context_tokens so that it is read in smaller parts."
    return ContextTooLong(f"this is longer than {told.model} takes in at once", hint)


def _declined(told: _Told) -> ModelDeclined:
    return ModelDeclined(f"the model {told.model} declined to read this{told.said}", _ANOTHER)


def _no_completion(told: _Told) -> AnswerUnusable:
    hint = "Check that base_url is the address of an OpenAI-compatible API."
    return AnswerUnusable(f"the reply of {told.server} is no chat completion", hint)


def _unusable(told: _Told) -> AnswerUnusable:
    hint = "Run it again; if it stays so, choose a model that is better at structured output."
    return AnswerUnusable(f"the answer of {told.model} is not in the form that was asked for", hint)


def _late(told: _Told) -> ServerUnreachable:
    return ServerUnreachable(f"{told.server} did not answer in time{told.http}", "Try again, or raise timeout.")


def _away(told: _Told) -> ServerUnreachable:
    hint = "Check the network, base_url, and that the server is running."
    return ServerUnreachable(f"{told.server} cannot be reached", hint)


def _no_credit(told: _Told) -> RateLimited:
    return RateLimited(f"the account at {told.server} is used up{told.http}{told.said}", "Check the account's quota and payment.")


def _is(*names: str) -> Callable[[Exception], bool]:
    return lambda error: not _names(error).isdisjoint(names)


# In this order, before the status alone decides.
_RULES: tuple[tuple[Callable[[Exception], bool], Callable[[_Told], EngineError]], ...] = (
    (too_long, _too_long),
    (_is("LengthFinishReasonError"), lambda told: cut_off(told.model)),
    (_is("ContentFilterFinishReasonError"), lambda told: filtered(told.server)),
    (_is("OpenAIRefusalError"), _declined),
    (_is("APIResponseValidationError"), _no_completion),
    (
        lambda e: status_of(e) in {400, FORBIDDEN, UNPROCESSABLE} and bool(_FILTERED.search(said_by(e))),
        lambda t: filtered(t.server),
    ),
    (lambda e: status_of(e) in {402, TOO_MANY} and out_of_credit(e), _no_credit),
    (timed_out, _late),
    (unreached, _away),
    (lambda e: status_of(e) is None and _named(e, _CREDENTIALS), _key_refused),
    (lambda e: isinstance(e, langchain.OutputParserException), _unusable),
)


def _names(error: BaseException) -> set[str]:
    return {kind.__name__ for kind in type(error).__mro__}


def _named(error: BaseException, pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(name) for name in _names(error))


def _clean(message: str, secret: str) -> str:
    """What the server said, on one line and without the key."""
    clean = " ".join(message.replace(secret, "***").split()) if secret else " ".join(message.split())
    clean = "".join(c for c in clean if c.isprintable())
    return f": {clean[:_LONGEST].rstrip('.')}" if clean else ""


def paid_for(error: BaseException) -> dict[str, int]:
    """What an answer used that the client library threw away as it was no good; empty where no answer came."""
    completion: Any = getattr(error, "completion", None)
    used = getattr(completion, "usage", None)
    if used is not None:
        return {"calls": 1, "input_tokens": used.prompt_tokens, "output_tokens": used.completion_tokens}
    reply: Any = getattr(error, "response", None)
    if getattr(reply, "status_code", None) != 200:  # noqa: PLR2004 an answer that came
        return {}
    try:
        told = reply.json()["usage"]
        return {"calls": 1, "input_tokens": int(told["prompt_tokens"]), "output_tokens": int(told["completion_tokens"])}
    except (ValueError, TypeError, KeyError):
        return {"calls": 1}
