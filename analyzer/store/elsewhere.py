"""What belongs to other clients than one: looked for in everything that is sent to that one, so that it is in none of it."""

from itertools import groupby
from operator import itemgetter

from sqlalchemy import ColumnElement, Engine, select

from analyzer.names import fold_text
from analyzer.store import queries, tables
from analyzer.store.connection import reading

_MEETINGS = tables.meetings


class Elsewhere:
    """What stands in the record that is not this client's; None is no client, and everything is then somebody else's.

    A meeting that is filed under no client belongs to others as well: nobody knows whose it is.
    """

    def __init__(self, engine: Engine, client_id: str | None) -> None:
        self._engine = engine
        self._client_id = client_id

    def called(self) -> tuple[str, ...]:
        """Every name and slug that this client has, or had before it was renamed or another was merged into it."""
        mine, known = self._known()
        return tuple(dict.fromkeys(name for client, name in known if client in mine))

    def names(self) -> tuple[str, ...]:
        """Every name and slug that another client has, or had before it was renamed or merged."""
        mine, known = self._known()
        own = {fold_text(name) for client, name in known if client in mine}
        return tuple(dict.fromkeys(name for client, name in known if client not in mine and fold_text(name) not in own))

    def _known(self) -> tuple[set[str], list[tuple[str, str]]]:
        """The ids of this client and of those merged into it, and every name with the id of whose it is or was."""
        table, renamed = tables.clients, tables.filings
        with reading(self._engine) as connection:
            mine: set[str] = set(connection.scalars(queries.with_merged(self._client_id))) if self._client_id else set()
            now = [(row.id, name) for row in connection.execute(select(table)) for name in (row.name, row.slug)]
            before = connection.execute(select(renamed.c.client_id, renamed.c.body).where(renamed.c.kind == "rename"))
            return mine, [*now, *((row.client_id, row.body["name"]) for row in before)]

    def people(self) -> tuple[str, ...]:
        """Whoever spoke in other clients' meetings on another side than ours, under each name that they had there."""
        table = tables.speakers
        with reading(self._engine) as connection:
            found = select(table.c.name).join(_MEETINGS, _MEETINGS.c.id == table.c.meeting_id)
            return tuple(
                connection.scalars(found.where(self._others(), table.c.side != "ours").distinct().order_by(table.c.name))
            )

    def said(self) -> tuple[str, ...]:
        """What was said in other clients' meetings, one text a meeting."""
        table = tables.turns
        present = (_MEETINGS.c.id == table.c.meeting_id) & (_MEETINGS.c.revision == table.c.revision)
        found = select(table.c.meeting_id, table.c.text).join(_MEETINGS, present).where(self._others())
        with reading(self._engine) as connection:
            rows = connection.execute(found.order_by(table.c.meeting_id, table.c.ordinal)).all()
        return tuple("\n".join(text for _, text in turns) for _, turns in groupby(rows, key=itemgetter(0)))

    def notes(self) -> tuple[str, ...]:
        """Whatever a person wrote down for themselves, of any client, this one too."""
        with reading(self._engine) as connection:
            own = (tables.notes.c.text, tables.verdicts.c.note, tables.outcomes.c.note, tables.decisions.c.note)
            return tuple(dict.fromkeys(text for column in own for text in connection.scalars(select(column)) if text))

    def _others(self) -> ColumnElement[bool]:
        filed = _MEETINGS.c.client_id
        if self._client_id is None:
            return filed.is_not(None)
        return filed.is_(None) | filed.not_in(queries.with_merged(self._client_id))
