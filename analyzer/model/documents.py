"""The two documents: the private brief, and the agenda that is safe to send.

They are different types on purpose. A `Brief` holds what the meetings show, for our eyes. An `Agenda` is built from a
`ClientSafe` alone, and neither has a field that could carry a sign, a level, a score, a stance or a private note.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from analyzer.model.findings import Known, Level, Match, PersonVerdict, Stance
from analyzer.model.meetings import Stage
from analyzer.model.relationship import Adoption, Cadence, NoteRow, Trend

# --- the private brief ---


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words with the place where they stand: `analyzer show SLUG --turn N` opens it. `start` is in seconds or None."""

    text: str
    speaker: str
    side: str
    date: dt.date
    slug: str
    turn: int
    start: float | None
    match: Match


@dataclass(frozen=True, slots=True, kw_only=True)
class MetPerson:
    """Somebody who spoke: on which side, in how many meetings, and when last."""

    name: str
    role: str
    side: str
    meetings: int
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPoint:
    """The stance that one meeting showed; `reader_changed` marks where another engine read than before."""

    slug: str
    date: dt.date
    stance: Stance
    reader_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefStance:
    stance: Stance
    why: str
    path: tuple[PathPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSign:
    """One sign in the brief: its strongest quote, the latest words against it, and how else the words can be read.

    `stands` says that the newest meeting that could tell shows it, `marked` that a person marked the words in `quote`.
    `known` is how often the reader was right when it gave this level. `person` is a person's own verdict, of the meeting on
    `person_date`.
    """

    title: str
    level: Level
    known: Known | None
    stands: bool
    trend: Trend
    why: str
    quote: Quote | None
    counter: Quote | None
    another_reading: str
    would_change: str
    person: PersonVerdict | None
    person_date: dt.date | None
    marked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What one can do about a sign that stands; each move is a sentence that could be said aloud."""

    title: str
    level: Level
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefCondition:
    title: str
    question: str
    value: str
    why: str
    quote: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceStep:
    """One thing that became of our advice. `quote` is None for a person's own word, which may have a `note`."""

    date: dt.date
    outcome: str
    quote: Quote | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One piece of our advice and what became of it, step by step; `id` is what `analyzer outcome` takes."""

    id: str
    what: str
    outcome: str
    date: dt.date
    quote: Quote
    steps: tuple[AdviceStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Who owes whom what; `overdue` says that the due date has passed and nothing later was heard of it.

    That is no proof that it was not kept. `recent` says that it was made in one of the two latest meetings read, `firm`
    is False where the reader is not certain that it was a promise. `told` are the last words that were said of it later.
    """

    owner: str | None
    to: str | None
    what: str
    due: str | None
    due_date: dt.date | None
    status: str
    overdue: bool
    recent: bool
    firm: bool
    quote: Quote
    told: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What is owed, by side, the newest first; `unclear` where nobody is sure who owes it."""

    ours: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    unclear: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOpening:
    """One kind of opening with the words in which it was heard, newest first, and how many times in all."""

    title: str
    heard: int
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTalk:
    """The last talk in which both sides told how their business is doing, and whether another one is due."""

    last: dt.date | None
    days_ago: int | None
    every_days: int
    is_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to ask, and the explanations that its answer would tell apart."""

    ask: str
    tells_apart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HowRead:
    """How much the brief rests on: `unread` are slugs, `turns` those of the meetings read; `rejected` counts by reason."""

    meetings: int
    meetings_read: int
    unread: tuple[str, ...]
    turns: int
    engine: str
    model: str
    rejected: dict[str, int] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What to have in mind before meeting this client; private. `cadence` and `stance` are None where nothing is read.

    `our_needs` is what we need to do our best work; `outcomes` counts the ledger's rows by what became of them, `adoption`
    those that are old enough; `differences` are lines on who of their side says what; `gaps` are the things that no meeting
    tells; `notes` are a person's own.
    """

    client: str
    client_slug: str
    stage: Stage
    date: dt.date
    people: tuple[MetPerson, ...]
    cadence: Cadence | None
    stance: BriefStance | None
    signs: tuple[BriefSign, ...]
    options: tuple[Option, ...]
    conditions: tuple[BriefCondition, ...]
    our_needs: tuple[str, ...]
    ledger: tuple[LedgerRow, ...]
    outcomes: dict[str, int]
    adoption: Adoption | None
    differences: tuple[str, ...]
    promises: Promises
    openings: tuple[BriefOpening, ...]
    partner_talk: PartnerTalk
    questions: tuple[Question, ...]
    gaps: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    read: HowRead


# --- the agenda, safe to send ---


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientWords:
    """What somebody on the client's side said, in a meeting that everybody who gets the agenda attended."""

    text: str
    speaker: str
    date: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPromise:
    """The neutral facts of a promise: who, what, to whom, due when (as it was said, and as a date where that is clear)."""

    who: str
    what: str
    to: str | None
    due: str | None
    due_date: dt.date | None


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
    capacity: tuple[ClientWords, ...] = ()
    topics: tuple[ClientWords, ...] = ()
    ways: tuple[ClientWords, ...] = ()
    promises: tuple[OpenPromise, ...] = ()


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """A conversation between partners, outside the current work; the items' minutes add up to `minutes`.

    `next_talk` is the Monday of the week that is proposed for the next one.
    """

    client: str
    practice: str
    people: tuple[str, ...]
    date: dt.date
    minutes: int
    intention: str
    items: tuple[AgendaItem, ...]
    next_talk: dt.date


class Withheld(StrEnum):
    """Why something was left out of an agenda."""

    NOBODY_NAMED = "nobody_named"
    NOT_HEARD_BY_ALL = "not_heard_by_all"
    SAID_BY_ABSENT = "said_by_absent"
    SENSITIVE = "sensitive"
    NOT_SHARED = "not_shared"
    PRIVATE_WORDS = "private_words"
    NOT_SURE_WHO = "not_sure_who"
    NOT_CERTAIN = "not_certain"
    LONG_AGO = "long_ago"
    WITHIN_ONE_SIDE = "within_one_side"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What may be sent to the client, and how many things were left out, by reason. Only `safe` goes into the agenda.

    `never_met` are the people asked for whom no meeting on record has, or more than one could be meant.
    """

    safe: ClientSafe
    left_out: dict[Withheld, int]
    never_met: tuple[str, ...] = ()
