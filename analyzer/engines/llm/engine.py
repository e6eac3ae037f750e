"""The llm engine: one call to read a meeting, one to judge it, one to answer a question.

A meeting that is longer than the model takes in is read in overlapping windows; a window that fails is split or left out,
and then the reading says which turns were not read.
"""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.engines.llm import material
from analyzer.engines.llm.asking import Asker, Request
from analyzer.engines.llm.claims import answers_of, claims_of, judgement_of, nothing_heard, undecided
from analyzer.engines.llm.hiding import KnownNames, hidden_meeting, hidden_passages, table_for
from analyzer.engines.llm.pseudonyms import Table
from analyzer.engines.llm.schemas import FORMS, Answering, Judging
from analyzer.engines.llm.schemas import Reading as Marks
from analyzer.errors import AnswerCutOff, AnswerUnusable, ContextTooLong, EngineError, ModelDeclined
from analyzer.model.findings import Claim, Claims, EngineId, Gap, Judgement, Reading
from analyzer.model.insight import Exchange
from analyzer.model.meetings import Meeting, Passage, Side
from analyzer.practice import Practice, Share
from analyzer.servers import where

NAME = "llm"
_NOT_TOLD = "(not told)"
_MOST_CUTS = 2  # times that a part is halved because its answer was cut off
_REACHES = (4, 2, 1, 0)  # turns shown around each finding, narrowed until they fit
_TOKENS_TO_ANSWER = 12_000  # of passages: a score of them with their neighbours, an hour and a half of talk
_TELLING_WORDS = 120  # of theirs; that nothing was heard in less says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """A meeting and our offers as the model is told them."""

    meeting: Meeting
    offers: str
    table: Table | None
    replaced: Mapping[str, int]


class LlmEngine:
    """Reads by a language model. Nothing is imported or sent before the first question.

    `known` are the names that do not leave; None sends the words as they are.
    """

    def __init__(self, asker: Asker, known: KnownNames | None) -> None:
        self._asker = asker
        self._known = known

    @property
    def identity(self) -> EngineId:
        """The engine's name, the model's, and the hash of the prompts."""
        versions = "".join(self._asker.prompts[task].version for task in ("read", "judge"))
        return EngineId(name=NAME, model=self._asker.asked.model, prompts=hashlib.sha256(versions.encode()).hexdigest()[:12])

    @property
    def parameters(self) -> dict[str, str]:
        """The server and what else shapes the answers."""
        asked = self._asker.asked
        told = {
            "server": where(asked.base_url, asked.provider),
            "provider": asked.provider,
            "privacy": "none" if self._known is None else "pseudonyms",
            "context_tokens": str(asked.context_tokens),
            "temperature": "" if asked.temperature is None else str(asked.temperature),
            "reasoning_effort": asked.reasoning_effort,
        }
        return {key: value for key, value in told.items() if value}

    def leave_question(self) -> None:
        """Let no other question wait for the one that was given up."""
        self._asker.leave_question()

    def to_read(self, meeting: Meeting, practice: Practice) -> tuple[Request, ...]:
        """The requests that a reading of this meeting begins with, as they would be sent."""
        told = self._told(meeting, practice)
        return tuple(self._to_read(told, window) for window in self._windows(told))

    def to_judge(self, meeting: Meeting, reading: Reading, practice: Practice, notes: Sequence[str] = ()) -> Request | None:
        """The request that weighs these findings, as it would be sent; None where there is nothing to weigh."""
        if not reading.findings or not any(turn.side is Side.THEIRS for turn in meeting.turns):
            return None
        told = self._told(meeting, practice, "\n".join(notes))
        listed = self._hide("\n".join(material.finding_line(n, f) for n, f in enumerate(reading.findings, start=1)), told.table)
        noted = self._hide(material.noted(notes), told.table)
        around = [at for f in reading.findings for at in (f.evidence.turn, *(e.turn for e in f.fate))]
        prompt = self._asker.prompts["judge"]
        system = self._asker.system("judge")
        room = self._asker.room(system, prompt.user, listed, noted)
        turns = ""
        for reach in _REACHES:
            turns = "\n".join(material.stretches(told.meeting.turns, around, reach))
            if material.tokens(turns) <= room:
                break
        begin, end = material.marks("material", turns + listed + noted)
        user = prompt.ask(
            **material.facts(told.meeting),
            offers=told.offers,
            length=material.length(meeting, reading.gaps),
            begin=begin,
            turns=turns,
            findings=listed,
            notes=noted,
            end=end,
        )
        return Request(task="judge", system=system, user=user, table=told.table, replaced=told.replaced)

    @property
    def judging_tokens(self) -> int:
        """Roughly what every judging takes before any finding stands in it."""
        return material.tokens(self._asker.system("judge")) + material.tokens(self._asker.prompts["judge"].user)

    def is_kept(self, request: Request) -> bool:
        """Whether the answer is there already, so that nothing would be sent."""
        return self._asker.is_kept(FORMS[request.task], request)

    def read(self, meeting: Meeting, practice: Practice) -> Claims:
        """What the model says it saw, window by window, without doubles. Raises EngineError where no window could be read."""
        told = self._told(meeting, practice)
        usage: Counter[str] = Counter()
        claims: list[Claim] = []
        seen: set[str] = set()
        failed: list[tuple[material.Window, EngineError]] = []
        waiting = [(window, 0) for window in self._windows(told)]
        while waiting:
            window, cut = waiting.pop(0)
            try:
                marks = self._asker.ask(Marks, self._to_read(told, window), (meeting.id,), usage)
            except (ContextTooLong, AnswerCutOff) as error:
                # An answer that is too long for a part is paid for; one that never ends would be paid for over and over.
                cut += isinstance(error, AnswerCutOff)
                halves = material.halves(window) if cut <= _MOST_CUTS else ()
                waiting = [*((half, cut) for half in halves), *waiting]
                failed += [] if halves else [(window, error)]
            except (ModelDeclined, AnswerUnusable) as error:
                failed.append((window, error))
            else:
                claims += claims_of(marks, meeting.id)
                seen |= set(window.lines)
        if failed and not seen:
            last = failed[-1][1]
            last.usage = dict(usage)
            raise last
        return Claims(claims=tuple(dict.fromkeys(claims)), gaps=_gaps(failed, seen), usage=dict(usage))

    def judge(self, meeting: Meeting, reading: Reading, practice: Practice, notes: Sequence[str] = ()) -> Judgement:
        """The verdicts from the findings and the turns around them. Raises EngineError."""
        if not any(turn.side is Side.THEIRS for turn in meeting.turns):
            return undecided("No speaker is known to be on their side.")
        request = self.to_judge(meeting, reading, practice, notes)
        if request is None:
            return self._unmarked(meeting, reading)
        usage: Counter[str] = Counter()
        judging = self._asker.ask(Judging, request, (meeting.id,), usage)
        return replace(judgement_of(judging, reading.findings), usage=dict(usage))

    def room(self, question: str, earlier: Sequence[Exchange] = ()) -> int:
        """How many characters of passages go with this question: all that the model takes in, but never more than it needs."""
        told = "\n".join((question, *material.exchange_lines(earlier)))
        left = self._asker.room(self._asker.system("answer"), self._asker.prompts["answer"].user, told)
        return int(min(left, _TOKENS_TO_ANSWER) * material.CHARACTERS_PER_TOKEN)

    def answer(self, question: str, passages: Sequence[Passage], earlier: Sequence[Exchange] = ()) -> Claims:
        """The points of the answer, each with its quote; none when the passages do not tell. Raises EngineError."""
        if not passages:
            return Claims()
        usage: Counter[str] = Counter()
        made_from = {p.meeting_id for p in passages}.union(*(exchange.meetings for exchange in earlier))
        answering = self._asker.ask(Answering, self.to_answer(question, passages, earlier), sorted(made_from), usage)
        return Claims(claims=answers_of(answering, passages), usage=dict(usage))

    def to_answer(self, question: str, passages: Sequence[Passage], earlier: Sequence[Exchange] = ()) -> Request:
        """The request that puts this question to these passages, as it would be sent."""
        table: Table | None = None
        replaced: Mapping[str, int] = {}
        shown: Sequence[Passage] = passages
        before = "\n".join(material.exchange_lines(earlier))
        if self._known is not None:
            texts = [question, before, *(turn.text for p in passages for turn in p.turns), *material.clients_named(passages)]
            speakers = dict.fromkeys(turn.speaker for p in passages for turn in p.turns)
            table = table_for(self._known, {p.client_id for p in passages}, speakers, texts)
            replaced = table.counts("\n".join((question, before, *(p.text for p in passages))))
            shown = hidden_passages(passages, table)
        before = self._hide(before, table)
        text = "\n".join(material.passage_lines(shown))
        begin, end = material.marks("passages", f"{before}\n{text}")
        prompt = self._asker.prompts["answer"]
        asked = self._hide(material.one_line(question), table)
        user = prompt.ask(question=asked, begin=begin, earlier=f"{before}\n" if before else "", passages=text, end=end)
        return Request(task="answer", system=self._asker.system("answer"), user=user, table=table, replaced=replaced)

    def __repr__(self) -> str:
        return f"LlmEngine({self._asker.asked!r})"

    def _told(self, meeting: Meeting, practice: Practice, *more: str) -> _Told:
        shared = (material.one_line(o.text) for o in practice.offers if o.share is Share.ALL)
        offers = "; ".join(shared) or _NOT_TOLD
        if self._known is None:
            return _Told(meeting=meeting, offers=offers, table=None, replaced={})
        texts = [meeting.title, offers, *more, *(turn.text for turn in meeting.turns)]
        table = table_for(self._known, [meeting.client_id], (s.name for s in meeting.speakers), texts)
        return _Told(
            meeting=hidden_meeting(meeting, table),
            offers=table.conceal(offers),
            table=table,
            replaced=table.counts("\n".join((*texts, *(turn.speaker for turn in meeting.turns)))),
        )

    def _windows(self, told: _Told) -> tuple[material.Window, ...]:
        if not told.meeting.turns:
            return ()
        return material.windows(
            told.meeting.turns, self._asker.room(self._asker.system("read"), self._asker.prompts["read"].user)
        )

    def _to_read(self, told: _Told, window: material.Window) -> Request:
        turns = told.meeting.turns
        whole = (window.first, window.last) == (turns[0].ordinal, turns[-1].ordinal)
        text = "\n".join(window.lines)
        begin, end = material.marks("transcript", text)
        user = self._asker.prompts["read"].ask(
            **material.facts(told.meeting),
            offers=told.offers,
            part="" if whole else f"This is a part of a longer meeting: turns {window.first} to {window.last}.",
            begin=begin,
            turns=text,
            end=end,
        )
        return Request(task="read", system=self._asker.system("read"), user=user, table=told.table, replaced=told.replaced)

    @staticmethod
    def _hide(text: str, table: Table | None) -> str:
        return text if table is None else table.conceal(text)

    @staticmethod
    def _unmarked(meeting: Meeting, reading: Reading) -> Judgement:
        """The judgement of a meeting in which nothing that stands was marked."""
        if reading.rejected:
            return undecided("None of the words that the reader marked are left to weigh.")
        words = sum(len(turn.text.split()) for turn in meeting.turns if turn.side is Side.THEIRS)
        if reading.gaps or words < _TELLING_WORDS:
            return undecided("Too little of their talk was read to tell.")
        return nothing_heard()


def _gaps(failed: Sequence[tuple[material.Window, EngineError]], seen: set[str]) -> tuple[Gap, ...]:
    """The runs of turns of which some line stands in no window that was read, with what stopped those that hold it.

    A long turn stands on several lines, which windows may share out; each line has its turn's number and words.
    """
    gaps: list[Gap] = []
    for window, error in sorted(failed, key=lambda one: one[0].first):
        for turn in sorted({material.ordinal(line) for line in window.lines if line not in seen}):
            if any(g.first <= turn <= g.last for g in gaps):
                continue
            if gaps and gaps[-1].last == turn - 1 and gaps[-1].why == error.message:
                gaps[-1] = replace(gaps[-1], last=turn)
            else:
                gaps.append(Gap(first=turn, last=turn, why=error.message))
    return tuple(gaps)
