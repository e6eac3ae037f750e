"""Every error of the client libraries has a place in the product's own tree."""

import inspect

import httpx2
import openai
import pytest
from langchain_core.exceptions import ContextOverflowError, OutputParserException
from langchain_openai.chat_models import base as langchain_openai
from openai.types.chat import ChatCompletion

from analyzer.engines.llm.errors import translate
from analyzer.errors import AnswerUnusable, EngineError, KeyRefused, RateLimited, RequestRefused, ServerUnreachable

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
    "ContentFilterFinishReasonError": RequestRefused,
    "InternalServerError": ServerUnreachable,
    "LengthFinishReasonError": AnswerUnusable,
    "NotFoundError": RequestRefused,
    "OAuthError": KeyRefused,
    "OpenAIError": EngineError,
    "PermissionDeniedError": KeyRefused,
    "RateLimitError": RateLimited,
    "UnprocessableEntityError": RequestRefused,
    "OpenAIAPIContextOverflowError": RequestRefused,
    "OpenAIAPIError": ServerUnreachable,
    "OpenAIAuthenticationError": KeyRefused,
    "OpenAIConnectionError": ServerUnreachable,
    "OpenAIContextOverflowError": RequestRefused,
    "OpenAIInvalidRequestError": RequestRefused,
    "OpenAIModelNotFoundError": RequestRefused,
    "OpenAIPermissionDeniedError": KeyRefused,
    "OpenAIRateLimitError": RateLimited,
    "OpenAIRefusalError": RequestRefused,
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
    response = httpx2.Response(getattr(kind, "status_code", 418), request=REQUEST)
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
        (ContextOverflowError("too long"), RequestRefused),
        (OutputParserException("not this"), AnswerUnusable),
        (KeyError("choices"), AnswerUnusable),
        (TypeError("choices is null"), AnswerUnusable),
    ],
)
def test_errors_of_langchain_and_of_broken_replies_are_told_too(error: Exception, kind: type[EngineError]) -> None:
    assert type(translate(error, server="s", model="m", secret="")) is kind


def test_what_is_no_failure_of_the_server_stays_what_it_is() -> None:
    assert translate(MemoryError(), server="s", model="m", secret="") is None
    own = AnswerUnusable("cut off")
    assert translate(own, server="s", model="m", secret="") is own
