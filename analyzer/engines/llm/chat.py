"""One question to a model, answered in a given form: the only module that builds and calls langchain's objects.

A form is asked for by strict JSON schema; where a server cannot do that, as the arguments of a forced function, and where
it cannot do that either, in JSON mode with the schema in words. The first way that worked is kept. No tools are bound but
the form itself, nothing is streamed, the server is asked not to store, and nothing is traced to anywhere else, whatever
the environment says.
"""

import json
import warnings
from collections import Counter
from typing import Any, Literal, TypeVar, cast
from urllib.parse import urlsplit

import openai
from langchain_core.exceptions import ContextOverflowError
from langchain_core.messages import AIMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from langsmith.run_helpers import tracing_context
from pydantic import BaseModel, SecretStr

from analyzer.engines.llm.errors import BROKEN_REPLY, cut_off, filtered, translate
from analyzer.engines.llm.server import VENDOR_URL
from analyzer.errors import AnswerUnusable

Way = Literal["json_schema", "function_calling", "json_mode"]
F = TypeVar("F", bound=BaseModel)

WAYS: tuple[Way, ...] = ("json_schema", "function_calling", "json_mode")
_MAY_REJECT = {400, 422}
_MAY_FAIL = {500, 501}
_ABOUT_THE_FORM = (
    "response_format",
    "schema",
    "structured",
    "strict",
    "tool",
    "function",
    "grammar",
    "support",
    "unrecognized",
    "unknown",
)
_PROMPT = ChatPromptTemplate.from_messages([("system", "{system}"), ("human", "{user}")])


class Chat:
    """A model on a server. `spent` counts calls and tokens, also of answers that could not be used."""

    def __init__(self, *, model: str, base_url: str | None, key: str, timeout: float, retries: int) -> None:
        self.spent: Counter[str] = Counter()
        self._name = model
        self._url = base_url or VENDOR_URL
        self._key = key
        self._way: Way | None = None
        self._model = ChatOpenAI(
            model=model,
            base_url=self._url,
            api_key=SecretStr(key or "none"),
            timeout=timeout,
            max_retries=retries,
            use_responses_api=False,
            store=False,
        )

    def ask(self, form: type[F], system: str, user: str) -> F:
        """The model's answer in that form. Raises EngineError."""
        ways = (self._way,) if self._way else WAYS
        for way in ways:
            try:
                answer = self._ask(way, form, system, user)
            except Exception as error:
                if way is not ways[-1] and self._rejects(error):
                    continue
                told = translate(error, server=urlsplit(self._url).netloc, model=self._name, secret=self._key)
                if told is None or told is error:
                    raise
                raise told from error
            self._way = way
            return answer
        raise AssertionError  # pragma: no cover - the last way returns or raises

    def _ask(self, way: Way, form: type[F], system: str, user: str) -> F:
        with tracing_context(enabled=False), warnings.catch_warnings():
            # langchain warns beside raising when a schema is not accepted; the fallback is our answer to that.
            warnings.filterwarnings("ignore", category=UserWarning, module="langchain_openai")
            result = self._chain(way, form).invoke({"system": _in_words(way, form, system), "user": user})
        raw = cast("AIMessage", result["raw"])
        self.spent.update({"calls": 1, **_tokens(raw)})
        finish = raw.response_metadata.get("finish_reason")
        if finish == "length":
            raise cut_off(self._name)
        if finish == "content_filter":
            raise filtered(urlsplit(self._url).netloc)
        if result["parsing_error"] is not None:
            raise result["parsing_error"]
        if not isinstance(result["parsed"], form):
            raise AnswerUnusable(
                f"{self._name} gave no answer in the form that was asked for", "Run it again, or choose another model."
            )
        return result["parsed"]

    def _chain(self, way: Way, form: type[F]) -> Runnable[dict[str, str], dict[str, Any]]:
        strict = True if way == "json_schema" else None
        answering = self._model.with_structured_output(form, method=way, strict=strict, include_raw=True)
        return cast("Runnable[dict[str, str], dict[str, Any]]", _PROMPT | answering)

    def _rejects(self, error: Exception) -> bool:
        """Whether this failure may only mean that the server cannot give answers in this way."""
        if isinstance(error, ContextOverflowError):
            return False
        if isinstance(error, openai.APIStatusError):
            if error.status_code in _MAY_FAIL:
                return self._url != VENDOR_URL
            return error.status_code in _MAY_REJECT and any(word in str(error).casefold() for word in _ABOUT_THE_FORM)
        if isinstance(error, openai.OpenAIError):
            return False
        return isinstance(error, BROKEN_REPLY) or (isinstance(error, AnswerUnusable) and "cut off" not in error.message)


def _in_words(way: Way, form: type[BaseModel], system: str) -> str:
    """The system message; in JSON mode nothing but words can tell the form."""
    if way != "json_mode":
        return system
    return (
        f"{system}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n{json.dumps(form.model_json_schema())}"
    )


def _tokens(message: AIMessage) -> dict[str, int]:
    used = message.usage_metadata
    return {} if used is None else {"input_tokens": used["input_tokens"], "output_tokens": used["output_tokens"]}
