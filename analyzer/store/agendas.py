"""Agendas that were made for a client, kept to be edited, sent, and held against the talk when its transcript comes."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from analyzer.errors import NotFound
from analyzer.model.agenda import Agenda, AgendaKind
from analyzer.model.kept import KeptAgenda
from analyzer.store import queries, rows, tables
from analyzer.store.connection import reading, writing

_AGENDAS = tables.agendas


class Agendas:
    """The kept agendas, each change one transaction. A client has those of the clients that were merged into it as well.

    An agenda is forgotten with its client, and with the first of the meetings whose words it holds.
    """

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    def keep(self, client_id: str, agenda: Agenda, *, meeting_ids: Collection[str], text: str | None = None) -> KeptAgenda:
        """Keep an agenda under the client's next number. `meeting_ids` are the meetings that it draws on.

        Raises StoreError where the client or one of the meetings is not on record.
        """
        with writing(self._engine) as connection:
            values = {
                "client_id": client_id,
                "number": 1 + _highest(connection, client_id),
                "made_at": rows.moment(self._now()),
                "date": agenda.date,
                "kind": agenda.kind.value,
                "minutes": agenda.minutes,
                "people": [rows.storable(name) for name in agenda.people],
                "body": rows.agenda_body(agenda),
                "text": None if text is None else rows.storable(text),
            }
            made = connection.execute(insert(_AGENDAS).values(values).returning(_AGENDAS)).one()
            drawn_on = [{"agenda": made.id, "meeting_id": meeting_id} for meeting_id in sorted(set(meeting_ids))]
            if drawn_on:
                connection.execute(insert(tables.agenda_meetings), drawn_on)
            return _agenda(made, agenda)

    def of(self, client_id: str) -> tuple[KeptAgenda, ...]:
        """The client's agendas, oldest first; one whose body cannot be read is passed over (`Store.damage` tells of it)."""
        with reading(self._engine) as connection:
            mine = _AGENDAS.c.client_id.in_(queries.with_merged(client_id))
            found = connection.execute(select(_AGENDAS).where(mine).order_by(_AGENDAS.c.made_at, _AGENDAS.c.id)).all()
        return tuple(_agenda(row, body) for row in found if (body := rows.agenda(row.body)))

    def get(self, client_id: str, number: int) -> KeptAgenda:
        """The client's agenda of this number. Raises NotFound."""
        found = next((one for one in self.of(client_id) if one.number == number), None)
        if found is None:
            raise NotFound(f"there is no agenda {number} of this client", "give one of the numbers that are listed")
        return found

    def drawn_on(self, client_id: str, numbers: Collection[int]) -> frozenset[str]:
        """The meetings, by id, whose words these agendas of the client hold."""
        drawn = tables.agenda_meetings.c
        with reading(self._engine) as connection:
            mine = _AGENDAS.c.client_id.in_(queries.with_merged(client_id)) & _AGENDAS.c.number.in_(list(numbers))
            found = select(drawn.meeting_id).join(_AGENDAS, _AGENDAS.c.id == drawn.agenda).where(mine)
            return frozenset(connection.scalars(found))

    def set_text(self, client_id: str, number: int, text: str | None) -> KeptAgenda:
        """Make this the edited version of the agenda, in place of the one before; None goes back to what was proposed.

        Raises NotFound.
        """
        with writing(self._engine) as connection:
            values = {"text": None if text is None else rows.storable(text)}
            connection.execute(update(_AGENDAS).where(_is(connection, client_id, number)).values(values))
        return self.get(client_id, number)

    def remove(self, client_id: str, number: int) -> bool:
        """Forget the agenda of this number; whether there was one."""
        with writing(self._engine) as connection:
            return bool(connection.execute(delete(_AGENDAS).where(_is(connection, client_id, number))).rowcount)


def follow_merge(connection: Connection, client_id: str, into_id: str) -> None:
    """Give a client's agendas numbers behind those of the client that it is about to be merged into."""
    mine = _AGENDAS.c.client_id.in_(_ids(connection, client_id))
    by = _highest(connection, into_id)
    # First out of each other's way: a new number may be one that another of these still has.
    connection.execute(update(_AGENDAS).where(mine).values(number=-_AGENDAS.c.number - by))
    connection.execute(update(_AGENDAS).where(mine).values(number=-_AGENDAS.c.number))


def damaged_agendas(connection: Connection) -> list[tuple[str, int]]:
    """The client's slug and the number of every agenda that cannot be read."""
    kept = select(tables.clients.c.slug, _AGENDAS.c.number, _AGENDAS.c.body).join(tables.clients)
    return [(row.slug, row.number) for row in connection.execute(kept) if rows.agenda(row.body) is None]


def _ids(connection: Connection, client_id: str) -> list[str]:
    """The client and those merged into it. Asked first: of a DELETE or an UPDATE that begins with WITH no count is told."""
    return list(connection.scalars(queries.with_merged(client_id)))


def _is(connection: Connection, client_id: str, number: int) -> Any:
    return (_AGENDAS.c.number == number) & _AGENDAS.c.client_id.in_(_ids(connection, client_id))


def _highest(connection: Connection, client_id: str) -> int:
    mine = _AGENDAS.c.client_id.in_(queries.with_merged(client_id))
    return connection.scalar(select(func.max(_AGENDAS.c.number)).where(mine)) or 0


def _agenda(row: Row[Any], agenda: Agenda) -> KeptAgenda:
    return KeptAgenda(
        client=row.client_id,
        number=row.number,
        made_at=dt.datetime.fromisoformat(row.made_at),
        date=row.date,
        kind=AgendaKind(row.kind),
        minutes=row.minutes,
        people=tuple(row.people),
        agenda=agenda,
        text=row.text,
    )
