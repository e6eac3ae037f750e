"""Writers that die, folders that are damaged, and several processes at once."""

import os
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from tests.killed import KILLED, Killer
from tests.vectorstore.samples import CountingEmbedder, ScatteringEmbedder, many
from vectorstore.errors import Locked
from vectorstore.index import PassageIndex

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
QUERY = "m_1 passage 123 ending3"


def filled(folder: Path) -> PassageIndex:
    index = PassageIndex(folder, ScatteringEmbedder(), compared=0)
    index.put("m_1", many("m_1", 250))
    return index


DIES_BEFORE_CHROMA = """
import os
from filelock import FileLock
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.passages import Passages, Row
folder = Path(folder)
embedder = ScatteringEmbedder()
FileLock(folder / "writer.lock").acquire()
passages = Passages(folder / "passages.sqlite3", embedder=embedder.identity, timeout=5)
rows = [
    Row(id=new.id, group="m_2", ordinal=new.ordinal, text=new.text, digest=b"", vector=embedder.embed([new.text]).tobytes())
    for new in many("m_2", 10)
]
passages.replace("m_2", rows) if what == "put" else passages.remove({"m_1"})
os._exit(9)
"""


@forks
@pytest.mark.parametrize(("what", "left"), [("put", 260), ("remove", 0)])
def test_a_write_cut_short_is_finished_by_the_next_to_open(killer: Killer, tmp_path: Path, what: str, left: int) -> None:
    filled(tmp_path).close()
    assert killer.run(tmp_path, DIES_BEFORE_CHROMA, folder=tmp_path, what=what).ended == 9
    with PassageIndex(tmp_path, ScatteringEmbedder()) as index:
        assert index.check() == ()
        assert index.count() == left
        assert {path.name for path in tmp_path.glob("chroma-*")} == {"chroma-2"}
        assert len(index.search("m_2 passage 3 ending3", 300)) > 0 or not left


def test_a_folder_that_a_dead_writer_could_not_remove_goes(tmp_path: Path) -> None:
    filled(tmp_path).close()
    shutil.copytree(tmp_path / "chroma-1", tmp_path / "chroma-0")
    PassageIndex(tmp_path, ScatteringEmbedder()).close()
    assert {path.name for path in tmp_path.glob("chroma-*")} == {"chroma-1"}


WRITES_FOREVER = """
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.index import PassageIndex
with PassageIndex(Path(folder), ScatteringEmbedder()) as index, open(done, "w") as told:
    for n in range(1000):
        index.put(f"m_{n}", many(f"m_{n}", 40))
        if n % 3 == 2:
            index.remove({f"m_{n - 1}"})
        print(n, file=told, flush=True)
"""


@forks
def test_a_killed_writer_loses_nothing_that_it_had_finished(killer: Killer, tmp_path: Path) -> None:
    folder, done = tmp_path / "index", tmp_path / "done"
    done.touch()
    assert killer.run(tmp_path, WRITES_FOREVER, after=1.0, folder=folder, done=done).ended == KILLED
    last = max((int(line) for line in done.read_text(encoding="utf-8").split()), default=-1)
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        assert index.check() == ()
        assert index.groups().keys() >= {f"m_{n}" for n in range(last + 1) if n % 3 != 1}
        assert not index.groups().keys() & {f"m_{n}" for n in range(last) if n % 3 == 1}
        assert all(len(ids) == 40 for ids in index.groups().values())


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def scramble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[::37] = bytes(len(content[::37]))
    path.write_bytes(content)


@pytest.mark.parametrize("damage", [cut, scramble, Path.unlink])
@pytest.mark.parametrize("name", ["*/data_level0.bin", "*/index_metadata.pickle", "*/link_lists.bin", "chroma.sqlite3"])
def test_damaged_files_of_chroma_are_written_anew(tmp_path: Path, name: str, damage: Callable[[Path], None]) -> None:
    index = filled(tmp_path)
    before = index.search(QUERY, 5)
    damage(next((tmp_path / "chroma-1").glob(name)))
    assert [problem.code for problem in index.check()] == ["chroma"]
    assert index.search(QUERY, 5) == before
    assert index.check() == ()
    index.close()


def test_a_missing_folder_of_chroma_is_written_anew(tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    with PassageIndex(tmp_path, embedder, compared=0) as index:
        index.put("m_1", many("m_1", 250))
        before = index.search(QUERY, 5)
        embedded = len(embedder.embedded)
        shutil.rmtree(tmp_path / "chroma-1")
        index.put("m_2", many("m_2", 1))
        index.remove({"m_2"})
        assert index.check() == ()
        shutil.rmtree(next(tmp_path.glob("chroma-*")))
        assert index.search(QUERY, 5) == before
        assert len(embedder.embedded) == embedded + 1
        assert index.rebuild() == 250


WRITES_SOME = """
import os
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.index import PassageIndex
other = os.fork()
name = "a" if other else "b"
with PassageIndex(Path(folder), ScatteringEmbedder(), compared=0) as index:
    for n in range(3):
        index.put(f"{name}_{n}", many(f"{name}_{n}", 60))
        index.search("passage 3", 5)
    index.remove({f"{name}_1"})
if other:
    assert os.waitpid(other, 0)[1] == 0
"""


@forks
def test_two_processes_write_at_once_and_a_third_reads(killer: Killer, tmp_path: Path) -> None:
    with PassageIndex(tmp_path, ScatteringEmbedder(), compared=0) as reader, ThreadPoolExecutor(1) as beside:
        writers = beside.submit(killer.run, tmp_path, WRITES_SOME, folder=tmp_path)
        while not writers.done():
            reader.search("passage 3", 5)
            time.sleep(0.05)
        assert writers.result().ended == 0
        assert reader.groups().keys() == {f"{name}_{n}" for name in "ab" for n in (0, 2)}
        assert reader.count() == 240
        assert reader.check() == ()
        assert any(found.id == "a_0.1.7" for found in reader.search("a_0 passage 7 ending7", 5))


def test_a_writer_waits_no_longer_than_it_is_told_to(tmp_path: Path) -> None:
    with PassageIndex(tmp_path, ScatteringEmbedder(), lock_timeout=0.1) as index:
        index.put("m_1", many("m_1", 3))
        with FileLock(tmp_path / "writer.lock"):
            with pytest.raises(Locked) as caught:
                index.put("m_2", many("m_2", 3))
            assert caught.value.hint
            with pytest.raises(Locked):
                index.remove({"m_1"})
        assert index.count() == 3


def test_a_search_while_another_writes_answers_the_same(tmp_path: Path) -> None:
    index = filled(tmp_path)
    before = index.search(QUERY, 10)
    with FileLock(tmp_path / "writer.lock"):
        during = index.search(QUERY, 10)
    assert [found.id for found in during] == [found.id for found in before]
    index.close()
