"""What use cases return. The JSON of a command is such a value (more in `insight` and `own`); text is another rendering of it."""

import datetime as dt
from dataclasses import dataclass, field

from analyzer.model.findings import Level, Stance


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
    """One voice of a meeting.

    `company` is what the name or an address in a file says, and `likely` the side that it makes likely where none is known;
    else both are empty.
    """

    name: str
    side: str
    turns: int
    words: int
    company: str = ""
    likely: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Whose meeting it may be, and `why`. Without a name where the reasons point to several clients."""

    client_name: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SameMeeting:
    """A meeting on record, or a file of the same upload, in which nearly the same words were said; `shared` is 0 to 1."""

    id: str | None
    slug: str
    client_name: str
    shared: float


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """What became of one file, or would.

    `status`: added, unchanged, replaced, duplicate, forgotten, refused, would_add, left_out; `id`, `client` and `slug` are
    None where there is none; `coverage` is the share of the file's speech that became turns (0 to 1); `dropped` counts what was
    left out, by reason; `confidence` (high, medium, low) is how sure the reading of the format is; `duration` is in seconds,
    None where the file has no times; `one_person` are names that look like one person's, for `analyzer speakers merge`.
    """

    file: str
    status: str
    id: str | None = None
    slug: str | None = None
    client: str | None = None
    client_name: str = ""
    proposal: Proposal | None = None
    same_as: SameMeeting | None = None
    date: dt.date | None = None
    date_source: str = ""
    title: str = ""
    title_source: str = ""
    format: str = ""
    confidence: str = ""
    duration: float | None = None
    turns: int = 0
    chat_turns: int = 0
    speakers: tuple[SpeakerRow, ...] = ()
    one_person: tuple[tuple[str, ...], ...] = ()
    coverage: float = 0.0
    dropped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    read_by: str = ""
    confidential: bool = False
    error: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploads:
    meetings: tuple[UploadRow, ...]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What files hold, as an upload would take them; nothing was stored."""

    files: tuple[UploadRow, ...]
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatRow:
    """One kind of file: `export` says of each product how to get it, `missing` what such a file does not tell."""

    name: str
    title: str
    export: tuple[str, ...]
    reads: str
    missing: str
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Formats:
    formats: tuple[FormatRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A document that was written to a file."""

    kind: str
    path: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FiledMeeting:
    """A meeting where it now is; `client` is None where it is filed under no client."""

    id: str
    slug: str
    client: str | None
    client_name: str
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """What a change of filing did.

    `judged_anew` are the clients whose picture is another one now; `exported` are documents that were written before it and
    draw on these meetings.
    """

    kind: str
    told: str
    meetings: tuple[FiledMeeting, ...]
    judged_anew: tuple[str, ...]
    exported: tuple[Exported, ...] = ()


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
    """One meeting at a glance; `readings` names the engines that have read its present revision.

    What was said in a `confidential` one stays with those who were there.
    """

    id: str
    slug: str
    client: str | None
    client_name: str
    date: dt.date
    title: str
    turns: int
    readings: tuple[str, ...]
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    meetings: tuple[MeetingRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnRow:
    """One turn; `chat` is true of what was typed."""

    turn: int
    speaker: str
    side: str
    start: float | None
    text: str
    chat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words of a turn that carry something, and what in plain words (`label`); `span` is half-open code points in the turn."""

    turn: int
    span: tuple[int, int]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The turns of a meeting that were asked for; `focus` is the turn to mark, or None.

    `marks` are the words that carry evidence, in the order of the turns, and `read_by` is the engine that marked them; both
    are empty where they were not asked for, or nobody has read the meeting.
    """

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
    confidential: bool = False
    marks: tuple[Mark, ...] = ()
    read_by: str = ""


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
class MeetingSpeakers:
    """Who speaks in a meeting and on which side; `changed` tells whether this command put something right.

    `edits` are what a person changed so far, oldest first; `one_person` are names that look like one person's; `missed` is
    what could not be done again on this reading of the meeting.
    """

    id: str
    slug: str
    revision: int
    changed: bool
    speakers: tuple[SpeakerRow, ...]
    edits: tuple[str, ...] = ()
    one_person: tuple[tuple[str, ...], ...] = ()
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakersChanged:
    meetings: tuple[MeetingSpeakers, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """What `init` or `practice add` wrote; `older_meetings` names the ones whose sides could now be put right."""

    home: str
    written: tuple[str, ...]
    kept: tuple[str, ...]
    people: tuple[str, ...]
    older_meetings: tuple[str, ...] = ()
