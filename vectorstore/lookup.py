"""What a search reads of the kept passages: which of them count, which hold its words, and the vectors of some or of all.

Passages are told apart by `row`, SQLite's own number for each: it is shorter than an id, and a key of every index of the file.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from vectorstore.matrix import Matrix
from vectorstore.passages import Passages

MATCHED = 10_000
"""Passages that are given a score for their words, about 1 microsecond each. Where the words of a query stand in more, the rarest
come first and the commonest are left out: of 100,000 passages, nearly all hold "the"."""
READ = 10_000  # passages at a time

_LISTED = "IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Which passages count: those of these groups, those with these ids, or what both allow; None allows everything."""

    groups: Collection[str] | None = None
    ids: Collection[str] | None = None

    @property
    def everything(self) -> bool:
        return self.groups is None and self.ids is None

    @property
    def condition(self) -> str:
        """As SQL over the columns of `passages`, with a place for each of `arguments`."""
        limits = (("passages.group_id", self.groups), ("passages.id", self.ids))
        return " AND ".join(f"{name} {_LISTED}" for name, some in limits if some is not None) or "1"

    @property
    def arguments(self) -> tuple[str, ...]:
        """JSON, since SQLite allows only so many arguments."""
        return tuple(json.dumps(list(some)) for some in (self.groups, self.ids) if some is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How many passages there are, and between which rows they lie."""

    count: int
    first: int
    last: int


def extent(passages: Passages, within: Within) -> Extent:
    """Of the passages that count."""
    if within.everything:  # each by itself, since SQLite finds first and last without looking at what is between
        select = "SELECT (SELECT count(*) FROM passages), (SELECT min(row) FROM passages), (SELECT max(row) FROM passages)"
    else:
        select = f"SELECT count(*), min(row), max(row) FROM passages WHERE {within.condition}"  # noqa: S608  # ours
    count, first, last = passages.select(select, *within.arguments)[0]
    return Extent(count=count, first=first or 0, last=last or 0)


def rows_of(passages: Passages, within: Within) -> list[int]:
    """The rows of the passages that count."""
    select = f"SELECT row FROM passages WHERE {within.condition}"  # noqa: S608  # the condition is ours
    return [row for (row,) in passages.select(select, *within.arguments)]


def matching(passages: Passages, words: Sequence[str], *, limit: int, within: Within, reach: Extent) -> dict[int, float]:
    """BM25 by row, higher is better, of the best `limit` passages that hold one of the words; `reach` is where they lie.

    Words are matched by their stems and without accents; nothing in them is an operator.
    """
    if not words:
        return {}
    chosen = "1" if within.everything else f"+rowid IN (SELECT row FROM passages WHERE {within.condition})"  # noqa: S608  # ours
    select = f"""
        SELECT rowid, bm25(words) AS fit FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? AND {chosen}
        ORDER BY fit, rowid LIMIT ?
    """  # noqa: S608  # `chosen` is ours
    found = passages.select(select, any_of(words), reach.first, reach.last, *within.arguments, limit)
    return {row: -fit for row, fit in found}


def ids(passages: Passages, rows: Collection[int]) -> dict[int, str]:
    """The ids of these rows, as far as they are here."""
    return dict(passages.select(f"SELECT row, id FROM passages WHERE row {_LISTED}", json.dumps(list(rows))))  # noqa: S608  # ours


def matrix(passages: Passages, within: Within) -> Matrix:
    """The vectors of the passages that count."""
    return _matrix(passages, within.condition, within.arguments)


def neighbourhood(passages: Passages, rows: Collection[int], far: int) -> Matrix:
    """The vectors of these rows and of those of the same group whose ordinals are within `far`."""
    beside = f"""
        row IN (SELECT beside.row FROM passages AS seed JOIN passages AS beside
        ON beside.group_id = seed.group_id AND beside.ordinal BETWEEN seed.ordinal - {far} AND seed.ordinal + {far}
        WHERE seed.row {_LISTED})
    """  # noqa: S608  # ours
    return _matrix(passages, beside, (json.dumps(list(rows)),))


def _matrix(passages: Passages, condition: str, arguments: Sequence[str]) -> Matrix:
    """The caller sees to it that all is of one moment."""
    count = passages.select(f"SELECT count(*) FROM passages WHERE {condition}", *arguments)[0][0]  # noqa: S608  # ours
    rows, group_of, ordinals = (np.empty(count, dtype=np.int64) for _ in range(3))
    vectors = np.empty((count, passages.dimension), dtype=np.float32)
    groups: dict[str, int] = {}
    select = f"SELECT row, group_id, ordinal, vector FROM passages WHERE {condition} ORDER BY group_id, ordinal"  # noqa: S608  # ours
    at = 0
    try:
        for part in passages.select_in_parts(select, READ, *arguments):
            end = at + len(part)
            rows[at:end] = [row for row, _, _, _ in part]
            group_of[at:end] = [groups.setdefault(group, len(groups)) for _, group, _, _ in part]
            ordinals[at:end] = [ordinal for _, _, ordinal, _ in part]
            vectors[at:end] = np.frombuffer(b"".join(kept for _, _, _, kept in part), dtype=np.float32).reshape(len(part), -1)
            at = end
    except (TypeError, ValueError, OverflowError) as error:  # a number that is none, a vector of another length
        raise passages.broken(error) from error
    return Matrix(
        rows=rows, groups=groups, group_of=group_of, ordinals=ordinals, vectors=vectors, by_row=np.argsort(rows, kind="stable")
    )


def any_of(words: Sequence[str]) -> str:
    """The FTS5 expression for "any of these words", each quoted so that none is an operator."""
    return " OR ".join(f'"{word}"' for word in words)


def words_of(passages: Passages, query: str, reach: Extent, counted: dict[str, int]) -> list[str]:
    """The words of a query that are looked for: all, or where the passages lie far apart the rarest, one at least that is there.

    `counted` is how many passages hold a word, as far as is known; what is found out is added.
    """
    words = list(dict.fromkeys(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", query).casefold())))
    if reach.last - reach.first < MATCHED:
        return words
    count = "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
    for word in words:
        if word not in counted:
            counted[word] = passages.select(count, any_of([word]), MATCHED)[0][0]
    kept: list[str] = []
    room = MATCHED
    for word in sorted((word for word in words if counted[word]), key=counted.__getitem__):
        room -= counted[word]
        if room < 0 and kept:
            break
        kept.append(word)
    return kept
