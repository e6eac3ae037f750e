"""Folders and files for their owner alone, whatever the umask, and written so that a cut leaves no half of one.

Everything that Analyzer keeps, and every document it writes, goes through here: folders are 0700 and files 0600. What is new is
written beside the place it is for, brought to the disk, and moved there: whoever looks sees the old file or the new one. A
process that is killed on the way leaves at worst a `.NAME.xxxxxxxx.part` beside it, which `left_over` finds. Windows has no such
modes: there a file takes what the folder of its user grants.
"""

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FOLDER, FILE = 0o700, 0o600
_OTHERS = 0o077
_NAMED = 40  # letters of the name in the one beside it, so that this is not too long for a disk
_PART = ".part"
_POSIX = os.name == "posix"


def make_folder(path: Path) -> None:
    """Make the folder and what is missing above it, for this user alone; one that is there stays as it is. Raises OSError."""
    missing = [place for place in (path, *path.parents) if not os.path.lexists(place)]
    (missing[-1].parent if missing else path).mkdir(exist_ok=True)  # says so where something else stands in its place
    for place in reversed(missing):
        place.mkdir(mode=FOLDER, exist_ok=True)  # another process may have made it meanwhile
        _shut(place, FOLDER)  # a umask may have taken from us, too


def write(path: Path, data: bytes) -> None:
    """Write the file whole, or leave what was there. Raises OSError."""
    with written_beside(path) as beside:
        beside.write_bytes(data)


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """An empty private file to write to, which takes the place of `path` at the end of the block. Raises OSError.

    With an exception it is removed, and `path` is as it was.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:_NAMED]}.", suffix=_PART, dir=path.parent)
    os.close(descriptor)
    beside = Path(name)
    try:
        _shut(beside, FILE)
        yield beside
        _shut(beside, FILE)  # what was written may have been put in its place by a library, with a mode of its own
        _to_disk(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # some file systems cannot, and the file is there all the same
        _to_disk(path.parent)


def left_over(root: Path) -> Iterator[Path]:
    """What killed writers left at or below a folder: halves of files, that nobody looks for."""
    for path, found in _below(root):
        if stat.S_ISREG(found.st_mode) and path.name.startswith(".") and path.name.endswith(_PART):
            yield path


def open_to_others(root: Path) -> tuple[Path, ...]:
    """The folders and files at and below `root` that somebody else on this machine might read, change or list; sorted.

    Links are not followed. Of what may not even be looked at nothing is told.
    """
    if not _POSIX:
        return ()
    return tuple(sorted(path for path, found in _below(root) if stat.S_IMODE(found.st_mode) & _OTHERS))


def shut(root: Path) -> int:
    """Take from others whatever they could do at and below `root`; returns at how many places. Raises OSError."""
    opened = open_to_others(root)
    for path in opened:
        with suppress(FileNotFoundError):  # it went meanwhile
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)
    return len(opened)


def _below(root: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """The folders and regular files at and below a place, each looked at once."""
    try:
        found = root.stat()
    except OSError:
        return
    yield root, found
    waiting = [root] if stat.S_ISDIR(found.st_mode) else []
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    with suppress(FileNotFoundError):  # it went while we looked
                        at = entry.stat(follow_symlinks=False)
                        if stat.S_ISDIR(at.st_mode):
                            waiting.append(Path(entry.path))
                        if not stat.S_ISLNK(at.st_mode):
                            yield Path(entry.path), at
        except OSError:
            continue


def _shut(path: Path, mode: int) -> None:
    """Give it this mode, on a disk that has modes: a stick or a server may have none, and is written all the same."""
    if _POSIX and stat.S_IMODE(path.stat().st_mode) != mode:
        with suppress(PermissionError):
            path.chmod(mode)


def _to_disk(path: Path) -> None:
    """Wait until the disk has it. A file is opened for writing, without which Windows refuses."""
    if path.is_dir() and not _POSIX:
        return  # a folder cannot be opened there
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
