"""A meeting as an HTML page of its own, for us: every turn with an anchor that briefs open, and the words that carry evidence."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.model.results import Mark, Shown, TurnRow
from analyzer.relationship.words import count, day
from analyzer.rendering import html
from analyzer.rendering.pieces import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A part of a turn's words; `ends` are the numbers of the marks that end with it."""

    text: str
    marked: bool
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    number: int
    speaker: str
    side: str
    chat: bool
    clock: str
    focus: bool
    pieces: tuple[_Piece, ...]
    labels: tuple[str, ...]


def page(shown: Shown) -> bytes:
    """The turns as HTML; turn N is opened by `#turn-N`."""
    return html.drawn_by(
        "transcript.html.j2",
        shown.title or shown.slug,
        private=True,
        shown=shown,
        client=shown.client_name or "No client",
        day=day(shown.date),
        reader=f"read by the {shown.read_by} engine" if shown.read_by else "not read yet",
        counted=lambda number: count(number, "turn"),
        index=_index(shown.marks),
        turns=tuple(_turn(turn, shown) for turn in shown.turns),
    )


def _index(marks: Iterable[Mark]) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """The turns in which each thing is marked, by its label."""
    turns: dict[str, dict[int, None]] = {}
    for mark in marks:
        turns.setdefault(mark.label, {})[mark.turn] = None
    return tuple((label, tuple(turns[label])) for label in sorted(turns))


def _turn(turn: TurnRow, shown: Shown) -> _Turn:
    marks = [mark for mark in shown.marks if mark.turn == turn.turn]
    return _Turn(
        number=turn.turn,
        speaker=turn.speaker or "(no name)",
        side=turn.side,
        chat=turn.chat,
        clock="" if turn.start is None else clock(turn.start),
        focus=turn.turn == shown.focus,
        pieces=_pieces(turn.text, [mark.span for mark in marks]),
        labels=tuple(mark.label for mark in marks),
    )


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> tuple[_Piece, ...]:
    """The text cut wherever a mark begins or ends; marks may overlap."""
    edges = sorted({0, len(text), *(edge for span in spans for edge in span if edge <= len(text))})
    return tuple(
        _Piece(
            text=text[start:end],
            marked=any(first <= start and end <= last for first, last in spans),
            ends=tuple(number for number, (_, last) in enumerate(spans, 1) if min(last, len(text)) == end),
        )
        for start, end in pairwise(edges)
    )
