"""How a client that a colleague handed over comes into the record, within one transaction: what is here already stays as it is.

Ids are kept where no one here has or had them, else new ones are given, and what refers to them follows.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update

from analyzer.errors import StoreError
from analyzer.model.handing import ReceivedMeeting, TakenIn
from analyzer.model.meetings import Client
from analyzer.store import queries, rows, tables
from analyzer.store.handed import MEETINGS_OF_AGENDA, OF_CLIENT, OF_MEETING, WORDS, Handed, Row, Rows, kind, out
from analyzer.store.names import meeting_slug
from analyzer.store.rows import MeetingHead, RevisionRows
from analyzer.store.taking_client import is_free, made, own_id, protect, target

_CLIENTS, _MEETINGS, _AGENDAS = tables.clients, tables.meetings, tables.agendas
_KNOWN_BY = {
    tables.originals: ("digest",),
    tables.revisions: ("number",),
    tables.speakers: ("revision", "ordinal"),
    tables.turns: ("revision", "ordinal"),
    tables.edits: ("made_at",),
    tables.assessments: ("revision", "engine", "model", "prompts", "read_at"),
}
"""By which the rows of a meeting that is here are known again; none of them is taken beside those that are here."""
_STAYS = {
    tables.edits: "what was changed there about who speaks is not; here it stays as it is",
    tables.assessments: "what was read there is not taken; here it stays as it was read",
}
_SAID = (tables.revisions, tables.speakers, tables.turns)


def take_in(
    connection: Connection,
    handed: Handed,
    originals: Mapping[str, bytes],
    *,
    into: str | None,
    called: str | None,
    leaving: Mapping[str, str],
    at: str,
) -> TakenIn:
    """Put in what is not here yet. Raises NotFound, UsageError; StoreError where less came in than was put in."""
    before = _counted(connection)
    client, new = target(connection, handed, into, called, at)
    come = _Coming(connection, handed, originals, client)
    if new:
        come.added["clients"] += 1
    else:
        come.here["clients"] += 1
        if protect(connection, client, handed):
            come.guarded = True
            come.told.append("it is kept offline from now on, as it was where it comes from")
        if (there := handed.client["clients"][0]["name"]) != client.name:
            come.told.append(f"it is called {there} where it comes from, and {client.name} here")
    come.former_names()
    come.all_meetings(leaving)
    for table in (tables.notes, tables.decisions):
        come.of_client(table)
    come.agendas()
    after = _counted(connection)
    grown = Counter({name: number - before[name] for name, number in after.items() if number > before[name]})
    added = Counter({name: number for name, number in come.added.items() if number})
    if grown != added - Counter(former_names=added["former_names"]) + Counter(clients=added["former_names"]):
        raise _short()
    if come.added + come.here + come.left != Counter(handed.counts()):
        raise _short()
    return TakenIn(
        client=client,
        made=new,
        meetings=tuple(come.meetings),
        added=dict(added),
        here={name: number for name, number in come.here.items() if number},
        left={name: number for name, number in come.left.items() if number},
        told=tuple(come.told),
        guarded=come.guarded,
    )


def _short() -> StoreError:
    return StoreError("not all of it came in", "nothing was kept; `analyzer doctor` looks for what is wrong here")


@dataclass(slots=True)
class _Coming:
    """What comes into the record, and what became of each part of it. `placed` is by the ids there: the id here, where it is."""

    connection: Connection
    handed: Handed
    originals: Mapping[str, bytes]
    client: Client
    placed: dict[str, str] = field(default_factory=dict)
    meetings: list[ReceivedMeeting] = field(default_factory=list)
    added: Counter[str] = field(default_factory=Counter)
    here: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)
    guarded: bool = False

    def former_names(self) -> None:
        """Let the client answer to the names of those that were merged into it."""
        for row in self.handed.client["clients"][1:]:
            same = queries.client_called(self.connection, row["name"])
            if same is None:
                values = {"merged_into": self.client.id, "added_at": row["added_at"]}
                former = made(self.connection, row, row["added_at"])
                self.connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == former.id).values(values))
                self.added["former_names"] += 1
            elif same.id == self.client.id:
                self.here["former_names"] += 1
            else:
                self.left["former_names"] += 1
                self.told.append(f"it was called {row['name']} there, too, which is another client here")

    def all_meetings(self, leaving: Mapping[str, str]) -> None:
        """Put in the meetings that are not here; of those that are, what a person said of them."""
        for meeting in self.handed.meetings:
            head = meeting["meetings"][0]
            known = [queries.made_from(self.connection, row["digest"]) for row in meeting["originals"]]
            there = next((one for one in known if one), None)
            if head["id"] in leaving:
                self._leave(meeting, leaving[head["id"]])
            elif there is None:
                self._meeting(meeting)
            elif there.client_id == self.client.id:
                self._more_words(meeting, there)
            else:
                whose = there.client_name or "no client"
                self._leave(meeting, f"its file is here already: {there.slug}, under {whose}")

    def _leave(self, meeting: Rows, why: str) -> None:
        head = meeting["meetings"][0]
        for name, some in meeting.items():
            self.left[kind(name)] += len(some)
        self.meetings.append(ReceivedMeeting(id="", slug=head["slug"], date=head["date"], status="left", why=why))

    def _meeting(self, meeting: Rows) -> None:
        head = meeting["meetings"][0]
        new = own_id(self.connection, head["id"], "m")
        taken = set(self.connection.scalars(select(_MEETINGS.c.slug)))
        kept = head["slug"].startswith(f"{self.client.slug}-") and is_free(head["slug"], taken)
        slug = head["slug"] if kept else meeting_slug(self.client.slug, head["date"], taken)
        of = {"meeting_id": new}
        values = head | {"id": new, "slug": slug, "client_id": self.client.id, "index_pending": True}
        self.connection.execute(insert(_MEETINGS).values(values))
        for row in meeting["originals"]:
            content = {"sketch": None, "content": self.originals[row["digest"]]}
            self.connection.execute(insert(tables.originals).values(row | of | content))
        for revision in meeting["revisions"]:
            mine = [[row | of for row in meeting[t.name] if row["revision"] == revision["number"]] for t in _SAID[1:]]
            made = RevisionRows(revision=revision | of, speakers=mine[0], turns=mine[1])
            queries.insert_revision(self.connection, made)
        for table in OF_MEETING:
            if table not in (_MEETINGS, tables.originals, *_SAID) and meeting[table.name]:
                some = [_renamed(row, head["id"], new) | of for row in meeting[table.name]]
                self.connection.execute(insert(table), some)
        for name, rows_of in meeting.items():
            self.added[kind(name)] += len(rows_of)
        self.placed[head["id"]] = new
        self.meetings.append(ReceivedMeeting(id=new, slug=slug, date=head["date"], status="added"))

    def _more_words(self, meeting: Rows, there: MeetingHead) -> None:
        """What a person said there of a meeting that is here, and nobody here said; whatever else is here stays as it is."""
        self.placed[meeting["meetings"][0]["id"]] = there.id
        self.meetings.append(ReceivedMeeting(id=there.id, slug=there.slug, date=there.date, status="here"))
        self.here["meetings"] += 1
        for table, by in _KNOWN_BY.items():
            here = select(*(table.c[name] for name in by)).where(table.c.meeting_id == there.id)
            known = {tuple(row) for row in self.connection.execute(here)}
            missing = sum(tuple(row[name] for name in by) not in known for row in meeting[table.name])
            self.here[kind(table.name)] += len(meeting[table.name]) - missing
            self.left[kind(table.name)] += missing
            if missing and table in _STAYS:
                self.told.append(f"{there.slug}: {_STAYS[table]}")
        for table in WORDS:
            found = self.connection.execute(select(table).where(table.c.meeting_id == there.id)).all()
            self._add(table, meeting[table.name], [out(table, row) for row in found], {"meeting_id": there.id}, there.slug)
        if meeting["meetings"][0]["confidential"] and not there.confidential:
            self.connection.execute(update(_MEETINGS).where(_MEETINGS.c.id == there.id).values(confidential=True))
            self.guarded = True
            self.told.append(f"{there.slug}: it is confidential from now on, as it was where it comes from")

    def of_client(self, table: Table) -> None:
        """Put in what was noted or decided there and is not known here."""
        mine = select(table).where(table.c.client_id.in_(queries.with_merged(self.client.id)))
        known = [out(table, row) for row in self.connection.execute(mine)]
        self._add(table, self.handed.client[table.name], known, {"client_id": self.client.id})

    def _add(self, table: Table, some: list[Row], known: list[Row], of: dict[str, str], slug: str = "") -> None:
        keys = {_key(table, row): row for row in known}
        for row in some:
            if mine := keys.get(_key(table, row)):
                if table is tables.verdicts and (mine["level"], mine["note"]) != (row["level"], row["note"]):
                    self.left["verdicts"] += 1
                    self.told.append(f"{slug}: the verdict that is here stays ({row['sign']}: {row['level']} there)")
                else:
                    self.here[kind(table.name)] += 1
                continue
            self.connection.execute(insert(table).values(row | of))
            self.added[kind(table.name)] += 1

    def agendas(self) -> None:
        """Put in the agendas that are not here, under their numbers where these are free."""
        mine = select(_AGENDAS).where(_AGENDAS.c.client_id.in_(queries.with_merged(self.client.id)))
        known = self.connection.execute(mine).all()
        numbers, keys = {row.number for row in known}, {_key(_AGENDAS, out(_AGENDAS, row)) for row in known}
        for row in self.handed.client["agendas"]:
            drawn_on = [self.placed.get(meeting_id) for meeting_id in row[MEETINGS_OF_AGENDA]]
            if _key(_AGENDAS, row) in keys:
                self.here["agendas"] += 1
            elif None in drawn_on:
                self.left["agendas"] += 1
            else:
                number = row["number"] if row["number"] not in numbers else 1 + max(numbers)
                numbers.add(number)
                values = {name: value for name, value in row.items() if name != MEETINGS_OF_AGENDA}
                made = insert(_AGENDAS).values(values | {"number": number, "client_id": self.client.id})
                agenda = self.connection.execute(made.returning(_AGENDAS.c.id)).scalar_one()
                rests_on = [{"agenda": agenda, "meeting_id": meeting_id} for meeting_id in set(drawn_on)]
                if rests_on:
                    self.connection.execute(insert(tables.agenda_meetings), rests_on)
                self.added["agendas"] += 1


def _renamed(value: Any, old: str, new: str) -> Any:
    """The JSON with another id of the meeting wherever it names it."""
    if isinstance(value, list):
        return [_renamed(one, old, new) for one in value]
    if isinstance(value, dict):
        return {key: new if (key, one) == ("meeting", old) else _renamed(one, old, new) for key, one in value.items()}
    return value


def _key(table: Table, row: Row) -> str:
    """By which one thing that a person said is known again: of a sign of a meeting, a person has one verdict."""
    if table is tables.verdicts:
        return str(row["sign"])
    beside = {"author", "number", "text", MEETINGS_OF_AGENDA} if table is _AGENDAS else {"author"}
    told = {name: value["ordinal"] if name == "at" else value for name, value in row.items() if name not in beside}
    if table is _AGENDAS:  # as this version writes it, whichever wrote it
        told["body"] = rows.agenda_body(plan) if (plan := rows.agenda(row["body"])) else None
    return json.dumps(told, sort_keys=True, default=str)


def _counted(connection: Connection) -> Counter[str]:
    tables_of = (*OF_CLIENT, *OF_MEETING)
    return Counter({kind(table.name): connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables_of})
