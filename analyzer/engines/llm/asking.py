"""One question to the model as it is sent, and its answer as it is used: kept answers first, stand-ins put back.

An answer is kept under a hash of all that shaped it, so the same question is never paid twice and a reading that was cut
short goes on where it ended. What is kept is what the model said, stand-ins and all.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

from analyzer.engines.llm import material, shots
from analyzer.engines.llm.asked import Asked
from analyzer.engines.llm.pseudonyms import Table
from analyzer.errors import EngineError
from prompts import Prompt

if TYPE_CHECKING:
    from analyzer.engines.llm.chat import Chat

F = TypeVar("F", bound=BaseModel)

_ANSWER_SHARE = 4  # a quarter of the context is kept free for the answer ...
_ANSWER_MOST = 16_000  # ... but no more tokens than this
_LEAST_ROOM = 500


Spend = Callable[[str, Mapping[str, int]], None]
"""Hears of each question what it was for and what it used, as soon as it is answered."""


class Cache(Protocol):
    """Keeps answers by key; each is forgotten with the first of the meetings that it was made from."""

    def cached(self, key: str) -> str | None: ...

    def keep_cached(self, key: str, meeting_ids: Collection[str], value: str) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question exactly as it is sent. `table` puts names back into the answer; `replaced` counts what it hid, by kind."""

    task: str
    system: str
    user: str
    table: Table | None = None
    replaced: Mapping[str, int] = field(default_factory=dict)

    @property
    def tokens(self) -> int:
        """Roughly how many tokens are sent."""
        return material.tokens(self.system) + material.tokens(self.user)


def unmetered(task: str, usage: Mapping[str, int]) -> None:
    """Count nothing."""


class Asker:
    """Puts requests to one model. Nothing is imported, and no key is looked for, before the first that is not kept."""

    def __init__(
        self, asked: Asked, key: Callable[[], str], prompts: Mapping[str, Prompt], cache: Cache | None, spend: Spend = unmetered
    ) -> None:
        self.asked = asked
        self.prompts = prompts
        self._key = key
        self._cache = cache
        self._spend = spend
        self._lock = Lock()

    def system(self, task: str) -> str:
        """The system message of a task, with its examples. Raises PromptError for an example that is none."""
        prompt = self.prompts[task]
        return "\n\n".join((prompt.system, *shots.texts(prompt)))

    def room(self, *taken: str) -> int:
        """Tokens that are left for the material beside these texts and the answer."""
        answer = min(_ANSWER_MOST, self.asked.context_tokens // _ANSWER_SHARE)
        return max(_LEAST_ROOM, self.asked.context_tokens - answer - sum(material.tokens(text) for text in taken))

    def is_kept(self, form: type[BaseModel], request: Request) -> bool:
        """Whether the answer is there already, so that nothing would be sent."""
        return self._kept(form, request) is not None

    def ask(self, form: type[F], request: Request, meetings: Collection[str], usage: Counter[str]) -> F:
        """The answer in that form, from what is kept where the same was asked before. Raises EngineError.

        It is kept for as long as all of `meetings` are on record, and not at all where there is none. What the call used is
        added to `usage`, also when it fails.
        """
        answer = self._kept(form, request)
        if answer is not None:
            self._count(request, {"cached": 1}, usage)
        else:
            try:
                answered = self._chat.ask(form, request.system, request.user)
            except EngineError as error:
                self._count(request, error.usage, usage)
                raise
            answer = answered.value
            if self._cache is not None and meetings:  # first of all: it is paid for
                self._cache.keep_cached(self._cache_key(form, request), meetings, answer.model_dump_json())
            self._count(request, answered.usage, usage)
        return _revealed(answer, request.table)

    def _count(self, request: Request, used: Mapping[str, int], usage: Counter[str]) -> None:
        usage.update(used)
        if used:
            self._spend(request.task, used)

    def _kept(self, form: type[F], request: Request) -> F | None:
        kept = self._cache.cached(self._cache_key(form, request)) if self._cache is not None else None
        if kept is None:
            return None
        try:
            return form.model_validate_json(kept)
        except ValidationError:
            return None  # what was kept is damaged: ask again

    def _cache_key(self, form: type[BaseModel], request: Request) -> str:
        asked = self.asked
        parameters = [asked.model, asked.provider, asked.base_url, asked.temperature, asked.reasoning_effort]
        shaped_by = [request.task, *parameters, form.model_json_schema(), request.system, request.user]
        return hashlib.sha256(json.dumps(shaped_by, sort_keys=True).encode(errors="replace")).hexdigest()

    def leave_question(self) -> None:
        """Ask over another connection from now on: a question that was given up holds the one that it was put on."""
        with self._lock:
            self.__dict__.pop("_one_chat", None)

    @property
    def _chat(self) -> "Chat":
        with self._lock:  # several meetings may be read at once, and share one connection and its limits
            return self._one_chat

    @cached_property
    def _one_chat(self) -> "Chat":
        key = self._key()
        from analyzer.engines.llm.chat import Chat  # langchain and openai take seconds to import

        return Chat(self.asked, key)


def _revealed(answer: F, table: Table | None) -> F:
    """The answer with the real names wherever the model used a stand-in."""
    if table is None:
        return answer

    def with_names(value: Any) -> Any:
        if isinstance(value, str):
            return table.reveal(value)
        if isinstance(value, dict):
            return {key: with_names(item) for key, item in value.items()}
        return [with_names(item) for item in value] if isinstance(value, list) else value

    return type(answer).model_validate(with_names(answer.model_dump()))
