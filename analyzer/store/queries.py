"""The questions and changes that Store's methods are made of, each within a transaction that is already open."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    LargeBinary,
    Select,
    and_,
    bindparam,
    case,
    cast,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    true,
    update,
)

from analyzer.errors import NotFound, StoreError, UsageError
from analyzer.model.edits import Edit
from analyzer.model.findings import Assessment
from analyzer.model.meetings import Client, Meeting, Side, Speaker, Stage
from analyzer.names import fold_text
from analyzer.store import rows, spoken, tables
from analyzer.store.names import client_slug, meeting_slug, new_id, tidy_name
from analyzer.store.rows import MeetingHead, NewMeeting, RevisionRows, Sitting

_MEETINGS = tables.meetings
_PARTS = {"findings": "array", "rejected": "array", "judgement": "object", "turns_read": "integer"}
_OF_A_TURN = tuple(tables.turns.c[name] for name in ("ordinal", "speaker", "text", "start", "end", "chat", "cues"))
_OLDEST_FIRST = (_MEETINGS.c.date, _MEETINGS.c.added_at, func.length(_MEETINGS.c.slug), _MEETINGS.c.slug)


def clients(connection: Connection) -> tuple[Client, ...]:
    """Every client, by name; one that was merged into another is none any longer."""
    table = tables.clients
    return tuple(
        rows.client(row) for row in connection.execute(select(table).where(table.c.merged_into.is_(None)).order_by(table.c.name))
    )


def client_called(connection: Connection, ref: str) -> Client | None:
    """The client of exactly that name, id or slug, folded; a merged client's leads to what it is now."""
    everyone = {row.id: row for row in connection.execute(select(tables.clients))}
    found = next((row for row in everyone.values() if ref in (row.id, row.slug) or fold_text(row.name) == fold_text(ref)), None)
    while found is not None and found.merged_into is not None:
        found = everyone[found.merged_into]
    return rows.client(found) if found is not None else None


def client_names(connection: Connection) -> tuple[str, ...]:
    """Every name that a client has, or had before it was renamed or merged."""
    now = connection.scalars(select(tables.clients.c.name).order_by(tables.clients.c.name))
    renamed = connection.scalars(select(tables.filings.c.body).where(tables.filings.c.kind == "rename"))
    return tuple(dict.fromkeys((*now, *(body["name"] for body in renamed))))


def with_merged(client_id: str) -> Select[tuple[str]]:
    """The ids of the client and of those that were merged into it, or into one of these."""
    table = tables.clients
    known = select(table.c.id).where(table.c.id == client_id).cte(recursive=True)
    known = known.union(select(table.c.id).join(known, table.c.merged_into == known.c.id))
    return select(known.c.id)


def merged_into(connection: Connection, client_id: str) -> str:
    """The id of what the client is by now: its own, where it was merged into none."""
    into = select(tables.clients.c.merged_into)
    while above := connection.scalar(into.where(tables.clients.c.id == client_id)):
        client_id = above
    return client_id


def client(known: Iterable[Client], client_id: str) -> Client:
    """The one of this id. Raises NotFound."""
    found = next((one for one in known if one.id == client_id), None)
    if found is None:
        raise NotFound(f"no client has the id {client_id!r}", "`analyzer clients` lists them.")
    return found


def client_named(connection: Connection, name: str, stage: Stage, added_at: str) -> Client:
    """The client of this name, made where there is none. Raises UsageError for a name in which nothing can be seen."""
    tidy = visible_name(name)
    if same := client_called(connection, tidy):
        return same
    slug = client_slug(tidy, set(connection.scalars(select(tables.clients.c.slug))))
    made = Client(id=unused_id(connection, "c"), slug=slug, name=tidy, stage=stage)
    connection.execute(insert(tables.clients).values(**rows.client_row(made), added_at=added_at))
    return made


def visible_name(name: str) -> str:
    """The client's name without what cannot be seen. Raises UsageError where nothing is left."""
    tidy = tidy_name(name)
    if not fold_text(tidy):
        raise UsageError("a client needs a name", "--client NAME")
    return tidy


def heads(connection: Connection, *where: ColumnElement[bool]) -> tuple[MeetingHead, ...]:
    """The meetings that fit, oldest first; three queries, however many they are."""
    return _heads(connection, _asked_for_heads(*where), {})


@dataclass(frozen=True, slots=True)
class _AskedForHeads:
    facts: Select[Any]
    voices: Select[Any]
    readers: Select[Any]


def _asked_for_heads(*where: ColumnElement[bool]) -> _AskedForHeads:
    facts = (
        select(_MEETINGS, tables.clients.c.name.label("client_name"), tables.revisions.c.turns, tables.revisions.c.words)
        .join(tables.revisions, _present(tables.revisions.c.meeting_id, tables.revisions.c.number))
        .join(tables.clients, isouter=True)
        .where(*where)
        .order_by(*_OLDEST_FIRST)
    )
    voices = (
        select(tables.speakers)
        .join(_MEETINGS, _present(tables.speakers.c.meeting_id, tables.speakers.c.revision))
        .where(*where)
        .order_by(tables.speakers.c.ordinal)
    )
    readers = (
        select(tables.assessments.c.meeting_id, tables.assessments.c.engine, tables.assessments.c.complete)
        .join(_MEETINGS, _present(tables.assessments.c.meeting_id, tables.assessments.c.revision))
        .where(*where, ~_superseded(), _whole())
        .order_by(tables.assessments.c.engine)
    )
    return _AskedForHeads(facts, voices, readers)


@cache
def _asked_for_head() -> _AskedForHeads:
    """Made once: making it takes longer than running it."""
    return _asked_for_heads(_MEETINGS.c.id == bindparam("meeting"))


def _heads(connection: Connection, asked: _AskedForHeads, values: Mapping[str, str]) -> tuple[MeetingHead, ...]:
    speakers: defaultdict[str, list[Speaker]] = defaultdict(list)
    for row in connection.execute(asked.voices, values):
        speakers[row.meeting_id].append(rows.speaker(row))
    readings: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for meeting_id, engine, complete in connection.execute(asked.readers, values):
        readings[meeting_id][engine] = complete
    return tuple(rows.head(row, speakers[row.id], readings[row.id]) for row in connection.execute(asked.facts, values))


def sittings(connection: Connection, client_id: str) -> tuple[Sitting, ...]:
    """The client's meetings, oldest first, as a search needs them: two queries of few columns, since there may be thousands."""
    of = tables.speakers.c
    voices = (
        select(of.meeting_id, of.name, of.side)
        .join(_MEETINGS, _present(of.meeting_id, of.revision))
        .where(_MEETINGS.c.client_id == client_id)
        .order_by(of.ordinal)
    )
    speakers: defaultdict[str, list[Speaker]] = defaultdict(list)
    heard: dict[tuple[str, str], Speaker] = {}  # the same few speak in meeting after meeting
    for meeting_id, name, side in connection.execute(voices).all():
        if (name, side) not in heard:
            heard[name, side] = Speaker(name=name, side=Side(side))
        speakers[meeting_id].append(heard[name, side])
    at = _MEETINGS.c
    facts = select(at.id, at.slug, at.date, at.index_pending).where(at.client_id == client_id).order_by(*_OLDEST_FIRST)
    return tuple(
        Sitting(id=meeting_id, slug=slug, date=date, speakers=tuple(speakers[meeting_id]), index_pending=pending)
        for meeting_id, slug, date, pending in connection.execute(facts).all()
    )


def head(connection: Connection, meeting_id: str) -> MeetingHead:
    """All facts of one meeting but its turns. Raises NotFound."""
    found = _heads(connection, _asked_for_head(), {"meeting": meeting_id})
    if not found:
        raise no_meeting(meeting_id)
    return found[0]


def meeting_called(connection: Connection, ref: str) -> MeetingHead | None:
    """The meeting of exactly that id or slug."""
    return next(iter(heads(connection, or_(_MEETINGS.c.id == ref, _MEETINGS.c.slug == ref))), None)


def made_from(connection: Connection, digest: str) -> MeetingHead | None:
    """The meeting that was made from the file of this digest, now or once."""
    of = select(tables.originals.c.meeting_id).where(tables.originals.c.digest == digest)
    return next(iter(heads(connection, _MEETINGS.c.id.in_(of))), None)


def unchanged_head(connection: Connection, meeting_id: str, revision: int) -> MeetingHead:
    """The meeting, still at this revision. Raises NotFound, and StoreError where somebody changed it meanwhile."""
    found = head(connection, meeting_id)
    if found.revision != revision:
        raise StoreError(f"{found.slug} was changed by another process meanwhile", "look at it again, then repeat the command")
    return found


def meeting(connection: Connection, of: MeetingHead) -> Meeting:
    """The meeting with the turns of its present revision."""
    return rows.meeting(of, connection.execute(_asked_for_turns(), {"meeting": of.id, "of_revision": of.revision}).all())


@cache
def _asked_for_turns() -> Select[Any]:
    """Made once, and of few columns: a meeting may have thousands of turns."""
    at = tables.turns.c
    said = select(*_OF_A_TURN).order_by(at.ordinal)
    return said.where(at.meeting_id == bindparam("meeting"), at.revision == bindparam("of_revision"))


def in_full(connection: Connection, of: Sequence[MeetingHead]) -> tuple[Meeting, ...]:
    """The meetings with their turns, in one query, however many they are. Raises NotFound where one is gone meanwhile."""
    at, wanted = tables.turns.c, [one.id for one in of]
    said = select(*_OF_A_TURN, at.meeting_id, at.revision).where(at.meeting_id.in_(wanted))
    in_order = connection.execute(said.order_by(at.meeting_id, at.revision, at.ordinal)).all()
    spoken = {key: list(turns) for key, turns in groupby(in_order, key=itemgetter(-2, -1))}
    for one in of:
        if len(spoken.get((one.id, one.revision), ())) != one.turns:
            raise no_meeting(one.id)
    return tuple(rows.meeting(one, spoken.get((one.id, one.revision), ())) for one in of)


def as_read(connection: Connection, of: MeetingHead) -> Meeting:
    """The meeting as it was last read from a file, before all edits."""
    made = tables.revisions
    read = select(func.max(made.c.number)).where(made.c.meeting_id == of.id, made.c.read_from.is_not(None))
    number = connection.execute(read).scalar_one()
    table = tables.speakers
    voices = select(table).where(table.c.meeting_id == of.id, table.c.revision == number).order_by(table.c.ordinal)
    speakers = tuple(rows.speaker(row) for row in connection.execute(voices))
    return meeting(connection, replace(of, revision=number, speakers=speakers))


def no_meeting(meeting_id: str) -> NotFound:
    """What to raise where no meeting has this id."""
    return NotFound(f"no meeting has the id {meeting_id!r}", "`analyzer meetings` lists them.")


def insert_original(connection: Connection, meeting_id: str, new: NewMeeting, added_at: str) -> None:
    """Keep the bytes that a meeting was read from."""
    values = {
        "meeting_id": meeting_id,
        "digest": rows.digest(new.original),
        "file_name": rows.storable(new.file_name),
        "added_at": added_at,
        "sketch": new.sketch,
        "content": new.original,
    }
    connection.execute(insert(tables.originals).values(values))


def insert_revision(connection: Connection, made: RevisionRows) -> None:
    """Put in a revision with its speakers and turns, and their checksum."""
    digest = spoken.of_rows(made.speakers, made.turns)
    connection.execute(insert(tables.revisions).values(made.revision | {"spoken": digest}))
    if made.speakers:
        connection.execute(insert(tables.speakers), made.speakers)
    if made.turns:
        connection.execute(insert(tables.turns), made.turns)


def edits(connection: Connection, meeting_id: str) -> tuple[Edit, ...]:
    """What a person changed about who speaks, in order."""
    table = tables.edits
    kept = connection.execute(select(table.c.body).where(table.c.meeting_id == meeting_id).order_by(table.c.number))
    return tuple(rows.edit(body) for body in kept.scalars())


def set_edits(connection: Connection, meeting_id: str, wanted: Sequence[Edit], made_at: str) -> None:
    """Make these the meeting's edits: one more or one fewer than there are. Raises StoreError where they changed meanwhile."""
    table = tables.edits
    known = edits(connection, meeting_id)
    if tuple(wanted[: len(known)]) != known[: len(wanted)]:
        raise StoreError("the meeting was edited by another process meanwhile", "look at it again, then repeat the command")
    for one in wanted[len(known) :]:
        connection.execute(insert(table).values(meeting_id=meeting_id, made_at=made_at, body=rows.edit_body(one)))
    if len(wanted) < len(known):
        in_order = select(table.c.number).where(table.c.meeting_id == meeting_id).order_by(table.c.number)
        gone = list(connection.scalars(in_order))[len(wanted) :]
        connection.execute(delete(table).where(table.c.number.in_(gone)))


def rename_meetings(connection: Connection, of: Client) -> None:
    """Give the client's meetings slugs that begin with its own."""
    mine = _MEETINGS.c.client_id == of.id
    taken = set(connection.scalars(select(_MEETINGS.c.slug).where(mine.is_not(True))))
    in_order = connection.execute(select(_MEETINGS.c.id, _MEETINGS.c.date).where(mine).order_by(*_OLDEST_FIRST)).all()
    # First out of each other's way: a new slug may be one that another meeting of this client still has.
    connection.execute(update(_MEETINGS).where(mine).values(slug=_MEETINGS.c.id))
    for row in in_order:
        slug = meeting_slug(of.slug, row.date, taken)
        taken.add(slug)
        connection.execute(update(_MEETINGS).where(_MEETINGS.c.id == row.id).values(slug=slug))


def assessments(connection: Connection, meeting_ids: Collection[str]) -> tuple[Assessment, ...]:
    """The newest reading of each engine for the present revision of these meetings, oldest meeting first.

    One that is damaged is passed over, so that the meeting can be read again.
    """
    newest = _newest().where(tables.assessments.c.meeting_id.in_(list(meeting_ids)), _whole())
    return tuple(read for row in connection.execute(newest) if (read := rows.assessment(row.body)))


def last_reading(connection: Connection, meeting_id: str, engine: str) -> Assessment | None:
    """The newest reading of the meeting by this engine, of whichever revision; one that is damaged is passed over."""
    table = tables.assessments
    kept = (
        select(cast(table.c.body, LargeBinary))
        .where(table.c.meeting_id == meeting_id, table.c.engine == engine)
        .order_by(table.c.number.desc())
    )
    return next((read for body in connection.scalars(kept) if (read := rows.assessment(body))), None)


def damaged_readings(connection: Connection) -> list[tuple[str, str]]:
    """The meeting's slug and the engine of every reading that should count and cannot be read."""
    newest = connection.execute(_newest().add_columns(_whole().label("whole")))
    return [(row.slug, row.engine) for row in newest if not (row.whole and rows.assessment(row.body))]


def _newest() -> Select[Any]:
    """The slug, engine and body (as bytes: damage may have left no text) of the readings that count."""
    table = tables.assessments
    return (
        select(_MEETINGS.c.slug, table.c.engine, cast(table.c.body, LargeBinary).label("body"))
        .join_from(table, _MEETINGS, _present(table.c.meeting_id, table.c.revision))
        .where(~_superseded())
        .order_by(*_OLDEST_FIRST, table.c.engine)
    )


def _superseded() -> ColumnElement[bool]:
    """The same engine has read the same revision anew."""
    table, newer = tables.assessments, tables.assessments.alias()
    return exists().where(
        newer.c.meeting_id == table.c.meeting_id,
        newer.c.revision == table.c.revision,
        newer.c.engine == table.c.engine,
        newer.c.number > table.c.number,
    )


def _whole() -> ColumnElement[bool]:
    """The reading's body is JSON with the parts of one; SQLite tells this forty times faster than reading it would."""
    body = tables.assessments.c.body
    # Python writes a score that is no number as NaN or Infinity, which SQLite takes for damage.
    written = func.replace(func.replace(body, "NaN", "0"), "Infinity", "0")
    return or_(_has_all_parts(body), _has_all_parts(written))


def _has_all_parts(body: ColumnElement[Any]) -> ColumnElement[bool]:
    table = tables.assessments
    return case(
        (func.typeof(table.c.body) != "text", false()),
        (func.json_valid(body) == 0, false()),
        else_=and_(
            func.json_extract(body, "$.meeting") == table.c.meeting_id,
            func.json_extract(body, "$.revision") == table.c.revision,
            func.json_extract(body, "$.engine.name") == table.c.engine,
            *(func.json_type(body, f"$.{part}") == kind for part, kind in _PARTS.items()),
        ),
    ).is_(true())


def unused_id(connection: Connection, prefix: str) -> str:
    """An id that was never given, given now."""
    while True:
        drawn = new_id(prefix)
        fresh = insert(tables.used_ids).prefix_with("OR IGNORE").values(id=drawn)
        if connection.execute(fresh).rowcount:
            return drawn


def _present(meeting_id: ColumnElement[Any], revision: ColumnElement[Any]) -> ColumnElement[bool]:
    return and_(meeting_id == _MEETINGS.c.id, revision == _MEETINGS.c.revision)
