"""What the commands return by which a person has their own word, and what was spent.

Verdicts, outcomes, promises, notes, decisions, words to remember, prompts, keys.
"""

import datetime as dt
from dataclasses import dataclass

from analyzer.model.findings import EngineId
from analyzer.model.relationship import CommitmentRow, LedgerStep, NoteRow, TrackRecord
from analyzer.model.results import Failure


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTold:
    """Whether there is a key for the model's server, and where it was found; never the key.

    `source` is empty where there is none; `needed` is false for a server that can be asked without one; `changed` is true
    where this command kept or forgot a key.
    """

    server: str
    found: bool
    source: str
    needed: bool
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageRow:
    """What was used on one day by one command; `calls` were paid for, `cached` answers were on record already."""

    day: dt.date
    command: str
    engine: str
    model: str
    server: str
    calls: int
    cached: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptFile:
    """One file of a prompt. `path` is that of a person's own copy, which counts instead of the packaged one; else None.

    `packaged_changed` says whether the packaged file is another one now than when the copy was made; None where that is not
    known.
    """

    name: str
    path: str | None
    packaged_changed: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptRow:
    """One prompt as it counts; `tokens` is roughly its size before a meeting stands in it.

    `version` and `tokens` are None where an own copy cannot be used; `fault` then says why.
    """

    task: str
    purpose: str
    files: tuple[PromptFile, ...]
    version: str | None
    packaged_version: str
    tokens: int | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prompts:
    """The prompts; `folder` is where a person's own copies lie."""

    folder: str
    prompts: tuple[PromptRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptText:
    """A prompt as the model gets it: `system` whole, `user` with a `$name` for each thing that a meeting fills in."""

    prompt: PromptRow
    system: str
    user: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptEdited:
    """What became of an edit. `change`: changed, unchanged, as_packaged (there is no own copy any more).

    `path` is that of the own copy, or None; `before` and `now` are the prompt's versions, None for one that cannot be used.
    """

    task: str
    file: str
    path: str | None
    change: str
    before: str | None
    now: str | None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptReset:
    """Own copies that were put aside: `moved_to` is the folder, or None where they stay or where there were none."""

    task: str
    files: tuple[str, ...]
    moved_to: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What engines used since a day, or ever: day by day and command by command, and all of it together."""

    since: dt.date | None
    rows: tuple[UsageRow, ...]
    calls: int
    cached: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """A person's notes about a client; `added` or `removed` is the number of the one that this command added or took away."""

    client: str
    client_name: str
    notes: tuple[NoteRow, ...]
    added: int | None = None
    removed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A level or a stance before and after a person's word."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """What a person said about a sign of a meeting, in a line (`done`), and what that changed, in another (`told`).

    `quote` is the words that were taken out or put in, empty for a verdict. `level` is of that meeting, `client_level` and
    `stance` are of the client as a whole; None where nobody has read that yet. `changed` is true also where only a note is
    another. `reader` is whose reading counts for the meeting, and `track_record` how often the person agreed with that reader.
    """

    meeting: str
    slug: str
    client: str | None
    client_name: str
    sign: str
    title: str
    done: str
    quote: str
    told: str
    changed: bool
    level: Moved | None
    client_level: Moved | None
    stance: Moved | None
    reader: EngineId | None
    track_record: tuple[TrackRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeSaid:
    """What a person said became of our advice or of a promise; `steps` is all that was said of it.

    `recommendation` is the meeting's slug and the turn in which it was given, with the number of one of several promises there.
    """

    recommendation: str
    what: str
    told: str
    changed: bool
    steps: tuple[LedgerStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedRow:
    """A promise of one client's meetings. `id` is what `analyzer promise done` takes: the meeting's slug and the turn.

    Where a turn holds several, a number follows (`northgate-2025-09-17:41.2`). `overdue` says that the due date has passed and
    nothing was heard of it since; that is no proof that it was not kept.
    """

    id: str
    client: str
    client_slug: str
    client_name: str
    slug: str
    overdue: bool
    promise: CommitmentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is promised and not known to be done or dropped: overdue first, then the oldest; with `until`, what is due by then.

    `closed` counts what was left out because it was done or dropped, and `unread` the meetings that nobody has read.
    """

    promises: tuple[OwedRow, ...]
    until: dt.date | None
    closed: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """One decision about a client; `choice` is take, take-with-conditions or decline, `author` who else decided it."""

    date: dt.date
    choice: str
    note: str
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What was decided about a client, by date; `added` or `removed` is what this command kept or took back."""

    client: str
    client_name: str
    decisions: tuple[DecisionRow, ...]
    added: DecisionRow | None = None
    removed: DecisionRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedRow:
    """Words that a person keeps about who said them; `turn` and `start` (seconds) are None where they are no longer found."""

    meeting: str
    slug: str
    date: dt.date
    turn: int | None
    speaker: str
    side: str
    start: float | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembrance:
    """What is remembered about a client's people, or of one meeting; `added` or `removed` are this command's own words."""

    client: str | None
    client_name: str
    words: tuple[RememberedRow, ...]
    added: RememberedRow | None = None
    removed: RememberedRow | None = None
