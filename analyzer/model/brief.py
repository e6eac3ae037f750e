"""The private brief: what the meetings show of one client, for our eyes alone.

It is another type than an agenda on purpose: no renderer of what is sent takes a `Brief`.
"""

import datetime as dt
from dataclasses import dataclass, field

from analyzer.model.brief_parts import BriefCondition, BriefSign, BriefStance, Change, Difference, Option, Quote
from analyzer.model.meetings import Stage
from analyzer.model.reasons import BehindAgendas
from analyzer.model.relationship import Adoption, Cadence, NoteRow


@dataclass(frozen=True, slots=True, kw_only=True)
class MetPerson:
    """Somebody who spoke: on which side, in how many meetings, and when last."""

    name: str
    role: str
    side: str
    meetings: int
    last: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceStep:
    """One thing that became of our advice. `quote` is None for a person's own word, which may have a `note`.

    `author` is whose word it is where it is somebody else's.
    """

    date: dt.date
    outcome: str
    quote: Quote | None
    note: str
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerRow:
    """One piece of our advice and what became of it, step by step; `id` is what `analyzer outcome` takes.

    `times` is how often it was given, `date` when first; `too_new` says that it had no time yet to be taken up.
    """

    id: str
    what: str
    outcome: str
    date: dt.date
    times: int
    too_new: bool
    quote: Quote
    steps: tuple[AdviceStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Who owes whom what; `overdue` says that the due date has passed and nothing later was heard of it.

    That is no proof that it was not kept. `first` is the day on which it was first made; `firm` is False where the reader is
    not certain that it was a promise, and `plain` says that it was made in so many words; `trifle` is a small thing such as a
    link to send; `faded` says that nothing was heard of it for long. `told` are the last words that were said of it later.
    """

    owner: str | None
    to: str | None
    what: str
    due: str | None
    due_date: dt.date | None
    status: str
    overdue: bool
    first: dt.date
    firm: bool
    plain: bool
    trifle: bool
    faded: bool
    quote: Quote
    told: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promises:
    """What is owed, by side, what is overdue first and then the oldest; `unclear` where nobody is sure who owes it."""

    ours: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    unclear: tuple[Promise, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefOpening:
    """One kind of opening: how many times it was heard, and in which words, newest first, nothing was made of it since.

    `taken_up` counts those after which something like it was promised or advised.
    """

    title: str
    heard: int
    quotes: tuple[Quote, ...]
    taken_up: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One line of practice.toml, and the last words in the meetings that speak of it; None where none do."""

    text: str
    quote: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Openness:
    """How far each side told how its own business is doing: in how many of `meetings`, and last in which words.

    `asked` are the words in which they asked how ours is doing, newest first.
    """

    meetings: int
    ours: int
    theirs: int
    last_ours: Quote | None
    last_theirs: Quote | None
    asked: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkShare:
    """How many words each side said in one meeting; `other` are voices of neither side, or of nobody knows which."""

    slug: str
    date: dt.date
    ours: int
    theirs: int
    other: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerTalk:
    """The last talk in which both sides told how their business is doing, and whether another one is due.

    `quotes` are words of each side in it.
    """

    last: dt.date | None
    days_ago: int | None
    every_days: int
    is_time: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to ask, and the explanations that its answer would tell apart."""

    ask: str
    tells_apart: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HowRead:
    """How much the brief rests on: `unread` are slugs, `turns` those of the meetings read, `turns_read` how many of these were.

    `rejected` counts what the reader said and our check did not keep, by reason.
    """

    meetings: int
    meetings_read: int
    unread: tuple[str, ...]
    turns: int
    turns_read: int
    engine: str
    model: str
    rejected: dict[str, int] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unasked:
    """A matter of the first talk: how to ask for it and what that tells apart; `asked` are the words in which somebody did."""

    matter: str
    ask: str
    tells_apart: str
    asked: Quote | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldDecision:
    """What a person decided about working for this client, and what came since; `author` is who else decided it."""

    choice: str
    date: dt.date
    note: str
    meetings_since: int
    came: tuple[Change, ...]
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What to have in mind before meeting this client; private. `cadence` and `stance` are None where nothing is read.

    `changes` are those of the last meeting and since; `our_needs` is what we need to do our best work, and where it came up;
    `offers` likewise what we offer. `outcomes` counts the ledger's rows by what became of them, `adoption` those that are old
    enough; `first_talk` is empty but for a prospect; `agendas` tells what stands behind those that are kept; `gaps` are the
    things that no meeting tells; `notes`, `decision` and `remembered` are a person's own.
    """

    client: str
    client_slug: str
    stage: Stage
    date: dt.date
    people: tuple[MetPerson, ...]
    cadence: Cadence | None
    stance: BriefStance | None
    changes: tuple[Change, ...]
    signs: tuple[BriefSign, ...]
    options: tuple[Option, ...]
    conditions: tuple[BriefCondition, ...]
    our_needs: tuple[Mention, ...]
    ledger: tuple[LedgerRow, ...]
    outcomes: dict[str, int]
    adoption: Adoption | None
    differences: tuple[Difference, ...]
    promises: Promises
    openings: tuple[BriefOpening, ...]
    offers: tuple[Mention, ...]
    openness: Openness
    partner_talk: PartnerTalk
    agendas: BehindAgendas
    talk_shares: tuple[TalkShare, ...]
    first_talk: tuple[Unasked, ...]
    decision: HeldDecision | None
    questions: tuple[Question, ...]
    gaps: tuple[str, ...]
    notes: tuple[NoteRow, ...]
    remembered: tuple[Quote, ...]
    read: HowRead
