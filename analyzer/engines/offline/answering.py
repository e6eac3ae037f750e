"""Answers by quotation: the sentence or two that answer a question, or none when nothing found does."""

import heapq
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analyzer.engines.offline.finder import SHIPPED, AnswerFinder, Line, Said
from analyzer.engines.offline.sentences import words
from analyzer.engines.offline.wanted import matching
from analyzer.errors import EngineError
from analyzer.model.findings import Claim, ClaimKind
from analyzer.model.meetings import Passage, Turn

FITTED = "fitted.json"
QUOTES = 3  # at most
BESIDE = 0.5  # of the chance of the best: what a further quote, or a further sentence of one, must have
BARE = 4  # words; so short a sentence is quoted with the one after it
# What puts sentences in order: the finder's logit, the cosine of sentence and question, and the place at which its passage was
# found. Chosen on the questions that `scripts/fit_answers.py` prints figures of, where meaning and place alone did worse.
BY_FINDER, BY_MEANING, BY_PLACE = 0.6, 4.0, 1.0
UNLIKELY = -1.0  # a logit; what the finder doubts so much is not quoted, which cost no right answer there
LIKELIEST = 3  # sentences whose mean logit decides: an answer is seldom alone, and a single high logit is often a mistake
ONE_IN = 40  # sentences; where fewer were read, fewer of them decide

Vectors = npt.NDArray[np.float32]


class Embeds(Protocol):
    """What finding answers needs of an embedder; any of `vectorstore.embedders` will do."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32, shape (texts, dimension), rows of length 1."""
        ...


@dataclass(frozen=True, kw_only=True)
class Decides:
    """What tells an answer from none: the chance that there is one is `1 / (1 + exp(-(slope * logit + constant)))`.

    There is an answer where the mean logit of the three likeliest sentences read has a chance of `least` or more, and what was
    read is near enough to the question (`nearness`), `near` or more: what is far from all that was said is of another matter,
    whatever the finder makes of it. Fitted by `scripts/fit_answers.py` on questions that the finder did not learn from;
    `graph` is the checksum of the graph that it belongs to.
    """

    graph: str
    slope: float
    constant: float
    least: float
    near: float

    def chance(self, logit: float) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-(self.slope * logit + self.constant)))

    def answered(self, sentences: "Sequence[Candidate]") -> bool:
        """Whether the question is answered by what was read; not by nothing."""
        return bool(sentences) and nearness(sentences) >= self.near and self.chance(likeliest(sentences)) >= self.least


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and the passage that it was read in with all its lines.

    `cosine` is of the question with the sentence, `around` with the passage; `place` is where that was found, from 1.
    """

    line: Line
    passage: Passage
    lines: tuple[Line, ...]
    cosine: float
    around: float
    place: int

    @property
    def order(self) -> float:
        """What sentences are ordered by, higher first."""
        return BY_FINDER * self.line.score + BY_MEANING * self.cosine - BY_PLACE * math.log2(self.place + 1)

    @property
    def turn(self) -> Turn:
        return next(t for t in self.passage.turns if t.ordinal == self.line.turn)


def likeliest(sentences: Sequence[Candidate]) -> float:
    """The mean logit of the three highest, or of fewer where few were read."""
    taken = max(1, min(LIKELIEST, len(sentences) // ONE_IN))
    highest = heapq.nlargest(taken, (one.line.score for one in sentences))
    return sum(highest) / len(highest)


def nearness(sentences: Sequence[Candidate]) -> float:
    """The mean of the highest cosine of a sentence and the highest of a passage with the question."""
    return (max(one.cosine for one in sentences) + max(one.around for one in sentences)) / 2


def decides(finder: AnswerFinder, folder: Path = SHIPPED) -> Decides:
    """What was fitted for the finder's graph. Raises EngineError when it is missing, damaged, or another graph's."""
    try:
        kept = Decides(**json.loads((folder / FITTED).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as cause:
        raise EngineError(f"{folder / FITTED} cannot be read", "install Analyzer again") from cause
    if kept.graph != finder.checksum:
        raise EngineError(
            "what decides about answers was not fitted on the answer finder's graph",
            "install Analyzer again, or fit it: python -m scripts.fit_answers",
        )
    return kept


def answer(
    question: str, passages: Sequence[Passage], finder: AnswerFinder, decided: Decides, embedder: Embeds
) -> tuple[Claim, ...]:
    """The sentences that answer the question, best first, in the words that were said; empty when none is likely enough.

    `passages` are as they were found, best first. Where the question wants a number, a day, a person, or a yes or no, and the
    best answer has one, that is its reason.
    """
    ranked = candidates(question, passages, finder, embedder)
    if not decided.answered(ranked):
        return ()
    ranked = [one for one in ranked if one.line.score >= UNLIKELY] or ranked
    best = ranked[0]
    if gist := matching(question, _quote(best, decided), best.turn.speaker):
        return (_claim(best, decided, gist),)
    sure = max(decided.least, BESIDE * decided.chance(best.line.score))
    return tuple(_claim(one, decided) for one in _apart(ranked) if one is best or decided.chance(one.line.score) >= sure)


def candidates(question: str, passages: Sequence[Passage], finder: AnswerFinder, embedder: Embeds) -> list[Candidate]:
    """Every sentence of the passages, the best first."""
    talks = [[Said(t.ordinal, t.speaker, t.side, t.text) for t in p.turns] for p in passages]
    read = finder.lines(question, talks)
    said = [_words(passage, line) for passage, lines in zip(passages, read, strict=True) for line in lines]
    if not said or not words(question):
        return []
    asked = embedder.embed([question])[0]
    near, around = iter(embedder.embed(said) @ asked), embedder.embed([p.text for p in passages]) @ asked
    found = [
        Candidate(line, passage, lines, float(next(near)), float(around[place - 1]), place)
        for place, (passage, lines) in enumerate(zip(passages, read, strict=True), start=1)
        for line in lines
    ]
    return sorted(found, key=lambda one: (-one.order, one.passage.id, one.line.turn, one.line.start))


def _words(passage: Passage, line: Line) -> str:
    return next(t for t in passage.turns if t.ordinal == line.turn).text[line.start : line.end]


def _apart(ranked: Sequence[Candidate]) -> Iterator[Candidate]:
    """The first few, one of each turn."""
    seen: set[tuple[str, int]] = set()
    for one in ranked:
        place = (one.passage.meeting_id, one.line.turn)
        if place not in seen:
            seen.add(place)
            yield one
        if len(seen) == QUOTES:
            return


def _quote(one: Candidate, decided: Decides) -> str:
    """The sentence, with the one beside it in its turn that answers too or, where it is a word or two, that goes on."""
    own = [line for line in one.lines if line.turn == one.line.turn]
    at = own.index(one.line)
    first = last = at
    sure = max(decided.least, BESIDE * decided.chance(one.line.score))
    after, before = (own[k] if 0 <= k < len(own) else None for k in (at + 1, at - 1))
    text = one.turn.text
    if after and (decided.chance(after.score) >= sure or len(text[one.line.start : one.line.end].split()) < BARE):
        last = at + 1
    elif before and decided.chance(before.score) >= sure:
        first = at - 1
    return text[own[first].start : own[last].end]


def _claim(one: Candidate, decided: Decides, gist: str = "") -> Claim:
    quote = _quote(one, decided)
    return Claim(
        kind=ClaimKind.ANSWER,
        meeting=one.passage.meeting_id,
        turn=one.line.turn,
        quote=quote,
        reason=gist or quote,
        score=round(decided.chance(one.line.score), 4),
    )
