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
    """Add these, all of them or, where one is taken by then, none; all that then stand."""
    there = stand_ins(connection, client_id)
    fresh = {original: stand_in for original, stand_in in new.items() if original not in there}
    taken = set(there.values())
    if not fresh or any(stand_in in taken for stand_in in fresh.values()):
        return there  # what was made beside a taken one rests on it, and is to be made anew
    made = [{"client_id": client_id, "original": original, "stand_in": stand_in} for original, stand_in in fresh.items()]
    connection.execute(insert(tables.stand_ins), made)
    return there | fresh


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
