"""Every error of the client libraries has a place in the product's own tree."""

import inspect

import httpx2
import openai
import pytest
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAPIError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
    OutputParserException,
)
from langchain_openai.chat_models import base as langchain_openai
from openai.types.chat import ChatCompletion

from analyzer.engines.llm.errors import translate
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

SECRET = "sk-very-secret-0123456789"
REQUEST = httpx2.Request("POST", "http://models.example/v1")

EXPECTED: dict[str, type[EngineError]] = {
    "APIConnectionError": ServerUnreachable,
    "APIError": EngineError,
    "APIResponseValidationError": AnswerUnusable,
    "APIStatusError": RequestRefused,
    "APITimeoutError": ServerUnreachable,
    "AuthenticationError": KeyRefused,
    "BadRequestError": RequestRefused,
    "ConflictError": RequestRefused,
    "ContentFilterFinishReasonError": ModelDeclined,
    "InternalServerError": ServerUnreachable,
    "LengthFinishReasonError": AnswerCutOff,
    "NotFoundError": RequestRefused,
    "OAuthError": KeyRefused,
    "OpenAIError": EngineError,
    "PermissionDeniedError": KeyRefused,
    "RateLimitError": RateLimited,
    "UnprocessableEntityError": RequestRefused,
    "OpenAIAPIContextOverflowError": ContextTooLong,
    "OpenAIAPIError": ServerUnreachable,
    "OpenAIAuthenticationError": KeyRefused,
    "OpenAIConnectionError": ServerUnreachable,
    "OpenAIContextOverflowError": ContextTooLong,
    "OpenAIInvalidRequestError": RequestRefused,
    "OpenAIModelNotFoundError": RequestRefused,
    "OpenAIPermissionDeniedError": KeyRefused,
    "OpenAIRateLimitError": RateLimited,
    "OpenAIRefusalError": ModelDeclined,
    "OpenAITimeoutError": ServerUnreachable,
}
# Of parts of openai that are never reached from here: web hooks, web sockets, workload identities.
NEVER_RAISED = {
    "InvalidWebhookSignatureError",
    "WebSocketConnectionClosedError",
    "WebSocketQueueFullError",
    "SubjectTokenProviderError",
}


def public_exceptions() -> dict[str, type[Exception]]:
    named = {
        name: value
        for module in (openai, langchain_openai)
        for name, value in list(vars(module).items())
        if inspect.isclass(value) and issubclass(value, Exception) and not issubclass(value, Warning)
        if value.__module__.startswith(("openai", "langchain_openai"))
    }
    return {name: value for name, value in named.items() if name not in NEVER_RAISED and not name.startswith("_")}


def made(kind: type[Exception]) -> Exception:
    """One such exception, with a body that repeats the key."""
    said = f"no good:\n{SECRET}"
    completion = ChatCompletion(id="1", choices=[], created=0, model="m", object="chat.completion")
    usual = 500 if issubclass(kind, openai.InternalServerError) else 418
    response = httpx2.Response(getattr(kind, "status_code", usual), request=REQUEST)
    given = {
        "message": said,
        "response": response,
        "body": {"error": {"message": said}},
        "request": REQUEST,
        "completion": completion,
    }
    wanted = inspect.signature(kind.__init__).parameters
    named = {name: given[name] for name in wanted if name in given}
    return kind(**named) if named else kind(said)


def test_the_table_names_every_public_exception() -> None:
    assert public_exceptions().keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_public_exception_is_told_in_one_line_with_a_next_step_and_without_the_key(name: str) -> None:
    told = translate(made(public_exceptions()[name]), server="models.example", model="m-1", secret=SECRET)
    assert type(told) is EXPECTED[name]
    assert "\n" not in told.message + told.hint
    assert told.message
    assert told.hint
    assert SECRET not in told.message + told.hint + repr(told)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ContextOverflowError("too long"), ContextTooLong),
        (OutputParserException("not this"), AnswerUnusable),
        (KeyError("choices"), AnswerUnusable),
        (TypeError("choices is null"), AnswerUnusable),
    ],
)
def test_errors_of_langchain_and_of_broken_replies_are_told_too(error: Exception, kind: type[EngineError]) -> None:
    assert type(translate(error, server="s", model="m", secret="")) is kind


def of_a_vendor(name: str, *bases: type[Exception], **carried: object) -> Exception:
    """An error of a library that is not installed here, with what such errors carry."""
    kind: type[Exception] = type(name, bases or (Exception,), {"__module__": "vendor"})
    error = kind(f"no good: {SECRET}")
    for key, value in carried.items():
        setattr(error, key, value)
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (of_a_vendor("AuthenticationError", status_code=401), KeyRefused),
        (of_a_vendor("OverloadedError", status_code=529), ServerUnreachable),
        (of_a_vendor("ClientError", code=429), RateLimited),
        (of_a_vendor("ClientError", response={"ResponseMetadata": {"HTTPStatusCode": 403}}), KeyRefused),
        (of_a_vendor("HTTPStatusError", response=httpx2.Response(422, request=REQUEST)), RequestRefused),
        (of_a_vendor("ResponseError", status_code=500, message="the input length exceeds the context length"), ContextTooLong),
        (of_a_vendor("BadRequestError", status_code=400, message="prompt is too long: 210 tokens > 200 maximum"), ContextTooLong),
        (of_a_vendor("BadRequestError", status_code=400, message="flagged by the content policy"), ModelDeclined),
        (of_a_vendor("ConnectError"), ServerUnreachable),
        (of_a_vendor("ReadTimeout"), ServerUnreachable),
        (of_a_vendor("EndpointConnectionError"), ServerUnreachable),
        (of_a_vendor("NoCredentialsError"), KeyRefused),
        (of_a_vendor("ResponseParseError", ValueError), AnswerUnusable),
        (of_a_vendor("Strange"), EngineError),
        (ConnectionError("Failed to connect"), ServerUnreachable),
        (TimeoutError("late"), ServerUnreachable),
        (ModelPermissionDeniedError("no"), KeyRefused),
        (ModelNotFoundError("no"), RequestRefused),
        (ModelRateLimitError("no"), RateLimited),
        (ModelAPIError("no"), ServerUnreachable),
    ],
)
def test_errors_of_other_vendors_are_told_by_what_they_carry(error: Exception, kind: type[EngineError]) -> None:
    told = translate(error, server="models.example", model="m-1", secret=SECRET)
    assert type(told) is kind
    assert told.hint
    assert SECRET not in told.message + told.hint


def test_what_is_no_failure_of_the_server_stays_what_it_is() -> None:
    assert translate(MemoryError(), server="s", model="m", secret="") is None
    own = AnswerUnusable("cut off")
    assert translate(own, server="s", model="m", secret="") is own
