"""The record as the rest of the product sees it: values in, values out, every change one transaction."""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, insert, select, update

from analyzer.errors import StoreError
from analyzer.model.findings import Assessment
from analyzer.model.meetings import Client, Meeting, Speaker, Stage, Turn
from analyzer.practice import fold_text
from analyzer.store import queries, rows, tables
from analyzer.store.connection import connect, reading, writing
from analyzer.store.migrations import migrate
from analyzer.store.names import client_slug, meeting_slug
from analyzer.store.rows import MeetingHead, NewMeeting


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """One open record. Every method is one transaction and may be called from several threads and processes at once.

    All raise StoreError where the record cannot be read or written, the cause kept.
    """

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], dt.datetime] = _utc_now, busy_timeout: float = 60.0) -> "Store":
        """The record at this path, made or brought up to date where needed; `busy_timeout` is seconds to wait for writers.

        Raises StoreError for a file that is no record, or one that a newer version wrote.
        """
        store = cls(connect(path, busy_timeout), now)
        try:
            migrate(lambda: reading(store._engine), lambda: writing(store._engine), now)
        except BaseException:
            store.close()
            raise
        return store

    def close(self) -> None:
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    # Clients

    def clients(self) -> tuple[Client, ...]:
        """Every client, by name."""
        with reading(self._engine) as connection:
            return queries.clients(connection)

    def client(self, client_id: str) -> Client:
        """The client of this id. Raises NotFound."""
        return queries.client(self.clients(), client_id)

    def add_client(self, name: str, stage: Stage = Stage.ACTIVE) -> Client:
        """The client of this name, made where there is none: case, accents and spaces make no second one.

        Raises UsageError for a name in which nothing can be seen.
        """
        with writing(self._engine) as connection:
            return queries.client_named(connection, name, stage, rows.moment(self._now()))

    def set_client(
        self, client_id: str, *, name: str | None = None, stage: Stage | None = None, offline_only: bool | None = None
    ) -> Client:
        """Change what is given and keep the rest; a new name gives new slugs to the client and its meetings.

        Raises NotFound; StoreError where another client has the name; UsageError where nothing of it can be seen.
        """
        name = None if name is None else queries.visible_name(name)
        with writing(self._engine) as connection:
            known = queries.clients(connection)
            old = queries.client(known, client_id)
            others = [one for one in known if one.id != client_id]
            if name is not None and any(fold_text(one.name) == fold_text(name) for one in others):
                raise StoreError(f"there is a client {name!r} already", "Choose another name.")
            client = Client(
                id=old.id,
                slug=old.slug if name is None else client_slug(name, {one.slug for one in others}),
                name=old.name if name is None else name,
                stage=old.stage if stage is None else stage,
                offline_only=old.offline_only if offline_only is None else offline_only,
            )
            connection.execute(update(tables.clients).where(tables.clients.c.id == client_id).values(**rows.client_row(client)))
            if client.slug != old.slug:
                queries.rename_meetings(connection, client)
            return client

    # Meetings

    def add_meeting(self, new: NewMeeting) -> Meeting:
        """Keep a meeting with its original, speakers and turns, all or nothing; it waits to be indexed.

        A new client is made with it or not at all. Raises NotFound for an unknown client, UsageError for a new one without a
        name, StoreError where the same file is kept already, ValueError where a speaker is named twice or is missing.
        """
        made_at = rows.moment(self._now())
        with writing(self._engine) as connection:
            client = None
            if new.client_id:
                client = queries.client(queries.clients(connection), new.client_id)
            elif new.new_client is not None:
                client = queries.client_named(connection, new.new_client, Stage.ACTIVE, made_at)
            digest = rows.digest(new.original)
            if known := queries.heads(connection, tables.meetings.c.digest == digest):
                raise StoreError(
                    f"{rows.storable(new.file_name)} is kept already, as {known[0].slug}", "There is nothing left to do."
                )
            taken = set(connection.scalars(select(tables.meetings.c.slug)))
            meeting_id = queries.unused_id(connection, "m")
            connection.execute(
                insert(tables.meetings).values(
                    id=meeting_id,
                    slug=meeting_slug(client.slug if client else None, new.date, taken),
                    client_id=client.id if client else None,
                    date=new.date,
                    title=rows.storable(new.title),
                    format=new.format,
                    file_name=rows.storable(new.file_name),
                    digest=digest,
                    coverage=new.coverage,
                    dropped=new.dropped,
                    warnings=list(new.warnings),
                    revision=1,
                    index_pending=True,
                    added_at=made_at,
                )
            )
            connection.execute(insert(tables.originals).values(meeting_id=meeting_id, content=new.original))
            queries.insert_revision(connection, rows.revision_rows(meeting_id, 1, new.speakers, new.utterances, made_at))
            return queries.meeting(connection, queries.head(connection, meeting_id))

    def revise(self, meeting_id: str, speakers: Sequence[Speaker], turns: Sequence[Turn]) -> Meeting:
        """Make these the meeting's speakers and turns, as its next revision; earlier ones stay, readings of them no longer count.

        A turn takes its speaker's side and its place in `turns`. Raises NotFound, and ValueError as `add_meeting` does.
        """
        with writing(self._engine) as connection:
            number = 1 + queries.head(connection, meeting_id).revision
            queries.insert_revision(connection, rows.revision_rows(meeting_id, number, speakers, turns, rows.moment(self._now())))
            connection.execute(
                update(tables.meetings).where(tables.meetings.c.id == meeting_id).values(revision=number, index_pending=True)
            )
            return queries.meeting(connection, queries.head(connection, meeting_id))

    def meetings(self, client_id: str | None = None) -> tuple[MeetingHead, ...]:
        """The meetings of one client, or all, oldest first."""
        with reading(self._engine) as connection:
            return queries.heads(connection, *([] if client_id is None else [tables.meetings.c.client_id == client_id]))

    def head(self, meeting_id: str) -> MeetingHead:
        """All facts of one meeting but its turns. Raises NotFound."""
        with reading(self._engine) as connection:
            return queries.head(connection, meeting_id)

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting of this id with its turns. Raises NotFound."""
        with reading(self._engine) as connection:
            return queries.meeting(connection, queries.head(connection, meeting_id))

    def original(self, meeting_id: str) -> bytes:
        """The uploaded file, byte for byte. Raises NotFound."""
        with reading(self._engine) as connection:
            content = connection.scalar(select(tables.originals.c.content).where(tables.originals.c.meeting_id == meeting_id))
        if content is None:
            raise queries.no_meeting(meeting_id)
        return bytes(content)

    def by_digest(self, sha256: str) -> MeetingHead | None:
        """The meeting that was made from this very file, if there is one."""
        with reading(self._engine) as connection:
            heads = queries.heads(connection, tables.meetings.c.digest == sha256)
            return heads[0] if heads else None

    # Index

    def index_pending(self, client_id: str | None = None) -> tuple[MeetingHead, ...]:
        """The meetings of one client, or of all, whose present revision is not in the index; unfiled ones never are."""
        wanted = tables.meetings.c.client_id.is_not(None) if client_id is None else tables.meetings.c.client_id == client_id
        with reading(self._engine) as connection:
            return queries.heads(connection, tables.meetings.c.index_pending, wanted)

    def mark_indexed(self, meeting_id: str, revision: int) -> None:
        """Note that this revision is in the index; nothing happens where a newer one has come meanwhile."""
        table = tables.meetings
        with writing(self._engine) as connection:
            connection.execute(
                update(table).where(table.c.id == meeting_id, table.c.revision == revision).values(index_pending=False)
            )

    # Readings

    def save_assessment(self, assessment: Assessment) -> None:
        """Keep a reading; the newest of each engine counts. Raises StoreError where that revision is not on record."""
        with writing(self._engine) as connection:
            connection.execute(insert(tables.assessments).values(**rows.assessment_row(assessment)))

    def assessments(self, meeting_ids: Collection[str]) -> tuple[Assessment, ...]:
        """The newest reading of each engine for the present revision of these meetings, oldest meeting first."""
        with reading(self._engine) as connection:
            return queries.assessments(connection, meeting_ids)

    def cached(self, key: str) -> str | None:
        """An engine's kept answer to exactly this question, or None."""
        with reading(self._engine) as connection:
            return connection.scalar(select(tables.cache.c.value).where(tables.cache.c.key == key))

    def keep_cached(self, key: str, meeting_id: str | None, value: str) -> None:
        """Keep an engine's answer, to be forgotten with the meeting that it came from."""
        entry = {"key": key, "meeting_id": meeting_id, "value": value, "kept_at": rows.moment(self._now())}
        with writing(self._engine) as connection:
            connection.execute(insert(tables.cache).prefix_with("OR REPLACE").values(entry))

    # Soundness

    def damage(self) -> tuple[str, ...]:
        """What is wrong with the record, in words; empty when it is whole and every original is as it was uploaded."""
        with reading(self._engine) as connection:
            found = [line for line in connection.exec_driver_sql("PRAGMA integrity_check").scalars() if line != "ok"]
            for slug, engine in queries.damaged_readings(connection):
                again = f"`analyzer motives {slug} --engine {engine}` reads it again"
                found.append(f"the reading of {slug} by {engine} is damaged; {again}")
            found += [f"a row of {row[0]} hangs on nothing" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
            files = select(tables.meetings.c.slug, tables.meetings.c.digest, tables.originals.c.content).join_from(
                tables.meetings, tables.originals, isouter=True
            )
            for slug, digest, content in connection.execute(files):
                if not isinstance(content, bytes) or rows.digest(content) != digest:
                    found.append(f"the original of {slug} is not what was uploaded")
        return tuple(found)
