"""The answer finder: how likely each sentence of some talk answers a question.

A small encoder that reads the question and the talk together, sentence by sentence (`scripts/train_answers.py`), as an int8
graph in `answers/`; its model card tells what it was trained on and how far it can be trusted.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tokenizers import Tokenizer

from analyzer.engines.offline.sentences import spans
from analyzer.engines.offline.shipped import Shipped
from analyzer.engines.offline.windows import Piece, as_fed, feed
from analyzer.model.meetings import Side

SHIPPED = Path(__file__).parent / "answers"
GRAPH = "sentences.int8.onnx"
MOST = 384  # tokens that are read at once; talk that is longer is read in parts
QUESTION = 72  # tokens of a question
LONGEST = 50  # words of a sentence; some transcribers write no full stops
SIDES = {Side.OURS: "consultant", Side.THEIRS: "client"}


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as it is read: `key` is the caller's own name for it."""

    key: int
    speaker: str
    side: Side
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a turn: the half-open code points where it stands, and how surely it answers, as a logit."""

    turn: int
    start: int
    end: int
    score: float = 0.0


class AnswerFinder(Shipped):
    """Scores sentences; the graph is loaded at the first question. Raises EngineError when a file is missing or damaged."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        super().__init__(folder, GRAPH)

    def lines(self, question: str, talks: Sequence[Sequence[Said]]) -> list[tuple[Line, ...]]:
        """For each stretch of talk its sentences in order, scored."""
        parts = [(at, pieces, lines) for at, talk in enumerate(talks) for pieces, lines in self._layout.parts(question, talk)]
        logits = self.graph.run([as_fed(feed(pieces, self._layout.start), self.graph.inputs) for _, pieces, _ in parts])
        found: list[list[Line]] = [[] for _ in talks]
        for (at, _, lines), rows in zip(parts, logits, strict=True):
            found[at] += [Line(one.turn, one.start, one.end, float(row[0])) for one, row in zip(lines, rows[1:], strict=True)]
        return [tuple(lines) for lines in found]

    @cached_property
    def _layout(self) -> "Layout":
        return Layout(self.tokenizer)


class Layout:
    """Lays a question and talk out with one tokenizer (the bundled family's, of which no truncation is asked)."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        if tokenizer.truncation or tokenizer.padding:  # one that is shared has neither, and is not to be changed
            tokenizer.no_truncation()
            tokenizer.no_padding()
        self.start, self._stop = tokenizer.encode("", add_special_tokens=True).ids  # [CLS] and [SEP]

    def parts(self, question: str, talk: Sequence[Said]) -> Iterator[tuple[tuple[Piece, ...], tuple[Line, ...]]]:
        """As many parts as it takes: a piece for the question, then one for each sentence, and where the sentences stand."""
        asked = Piece(0, theirs=False, ids=(*self._ids(question)[:QUESTION], self._stop))
        pieces, lines, used = [asked], list[Line](), 1 + len(asked.ids)
        heard = None
        for said in talk:
            for sentence in spans(said.text, LONGEST):
                ids = self._ids(sentence.text)[: MOST // 2] or (self._stop,)
                if lines and used + len(ids) > MOST:
                    yield tuple(pieces), tuple(lines)
                    pieces, lines, used, heard = [asked], [], 1 + len(asked.ids), None
                if heard != said.key:  # who speaks stands before the first sentence
                    ids, heard = (*self._ids(voice(said)), *ids), said.key
                pieces.append(Piece(len(pieces), theirs=True, ids=ids))
                lines.append(Line(said.key, sentence.start, sentence.end))
                used += len(ids)
        if lines:
            yield tuple(pieces), tuple(lines)

    def _ids(self, text: str) -> tuple[int, ...]:
        readable = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
        return tuple(self._tokenizer.encode(readable, add_special_tokens=False).ids)


def voice(said: Said) -> str:
    """Who speaks, as it is read before the words."""
    side = SIDES.get(said.side)
    return f"{side} {said.speaker}:" if side else f"{said.speaker}:"
