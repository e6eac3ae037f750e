"""What a caller of the passage index relies on."""

import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import chromadb
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.vectorstore.samples import BUDGET, HIRING, HOLIDAY, CountingEmbedder, ScatteringEmbedder, entries, many
from vectorstore.embedders import WordHashEmbedder
from vectorstore.errors import Damaged, WrongEmbedder
from vectorstore.index import Entry, PassageIndex, discard


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index" / "c_1"


def test_finds_the_passage_that_speaks_of_it(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", HOLIDAY, HIRING))
        index.put("m_2", entries("m_2", BUDGET))
        (best, *_) = index.search("who decides on the budget", 2)
    assert (best.id, best.group) == ("m_2.1.0", "m_2")
    assert best.cosine > 0
    assert best.bm25 > 0


def test_words_are_found_by_stem_and_without_accents(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        index.put("m_1", entries("m_1", "Nothing here.", "Müller hired engineers.", "Nor here."))
        for query in ("engineer", "hiring", "MULLER", unicodedata.normalize("NFD", "Müller")):
            assert [found.id for found in index.search(query, 3) if found.bm25 > 0] == ["m_1.1.1"], query


def test_what_was_put_is_there_after_reopening(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HIRING))
        before = index.search("budget", 2)
    with PassageIndex(folder, WordHashEmbedder()) as index:
        assert index.search("budget", 2) == before
        assert index.groups() == {"m_1": frozenset({"m_1.1.0", "m_1.1.1"})}
        assert index.count() == 2
        assert index.check() == ()


def test_an_empty_index_finds_nothing(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        assert index.search("budget", 5) == ()
        assert index.groups() == {}
        assert index.check() == ()


def test_no_more_than_asked_for_and_no_more_than_there_are(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY, HIRING))
        assert len(index.search("budget", 2)) == 2
        assert len(index.search("budget", 10)) == 3
        assert index.search("budget", 0) == ()


def test_a_search_among_chosen_passages_sees_only_them(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY, HIRING))
        found = index.search("budget", 10, only={"m_1.1.1", "m_1.1.2", "gone.1.0"})
        assert {passage.id for passage in found} == {"m_1.1.1", "m_1.1.2"}
        assert index.search("budget", 10, only=()) == ()


def test_as_many_as_asked_for_though_more_than_are_weighed_by_habit(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        for group in range(4):
            index.put(f"m_{group}", many(f"m_{group}", 180))
        for k in (250, 700):
            found = index.search("m_2 passage 3", k)
            assert len({passage.id for passage in found}) == k
            assert [passage.score for passage in found] == sorted((passage.score for passage in found), reverse=True)


def test_putting_a_group_again_leaves_exactly_the_new_passages(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY))
        index.put("m_2", entries("m_2", HOLIDAY))
        index.put("m_1", entries("m_1", HIRING, revision=2))
        assert index.groups() == {"m_1": frozenset({"m_1.2.0"}), "m_2": frozenset({"m_2.1.0"})}
        assert not any(found.bm25 for found in index.search("budget", 10))
        assert index.check() == ()


def test_only_the_order_of_a_group_may_change(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY, HIRING))
        turned = [
            Entry(id=entry.id, group="m_1", ordinal=9 - entry.ordinal, text=entry.text)
            for entry in entries("m_1", BUDGET, HOLIDAY, HIRING)
        ]
        index.put("m_1", turned)
        assert index.count() == 3
        assert index.check() == ()


def test_only_texts_that_are_new_are_embedded(folder: Path) -> None:
    embedder = CountingEmbedder()
    with PassageIndex(folder, embedder) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY))
        index.put("m_1", entries("m_1", BUDGET, HIRING, revision=2))
        index.put("m_2", entries("m_2", HIRING))
        index.put("m_2", entries("m_2", HIRING))
        index.remove({"m_1"})
        index.rebuild()
    assert embedder.embedded == [BUDGET, HOLIDAY, HIRING]


def test_progress_counts_up_to_all_entries(folder: Path) -> None:
    heard: list[int] = []
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", many("m_1", 150), heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 150
    assert len(heard) > 1


def test_an_entry_of_another_group_is_refused_and_nothing_is_put(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        with pytest.raises(ValueError, match="m_1"):
            index.put("m_1", entries("m_2", BUDGET))
        assert index.count() == 0


def test_an_index_of_another_embedder_is_not_opened(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET))
    with pytest.raises(WrongEmbedder, match="word-hash:256"):
        PassageIndex(folder, ScatteringEmbedder())
    discard(folder)
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        assert index.count() == 0


def test_a_file_that_is_no_database_is_reported_with_a_way_out(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "passages.sqlite3").write_bytes(b"not a database, but long enough to be read as one" * 100)
    with pytest.raises(Damaged) as caught:
        PassageIndex(folder, WordHashEmbedder())
    assert caught.value.hint
    discard(folder)
    with PassageIndex(folder, WordHashEmbedder()) as index:
        assert index.check() == ()


def test_a_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Damaged, match="cannot be used"):
        PassageIndex(tmp_path / "file" / "index", WordHashEmbedder())


def test_nobody_else_can_read_it(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET))
        index.put("m_2", entries("m_2", HOLIDAY))
        index.remove({"m_1"})
        modes = {path.stat().st_mode & 0o777 for path in (folder, *folder.rglob("*")) if path.is_dir()}
        assert modes == {0o700}
        assert {path.stat().st_mode & 0o777 for path in folder.rglob("*") if path.is_file()} == {0o600}
        next(folder.glob("chroma-*/chroma.sqlite3")).chmod(0o644)
        assert [problem.code for problem in index.check()] == ["open_to_others"]


def test_two_indexes_on_one_folder_in_one_process_see_each_other(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as reader, PassageIndex(folder, ScatteringEmbedder()) as writer:
        writer.put("m_1", many("m_1", 250))
        assert reader.search("m_1 passage 7 ending7", 1)[0].id in {"m_1.1.6", "m_1.1.7", "m_1.1.8"}
        writer.put("m_2", many("m_2", 30))
        assert reader.count() == 280
        writer.remove({"m_1"})
        writer.put("m_3", many("m_3", 250))
        found = reader.search("m_3 passage 7 ending7", 280)
        assert {passage.group for passage in found} <= {"m_2", "m_3"}
        assert reader.check() == ()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.one_of(st.text(max_size=40), st.text(alphabet="\"*()^:{}+-NEAROTD abc'", max_size=30)))
def test_no_query_is_read_as_an_operator_or_refused(filled: PassageIndex, query: str) -> None:
    assert len(filled.search(query, 3)) == 3


def test_a_query_of_thousands_of_words_is_answered(filled: PassageIndex) -> None:
    assert len(filled.search(" ".join(f"word{n}" for n in range(5000)), 3)) == 3


@pytest.fixture
def filled(folder: Path) -> PassageIndex:
    index = PassageIndex(folder, WordHashEmbedder())
    index.put("m_1", entries("m_1", BUDGET, HOLIDAY, HIRING))
    return index


def test_text_that_is_no_text_is_kept_readable(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", "half a pair \ud83d and a budget", "", "nul \0 inside"))
        assert index.search("budget \ud83d", 1)[0].id == "m_1.1.0"
        assert index.check() == ()


PROGRAM = """
import sys
from pathlib import Path
import vectorstore
assert not {"numpy", "sqlite3", "chromadb", "onnxruntime"} & sys.modules.keys()
from vectorstore.embedders import WordHashEmbedder
from vectorstore.index import PassageIndex
with PassageIndex(Path(sys.argv[1]), WordHashEmbedder()) as index:
    assert index.search("budget", 3)
    assert index.search("budget", 3, only={"m_1.1.0"})
assert not {"chromadb", "onnxruntime", "tokenizers"} & sys.modules.keys()
"""


def test_a_small_index_is_searched_without_loading_chroma(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY))
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, folder],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.disable_socket
def test_chroma_holds_vectors_and_ids_alone_and_stays_on_this_machine(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMA_API_IMPL", "chromadb.api.fastapi.FastAPI")
    monkeypatch.setenv("CHROMA_OTEL_COLLECTION_ENDPOINT", "http://collector.example")
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", entries("m_1", BUDGET, HOLIDAY))
    monkeypatch.delenv("CHROMA_API_IMPL")
    monkeypatch.delenv("CHROMA_OTEL_COLLECTION_ENDPOINT")
    shutil.copytree(folder / "chroma-1", tmp_path / "copy")
    client = chromadb.PersistentClient(path=tmp_path / "copy")
    (collection,) = client.list_collections()
    kept = collection.get(include=["documents", "metadatas", "embeddings"])
    assert kept["ids"] == ["m_1.1.0", "m_1.1.1"]
    assert not any(kept["documents"] or [])
    assert not any(kept["metadatas"] or [])
    assert np.array_equal(np.asarray(kept["embeddings"]), WordHashEmbedder().embed([BUDGET, HOLIDAY]))
    hnsw = collection.configuration["hnsw"]
    assert hnsw is not None
    wanted = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 200, "sync_threshold": 100}
    assert {name: value for name, value in hnsw.items() if name in wanted} == wanted


def test_more_passages_than_chroma_takes_at_once(folder: Path) -> None:
    with PassageIndex(folder, WordHashEmbedder()) as index:
        index.put("m_1", many("m_1", 1200))
        index.put("m_2", many("m_2", 1100))
        assert index.rebuild() == 2300
        assert index.check() == ()
