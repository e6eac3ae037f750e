"""What goes when a client or a meeting is forgotten: looked up before anything is removed, the same for the plan and the deed."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, or_, select

from analyzer.names import fold_text
from analyzer.store import queries, rows, tables
from analyzer.store.kept_paths import telling
from analyzer.store.rows import Export

_CLIENTS, _MEETINGS, _FILINGS = tables.clients, tables.meetings, tables.filings
_NO_NAME = re.compile(r"[\d@/.]")  # what an address, a link or a number has


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What goes. `clients` and `meetings` are ids, the clients with those that were merged into them.

    `names` are the clients' names as they are and were, `slugs` their slugs, `sittings` the meetings' slugs. `words` are those by
    which all of it is known again in a path. `digests` are of the meetings' files, former ones too. `indexes` are the clients
    in whose index the meetings are, or were before they were moved. `exports` are the documents that draw on it.
    """

    clients: tuple[str, ...]
    meetings: tuple[str, ...]
    names: tuple[str, ...]
    slugs: tuple[str, ...]
    sittings: tuple[str, ...]
    words: frozenset[str]
    digests: tuple[str, ...]
    indexes: tuple[str, ...]
    exports: tuple[Export, ...]


def client_going(connection: Connection, client_id: str) -> Going:
    """A client with all that hangs on it, the clients that were merged into it among that. Nothing, where it is gone."""
    clients: tuple[str, ...] = tuple(connection.scalars(queries.with_merged(client_id)))
    mine = _MEETINGS.c.client_id.in_(clients)
    return _going(connection, clients, connection.execute(_in_order(mine)).all())


def meeting_going(connection: Connection, meeting_id: str) -> Going:
    """One meeting with all that hangs on it."""
    return _going(connection, (), connection.execute(_in_order(_MEETINGS.c.id == meeting_id)).all())


def counted(connection: Connection, going: Going) -> dict[str, int]:
    """How much of each kind goes; kinds of which there is nothing are left out."""

    def count(table: Any, *where: ColumnElement[bool]) -> int:
        return connection.scalar(select(func.count()).select_from(table).where(*where)) or 0

    def of_meetings(*some: Any) -> int:
        return sum(count(table, table.c.meeting_id.in_(going.meetings)) for table in some)

    def of_clients(table: Any) -> int:
        return count(table, table.c.client_id.in_(going.clients))

    said = select(func.sum(tables.revisions.c.turns)).join(_MEETINGS, tables.revisions.c.meeting_id == _MEETINGS.c.id)
    now = (tables.revisions.c.number == _MEETINGS.c.revision) & _MEETINGS.c.id.in_(going.meetings)
    answers, agendas = tables.cache_meetings, tables.agendas
    drawn = select(tables.agenda_meetings.c.agenda).where(tables.agenda_meetings.c.meeting_id.in_(going.meetings))
    found = {
        "clients": len(going.clients),
        "meetings": len(going.meetings),
        "turns": connection.scalar(said.where(now)) or 0,
        "originals": len(going.digests),
        "readings": of_meetings(tables.assessments),
        "verdicts": of_meetings(tables.verdicts, tables.dismissals, tables.marks),
        "outcomes": of_meetings(tables.outcomes),
        "remembered": of_meetings(tables.remembered),
        "notes": of_clients(tables.notes),
        "decisions": of_clients(tables.decisions),
        "agendas": count(agendas, or_(agendas.c.client_id.in_(going.clients), agendas.c.id.in_(drawn))),
        "answers": connection.scalar(select(func.count(answers.c.key.distinct())).where(answers.c.meeting_id.in_(going.meetings)))
        or 0,
        "stand_ins": of_clients(tables.stand_ins),
    }
    return {kind: number for kind, number in found.items() if number}


def filed_under(connection: Connection, meetings: Collection[str]) -> tuple[str, ...]:
    """The clients under which these meetings are filed or were, and those that were merged into them, by id."""
    ids = list(meetings)
    now = connection.scalars(select(_MEETINGS.c.client_id).where(_MEETINGS.c.id.in_(ids)).distinct()).all()
    moved = connection.scalars(select(_FILINGS.c.body).where(_FILINGS.c.kind == "move", _FILINGS.c.meeting_id.in_(ids)))
    found = dict.fromkeys(one for one in (*now, *(body["client"] for body in moved)) if one)
    every: dict[str, None] = {}
    for client_id in found:
        one: tuple[str, ...] = tuple(connection.scalars(queries.with_merged(client_id)))
        every |= dict.fromkeys(one)
    return tuple(every)


def without_bearer(connection: Connection, going: Going, known: Collection[str]) -> list[tuple[str, str]]:
    """The stand-ins, by client and original, that no word of what stays gives a reason to keep.

    A client's table holds the names of everybody on record, and what looks like an address in its own words. Of the clients of
    what goes all are looked at; of others those alone that are names of what goes, or addresses and numbers in its words: it may
    have been filed there once. `known` are names that stay in any case.
    """
    kept = tables.stand_ins
    own = {row.client_id for row in _of_clients_left(connection, going)}
    stays = [fold_text(name) for name in (*known, *_names_that_stay(connection, going))]
    gone = [fold_text(name) for name in _names_that_go(connection, going)]
    said = cache(lambda: _words_that_go(connection, going))  # asked for where an address is kept elsewhere, and only then
    found: list[tuple[str, str]] = []

    def goes(original: str) -> bool:
        folded = fold_text(original)
        return _is_part(folded, gone) or (bool(_NO_NAME.search(original)) and _is_part(folded, [said()]))

    for client_id in connection.scalars(select(kept.c.client_id).where(kept.c.client_id.not_in(going.clients)).distinct()).all():
        originals = connection.scalars(select(kept.c.original).where(kept.c.client_id == client_id)).all()
        asked = [
            original
            for original in originals
            if (client_id in own or goes(original)) and not _is_part(fold_text(original), stays)
        ]
        text = _words_left(connection, client_id, going) if asked else ""
        found += [(client_id, original) for original in asked if not _is_part(fold_text(original), [text])]
    return found


def _going(connection: Connection, clients: tuple[str, ...], meetings: Iterable[Row[Any]]) -> Going:
    meetings = list(meetings)
    ids = tuple(row.id for row in meetings)
    now = connection.execute(
        select(_CLIENTS).where(_CLIENTS.c.id.in_(clients)).order_by(_CLIENTS.c.merged_into.is_not(None))
    ).all()
    renamed = connection.scalars(select(_FILINGS.c.body).where(_FILINGS.c.kind == "rename", _FILINGS.c.client_id.in_(clients)))
    before = [(body["name"], body["slug"]) for body in renamed]
    names = tuple(dict.fromkeys((*(row.name for row in now), *(name for name, _ in before))))
    slugs = tuple(dict.fromkeys((*(row.slug for row in now), *(slug for _, slug in before))))
    files = connection.execute(select(tables.originals).where(tables.originals.c.meeting_id.in_(ids))).all()
    told = (*names, *slugs, *_people(connection, ids), *(row.title for row in meetings), *(_stem(row.file_name) for row in files))
    return Going(
        clients=clients,
        meetings=ids,
        names=names,
        slugs=slugs,
        sittings=tuple(row.slug for row in meetings),
        words=telling(told if clients else _not_of_client(connection, told, meetings)),
        digests=tuple(row.digest for row in files),
        indexes=tuple(dict.fromkeys((*clients, *filed_under(connection, ids)))),
        exports=_exports(connection, clients, ids, telling((*names, *slugs))),
    )


def _in_order(*where: ColumnElement[bool]) -> Select[Any]:
    return select(_MEETINGS).where(*where).order_by(_MEETINGS.c.date, _MEETINGS.c.added_at, _MEETINGS.c.slug)


def _people(connection: Connection, meetings: Collection[str]) -> tuple[str, ...]:
    """Who spoke in these meetings on another side than ours, under each name that they had there."""
    of = tables.speakers.c
    return tuple(connection.scalars(select(of.name).where(of.meeting_id.in_(meetings), of.side != "ours").distinct()))


def _stem(file_name: str) -> str:
    return file_name.rpartition(".")[0] or file_name


def _not_of_client(connection: Connection, told: Iterable[str], meetings: Iterable[Row[Any]]) -> list[str]:
    """Of what a meeting is known by, what is not the name of its client, who stays, or of people who are in others."""
    ids = [row.id for row in meetings]
    of = tables.speakers.c
    stays = telling(connection.scalars(select(of.name).where(of.meeting_id.not_in(ids)).distinct()))
    stays |= telling(queries.client_names(connection))
    return [word for word in telling(told) if word not in stays]


def _exports(
    connection: Connection, clients: Collection[str], meetings: Collection[str], words: Collection[str]
) -> tuple[Any, ...]:
    """The documents that draw on these, and those of nobody on record whose path has the name in it."""
    made, quoted = tables.exports, tables.exported_meetings
    among = select(quoted.c.export).where(quoted.c.meeting_id.in_(meetings))
    found = connection.execute(select(made).where(or_(made.c.number.in_(among), made.c.client_id.in_(clients)))).all()
    links = select(quoted.c.export)
    nobodys = connection.execute(select(made).where(made.c.client_id.is_(None), made.c.number.not_in(links))).all()
    found = [*found, *(row for row in nobodys if clients and set(telling([row.path])) & set(words))]
    return tuple(rows.export(row) for row in sorted(found, key=lambda row: row.number))


def _of_clients_left(connection: Connection, going: Going) -> list[Row[Any]]:
    """The clients that stay and lose a meeting."""
    lost = select(_MEETINGS.c.client_id).where(_MEETINGS.c.id.in_(going.meetings), _MEETINGS.c.client_id.not_in(going.clients))
    return list(connection.execute(lost.distinct()))


def _names_that_go(connection: Connection, going: Going) -> tuple[str, ...]:
    return (*going.names, *_people(connection, going.meetings))


def _names_that_stay(connection: Connection, going: Going) -> tuple[str, ...]:
    of = tables.speakers.c
    speakers = connection.scalars(select(of.name).where(of.meeting_id.not_in(going.meetings)).distinct()).all()
    others = select(_CLIENTS.c.name).where(_CLIENTS.c.id.not_in(going.clients))
    renamed = select(_FILINGS.c.body).where(_FILINGS.c.kind == "rename", _FILINGS.c.client_id.not_in(going.clients))
    before = [body["name"] for body in connection.scalars(renamed)]
    return (*speakers, *connection.scalars(others), *before)


def _is_part(original: str, names: Iterable[str]) -> bool:
    """Whether these words, folded as the names are, stand in one of them."""
    whole = re.compile(rf"(?<!\w){re.escape(original)}(?!\w)")
    return any(map(whole.search, names))


def _words_left(connection: Connection, client_id: str, going: Going) -> str:
    """All that stays of the words of a client and of those that are one with it, and of what was written down about them."""
    of, at = tables.turns.c, _MEETINGS.c
    one = list(connection.scalars(queries.with_merged(queries.merged_into(connection, client_id))))
    stays = at.client_id.in_(one) & at.id.not_in(going.meetings)
    said = select(of.text).join(_MEETINGS, at.id == of.meeting_id).where(stays)
    notes = select(tables.notes.c.text).where(tables.notes.c.client_id.in_(one), tables.notes.c.client_id.not_in(going.clients))
    return _folded(connection, said, select(at.title).where(stays), notes)


def _words_that_go(connection: Connection, going: Going) -> str:
    of, at, noted = tables.turns.c, _MEETINGS.c, tables.notes.c
    said = select(of.text).where(of.meeting_id.in_(going.meetings))
    titles = select(at.title).where(at.id.in_(going.meetings))
    return _folded(connection, said, titles, select(noted.text).where(noted.client_id.in_(going.clients)))


def _folded(connection: Connection, *queries_of_text: Select[Any]) -> str:
    return "\n".join(fold_text(text) for query in queries_of_text for text in connection.scalars(query))
