"""How talk is laid out for the turn classifier: turns as pieces, pieces as windows of tokens.

The classifier reads a window of consecutive pieces at once, each after a mark of whose side speaks, and gives every piece its
scores. Training (`scripts/train_motives.py`) and reading lay talk out by this one module.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from analyzer.engines.offline.sentences import sentences
from analyzer.model.meetings import Side

WINDOW = 256  # tokens that the classifier sees at once
PIECE = 96  # tokens; of a longer turn each part is scored by itself, and the turn gets its best
BEFORE = 3  # pieces in front of the first that a window is asked about, as in most of the training material
BEFORE_TOKENS = 112  # at most, so that long speeches leave room for what is asked
MARKS = {Side.OURS: "consultant :", Side.THEIRS: "client :"}
MARK_UNKNOWN = "someone :"

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Piece:
    """A turn or a part of a long one: which turn it is of, whose side speaks, its tokens with the mark in front."""

    turn: int
    theirs: bool
    ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive pieces, and from which place among them on they are asked about."""

    pieces: tuple[Piece, ...]
    asked_from: int
    asked_to: int


class Layout:
    """Lays out turns with one tokenizer (the bundled family's, of which no truncation is asked)."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        if tokenizer.truncation or tokenizer.padding:  # one that is shared has neither, and is not to be changed
            tokenizer.no_truncation()
            tokenizer.no_padding()
        self.start, self.stop = tokenizer.encode("", add_special_tokens=True).ids  # [CLS] and [SEP]
        self._marks = {side: self._ids(mark) for side, mark in MARKS.items()}
        self._unknown = self._ids(MARK_UNKNOWN)

    def pieces(self, turns: Sequence[tuple[Side, str]]) -> tuple[Piece, ...]:
        """The pieces of consecutive turns, in order; a turn without words is a piece of its mark alone."""
        return tuple(
            Piece(turn=at, theirs=side is Side.THEIRS, ids=(*self._marks.get(side, self._unknown), *part, self.stop))
            for at, (side, text) in enumerate(turns)
            for part in self._parts(text)
        )

    def _parts(self, text: str) -> Iterator[tuple[int, ...]]:
        whole = self._ids(text)
        if len(whole) <= PIECE:
            yield whole
            return
        room: tuple[int, ...] = ()
        for sentence in sentences(text):
            ids = self._ids(sentence.text)
            if room and len(room) + len(ids) > PIECE:
                yield room
                room = ()
            room += ids
            while len(room) > PIECE:
                yield room[:PIECE]
                room = room[PIECE:]
        if room:
            yield room

    def _ids(self, text: str) -> tuple[int, ...]:
        readable = text.encode("utf-8", "replace").decode()  # half a surrogate pair is no text
        return tuple(self._tokenizer.encode(readable, add_special_tokens=False).ids)


def windows(pieces: Sequence[Piece]) -> Iterator[Window]:
    """Windows in which every piece is asked about once, with `BEFORE` pieces in front and, where there is one, one behind."""
    at = 0
    while at < len(pieces):
        first, room = at, BEFORE_TOKENS
        while first > 0 and at - first < BEFORE and len(pieces[first - 1].ids) <= room:
            first -= 1
            room -= len(pieces[first].ids)
        last, used = first, 1
        while last < len(pieces) and (last == at or used + len(pieces[last].ids) <= WINDOW):
            used += len(pieces[last].ids)
            last += 1
        to = last if last == len(pieces) or last - at == 1 else last - 1
        yield Window(pieces=tuple(pieces[first:last]), asked_from=at - first, asked_to=to - first)
        at = to


@dataclass(frozen=True, slots=True)
class Feed:
    """What the graph is fed for one window of n pieces and t tokens.

    `ids` and `sides` (1 where their side speaks) have shape (1, t); `share` (n, t) has each token's share of its piece;
    `marks` (n) the place of each piece's first token.
    """

    ids: Ints
    sides: Ints
    share: Floats
    marks: Ints


def feed(pieces: Sequence[Piece], start: int) -> Feed:
    """Lay pieces out behind the token that starts a text."""
    ids, sides, marks = [start], [0], []
    share = np.zeros((len(pieces), 1 + sum(len(p.ids) for p in pieces)), dtype=np.float32)
    for row, piece in enumerate(pieces):
        marks.append(len(ids))
        share[row, len(ids) : len(ids) + len(piece.ids)] = 1 / len(piece.ids)
        ids.extend(piece.ids)
        sides.extend([int(piece.theirs)] * len(piece.ids))
    return Feed(
        ids=np.array([ids], dtype=np.int64),
        sides=np.array([sides], dtype=np.int64),
        share=share,
        marks=np.array(marks, dtype=np.int64),
    )


def as_fed(fed: Feed, wanted: Collection[str]) -> dict[str, npt.NDArray[np.generic]]:
    """By the names of a graph's inputs, those that it has."""
    known: dict[str, npt.NDArray[np.generic]] = {
        "input_ids": fed.ids,
        "token_type_ids": fed.sides,
        "share": fed.share,
        "marks": fed.marks,
    }
    return {name: known[name] for name in wanted}
