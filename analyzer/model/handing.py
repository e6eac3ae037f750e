"""What comes of handing a client over to a colleague, and of receiving one."""

import datetime as dt
from dataclasses import dataclass, field

from analyzer.model.meetings import Client
from analyzer.model.results import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A client in a file for a colleague. `counts` is what is in it, by kind; `author` whom it names as the sender.

    `left_out` counts what stayed: meetings told in confidence that were not named, agendas that quote one of these, readings
    that are damaged. `confidential` are the slugs of those in confidence that are in it.
    """

    client: str
    client_name: str
    path: str
    author: str
    counts: dict[str, int]
    confidential: tuple[str, ...] = ()
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedMeeting:
    """One meeting of a hand-over. `status`: added, here (its file is on record already), left (then `why`).

    `id` and `slug` are those of the meeting here; of one that was left, `id` is empty and `slug` is the sender's.
    """

    id: str
    slug: str
    date: dt.date
    status: str
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What the record took of a hand-over; by kind, `added`, `here` (there already) and `left` are together all that is in it.

    `guarded` says that something here is kept more closely from now on, as it was there: offline, or in confidence.
    """

    client: Client
    made: bool
    meetings: tuple[ReceivedMeeting, ...]
    added: dict[str, int]
    here: dict[str, int]
    left: dict[str, int]
    told: tuple[str, ...] = ()
    guarded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedKind:
    """How many of a kind the hand-over holds, and what became of them here; the last three are together the first."""

    kind: str
    handed: int
    added: int
    here: int
    left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A client that came from a colleague; `made` is False where it was here.

    `changed` says whether anything was added, or is kept more closely from now on. `author` is who sent it, and `made_at` when;
    `told` are lines on what is otherwise here than there.
    """

    client: str
    client_slug: str
    client_name: str
    made: bool
    changed: bool
    author: str
    made_at: str
    counts: tuple[ReceivedKind, ...]
    meetings: tuple[ReceivedMeeting, ...]
    told: tuple[str, ...] = ()
    failure: Failure | None = None
