"""The picture of a relation: what follows from the assessments of one meeting or of all of a client's meetings.

Made by `analyzer.relationship` (pure) from either engine's assessments; shown by motives, the brief and the agenda.
"""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from analyzer.model.findings import Dismissed, EngineId, Evidence, Known, Level, PersonVerdict, Stance


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
class SignRow:
    """One sign as told to a user: of one meeting, or of a client over its meetings.

    `stands` says that the newest meeting that could tell shows it, or that a person confirmed it and only one meeting was
    silent since; only then is something to be done or asked about it.
    `known` is how often the reader was right when it gave this level, where the level is one that it gave.
    `person` is a person's own verdict (over meetings: the newest one), `dismissed` and `marked` are words that a person
    took out or put in.
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
    known: Known | None = None
    person: PersonVerdict | None = None
    dismissed: tuple[Dismissed, ...] = ()
    marked: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionRow:
    value: str
    why: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentRow:
    """Who owes whom what. `owner` is None where the speaker is not sure. `status`: open, done, dropped, unknown.

    `unknown` means that its time is over and nothing was heard of it since. `to_side` is the side of the receiver.
    `firm` is False where it was only half made, or the reader is not certain that it was a promise. `date` is the day on which
    it was last said, `first` the day on which it was first said where that was another. `told` are the later words that say
    what became of it, oldest first, and `told_on` is the day of the last of them, or of a person's own word.
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
    first: dt.date | None = None
    told: tuple[Evidence, ...] = ()
    told_on: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerStep:
    """One thing that became of our advice, on the day on which it was heard, or on which a person says that it happened.

    `evidence` is None for a person's own word, which may have a `note`; `author` is whose word it is where it is another's.
    """

    date: dt.date
    outcome: str
    evidence: Evidence | None = None
    note: str = ""
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationRow:
    """Our advice and what became of it, step by step; `outcome` is that of the last step.

    `id` is what `analyzer outcome` takes: the meeting's slug and the turn (`northgate-2025-09-17:41`); `again` are the ids of
    the later places where the same was advised. `old_enough` says that it was given long enough ago to have had a chance.
    """

    id: str
    what: str
    outcome: str
    date: dt.date
    evidence: Evidence
    outcome_evidence: tuple[Evidence, ...]
    steps: tuple[LedgerStep, ...] = ()
    again: tuple[str, ...] = ()
    old_enough: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """How much of our advice was taken: counts over advice of `after_days` days or more; `too_new` counts the other advice.

    `of` = `adopted` + `modified` + `not_adopted` + `unknown`. `unmatched` counts what was told of earlier advice and belongs
    to none of it for sure.
    """

    adopted: int
    modified: int
    not_adopted: int
    unknown: int
    of: int
    too_new: int
    after_days: int
    unmatched: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """Words that tell of an earlier promise or earlier advice (`about`), where it is not sure which one is meant."""

    about: str
    what: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRow:
    """What one person of their side says over the meetings: per sign id how many quotes speak for and against it.

    `advice_taken` and `advice_turned_down` count the steps of our advice that rest on this person's words.
    """

    name: str
    role: str
    meetings: int
    last: dt.date
    signs_for: dict[str, int]
    signs_against: dict[str, int]
    advice_taken: int = 0
    advice_turned_down: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRecord:
    """How often a person agreed when this reader gave a level: `agreed` of `of` verdicts of that person."""

    level: Level
    agreed: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRow:
    """What a person wrote down from outside the recordings; `kind` is event or impression. Never a quote.

    `author` is whose it is where somebody else wrote it.
    """

    number: int
    date: dt.date
    kind: str
    text: str
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryPoint:
    """One meeting on the client's path; `reader_changed` marks where another engine read than before.

    `own` are the ids of the signs whose level is a person's own verdict.
    """

    meeting: str
    slug: str
    date: dt.date
    engine: str
    signs: dict[str, Level]
    stance: Stance
    reader_changed: bool = False
    own: tuple[str, ...] = ()


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
    kept, by reason; `trajectory` has one point a meeting. `voices` are the people of their side, and `differences` are lines
    about where they differ, or were never in one meeting. `adoption` is None where nothing was advised. `unmatched` are words
    that tell of earlier promises or advice, of which it is not sure which one is meant; of one meeting there are none.
    `turns_read` counts the turns that the readers could read.
    `sign_turns` are all turns (by meeting id) of which some words were marked for a sign, whatever was made of it: they are
    never quoted to the client.
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
    sign_turns: frozenset[tuple[str, int]] = frozenset()
    adoption: Adoption | None = None
    unmatched: tuple[Unmatched, ...] = ()
    voices: tuple[VoiceRow, ...] = ()
    differences: tuple[str, ...] = ()
    turns_read: int = 0
