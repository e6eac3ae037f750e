"""Writing files that only their owner can read, and asking where a place would carry them further."""

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from analyzer.errors import SettingsError, StoreError, UsageError
from analyzer.places import Machine, registered_folders, synced
from analyzer.private_files import write
from analyzer.settings import named_folders
from analyzer.usecases import resolve
from analyzer.workspace import Workspace

_DATABASE = b"SQLite format 3\0"


def write_private(path: Path, text: str) -> None:
    """Write beside and move into place, so that a cut never leaves half a file. Raises OSError.

    What UTF-8 cannot hold, as a name may have it where its bytes were no text, is written as a question mark.
    """
    write(path, text.encode(errors="replace"))


def keep(path: Path, document: bytes, *, overwrite: bool) -> None:
    """Write a finished document to the place that a person chose.

    Raises UsageError for a file that is there already, and for a place where none can be written.
    """
    try:
        if path.exists():
            _may_replace(path, overwrite=overwrite)
        write(path, document)
    except OSError as failure:
        raise UsageError(f"{path} cannot be written: {failure.strerror}", "choose another place with -o") from failure


def _may_replace(path: Path, *, overwrite: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "give the file in it a name")
    if not path.is_file():
        raise UsageError(f"{path} is no regular file", "choose another place with -o")
    if not overwrite:
        raise UsageError(f"{path} exists already", "--force overwrites it")
    if is_database(path):
        raise UsageError(f"{path} is a database, which is not overwritten", "choose another place with -o")


def is_database(path: Path) -> bool:
    """Whether it is a file that programs keep things in, as a home its record: no document takes its place. Raises OSError."""
    with path.open("rb") as file:
        return file.read(len(_DATABASE)) == _DATABASE


def note_copy(ws: Workspace, kind: str, place: Path, meetings: Collection[str], client_id: str | None = None) -> None:
    """Remember where a copy of these meetings was put, so that a later `forget` names it; where that cannot be, it is told."""
    try:
        ws.store.keep_export(kind, str(place.absolute()), meetings, client_id)
    except StoreError as failure:
        ws.notice("not_noted", f"where it lies could not be noted on record, and `forget` will not name it: {failure.message}")


def note_export(ws: Workspace, kind: str, path: Path, ref: str) -> None:
    """Remember that a document on this client was written to a file, so that it can be named when a meeting is refiled."""
    client = resolve.client(ws.store, ref)
    ws.store.keep_export(kind, str(path.absolute()), [head.id for head in ws.store.meetings(client.id)], client.id)


def syncing(path: Path) -> str | None:
    """The service that copies what lies at this place to other machines; None where none is known of."""
    try:
        home, registered = _own_folder(path), registered_folders()
        return synced(path, Machine(system=sys.platform, home=home, variables=named_folders(), registered=registered))
    except OSError:  # the folder that we are in was removed: the writing says so
        return None


def agreed_place(ws: Workspace, path: Path, what: str) -> None:
    """Ask before something private is written into a folder that is synced; `what` is it in words: "the brief".

    To be called before it is written. `path` is the file, or the folder for it. Raises UsageError where nobody agrees.
    """
    if not (service := syncing(path)):
        return
    told = f"{service} copies {what} from there to other machines ({path})"
    if not ws.agree(told):
        raise UsageError(f"{told}; nothing was written", "choose another place, or --yes writes it there all the same")


def tell_if_synced(ws: Workspace, path: Path, what: str) -> None:
    """Say that a document that is safe to send lies in a folder that is synced."""
    if service := syncing(path):
        ws.notice("synced", f"{service} copies {what} from there to other machines ({path})")


def _own_folder(path: Path) -> Path:
    try:
        return Path.home()
    except RuntimeError:  # nobody's, as in some containers
        return path.absolute().parent


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
