"""What was forgotten, as salted hashes: enough to know it again when it comes back, and not to read it off.

They stand in a file of their own beside the record, so that an older copy of the record that is put back cannot take them away.
Each hash is of a kind and a value: the ids of clients and meetings, the SHA-256 of their files, the folded names of clients and
people. The salt is random for each home; tombstones of two homes stand side by side, each under its salt. Whoever has this file
and guesses a name can see whether the guess is right; nobody can list what is in it.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analyzer.errors import StoreError
from analyzer.private_files import write as write_private

CLIENT, MEETING, FILE, PERSON = "client", "meeting", "file", "person"
FILE_NAME = "forgotten.json"
LOCK_NAME = "forgetting.lock"

_VERSION = 1
_SALT, _HASH = 32, 32  # bytes
_MEND = "put a copy of it from a backup in its place; without it a restore may bring back what was forgotten"


class Occupied(StoreError):
    """Another process is forgetting or restoring in this home."""


@dataclass(frozen=True, slots=True)
class Salted:
    """The hashes that were made with one salt, both in hex."""

    salt: str
    hashes: frozenset[str]

    def hash(self, kind: str, value: str) -> str:
        said = f"{kind}:{value}".encode("utf-8", "surrogatepass")
        return hashlib.blake2b(said, key=bytes.fromhex(self.salt), digest_size=_HASH).hexdigest()


@dataclass(frozen=True, slots=True)
class Tombstones:
    """All that is known to be forgotten; false where nothing is."""

    salts: tuple[Salted, ...] = ()

    def __bool__(self) -> bool:
        return any(one.hashes for one in self.salts)

    def is_buried(self, kind: str, value: str) -> bool:
        """Whether this was forgotten; names are asked folded (`fold_text` for a client's, `fold_name` for a person's)."""
        return any(one.hash(kind, value) in one.hashes for one in self.salts)

    def newer_than(self, other: "Tombstones") -> "Tombstones":
        """Those that the other does not have."""
        theirs = {one.salt: one.hashes for one in other.salts}
        left = (Salted(one.salt, one.hashes - theirs.get(one.salt, frozenset())) for one in self.salts)
        return Tombstones(tuple(one for one in left if one.hashes))


def path_in(home: Path) -> Path:
    """Where the tombstones of a home stand."""
    return home / FILE_NAME


def load(path: Path) -> Tombstones:
    """The tombstones in this file; none where there is no file. Raises StoreError for one that cannot be read."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return Tombstones()
    except OSError as failure:
        raise StoreError(f"{path} cannot be read: {failure.strerror or failure}", "check that you may read it") from failure
    try:
        return read(text)
    except StoreError as damaged:
        raise StoreError(f"{path}: {damaged.message}", damaged.hint) from damaged


def read(text: bytes) -> Tombstones:
    """Tombstones from the bytes of such a file. Raises StoreError where they are not one."""
    try:
        found = json.loads(text)
        version = found["version"]
        if isinstance(version, int) and version > _VERSION:
            raise StoreError("a newer Analyzer wrote what was forgotten", "update Analyzer")
        salts = tuple(Salted(str(one["salt"]), frozenset(map(str, one["hashes"]))) for one in found["salts"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as wrong:
        raise StoreError("what was forgotten is damaged", _MEND) from wrong
    sound = all(_is_hex(one.salt, _SALT) and all(_is_hex(each, _HASH) for each in one.hashes) for one in salts)
    if version != _VERSION or not sound:
        raise StoreError("what was forgotten is damaged", _MEND)
    return Tombstones(salts)


def write(path: Path, tombstones: Tombstones) -> None:
    """Make these the tombstones in the file, whole or not at all, for its owner alone. Raises StoreError."""
    salts = [{"salt": one.salt, "hashes": sorted(one.hashes)} for one in tombstones.salts]
    try:
        write_private(path, json.dumps({"version": _VERSION, "salts": salts}, indent=1).encode())
    except OSError as failure:
        told = f"{path} cannot be written: {failure.strerror or failure}"
        raise StoreError(told, "nothing can be forgotten until it can; make room there, or check the permissions") from failure


def bury(path: Path, values: Mapping[str, Collection[str]]) -> None:
    """Add tombstones for these values, by kind; whoever calls has the home to itself (`alone`). Raises StoreError."""
    known = load(path)
    first, *others = known.salts or (Salted(secrets.token_hex(_SALT), frozenset()),)
    added = {first.hash(kind, value) for kind, some in values.items() for value in some if not known.is_buried(kind, value)}
    if added:
        write(path, Tombstones((Salted(first.salt, first.hashes | added), *others)))


def merged(first: Tombstones, second: Tombstones) -> Tombstones:
    """All tombstones of both; those with another salt stand beside."""
    hashes: dict[str, frozenset[str]] = {}
    for one in (*first.salts, *second.salts):
        hashes[one.salt] = hashes.get(one.salt, frozenset()) | one.hashes
    return Tombstones(tuple(Salted(salt, some) for salt, some in hashes.items()))


@contextmanager
def alone(home: Path, timeout: float) -> Iterator[None]:
    """Nobody else forgets or restores in this home meanwhile; a process that died holds nothing.

    Raises Occupied where another one is at it for longer than `timeout` seconds, StoreError where the home cannot be written.
    """
    from filelock import FileLock, Timeout

    path = home / LOCK_NAME
    lock = FileLock(path, timeout=timeout, mode=0o600)
    try:
        lock.acquire()
    except Timeout as waited:
        raise Occupied("another process is forgetting something in this home", "try again when it has finished") from waited
    except OSError as failure:
        raise StoreError(f"{path} cannot be used: {failure.strerror or failure}", "check the home's permissions") from failure
    try:
        if os.name == "posix":
            path.chmod(0o600)
        yield
    finally:
        lock.release()


def _is_hex(text: str, size: int) -> bool:
    return len(text) == 2 * size and all(c in "0123456789abcdef" for c in text)
