"""Motives: what the readings of one meeting, or of all of a client's meetings, say about the assignment."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from analyzer.errors import UsageError
from analyzer.model.findings import Assessment, Rejected, Stance
from analyzer.model.insight import Motives, NotKept, ReadingChange, Source
from analyzer.model.meetings import Client, Meeting
from analyzer.model.relationship import Picture
from analyzer.model.results import ClientRow, Clients, Failure, MeetingRow, Meetings
from analyzer.relationship import picture, picture_of_meeting
from analyzer.relationship.changes import because, changed
from analyzer.relationship.person import with_said
from analyzer.relationship.words import count
from analyzer.store import MeetingHead
from analyzer.usecases import resolve
from analyzer.usecases.notes import note_rows
from analyzer.usecases.person import agreement, said_of
from analyzer.usecases.read import How, counted_engine, read_meetings, unread_failure
from analyzer.workspace import LLM, OFFLINE, Workspace

_ALL_KEPT = "the same model, prompts and words: the answers from before were used, and the model was not asked"


def motives(ws: Workspace, ref: str, engine: str | None = None, how: How = How()) -> Motives:  # noqa: B008 frozen
    """The motives of a client or a meeting, reading first what the engine asked for has not read, or more as `how` says.

    Raises NotFound, Ambiguous; UsageError where reading again would send words and no model was chosen.
    """
    found = resolve.client_or_meeting(ws.store, ref)
    heads = heads_of(ws, found)
    name = counted_engine(heads, engine)
    if how.again and name == LLM and engine is None:
        raise UsageError(
            "reading again would send words to a model, and nobody chose that", "add --engine llm, or --engine offline"
        )
    before = {h.id: ws.store.last_reading(h.id, name) for h in heads} if how.again else {}
    readings = read_meetings(ws, heads, name, how) if engine or how.again or name == OFFLINE else None
    failure = None
    if readings and readings.failure:
        failure = unread_failure(readings.failure, readings.unread, found.slug, again=how.again)
    read = read_pairs(ws, heads, name)
    told = _motives(ws, found, heads, name, read, failure)
    return replace(told, changes=_changes(ws, heads, name, before)) if how.again else told


def heads_asked(ws: Workspace, ref: str) -> tuple[MeetingHead, ...]:
    """The meetings that a client's or a meeting's name stands for. Raises NotFound, Ambiguous."""
    return heads_of(ws, resolve.client_or_meeting(ws.store, ref))


def heads_of(ws: Workspace, found: Client | MeetingHead) -> tuple[MeetingHead, ...]:
    """The meetings of a client, or the one meeting."""
    return ws.store.meetings(found.id) if isinstance(found, Client) else (found,)


def as_read(ws: Workspace, heads: Sequence[MeetingHead], engine: str) -> tuple[tuple[Meeting, Assessment], ...]:
    """The meetings that this engine has read, with what it made of them and without a person's word, oldest first."""
    assessments = {a.meeting: a for a in ws.store.assessments([h.id for h in heads]) if a.engine.name == engine}
    met = ws.store.in_full([head for head in heads if head.id in assessments])
    return tuple((meeting, assessments[meeting.id]) for meeting in met)


def read_pairs(ws: Workspace, heads: Sequence[MeetingHead], engine: str) -> tuple[tuple[Meeting, Assessment], ...]:
    """The meetings that this engine has read, with what it made of them and what a person says to it, oldest first."""
    pairs = as_read(ws, heads, engine)
    words = said_of(ws, [meeting for meeting, _ in pairs])
    return tuple((meeting, with_said(meeting, assessment, words[meeting.id])) for meeting, assessment in pairs)


def _changes(
    ws: Workspace, heads: Sequence[MeetingHead], engine: str, before: Mapping[str, Assessment | None]
) -> tuple[ReadingChange, ...]:
    """What the readings of this round say otherwise than those before them; of a meeting first read now there is nothing."""
    changes = []
    for meeting, now in as_read(ws, heads, engine):
        old = before.get(meeting.id)
        if old is not None and now != old:
            kept = now.usage and not now.usage.get("calls")
            why = because(old, now) or ((_ALL_KEPT,) if kept else ())
            changes.append(ReadingChange(meeting=meeting.id, slug=meeting.slug, lines=changed(old, now), because=why))
    return tuple(changes)


def _motives(
    ws: Workspace,
    found: Client | MeetingHead,
    heads: Sequence[MeetingHead],
    engine: str,
    read: Sequence[tuple[Meeting, Assessment]],
    failure: Failure | None,
) -> Motives:
    meeting = None if isinstance(found, Client) else found
    seen = _seen(ws, read, one=meeting is not None)
    _tell_lost(ws, read)
    return Motives(
        client=found.id if isinstance(found, Client) else found.client_id,
        client_name=found.name if isinstance(found, Client) else found.client_name,
        meeting=meeting.id if meeting else None,
        title=meeting.title if meeting else "",
        date=meeting.date if meeting else None,
        engine=engine,
        reader=seen.engine if seen else None,
        meetings_read=len(read),
        unread=len(heads) - len(read),
        signs=seen.signs if seen else (),
        stance=seen.stance if seen else Stance.UNKNOWN,
        stance_why=seen.stance_why if seen else f"the {engine} engine has not read it yet",
        conditions=seen.conditions if seen else {},
        openings=seen.openings if seen else {},
        commitments=seen.commitments if seen else (),
        recommendations=seen.recommendations if seen else (),
        rejected=seen.rejected if seen else {},
        not_kept=tuple(_not_kept(rejected) for _, assessment in read for rejected in assessment.rejected),
        trajectory=seen.trajectory if seen and not meeting else (),
        caveats=seen.caveats if seen else (),
        sources=tuple(source(meeting) for meeting, _ in read),
        adoption=seen.adoption if seen else None,
        unmatched=seen.unmatched if seen else (),
        voices=seen.voices if seen else (),
        differences=seen.differences if seen else (),
        track_record=agreement(ws, engine),
        notes=note_rows(ws, found) if isinstance(found, Client) else (),
        failure=failure,
    )


def _not_kept(rejected: Rejected) -> NotKept:
    claim = rejected.claim
    return NotKept(
        meeting=claim.meeting, turn=claim.turn, quote=claim.quote, kind=claim.kind.value, topic=claim.topic, why=rejected.why
    )


def _tell_lost(ws: Workspace, read: Sequence[tuple[Meeting, Assessment]]) -> None:
    for meeting_id, words in said_of(ws, [meeting for meeting, _ in read]).items():
        if words.lost:
            slug = ws.store.head(meeting_id).slug
            ws.notice("lost_words", f"{slug}: {count(words.lost, 'turn')} that you spoke of cannot be found in it as it is now")


def _seen(ws: Workspace, read: Sequence[tuple[Meeting, Assessment]], *, one: bool) -> Picture | None:
    """The picture of one meeting as it was judged, or of all; None where nothing is read."""
    if not read:
        return None
    words = said_of(ws, [meeting for meeting, _ in read])
    return picture_of_meeting(*read[0], ws.today, words) if one else picture(read, ws.today, words)


def source(meeting: Meeting | MeetingHead) -> Source:
    """The meeting as evidence names it."""
    return Source(
        id=meeting.id,
        slug=meeting.slug,
        client_name=meeting.client_name,
        date=meeting.date,
        title=meeting.title,
        confidential=meeting.confidential,
    )


def clients(ws: Workspace) -> Clients:
    """Every client at a glance, from readings on record alone."""
    return Clients(clients=tuple(_client_row(ws, c) for c in ws.store.clients()))


def client_picture(
    ws: Workspace, client: Client, day: dt.date, engine: str | None = None
) -> tuple[Picture | None, tuple[Meeting, ...]]:
    """The client as read so far and seen on that day, reading nothing now; and the client's meetings up to it, read or not.

    Meetings that the counted engine has not read are told as a notice with the command that reads them.
    """
    heads = tuple(head for head in ws.store.meetings(client.id) if head.date <= day)
    read = _read_over(ws, client, heads, counted_engine(heads, engine))
    known = {meeting.id: meeting for meeting, _ in read}
    known |= {meeting.id: meeting for meeting in ws.store.in_full([head for head in heads if head.id not in known])}
    return _picture_on(ws, read, day), tuple(known[head.id] for head in heads)


def picture_over(ws: Workspace, client: Client, heads: Sequence[MeetingHead], day: dt.date, name: str) -> Picture | None:
    """What these meetings of the client show together, as far as this engine has read them; reading nothing now."""
    return _picture_on(ws, _read_over(ws, client, heads, name), day)


def _read_over(ws: Workspace, client: Client, heads: Sequence[MeetingHead], name: str) -> tuple[tuple[Meeting, Assessment], ...]:
    """Those of the meetings that this engine has read; of the others it is told how to have them read."""
    read = read_pairs(ws, heads, name)
    if len(read) < len(heads):
        ws.notice(
            "unread",
            f"{len(heads) - len(read)} of {len(heads)} meetings of {client.name} are not read by the {name} engine: "
            f"`analyzer motives {client.slug} --engine {name}`",
        )
    return read


def _picture_on(ws: Workspace, read: Sequence[tuple[Meeting, Assessment]], day: dt.date) -> Picture | None:
    words = said_of(ws, [meeting for meeting, _ in read])
    return picture(read, day, words) if read else None


def _client_row(ws: Workspace, client: Client) -> ClientRow:
    heads = ws.store.meetings(client.id)
    read = read_pairs(ws, heads, counted_engine(heads, None))
    seen = picture(read, ws.today) if read else None
    return ClientRow(
        id=client.id,
        slug=client.slug,
        name=client.name,
        stage=client.stage.value,
        meetings=len(heads),
        first=heads[0].date if heads else None,
        last=heads[-1].date if heads else None,
        stance=seen.stance if seen else Stance.UNKNOWN,
        signs={row.id: row.level for row in seen.signs} if seen else {},
    )


def meetings(ws: Workspace, ref: str | None = None) -> Meetings:
    """Every meeting at a glance, of one client or of all, oldest first."""
    heads = ws.store.meetings(resolve.client(ws.store, ref).id if ref else None)
    return Meetings(
        meetings=tuple(
            MeetingRow(
                id=h.id,
                slug=h.slug,
                client=h.client_id,
                client_name=h.client_name,
                date=h.date,
                title=h.title,
                turns=h.turns,
                readings=h.readings,
                confidential=h.confidential,
            )
            for h in heads
        )
    )
