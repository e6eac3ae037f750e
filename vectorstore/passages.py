"""One client's passages in one SQLite file: ids, texts, vectors and the index of words.

It is all that an index needs: Chroma is made from the vectors kept here and can always be made again. `meta` says by which
embedder they were made and how many numbers each has (`dimension`), which `chroma-<generation>` is the right one, what its files
looked like when they were last written (`seal`), and, while Chroma is being written, that it is (`writing`). Passages and the
marker change in one transaction, so that a process that dies in between leaves the marker behind for the next one to find; and so
does `version`, a word drawn anew at every change, by which others see that there was one.

The journal is SQLite's rollback journal and not its write-ahead log: no deleted text outlives its transaction in a second file.
`secure_delete` overwrites what is deleted, and temporary tables stay in memory.
"""

import json
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from vectorstore.errors import Damaged, Locked, Outdated, WrongEmbedder

FORMAT = "2"  # goes up with the schema, and with how texts are cut, embedded or weighed
NUMBER = np.dtype(np.float32).itemsize
PRIMARY_CODE = 0xFF  # the part of SQLite's error code that says what kind of error it is

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE passages (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    group_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    digest BLOB NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (group_id, ordinal)
);
CREATE INDEX passages_by_digest ON passages (digest);
CREATE VIRTUAL TABLE words USING fts5(
    text, content='passages', content_rowid='row', tokenize='porter unicode61 remove_diacritics 2'
);
"""

GROUPS = """
WITH RECURSIVE leaps (at) AS (
    SELECT min(group_id) FROM passages
    UNION ALL SELECT (SELECT min(group_id) FROM passages WHERE group_id > leaps.at) FROM leaps WHERE leaps.at IS NOT NULL
)
SELECT at FROM leaps WHERE at IS NOT NULL
"""

Vectors = npt.NDArray[np.float32]
State = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One passage as it is kept: `digest` is the SHA-256 of the text, `vector` its float32 bytes."""

    id: str
    group: str
    ordinal: int
    text: str
    digest: bytes
    vector: bytes


class Passages:
    """The file. Raises Damaged when it cannot be read or written, Locked when another process holds it for too long."""

    def __init__(self, path: Path, *, embedder: str, timeout: float) -> None:
        self._path = path
        with self._translated():
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        try:
            self._prepare({"format": FORMAT, "embedder": embedder})
        except BaseException:
            self._connection.close()
            raise

    def close(self) -> None:
        self._connection.close()

    def _prepare(self, maker: Mapping[str, str]) -> None:
        with self._translated():
            for pragma in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON", "temp_store = MEMORY"):
                self._connection.execute(f"PRAGMA {pragma}")
        if not self._has_schema():
            with self._transaction():
                if not self._has_schema():  # another process may have made it while this one waited
                    for statement in SCHEMA.split(";\n"):
                        self._connection.execute(statement)
                    self._set(**maker, generation="0")
        found = self._meta()
        for name, wanted in maker.items():
            kept = found.get(name, "")
            if kept != wanted:
                outdated = name == "format" or kept.partition(":")[0] == wanted.partition(":")[0]
                message = f"this index was made with the {name} {kept}, not {wanted}"
                raise (Outdated if outdated else WrongEmbedder)(message, "Make the index again from its texts.")

    def _has_schema(self) -> bool:
        return bool(self.select("SELECT 1 FROM sqlite_master WHERE name = 'meta'"))

    # What is kept

    @property
    def generation(self) -> int:
        """Which `chroma-<n>` is the right one; 0 before there is any."""
        return int(self._meta()["generation"])

    @property
    def seal(self) -> str:
        """What Chroma's files looked like when they were last written; empty before that."""
        return self._meta().get("seal", "")

    @property
    def writing(self) -> bool:
        """Chroma is being written, or was when its writer died."""
        return "writing" in self._meta()

    @property
    def state(self) -> State:
        """What is told here of the index: the same as before only if nothing has changed since."""
        return tuple(sorted(self._meta().items()))

    @property
    def dimension(self) -> int:
        """How many numbers each vector has; 0 before there is any."""
        return int(self._meta().get("dimension", 0))

    def check_fit(self, numbers: Collection[int]) -> None:
        """Raises WrongEmbedder unless vectors of so many numbers can be compared with those that are kept."""
        kept = self.dimension or max(numbers, default=0)
        for other in set(numbers) - {kept}:
            message = f"this index was made with vectors of {kept} numbers, not {other}"
            raise WrongEmbedder(message, "Make the index again from its texts.")

    def count(self) -> int:
        return int(self.select("SELECT count(*) FROM passages")[0][0])

    def ids(self) -> frozenset[str]:
        return frozenset(passage_id for (passage_id,) in self.select("SELECT id FROM passages"))

    def group_ids(self) -> frozenset[str]:
        """Found by leaps from each group to the next: there are many passages for each."""
        return frozenset(group for (group,) in self.select(GROUPS))

    def groups(self) -> dict[str, frozenset[str]]:
        """The ids of each group."""
        ids: dict[str, set[str]] = {}
        for group, passage_id in self.select("SELECT group_id, id FROM passages"):
            ids.setdefault(group, set()).add(passage_id)
        return {group: frozenset(members) for group, members in ids.items()}

    def digests(self, group: str) -> dict[str, tuple[int, bytes]]:
        """Ordinal and text digest of each passage of the group, by id."""
        rows = self.select("SELECT id, ordinal, digest FROM passages WHERE group_id = ?", group)
        return {passage_id: (ordinal, digest) for passage_id, ordinal, digest in rows}

    def vectors_of_texts(self, digests: Collection[bytes]) -> dict[bytes, bytes]:
        """The kept vectors of texts that are already here, in whatever group."""
        query = "SELECT digest, vector FROM passages WHERE digest = ? LIMIT 1"
        return dict(row for digest in digests for row in self.select(query, digest))

    def vectors(self, batch: int) -> Iterator[tuple[list[str], Vectors]]:
        """Every id with its vector, `batch` at a time."""
        width = self.dimension or 1
        for rows in self.select_in_parts("SELECT id, vector FROM passages ORDER BY group_id, ordinal", batch):
            vectors = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float32)
            yield [passage_id for passage_id, _ in rows], vectors.reshape(-1, width)

    # Changes

    def replace(self, group: str, rows: Sequence[Row]) -> None:
        """The group's passages become these, and Chroma is marked as being written. Raises WrongEmbedder."""
        numbers = {len(row.vector) // NUMBER for row in rows}
        self.check_fit(numbers)
        with self._transaction():
            replaced = self._connection.execute("DELETE FROM passages WHERE group_id = ?", (group,)).rowcount
            for row in rows:
                values = (row.id, row.group, row.ordinal, row.text, row.digest, row.vector)
                insert = "INSERT INTO passages (id, group_id, ordinal, text, digest, vector) VALUES (?, ?, ?, ?, ?, ?)"
                key = self._connection.execute(insert, values).lastrowid
                if not replaced:
                    self._connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (key, row.text))
            if replaced:
                self._rebuild_words()
            self._set(writing="1", version=_version(), **({"dimension": str(*numbers)} if numbers else {}))

    def remove(self, groups: Collection[str]) -> None:
        """The groups' passages go, and Chroma is marked as being written."""
        with self._transaction():
            chosen = json.dumps(list(groups))
            self._connection.execute("DELETE FROM passages WHERE group_id IN (SELECT value FROM json_each(?))", (chosen,))
            self._rebuild_words()
            self._set(writing="1", version=_version())

    def settle(self, *, generation: int, seal: str) -> None:
        """Chroma's files of this generation are complete: from now on they are the right ones."""
        with self._transaction():
            self._set(generation=str(generation), seal=seal)
            self._connection.execute("DELETE FROM meta WHERE name = 'writing'")

    def vacuum(self) -> None:
        """Writes the file anew, so that nothing deleted is left in it."""
        with self._translated():
            self._connection.execute("VACUUM")

    def faults(self) -> tuple[str, ...]:
        """What SQLite finds wrong with the file and with the index of words; nothing when all is well."""
        found = [row[0] for row in self.select("PRAGMA integrity_check") if row[0] != "ok"]
        try:
            self._connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            found.append(f"the index of words does not fit the texts: {error}")
        width = self.dimension * NUMBER
        wrong = self.select("SELECT count(*) FROM passages WHERE length(vector) <> ?", width)[0][0]
        return (*found, *([f"{wrong} vectors are not of {self.dimension} numbers"] if wrong else []))

    # SQLite

    def select(self, query: str, /, *arguments: str | bytes | int) -> list[tuple[Any, ...]]:
        """The rows that the query gives."""
        with self._translated():
            return self._connection.execute(query, arguments).fetchall()

    def select_in_parts(self, query: str, batch: int, /, *arguments: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows that the query gives, `batch` at a time."""
        with self._translated():
            cursor = self._connection.execute(query, arguments)
            while rows := cursor.fetchmany(batch):
                yield rows

    @contextmanager
    def one_moment(self) -> Iterator[None]:
        """All that is read within is of one moment, whatever others write meanwhile."""
        with self._translated():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("ROLLBACK")

    def _rebuild_words(self) -> None:
        self._connection.execute("INSERT INTO words (words) VALUES ('rebuild')")

    def _meta(self) -> dict[str, str]:
        return dict(self.select("SELECT name, value FROM meta"))

    def _set(self, **values: str) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:  # SQLite itself rolls back when the disk is full
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            code = getattr(error, "sqlite_errorcode", 0) & PRIMARY_CODE
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                message = f"another process is writing {self._path}"
                raise Locked(message, "Try again when it has finished.") from error
            message = f"{self._path} cannot be used: {error}"
            raise Damaged(message, "Make the index again from its texts.") from error


def _version() -> str:
    return secrets.token_hex(8)
