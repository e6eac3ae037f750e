"""What became of a backup, of one that was put back, and of all that there is on a client as files."""

import datetime as dt
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was written and read back.

    `size` is in bytes; `counts` says how much of each kind is in it; `indexes` is of how many clients the search index is in it,
    and `without_index` are those whose index will be made again from the record. `encrypted` is always false: whoever has the
    file can read it.
    """

    path: str
    size: int
    made_at: dt.datetime
    counts: dict[str, int]
    indexes: int
    without_index: tuple[str, ...] = ()
    encrypted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A home that was filled from a backup.

    `counts` is what is in it now; `not_brought_back` counts what was in the backup and had been forgotten since, by kind;
    `kept` are files that were in the home before and stayed as they were.
    """

    home: str
    backup: str
    made_at: str
    counts: dict[str, int]
    not_brought_back: dict[str, int] = field(default_factory=dict)
    kept: tuple[str, ...] = ()
    indexes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedFile:
    """One file of an export: `path` in its folder, `what` it is in words, its size in bytes, its SHA-256 in hex."""

    path: str
    what: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportedClient:
    """All that there is on a client, or all of it that may be handed to the client (`for_client`), as files in a folder.

    `left_out` counts what is not in it, by the reason.
    """

    client: str
    client_name: str
    folder: str
    for_client: bool
    counts: dict[str, int]
    files: tuple[ExportedFile, ...]
    left_out: dict[str, int] = field(default_factory=dict)
