"""What a person says beside the readers: verdicts, dismissed and marked words, outcomes, notes, decisions, and words to remember.

A person's word wins. `author` is whose it is where somebody else wrote it than whoever writes here, None for one's own.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from analyzer.model.edits import AssignedTurn
from analyzer.model.findings import EngineId, Fate, Level, Outcome, SignId


class Because(StrEnum):
    """Why words do not speak for the sign for which a reader took them."""

    IRONY = "irony"
    QUOTING = "quoting-someone"
    WRONG_SPEAKER = "wrong-speaker"
    MY_WORDS = "my-words"
    CONTEXT = "context"


class Choice(StrEnum):
    """What can be decided about a client that asks for our work."""

    TAKE = "take"
    TAKE_WITH_CONDITIONS = "take-with-conditions"
    DECLINE = "decline"


class NoteKind(StrEnum):
    EVENT = "event"
    IMPRESSION = "impression"


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidVerdict:
    """A person's own level for one sign of one meeting, and what `engine` had said of it when the person gave theirs.

    `engine` and `reader` are None where nobody had read the meeting by then.
    """

    meeting: str
    sign: SignId
    level: Level
    note: str
    made_at: dt.datetime
    engine: EngineId | None = None
    reader: Level | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A turn whose words do not speak for this sign. `at` finds the turn again in any later revision."""

    meeting: str
    sign: SignId
    at: AssignedTurn
    because: Because
    made_at: dt.datetime
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A turn whose words do speak for this sign, whatever the readers say."""

    meeting: str
    sign: SignId
    at: AssignedTurn
    made_at: dt.datetime
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOutcome:
    """What became of advice of ours that was given in a turn (`at`), or of the promises that were made in it (then a fate).

    `what` is the advice or the promises in words, `date` when it was so. With `one_of`, it is said of that one alone among
    several promises of the turn.
    """

    meeting: str
    at: AssignedTurn
    what: str
    outcome: Outcome | Fate
    note: str
    date: dt.date
    made_at: dt.datetime
    one_of: bool = False
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A turn whose words a person wants to remember about who said them."""

    meeting: str
    at: AssignedTurn
    made_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether to work for a client, as a person decided on `date`; `number` is how it is taken back."""

    number: int
    client: str
    choice: Choice
    note: str
    date: dt.date
    made_at: dt.datetime
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What a person wrote down about a client from outside the recordings. Never a quote, never in an agenda."""

    number: int
    client: str
    date: dt.date
    kind: NoteKind
    text: str
    made_at: dt.datetime
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All that a person said about one meeting in its present revision, each at a turn number of that revision.

    `dismissed` and `marked` are keyed by sign and turn, `authors` of others' verdicts by sign. `lost` counts words of a person
    whose turn could not be found again.
    """

    verdicts: dict[SignId, tuple[Level, str]]
    dismissed: dict[tuple[SignId, int], Because]
    marked: frozenset[tuple[SignId, int]]
    outcomes: dict[int, tuple[SaidOutcome, ...]]
    lost: int = 0
    authors: dict[SignId, str] = field(default_factory=dict)
