"""Files for their owner alone: whatever the umask, and whole or not at all."""

import multiprocessing
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.private_files import left_over, make_folder, open_to_others, shut, write, written_beside

pytestmark = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")


@pytest.fixture(params=[0o000, 0o022, 0o777], ids=lambda mask: f"{mask:03o}")
def mask(request: pytest.FixtureRequest) -> Iterator[int]:
    """A umask that lets everybody in, the usual one, and one that would lock out even us."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_and_its_folders_are_ours_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    folder = tmp_path / "a" / "b"
    make_folder(folder)
    write(folder / "x.txt", b"one")
    assert [mode(p) for p in (tmp_path / "a", folder, folder / "x.txt")] == [0o700, 0o700, 0o600]
    assert (folder / "x.txt").read_bytes() == b"one"


def test_what_is_replaced_takes_the_new_mode(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"before")
    path.chmod(0o666)
    write(path, b"after")
    assert (path.read_bytes(), mode(path)) == (b"after", 0o600)


def test_a_file_whose_making_fails_stays_as_it_was_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(b"before")

    def cut_off() -> None:
        with written_beside(path) as beside:
            beside.write_bytes(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_what_a_library_put_in_place_is_made_private_too(tmp_path: Path) -> None:
    path = tmp_path / "copy.zip"
    with written_beside(path) as beside:
        assert mode(beside) == 0o600
        beside.unlink()
        beside.write_bytes(b"by a library")
        beside.chmod(0o644)
    assert mode(path) == 0o600


def killed(path: Path) -> None:
    with written_beside(path) as beside:
        beside.write_bytes(b"half")
        os._exit(9)


def test_what_a_killed_writer_leaves_is_private_found_and_in_nobodys_way(tmp_path: Path) -> None:
    path = tmp_path / ("ä" * 120)  # 240 bytes, and a disk takes 255
    write(path, b"before")
    child = multiprocessing.get_context("fork").Process(target=killed, args=(path,))
    child.start()
    child.join()
    assert child.exitcode == 9
    assert path.read_bytes() == b"before"
    [half] = left_over(tmp_path)
    assert (half.read_bytes(), mode(half)) == (b"half", 0o600)
    write(path, b"after")
    assert path.read_bytes() == b"after"


def test_two_writers_of_one_file_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    with written_beside(path) as one, written_beside(path) as other:
        one.write_bytes(b"one")
        other.write_bytes(b"other")
    assert path.read_bytes() == b"one"  # the last to end
    assert list(left_over(tmp_path)) == []


def test_a_folder_that_is_there_stays_and_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there").chmod(0o755)
    make_folder(tmp_path / "there")
    assert mode(tmp_path / "there") == 0o755
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(FileExistsError) as told:
            make_folder(place)
        assert told.value.filename == str(tmp_path / "file")


def test_what_others_could_get_at_is_found_and_shut_without_following_links(tmp_path: Path) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere.txt"
    make_folder(home / "deep" / "er")
    elsewhere.touch()
    elsewhere.chmod(0o644)
    (home / "link").symlink_to(elsewhere)
    (home / "circle").symlink_to(home)
    for path, wrong in ((home, 0o711), (home / "deep" / "er", 0o750), (home / "deep" / "read.txt", 0o604)):
        path.touch()
        path.chmod(wrong)
    assert open_to_others(home) == (home, home / "deep" / "er", home / "deep" / "read.txt")
    assert shut(home) == 3
    assert open_to_others(home) == ()
    assert mode(home / "deep" / "read.txt") == 0o600
    assert mode(elsewhere) == 0o644


def test_a_program_of_ours_stays_one_when_it_is_shut(tmp_path: Path) -> None:
    (tmp_path / "run").touch()
    (tmp_path / "run").chmod(0o755)
    shut(tmp_path / "run")
    assert mode(tmp_path / "run") == 0o700


def test_of_a_place_that_is_not_there_nothing_is_told(tmp_path: Path) -> None:
    assert open_to_others(tmp_path / "nowhere") == ()
    assert list(left_over(tmp_path / "nowhere")) == []
