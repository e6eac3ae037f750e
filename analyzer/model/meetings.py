"""Clients, meetings, turns and passages."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Side(StrEnum):
    """Whose voice it is. Only `THEIRS` can raise a sign; a shared microphone (`MIXED`) raises none."""

    OURS = "ours"
    THEIRS = "theirs"
    OTHER = "other"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class Stage(StrEnum):
    """How far the relation with a client has come."""

    PROSPECT = "prospect"
    ACTIVE = "active"
    PAST = "past"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """The organisation met, or hoped for. `id` is opaque and never reused; `slug` is what people type."""

    id: str
    slug: str
    name: str
    stage: Stage = Stage.ACTIVE
    offline_only: bool = False


class CueTime(NamedTuple):
    """One caption within a turn: it begins at code point `at` of the turn's text, and at `start` seconds of the meeting."""

    at: int
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One speaker's stretch as a transcript file has it, before sides are known. Times are seconds from the meeting's start.

    `chat` is true of what was typed and not spoken; `cues` are the captions that a stretch was joined from, in order, and
    empty where it was not joined.
    """

    speaker: str
    text: str
    start: float | None = None
    end: float | None = None
    chat: bool = False
    cues: tuple[CueTime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One voice of one meeting and the side it is on; `role` as the file gives it, else empty."""

    name: str
    side: Side
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One speaker, one stretch. `ordinal` counts from 0 within the meeting's revision; `chat` and `cues` as in Utterance."""

    ordinal: int
    speaker: str
    side: Side
    text: str
    start: float | None = None
    end: float | None = None
    chat: bool = False
    cues: tuple[CueTime, ...] = ()

    def time_at(self, place: int) -> float | None:
        """The second at which the caption begins that holds this code point of the text, else the turn's own start."""
        return next((cue.start for cue in reversed(self.cues) if cue.at <= place), self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting in one revision of its turns; `client_id` is None while it is filed under no client.

    What was said in a `confidential` meeting stays with those who were there, whoever else a document is for.
    """

    id: str
    slug: str
    client_id: str | None
    client_name: str
    date: dt.date
    title: str
    revision: int
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    confidential: bool = False

    def names(self, side: Side) -> tuple[str, ...]:
        """The speakers of one side, in the order in which they are listed."""
        return tuple(s.name for s in self.speakers if s.side is side)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of consecutive turns of one meeting: the unit that is embedded, found and quoted from.

    `client_id` is the client whose meeting it is; None, with an empty name, where that is filed under none.
    """

    id: str
    meeting_id: str
    client_id: str | None = None
    client_name: str = ""
    revision: int
    ordinal: int
    turns: tuple[Turn, ...]
    date: dt.date

    @property
    def first_turn(self) -> int:
        return self.turns[0].ordinal

    @property
    def last_turn(self) -> int:
        return self.turns[-1].ordinal

    @property
    def start(self) -> float | None:
        return self.turns[0].start

    @property
    def text(self) -> str:
        """The turns as lines of `Speaker: words`."""
        return "\n".join(f"{t.speaker}: {t.text}" for t in self.turns)
