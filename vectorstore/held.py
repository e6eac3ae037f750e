"""What one process keeps of its indexes between two searches: vectors in memory, counts of words, open Chroma collections.

All of it only saves time. Each is kept beside the state that its index had when it was read, and is given up when the index has
another state, so that nobody sees less, or more, than is in the file. There is a bound, which only the last thing used may be
above; the least used is given up first.
"""

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import RLock
from typing import Self

from vectorstore import chroma
from vectorstore.matrix import Matrix
from vectorstore.passages import State, Vectors

MOST = 512 * 2**20
"""Bytes: the vectors of some 340,000 passages, or open collections of half as many."""
GRAPH = 2
"""What Chroma takes for a collection that is open, in bytes for each byte of its vectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    thing: Matrix | chroma.Opened
    state: State
    takes: int


class Held:
    """What is kept of any number of indexes; `most` is its bound in bytes."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[tuple[type[Matrix | chroma.Opened], Path], _Kept] = OrderedDict()
        self._counted: dict[Path, tuple[State, dict[str, int]]] = {}
        self._lock = RLock()  # held while a collection is read, so that no other thread closes it to make room

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give up everything."""
        with self._lock:
            self._counted.clear()
            for key in list(self._kept):
                self._drop(key)

    def give_up(self, folder: Path) -> None:
        """Give up what is kept of the index in this folder."""
        with self._lock:
            self._counted.pop(folder, None)
            for key in [key for key in self._kept if key[1] == folder]:
                self._drop(key)

    def counted(self, folder: Path, state: State) -> dict[str, int]:
        """In how many passages of the index a word stands, as far as somebody has counted; the caller adds what it counts."""
        with self._lock:
            if self._counted.get(folder, (None,))[0] != state:
                self._counted[folder] = (state, {})
            return self._counted[folder][1]

    def matrix(self, folder: Path, state: State) -> Matrix | None:
        """The vectors of the index, if they are kept in this state of it."""
        with self._lock:
            found = self._found(Matrix, folder, state)
            return found if isinstance(found, Matrix) else None

    def keep_matrix(self, folder: Path, state: State, matrix: Matrix) -> None:
        """Keep the vectors of the index."""
        self._keep((Matrix, folder), _Kept(thing=matrix, state=state, takes=matrix.vectors.nbytes))

    def nearest(self, folder: Path, state: State, query: Vectors, limit: int) -> tuple[str, ...] | None:
        """What the index's open collection finds; None where none is open in this state of it, or its files were touched.

        The caller has the lock of the index.
        """
        with self._lock:
            found = self._found(chroma.Opened, folder, state)
            if isinstance(found, chroma.Opened):
                if found.untouched():
                    with suppress(chroma.Unsound):
                        return found.nearest(query, limit)
                self._drop((chroma.Opened, folder))
            return None

    def keep_open(self, folder: Path, state: State, opened: chroma.Opened, vectors: int) -> None:
        """Keep a collection of the index open, of vectors of so many bytes."""
        self._keep((chroma.Opened, folder), _Kept(thing=opened, state=state, takes=GRAPH * vectors))

    def _found(self, kind: type[Matrix | chroma.Opened], folder: Path, state: State) -> Matrix | chroma.Opened | None:
        kept = self._kept.get((kind, folder))
        if kept is None:
            return None
        if kept.state != state:
            self._drop((kind, folder))
            return None
        self._kept.move_to_end((kind, folder))
        return kept.thing

    def _keep(self, key: tuple[type[Matrix | chroma.Opened], Path], kept: _Kept) -> None:
        with self._lock:
            self._drop(key)
            self._kept[key] = kept
            while sum(one.takes for one in self._kept.values()) > self._most and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))

    def _drop(self, key: tuple[type[Matrix | chroma.Opened], Path]) -> None:
        kept = self._kept.pop(key, None)
        if kept is not None and isinstance(kept.thing, chroma.Opened):
            kept.thing.close()
