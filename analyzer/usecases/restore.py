"""A backup put back into an empty home: checked whole, made ready out of sight, without what was forgotten since, then moved in.

All of it is made in a private folder of the home, and what was forgotten is taken out there. The record moves in last: until then
there is no home to see, and a restore that was cut is simply done again.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from analyzer import tombstones
from analyzer.errors import ArchiveUnusable, NotFound, StoreError, UsageError
from analyzer.model.copies import Restored
from analyzer.private_files import make_folder
from analyzer.store import copies
from analyzer.tombstones import Tombstones
from analyzer.usecases import archive, backup
from analyzer.usecases.forget_again import forget_again
from analyzer.usecases.household import close_to_others, tell_where
from analyzer.usecases.scratch import scratch_folder
from analyzer.usecases.writing import refusals_told
from analyzer.workspace import Workspace

_SIDE_FILES = ("-wal", "-shm", "-journal")


def restore(ws: Workspace, path: Path, forgotten: Path | None = None) -> Restored:
    """Fill the home from a backup. `forgotten` is the file in which another home keeps what was forgotten there.

    Raises UsageError for a home that holds something, ArchiveUnusable for a backup that is damaged or newer, and StoreError;
    nothing is then in the home that was not there before.
    """
    _check_empty(ws, forgotten)
    home = ws.settings.home
    with archive.opened(path, backup.KIND, backup.allowed) as found:
        present = _buried(home, forgotten)
        theirs = tombstones.read(found.read(backup.FORGOTTEN)) if backup.FORGOTTEN in found else Tombstones()
        with scratch_folder(ws.settings) as folder:
            staged = folder / "home"
            _unpack(found, staged)
            gone = _without(ws, found, staged, present.newer_than(theirs))
            everything = tombstones.merged(present, tombstones.load(tombstones.path_in(staged)))
            with tombstones.alone(home, ws.settings.lock_timeout), refusals_told(home):
                _check_empty(ws, forgotten)
                if everything:
                    tombstones.write(tombstones.path_in(home), everything)
                kept, indexes = _move_in(staged, home)
                close_to_others(ws)
    tell_where(ws)
    for name in kept:
        ws.notice("kept", f"{name} was here already and stays as it is; the one in the backup was left there")
    if gone:
        ws.notice("not_brought_back", _told(gone))
    elif not present and forgotten is None:
        ws.notice("forgotten_unknown", _UNKNOWN)
    stamp = found.manifest.stamp
    if not indexes and ws.store.meetings():
        ws.notice("index_pending", "the search index is made by the next `analyzer search`, or by `analyzer reindex`")
    return Restored(
        home=str(home),
        backup=str(path.absolute()),
        made_at=stamp.made_at,
        counts=copies.counts(ws.settings.record_path),
        not_brought_back=gone,
        kept=kept,
        indexes=indexes,
    )


def _check_empty(ws: Workspace, forgotten: Path | None) -> None:
    """Raises UsageError for a home with a record in which anything was ever kept, or with what is left of one."""
    record, home = ws.settings.record_path, ws.settings.home
    elsewhere = _ELSEWHERE
    if forgotten is None and tombstones.path_in(home).exists():  # which would be moved away with it
        elsewhere += f"; `--forgotten` with its {tombstones.FILE_NAME} then keeps out what was forgotten in it"
    if not os.path.lexists(record):
        left = next((name for end in _SIDE_FILES if os.path.lexists(name := Path(f"{record}{end}"))), None)
        if left:
            raise UsageError(f"{left} is left of a record that is gone; it may hold what was kept last", "move it away first")
        return
    try:
        empty = copies.is_empty(record)
    except StoreError as damaged:
        raise UsageError(f"there is a record already, and it cannot be read: {damaged.message}", elsewhere) from damaged
    if not empty:
        raise UsageError(f"{home} holds a record already; a backup is put into an empty home", elsewhere)


def _buried(home: Path, forgotten: Path | None) -> Tombstones:
    """What was forgotten in this home and, where that is given, in another one."""
    present = tombstones.load(tombstones.path_in(home))
    if forgotten is None:
        return present
    if not forgotten.is_file():
        raise NotFound(f"there is no file {forgotten}", f"--forgotten takes the {tombstones.FILE_NAME} of another home")
    return tombstones.merged(present, tombstones.load(forgotten))


def _unpack(found: archive.Archive, staged: Path) -> None:
    """Make a home of the archive. Raises ArchiveUnusable where the record is not what the manifest says."""
    if backup.RECORD not in found:
        raise ArchiveUnusable(f"{found.path} holds no record", "take another copy of it; nothing was changed")
    for member in found.manifest.members:
        place = staged / member.name
        with refusals_told(place):
            make_folder(place.parent)
            found.unpack(member.name, place)
    stamp = found.manifest.stamp
    try:
        copies.check(staged / backup.RECORD)
        counted = copies.counts(staged / backup.RECORD)
    except StoreError as damaged:
        why = damaged.message.removeprefix("the record is damaged: ")
        raise ArchiveUnusable(f"the record in {found.path} is damaged: {why}", _ANOTHER) from damaged
    if any(counted.get(kind) != number for kind, number in stamp.counts.items()):  # a later version may count more
        raise ArchiveUnusable(f"{found.path} holds another record than its manifest tells of", _ANOTHER)


def _without(ws: Workspace, found: archive.Archive, staged: Path, buried: Tombstones) -> dict[str, int]:
    """Bring the staged record to this version, and forget again in the staged home what is buried; returns how much that was."""
    with _opened(ws, staged) as inside:
        before = _read_through(inside, found)
        gone = forget_again(inside, buried) if buried else {}
        left = len(inside.store.meetings())
        damage = inside.store.damage() if gone else ()
    record = staged / backup.RECORD
    if damage or before - left != gone.get("meetings", 0):
        raise StoreError("what was forgotten could not be taken out of the backup", "nothing was restored")
    for end in _SIDE_FILES:
        if Path(f"{record}{end}").exists():
            raise StoreError("the record could not be closed", "nothing was restored; try again")
    copies.check(record)
    return gone


def _read_through(inside: Workspace, found: archive.Archive) -> int:
    """How many meetings the staged record has. Raises ArchiveUnusable where it is none that Analyzer made, or cannot be read."""
    staged = inside.settings.record_path
    store, fresh = inside.store, staged.parent.parent / "fresh" / staged.name
    with Workspace(replace(inside.settings, home=fresh.parent)) as empty:
        _ = empty.store
    if copies.shape(staged) != copies.shape(fresh):
        raise ArchiveUnusable(f"{found.path} holds a record that is not made as Analyzer makes one", _ANOTHER)
    try:
        store.clients()
        return len(store.meetings())
    except (ValueError, TypeError, KeyError, IndexError, AttributeError) as odd:
        raise ArchiveUnusable(f"the record in {found.path} holds what none can hold", _ANOTHER) from odd


@contextmanager
def _opened(ws: Workspace, staged: Path) -> Iterator[Workspace]:
    """The staged home as a workspace of its own."""
    settings = replace(ws.settings, home=staged)
    with Workspace(settings, now=ws.now, track=ws.track, tell_now=ws.tell_now, agree=ws.agree) as inside:
        yield inside


def _move_in(staged: Path, home: Path) -> tuple[tuple[str, ...], int]:
    """Move everything to where it belongs, the record last; returns what was there already and stays, and how many indexes."""
    kept = []
    for name in (backup.SETTINGS, backup.PRACTICE, *backup.FOLDERS):
        if (staged / name).exists():
            if os.path.lexists(home / name):
                kept += [] if _same(staged / name, home / name) else [name]
            else:
                (staged / name).rename(home / name)
    indexes = sorted((staged / "index").iterdir()) if (staged / "index").is_dir() else []
    make_folder(home / "index")
    for folder in indexes:
        place = home / "index" / folder.name
        if place.is_dir():  # of a restore that was cut: without a record it belongs to nobody
            shutil.rmtree(place)
        folder.rename(place)
    record = home / backup.RECORD
    if record.exists():
        copies.remove_empty(record)
    (staged / backup.RECORD).rename(record)
    _to_disk(home)
    return tuple(kept), len(indexes)


def _same(one: Path, other: Path) -> bool:
    """Whether two files, or two folders with all that is in them, hold the same."""
    if one.is_file() or other.is_file():
        return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()
    here, there = ({path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} for folder in (one, other))
    return here == there and all((one / name).read_bytes() == (other / name).read_bytes() for name in here)


def _to_disk(folder: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _told(gone: dict[str, int]) -> str:
    """How much was in the backup that is forgotten, in words."""
    from analyzer.relationship.words import count

    some = [count(gone[kind], name) for kind, name in _KINDS.items() if gone.get(kind)]
    told = " and ".join(filter(None, (", ".join(some[:-1]), some[-1])))
    were = "was" if sum(gone.get(kind, 0) for kind in _KINDS) == 1 else "were"
    return f"{told} that {were} forgotten after this backup {were} not brought back"


_KINDS = {"clients": "client", "meetings": "meeting", "people": "person"}
_UNKNOWN = (
    "nothing is known here of what was forgotten after this backup: if something was, restore it into an empty home with "
    f"--forgotten PATH, which is the {tombstones.FILE_NAME} of the home that was backed up"
)
_ELSEWHERE = "set ANALYZER_HOME to an empty folder, or move this home away"
_ANOTHER = "take another copy of it; nothing was changed"
