"""What engines used, and what stands in for a client's names where words leave the machine."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Connection, func, insert, select

from analyzer.model.own import UsageRow
from analyzer.store import rows, tables
from analyzer.store.rows import Usage


def stand_ins(connection: Connection, client_id: str) -> dict[str, str]:
    """What stands in for what, by the original."""
    table = tables.stand_ins
    kept = select(table.c.original, table.c.stand_in).where(table.c.client_id == client_id).order_by(table.c.original)
    return {row.original: row.stand_in for row in connection.execute(kept)}


def keep_stand_ins(connection: Connection, client_id: str, new: Mapping[str, str]) -> dict[str, str]:
    """Add these where neither side of the pair is taken; all that then stand."""
    made = [{"client_id": client_id, "original": original, "stand_in": stand_in} for original, stand_in in new.items()]
    if made:
        connection.execute(insert(tables.stand_ins).prefix_with("OR IGNORE"), made)
    return stand_ins(connection, client_id)


def keep_usage(connection: Connection, used: Usage, at: dt.datetime) -> None:
    """Note what was used."""
    connection.execute(insert(tables.usage).values(rows.usage_row(used, at)))


def usage(connection: Connection, since: dt.date | None) -> tuple[UsageRow, ...]:
    """The sums of each day, engine, model, server and command, oldest day first."""
    table = tables.usage
    day = func.substr(table.c.at, 1, 10)
    of = (day.label("day"), table.c.command, table.c.engine, table.c.model, table.c.server)
    counted = (table.c.calls, table.c.cached, table.c.input_tokens, table.c.output_tokens)
    found = select(*of, *(func.sum(column).label(column.name) for column in counted)).group_by(*of).order_by(*of)
    if since is not None:
        found = found.where(day >= since.isoformat())
    return tuple(
        UsageRow(
            day=dt.date.fromisoformat(row.day),
            command=row.command,
            engine=row.engine,
            model=row.model,
            server=row.server,
            calls=row.calls,
            cached=row.cached,
            input_tokens=row.input_tokens,
            output_tokens=row.output_tokens,
        )
        for row in connection.execute(found)
    )
