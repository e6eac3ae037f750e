"""One client out of the record, whole, for a colleague; and one from a colleague into it, all of it or nothing."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, LargeBinary, Table, cast, select

from analyzer.model.handing import TakenIn
from analyzer.store import queries, rows, tables
from analyzer.store.connection import reading, writing
from analyzer.store.handed import MEETINGS_OF_AGENDA, OF_MEETING, Handed, Row, Rows, out, reading_row
from analyzer.store.handed_readings import misread, spoken
from analyzer.store.taking_in import take_in

_MEETINGS, _READINGS = tables.meetings, tables.assessments


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A client as it goes out: its rows, its originals by their SHA-256, and how much stayed, by kind."""

    handed: Handed
    originals: dict[str, bytes]
    left_out: dict[str, int]


class Handing:
    """Clients that go to colleagues and come from them. All raise StoreError where the record cannot be read or written."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    def give(self, client_id: str, *, confidential: Collection[str], author: str, notes: bool = True) -> Given:
        """The client with all that hangs on it and on those merged into it. Of its confidential meetings only these.

        `notes` says whether what a person noted beside the meetings goes along. What nobody signed is signed by `author`. An
        agenda that rests on a meeting that stays, stays too, and so does a reading that is damaged. Raises NotFound.
        """
        with reading(self._engine) as connection:
            found = queries.heads(connection, _MEETINGS.c.client_id == client_id)
            going = [head.id for head in found if not head.confidential or head.id in confidential]
            left = {"meetings": len(found) - len(going)}
            originals: dict[str, bytes] = {}
            meetings = [_meeting(connection, meeting_id, originals, left) for meeting_id in going]
            of_client = _client(connection, client_id, set(going), left)
            if not notes:
                left["notes"] = len(of_client[tables.notes.name])
                of_client = {**of_client, tables.notes.name: []}
            handed = Handed(client=of_client, meetings=tuple(meetings))
        for some in (handed.client, *handed.meetings):
            for row in (row for of_table in some.values() for row in of_table if "author" in row):
                row["author"] = row["author"] or author or None
        return Given(handed=handed, originals=originals, left_out={kind: number for kind, number in left.items() if number})

    def take(
        self,
        handed: Handed,
        originals: Mapping[str, bytes],
        *,
        into: str | None = None,
        called: str | None = None,
        leaving: Mapping[str, str] | None = None,
    ) -> TakenIn:
        """Put in a client that a colleague handed over, checked before (`handed.checked`); what is here already is left alone.

        It goes into the client `into`, or becomes a new one of the name `called`, or else the client that it is: the one of its
        id, or a new one. `leaving` are meetings that stay out, by id, with why. Raises NotFound, and UsageError where a client of
        that name is here and it is not said which one is meant.
        """
        with writing(self._engine) as connection:
            at = rows.moment(self._now())
            return take_in(connection, handed, originals, into=into, called=called, leaving=leaving or {}, at=at)


def _client(connection: Connection, client_id: str, going: set[str], left: dict[str, int]) -> Rows:
    """What hangs on the client itself."""
    family = list(connection.scalars(queries.with_merged(client_id)))
    of = tables.clients
    everyone = connection.execute(select(of).where(of.c.id.in_(family)).order_by(of.c.id != client_id, of.c.added_at)).all()
    queries.client([rows.client(row) for row in everyone[:1]], client_id)
    found: dict[str, list[Row]] = {"clients": [out(of, row) for row in everyone]}
    for table in (tables.notes, tables.decisions):
        mine = select(table).where(table.c.client_id.in_(family)).order_by(table.c.number)
        found[table.name] = [out(table, row) for row in connection.execute(mine)]
    agendas, drawn = tables.agendas, tables.agenda_meetings
    found["agendas"] = []
    for row in connection.execute(select(agendas).where(agendas.c.client_id.in_(family)).order_by(agendas.c.id)).all():
        quoted = list(connection.scalars(select(drawn.c.meeting_id).where(drawn.c.agenda == row.id).order_by(drawn.c.meeting_id)))
        if set(quoted) <= going:
            found["agendas"].append(out(agendas, row) | {MEETINGS_OF_AGENDA: quoted})
        else:
            left["agendas"] = left.get("agendas", 0) + 1
    return found


def _meeting(connection: Connection, meeting_id: str, originals: dict[str, bytes], left: dict[str, int]) -> Rows:
    """A meeting with every revision of it, and what was made of it."""
    found: dict[str, list[Row]] = {}
    for table in OF_MEETING:
        if table is not _READINGS:
            kept = _of(connection, table, meeting_id)
            found[table.name] = [out(table, row) for row in kept]
        if table is tables.originals:
            originals |= {row.digest: bytes(row.content) for row in kept}
    found[_READINGS.name] = []
    said = spoken(found)
    body = cast(_READINGS.c.body, LargeBinary).label("whole")
    mine = select(_READINGS.c.revision, body).where(_READINGS.c.meeting_id == meeting_id).order_by(_READINGS.c.number)
    for row in connection.execute(mine):
        read = rows.assessment(row.whole or b"")
        if read is None or misread(read, meeting_id, row.revision, said[row.revision]):
            left["readings"] = left.get("readings", 0) + 1
        else:
            found[_READINGS.name].append(reading_row(read))
    return found


def _of(connection: Connection, table: Table, meeting_id: str) -> list[Any]:
    key = table.c.id if table is _MEETINGS else table.c.meeting_id
    order = [table.c.number] if "number" in table.c else list(table.primary_key)
    return list(connection.execute(select(table).where(key == meeting_id).order_by(*order)).all())
