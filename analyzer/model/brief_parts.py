"""Parts of the private brief: quotes with their places, the signs, what one can do about them, and where the relation stands."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from analyzer.model.findings import Known, Level, Match, PersonVerdict, Stance
from analyzer.model.relationship import Trend


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words with the place where they stand: `analyzer show SLUG --turn N` opens it. `start` is in seconds or None.

    `aside` are those of their side who were there, where they were told to them alone: in a talk with one of several, or in a
    `confidential` meeting. Empty where nothing of the kind is known.
    """

    text: str
    speaker: str
    side: str
    date: dt.date
    slug: str
    turn: int
    start: float | None
    match: Match
    aside: tuple[str, ...] = ()
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """A turn that leads up to a quote."""

    speaker: str
    text: str
    turn: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPoint:
    """What one meeting showed: the stance, and the level of each sign in the order of the brief's signs.

    `reader_changed` marks where another engine read than before.
    """

    slug: str
    date: dt.date
    stance: Stance
    levels: tuple[Level, ...]
    reader_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefStance:
    stance: Stance
    why: str
    path: tuple[PathPoint, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefSign:
    """One sign in the brief: its strongest quote, the latest words against it, and how else the words can be read.

    `stands` says that the newest meeting that could tell shows it, `marked` that a person marked the words in `quote`;
    `before` are the two turns before these words. `last_heard` is the day of the last meeting that showed it.
    `known` is how often the reader was right when it gave this level. `person` is a person's own verdict, of the meeting on
    `person_date`.
    """

    title: str
    level: Level
    known: Known | None
    stands: bool
    trend: Trend
    why: str
    last_heard: dt.date | None
    quote: Quote | None
    before: tuple[Spoken, ...]
    counter: Quote | None
    another_reading: str
    would_change: str
    person: PersonVerdict | None
    person_date: dt.date | None
    marked: bool


class MoveKind(StrEnum):
    """What can be done about a sign."""

    NAME_IT = "name it"
    CONTRACT_ANEW = "contract anew"
    NARROW = "narrow the job"
    SPONSOR = "bring in the sponsor"
    EYES_OPEN = "go on with eyes open"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One thing that can be done, with a sentence that could be said aloud."""

    kind: MoveKind
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """What one can do about a sign that stands, in two or three moves; `last_heard` is when the sign was."""

    title: str
    level: Level
    last_heard: dt.date | None
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the words of two of their people differ, or who never met with us together; with words of each if there are any."""

    told: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is otherwise than before the last meeting. `quote` are the words that show it, if words do.

    `slug` names the meeting that shows it; empty where it is the calendar or a person's own word that does.
    """

    told: str
    quote: Quote | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefCondition:
    title: str
    question: str
    value: str
    why: str
    quote: Quote | None
