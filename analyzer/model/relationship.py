"""The picture of a relation: what follows from the assessments of one meeting or of all of a client's meetings.

Made by `analyzer.relationship` (pure) from either engine's assessments; shown by motives, the brief and the agenda.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from analyzer.model.findings import EngineId, Evidence, Level, Stance


class Trend(StrEnum):
    """How a sign moved over the meetings that could tell. `FADED`: heard before, not in the latest two meetings."""

    CANNOT_TELL = "cannot_tell"
    NOT_HEARD = "not_heard"
    HEARD_ONCE = "heard_once"
    GROWING = "growing"
    STEADY = "steady"
    EASING = "easing"
    FADED = "faded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonVerdict:
    """A person's own level for a sign; it wins over every reader's."""

    level: Level
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignRow:
    """One sign as told to a user: of one meeting, or of a client over its meetings.

    `stands` says that the newest meeting that could tell shows it; only then is something to be done or asked about it.
    """

    id: str
    title: str
    level: Level
    stands: bool
    score: float | None
    why: str
    another_reading: str
    would_change: str
    question: str
    evidence: tuple[Evidence, ...]
    counter_evidence: tuple[Evidence, ...]
    person: PersonVerdict | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    value: str
    why: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRow:
    """Who owes whom what. `owner` is None where the speaker is not sure. `status`: open, done, dropped, unknown.

    `unknown` means that its time is over and nothing was heard of it since. `to_side` is the side of the receiver.
    `firm` is False where it was only half made, or the reader is not certain that it was a promise.
    """

    owner: str | None
    owner_side: str
    to: str | None
    to_side: str
    what: str
    due: str | None
    due_date: dt.date | None
    status: str
    date: dt.date
    evidence: Evidence
    firm: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRow:
    what: str
    outcome: str
    date: dt.date
    evidence: Evidence
    outcome_evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryPoint:
    """One meeting on the client's path; `reader_changed` marks where another engine read than before."""

    meeting: str
    slug: str
    date: dt.date
    engine: str
    signs: dict[str, Level]
    stance: Stance
    reader_changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often both met, in days; `last_partner_talk` is the last meeting in which both sides shared their business."""

    first: dt.date
    last: dt.date
    meetings: int
    median_gap_days: int | None
    last_partner_talk: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Signs, conditions, openings, promises and advice over the meetings that one engine read, oldest first.

    `firm_openings` are the openings that were said plainly; only they may be quoted to the client.

    `conditions` is keyed by ConditionId value, `openings` by OpeningId value; `rejected` counts claims that were not
    kept, by reason; `trajectory` has one point a meeting.
    """

    engine: EngineId
    cadence: Cadence
    signs: tuple[SignRow, ...]
    stance: Stance
    stance_why: str
    conditions: dict[str, ConditionRow]
    openings: dict[str, tuple[Evidence, ...]]
    firm_openings: dict[str, tuple[Evidence, ...]]
    commitments: tuple[CommitmentRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    trajectory: tuple[TrajectoryPoint, ...]
    rejected: dict[str, int] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
