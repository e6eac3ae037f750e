"""The index of one client's passages: put, remove, search.

The folder holds `passages.sqlite3`, from which everything else can be made; `chroma-<n>/`, made from it; and `writer.lock`.
Whoever writes, or reads Chroma, holds the lock. How passages are found is told in `vectorstore.search`, and what of it is kept
for the next search in `vectorstore.held`.
"""

import hashlib
import secrets
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from filelock import FileLock, Timeout

from vectorstore import chroma
from vectorstore.embedders import Embedder
from vectorstore.errors import ROOM, Broken, Damaged, Locked, Refused, WrongEmbedder
from vectorstore.generations import Generations
from vectorstore.held import Held
from vectorstore.lookup import Within
from vectorstore.passages import Passages, Row, State
from vectorstore.search import COMPARED, Asked, Scored, Search

EMBEDDED_AT_ONCE = 64  # between two reports of progress
ASIDE = "."  # in the name of a folder that is being removed, and of no other
REMOVALS, BETWEEN_REMOVALS = 50, 0.02  # tries, and seconds
PASSAGES, LOCK = "passages.sqlite3", "writer.lock"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A text to be found. `ordinal` is its place in its group: entries whose ordinals differ by one are neighbours."""

    id: str
    group: str
    ordinal: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to be told of an index: `code` is `damaged`, `chroma` (`rebuild` mends it), `open_to_others`, or `unsealed`.

    The last is no damage: an earlier version made it without checksums, which the next write, or `rebuild`, adds.
    """

    code: str
    detail: str


class PassageIndex:
    """The index in `folder`, made there when there is none.

    An index whose last writer died is put right when it is opened. Raises WrongEmbedder when it was made by another embedder,
    Damaged when its file cannot be read; `discard` then makes room for a new one. `lock_timeout` is in seconds. `held` is what
    outlives this opening, for the next one in the process; `compared` is up to how many passages Chroma is not asked.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        *,
        lock_timeout: float = 60.0,
        held: Held | None = None,
        compared: int = COMPARED,
    ) -> None:
        self._folder = folder
        self._embedder = embedder
        self._closing = ExitStack()
        self._held = held or self._closing.enter_context(Held())
        try:
            folder.mkdir(parents=True, exist_ok=True)
            folder.chmod(0o700)
        except OSError as error:
            message = f"{folder} cannot be used: {error}"
            raise Refused(message, ROOM) from error
        self._lock = FileLock(folder / LOCK, timeout=lock_timeout, mode=0o600)
        self._passages = Passages(folder / PASSAGES, embedder=embedder.identity, timeout=lock_timeout)
        self._closing.callback(self._passages.close)
        self._chroma = Generations(folder, self._passages, self._held)
        self._search = Search(self._passages, embedder, Asked(folder, self._lock, self._chroma, self._held, compared))
        try:
            self._finish_abandoned()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._closing.close()

    # Reading

    @property
    def state(self) -> State:
        """Another one after every change, by whomever."""
        return self._passages.state

    def count(self) -> int:
        """How many passages it holds."""
        return self._passages.count()

    def groups(self) -> dict[str, frozenset[str]]:
        """The passage ids of each group."""
        return self._passages.groups()

    def group_ids(self) -> frozenset[str]:
        """The groups that have passages."""
        return self._passages.group_ids()

    def count_of(self, *, groups: Collection[str] | None = None, only: Collection[str] | None = None) -> int:
        """How many passages a search of these groups, or among these ids, compares."""
        return self._search.count(Within(groups=groups, ids=only))

    def search(
        self,
        query: str,
        k: int,
        *,
        groups: Collection[str] | None = None,
        only: Collection[str] | None = None,
        fact: bool = False,
    ) -> tuple[Scored, ...]:
        """The `k` best passages, best first, fewer when there are fewer: among those of these groups, with the ids in `only`.

        `fact` says that the query asks for one fact, which stands in one place, and not about a subject, of which the passages
        beside tell more.
        """
        return self._search.best(query, k, Within(groups=groups, ids=only), fact=fact)

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the index; nothing when all is well. Raises Locked."""
        with self._locked():
            try:
                faults = self._passages.faults()
                unsealed = not self._passages.sealed
                chroma_faults = tuple(self._chroma.faults())
            except Damaged as error:
                return (Problem(code="damaged", detail=error.message),)
        paths = (self._folder, *self._folder.rglob("*"))
        return (
            *(Problem(code="damaged", detail=fault) for fault in faults),
            *(Problem(code="chroma", detail=fault) for fault in chroma_faults),
            *([Problem(code="unsealed", detail="it has no checksums yet, as an earlier version made it")] if unsealed else []),
            *(Problem(code="open_to_others", detail=f"others may read {path}") for path in paths if path.stat().st_mode & 0o077),
        )

    # Writing

    def put(
        self,
        group: str,
        entries: Sequence[Entry],
        on_progress: Callable[[int], None] | None = None,
        *,
        kept_in: "PassageIndex | None" = None,
        still: Callable[[], bool] = lambda: True,
    ) -> bool:
        """The group's passages become exactly these. Only texts that are new to this index, and to `kept_in`, are embedded.

        `on_progress` hears how many of the entries have their vector so far. `still` is asked when nobody else can write any
        more: where it says no, as the texts have changed while they were embedded, nothing is written and False returned. Raises
        Locked.
        """
        if any(entry.group != group for entry in entries):
            message = f"every entry must be of group {group!r}"
            raise ValueError(message)
        rows = self._rows(entries, on_progress, kept_in)
        with self._locked():
            if not still():
                return False
            before = self._passages.digests(group)
            if before == {row.id: (row.ordinal, row.digest) for row in rows}:
                return True
            added = [row for row in rows if row.id not in before]
            kept = {row.id for row in rows if row.id in before and before[row.id][1] == row.digest}
            appending = kept == before.keys() and self._chroma.unchanged()
            expected = self.count()
            self._held.give_up(self._folder)
            self._passages.replace(group, rows)
            if appending and added:
                self._chroma.append(added, expected=expected)
            else:
                self._chroma.write_next()
        return True

    def remove(self, groups: Collection[str]) -> None:
        """The groups' texts, words, ids and vectors go for good: no file of the folder keeps them. Raises Locked."""
        with self._locked():
            self._held.give_up(self._folder)
            if self.group_ids() & set(groups):
                self._passages.remove(groups)
                self._chroma.write_next()

    def rebuild(self) -> int:
        """Writes Chroma and the index of words anew from what is kept and returns how many passages that is.

        Raises Locked, and Damaged where what is kept without checksums cannot be what was put in.
        """
        with self._locked():
            if not self._passages.sealed and (faults := self._passages.faults()):
                raise Damaged(faults[0], "Make the index again from its texts.")
            self._passages.write_words()
            self._chroma.write_next()
            return self.count()

    def _rows(
        self, entries: Sequence[Entry], on_progress: Callable[[int], None] | None, kept_in: "PassageIndex | None"
    ) -> list[Row]:
        texts = [entry.text.encode("utf-8", "replace").decode() for entry in entries]  # half a surrogate pair is no text
        digests = [hashlib.sha256(text.encode()).digest() for text in texts]
        vectors = self._passages.vectors_of_texts(set(digests))
        if kept_in is not None:
            vectors |= kept_in._passages.vectors_of_texts(set(digests) - vectors.keys())  # noqa: SLF001 of the same class
        missing = [(digest, text) for digest, text in dict(zip(digests, texts, strict=True)).items() if digest not in vectors]
        for start in range(0, len(missing), EMBEDDED_AT_ONCE):
            part = missing[start : start + EMBEDDED_AT_ONCE]
            embedded = self._embedder.embed([text for _, text in part])
            vectors.update((digest, vector.tobytes()) for (digest, _), vector in zip(part, embedded, strict=True))
            if on_progress:
                on_progress(sum(digest in vectors for digest in digests))
        return [
            Row(id=entry.id, group=entry.group, ordinal=entry.ordinal, text=text, digest=digest, vector=vectors[digest])
            for entry, text, digest in zip(entries, texts, digests, strict=True)
        ]

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self._passages.check_there()  # before the lock as well, which would make the folder anew
        with _held(self._lock, self._folder):
            self._passages.check_there()
            yield

    def _finish_abandoned(self) -> None:
        """What a writer that died left undone is done now, unless one is alive and at it."""
        if not self._passages.writing and not self._chroma.left_over():
            return
        try:
            with self._lock.acquire(timeout=0):
                if self._passages.replaced:
                    return
                if self._passages.writing:
                    self._chroma.write_next()
                self._chroma.remove_left_over()
        except Timeout:
            return


def discard(folder: Path, *, lock_timeout: float = 60.0, unless_like: str | None = None) -> bool:
    """Removes an index with all it holds; returns whether it did, which it does not where there is none. Raises Locked.

    `unless_like` is the identity of an embedder: an index that it made, and in which nothing is wrong, is left as it is, since
    another process was quicker to make it anew.
    """
    if not folder.is_dir():
        return False
    try:
        with _held(FileLock(folder / LOCK, timeout=lock_timeout, mode=0o600), folder):
            if unless_like is not None and _is_well(folder, unless_like, lock_timeout):
                return False
            _remove(folder)
    except FileNotFoundError:  # another process was quicker
        if folder.exists():
            raise
    return True


def _remove(folder: Path) -> None:
    """The folder goes at once for whoever opens it from now on, and then all that was in it.

    One that a process laid aside so and could not remove is removed like any other.
    """
    chroma.close(folder)
    if ASIDE not in folder.name:
        with suppress(OSError):  # where it cannot be renamed, as on Windows while it is in use
            folder = folder.rename(folder.with_name(f"{folder.name}{ASIDE}{secrets.token_hex(4)}"))
    for left in reversed(range(REMOVALS)):
        try:
            chroma.remove(folder)
        except OSError:  # another process made its lock there, or removes the same
            if not left and folder.exists():
                raise
        if not folder.exists():
            return
        time.sleep(BETWEEN_REMOVALS)


def _is_well(folder: Path, embedder: str, timeout: float) -> bool:
    try:
        with closing(Passages(folder / PASSAGES, embedder=embedder, timeout=timeout)) as passages:
            return not passages.faults()
    except (Broken, WrongEmbedder):
        return False


@contextmanager
def _held(lock: FileLock, folder: Path) -> Iterator[None]:
    try:
        lock.acquire()
    except Timeout as error:
        message = f"another process is writing the index in {folder}"
        raise Locked(message, "Try again when it has finished.") from error
    try:
        yield
    finally:
        lock.release()
