"""One file that carries what a home holds: a zip with a manifest of its members, written whole or not at all.

`manifest.json` comes first and says of each member its size and SHA-256. Databases are stored as they are, and so is what is
large; the rest is small and deflated. How one is read, and what is checked before, stands in `archive_reading`.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from analyzer.errors import UsageError
from analyzer.private_files import written_beside
from analyzer.usecases.archive_reading import (
    CHUNK,
    INFLATED,
    LARGE,
    MANIFEST,
    Archive,
    Manifest,
    Member,
    Stamp,
    opened,
    safe_name,
)
from analyzer.usecases.halves import held, remove_abandoned
from analyzer.usecases.writing import is_database
from analyzer.workspace import Workspace

__all__ = ["Archive", "Manifest", "Member", "Stamp", "may_be_written", "opened", "safe_name", "sha256_of", "stamp", "write"]


def write(path: Path, stamp: Stamp, members: Mapping[str, Path | bytes], *, overwrite: bool = False) -> Manifest:
    """Write an archive beside its place, read it back, and move it there; where anything fails, nothing is left behind.

    Raises UsageError for a file that is there already, and for a place where none can be written.
    """
    _may_be_put(path, overwrite=overwrite)
    manifest = Manifest(stamp=stamp, members=tuple(_member(name, content) for name, content in members.items()))
    try:
        remove_abandoned(path)
        with written_beside(path) as beside, held(beside):
            with zipfile.ZipFile(beside, "w") as archive:
                told = json.dumps(_told(manifest), ensure_ascii=False, indent=2).encode(errors="replace")
                inflated = len(told)
                _put(archive, MANIFEST, told, len(told), deflated=len(told) <= LARGE)
                for member in manifest.members:
                    small = not member.name.endswith(".sqlite3") and member.size <= min(LARGE, INFLATED - inflated)
                    inflated += member.size if small else 0
                    _put(archive, member.name, members[member.name], member.size, deflated=small)
            with opened(beside, stamp.format.rpartition(" ")[0], lambda _: True):
                pass
            _may_be_put(path, overwrite=overwrite)  # another process may have been quicker
    except OSError as failure:
        told_why = failure.strerror or str(failure)
        raise UsageError(f"{path} cannot be written: {told_why}", "nothing was left there; choose another place") from failure
    return manifest


def may_be_written(home: Path, path: Path, *, overwrite: bool) -> None:
    """Raises UsageError where an archive of this home may not be put, before anything is done for it."""
    _may_be_put(path, overwrite=overwrite)
    with suppress(OSError):
        if path.resolve().is_relative_to(home.resolve()):
            told = f"{path} is in the home, of which it would be a part; what is lost with the home is then lost with it"
            raise UsageError(told, "choose a place outside")


def _may_be_put(path: Path, *, overwrite: bool) -> None:
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder", "give the file in it a name")
        if not path.parent.is_dir():
            raise UsageError(f"there is no folder {path.parent}", "make it, or choose another place")
        if path.is_symlink() or path.exists():
            if not path.is_file():
                raise UsageError(f"{path} is no regular file", "choose another place")
            if not overwrite:
                raise UsageError(f"{path} exists already", "--force overwrites it")
            if is_database(path):
                raise UsageError(f"{path} is a database, which is not overwritten", "choose another place")
    except OSError as failure:
        raise UsageError(f"{path} cannot be written: {failure.strerror}", "choose another place") from failure


def sha256_of(path: Path) -> tuple[int, str]:
    """The size and the SHA-256 of a file. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return size, digest.hexdigest()


def stamp(ws: Workspace, form: str, counts: Mapping[str, int], about: Mapping[str, object] | None = None) -> Stamp:
    """The stamp of an archive that is made now."""
    return Stamp(format=form, made_at=ws.now().isoformat(timespec="seconds"), counts=dict(counts), about=dict(about or {}))


def _member(name: str, content: Path | bytes) -> Member:
    if not safe_name(name):
        raise ValueError(f"no name for a member: {name!r}")
    size, digest = sha256_of(content) if isinstance(content, Path) else (len(content), hashlib.sha256(content).hexdigest())
    return Member(name=name, size=size, sha256=digest)


def _put(archive: zipfile.ZipFile, name: str, content: Path | bytes, size: int, *, deflated: bool) -> None:
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))  # when, stands in the manifest, with its zone
    info.external_attr = 0o600 << 16
    info.file_size = size
    info.compress_type = zipfile.ZIP_DEFLATED if deflated else zipfile.ZIP_STORED
    with archive.open(info, "w") as file:
        if isinstance(content, bytes):
            file.write(content)
            return
        with content.open("rb") as source:
            while chunk := source.read(CHUNK):
                file.write(chunk)


def _told(manifest: Manifest) -> dict[str, object]:
    return asdict(manifest.stamp) | {"members": [asdict(member) for member in manifest.members]}
