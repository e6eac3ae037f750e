"""What is sent to a client. An `Agenda` is built from a `ClientSafe` alone, a `Recap` from what those present heard.

None of them has a field that could carry a sign, a level, a score, a stance or a private note.
"""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum


class AgendaKind(StrEnum):
    """What a talk is for: the partnership itself, outside the current work; that work; or whether to work together at all."""

    PARTNERSHIP = "partnership"
    WORKING = "working"
    FIRST = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWords:
    """What somebody on the client's side said, in a meeting that everybody who gets the agenda attended."""

    text: str
    speaker: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBefore:
    """That their side told on a day how its business is doing, and what it was about in our own neutral words; no quote."""

    date: dt.date
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """The neutral facts of a promise: who, what, to whom, due when (as it was said, and as a date where that is clear)."""

    who: str
    what: str
    to: str | None
    due: str | None
    due_date: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What we suggested in a meeting that everybody who gets the agenda attended."""

    what: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """What the practice tells this client about its own business: only items that say so themselves."""

    doing: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientSafe:
    """All that an agenda may be made of."""

    client: str
    practice: str
    people: tuple[str, ...]
    sharing: Sharing
    told_before: tuple[ToldBefore, ...] = ()
    capacity: tuple[ClientWords, ...] = ()
    topics: tuple[ClientWords, ...] = ()
    ways: tuple[ClientWords, ...] = ()
    promises: tuple[OpenPromise, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaItem:
    """One item: how long, what for, who leads, what is asked; `points` is what we tell, `words` what the client said."""

    title: str
    minutes: int
    purpose: str
    lead: str
    questions: tuple[str, ...]
    points: tuple[str, ...] = ()
    words: tuple[ClientWords, ...] = ()
    promises: tuple[OpenPromise, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A talk with a client; the items' minutes add up to `minutes`.

    `date` is the day of the talk where somebody said it (`day_said`), else the day on which this was planned. `next_talk` is
    the Monday of the week that is proposed for the next talk between partners. `invitation` is the message that asks for
    the talk, line by line, where one was asked for. `edited` is how a person worded all of it; it then counts alone.
    """

    kind: AgendaKind
    client: str
    practice: str
    people: tuple[str, ...]
    date: dt.date
    minutes: int
    intention: str
    items: tuple[AgendaItem, ...]
    next_talk: dt.date
    day_said: bool = False
    invitation: tuple[str, ...] = ()
    edited: str = ""

    @property
    def as_it_counts(self) -> "Agenda":
        """Without what was proposed, where a person worded it: their words count alone."""
        return replace(self, items=(), invitation=()) if self.edited else self


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidThere:
    """Words of a meeting, told to those who heard them; `agreed` is who said yes to them at once, else empty.

    `worded` says that a reader put it into these words, each of which was heard there; else it is a quote.
    """

    text: str
    speaker: str
    agreed: str = ""
    worded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap:
    """The mail after a talk for those who were there: what was decided, who does what by when, what is still open.

    `promises` is None where nobody has read the meeting: whether anything was promised is not known then.
    """

    client: str
    practice: str
    people: tuple[str, ...]
    date: dt.date
    decided: tuple[SaidThere, ...]
    promises: tuple[OpenPromise, ...] | None
    questions: tuple[SaidThere, ...]


class Withheld(StrEnum):
    """Why something was left out of what is sent."""

    NOBODY_NAMED = "nobody_named"
    NOT_HEARD_BY_ALL = "not_heard_by_all"
    CONFIDENTIAL = "confidential"
    SAID_BY_ABSENT = "said_by_absent"
    SENSITIVE = "sensitive"
    NOT_SHARED = "not_shared"
    PRIVATE_WORDS = "private_words"
    NOT_SURE_WHO = "not_sure_who"
    NOT_CERTAIN = "not_certain"
    LONG_AGO = "long_ago"
    TRIFLE = "trifle"
    WITHIN_ONE_SIDE = "within_one_side"
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What may be sent to the client, and how many things were left out, by reason. Only `safe` goes into the agenda.

    `absent` are the people asked for who missed a meeting because of which something was left out, `never_met` those whom no
    meeting on record has, or where more than one could be meant. `drawn_on` are the ids of the meetings whose words are used.
    """

    safe: ClientSafe
    left_out: dict[Withheld, int]
    absent: tuple[str, ...] = ()
    never_met: tuple[str, ...] = ()
    drawn_on: tuple[str, ...] = ()
