"""Answers by quotation: the turns nearest to a question, or none when nothing is near enough."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from analyzer.engines.offline.sentences import sentences, words
from analyzer.model.findings import Claim, ClaimKind
from analyzer.model.meetings import Passage, Turn

Vectors = npt.NDArray[np.float32]

# Best balanced accuracy over the questions of training/questions.jsonl, each put to meetings made up of snippets that say
# it or do not (`scripts/fit_answers.py`): .63; .44 of those with an answer get one, .83 of those without are left alone.
NEAR_ENOUGH = 0.46
FEWEST_WORDS = 4  # of a turn that is worth quoting
QUOTES = 3  # at most
CLOSE_TO_BEST = 0.9  # further quotes must score this share of the first
SHORT = 30  # words; of a longer turn only the sentences nearest to the question are quoted


class Embeds(Protocol):
    """What finding answers needs of an embedder; any of `vectorstore.embedders` will do."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Float32, shape (texts, dimension), rows of length 1."""
        ...


def answer(question: str, passages: Sequence[Passage], embedder: Embeds) -> tuple[Claim, ...]:
    """The turns that answer the question, best first, as verbatim sentences; empty when none is near enough."""
    turns = {(p.meeting_id, t.ordinal): t for p in passages for t in p.turns}
    # A question is no answer, though it is often the turn most like the one that was asked.
    said = ((place, turn) for place, turn in sorted(turns.items()) if not turn.text.rstrip().endswith("?"))
    places = [place for place, turn in said if len(words(turn.text)) >= FEWEST_WORDS]
    if not places or not words(question):
        return ()
    asked = embedder.embed([question])[0]
    texts = [turns[place].text for place in places]
    before = [turns.get((meeting, ordinal - 1)) for meeting, ordinal in places]
    scores = nearness(asked, texts, [turn.text if turn else "" for turn in before], embedder)
    ranked = sorted(range(len(places)), key=lambda i: (-float(scores[i]), places[i]))
    needed = max(NEAR_ENOUGH, CLOSE_TO_BEST * float(scores[ranked[0]]))
    chosen = [i for i in ranked[:QUOTES] if scores[i] >= needed]
    return tuple(_claim(places[i], turns[places[i]], float(scores[i]), asked, embedder) for i in chosen)


def nearness(asked: Vectors, texts: Sequence[str], before: Sequence[str], embedder: Embeds) -> Vectors:
    """How near each text is to a question's vector: the mean cosine of the text alone and with the one before it.

    People answer questions that were asked a turn earlier, so a turn alone often does not name what it is about.
    """
    alone = embedder.embed(texts)
    joined = embedder.embed([f"{earlier} {text}".strip() for earlier, text in zip(before, texts, strict=True)])
    near: Vectors = np.float32(0.5) * (alone @ asked + joined @ asked)
    return near


def _claim(place: tuple[str, int], turn: Turn, score: float, asked: Vectors, embedder: Embeds) -> Claim:
    quote = _quote(turn.text, asked, embedder)
    return Claim(kind=ClaimKind.ANSWER, meeting=place[0], turn=place[1], quote=quote, reason=quote, score=round(score, 4))


def _quote(text: str, asked: Vectors, embedder: Embeds) -> str:
    """The turn itself when it is short, else its sentence nearest to the question with the next one."""
    parts = sentences(text)
    if len(words(text)) <= SHORT or len(parts) == 1:
        return text.strip()
    nearest = int(np.argmax(embedder.embed([p.text for p in parts]) @ asked))
    last = min(nearest + 1, len(parts) - 1)
    return text[parts[nearest].start : parts[last].end]
