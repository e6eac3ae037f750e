"""Keeps Chroma in step with the kept vectors, generation by generation.

`chroma-<n>/` is right when `passages.sqlite3` says so: generation n, not being written, and files that look as they did when they
were last written (the seal). Anything else, whatever led to it, is answered in one way: the next generation is written from the
kept vectors, then named the right one, and only then the one before is removed. All of it asks that the caller hold the index's
lock, but for `left_over`.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from vectorstore import chroma
from vectorstore.errors import ROOM, Damaged, Refused
from vectorstore.held import Held
from vectorstore.passages import Passages, Row, Vectors

_SETTLED: dict[Path, tuple[str, frozenset[tuple[Path, int, int, int]]]] = {}
"""By folder: the seal that this process gave it, and how its files looked before they were read for that."""


class Generations:
    """The Chroma folders of an index. The collection that a search needed stays open in `held`."""

    def __init__(self, folder: Path, passages: Passages, held: Held) -> None:
        self._folder = folder
        self._passages = passages
        self._held = held

    @property
    def current(self) -> Path:
        return self._path(self._passages.generation)

    def sound(self) -> bool:
        """The current folder is complete and as it was last written."""
        if not self._passages.generation or self._passages.writing:
            return False
        return chroma.fingerprint(self.current) == self._passages.seal

    def whole(self) -> bool:
        """The current folder is sound, and Chroma's own database holds what it was last given: too slow for each search."""
        return self.sound() and self._passages.contents in ("", chroma.contents(self.current))

    def unchanged(self) -> bool:
        """The current folder is whole; it is read for that only where a file was written since this process read them all."""
        known = _SETTLED.get(self.current)
        if known and not self._passages.writing and known == (self._passages.seal, _stamps(self.current)):
            return True
        return self.whole()

    def nearest(self, query: Vectors, limit: int) -> tuple[str, ...]:
        """The ids of the `limit` nearest, nearest first. Writes Chroma anew when it is not sound."""
        found = self._held.nearest(self._folder, self._passages.state, query, limit)
        if found is not None:
            return found
        if self.sound():
            with suppress(chroma.Unsound):  # the seal covers the graph, not Chroma's own database
                return self._opened(query, limit)
        self.write_next()
        try:
            return self._opened(query, limit)
        except chroma.Unsound as error:
            message = f"Chroma cannot be read: {error}"
            raise Damaged(message, "Make the index again from its texts.") from error

    def _opened(self, query: Vectors, limit: int) -> tuple[str, ...]:
        """What is found in the current collection, which stays open after that. Raises Unsound."""
        count = self._passages.count()
        collection = chroma.Opened(self.current, expected=count)
        try:
            found = collection.nearest(query, limit)
        except chroma.Unsound:
            collection.close()
            raise
        self._held.keep_open(self._folder, self._passages.state, collection, count * query.nbytes)
        return found

    def append(self, rows: Sequence[Row], *, expected: int) -> None:
        """Adds these, already kept, to a collection that holds `expected` others."""
        vectors = np.array([np.frombuffer(row.vector, dtype=np.float32) for row in rows])
        try:
            chroma.add(self.current, [row.id for row in rows], vectors, expected=expected)
        except chroma.Unsound:
            self.write_next()
        else:
            self._settle(self._passages.generation)

    def write_next(self) -> None:
        """The next generation from the kept vectors; nothing of what is no longer kept is left in any file."""
        self._passages.vacuum()
        generation = self._passages.generation + 1
        try:
            chroma.write(self._path(generation), self._passages.vectors(chroma.BATCH))
        except (chroma.Unsound, OSError) as error:
            raise Refused(f"Chroma cannot be written: {error}", ROOM) from error
        self._settle(generation)
        self.remove_left_over()

    def _settle(self, generation: int) -> None:
        folder = self._path(generation)
        stamps = _stamps(folder)
        seal = chroma.fingerprint(folder)
        self._passages.settle(generation=generation, seal=seal, contents=chroma.contents(folder))
        _SETTLED[folder] = (seal, stamps)

    def left_over(self) -> list[Path]:
        """Folders of other generations: a writer died before it could remove them."""
        return [path for path in self._folder.glob("chroma-*") if path != self.current]

    def remove_left_over(self) -> None:
        for path in self.left_over():
            chroma.remove(path)

    def faults(self) -> Iterator[str]:
        """What is wrong with Chroma; nothing when all is well, or when nothing was ever put."""
        if not self._passages.generation:
            return
        if not self.sound():
            yield f"{self.current} is missing, damaged or incomplete"
            return
        if not self.whole():
            yield f"{self.current}: what Chroma's own database holds is not what was put in"
            return
        if found := chroma.database_faults(self.current):
            yield found[0]
            return
        try:
            differing = chroma.ids(self.current, expected=self._passages.count()) ^ self._passages.ids()
        except chroma.Unsound as error:
            yield str(error)
        else:
            if differing:
                yield f"{self.current} and the kept passages differ in {len(differing)} ids"

    def _path(self, generation: int) -> Path:
        return self._folder / f"chroma-{generation}"


def _stamps(folder: Path) -> frozenset[tuple[Path, int, int, int]]:
    """Every file with its size and when it was last written and changed."""
    found = ((path, path.stat()) for path in folder.rglob("*") if path.is_file())
    return frozenset((path, at.st_size, at.st_mtime_ns, at.st_ctime_ns) for path, at in found)
