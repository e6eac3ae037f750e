"""Writers that die, folders that are damaged, and several processes at once."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from tests.vectorstore.samples import CountingEmbedder, ScatteringEmbedder, many
from vectorstore.errors import Locked
from vectorstore.index import PassageIndex

ROOT = Path(__file__).resolve().parents[2]
QUERY = "m_1 passage 123 ending3"


def process(program: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def filled(folder: Path) -> PassageIndex:
    index = PassageIndex(folder, ScatteringEmbedder(), compared=0)
    index.put("m_1", many("m_1", 250))
    return index


DIES_BEFORE_CHROMA = """
import sys
from pathlib import Path
from filelock import FileLock
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.passages import Passages, Row
folder = Path(sys.argv[1])
embedder = ScatteringEmbedder()
FileLock(folder / "writer.lock").acquire()
passages = Passages(folder / "passages.sqlite3", embedder=embedder.identity, timeout=5)
rows = [
    Row(id=new.id, group="m_2", ordinal=new.ordinal, text=new.text, digest=b"", vector=embedder.embed([new.text]).tobytes())
    for new in many("m_2", 10)
]
passages.replace("m_2", rows) if sys.argv[2] == "put" else passages.remove({"m_1"})
import os
os._exit(9)
"""


@pytest.mark.parametrize(("what", "left"), [("put", 260), ("remove", 0)])
def test_a_write_cut_short_is_finished_by_the_next_to_open(tmp_path: Path, what: str, left: int) -> None:
    filled(tmp_path).close()
    writer = process(DIES_BEFORE_CHROMA, tmp_path, what)
    assert writer.communicate() == ("", "")
    assert writer.returncode == 9
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
import sys
from pathlib import Path
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.index import PassageIndex
with PassageIndex(Path(sys.argv[1]), ScatteringEmbedder()) as index:
    for n in range(1000):
        index.put(f"m_{n}", many(f"m_{n}", 40))
        if n % 3 == 2:
            index.remove({f"m_{n - 1}"})
        print(n, flush=True)
"""


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_writer_loses_nothing_that_it_had_finished(tmp_path: Path, seed: int) -> None:
    writer = process(WRITES_FOREVER, tmp_path)
    assert writer.stdout is not None
    assert writer.stdout.readline() == "0\n"
    time.sleep(random.Random(seed).uniform(0.05, 0.6))  # noqa: S311  # when it dies need not be secret
    writer.send_signal(signal.SIGKILL)
    rest, _ = writer.communicate()
    last = max((int(line) for line in rest.split()), default=0)
    with PassageIndex(tmp_path, ScatteringEmbedder()) as index:
        assert index.check() == ()
        expected = {f"m_{n}" for n in range(last + 1) if not (n % 3 == 1 and n < last)}
        assert index.groups().keys() >= expected - {f"m_{last}"}
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
import sys
from pathlib import Path
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.index import PassageIndex
with PassageIndex(Path(sys.argv[1]), ScatteringEmbedder(), compared=0) as index:
    for n in range(6):
        group = f"{sys.argv[2]}_{n}"
        index.put(group, many(group, 60))
        if n % 3 == 2:
            index.remove({f"{sys.argv[2]}_{n - 1}"})
        index.search("passage 3", 5)
"""


def test_two_processes_write_at_once_and_a_third_reads(tmp_path: Path) -> None:
    with PassageIndex(tmp_path, ScatteringEmbedder(), compared=0) as reader:
        writers = [process(WRITES_SOME, tmp_path, name) for name in ("a", "b")]
        while any(writer.poll() is None for writer in writers):
            reader.search("passage 3", 5)
            time.sleep(0.05)
        assert [(writer.communicate()[1], writer.returncode) for writer in writers] == [("", 0)] * 2
        assert reader.groups().keys() == {f"{name}_{n}" for name in "ab" for n in (0, 2, 3, 5)}
        assert reader.count() == 480
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
