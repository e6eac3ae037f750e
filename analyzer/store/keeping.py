"""How a meeting comes into the record and is read anew, and whether what is kept is whole; each in an open transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from analyzer.errors import StoreError
from analyzer.model.meetings import Client, Meeting, Speaker, Stage, Utterance
from analyzer.store import queries, rows, spoken, tables
from analyzer.store.agendas import damaged_agendas
from analyzer.store.names import meeting_slug
from analyzer.store.rows import MeetingHead, NewMeeting

_MEETINGS, _ORIGINALS = tables.meetings, tables.originals


def add_meeting(connection: Connection, new: NewMeeting, made_at: str) -> Meeting:
    """Put in a meeting with its original, speakers and turns, and its client where that is new."""
    client = _client_of(connection, new, made_at)
    digest = rows.digest(new.original)
    if known := queries.made_from(connection, digest):
        raise _kept_already(new, known)
    taken = set(connection.scalars(select(_MEETINGS.c.slug)))
    meeting_id = queries.unused_id(connection, "m")
    values = {
        "id": meeting_id,
        "slug": meeting_slug(client.slug if client else None, new.date, taken),
        "client_id": client.id if client else None,
        "date": new.date,
        "title": rows.storable(new.title),
        "added_at": made_at,
        "confidential": new.confidential,
    }
    connection.execute(insert(_MEETINGS).values(values | _facts(new, digest, 1)))
    queries.insert_original(connection, meeting_id, new, made_at)
    queries.insert_revision(connection, rows.revision_rows(meeting_id, 1, new.speakers, new.utterances, made_at, digest))
    return queries.meeting(connection, queries.head(connection, meeting_id))


def read_again(
    connection: Connection,
    head: MeetingHead,
    new: NewMeeting,
    edited: tuple[Sequence[Speaker], Sequence[Utterance]],
    made_at: str,
) -> Meeting:
    """Put in another reading of a meeting, and where edits change it the speakers and turns that they make of it."""
    digest = rows.digest(new.original)
    known = queries.made_from(connection, digest)
    if known and known.id != head.id:
        raise _kept_already(new, known)
    if not known:
        queries.insert_original(connection, head.id, new, made_at)
    elif new.sketch is not None:
        connection.execute(update(_ORIGINALS).where(_ORIGINALS.c.digest == digest).values(sketch=new.sketch))
    number = head.revision + 1
    read = rows.revision_rows(head.id, number, new.speakers, new.utterances, made_at, digest)
    queries.insert_revision(connection, read)
    speakers, turns = edited
    if (tuple(speakers), tuple(turns)) != (new.speakers, new.utterances):
        number += 1
        queries.insert_revision(connection, rows.revision_rows(head.id, number, speakers, turns, made_at))
    connection.execute(update(_MEETINGS).where(_MEETINGS.c.id == head.id).values(_facts(new, digest, number)))
    return queries.meeting(connection, queries.head(connection, head.id))


def damage(connection: Connection) -> tuple[str, ...]:
    """What is wrong with the record, in words."""
    found = [line for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if line != "ok"]
    for slug, engine in queries.damaged_readings(connection):
        again = f"`analyzer motives {slug} --engine {engine}` reads it again"
        found.append(f"the reading of {slug} by {engine} is damaged; {again}")
    found += [f"agenda {number} of {slug} is damaged, or of another version" for slug, number in damaged_agendas(connection)]
    found += [f"a row of {row[0]} hangs on nothing" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    files = select(_MEETINGS.c.slug, _MEETINGS.c.digest, _ORIGINALS.c.content).join_from(
        _MEETINGS, _ORIGINALS, _ORIGINALS.c.digest == _MEETINGS.c.digest, isouter=True
    )
    for slug, digest, content in connection.execute(files):
        if not isinstance(content, bytes) or rows.digest(content) != digest:
            found.append(f"the original of {slug} is not what was uploaded; `analyzer restore` takes a backup back")
    return (*found, *_misspoken(connection))


def _misspoken(connection: Connection) -> list[str]:
    """Each meeting of which not every word is as it was written down."""
    again = "`analyzer upload FILE --replace` reads its file again"
    slugs = {row.id: row.slug for row in connection.execute(select(_MEETINGS.c.id, _MEETINGS.c.slug))}
    return [f"what was said in {slugs[meeting_id]} is damaged; {again}" for meeting_id in spoken.damaged(connection)]


def _client_of(connection: Connection, new: NewMeeting, made_at: str) -> Client | None:
    if new.client_id:
        return queries.client(queries.clients(connection), new.client_id)
    if new.new_client is not None:
        return queries.client_named(connection, new.new_client, Stage.ACTIVE, made_at)
    return None


def _facts(new: NewMeeting, digest: str, revision: int) -> dict[str, Any]:
    """What a meeting's row says of the file that it is read from."""
    return {
        "format": new.format,
        "file_name": rows.storable(new.file_name),
        "digest": digest,
        "coverage": new.coverage,
        "dropped": new.dropped,
        "warnings": list(new.warnings),
        "revision": revision,
        "index_pending": True,
    }


def _kept_already(new: NewMeeting, known: MeetingHead) -> StoreError:
    return StoreError(f"{rows.storable(new.file_name)} is kept already, as {known.slug}", "There is nothing left to do.")
