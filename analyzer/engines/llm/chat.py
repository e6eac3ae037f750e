"""One question to a model, answered in a given form: the only module that calls langchain's models.

A form is asked for by strict JSON schema; where a server cannot do that, as the arguments of a forced function, and where
it cannot do that either, in JSON mode with the schema in words. The first way that worked is kept. No tools are bound but
the form itself, nothing is streamed, the server is asked not to store, and nothing is traced to anywhere else, whatever
the environment says.
"""

import contextlib
import json
import re
import threading
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, Generic, Literal, TypeVar, cast

from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.runnables import Runnable
from langsmith.run_helpers import tracing_context
from pydantic import BaseModel, SecretStr

from analyzer.engines.llm import errors
from analyzer.engines.llm.asked import Asked
from analyzer.engines.llm.models import build
from analyzer.engines.llm.pace import LONGEST_PAUSE, Pace, asked_to_wait, own_pause, too_long
from analyzer.errors import AnswerCutOff, AnswerUnusable, EngineError, KeyRefused, RateLimited, ServerUnreachable
from analyzer.servers import ADDRESSES, OPENAI, address, host

Way = Literal["json_schema", "function_calling", "json_mode"]
F = TypeVar("F", bound=BaseModel)

WAYS: tuple[Way, ...] = ("json_schema", "function_calling", "json_mode")
_MAY_REJECT = {400, 422}
_FAILED, _NOT_DONE = 500, 501
_PASSING = {408, 409, errors.TOO_MANY}
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
_ABOUT_ELSE = ("temperature", "reasoning_effort")
_CUT_OFF = {"length", "max_tokens", "model_length", "model_context_window_exceeded"}
_DECLINED = {"content_filter", "safety", "refusal", "recitation", "prohibited_content", "blocklist", "spii"}
_STORE = re.compile(r"\bstore\b")
_ONCE_MORE = "The answer before this one could not be read. Answer in the form that is asked for and in no other."
_PROMPT = ChatPromptTemplate.from_messages([("system", "{system}"), ("human", "{user}")])

# langchain warns beside raising when a schema is not accepted; asking in another way is our answer to that.
warnings.filterwarnings("ignore", category=UserWarning, module="langchain_openai")


@dataclass(frozen=True, slots=True)
class Answered(Generic[F]):
    """An answer, the way that it was given in, and what it used, useless answers before it included.

    `usage` counts `calls` that were answered, `input_tokens` and `output_tokens`.
    """

    value: F
    way: Way
    usage: dict[str, int]


class Chat:
    """A model on a server; safe to use from several threads, which share its limits and the pauses that it asks for.

    Until the server has answered once, questions go one by one: what the first finds out, such as that the key is refused
    or which way works, holds for all.
    """

    def __init__(self, asked: Asked, key: str) -> None:
        """`key` may be empty. Raises ProviderMissing, RequestRefused."""
        self._asked = asked
        self._key = SecretStr(key)
        self._server = host(asked.base_url, asked.provider)
        self._vendors_own = asked.provider == OPENAI and address(asked.base_url) == ADDRESSES[OPENAI]
        self._retries = asked.retries
        self._pace = Pace(asked.calls_per_minute)
        self._lock = threading.Lock()
        self._one_by_one = threading.Lock()
        self._met = threading.Event()
        self._key_refused: KeyRefused | None = None
        self._ways: dict[type[BaseModel], Way] = {}
        self._model: BaseChatModel = build(asked, key)
        self._asks_not_to_store = True

    def ask(self, form: type[F], system: str, user: str) -> Answered[F]:
        """The model's answer in that form. Raises EngineError, with what was used all the same as its `usage`."""
        with self._alone_at_first():
            if self._key_refused is not None:
                raise KeyRefused(self._key_refused.message, self._key_refused.hint)
            used: Counter[str] = Counter()
            try:
                value, way = self._in_some_way(form, (system, user), used)
            except Exception as error:
                told = errors.translate(error, server=self._server, model=self._asked.model, secret=self._key.get_secret_value())
                if told is None:
                    raise
                self._learn(told)
                told.usage = dict(used)
                raise told from None  # what the library said may hold the key
            self._met.set()
        return Answered(value, way, dict(used))

    def __repr__(self) -> str:
        return f"Chat(model={self._asked.model!r}, server={self._server!r})"

    @contextlib.contextmanager
    def _alone_at_first(self) -> Iterator[None]:
        """Let others ask at the same time only once the server has answered."""
        with contextlib.ExitStack() as alone:
            if not self._met.is_set():
                alone.enter_context(self._one_by_one)
            if self._met.is_set():  # while this one waited for its turn
                alone.close()
            yield

    def _learn(self, told: EngineError) -> None:
        """What a failure says of every other question to this server."""
        if isinstance(told, KeyRefused):
            self._key_refused = told
        elif not isinstance(told, ServerUnreachable | RateLimited):
            self._met.set()

    def _in_some_way(self, form: type[F], said: tuple[str, str], used: Counter[str]) -> tuple[F, Way]:
        """The answer in the way that is known to work; where none is, in the first of them that does."""
        proven = self._ways.get(form)
        if proven is not None:
            try:
                return self._once(proven, form, said, used), proven
            except Exception as error:
                if not _is_unusable(error):
                    raise
            return self._once(proven, form, (f"{said[0]}\n\n{_ONCE_MORE}", said[1]), used), proven
        ways = WAYS[self._first_way() :]
        for way in ways:
            try:
                value = self._once(way, form, said, used)
            except Exception as error:
                if way is ways[-1] or self._ways.get(form) is way or not self._rejects(error):
                    raise
                continue
            with self._lock:
                self._ways.setdefault(form, way)
            return value, way
        raise AssertionError  # pragma: no cover - the last way returns or raises

    def _first_way(self) -> int:
        """Where to begin with a form that was not asked for yet: where the server has answered to another."""
        with self._lock:
            return min((WAYS.index(way) for way in self._ways.values()), default=0)

    def _once(self, way: Way, form: type[F], said: tuple[str, str], used: Counter[str]) -> F:
        """One answer, tried again only where the server may do better in a while."""
        try:
            result = self._patiently(way, form, {"system": _in_words(way, form, said[0]), "user": said[1]})
        except Exception as error:
            used.update(errors.paid_for(error))
            raise
        raw = cast("AIMessage", result["raw"])
        used.update({"calls": 1, **_tokens(raw)})
        finish = _finish(raw)
        if finish in _CUT_OFF:
            raise errors.cut_off(self._asked.model)
        if finish in _DECLINED:
            raise errors.filtered(self._server)
        if result["parsing_error"] is not None:
            raise result["parsing_error"]
        if not isinstance(result["parsed"], form):
            raise AnswerUnusable(
                f"{self._asked.model} gave no answer in the form that was asked for", "Run it again, or choose another model."
            )
        return result["parsed"]

    def _patiently(self, way: Way, form: type[F], said: dict[str, str]) -> dict[str, Any]:
        for attempt in count():
            self._pace.wait(self._server)
            model, asks_not_to_store = self._model, self._asks_not_to_store
            try:
                with tracing_context(enabled=False):
                    return self._chain(model, way, form).invoke(said)
            except Exception as error:
                if asks_not_to_store and self._stumbles_over_store(error):
                    self._stop_asking_not_to_store()
                elif not self._waited(error, attempt):
                    raise
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _waited(self, error: Exception, attempt: int) -> bool:
        """Whether this passes by waiting, once that was done: as long as the server asks, or a little more each time.

        Raises RateLimited where the server asks for more than anybody waits.
        """
        status, headers = errors.status_of(error), errors.headers_of(error)
        asked = asked_to_wait(headers)
        if status == errors.TOO_MANY and asked is not None:
            self._pace.pause(asked)  # also where this thread gives up: the others would only be told the same
        if not _passes(error) or headers.get("x-should-retry") == "false":
            return False
        if asked is not None and asked > LONGEST_PAUSE:
            raise too_long(self._server, asked)
        if attempt >= self._retries:
            return False
        pause = own_pause(attempt) if asked is None else asked
        if status == errors.TOO_MANY:
            self._pace.pause(pause)
        else:
            self._pace.rest(pause)
        return True

    def _chain(self, model: BaseChatModel, way: Way, form: type[F]) -> Runnable[dict[str, str], dict[str, Any]]:
        strict = {"strict": True} if way == "json_schema" and self._asked.provider == OPENAI else {}
        answering = model.with_structured_output(form, method=way, include_raw=True, **strict)
        return cast("Runnable[dict[str, str], dict[str, Any]]", _PROMPT | answering)

    def _stumbles_over_store(self, error: Exception) -> bool:
        """Whether a server that cannot store anything stumbles over being asked not to."""
        return (
            self._asked.provider == OPENAI
            and not self._vendors_own
            and errors.status_of(error) in _MAY_REJECT
            and bool(_STORE.search(errors.said_by(error)))
        )

    def _stop_asking_not_to_store(self) -> None:
        with self._lock:
            if self._asks_not_to_store:
                self._model = build(self._asked, self._key.get_secret_value(), store=None)
                self._asks_not_to_store = False

    def _rejects(self, error: Exception) -> bool:
        """Whether this failure may only mean that the server cannot give answers in this way."""
        if errors.too_long(error) or isinstance(error, AnswerCutOff):
            return False
        status = errors.status_of(error)
        if status is None:
            return _is_unusable(error)
        if status in {_FAILED, _NOT_DONE}:
            return not self._vendors_own
        said = errors.said_by(error).casefold()
        about_the_form = any(word in said for word in _ABOUT_THE_FORM) and not any(word in said for word in _ABOUT_ELSE)
        return status in _MAY_REJECT and about_the_form


def _passes(error: Exception) -> bool:
    """Whether the same request may be answered in a while."""
    if errors.too_long(error) or errors.out_of_credit(error):
        return False
    status = errors.status_of(error)
    if status is None:
        return errors.unreached(error)
    return status in _PASSING or (status >= _FAILED and status != _NOT_DONE)


def _is_unusable(error: Exception) -> bool:
    told = errors.translate(error, server="", model="", secret="")
    return type(told) is AnswerUnusable


def _in_words(way: Way, form: type[BaseModel], system: str) -> str:
    """The system message; in JSON mode nothing but words can tell the form."""
    if way != "json_mode":
        return system
    return (
        f"{system}\n\nAnswer with one JSON object of this JSON schema and nothing else:\n{json.dumps(form.model_json_schema())}"
    )


def _finish(message: AIMessage) -> str:
    """Why the answer ended, by whatever name the provider gives to it."""
    told = message.response_metadata
    return str(told.get("finish_reason") or told.get("stop_reason") or told.get("done_reason") or "").casefold()


def _tokens(message: AIMessage) -> dict[str, int]:
    used = message.usage_metadata
    return {} if used is None else {"input_tokens": used["input_tokens"], "output_tokens": used["output_tokens"]}
