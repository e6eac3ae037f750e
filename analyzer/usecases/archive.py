"""One file that carries what a home holds: a zip with a manifest of its members, written whole or not at all.

`manifest.json` comes first and says of each member its size and SHA-256. Databases are stored as they are, and so is what is
large; the rest is small and deflated. An archive can come from anywhere: everything in it is checked before a byte of it is used.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Self

from analyzer import __version__
from analyzer.errors import ArchiveUnusable, UsageError
from analyzer.private_files import written_beside
from analyzer.store.copies import RECORD_VERSION
from analyzer.workspace import Workspace

MANIFEST = "manifest.json"
LARGE = 32 * 2**20  # bytes from which a member is stored, so that nothing small becomes much when it is unpacked
_INFLATED = 256 * 2**20  # what deflated members may make together
_LARGEST_MANIFEST = 16 * 2**20
_MOST_MEMBERS = 200_000
_LONGEST_PART = 100
_CHUNK = 2**20
_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
_ENCRYPTED = 0x1
_LINK = 0o120000
_KIND_OF_FILE = 0o170000


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an archive says of itself: `format` with its number, the product and the record version that made it, when, how much.

    `about` is whatever else its kind wants to tell; whoever reads it has to check it.
    """

    format: str
    made_at: str
    counts: dict[str, int]
    product: str = __version__
    record: int = RECORD_VERSION
    about: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive: its size in bytes and its SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    stamp: Stamp
    members: tuple[Member, ...]


class Archive:
    """An archive that was found whole."""

    def __init__(self, path: Path, opened: zipfile.ZipFile, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._zip = opened
        self._members = {member.name: member for member in manifest.members}

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of a small member. Raises ArchiveUnusable."""
        parts: list[bytes] = []
        self._stream(name, parts.append)
        return b"".join(parts)

    def unpack(self, name: str, to: Path) -> None:
        """Write a member to a new file that only its owner can read. Raises ArchiveUnusable, OSError."""
        with written_beside(to) as beside, beside.open("wb") as file:
            self._stream(name, file.write)

    def check(self) -> Self:
        """Reads every member through. Raises ArchiveUnusable for the first that is not what the manifest says."""
        for name in self._members:
            self._stream(name, lambda _: None)
        return self

    def _stream(self, name: str, taken: Callable[[bytes], Any]) -> None:
        member, size, digest = self._members[name], 0, hashlib.sha256()
        with _damage_told(self.path), self._zip.open(name) as file:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                digest.update(chunk)
                if size > member.size:
                    break
                taken(chunk)
        if size != member.size or digest.hexdigest() != member.sha256:
            raise _damaged(self.path, f"{name} is not what was written")


def write(path: Path, stamp: Stamp, members: Mapping[str, Path | bytes], *, overwrite: bool = False) -> Manifest:
    """Write an archive beside its place, read it back, and move it there; where anything fails, nothing is left behind.

    Raises UsageError for a file that is there already, and for a place where none can be written.
    """
    may_be_written(path, overwrite=overwrite)
    manifest = Manifest(stamp=stamp, members=tuple(_member(name, content) for name, content in members.items()))
    try:
        with written_beside(path) as beside:
            with zipfile.ZipFile(beside, "w") as archive:
                told = json.dumps(_told(manifest), ensure_ascii=False, indent=2).encode(errors="replace")
                inflated = len(told)
                _put(archive, MANIFEST, told, len(told), deflated=len(told) <= LARGE)
                for member in manifest.members:
                    small = not member.name.endswith(".sqlite3") and member.size <= min(LARGE, _INFLATED - inflated)
                    inflated += member.size if small else 0
                    _put(archive, member.name, members[member.name], member.size, deflated=small)
            with opened(beside, stamp.format.rpartition(" ")[0], lambda _: True):
                pass
            may_be_written(path, overwrite=overwrite)  # another process may have been quicker
    except OSError as failure:
        told_why = failure.strerror or str(failure)
        raise UsageError(f"{path} cannot be written: {told_why}", "nothing was left there; choose another place") from failure
    return manifest


def may_be_written(path: Path, *, overwrite: bool) -> None:
    """Raises UsageError where an archive may not be put, before anything is done for it."""
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
    except OSError as failure:
        raise UsageError(f"{path} cannot be written: {failure.strerror}", "choose another place") from failure


@contextmanager
def opened(path: Path, kind: str, allowed: Callable[[str], bool]) -> Iterator[Archive]:
    """The archive of this kind, when everything in it has been checked; `allowed` says which names of members it may have.

    Raises ArchiveUnusable for one that is damaged, of another kind, newer than this product, or made to harm.
    """
    with ExitStack() as closing:
        try:
            file = closing.enter_context(path.open("rb"))
            archive = closing.enter_context(zipfile.ZipFile(file))
            checked = _checked(path, archive, path.stat().st_size, kind, allowed)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
            raise ArchiveUnusable(f"{_shown(path)} is no archive, or it is cut short", "take another copy of it") from error
        except OSError as failure:
            why = failure.strerror or failure
            raise ArchiveUnusable(f"{_shown(path)} cannot be read: {why}", "see that it is there") from failure
        yield checked


def safe_name(name: str) -> bool:
    """Whether a member may be called so: a path downward, of letters that every disk can hold."""
    parts = name.split("/")
    return bool(_NAME.fullmatch(name)) and all(part.strip(".") and len(part) <= _LONGEST_PART for part in parts)


def sha256_of(path: Path) -> tuple[int, str]:
    """The size and the SHA-256 of a file. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
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
            while chunk := source.read(_CHUNK):
                file.write(chunk)


def _checked(path: Path, archive: zipfile.ZipFile, size: int, kind: str, allowed: Callable[[str], bool]) -> Archive:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if MANIFEST not in names:
        raise ArchiveUnusable(f"{_shown(path)} is no archive of Analyzer: it has no manifest", "give a file that it wrote")
    if len({name.casefold() for name in names}) != len(names) or len(names) > _MOST_MEMBERS:
        raise _damaged(path, "it names a member twice, or has too many")
    for info in infos:
        _check_entry(path, info)
    _check_sizes(path, infos, size)
    manifest = _manifest(path, archive, kind)
    listed = {member.name: member for member in manifest.members}
    if wrong := listed.keys() ^ (set(names) - {MANIFEST}):
        missing = sorted(listed.keys() & wrong)
        raise _damaged(path, f"{missing[0]} is missing" if missing else f"{_shown(min(wrong))} does not belong in it")
    for info in infos:
        if info.filename != MANIFEST and (not allowed(info.filename) or listed[info.filename].size != info.file_size):
            raise _damaged(path, f"{_shown(info.filename)} does not belong in it, or is of another size")
    return Archive(path, archive, manifest).check()


def _check_entry(path: Path, info: zipfile.ZipInfo) -> None:
    if not safe_name(info.filename):
        raise _damaged(path, f"{_shown(info.filename)} is no name for a member")
    if info.external_attr >> 16 & _KIND_OF_FILE == _LINK:
        raise _damaged(path, f"{info.filename} is a link")
    stored = info.compress_type == zipfile.ZIP_STORED
    if info.flag_bits & _ENCRYPTED or not (stored or info.compress_type == zipfile.ZIP_DEFLATED):
        raise _damaged(path, f"{info.filename} is packed in another way")
    if not stored and info.file_size > LARGE:
        raise _damaged(path, f"{info.filename} would become too large")


def _check_sizes(path: Path, infos: list[zipfile.ZipInfo], size: int) -> None:
    """Members may not share bytes of the archive, and may not become much more than it is."""
    packed = sum(info.compress_size for info in infos)
    inflated = sum(info.file_size for info in infos if info.compress_type != zipfile.ZIP_STORED)
    stored = all(info.file_size == info.compress_size for info in infos if info.compress_type == zipfile.ZIP_STORED)
    if packed > size or not stored or inflated > _INFLATED:
        raise _damaged(path, "it would become larger than what is in it")


def _manifest(path: Path, archive: zipfile.ZipFile, kind: str) -> Manifest:
    info = archive.getinfo(MANIFEST)
    if info.file_size > _LARGEST_MANIFEST:
        raise _damaged(path, "its manifest is too large")
    with _damage_told(path):
        body = json.loads(archive.read(info))
        form = str(body["format"])
    _check_kind(path, form, kind)
    with _damage_told(path):
        members = tuple(
            Member(name=str(member["name"]), size=int(member["size"]), sha256=str(member["sha256"])) for member in body["members"]
        )
        stamp = Stamp(
            format=form,
            made_at=str(body["made_at"]),
            counts={str(name): int(number) for name, number in body["counts"].items()},
            product=str(body["product"]),
            record=int(body["record"]),
            about=dict(body.get("about", {})),
        )
    if stamp.record > RECORD_VERSION:
        told = f"{_shown(path)} was written by a newer Analyzer ({_shown(stamp.product)}, record version {stamp.record})"
        raise ArchiveUnusable(f"{told}; this one knows {RECORD_VERSION}", "Update Analyzer; nothing was changed.")
    return Manifest(stamp=stamp, members=members)


def _check_kind(path: Path, form: str, kind: str) -> None:
    name, _, number = form.rpartition(" ")
    if name != kind or not number.isdecimal():
        raise ArchiveUnusable(f"{_shown(path)} is no {kind.removeprefix('analyzer ')} of Analyzer, but {_shown(form)!r}")
    if int(number) > 1:
        raise ArchiveUnusable(f"{_shown(path)} was written by a newer Analyzer", "Update Analyzer; nothing was changed.")


def _told(manifest: Manifest) -> dict[str, object]:
    return asdict(manifest.stamp) | {"members": [asdict(member) for member in manifest.members]}


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    import zlib

    wrong = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, TypeError, ValueError, AttributeError, NotImplementedError)
    try:
        yield
    except (*wrong, RecursionError, RuntimeError, OverflowError) as error:
        raise _damaged(path, "it cannot be read through") from error


def _damaged(path: Path, what: str) -> ArchiveUnusable:
    return ArchiveUnusable(f"{_shown(path)} is damaged: {what}", "take another copy of it; nothing was changed")


def _shown(name: object) -> str:
    """A name of others as one line of a terminal may show it."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "replace").decode() for c in str(name))[:300]
