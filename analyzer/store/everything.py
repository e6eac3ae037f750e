"""All that the record has on one client, row by row, as it is kept: for whoever asks what is kept on them."""

from typing import Any

from sqlalchemy import ColumnElement, Engine, LargeBinary, RowMapping, Table, false, or_, select

from analyzer.store import queries, tables
from analyzer.store.connection import reading

Rows = dict[str, list[dict[str, Any]]]


def everything(engine: Engine, client_id: str) -> Rows:
    """The client's rows by table, those of clients that were merged into it too; of what is bytes only how many there are.

    Notes of written documents are there where one of the client's meetings went into them, and kept answers of engines where no
    other client's did.
    """
    with reading(engine) as connection:
        clients: list[str] = list(connection.scalars(queries.with_merged(client_id)))
        meetings = list(connection.scalars(select(tables.meetings.c.id).where(tables.meetings.c.client_id.in_(clients))))
        mine = {table: _hanging(table, clients, meetings) for table in tables.metadata.sorted_tables}
        mine[tables.clients] = tables.clients.c.id.in_(clients)
        mine[tables.meetings] = tables.meetings.c.id.in_(meetings)
        for table, key, link in (
            (tables.cache, tables.cache.c.key, tables.cache_meetings.c.key),
            (tables.exports, tables.exports.c.number, tables.exported_meetings.c.export),
        ):
            linked = key.in_(select(link).where(link.table.c.meeting_id.in_(meetings)))
            mine[table] = or_(mine[table], linked)
        others = select(tables.cache_meetings.c.key).where(tables.cache_meetings.c.meeting_id.not_in(meetings))
        mine[tables.cache] &= tables.cache.c.key.not_in(others)
        found = {
            table.name: [_told(table, row) for row in connection.execute(select(table).where(which)).mappings()]
            for table, which in mine.items()
        }
    return {name: rows for name, rows in found.items() if rows}


def _hanging(table: Table, clients: list[str], meetings: list[str]) -> ColumnElement[bool]:
    """Which rows of the table hang on these clients or meetings."""
    which: ColumnElement[bool] = false()
    if "client_id" in table.c:
        which = or_(which, table.c.client_id.in_(clients))
    if "meeting_id" in table.c:
        which = or_(which, table.c.meeting_id.in_(meetings))
    return which


def _told(table: Table, row: RowMapping) -> dict[str, Any]:
    """The row by column, with the number of bytes in place of bytes."""
    sizes = {c.name for c in table.columns if isinstance(c.type, LargeBinary)}
    told = {str(name): value for name, value in row.items()}
    return told | {name: f"{len(told[name])} bytes" for name in sizes if told[name] is not None}
