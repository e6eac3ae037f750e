"""Halves of what is written outside the home: known as somebody's while they are written, and removed when nobody's any more.

A process that is killed while it writes a backup leaves a `.NAME.xxxxxxxx.part` beside the place, with everybody's words in it
and where nobody looks. The next one that writes to that place removes it.
"""

import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PART = ".part"
NAMED = 40  # letters of the name of what it is half of
_LETTERS = 8  # between that name and the end
_OLD = 86_400.0  # seconds after which nobody writes to it any more, where it cannot be asked who does


@contextmanager
def held(half: Path) -> Iterator[None]:
    """Let others see that this file or folder is being written; the system forgets it with the process. Raises OSError."""
    descriptor = _taken(half)
    try:
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def remove_abandoned(place: Path) -> None:
    """Remove the halves of this file or folder that killed processes left; what cannot be removed stays."""
    begin = f".{place.name[:NAMED]}."
    with suppress(OSError):
        for half in list(place.parent.iterdir()):
            if half.name.startswith(begin) and half.name.endswith(PART) and len(half.name) == len(begin + PART) + _LETTERS:
                _remove(half)


def _remove(half: Path) -> None:
    with suppress(OSError):  # it went meanwhile, somebody writes to it, or it may not be touched
        if half.is_symlink() or not (half.is_file() or half.is_dir()):
            return
        with held(half):
            if sys.platform == "win32" and time.time() - half.stat().st_mtime < _OLD:
                return
            if half.is_dir():
                shutil.rmtree(half)
            else:
                half.unlink()


def _taken(half: Path) -> int | None:
    """A lock on it, as its open descriptor; None where there are no such locks. Raises OSError where somebody else has it."""
    if sys.platform == "win32":
        return None
    import fcntl

    descriptor = os.open(half, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as failure:
        if isinstance(failure, BlockingIOError):
            os.close(descriptor)
            raise
    return descriptor  # a disk without locks: written all the same
