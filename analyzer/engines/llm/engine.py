"""The llm engine: one call to read a meeting, one to judge it, one to answer a question.

A meeting that is longer than the model takes in is read in overlapping windows. Each answer is kept under a hash of all
that shaped it, so nothing is paid twice and a reading that was cut short goes on where it ended.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar

from pydantic import BaseModel, ValidationError

import prompts
from analyzer.engines.llm import material, shots
from analyzer.engines.llm.claims import answers_of, claims_of, judgement_of, undecided
from analyzer.engines.llm.schemas import Answering, Judging, Reading
from analyzer.engines.llm.server import is_private
from analyzer.errors import KeyMissing, KeyRefused
from analyzer.model.findings import Claim, EngineId, Finding, Judgement
from analyzer.model.meetings import Meeting, Passage, Side
from analyzer.practice import Practice, Share
from analyzer.settings import Secret

if TYPE_CHECKING:
    from analyzer.engines.llm.chat import Chat

F = TypeVar("F", bound=BaseModel)

_NAME = "llm"
_NOT_TOLD = "(not told)"
_ANSWER_SHARE = 4  # a quarter of the context is kept free for the answer ...
_ANSWER_MOST = 16_000  # ... but no more tokens than this
_REACHES = (4, 2, 1, 0)  # turns shown around each finding, narrowed until they fit


class Cache(Protocol):
    """Keeps answers by key; `meeting_id` ties an answer to the meeting that it goes with when that is forgotten."""

    def cached(self, key: str) -> str | None: ...

    def keep_cached(self, key: str, meeting_id: str | None, value: str) -> None: ...


class LlmEngine:
    """Reads by a language model on an OpenAI-compatible server. Nothing is imported or sent before the first question.

    `base_url` None is the vendor's own server; a server on this machine or a private network needs no key. `timeout` is
    in seconds; `context_tokens` is how much the model takes in at once, answer included.
    """

    def __init__(
        self,
        *,
        model: str,
        base_url: str | None,
        api_key: Secret | None,
        timeout: float,
        retries: int,
        context_tokens: int,
        cache: Cache | None,
    ) -> None:
        self._model, self._base_url, self._api_key = model, base_url, api_key
        self._timeout, self._retries = timeout, retries
        self._context_tokens = context_tokens
        self._cache = cache
        self._prompts = {task: prompts.load(task) for task in prompts.TASKS}
        self._usage: Counter[str] = Counter()
        self._offers = _NOT_TOLD

    @property
    def identity(self) -> EngineId:
        """The engine's name, the model's, and the hash of the prompts."""
        versions = "".join(self._prompts[task].version for task in ("read", "judge"))
        return EngineId(name=_NAME, model=self._model, prompts=hashlib.sha256(versions.encode()).hexdigest()[:12])

    @property
    def usage(self) -> dict[str, int]:
        """Calls, kept answers and tokens of the latest reading and its judging, or of the latest answer."""
        return dict(self._usage)

    def read(self, meeting: Meeting, practice: Practice) -> tuple[Claim, ...]:
        """What the model says it saw, window by window, without doubles. Raises EngineError."""
        self._usage.clear()
        prompt = self._prompts["read"]
        shared = (material.one_line(o.text) for o in practice.offers if o.share is Share.ALL)
        self._offers = "; ".join(shared) or _NOT_TOLD
        parts = material.windows(meeting.turns, self._room(self._system("read"), prompt.user)) if meeting.turns else ()
        claims: list[Claim] = []
        for number, window in enumerate(parts, start=1):
            text = "\n".join(window.lines)
            begin, end = material.marks("transcript", text)
            part = f"This is part {number} of {len(parts)}: turns {window.first} to {window.last}." if len(parts) > 1 else ""
            user = prompt.ask(**material.facts(meeting), offers=self._offers, part=part, begin=begin, turns=text, end=end)
            claims += claims_of(self._ask("read", Reading, user, meeting.id), meeting.id)
        return tuple(dict.fromkeys(claims))

    def judge(self, meeting: Meeting, findings: tuple[Finding, ...]) -> Judgement:
        """The verdicts from the findings and the turns around them, with the offers of the latest reading. Raises EngineError."""
        if not any(turn.side is Side.THEIRS for turn in meeting.turns):
            return undecided("No speaker is known to be on their side.")
        if not findings:
            return undecided("The reader found nothing in this meeting to go by.")
        prompt = self._prompts["judge"]
        listed = "\n".join(material.finding_line(n, f) for n, f in enumerate(findings, start=1))
        around = [at for f in findings for at in (f.evidence.turn, *(e.turn for e in f.fate))]
        room = self._room(self._system("judge"), prompt.user, listed)
        turns = ""
        for reach in _REACHES:
            turns = "\n".join(material.stretches(meeting.turns, around, reach))
            if material.tokens(turns) <= room:
                break
        begin, end = material.marks("material", turns + listed)
        theirs = sum(turn.side is Side.THEIRS for turn in meeting.turns)
        length = f"{len(meeting.turns)} turns, {theirs} of them theirs"
        user = prompt.ask(
            **material.facts(meeting),
            offers=self._offers,
            length=length,
            begin=begin,
            turns=turns,
            findings=listed,
            end=end,
        )
        return judgement_of(self._ask("judge", Judging, user, meeting.id), findings)

    def answer(self, question: str, passages: Sequence[Passage]) -> tuple[Claim, ...]:
        """The points of the answer, each with its quote; empty when the passages do not tell. Raises EngineError."""
        self._usage.clear()
        if not passages:
            return ()
        prompt = self._prompts["answer"]
        text = "\n".join(material.passage_lines(passages))
        begin, end = material.marks("passages", text)
        user = prompt.ask(question=material.one_line(question), begin=begin, passages=text, end=end)
        meetings = {p.meeting_id for p in passages}
        # An answer out of several meetings could outlive one of them that is forgotten, so it is not kept.
        return answers_of(self._ask("answer", Answering, user, meetings.pop() if len(meetings) == 1 else None), passages)

    def __repr__(self) -> str:
        return f"LlmEngine(model={self._model!r}, base_url={self._base_url!r})"

    @cached_property
    def _chat(self) -> "Chat":
        key = self._key()
        from analyzer.engines.llm.chat import Chat  # langchain and openai take seconds to import

        return Chat(model=self._model, base_url=self._base_url, key=key, timeout=self._timeout, retries=self._retries)

    def _key(self) -> str:
        if self._api_key is None:
            if is_private(self._base_url):
                return ""
            raise KeyMissing(
                "there is no key for the model's server",
                "Set ANALYZER_API_KEY or OPENAI_API_KEY in the environment, or use --engine offline.",
            )
        key = self._api_key.reveal()
        if not key.isascii() or not key.isprintable() or " " in key:
            raise KeyRefused("the key has characters that no key has", "Set ANALYZER_API_KEY or OPENAI_API_KEY anew.")
        return key

    def _system(self, task: str) -> str:
        prompt = self._prompts[task]
        return "\n\n".join((prompt.system, *shots.texts(prompt)))

    def _room(self, *taken: str) -> int:
        """Tokens that are left for the transcript beside these texts and the answer."""
        answer = min(_ANSWER_MOST, self._context_tokens // _ANSWER_SHARE)
        return max(500, self._context_tokens - answer - sum(material.tokens(text) for text in taken))

    def _ask(self, task: str, form: type[F], user: str, meeting_id: str | None) -> F:
        """The answer in that form, from the cache where the same was asked before."""
        key = self._cache_key(task, form, user)
        cache = self._cache if meeting_id is not None else None
        kept = cache.cached(key) if cache is not None else None
        if kept is not None:
            try:
                answer = form.model_validate_json(kept)
            except ValidationError:
                pass  # what was kept is damaged: ask again
            else:
                self._usage["cached"] += 1
                return answer
        chat = self._chat
        before = Counter(chat.spent)
        try:
            answer = chat.ask(form, self._system(task), user)
        finally:
            self._usage.update(chat.spent - before)
        if cache is not None:
            cache.keep_cached(key, meeting_id, answer.model_dump_json())
        return answer

    def _cache_key(self, task: str, form: type[BaseModel], user: str) -> str:
        shaped_by = [task, self._prompts[task].version, self._model, self._base_url, form.model_json_schema(), user]
        return hashlib.sha256(json.dumps(shaped_by, sort_keys=True).encode()).hexdigest()
