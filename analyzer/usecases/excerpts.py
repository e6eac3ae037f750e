"""What of a passage is shown: the words that were looked for, the turn that fits best, and the few turns that stand for it.

Words are matched as the passage index matches them, by their stems and without accents: SQLite's own index of words, made in
memory for the turns at hand, tells which of them they are.
"""

import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import lru_cache

from analyzer.model.meetings import Turn
from analyzer.names import fold_text
from analyzer.usecases import scaffolding

SHORT = 80  # words; a longer passage is shown by its best turns
ROOM = 60  # words of the turns that stand for it
WHOLE_TURN = 60  # words; of a longer turn only a part stands for it
PART = 45  # words of that part
MOST_TURNS = 3
BEFORE = 8  # words of a long turn that stand before the first that was looked for, where there are so many
COMPOUND = 6  # letters of a word that is looked for within longer ones, too: "Genehmigung" in "Genehmigungsverfahren"
IN_COMPOUND = 1.0  # how well it fits there: about as well as a word that most of the turns have
OPENS, CLOSES = "\x02", "\x03"

_WORD = re.compile(r"[^\W_]+")
Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A turn with how well its words fit (0 for none), and where they stand in it."""

    turn: Turn
    fit: float
    marks: Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A passage's text as lines of `Speaker: words`, its best turn, and spans of code points in the text."""

    text: str
    best: Turn
    marks: Spans
    excerpt: Spans


def marked(text: str, turns: Sequence[Turn]) -> tuple[Marked, ...]:
    """Each turn with the words of the text that it has; a word that few of the turns have tells more than a common one."""
    words = dict.fromkeys(scaffolding.telling_words(text))
    found: dict[int, tuple[float, Spans]] = {}
    if words:
        with _index_of([turn.text for turn in turns]) as connection:
            select = "SELECT rowid, -bm25(said), highlight(said, 0, ?, ?) FROM said WHERE said MATCH ?"
            for row, fit, highlighted in connection.execute(select, (OPENS, CLOSES, _matching(words, "OR"))):
                found[row] = (fit, _spans(highlighted))
    nothing: tuple[float, Spans] = (0.0, ())
    said = ((turn, *found.get(row, nothing)) for row, turn in enumerate(turns))
    return tuple(_with_compounds(*one, tuple(fold_text(word) for word in words if len(word) >= COMPOUND)) for one in said)


def having_all(text: str, passages: Sequence[str]) -> frozenset[int]:
    """The places of the passages that have every word of the text."""
    words = dict.fromkeys(scaffolding.telling_words(text))
    if not words:
        return frozenset()
    with _index_of(passages) as connection:
        rows = connection.execute("SELECT rowid FROM said WHERE said MATCH ?", (_matching(words, "AND"),))
        return frozenset(row for (row,) in rows)


@contextmanager
def _index_of(texts: Sequence[str]) -> Iterator[sqlite3.Connection]:
    """Words of the texts, each of which is a row of `said` by its place."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE VIRTUAL TABLE said USING fts5(text, tokenize='porter unicode61 remove_diacritics 2')")
        connection.executemany(
            "INSERT INTO said (rowid, text) VALUES (?, ?)", [(at, _plain(text)) for at, text in enumerate(texts)]
        )
        yield connection


def _matching(words: Iterable[str], join: str) -> str:
    return f" {join} ".join(f'"{word}"' for word in words)


def _with_compounds(turn: Turn, fit: float, marks: Spans, parts: tuple[str, ...]) -> Marked:
    """The turn with the words marked, too, that begin or end with one that was looked for, as German puts words together."""
    if parts:
        marked_at = {first for first, _ in marks}
        more = [
            match.span()
            for match in _WORD.finditer(turn.text)
            if len(match[0]) > COMPOUND and match.start() not in marked_at and _is_compound(match[0], parts)
        ]
        if more:
            return Marked(turn=turn, fit=fit + IN_COMPOUND, marks=tuple(sorted((*marks, *more))))
    return Marked(turn=turn, fit=fit, marks=marks)


@lru_cache(maxsize=4096)
def _is_compound(word: str, parts: tuple[str, ...]) -> bool:
    folded = fold_text(word)
    return any(folded.startswith(part) or folded.endswith(part) for part in parts)


def shown(turns: Sequence[Marked], preferred: Callable[[Turn], bool], nearest: Callable[[Sequence[Turn]], int]) -> Shown:
    """One passage: its best turn is among the `preferred` ones, if any, the one whose words fit best.

    Where no word of theirs fits, `nearest` tells which of them is nearest in meaning.
    """
    among = [one for one in turns if preferred(one.turn)] or list(turns)
    best = max(among, key=lambda one: one.fit)
    if not best.marks:
        best = among[nearest([one.turn for one in among])]
    starts, lines, at = [], [], 0
    for one in turns:
        line = f"{one.turn.speaker}: {one.turn.text}"
        starts.append(at)
        lines.append(line)
        at += len(line) + 1
    said = [start + len(one.turn.speaker) + 2 for start, one in zip(starts, turns, strict=True)]
    text = "\n".join(lines)
    return Shown(
        text=text,
        best=best.turn,
        marks=tuple((at + first, at + last) for at, one in zip(said, turns, strict=True) for first, last in one.marks),
        excerpt=_excerpt(turns, turns.index(best), starts, said, len(text)),
    )


def _excerpt(turns: Sequence[Marked], best: int, starts: Sequence[int], said: Sequence[int], length: int) -> Spans:
    """The best turn, and as far as there is room those whose words fit next best, then those beside it."""
    if sum(_count(one.turn.text) for one in turns) <= SHORT:
        return ((0, length),)
    others = sorted((at for at in range(len(turns)) if at != best and turns[at].marks), key=lambda at: -turns[at].fit)
    beside = [at for at in (best + 1, best - 1) if 0 <= at < len(turns) and at not in others]
    chosen, room = {best}, ROOM - _takes(turns[best])
    for at in (*others, *beside):
        if _takes(turns[at]) <= room and len(chosen) < MOST_TURNS:
            chosen.add(at)
            room -= _takes(turns[at])
    spans: list[tuple[int, int]] = []
    for at in sorted(chosen):
        first, last = _window(turns[at])
        end = said[at] + last
        if first:
            spans.append((starts[at], said[at] - 1))
            spans.append((said[at] + first, end))
        elif spans and spans[-1][1] == starts[at] - 1:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((starts[at], end))
    return tuple(spans)


def _takes(one: Marked) -> int:
    words = _count(one.turn.text)
    return words if words <= WHOLE_TURN else PART


def _window(one: Marked) -> tuple[int, int]:
    """Of a long turn the words around the most of those that were looked for; else all of it."""
    places = [match.span() for match in re.finditer(r"\S+", one.turn.text)]
    if len(places) <= WHOLE_TURN:
        return 0, len(one.turn.text)
    held = [sum(first < end and start < last for first, last in one.marks) for start, end in places]
    scores = [sum(held[at : at + PART]) for at in range(len(places) - PART + 1)]
    first = scores.index(max(scores))
    if one.marks and first:  # the first word found would stand at the very end of the words shown
        marked_at = next(at for at in range(first, len(places)) if held[at])
        first = min(max(0, marked_at - BEFORE), len(places) - PART)
    return places[first][0] if first else 0, places[first + PART - 1][1]


def _plain(text: str) -> str:
    """The text as SQLite can take it, of the same length, without the marks that are put into it."""
    return "".join(" " if c in f"\0{OPENS}{CLOSES}" else "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _spans(highlighted: str) -> Spans:
    spans: list[tuple[int, int]] = []
    at = start = 0
    for character in highlighted:
        if character == OPENS:
            start = at
        elif character == CLOSES:
            spans.append((start, at))
        else:
            at += 1
    return tuple(spans)


def _count(text: str) -> int:
    return len(text.split())
