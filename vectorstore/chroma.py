"""The Chroma side of an index: one collection per folder, vectors and ids and nothing else.

Chroma is used only by the holder of the index's lock: two processes that wrote to one Chroma folder corrupted it without an
exception. Nothing is ever deleted from a collection, because Chroma keeps the vectors of what is deleted; a collection with less
in it is written to a new folder. `fingerprint` is taken of the graph's files before they are opened: reading damaged ones, Chroma
answers wrongly or ends the process.

To read, a collection may stay open (`Opened`), since opening one of 100,000 vectors takes half a second. It does not see what
another process adds, so its user has to know whether anything was. Within a process Chroma has one state for each path, whoever
opens it, so whatever else is done with a folder here begins with closing the collection that is open in it.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from vectorstore import seals

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateCollectionConfiguration
    from chromadb.config import Settings

BATCH = 1000
NAME = "passages"
DATABASE = "chroma.sqlite3"
CONFIGURATION: "CreateCollectionConfiguration" = {
    "hnsw": {
        "space": "cosine",
        "ef_construction": 200,
        "max_neighbors": 32,
        "ef_search": 200,  # with the defaults, some of 17,000 random vectors were never found
        "batch_size": 100,
        "sync_threshold": 100,  # with the default of 1,000, a small collection is built again from its log at each opening
    },
}

Vectors = npt.NDArray[np.float32]


class Unsound(Exception):
    """The folder does not hold the collection it should, or cannot be written."""


def write(folder: Path, batches: Iterable[tuple[Sequence[str], Vectors]]) -> None:
    """A new folder with these ids and vectors, at most BATCH at a time. Whatever stood there before is removed."""
    with suppress(FileNotFoundError):
        remove(folder)
    folder.mkdir(mode=0o700, parents=True)
    with _client(folder) as client:
        collection = client.create_collection(NAME, configuration=CONFIGURATION, embedding_function=None)
        for ids, vectors in batches:
            collection.add(ids=list(ids), embeddings=vectors)
    _make_private(folder)


def add(folder: Path, ids: Sequence[str], vectors: Vectors, *, expected: int) -> None:
    """Adds to the collection, which must hold `expected` vectors before."""
    with _collection(folder, expected) as collection:
        for start in range(0, len(ids), BATCH):
            collection.add(ids=list(ids[start : start + BATCH]), embeddings=vectors[start : start + BATCH])
    _make_private(folder)


class Opened:
    """A collection that stays open for searches. Raises Unsound unless it holds `expected` vectors.

    The caller has the lock of the index, but to close it.
    """

    def __init__(self, folder: Path, *, expected: int) -> None:
        self._folder = folder
        self._client = _connected(folder)
        self._closed = False
        _OPEN[folder] = self
        try:
            with _unsound(folder):
                self._collection = _checked(self._client, folder, expected)
                _blank_unset(folder)  # now and not when it is closed, which others do not wait for
                self._files = _stamps(folder)
        except BaseException:
            self.close()
            raise

    def nearest(self, query: Vectors, limit: int) -> tuple[str, ...]:
        """The ids of the `limit` nearest by cosine, nearest first. Raises Unsound."""
        with _unsound(self._folder):
            return tuple(self._collection.query(query_embeddings=query[np.newaxis], n_results=limit, include=[])["ids"][0])

    def untouched(self) -> bool:
        """Whether it is open, and its files are as they were when it was opened."""
        return not self._closed and _stamps(self._folder) == self._files

    def close(self) -> None:
        """Chroma keeps the folder's files open until then."""
        if not self._closed:
            self._closed = True
            _OPEN.pop(self._folder, None)
            self._client.close()


_OPEN: dict[Path, Opened] = {}


def remove(folder: Path) -> None:
    """The folder goes, with whatever is in it; a collection that is open there is closed first."""
    close(folder)
    shutil.rmtree(folder)


def close(folder: Path) -> None:
    """Close the collections that are open in the folder, or below it."""
    for path in [path for path in _OPEN if path.is_relative_to(folder)]:
        _OPEN[path].close()


def ids(folder: Path, *, expected: int) -> frozenset[str]:
    """Every id in a collection of `expected` vectors."""
    with _collection(folder, expected) as collection:
        return frozenset(collection.get(include=[])["ids"])


def fingerprint(folder: Path) -> str:
    """SHA-256 over the graph's files; reading a collection does not change it. Empty when there is no collection."""
    if not (folder / DATABASE).is_file():
        return ""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.glob("*/*") if path.is_file()):
        digest.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def contents(folder: Path) -> str:
    """SHA-256 over what Chroma's own database holds; empty where it cannot be read. It says nothing of the graph's files."""
    return seals.of_database(folder / DATABASE)


def database_faults(folder: Path) -> tuple[str, ...]:
    """What SQLite finds wrong with Chroma's own database."""
    return seals.database_faults(folder / DATABASE)


@contextmanager
def _client(folder: Path) -> Iterator["Client"]:
    """Chroma on this folder, closed at the end: it would keep the folder's state for the life of the process otherwise."""
    client = _connected(folder)
    with _unsound(folder):
        try:
            yield client
        finally:
            client.close()
            _blank_unset(folder)


@contextmanager
def _collection(folder: Path, expected: int) -> Iterator["Collection"]:
    with _client(folder) as client:
        yield _checked(client, folder, expected)


def _connected(folder: Path) -> "Client":
    if folder in _OPEN:
        _OPEN[folder].close()
    import chromadb

    with _unsound(folder):
        return chromadb.PersistentClient(path=folder, settings=_settings().model_copy())  # type: ignore[return-value]  # what it makes


@cache
def _settings() -> "Settings":
    """How Chroma is to run, to be copied: it writes the folder's name into what it is given."""
    from chromadb.config import Settings

    return Settings(  # named here since Chroma would take them from the environment, or from a .env file
        _env_file=None,  # type: ignore[call-arg]  # an argument of every settings class of pydantic
        chroma_api_impl="chromadb.api.rust.RustBindingsAPI",
        anonymized_telemetry=False,
        chroma_otel_collection_endpoint="",
    )


def _checked(client: "Client", folder: Path, expected: int) -> "Collection":
    collection = client.get_collection(NAME, embedding_function=None)
    found = collection.count()
    if found != expected:
        message = f"{folder} holds {found} vectors, not {expected}"
        raise Unsound(message)
    return collection


@contextmanager
def _unsound(folder: Path) -> Iterator[None]:
    """Whatever Chroma raises as Unsound: its errors have no common base."""
    try:
        yield
    except Unsound:
        raise
    except Exception as error:
        message = f"{folder} cannot be used: {error}"
        raise Unsound(message) from error


def _stamps(folder: Path) -> list[tuple[str, int, int, int]]:
    """What tells without reading them whether files were changed; reading a collection leaves it as it is."""
    found = ((path, path.stat()) for path in sorted((*folder.glob("*/*"), *folder.glob(DATABASE))))
    return [(str(path), at.st_ino, at.st_size, at.st_mtime_ns) for path, at in found]


def _blank_unset(folder: Path) -> None:
    """Overwrites with zeros what Chroma wrote without having set it.

    Until it keeps its graph for the first time (at `sync_threshold` vectors), it writes the graph's files, with room for 100
    vectors, straight from memory that it asked for and never set. What this process had there before can be anything, words of
    another client included. Seen with glibc's MALLOC_PERTURB_ on Chroma 1.5.9; files of a graph that was kept have no such room.
    """
    for header in folder.glob("*/header.bin"):
        if not header.with_name("index_metadata.pickle").exists():
            for path in (header.with_name("data_level0.bin"), header.with_name("length.bin")):
                with path.open("r+b") as file:
                    file.write(bytes(path.stat().st_size))


def _make_private(folder: Path) -> None:
    for path in folder.rglob("*"):
        path.chmod(0o700 if path.is_dir() else 0o600)
