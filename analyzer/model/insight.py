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
    """A meeting that evidence points to, with the name under which `analyzer show` opens it.

    What was said in a `confidential` one stays with those who were there.
    """

    id: str
    slug: str
    client_name: str
    date: dt.date
    title: str
    confidential: bool = False


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
class Understood:
    """How a question was taken: `matter` is what was looked for, and `told` the whole of it in a line, empty if nothing was.

    `speakers`, the first and last day, and `meetings` (slugs, of "our last meeting") are those that the question names. Of
    `speakers` and `dates`, results keep to what is in `kept_to`; the others only count more.
    """

    matter: str
    speakers: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    meetings: tuple[str, ...] = ()
    kept_to: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One passage found; `meeting` and `client` are ids, `slug` is the meeting's typed name.

    `text` has its turns as lines of `Speaker: words`; `turn` is the one that fits best, with the first of `speakers`, and begins
    at `heard_at` (`start` is that of the passage). `marks` and `excerpt` are spans of code points in `text`: the words that
    were looked for, and the parts that stand for it where there is little room. What was said in a `confidential` meeting stays
    with those who were there.
    """

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
    turn: int
    heard_at: float | None
    speakers: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]
    excerpt: tuple[tuple[int, int], ...]
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hits:
    """The passages found, best first. `searched` counts clients, meetings and passages.

    Where nothing was found, `within` tells what was searched and `wider` what would widen it.
    """

    query: str
    hits: tuple[Hit, ...]
    searched: dict[str, int]
    understood: Understood
    within: str = ""
    wider: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of an answer; `citation` is the place among the answer's citations, from 0, of the words that carry it."""

    text: str
    citation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One line of an answer from the record, with the words that it rests on where there are any."""

    text: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer with its citations, or `answered` False with the nearest passages. `searched`: meetings, passages.

    `sentences` are those of `answer`, each with its citation; `rejected` counts those whose words were not said there.
    `by` tells which question the record answered ("record: promises"), with its `lines`; it is empty where passages were
    searched. `engine` is who answered, or of the record who read the meetings, and empty where no reader was needed.
    `understood` is how the question was taken where passages were searched.
    """

    question: str
    answered: bool
    answer: str
    citations: tuple[Evidence, ...]
    rejected: int
    searched: dict[str, int]
    nearest: tuple[Hit, ...] = ()
    sources: tuple[Source, ...] = ()
    engine: str
    sentences: tuple[Sentence, ...] = ()
    by: str = ""
    lines: tuple[RecordLine, ...] = ()
    understood: Understood | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question of this session and its answer (empty where there was none), made from these meetings (ids)."""

    question: str
    answer: str
    meetings: tuple[str, ...]
