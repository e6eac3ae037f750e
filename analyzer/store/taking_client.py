"""Which client of this record a client of a colleague is, and which of its ids and slugs are free here."""

import re
from collections.abc import Collection

from sqlalchemy import Connection, insert, select, update

from analyzer.errors import UsageError
from analyzer.model.meetings import Client, Stage
from analyzer.store import queries, rows, tables
from analyzer.store.handed import Handed, Row
from analyzer.store.names import UNFILED, client_slug
from analyzer.store.rows import MeetingHead

_CLIENTS = tables.clients
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 100  # letters; files are called after it
_ID = re.compile(r"[cm]_[0-9a-z]{4,12}")


def target(connection: Connection, handed: Handed, into: str | None, called: str | None, at: str) -> tuple[Client, bool]:
    """The client that it goes into, and whether that is made for it."""
    row = handed.client["clients"][0]
    if into is not None:
        return queries.client(queries.clients(connection), into), False
    if called is not None:
        if same := queries.client_called(connection, queries.visible_name(called)):
            raise UsageError(f"there is a client {same.name!r} already", f"--into {same.slug} adds to it, or give another name")
        return made(connection, row | {"name": queries.visible_name(called), "slug": ""}, at), True
    if connection.scalar(select(_CLIENTS.c.id).where(_CLIENTS.c.id == row["id"])):
        known = queries.client_called(connection, row["id"])
        if known:
            return known, False
    if same := queries.client_called(connection, row["name"]):
        raise UsageError(
            f"there is a client {same.name!r} here already, and it may be another one",
            f"--into {same.slug} adds to it; --as NAME makes another client",
        )
    digests = [original["digest"] for meeting in handed.meetings for original in meeting["originals"]]
    known_as = next((found for digest in digests if (found := queries.made_from(connection, digest))), None)
    if known_as:
        whose = known_as.client_name or "no client"
        into_it = f"--into {_slug(connection, known_as)} adds to it; " if known_as.client_id else ""
        raise UsageError(
            f"a meeting of it is here already: {known_as.slug}, under {whose}", f"{into_it}--as NAME makes another client"
        )
    return made(connection, row, at), True


def _slug(connection: Connection, head: MeetingHead) -> str:
    """The slug of a meeting's client."""
    return next((client.slug for client in queries.clients(connection) if client.id == head.client_id), "")


def made(connection: Connection, row: Row, at: str) -> Client:
    """A new client as the row has it, under its own id and slug where these are free."""
    taken = set(connection.scalars(select(_CLIENTS.c.slug)))
    slug = row["slug"] if is_free(row["slug"], taken) else client_slug(row["name"], taken)
    client = Client(
        id=own_id(connection, row["id"], "c"),
        slug=slug,
        name=queries.visible_name(row["name"]),
        stage=Stage(row["stage"]),
        offline_only=row["offline_only"],
    )
    connection.execute(insert(_CLIENTS).values(**rows.client_row(client), added_at=at))
    return client


def protect(connection: Connection, client: Client, handed: Handed) -> bool:
    """Keep from every model here what was kept from every model there; whether that is new."""
    if handed.client["clients"][0]["offline_only"] and not client.offline_only:
        connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == client.id).values(offline_only=True))
        return True
    return False


def own_id(connection: Connection, wanted: str, prefix: str) -> str:
    """The id that it had, where that was never given here; else a new one."""
    if _ID.fullmatch(wanted) and wanted.startswith(prefix):
        fresh = insert(tables.used_ids).prefix_with("OR IGNORE").values(id=wanted)
        if connection.execute(fresh).rowcount:
            return wanted
    return queries.unused_id(connection, prefix)


def is_free(slug: str, taken: Collection[str]) -> bool:
    """Whether something may be called so here; no client is what meetings under none are called after."""
    return bool(_SLUG.fullmatch(slug)) and len(slug) <= _LONGEST_SLUG and slug not in {*taken, UNFILED}
