"""Taking a person out of the record: all that has words in it, to be looked through and rewritten within one transaction.

What is found and what becomes of it is the caller's to say (`usecases.forget_person`); here stands where words are kept, what is
derived from them, and how a meeting comes to have one revision and one original that say no more than is to stay.
"""

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, insert, select, update

from analyzer.model.edits import AssignedTurn
from analyzer.model.forgetting import KeptPath
from analyzer.model.meetings import Client, Meeting, Speaker, Utterance
from analyzer.store import forgetting, queries, rows, tables
from analyzer.store.connection import reading, writing
from analyzer.store.going import filed_under
from analyzer.store.rows import MeetingHead

Key = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A text in one column of a row, of a client or a meeting: `words` of a person, else who wrote them, or a document's path."""

    table: str
    key: Key
    column: str
    text: str
    client_id: str | None = None
    meeting_id: str | None = None
    words: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """What a person said of a turn, with all that finds the turn again."""

    table: str
    number: int
    meeting_id: str
    at: AssignedTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A row that goes as a whole, or stays: all of its words, and of which client and meetings it is."""

    table: str
    key: Key
    text: str
    client_id: str | None = None
    meeting_ids: tuple[str, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """A meeting as it is to be from now on: one revision, read from one original, in place of all that there was."""

    meeting_id: str
    title: str
    warnings: tuple[str, ...]
    format: str
    file_name: str
    original: bytes
    speakers: tuple[Speaker, ...]
    turns: tuple[Utterance, ...]


class Redaction:
    """The record within one open transaction."""

    def __init__(self, connection: Connection, now: Callable[[], dt.datetime]) -> None:
        self._connection = connection
        self._now = now

    # What there is

    def heads(self) -> tuple[MeetingHead, ...]:
        """Every meeting, oldest first."""
        return queries.heads(self._connection)

    def meeting(self, head: MeetingHead) -> Meeting:
        """The meeting with the turns of its present revision."""
        return queries.meeting(self._connection, head)

    def clients(self) -> tuple[Client, ...]:
        """Every client, those that were merged into another among them."""
        return tuple(rows.client(row) for row in self._connection.execute(select(tables.clients)))

    def merged(self) -> dict[str, str]:
        """What each client that was merged into another is now."""
        of = tables.clients.c
        into = {row.id: row.merged_into for row in self._connection.execute(select(of.id, of.merged_into))}
        now: dict[str, str] = {}
        for client_id in into:
            root = client_id
            while (above := into.get(root)) is not None:
                root = above
            now[client_id] = root
        return now

    def voices(self) -> dict[str, tuple[str, ...]]:
        """Whoever speaks in each meeting, in any of its revisions."""
        table, found = tables.speakers, dict[str, dict[str, None]]()
        for meeting_id, name in self._connection.execute(select(table.c.meeting_id, table.c.name).distinct()):
            found.setdefault(meeting_id, {})[name] = None
        return {meeting_id: tuple(names) for meeting_id, names in found.items()}

    def said_before(self, meeting_id: str) -> tuple[tuple[str, str], ...]:
        """Who said what in all revisions of a meeting but the present one, each once."""
        turn, voice, at = tables.turns.c, tables.speakers.c, tables.meetings.c
        here = (turn.meeting_id == voice.meeting_id) & (turn.revision == voice.revision) & (turn.speaker == voice.ordinal)
        said = (
            select(voice.name, turn.text)
            .join_from(tables.turns, tables.speakers, here)
            .join(tables.meetings, at.id == turn.meeting_id)
            .where(turn.meeting_id == meeting_id, turn.revision != at.revision)
            .distinct()
        )
        return tuple((name, text) for name, text in self._connection.execute(said))

    def edits(self, meeting_id: str) -> str:
        """What a person changed about who speaks, as text."""
        table = tables.edits
        bodies = self._connection.scalars(select(table.c.body).where(table.c.meeting_id == meeting_id))
        return "\n".join(map(_told, bodies))

    def filed_under(self, meeting_ids: Collection[str]) -> tuple[str, ...]:
        """The clients under which these meetings are filed or were, by id."""
        return filed_under(self._connection, meeting_ids)

    def originals(self, meeting_id: str) -> Iterator[tuple[str, str, bytes]]:
        """Digest, name and bytes of each file that the meeting was ever read from."""
        table = tables.originals
        wanted = select(table.c.digest, table.c.file_name, table.c.content).where(table.c.meeting_id == meeting_id)
        yield from ((digest, name, bytes(content)) for digest, name, content in self._connection.execute(wanted))

    def fields(self) -> tuple[Field, ...]:
        """Every text that a person wrote down, and who wrote it; and where documents lie."""
        return tuple(field for table in _WRITTEN for field in self._fields(table))

    def _fields(self, table: Table) -> Iterator[Field]:
        keys = [column.name for column in table.primary_key]
        for row in self._connection.execute(select(table)).mappings():
            of = {name: row.get(name) for name in ("client_id", "meeting_id")}
            key = tuple((name, row[name]) for name in keys)
            for column in ("text", "what", "note", "author", "path"):
                if row.get(column):
                    words = column not in ("author", "path")
                    yield Field(table=table.name, key=key, column=column, text=row[column], words=words, **of)

    def pinned(self, meeting_ids: Collection[str]) -> tuple[Pinned, ...]:
        """All that a person said of turns of these meetings."""
        wanted = list(meeting_ids)
        return tuple(
            Pinned(table=table.name, number=row.number, meeting_id=row.meeting_id, at=rows.turn(row.at))
            for table in _PINNED
            for row in self._connection.execute(select(table).where(table.c.meeting_id.in_(wanted)))
        )

    def bodies(self) -> Iterator[Body]:
        """Agendas, readings, kept answers, stand-ins and changes of filing, each with all of its words."""
        drawn, made_from = tables.agenda_meetings, tables.cache_meetings
        for row in self._connection.execute(select(tables.agendas)):
            text = "\n".join((_told(row.body), _told(row.people), row.text or ""))
            of = tuple(self._connection.scalars(select(drawn.c.meeting_id).where(drawn.c.agenda == row.id)))
            yield Body(table="agendas", key=(("id", row.id),), text=text, client_id=row.client_id, meeting_ids=of)
        for row in self._connection.execute(select(tables.assessments)):
            yield Body(table="assessments", key=(("number", row.number),), text=_told(row.body), meeting_ids=(row.meeting_id,))
        for row in self._connection.execute(select(tables.cache)):
            of = tuple(self._connection.scalars(select(made_from.c.meeting_id).where(made_from.c.key == row.key)))
            yield Body(table="cache", key=(("key", row.key),), text=row.value, meeting_ids=of)
        for row in self._connection.execute(select(tables.stand_ins)):
            pair = (("client_id", row.client_id), ("original", row.original))
            yield Body(table="stand_ins", key=pair, text=row.original, client_id=row.client_id)
        for row in self._connection.execute(select(tables.filings)):
            of, key = (row.meeting_id,) if row.meeting_id else (), (("number", row.number),)
            text, client_id = _told(row.body), row.client_id
            yield Body(table="filings", key=key, text=text, client_id=client_id, meeting_ids=of, kind=row.kind)

    # What becomes of it

    def rewrite(self, new: Rewritten) -> None:
        """Put the meeting's one revision and original in place of all before; its passages wait to be put in anew."""
        head = queries.head(self._connection, new.meeting_id)
        digest, made_at, number = rows.digest(new.original), rows.moment(self._now()), head.revision + 1
        made = rows.revision_rows(head.id, number, new.speakers, new.turns, made_at, digest)
        queries.insert_revision(self._connection, made)
        revision, original, edit = tables.revisions, tables.originals, tables.edits
        self._connection.execute(delete(revision).where(revision.c.meeting_id == head.id, revision.c.number != number))
        self._connection.execute(delete(edit).where(edit.c.meeting_id == head.id))
        self._connection.execute(delete(original).where(original.c.meeting_id == head.id))
        kept = {"meeting_id": head.id, "digest": digest, "file_name": new.file_name, "added_at": made_at, "content": new.original}
        self._connection.execute(insert(original).values(kept))
        facts = {"title": new.title, "warnings": list(new.warnings), "format": new.format, "file_name": new.file_name}
        now = {"digest": digest, "revision": number, "index_pending": True}
        table = tables.meetings
        self._connection.execute(update(table).where(table.c.id == head.id).values(facts | now))

    def set_text(self, field: Field, text: str | None) -> None:
        """Make this the text of the field."""
        table = tables.metadata.tables[field.table]
        self._connection.execute(update(table).where(*_is(table, field.key)).values({field.column: text}))

    def pin(self, pinned: Pinned, at: AssignedTurn) -> None:
        """Let this find the turn from now on."""
        table = tables.metadata.tables[pinned.table]
        self._connection.execute(update(table).where(table.c.number == pinned.number).values(at=rows.turn_body(at)))

    def unpin(self, pinned: Pinned) -> None:
        """Forget what was said of a turn."""
        self._remove(pinned.table, (("number", pinned.number),))

    def remove(self, body: Body) -> None:
        """Forget a row with all of its words."""
        self._remove(body.table, body.key)

    def forget_documents(self, paths: Collection[str]) -> None:
        """Forget that there were documents in these places."""
        table = tables.exports
        self._connection.execute(delete(table).where(table.c.path.in_(list(paths))))

    def hide_paths(self, words: Collection[str]) -> None:
        """Let the receipts of earlier forgettings keep no path that has one of these words."""
        forgetting.hide_in_receipts(self._connection, words)

    def close(self, counts: dict[str, int], documents: Sequence[KeptPath], clients: Collection[str]) -> tuple[str, int]:
        """Keep the receipt, and the row by which the rest is found; the receipt's id and the row's number.

        `clients` are those whose indexes are to be put right.
        """
        at = self._now()
        receipt = forgetting.insert_receipt(self._connection, "person", at, counts, documents)
        body = {"receipt": receipt, "clients": sorted(clients)}
        return receipt, forgetting.insert_begun(self._connection, "person", at, body)

    def _remove(self, name: str, key: Key) -> None:
        table = tables.metadata.tables[name]
        self._connection.execute(delete(table).where(*_is(table, key)))


@contextmanager
def opened(engine: Engine, now: Callable[[], dt.datetime], *, changing: bool) -> Iterator[Redaction]:
    """The record to be looked through, and with `changing` rewritten: all of it or nothing."""
    with writing(engine) if changing else reading(engine) as connection:
        yield Redaction(connection, now)


_WRITTEN = (
    *(tables.notes, tables.decisions, tables.verdicts, tables.outcomes, tables.dismissals, tables.marks),
    tables.exports,
)
_PINNED = (tables.dismissals, tables.marks, tables.outcomes, tables.remembered)


def _is(table: Table, key: Key) -> tuple[Any, ...]:
    return tuple(table.c[name] == value for name, value in key)


def _told(body: Any) -> str:
    """The words of JSON as they are written."""
    return body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
