"""Every error of openai, langchain and the wire, told once in the product's own words.

Importing this module imports openai and langchain_openai; only `chat` does so.
"""

import openai
from langchain_core.exceptions import ContextOverflowError, OutputParserException
from langchain_openai.chat_models.base import OpenAIRefusalError

from analyzer.errors import AnswerUnusable, EngineError, KeyRefused, RateLimited, RequestRefused, ServerUnreachable

_LONGEST = 200
# What a reply that is no chat completion makes of the client libraries, which do not check it.
BROKEN_REPLY = (ValueError, TypeError, KeyError, IndexError, AttributeError)

_AGAIN = "Try again in a while."
_NAMES = "Check model and base_url, or try another model."
# The first line that fits is told; a server that refuses a key may repeat it, so nothing of what it says is shown.
_TOLD: tuple[tuple[tuple[type[Exception], ...], type[EngineError], str, str], ...] = (
    (
        (ContextOverflowError,),
        RequestRefused,
        "the meeting is longer than {model} takes in at once",
        "Lower context_tokens so that it is read in smaller parts.",
    ),
    (
        (openai.AuthenticationError, openai.PermissionDeniedError),
        KeyRefused,
        "{server} refused the key{status}",
        "Check ANALYZER_API_KEY or OPENAI_API_KEY, and that the key may use this model.",
    ),
    (
        (openai.RateLimitError,),
        RateLimited,
        "{server} asks to wait{status}{said}",
        "Wait a minute and try again, or check the account's quota.",
    ),
    (
        (openai.APITimeoutError,),
        ServerUnreachable,
        "{server} did not answer in time",
        "Try again, or raise timeout.",
    ),
    (
        (openai.APIConnectionError,),
        ServerUnreachable,
        "{server} cannot be reached",
        "Check the network, base_url, and that the server is running.",
    ),
    ((openai.InternalServerError,), ServerUnreachable, "{server} failed{status}{said}", _AGAIN),
    (
        (openai.APIResponseValidationError,),
        AnswerUnusable,
        "the reply of {server} is no chat completion",
        "Check that base_url is the address of an OpenAI-compatible API.",
    ),
    ((openai.NotFoundError,), RequestRefused, "{server} does not know {model}{status}{said}", _NAMES),
    ((openai.APIStatusError,), RequestRefused, "{server} refused the request{status}{said}", _NAMES),
)


def translate(error: Exception, *, server: str, model: str, secret: str) -> EngineError | None:
    """The EngineError for this exception, or None where it is no failure of the server, the wire or the model.

    `server` and `model` are named in the message; `secret` is blotted out wherever the server repeats it.
    """
    if isinstance(error, EngineError):
        return error
    if isinstance(error, (openai.OpenAIError, ContextOverflowError)):
        return _of_openai(error, server, model, secret)
    if isinstance(error, OpenAIRefusalError):
        said = _told(str(error), secret)
        return RequestRefused(f"the model {model} declined to read this{said}", "Try another model, or the offline engine.")
    if isinstance(error, (OutputParserException, *BROKEN_REPLY)):
        return AnswerUnusable(
            f"the answer of {model} is not in the form that was asked for",
            "Run it again; if it stays so, choose a model that is better at structured output.",
        )
    return None


def cut_off(model: str) -> AnswerUnusable:
    """The answer ended before it was complete."""
    return AnswerUnusable(
        f"the answer of {model} was cut off before it was complete",
        "Choose a model with room for longer answers, or lower context_tokens so that meetings are read in smaller parts.",
    )


def filtered(server: str) -> RequestRefused:
    """The server's content filter stepped in."""
    return RequestRefused(f"the content filter of {server} stopped the answer", "Try another model, or the offline engine.")


def _of_openai(error: Exception, server: str, model: str, secret: str) -> EngineError:
    if isinstance(error, openai.LengthFinishReasonError):
        return cut_off(model)
    if isinstance(error, openai.ContentFilterFinishReasonError):
        return filtered(server)
    for kinds, told_as, message, hint in _TOLD:
        if isinstance(error, kinds):
            said = "" if told_as is KeyRefused else _told(str(getattr(error, "message", error)), secret)
            return told_as(message.format(server=server, model=model, status=_status(error), said=said), hint)
    return EngineError(f"the request to {server} failed{_told(str(error), secret)}", "Run it again; check model and base_url.")


def _status(error: Exception) -> str:
    return f" (HTTP {error.status_code})" if isinstance(error, openai.APIStatusError) else ""


def _told(message: str, secret: str) -> str:
    """What the server said, on one line and without the key."""
    clean = " ".join(message.replace(secret, "***").split()) if secret else " ".join(message.split())
    clean = "".join(c for c in clean if c.isprintable())
    return f": {clean[:_LONGEST].rstrip('.')}" if clean else ""
