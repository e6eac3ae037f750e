"""A private folder in the home for copies of what it holds, which is there for as long as they are needed and no longer."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analyzer.errors import StoreError
from analyzer.private_files import make_folder
from analyzer.settings import Settings
from analyzer.usecases.writing import refusals_told

_PREFIX, _LOCK = ".copy-", "copies.lock"


@contextmanager
def scratch_folder(settings: Settings) -> Iterator[Path]:
    """A folder that nobody else sees, removed at the end whatever happens; only one process at a time has one.

    What a process that was killed left of its own is removed first. Raises StoreError where another one takes too long,
    SettingsError where the home cannot be written.
    """
    with refusals_told(settings.home):
        make_folder(settings.home)
    with _alone(settings):
        _remove_left_over(settings.home)
        folder = settings.home / f"{_PREFIX}{secrets.token_hex(4)}"
        with refusals_told(folder):
            make_folder(folder)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_left_over(settings: Settings) -> None:
    """Remove the copies that a killed process left. Raises StoreError where another one has copies and takes too long."""
    if any(settings.home.glob(f"{_PREFIX}*")):
        with _alone(settings):
            _remove_left_over(settings.home)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(settings.home / _LOCK, timeout=settings.lock_timeout, mode=0o600)
    try:
        with refusals_told(settings.home):
            lock.acquire()
    except Timeout as error:
        raise StoreError("another process makes or restores a backup of this home", "Try again when it has finished.") from error
    try:
        yield
    finally:
        lock.release()


def _remove_left_over(home: Path) -> None:
    for folder in home.glob(f"{_PREFIX}*"):
        if folder.is_dir() and not folder.is_symlink():
            with refusals_told(folder):
                shutil.rmtree(folder)
