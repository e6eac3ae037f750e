"""What is to be forgotten, what was, and the receipt that stays of it: when and how much, and no name or word."""

import datetime as dt
from dataclasses import dataclass, field

from analyzer.model.results import Failure

CLIENT, MEETING, PERSON = "client", "meeting", "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that was written from what is to be forgotten; `there` is whether one lies there now."""

    kind: str
    path: str
    made_at: dt.datetime
    there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPath:
    """Where a receipt says that documents lie.

    `path` is the file's own path where that is `whole`; the folder, where the file's name tells who it was about; empty where
    the folder's tells it too. `files` is how many there are.
    """

    path: str
    files: int
    whole: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place that stays and has a name of it: for a person to decide.

    `kind` is turn, title, note, practice, prompt or the like, `where` the meeting, the client or the file, `at` the number of
    the turn, note or line where it has one. `command` could change or remove it.
    """

    kind: str
    where: str
    at: int | None = None
    text: str = ""
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgetting:
    """What would go: `kind` client, meeting or person; `names` are its other names, and of clients that were merged into it.

    `counts` has what there is any of; `inside` are documents in the home, which go too; `documents` lie elsewhere, out of reach.
    """

    kind: str
    name: str
    id: str = ""
    names: tuple[str, ...] = ()
    meetings: tuple[str, ...] = ()
    counts: dict[str, int] = field(default_factory=dict)
    inside: tuple[Document, ...] = ()
    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What stays of a forgetting: an opaque id, when, of what kind, how much, and where documents lie that it cannot reach."""

    id: str
    at: dt.datetime
    kind: str
    counts: dict[str, int]
    documents: tuple[KeptPath, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """What was done: the receipt, and beside it, for this once, the name and the documents' paths in full.

    `failure` where the last step is left to the next command; `letter` is where the letter was written, if one was.
    """

    receipt: Receipt
    name: str
    meetings: tuple[str, ...] = ()
    documents: tuple[Document, ...] = ()
    mentions: tuple[Mention, ...] = ()
    letter: str = ""
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """All receipts, the newest first."""

    receipts: tuple[Receipt, ...]
