"""What use cases return. The JSON of every command is one of these values; terminal text is another rendering of it."""

import datetime as dt
from dataclasses import dataclass, field

from analyzer.model.findings import EngineId, Evidence, Level, Stance
from analyzer.model.relationship import CommitmentRow, ConditionRow, RecommendationRow, SignRow, TrajectoryPoint


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something that was guessed, dropped, cut or left undone, with a stable `code`."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What stopped a command that had done a part; the part stands beside it."""

    code: str
    message: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    name: str
    side: str
    turns: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """What became of one file. `status`: added, unchanged, replaced, duplicate, refused, would_add.

    `id`, `client` and `slug` are None where there is none; `coverage` is the share of the file's speech that became
    turns (0 to 1); `dropped` counts what was left out, by reason.
    """

    file: str
    status: str
    id: str | None = None
    slug: str | None = None
    client: str | None = None
    client_name: str = ""
    date: dt.date | None = None
    date_source: str = ""
    title: str = ""
    title_source: str = ""
    format: str = ""
    turns: int = 0
    speakers: tuple[SpeakerRow, ...] = ()
    coverage: float = 0.0
    dropped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    read_by: str = ""
    error: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    meetings: tuple[UploadRow, ...]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientRow:
    """One client at a glance; `signs` maps sign ids to the level for the client as a whole."""

    id: str
    slug: str
    name: str
    stage: str
    meetings: int
    first: dt.date | None
    last: dt.date | None
    stance: Stance
    signs: dict[str, Level]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clients:
    clients: tuple[ClientRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One meeting at a glance; `readings` names the engines that have read its present revision."""

    id: str
    slug: str
    client: str | None
    client_name: str
    date: dt.date
    title: str
    turns: int
    readings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    meetings: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A meeting that evidence points to, with the name under which `analyzer show` opens it."""

    id: str
    slug: str
    client_name: str
    date: dt.date
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Motives:
    """What the motives command tells: of one meeting (`trajectory` empty) or of a client over its meetings.

    `unread` counts meetings of the client that the chosen engine has not read; `rejected` counts claims that were
    not kept, by reason.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    turn: int
    speaker: str
    side: str
    start: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The turns of a meeting that were asked for; `focus` is the turn to mark, or None."""

    id: str
    slug: str
    client: str | None
    client_name: str
    date: dt.date
    title: str
    format: str
    revision: int
    speakers: tuple[SpeakerRow, ...]
    turns: tuple[TurnRow, ...]
    focus: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of doctor: `state` is ok, warn or fail; `mend` is the command or step that mends it."""

    name: str
    state: str
    detail: str
    mend: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doctor:
    """What was checked; `failure` where a check failed, so that scripts see it by the exit code."""

    checks: tuple[Check, ...]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reindexed:
    clients: int
    meetings: int
    passages: int
    embedded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSides:
    """Who of a meeting is on which side; `changed` tells whether this command put something right."""

    id: str
    slug: str
    revision: int
    changed: bool
    speakers: tuple[SpeakerRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SidesChanged:
    meetings: tuple[MeetingSides, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What `init` or `practice add` wrote; `older_meetings` names the ones whose sides could now be put right."""

    home: str
    written: tuple[str, ...]
    kept: tuple[str, ...]
    people: tuple[str, ...]
    older_meetings: tuple[str, ...] = ()
