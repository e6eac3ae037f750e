"""One client's passages in one SQLite file: ids, texts, vectors and the index of words.

It is all that an index needs: Chroma is made from the vectors kept here and can always be made again. `meta` says by which
embedder they were made and how many numbers each has (`dimension`), which `chroma-<generation>` is the right one, what its files
looked like when they were last written (`seal`) and what its database held (`contents`), and, while Chroma is being written, that
it is (`writing`). Passages and the marker change in one transaction, so that a process that dies in between leaves the marker
behind for the next one to find; and so does `version`, a word drawn anew at every change, by which others see that there was one.
"""

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore import seals
from vectorstore.database import Database, code_of
from vectorstore.errors import Outdated, WrongEmbedder

FORMAT = "2"  # goes up with the schema, and with how texts are cut, embedded or weighed
NUMBER = np.dtype(np.float32).itemsize

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

SEALS = "CREATE TABLE seals (group_id TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID"
"""Apart from the schema: a file that an earlier version made gets it with its next write (`vectorstore.seals`)."""
OF_GROUP = "SELECT id, group_id, ordinal, text, digest, vector FROM passages WHERE group_id = ? ORDER BY ordinal"

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


class Passages(Database):
    """The file; all that it raises is told in `Database`."""

    def __init__(self, path: Path, *, embedder: str, timeout: float) -> None:
        super().__init__(path, timeout=timeout)
        try:
            self._prepare({"format": FORMAT, "embedder": embedder})
        except BaseException:
            self.close()
            raise

    def _prepare(self, maker: Mapping[str, str]) -> None:
        if not self._has_schema():
            with self._transaction():
                if not self._has_schema():  # another process may have made it while this one waited
                    for statement in (*SCHEMA.split(";\n"), SEALS):
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
        return self._number("generation")

    @property
    def seal(self) -> str:
        """What Chroma's files looked like when they were last written; empty before that."""
        return self._meta().get("seal", "")

    @property
    def contents(self) -> str:
        """The checksum of what Chroma's database held when it was last written; empty where an earlier version wrote it."""
        return self._meta().get("contents", "")

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
        return self._number("dimension")

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
            try:
                vectors = np.frombuffer(b"".join(vector for _, vector in rows), dtype=np.float32).reshape(-1, width)
            except (TypeError, ValueError) as error:
                raise self.broken(error) from error
            yield [passage_id for passage_id, _ in rows], vectors

    # Changes

    def replace(self, group: str, rows: Sequence[Row]) -> None:
        """The group's passages become these, and Chroma is marked as being written. Raises WrongEmbedder."""
        numbers = {len(row.vector) // NUMBER for row in rows}
        self.check_fit(numbers)
        with self._transaction():
            self._seal_all()
            replaced = self._connection.execute("DELETE FROM passages WHERE group_id = ?", (group,)).rowcount
            for row in rows:
                values = (row.id, row.group, row.ordinal, row.text, row.digest, row.vector)
                insert = "INSERT INTO passages (id, group_id, ordinal, text, digest, vector) VALUES (?, ?, ?, ?, ?, ?)"
                key = self._connection.execute(insert, values).lastrowid
                if not replaced:
                    self._connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (key, row.text))
            if replaced:
                self._rebuild_words()
            self._seal(group, rows)
            self._set(writing="1", version=_version(), **({"dimension": str(*numbers)} if numbers else {}))

    def remove(self, groups: Collection[str]) -> None:
        """The groups' passages go, and Chroma is marked as being written."""
        with self._transaction():
            chosen = json.dumps(list(groups))
            self._seal_all()
            for table in ("passages", "seals"):
                delete = f"DELETE FROM {table} WHERE group_id IN (SELECT value FROM json_each(?))"  # noqa: S608  # ours
                self._connection.execute(delete, (chosen,))
            self._rebuild_words()
            self._set(writing="1", version=_version())

    def settle(self, *, generation: int, seal: str, contents: str) -> None:
        """Chroma's files of this generation are complete: from now on they are the right ones."""
        with self._transaction():
            self._set(generation=str(generation), seal=seal, contents=contents)
            self._connection.execute("DELETE FROM meta WHERE name = 'writing'")

    def vacuum(self) -> None:
        """Writes the file anew, so that nothing deleted is left in it."""
        with self._translated():
            self._connection.execute("VACUUM")

    def write_words(self) -> None:
        """Makes the index of words anew, and the checksums of passages that an earlier version put in without."""
        with self._transaction():
            self._seal_all()
            self._rebuild_words()

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file, with the index of words, or with a passage; nothing when all is well."""
        found = [row[0].splitlines()[0] for row in self.select("PRAGMA integrity_check") if row[0] != "ok"]
        try:
            self._connection.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if code_of(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
                raise self._meant(error) from error
            found.append(f"the index of words does not fit the texts: {error}")
        width = self.dimension * NUMBER
        wrong = self.select("SELECT count(*) FROM passages WHERE length(vector) <> ?", width)[0][0]
        wrong_vectors = [f"{wrong} vectors are not of {self.dimension} numbers"] if wrong else []
        return (*found, *wrong_vectors, *(f"the passages of {group} are not as they were put in" for group in self._unlike()))

    @property
    def sealed(self) -> bool:
        """Whether there are checksums: an earlier version made none."""
        return bool(self.select("SELECT 1 FROM sqlite_master WHERE name = 'seals'"))

    def _unlike(self) -> list[str]:
        """The groups whose passages are not those that were put in; without checksums, those whose texts are not."""
        sealed = self.sealed
        kept = dict(self.select("SELECT group_id, digest FROM seals")) if sealed else {}
        groups = self.group_ids()
        wrong = kept.keys() - groups
        for group in groups:
            rows = self.select(OF_GROUP, group)
            if sealed:
                right = seals.of_group(rows) == kept.get(group)
            else:
                right = all(hashlib.sha256(str(row[3]).encode("utf-8", "replace")).digest() == row[4] for row in rows)
            if not right:
                wrong.add(group)
        return sorted(map(str, wrong))

    def _seal_all(self) -> None:
        """Within a transaction: from here on there are checksums."""
        if self.sealed:
            return
        self._connection.execute(SEALS)
        for group in self.group_ids():
            self._connection.execute("INSERT INTO seals VALUES (?, ?)", (group, seals.of_group(self.select(OF_GROUP, group))))

    def _seal(self, group: str, rows: Sequence[Row]) -> None:
        self._connection.execute("DELETE FROM seals WHERE group_id = ?", (group,))
        if rows:
            ordered = sorted(rows, key=lambda row: row.ordinal)
            digest = seals.of_group((row.id, row.group, row.ordinal, row.text, row.digest, row.vector) for row in ordered)
            self._connection.execute("INSERT INTO seals VALUES (?, ?)", (group, digest))

    def _rebuild_words(self) -> None:
        self._connection.execute("INSERT INTO words (words) VALUES ('rebuild')")

    def _meta(self) -> dict[str, str]:
        found = dict(self.select("SELECT name, value FROM meta"))
        if not all(isinstance(word, str) for pair in found.items() for word in pair):
            raise self.broken("what it says of itself is no text")
        return found

    def _number(self, name: str) -> int:
        """A number of `meta`; 0 before there is any."""
        kept = self._meta().get(name, "0")
        if not (kept.isascii() and kept.isdecimal()):
            raise self.broken(f"{name} is no number")
        return int(kept)

    def _set(self, **values: str) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", list(values.items()))


def _version() -> str:
    return secrets.token_hex(8)
