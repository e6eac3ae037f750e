"""What motives, search and ask return: what the meetings say, with the words that it rests on."""

import datetime as dt
from dataclasses import dataclass

from analyzer.model.findings import EngineId, Evidence, Stance
from analyzer.model.relationship import (
    Adoption,
    CommitmentRow,
    ConditionRow,
    NoteRow,
    RecommendationRow,
    SignRow,
    TrackRecord,
    TrajectoryPoint,
    Unmatched,
    VoiceRow,
)
from analyzer.model.results import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A meeting that evidence points to, with the name under which `analyzer show` opens it."""

    id: str
    slug: str
    client_name: str
    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingChange:
    """What another reading of a meeting changed: `lines` tell what is different, `because` what could be the reason."""

    meeting: str
    slug: str
    lines: tuple[str, ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotKept:
    """A claim of a reader, or a part of one, that was not kept: the words as it claims them, and why (a stable code)."""

    meeting: str
    turn: int
    quote: str
    kind: str
    topic: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Motives:
    """What the motives command tells: of one meeting (`trajectory` empty) or of a client over its meetings.

    `unread` counts meetings of the client that the chosen engine has not read; `rejected` counts claims that were not kept,
    by reason, and `not_kept` are these claims; `unmatched` are words about earlier promises or advice of which it is not sure
    which one is meant; `track_record` is how often a person agreed with this reader; `changes` stand there after a reading
    that was asked for again.
    """

    client: str | None
    client_name: str
    meeting: str | None
    title: str
    date: dt.date | None
    engine: str
    reader: EngineId | None
    meetings_read: int
    unread: int
    signs: tuple[SignRow, ...]
    stance: Stance
    stance_why: str
    conditions: dict[str, ConditionRow]
    openings: dict[str, tuple[Evidence, ...]]
    commitments: tuple[CommitmentRow, ...]
    recommendations: tuple[RecommendationRow, ...]
    rejected: dict[str, int]
    trajectory: tuple[TrajectoryPoint, ...] = ()
    caveats: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    adoption: Adoption | None = None
    unmatched: tuple[Unmatched, ...] = ()
    voices: tuple[VoiceRow, ...] = ()
    differences: tuple[str, ...] = ()
    track_record: tuple[TrackRecord, ...] = ()
    notes: tuple[NoteRow, ...] = ()
    changes: tuple[ReadingChange, ...] = ()
    not_kept: tuple[NotKept, ...] = ()
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage found; `meeting` and `client` are ids, `slug` is the meeting's typed name."""

    meeting: str
    slug: str
    client: str
    client_name: str
    date: dt.date
    first_turn: int
    last_turn: int
    start: float | None
    score: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    query: str
    hits: tuple[Hit, ...]
    searched: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with its citations, or `answered` False with the nearest passages. `searched`: meetings, passages."""

    question: str
    answered: bool
    answer: str
    citations: tuple[Evidence, ...]
    rejected: int
    searched: dict[str, int]
    nearest: tuple[Hit, ...] = ()
    sources: tuple[Source, ...] = ()
    engine: str
