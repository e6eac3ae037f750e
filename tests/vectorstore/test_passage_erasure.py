"""What is removed is in no file any more."""

import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tests.vectorstore.samples import CountingEmbedder, ScatteringEmbedder, entries, many
from vectorstore.embedders import Embedder
from vectorstore.index import PassageIndex, discard

SECRET = "Confidential quagmirelike xylophone arrangement with Zwetschgenkuchen."
MARKERS = ("quagmirelike", "quagmir", "xylophon", "zwetschgenkuchen", "Zwetschgenkuchen", "m_secret")


def contents(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def traces(folder: Path, embedder: Embedder) -> set[str]:
    """What of the secret is in some file, as bytes of text in any likely encoding or as its vector."""
    found = contents(folder)
    encodings = ("utf-8", "utf-16-le", "utf-16-be")
    words = {marker for marker in MARKERS if any(marker.encode(encoding) in found for encoding in encodings)}
    vector = embedder.embed([SECRET])[0].tobytes()
    return words | ({"vector"} if vector[:64] in found or vector[-64:] in found else set())


@pytest.mark.parametrize("others", [0, 3, 260])
def test_a_removed_group_leaves_no_trace(tmp_path: Path, others: int) -> None:
    embedder = ScatteringEmbedder()
    with PassageIndex(tmp_path, embedder) as index:
        index.put("m_other", many("m_other", others))
        index.put("m_secret", entries("m_secret", SECRET, "Nothing of note.", SECRET + " Again."))
        index.search("quagmirelike", 3)
        assert traces(tmp_path, embedder) >= {"quagmirelike", "zwetschgenkuchen", "m_secret", "vector"}
        index.remove({"m_secret"})
        assert traces(tmp_path, embedder) == set()
        assert index.count() == others
        assert index.check() == ()
        assert len(list(tmp_path.glob("chroma-*"))) == 1
    assert traces(tmp_path, embedder) == set()


def test_a_replaced_text_leaves_no_trace_either(tmp_path: Path) -> None:
    embedder = ScatteringEmbedder()
    with PassageIndex(tmp_path, embedder) as index:
        index.put("m_1", entries("m_1", SECRET, "Nothing of note."))
        index.put("m_1", entries("m_1", "Nothing of note.", revision=2))
        assert traces(tmp_path, embedder) == set()


WRITES_AND_READS = """
import sys
import os
import platform
import subprocess
import sys
from pathlib import Path
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.index import PassageIndex
GROUPS = (("m_1", 3), ("m_2", 80), ("m_3", 60), ("m_4", 130))
for last in range(1, 5):
    with PassageIndex(Path(sys.argv[1], str(last)), ScatteringEmbedder()) as index:
        for group, number in GROUPS[:last]:
            index.put(group, many(group, number))
            assert index.search("passage 2", 3)
            assert index.check() == ()
        index.remove({"m_2"})
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc can mark memory that was never set")
def test_no_file_holds_memory_that_was_never_set(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2]), "MALLOC_PERTURB_": "165"}
    subprocess.run([sys.executable, "-c", WRITES_AND_READS, tmp_path], env=environment, check=True)
    unset = bytes([0xFF ^ 165]) * 16
    assert len(list(tmp_path.glob("*/passages.sqlite3"))) == 4
    assert [path.name for path in tmp_path.rglob("*") if path.is_file() and unset in path.read_bytes()] == []


def test_what_remains_is_found_without_being_embedded_again(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    with PassageIndex(tmp_path, embedder) as index:
        index.put("m_1", many("m_1", 250))
        index.put("m_secret", entries("m_secret", SECRET))
        before = len(embedder.embedded)
        index.remove({"m_secret", "m_never"})
        assert index.search("passage 42 ending2", 5)
        assert len(embedder.embedded) == before


def test_removing_what_is_not_there_changes_nothing(tmp_path: Path) -> None:
    with PassageIndex(tmp_path, ScatteringEmbedder()) as index:
        index.put("m_1", many("m_1", 3))
        before = contents(tmp_path)
        index.remove({"m_2"})
        assert contents(tmp_path) == before


def test_a_discarded_index_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "c_1"
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        index.put("m_secret", entries("m_secret", SECRET))
    discard(folder)
    discard(folder)
    assert not folder.exists()
