"""Between rows and values: what goes into the record, and what comes out of it."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Row

from analyzer.model.agenda import Agenda
from analyzer.model.edits import AssignedTurn, Edit
from analyzer.model.findings import Assessment
from analyzer.model.meetings import Client, CueTime, Meeting, Side, Speaker, Stage, Turn, Utterance

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMeeting:
    """A meeting about to be kept, with the bytes that it was read from.

    `client_id` None files it under the client named `new_client`, made with it where there is none, or under no client.

    `coverage` is the share of the file's speech that became utterances (0 to 1), `dropped` counts the rest by reason.
    Every utterance's speaker is one of `speakers`, whose names differ. `sketch` is what other exports of the same meeting
    are found by (`transcripts.likeness`). `confidential` keeps what was said to those who were there.
    """

    client_id: str | None
    date: dt.date
    title: str
    format: str
    file_name: str
    original: bytes
    speakers: tuple[Speaker, ...]
    utterances: tuple[Utterance, ...]
    new_client: str | None = None
    coverage: float = 1.0
    dropped: dict[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    sketch: bytes | None = None
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A document that was written to a file: `kind` brief or agenda, `path` as it was given, made absolute."""

    kind: str
    path: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """What a search needs to know of a meeting: when it was, who speaks in it, and whether its index is behind."""

    id: str
    slug: str
    date: dt.date
    speakers: tuple[Speaker, ...]
    index_pending: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingHead:
    """All that is known of a meeting but its turns. `turns` and `words` count those of its present revision.

    `digest` is the SHA-256 of the uploaded bytes; `readings` names the engines that have read the present revision, and
    `partly_read` those among them whose newest reading of it left turns out; `client_id` is None and `client_name` empty
    where it is filed under no client. What was said in a `confidential` meeting stays with those who were there.
    """

    id: str
    slug: str
    client_id: str | None
    client_name: str
    date: dt.date
    title: str
    format: str
    file_name: str
    digest: str
    revision: int
    turns: int
    words: int
    coverage: float
    dropped: Mapping[str, int]
    warnings: tuple[str, ...]
    speakers: tuple[Speaker, ...]
    index_pending: bool
    added_at: dt.datetime
    readings: tuple[str, ...]
    partly_read: tuple[str, ...] = ()
    confidential: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one question to a model used: what it was for (`command`: read, judge, answer), and at which `server`.

    `calls` were paid for, `cached` answers were on record already; tokens are those that the server counted.
    """

    command: str
    engine: str
    model: str
    server: str
    calls: int = 0
    cached: int = 0
    input_tokens: int = 0
    output_tokens: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRows:
    """The rows of one revision of a meeting: itself, its speakers, its turns."""

    revision: dict[str, Any]
    speakers: list[dict[str, Any]]
    turns: list[dict[str, Any]]


def digest(content: bytes) -> str:
    """The SHA-256 of an uploaded file, in hex: two files are the same when this is."""
    return hashlib.sha256(content).hexdigest()


def storable(text: str) -> str:
    """The text without what UTF-8 cannot hold, as a file's name may have it where its bytes were no text."""
    return text.encode(errors="replace").decode()


def moment(now: dt.datetime) -> str:
    """A time as the record keeps it: UTC, so that text order is time order."""
    return now.astimezone(dt.UTC).isoformat()


def client(row: Row[Any]) -> Client:
    """A client from its row."""
    return Client(id=row.id, slug=row.slug, name=row.name, stage=Stage(row.stage), offline_only=row.offline_only)


def client_row(one: Client) -> dict[str, Any]:
    """A client's row, but for when it was added."""
    return {"id": one.id, "slug": one.slug, "name": one.name, "stage": one.stage.value, "offline_only": one.offline_only}


def speaker(row: Row[Any]) -> Speaker:
    """A speaker from its row."""
    return Speaker(name=row.name, side=Side(row.side), role=row.role)


def head(row: Row[Any], speakers: Sequence[Speaker], readings: Mapping[str, bool]) -> MeetingHead:
    """A head from its meeting's row joined with its client's name and its present revision's counts.

    `readings` says of each engine that has read the present revision whether it read all of it.
    """
    return MeetingHead(
        id=row.id,
        slug=row.slug,
        client_id=row.client_id,
        client_name=row.client_name or "",
        date=row.date,
        title=row.title,
        format=row.format,
        file_name=row.file_name,
        digest=row.digest,
        revision=row.revision,
        turns=row.turns,
        words=row.words,
        coverage=row.coverage,
        dropped=row.dropped,
        warnings=tuple(row.warnings),
        speakers=tuple(speakers),
        index_pending=row.index_pending,
        added_at=dt.datetime.fromisoformat(row.added_at),
        readings=tuple(readings),
        partly_read=tuple(engine for engine, complete in readings.items() if not complete),
        confidential=row.confidential,
    )


def export(row: Row[Any]) -> Export:
    """An export from its row."""
    return Export(kind=row.kind, path=row.path, made_at=dt.datetime.fromisoformat(row.made_at))


def meeting(of: MeetingHead, rows: Iterable[Sequence[Any]]) -> Meeting:
    """The meeting with its turns, from rows that begin with these columns; a turn is on its speaker's side."""
    turns = [
        Turn(
            ordinal=ordinal,
            speaker=of.speakers[speaker].name,
            side=of.speakers[speaker].side,
            text=text,
            start=start,
            end=end,
            chat=chat,
            cues=tuple(CueTime(*cue) for cue in cues) if cues else (),
        )
        for ordinal, speaker, text, start, end, chat, cues, *_ in rows
    ]
    return Meeting(
        id=of.id,
        slug=of.slug,
        client_id=of.client_id,
        client_name=of.client_name,
        date=of.date,
        title=of.title,
        revision=of.revision,
        speakers=of.speakers,
        turns=tuple(turns),
        confidential=of.confidential,
    )


def revision_rows(
    meeting_id: str,
    number: int,
    speakers: Sequence[Speaker],
    spoken: Sequence[Utterance | Turn],
    made_at: str,
    read_from: str | None = None,
) -> RevisionRows:
    """What was said as the rows of one revision, in the order given; `read_from` is the digest of the file that says so.

    Raises ValueError for two speakers of one name, and for words of nobody among the speakers.
    """
    place = {voice.name: ordinal for ordinal, voice in enumerate(speakers)}
    if len(place) != len(speakers):
        raise ValueError(f"two speakers of one name in {[voice.name for voice in speakers]}")
    if unknown := {said.speaker for said in spoken} - place.keys():
        raise ValueError(f"words of nobody among the speakers: {sorted(unknown)}")
    of = {"meeting_id": meeting_id, "revision": number}
    words = sum(len(said.text.split()) for said in spoken)
    counts = {"turns": len(spoken), "words": words}
    revision = {"meeting_id": meeting_id, "number": number, **counts, "made_at": made_at, "read_from": read_from}
    voices = [of | {"ordinal": n, "name": v.name, "side": v.side.value, "role": v.role} for n, v in enumerate(speakers)]
    turns = [
        of
        | {
            "ordinal": n,
            "speaker": place[said.speaker],
            "text": said.text,
            "start": said.start,
            "end": said.end,
            "chat": said.chat,
            "cues": [list(cue) for cue in said.cues] or None,
        }
        for n, said in enumerate(spoken)
    ]
    return RevisionRows(revision=revision, speakers=voices, turns=turns)


def assessment_row(assessment: Assessment) -> dict[str, Any]:
    """The row of an assessment; the whole of it stands in `body`."""
    return {
        "meeting_id": assessment.meeting,
        "revision": assessment.revision,
        "engine": assessment.engine.name,
        "model": assessment.engine.model,
        "prompts": assessment.engine.prompts,
        "read_at": assessment.read_at.isoformat(),
        "body": _json().unstructure(assessment),
        "complete": assessment.complete,
    }


def assessment(body: bytes) -> Assessment | None:
    """The assessment as it was saved, from the bytes of its body; None where they are not one."""
    try:
        return structured(json.loads(body), Assessment)
    except (ValueError, RecursionError):
        return None


def structured(body: Any, kind: type[T]) -> T | None:
    """The value of this kind that some JSON stands for; None where it stands for none."""
    try:
        return _json().structure(body, kind)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError):
        return None


def edit_body(edit: Edit) -> Any:
    """An edit as JSON."""
    return _json().unstructure(edit)


def edit(body: Any) -> Edit:
    """An edit from its JSON."""
    return _json().structure(body, Edit)


def turn_body(turn: AssignedTurn) -> Any:
    """A turn, with what finds it again, as JSON."""
    return _json().unstructure(turn)


def turn(body: Any) -> AssignedTurn:
    """A turn from its JSON."""
    return _json().structure(body, AssignedTurn)


def agenda_body(agenda: Agenda) -> Any:
    """An agenda as JSON."""
    return _json().unstructure(agenda)


def agenda(body: Any) -> Agenda | None:
    """The agenda as it was kept; None where this is not one that can be read."""
    return structured(body, Agenda)


def usage_row(used: Usage, at: dt.datetime) -> dict[str, Any]:
    """The row of what was used."""
    return {
        "at": at.isoformat(),
        "command": used.command,
        "engine": used.engine,
        "model": used.model,
        "server": used.server,
        "calls": used.calls,
        "cached": used.cached,
        "input_tokens": used.input_tokens,
        "output_tokens": used.output_tokens,
    }


@cache
def _json() -> "Converter":
    from cattrs.preconf.json import make_converter

    return make_converter(detailed_validation=False)  # faster; nobody is told what is wrong with a damaged one
