"""What a process keeps of an index between searches never shows, but in time."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.killed import Killer
from tests.vectorstore.changes import AARDVARKS, CHANGES
from tests.vectorstore.samples import ScatteringEmbedder, entries, many
from tests.vectorstore.test_passage_erasure import SECRET, traces
from tests.vectorstore.test_passage_healing import cut, scramble
from vectorstore.errors import Damaged, Locked
from vectorstore.held import Held
from vectorstore.index import PASSAGES, Entry, PassageIndex, discard
from vectorstore.matrix import Matrix
from vectorstore.passages import State
from vectorstore.search import Scored

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
ALL_IN_CHROMA, ALL_COMPARED = 0, 10_000
QUERY = "m_1 passage 123 ending3"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index" / "c_1"


@pytest.fixture
def held() -> Iterator[Held]:
    with Held() as kept:
        yield kept


@pytest.fixture(params=[ALL_IN_CHROMA, ALL_COMPARED], ids=["collection", "vectors"])
def opened(request: pytest.FixtureRequest, folder: Path, held: Held) -> Callable[[], PassageIndex]:
    """Opens the index as the use cases do, again and again in one process: with what the last opening left."""
    return lambda: PassageIndex(folder, ScatteringEmbedder(), held=held, compared=request.param)


def searched(opened: Callable[[], PassageIndex], query: str = QUERY, k: int = 5) -> tuple[Scored, ...]:
    with opened() as index:
        return index.search(query, k)


def open_graphs(folder: Path) -> list[str]:
    """The graphs of neighbours below the folder that this process has open, those included that are on no disk any more."""
    links = [path for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    return [name for name in (str(link.readlink()) for link in links) if name.startswith(str(folder)) and ".bin" in name]


def filled(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        index.put("m_1", many("m_1", 250))


def test_the_next_search_finds_the_same_and_as_a_fresh_process_does(opened: Callable[[], PassageIndex], folder: Path) -> None:
    filled(folder)
    first = searched(opened)
    assert searched(opened) == first
    with PassageIndex(folder, ScatteringEmbedder()) as fresh:
        assert fresh.search(QUERY, 5) == first


class BesideAWriter(Held):
    """Whenever a search has what is kept, somebody takes all passages out and puts them back in another order, if they may."""

    tries = 0

    def matrix(self, folder: Path, state: State) -> Matrix | None:
        kept = super().matrix(folder, state)
        if kept is not None:
            groups = sorted(HERDS, reverse=self.tries % 2 == 0)
            self.tries += 1
            with suppress(Locked), PassageIndex(folder, ScatteringEmbedder(), lock_timeout=0.05) as writer:
                writer.remove(groups)
                for group in groups:
                    writer.put(group, HERDS[group])
        return kept


HERDS: dict[str, list[Entry]] = {group: many(group, 120) for group in ("m_1", "m_2")}


def test_a_search_is_of_one_moment_whatever_is_written_meanwhile(folder: Path) -> None:
    embedder = ScatteringEmbedder()
    asked = embedder.embed_query(QUERY)
    texts = {entry.id: entry.text for herd in HERDS.values() for entry in herd}
    with BesideAWriter() as held, PassageIndex(folder, embedder, held=held) as index:
        for group, passages in HERDS.items():
            index.put(group, passages)
        for _ in range(4):
            for found in index.search(QUERY, 240):
                assert found.id.startswith(f"{found.group}.")
                assert found.cosine == pytest.approx(float(embedder.embed([texts[found.id]])[0] @ asked), abs=1e-5)
        assert held.tries


WRITES = """
from tests.vectorstore.changes import CHANGES
CHANGES[change](Path(folder))
"""


@pytest.mark.parametrize("elsewhere", [pytest.param(True, marks=forks), False], ids=["another process", "the same process"])
@pytest.mark.parametrize("change", CHANGES)
def test_what_others_write_is_seen_by_the_next_search(
    killer: Killer, opened: Callable[[], PassageIndex], folder: Path, change: str, elsewhere: bool
) -> None:
    filled(folder)
    searched(opened)
    if elsewhere:
        assert killer.run(folder.parent, WRITES, folder=folder, change=change).ended == 0
    else:
        CHANGES[change](folder)
    for query in (AARDVARKS, "m_2 passage 7 ending7", "one", "two", "three", "four", "five"):
        with PassageIndex(folder, ScatteringEmbedder()) as fresh:
            assert searched(opened, query, 100) == fresh.search(query, 100)
    with opened() as index:
        index.put("m_3", many("m_3", 60))
        assert index.check() == ()
    with PassageIndex(folder, ScatteringEmbedder()) as fresh:
        assert searched(opened, "m_3 passage 7 ending7", 100) == fresh.search("m_3 passage 7 ending7", 100)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells which files are open")
def test_a_collection_stays_open_until_it_is_given_up(folder: Path) -> None:
    filled(folder)
    with Held() as held:
        with PassageIndex(folder, ScatteringEmbedder(), held=held, compared=ALL_IN_CHROMA) as index:
            index.search(QUERY, 5)
        assert open_graphs(folder)
    assert not open_graphs(folder)


def test_nothing_is_written_when_a_collection_is_closed(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        index.put("m_1", many("m_1", 50))
    with Held() as held:
        with PassageIndex(folder, ScatteringEmbedder(), held=held, compared=ALL_IN_CHROMA) as index:
            index.search(QUERY, 5)
        before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        assert index.check() == ()


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells which files are open")
def test_an_index_that_cannot_be_put_right_leaves_nothing_open(folder: Path) -> None:
    filled(folder)
    with closing(sqlite3.connect(folder / PASSAGES)) as kept, kept:
        kept.execute("INSERT INTO meta VALUES ('writing', '1')")
    (folder / "chroma-2").write_text("no folder")
    with pytest.raises(Damaged) as raised:
        PassageIndex(folder, ScatteringEmbedder())
    opened = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
    assert raised.traceback
    assert not [name for name in opened if name.startswith(str(folder))]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux tells which files are open")
@pytest.mark.parametrize("way", ["remove", "discard"])
def test_what_is_forgotten_while_the_collection_is_open_leaves_no_trace(folder: Path, held: Held, way: str) -> None:
    embedder = ScatteringEmbedder()
    with PassageIndex(folder, embedder, held=held, compared=ALL_IN_CHROMA) as index:
        index.put("m_1", many("m_1", 250))
        index.put("m_secret", entries("m_secret", SECRET))
        index.search(QUERY, 5)
        assert open_graphs(folder)
        assert traces(folder, embedder) >= {"zwetschgenkuchen", "vector"}
        if way == "remove":
            index.remove({"m_secret"})
        else:
            discard(folder)
    assert traces(folder, embedder) == set()
    assert not open_graphs(folder)


@pytest.mark.parametrize("damage", [cut, scramble, Path.unlink])
@pytest.mark.parametrize("name", ["*/data_level0.bin", "chroma.sqlite3"])
def test_damage_to_the_files_of_an_open_collection_is_mended(
    folder: Path, held: Held, name: str, damage: Callable[[Path], None]
) -> None:
    filled(folder)
    with PassageIndex(folder, ScatteringEmbedder(), held=held, compared=ALL_IN_CHROMA) as index:
        before = index.search(QUERY, 5)
        damage(next((folder / "chroma-1").glob(name)))
        assert index.search(QUERY, 5) == before
        assert index.check() == ()


def test_an_open_collection_is_in_nobodys_way(folder: Path, held: Held) -> None:
    with (
        PassageIndex(folder, ScatteringEmbedder(), held=held, compared=ALL_IN_CHROMA) as one,
        PassageIndex(folder, ScatteringEmbedder(), compared=ALL_IN_CHROMA) as other,
    ):
        one.put("m_1", many("m_1", 250))
        assert one.search(QUERY, 5) == other.search(QUERY, 5) == one.search(QUERY, 5)
        other.put("m_2", many("m_2", 20))
        assert one.search("m_2 passage 7 ending7", 5) == other.search("m_2 passage 7 ending7", 5)
        assert one.check() == other.check() == ()
        assert one.rebuild() == 270
        assert other.search(QUERY, 5) == one.search(QUERY, 5)


@forks
def test_no_writer_stands_on_a_collection_that_was_left_open(killer: Killer, folder: Path, held: Held) -> None:
    filled(folder)
    with PassageIndex(folder, ScatteringEmbedder(), held=held, compared=ALL_IN_CHROMA) as index:
        index.search(QUERY, 5)
    assert killer.run(folder.parent, WRITES, folder=folder, change="make_anew").ended == 0
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        index.put("m_3", many("m_3", 120))
        assert index.check() == ()
    assert (folder / "chroma-1" / "chroma.sqlite3").is_file()


def test_no_more_is_kept_than_may_be(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b", "c")]
    for folder in folders:
        filled(folder)
    one = 250 * ScatteringEmbedder.dimension * 4
    with Held(most=2 * one) as held:
        for folder in (folders[0], folders[1], folders[0], folders[2]):
            with PassageIndex(folder, ScatteringEmbedder(), held=held) as index:
                index.search(QUERY, 5)
                assert held.matrix(folder, index.state) is not None
        kept = []
        for folder in folders:
            with PassageIndex(folder, ScatteringEmbedder(), held=held) as index:
                kept.append(held.matrix(folder, index.state) is not None)
        assert kept == [True, False, True]


def test_a_search_by_groups_is_a_search_among_their_passages(folder: Path, held: Held) -> None:
    groups = {f"m_{n}": many(f"m_{n}", 90) for n in range(8)}
    chosen = ["m_1", "m_4", "m_5", "m_6", "m_gone"]
    ids = [entry.id for group in chosen[:-1] for entry in groups[group]]
    with PassageIndex(folder, ScatteringEmbedder(), held=held) as index:
        for group, passages in groups.items():
            index.put(group, passages)
        assert index.group_ids() == groups.keys()
        for query, k in (("m_4 passage 17 ending7", 10), ("endings of passages", 300), ("m_0", 360)):
            read = index.search(query, k, groups=chosen)
            assert read == index.search(query, k, only=ids)
            assert {found.group for found in read} <= set(chosen)
            assert len(read) == k
        index.search(QUERY, 1)  # now the vectors of all are in memory
        assert held.matrix(folder, index.state) is not None
        assert index.search("ending3", 100, groups=chosen) == index.search("ending3", 100, only=ids)
        assert {found.group for found in index.search("m_4", 300, groups=["m_4"])} == {"m_4"}
        assert index.count_of(groups=chosen) == index.count_of(only=ids) == 360
        assert index.count_of(groups=chosen, only=[entry.id for entry in groups["m_4"]]) == 90
        assert index.search("m_4", 10, groups=[]) == ()
        assert index.count_of() == 720


def test_an_empty_index_has_no_groups(folder: Path) -> None:
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        assert index.group_ids() == frozenset()
        assert index.count_of() == 0
        assert index.search("anything", 3, groups=["m_1"]) == ()
