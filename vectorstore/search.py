"""A search of an index: the nearest passages, those whose words match best, and their scores.

Which are the nearest is found out in one of two ways. Up to `compared` passages, and among chosen ones, every vector is compared
in memory: that is exact, and with so many as fast as Chroma, which takes half a second to load besides. Of more passages Chroma
is asked, if the lock of the index is to be had at once.

All that a search reads of the kept passages is of one moment: SQLite gives the row of one that is removed to another.
"""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout

from vectorstore import lookup
from vectorstore.embedders import Embedder, Vectors
from vectorstore.fusion import NEIGHBOUR_WEIGHTS, POOL, fused
from vectorstore.generations import Generations
from vectorstore.held import Held
from vectorstore.lookup import Extent, Within
from vectorstore.matrix import Matrix, Numbers, products
from vectorstore.passages import Passages, State

COMPARED = 150_000
"""Of 100,000 vectors: 150 MB, 0.3 s to read them once, and 6 ms to compare."""
READ_EACH_TIME = 5_000  # up to so many chosen ones are read from the file (12 ms) rather than the whole index into memory

FAR = len(NEIGHBOUR_WEIGHTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A passage found: `score` orders (higher is better, comparable within one search), `cosine` and `bm25` are its two legs."""

    id: str
    group: str
    score: float
    cosine: float
    bm25: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidates:
    """What is scored: passage `rows[i]` is at the group and ordinal `at[i]`."""

    rows: list[int]
    at: list[tuple[str, int]]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for the nearest: vectors that are held in memory, or Chroma where there are more than `compared`."""

    folder: Path
    lock: FileLock
    chroma: Generations
    held: Held
    compared: int


class Search:
    """Searches of one index."""

    def __init__(self, passages: Passages, embedder: Embedder, asked: Asked) -> None:
        self._passages = passages
        self._embedder = embedder
        self._asked = asked
        self._last_extent: tuple[tuple[State, Within], Extent] | None = None

    def count(self, within: Within) -> int:
        """How many passages are searched."""
        return self._extent(within).count

    def best(self, query: str, k: int, within: Within, *, fact: bool = False) -> tuple[Scored, ...]:
        """The `k` best passages, best first; fewer when there are fewer. `fact` says that one fact is asked for."""
        if k <= 0 or not self.count(within):
            return ()
        vector = self._embedder.embed_query(query)
        self._passages.check_fit({len(vector)})
        for pool in (POOL, k):
            near = self._nearest(vector, pool, within)
            with self._passages.one_moment():
                reach = self._extent(within)
                counted = self._asked.held.counted(self._asked.folder, self._passages.state)
                words = lookup.words_of(self._passages, query, reach, counted)
                bm25 = lookup.matching(self._passages, words, limit=pool, within=within, reach=reach)
                if near is None:
                    candidates = self._compared(vector, bm25, pool, within, reach.count)
                else:
                    candidates = self._beside({*lookup.rows_of(self._passages, Within(ids=near)), *bm25})
                found = self._scored(vector, candidates, bm25, k, fact=fact)
            if len(found) >= min(k, reach.count):
                break
        return found

    def _extent(self, within: Within) -> Extent:
        """Remembered, since whoever asks how many are searched then searches them."""
        asked = (self._passages.state, within)
        if self._last_extent is None or self._last_extent[0] != asked:
            kept = self._asked.held.matrix(self._asked.folder, self._passages.state) if within.ids is None else None
            found = (
                lookup.extent(self._passages, within) if kept is None else _extent_in(kept.rows[kept.among(within.groups, None)])
            )
            self._last_extent = (asked, found)
        return self._last_extent[1]

    def _nearest(self, vector: Vectors, pool: int, within: Within) -> tuple[str, ...] | None:
        """The ids of the `pool` nearest as Chroma finds them; None where it is not asked."""
        if within.everything and self.count(within) > self._asked.compared:
            with suppress(Timeout), self._asked.lock.acquire(timeout=0):
                return self._asked.chroma.nearest(vector, pool)
        return None

    def _compared(self, vector: Vectors, bm25: Collection[int], pool: int, within: Within, count: int) -> _Candidates:
        """Those that are scored: the `pool` nearest, those whose words match best, and what stands beside them."""
        matrix = self._matrix(within, count)
        among = None if within.ids is None else lookup.rows_of(self._passages, within)
        mask = matrix.among(within.groups, among)
        cosines = matrix.cosines(vector, mask)
        places = np.flatnonzero(mask)
        if len(places) > pool:
            near = np.argpartition(-cosines, pool)[:pool]
            places = matrix.with_neighbours(np.concatenate([near, matrix.places(bm25)]), FAR, mask)
        return _Candidates(rows=matrix.rows[places].tolist(), at=matrix.at(places), vectors=matrix.vectors[places])

    def _beside(self, rows: Collection[int]) -> _Candidates:
        found = lookup.neighbourhood(self._passages, rows, FAR)
        everything = np.arange(len(found.rows))
        return _Candidates(rows=found.rows.tolist(), at=found.at(everything), vectors=found.vectors)

    def _matrix(self, within: Within, count: int) -> Matrix:
        """One that has the passages that count: what is in memory, else what is read now."""
        held, folder = self._asked.held, self._asked.folder
        if (kept := held.matrix(folder, self._passages.state)) is not None:
            return kept
        part = not within.everything and count <= READ_EACH_TIME
        read = lookup.matrix(self._passages, within if part else Within())
        if not part:
            held.keep_matrix(folder, self._passages.state, read)
        return read

    def _scored(
        self, query: Vectors, candidates: _Candidates, bm25: dict[int, float], k: int, *, fact: bool
    ) -> tuple[Scored, ...]:
        words = [bm25.get(row, 0.0) for row in candidates.rows]
        cosines = products(candidates.vectors, query)
        scores = fused(candidates.at, cosines, words, fact=fact)
        order = [int(at) for at in np.argsort(-scores, kind="stable")[:k]]
        ids = lookup.ids(self._passages, [candidates.rows[at] for at in order])
        return tuple(
            Scored(
                id=ids[candidates.rows[at]],
                group=candidates.at[at][0],
                score=float(scores[at]),
                cosine=float(cosines[at]),
                bm25=words[at],
            )
            for at in order
        )


def _extent_in(rows: Numbers) -> Extent:
    return Extent(count=len(rows), first=int(rows.min()), last=int(rows.max())) if len(rows) else Extent(count=0, first=0, last=0)
