"""A backup of a home in one file, made while others work in it: the record as it is at one moment, and what belongs beside it."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from analyzer import tombstones
from analyzer.errors import NotFound, PassageIndexError, StoreError
from analyzer.model.copies import BackedUp
from analyzer.store import copies, tidy_name
from analyzer.usecases import archive
from analyzer.usecases.scratch import scratch_folder
from analyzer.usecases.writing import agreed_place, note_copy, refusals_told
from analyzer.workspace import Workspace

KIND = "analyzer backup"
FORMAT = f"{KIND} 1"
RECORD, SETTINGS, PRACTICE, FORGOTTEN = "record.sqlite3", "settings.toml", "practice.toml", tombstones.FILE_NAME
FOLDERS = ("prompts", "drafts")
_FOLDER = re.compile(rf"({'|'.join(FOLDERS)})/.+")
_INDEX = re.compile(r"index/(c_[a-z0-9]+)/passages\.sqlite3")


def backup(ws: Workspace, path: Path, *, overwrite: bool = False, with_index: bool = True) -> BackedUp:
    """Write a backup of the home to this file, and read it back.

    Raises NotFound where there is no record yet, UsageError for a place where no file may be put, StoreError for a record that is
    damaged: a copy of that is no backup.
    """
    if not ws.settings.record_path.exists():
        raise NotFound("there is nothing to back up yet", "`analyzer upload FILE --client NAME` adds a meeting")
    archive.may_be_written(ws.settings.home, path, overwrite=overwrite)
    agreed_place(ws, path, "the backup, which holds everybody's words,")
    _ = ws.store  # brings a record of an earlier version to this one
    with scratch_folder(ws.settings) as folder:
        members: dict[str, Path | bytes] = {RECORD: folder / RECORD}
        before = _texts(ws)  # what was forgotten by then, too: nothing that goes from now on is told as gone
        copies.copy_database(ws.settings.record_path, folder / RECORD, ws.settings.lock_timeout)
        copies.check(folder / RECORD)
        indexes = dict(_indexes(ws, folder)) if with_index else {}
        members |= before | {index_name(client): file for client, file in indexes.items()}
        counted = copies.counts(folder / RECORD)
        meetings = {meeting for some in copies.meetings_of(folder / RECORD).values() for meeting in some}
        stamp = archive.stamp(ws, FORMAT, counted)
        archive.write(path, stamp, members, overwrite=overwrite)
    _note(ws, path, meetings)
    return BackedUp(
        path=str(path.absolute()),
        size=path.stat().st_size,
        made_at=ws.now().replace(microsecond=0),
        counts=counted,
        indexes=len(indexes),
        without_index=tuple(one.slug for one in ws.store.clients() if one.id not in indexes and ws.store.meetings(one.id)),
    )


def allowed(name: str) -> bool:
    """Whether a backup may have a member of this name."""
    return name in (RECORD, SETTINGS, PRACTICE, FORGOTTEN) or bool(_INDEX.fullmatch(name) or _FOLDER.fullmatch(name))


def index_name(client_id: str) -> str:
    """The name of the member that holds the passages of this client."""
    return f"index/{client_id}/passages.sqlite3"


def client_of_index(name: str) -> str | None:
    """The client whose passages are in the member of this name; None where it holds something else."""
    found = _INDEX.fullmatch(name)
    return found[1] if found else None


def _texts(ws: Workspace) -> dict[str, Path | bytes]:
    """The files of the home that a person writes, and what was forgotten; it is told which cannot be in a backup."""
    home = ws.settings.home
    with refusals_told(home):
        found: dict[str, Path | bytes] = {
            name: (home / name).read_bytes() for name in (SETTINGS, PRACTICE, FORGOTTEN) if (home / name).is_file()
        }
        for folder in FOLDERS:
            there = sorted((home / folder).rglob("*"), key=lambda path: str(path).swapcase())  # small letters first: ours are
            files = [path for path in there if path.is_file()]
            for name in (path.relative_to(home).as_posix() for path in files if not path.name.endswith(".part")):
                if archive.safe_name(name) and name.casefold() not in {taken.casefold() for taken in found}:
                    found[name] = (home / name).read_bytes()
                else:
                    ws.notice("left_out", f"{tidy_name(name)} is not in the backup: give it a plain name of its own")
    return found


def _indexes(ws: Workspace, folder: Path) -> Iterator[tuple[str, Path]]:
    """Copies of the passages of each client whose index is sound and has no meeting that is not its own in the record's copy."""
    known = copies.meetings_of(folder / RECORD)
    indexed: set[str] = set()
    for client in ws.track(sorted(ws.index_folders() & known.keys()), "copying indexes"):
        copy = folder / f"{client}.sqlite3"
        with suppress(PassageIndexError, StoreError):
            ids = ws.copy_passages(client, copy)
            if {passage.partition(".")[0] for passage in ids} <= known[client]:
                indexed |= ids
                yield client, copy
    copies.mark_behind(folder / RECORD, indexed)


def _note(ws: Workspace, path: Path, meetings: set[str]) -> None:
    """Note where the backup lies, so that a later `forget` names it: it still holds what then goes."""
    with suppress(StoreError):  # told by what comes next
        meetings = meetings & {head.id for head in ws.store.meetings()}
    note_copy(ws, "backup", path, meetings)
