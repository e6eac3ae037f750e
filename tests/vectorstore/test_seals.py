"""What has changed in the files of an index without anybody having written it is found, and is never taken for what was meant."""

import os
import random
import shutil
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from tests.killed import Killer
from tests.vectorstore.samples import ScatteringEmbedder, many
from vectorstore.errors import Broken, Locked, PassageIndexFailed, Replaced
from vectorstore.index import PassageIndex, discard

PASSAGES = "passages.sqlite3"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    with PassageIndex(folder, ScatteringEmbedder()) as index:
        index.put("m_1", many("m_1", 120))
        index.put("m_2", many("m_2", 5))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "index"))


def opened(folder: Path) -> PassageIndex:
    return PassageIndex(folder, ScatteringEmbedder(), lock_timeout=5)


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def problems(folder: Path) -> list[str]:
    with opened(folder) as index:
        return [problem.code for problem in index.check()]


CHANGES = [
    "UPDATE passages SET vector = zeroblob(length(vector)) WHERE id = 'm_1.1.7'",
    "UPDATE passages SET digest = x'00' WHERE id = 'm_1.1.7'",
    "UPDATE passages SET id = 'm_1.1.x' WHERE id = 'm_1.1.7'",
    "UPDATE passages SET group_id = 'm_9' WHERE group_id = 'm_2'",
    "UPDATE passages SET text = 'another passage' WHERE id = 'm_1.1.7'",
    "UPDATE seals SET digest = x'00' WHERE group_id = 'm_2'",
    "DELETE FROM passages WHERE group_id = 'm_2'",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_a_change_of_the_kept_passages_is_found_and_stays_found(folder: Path, statement: str) -> None:
    assert problems(folder) == []
    change(folder / PASSAGES, statement)
    assert "damaged" in problems(folder)
    with opened(folder) as index:
        index.put("m_3", many("m_3", 2))  # what is written next does not seal what is damaged
    assert "damaged" in problems(folder)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE embeddings SET embedding_id = 'm_1.1.x' WHERE embedding_id = 'm_1.1.7'",
        "UPDATE embeddings_queue SET vector = zeroblob(length(vector))",
        "UPDATE collections SET dimension = 31",
        "UPDATE segments SET type = 'another'",
    ],
)
def test_a_change_of_chromas_own_database_is_found_and_mended_by_the_next_write(folder: Path, statement: str) -> None:
    change(folder / "chroma-1" / "chroma.sqlite3", statement)
    assert problems(folder) == ["chroma"]
    with opened(folder) as index:
        index.put("m_3", many("m_3", 2))
        assert index.check() == ()


def test_whatever_bit_flips_is_found_or_changes_nothing(folder: Path) -> None:
    seed = random.Random(7)  # noqa: S311  # which bits need not be secret
    with opened(folder) as index:
        before = index.search("m_1 passage 3 ending3", 10)
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size):
        whole = path.read_bytes()
        for _ in range(3):
            flipped = bytearray(whole)
            flipped[seed.randrange(len(flipped))] ^= 1 << seed.randrange(8)
            path.write_bytes(flipped)
            assert _is_told(folder) or _found(folder) == before, path
            path.write_bytes(whole)


def _is_told(folder: Path) -> bool:
    try:
        with opened(folder) as index:
            return bool(index.check())
    except PassageIndexFailed:
        return True


def _found(folder: Path) -> object:
    with opened(folder) as index:
        return index.search("m_1 passage 3 ending3", 10)


def test_an_index_without_checksums_opens_and_gets_them_with_the_next_write(folder: Path) -> None:
    change(folder / PASSAGES, "DELETE FROM meta WHERE name = 'contents'")
    with closing(sqlite3.connect(folder / PASSAGES)) as connection:
        connection.execute("DROP TABLE seals")
    embedded = opened(folder)
    assert [problem.code for problem in embedded.check()] == ["unsealed"]
    assert embedded.count() == 125
    embedded.put("m_3", many("m_3", 2))
    assert embedded.check() == ()
    embedded.close()
    change(folder / PASSAGES, CHANGES[0])
    assert problems(folder) == ["damaged"]


def test_writing_anew_gives_checksums_only_to_texts_that_are_what_was_put_in(folder: Path) -> None:
    with closing(sqlite3.connect(folder / PASSAGES)) as connection:
        connection.execute("DROP TABLE seals")
    change(folder / PASSAGES, "UPDATE passages SET text = 'another passage' WHERE id = 'm_1.1.7'")
    with opened(folder) as index, pytest.raises(PassageIndexFailed):
        index.rebuild()


def test_a_damaged_index_of_words_is_written_anew(folder: Path) -> None:
    change(folder / PASSAGES, "UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10")
    assert "damaged" in problems(folder)
    with opened(folder) as index:
        index.rebuild()
        assert index.check() == ()


@pytest.mark.parametrize("length", [600, 4096, 0.3, 0.9])
def test_what_is_left_of_a_cut_file_is_broken_and_not_merely_unreadable(folder: Path, length: float) -> None:
    path = folder / PASSAGES
    whole = path.read_bytes()
    path.write_bytes(whole[: int(length if length >= 1 else length * len(whole))])
    with pytest.raises(Broken):
        _searched_or_checked(folder)


def _searched_or_checked(folder: Path) -> None:
    """A search may not come upon what is missing; whoever asks is told."""
    with opened(folder) as index:
        index.search("m_1 passage 3 ending3", 200)
        raise Broken(index.check()[0].detail)


def test_a_locked_file_is_not_taken_for_a_broken_one(folder: Path) -> None:
    with closing(sqlite3.connect(folder / PASSAGES)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Locked):
            PassageIndex(folder, ScatteringEmbedder(), lock_timeout=0.1)
        with pytest.raises(Locked):
            discard(folder, lock_timeout=0.1, unless_like=ScatteringEmbedder.identity)
    assert problems(folder) == []


def test_an_index_that_is_well_is_left_to_whoever_made_it_anew(folder: Path) -> None:
    discard(folder, unless_like=ScatteringEmbedder.identity)
    assert problems(folder) == []
    change(folder / PASSAGES, CHANGES[0])
    discard(folder, unless_like=ScatteringEmbedder.identity)
    assert not folder.exists()


DISCARDS = """
import os
from vectorstore.index import discard
children = []
for _ in range(4):
    child = os.fork()
    if not child:
        ended = 1
        try:
            discard(Path(folder))
            ended = 0
        finally:
            os._exit(ended)
    children.append(child)
print("waiting", file=open(waiting, "w"))
assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
def test_several_processes_may_remove_one_index_at_the_same_moment(killer: Killer, folder: Path, tmp_path: Path) -> None:
    waiting = tmp_path / "waiting"
    with ThreadPoolExecutor(1) as beside:
        with FileLock(folder / "writer.lock"):
            discards = beside.submit(killer.run, tmp_path, DISCARDS, folder=folder, waiting=waiting)
            while not waiting.exists() and not discards.done():
                time.sleep(0.01)
            time.sleep(0.1)  # until they all wait for the lock; fewer that do make this no stricter, and no less right
        assert discards.result().ended == 0
    assert [path.name for path in tmp_path.iterdir()] == ["waiting"]


def test_nothing_is_put_in_that_is_not_so_any_more_when_it_could_be_written(folder: Path) -> None:
    with opened(folder) as index:
        assert not index.put("m_2", many("m_2", 6), still=lambda: False)
        assert len(index.groups()["m_2"]) == 5
        assert index.put("m_2", many("m_2", 6), still=lambda: True)
        assert len(index.groups()["m_2"]) == 6


def test_nothing_is_written_to_an_index_that_another_process_has_removed(folder: Path) -> None:
    with opened(folder) as index:
        discard(folder)
        for write in (lambda: index.put("m_3", many("m_3", 2)), lambda: index.remove({"m_1"}), index.rebuild):
            with pytest.raises(Replaced):
                write()
    assert not folder.exists()
    with opened(folder) as index:
        assert index.count() == 0
