"""Writing files that only their owner can read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from analyzer.errors import SettingsError, UsageError
from analyzer.usecases import resolve
from analyzer.workspace import Workspace


def write_private(path: Path, text: str) -> None:
    """Write beside and move into place, so that a cut never leaves half a file. Raises OSError.

    What UTF-8 cannot hold, as a name may have it where its bytes were no text, is written as a question mark.
    """
    _write(path, text.encode(errors="replace"))


def keep(path: Path, document: bytes, *, overwrite: bool) -> None:
    """Write a finished document to the place that a person chose.

    Raises UsageError for a file that is there already, and for a place where none can be written.
    """
    try:
        if path.exists():
            _may_replace(path, overwrite=overwrite)
        _write(path, document)
    except OSError as failure:
        raise UsageError(f"{path} cannot be written: {failure.strerror}", "choose another place with -o") from failure


def _may_replace(path: Path, *, overwrite: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "give the file in it a name")
    if not path.is_file():
        raise UsageError(f"{path} is no regular file", "choose another place with -o")
    if not overwrite:
        raise UsageError(f"{path} exists already", "--force overwrites it")


def note_export(ws: Workspace, kind: str, path: Path, ref: str) -> None:
    """Remember that a document on this client was written to a file, so that it can be named when a meeting is refiled."""
    client = resolve.client(ws.store, ref)
    ws.store.keep_export(kind, str(path.absolute()), [head.id for head in ws.store.meetings(client.id)])


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    beside.unlink(missing_ok=True)
    beside.touch(mode=0o600, exist_ok=False)
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextmanager
def refusals_told(place: Path) -> Iterator[None]:
    """A disk that refuses to be written, as a SettingsError that names the place."""
    try:
        yield
    except OSError as failure:
        raise SettingsError(
            f"{failure.filename or place} cannot be written: {failure.strerror or failure}",
            "clear that place, or set ANALYZER_HOME to a folder of your own",
        ) from failure
