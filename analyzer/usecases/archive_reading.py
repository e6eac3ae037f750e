"""An archive is read: everything in it is checked before a byte of it is used, as it can come from anywhere."""

import datetime as dt
import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

from analyzer import __version__
from analyzer.errors import ArchiveUnusable
from analyzer.private_files import written_beside
from analyzer.store.copies import RECORD_VERSION

MANIFEST = "manifest.json"
LARGE = 32 * 2**20  # bytes from which a member is stored, so that nothing small becomes much when it is unpacked
INFLATED = 256 * 2**20  # what deflated members may make together
_LARGEST_MANIFEST = 16 * 2**20
_MOST_MEMBERS = 200_000
_LONGEST_PART = 100
CHUNK = 2**20
_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
_ENCRYPTED = 0x1
_LINK = 0o120000
_KIND_OF_FILE = 0o170000
_TAKEN_BY = {  # by what its format is called: what it is, and which command takes it
    "analyzer backup": ("a backup", "`analyzer restore FILE` puts it into an empty home"),
    "analyzer handover": ("a hand-over", "`analyzer receive FILE` takes it in"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What an archive says of itself: `format` with its number, the product and the record version that made it, when, how much.

    `made_at` is a moment in ISO's notation. `about` is whatever else its kind wants to tell; whoever reads it has to check it.
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
            while chunk := file.read(CHUNK):
                size += len(chunk)
                digest.update(chunk)
                if size > member.size:
                    break
                taken(chunk)
        if size != member.size or digest.hexdigest() != member.sha256:
            raise _damaged(self.path, f"{name} is not what was written")


@contextmanager
def opened(path: Path, kind: str, allowed: Callable[[str], bool]) -> Iterator[Archive]:
    """The archive of this kind, when everything in it has been checked; `allowed` says which names of members it may have.

    Raises ArchiveUnusable for one that is damaged, of another kind, newer than this product, or made to harm.
    """
    with ExitStack() as closing:
        try:
            if not path.is_file():  # a pipe would be waited for without end
                wrong = "it is no file" if path.exists() else "it is not there"
                raise ArchiveUnusable(f"{_shown(path)} cannot be read: {wrong}", "give a file that Analyzer wrote")
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
    if packed > size or not stored or inflated > INFLATED:
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
            made_at=dt.datetime.fromisoformat(body["made_at"]).isoformat(),
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
        wanted, _ = _TAKEN_BY[kind]
        is_, hint = _TAKEN_BY.get(name, (repr(_shown(form)), ""))
        raise ArchiveUnusable(f"{_shown(path)} is not {wanted} of Analyzer, but {is_}", hint)
    if int(number) > 1:
        raise ArchiveUnusable(f"{_shown(path)} was written by a newer Analyzer", "Update Analyzer; nothing was changed.")


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
