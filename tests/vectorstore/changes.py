"""What another process may do to an index: run in a fork, and in this process."""

from collections.abc import Callable
from pathlib import Path

from tests.vectorstore.samples import ScatteringEmbedder, entries, many
from vectorstore.index import PassageIndex, discard

AARDVARKS = "Aardvarks were discussed."


def put(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as writer:
        writer.put("m_new", entries("m_new", AARDVARKS))


def remove(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as writer:
        writer.remove({"m_1"})
        writer.put("m_2", many("m_2", 260))


def make_anew(folder: Path) -> None:
    discard(folder)
    with PassageIndex(folder, ScatteringEmbedder()) as writer:
        writer.put("m_2", many("m_2", 250))


CHANGES: dict[str, Callable[[Path], None]] = {change.__name__: change for change in (put, remove, make_anew)}
