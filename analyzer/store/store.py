"""The record as the rest of the product sees it: values in, values out, every change one transaction."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine, delete, insert, select, update

from analyzer.model.edits import Edit
from analyzer.model.findings import Assessment
from analyzer.model.meetings import Client, Meeting, Speaker, Stage, Turn, Utterance
from analyzer.model.own import UsageRow
from analyzer.store import keeping, ledger, queries, rows, spoken, tables
from analyzer.store.agendas import Agendas
from analyzer.store.connection import connect, reading, remembered, writing
from analyzer.store.elsewhere import Elsewhere
from analyzer.store.everything import Rows, everything
from analyzer.store.filing import Filing
from analyzer.store.forgetting import Forgettings
from analyzer.store.handing import Handing
from analyzer.store.migrations import migrate
from analyzer.store.person import PersonsWord
from analyzer.store.redaction import Redaction, opened
from analyzer.store.rows import Export, MeetingHead, NewMeeting, Sitting, Usage


def _utc_now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


class Store:
    """One open record. Every method is one transaction and may be called from several threads and processes at once.

    All raise StoreError where the record cannot be read or written, the cause kept.
    """

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime], author: str = "") -> None:
        self._engine = engine
        self._now = now
        self._author = author

    @classmethod
    def open(
        cls, path: Path, *, now: Callable[[], dt.datetime] = _utc_now, busy_timeout: float = 60.0, author: str = ""
    ) -> "Store":
        """The record at this path, made or brought up to date where needed; `busy_timeout` is seconds to wait for writers.

        `author` is who writes here: what a person says carries that name, or none.

        Raises StoreError for a file that is no record, or one that a newer version wrote.
        """
        store = cls(connect(path, busy_timeout), now, author)
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

    def client_called(self, ref: str) -> Client | None:
        """The client of exactly that name, id or slug, folded; a merged client's leads to what it is now."""
        with reading(self._engine) as connection:
            return queries.client_called(connection, ref)

    def client_names(self) -> tuple[str, ...]:
        """Every name that a client has or had, those of merged clients among them."""
        with reading(self._engine) as connection:
            return queries.client_names(connection)

    def speaker_names(self) -> tuple[str, ...]:
        """The name of every speaker of every meeting, in each revision of it."""
        with reading(self._engine) as connection:
            return tuple(connection.scalars(select(tables.speakers.c.name).distinct().order_by(tables.speakers.c.name)))

    def set_client(self, client_id: str, *, stage: Stage | None = None, offline_only: bool | None = None) -> Client:
        """Change what is given and keep the rest. Raises NotFound."""
        with writing(self._engine) as connection:
            old = queries.client(queries.clients(connection), client_id)
            client = replace(
                old,
                stage=old.stage if stage is None else stage,
                offline_only=old.offline_only if offline_only is None else offline_only,
            )
            connection.execute(update(tables.clients).where(tables.clients.c.id == client_id).values(**rows.client_row(client)))
            return client

    @property
    def filing(self) -> Filing:
        """Moving, renaming, merging, amending, and taking that back."""
        return Filing(self._engine, self._now)

    @property
    def person(self) -> PersonsWord:
        """What a person says beside the readers: verdicts, dismissed and marked words, outcomes, notes."""
        return PersonsWord(self._engine, self._now, self._author)

    @property
    def agendas(self) -> Agendas:
        """The agendas that were made, with the versions that a person edited."""
        return Agendas(self._engine, self._now)

    @property
    def forgetting(self) -> Forgettings:
        """Forgetting clients and meetings for good, and the receipts of it."""
        return Forgettings(self._engine, self._now)

    @property
    def handing(self) -> Handing:
        """Clients that go to colleagues whole, and come from them."""
        return Handing(self._engine, self._now)

    def redaction(self, *, changing: bool) -> AbstractContextManager[Redaction]:
        """All that has words in it, looked through, and with `changing` rewritten, in one transaction."""
        return opened(self._engine, self._now, changing=changing)

    def elsewhere(self, client_id: str | None) -> Elsewhere:
        """What belongs to other clients than this one."""
        return Elsewhere(self._engine, client_id)

    # Meetings

    def add_meeting(self, new: NewMeeting) -> Meeting:
        """Keep a meeting with its original, speakers and turns, all or nothing; it waits to be indexed.

        A new client is made with it or not at all. Raises NotFound for an unknown client, UsageError for a new one without a
        name, StoreError where the same file is kept already, ValueError where a speaker is named twice or is missing.
        """
        with writing(self._engine) as connection:
            return keeping.add_meeting(connection, new, rows.moment(self._now()))

    def revise(
        self,
        meeting_id: str,
        speakers: Sequence[Speaker],
        turns: Sequence[Turn | Utterance],
        edits: Sequence[Edit],
        *,
        after: int,
    ) -> Meeting:
        """Make these the meeting's speakers and turns, as its next revision; earlier ones stay, readings of them no longer count.

        A turn takes its speaker's side and its place in `turns`. `edits` are all that now stand, one more or fewer than before;
        `after` is the revision that all this was made of. Raises NotFound, StoreError where the meeting changed meanwhile, and
        ValueError as `add_meeting` does.
        """
        made_at = rows.moment(self._now())
        with writing(self._engine) as connection:
            number = 1 + queries.unchanged_head(connection, meeting_id, after).revision
            queries.set_edits(connection, meeting_id, edits, made_at)
            queries.insert_revision(connection, rows.revision_rows(meeting_id, number, speakers, turns, made_at))
            connection.execute(
                update(tables.meetings).where(tables.meetings.c.id == meeting_id).values(revision=number, index_pending=True)
            )
            return queries.meeting(connection, queries.head(connection, meeting_id))

    def read_again(
        self,
        of: MeetingHead,
        new: NewMeeting,
        speakers: Sequence[Speaker],
        turns: Sequence[Utterance],
        *,
        taking_back: bool = False,
    ) -> Meeting:
        """Let another file, or another reading of the same, take the place of the one that the meeting was read from.

        `new` is that reading as it stands; `speakers` and `turns` are the same after the meeting's edits. Client, date, title
        and slug stay, and so does the former file; that it was another is noted among the changes of filing, unless this takes
        such a change back. Raises NotFound, and StoreError where the file is kept as another meeting.
        """
        with writing(self._engine) as connection:
            head = queries.unchanged_head(connection, of.id, of.revision)
            if head.digest != rows.digest(new.original) and not taking_back:
                self.filing.note_replaced(connection, head.id, head.digest)
            return keeping.read_again(connection, head, new, (speakers, turns), rows.moment(self._now()))

    def edits(self, meeting_id: str) -> tuple[Edit, ...]:
        """What a person changed about who speaks in the meeting, in order."""
        with reading(self._engine) as connection:
            return queries.edits(connection, meeting_id)

    def as_read(self, meeting_id: str) -> Meeting:
        """The meeting as its file says it, before all edits. Raises NotFound."""
        with reading(self._engine) as connection:
            return queries.as_read(connection, queries.head(connection, meeting_id))

    def meetings(self, client_id: str | None = None) -> tuple[MeetingHead, ...]:
        """The meetings of one client, or all, oldest first."""
        with reading(self._engine) as connection:
            if client_id is None:
                return queries.heads(connection)
            filed = tables.meetings.c.client_id == client_id
            return remembered(connection, f"meetings of {client_id}", lambda still: queries.heads(still, filed))

    def sittings(self, client_id: str) -> tuple[Sitting, ...]:
        """The client's meetings, oldest first, with what a search needs to know of them."""
        with reading(self._engine) as connection:
            return remembered(connection, f"sittings of {client_id}", lambda still: queries.sittings(still, client_id))

    def head(self, meeting_id: str) -> MeetingHead:
        """All facts of one meeting but its turns. Raises NotFound."""
        with reading(self._engine) as connection:
            return queries.head(connection, meeting_id)

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting of this id with its turns. Raises NotFound."""
        with reading(self._engine) as connection:
            return queries.meeting(connection, queries.head(connection, meeting_id))

    def in_full(self, heads: Sequence[MeetingHead]) -> tuple[Meeting, ...]:
        """These meetings with their turns, at the revision that each head tells of. Raises NotFound where one is gone."""
        with reading(self._engine) as connection:
            return queries.in_full(connection, heads)

    def original(self, meeting_id: str) -> bytes:
        """The file that the meeting is read from, byte for byte. Raises NotFound."""
        with reading(self._engine) as connection:
            of = tables.originals
            content = connection.scalar(
                select(of.c.content)
                .join(tables.meetings, tables.meetings.c.digest == of.c.digest)
                .where(of.c.meeting_id == meeting_id)
            )
        if content is None:
            raise queries.no_meeting(meeting_id)
        return bytes(content)

    def former_file(self, meeting_id: str, digest: str) -> tuple[str, bytes]:
        """The name and the bytes of a file that the meeting was read from once. Raises NotFound."""
        of = tables.originals
        with reading(self._engine) as connection:
            found = connection.execute(select(of).where(of.c.meeting_id == meeting_id, of.c.digest == digest)).first()
        if found is None:
            raise queries.no_meeting(meeting_id)
        return found.file_name, bytes(found.content)

    def meeting_called(self, ref: str) -> MeetingHead | None:
        """The meeting of exactly that id or slug, if there is one."""
        with reading(self._engine) as connection:
            return queries.meeting_called(connection, ref)

    def by_digest(self, sha256: str) -> MeetingHead | None:
        """The meeting that was made from this very file, now or once, if there is one."""
        with reading(self._engine) as connection:
            return queries.made_from(connection, sha256)

    def sketches(self) -> dict[str, bytes | None]:
        """What other exports of a meeting are found by, by meeting; None where it is still to be made."""
        of = tables.originals
        with reading(self._engine) as connection:
            found = connection.execute(
                select(of.c.meeting_id, of.c.sketch).join(tables.meetings, tables.meetings.c.digest == of.c.digest)
            )
            return {row.meeting_id: row.sketch for row in found}

    def keep_sketch(self, meeting_id: str, digest: str, sketch: bytes) -> None:
        """Keep what other exports of the meeting are found by."""
        of = tables.originals
        with writing(self._engine) as connection:
            connection.execute(update(of).where(of.c.meeting_id == meeting_id, of.c.digest == digest).values(sketch=sketch))

    # Documents

    def keep_export(self, kind: str, path: str, meeting_ids: Collection[str], client_id: str | None = None) -> None:
        """Note that a document quoting these meetings was written to this file, in place of what was noted of it before.

        `client_id` is whose document it is, where it is one client's.
        """
        made_at, path = rows.moment(self._now()), rows.storable(path)
        with writing(self._engine) as connection:
            connection.execute(delete(tables.exports).where(tables.exports.c.path == path))
            made = insert(tables.exports).values(kind=kind, path=path, made_at=made_at, client_id=client_id)
            number = connection.execute(made.returning(tables.exports.c.number)).scalar_one()
            quoted = [{"export": number, "meeting_id": meeting_id} for meeting_id in sorted(set(meeting_ids))]
            if quoted:
                connection.execute(insert(tables.exported_meetings), quoted)

    def exports(self, meeting_ids: Collection[str]) -> tuple[Export, ...]:
        """The documents written to files that quote any of these meetings, oldest first."""
        made, quoted = tables.exports, tables.exported_meetings
        among = select(quoted.c.export).where(quoted.c.meeting_id.in_(list(meeting_ids)))
        with reading(self._engine) as connection:
            found = connection.execute(select(made).where(made.c.number.in_(among)).order_by(made.c.number))
            return tuple(rows.export(row) for row in found)

    def everything(self, client_id: str) -> Rows:
        """All rows on the client and on those merged into it, by table, without the bytes of files."""
        return everything(self._engine, client_id)

    # Index

    def index_pending(self, client_id: str | None = None) -> tuple[MeetingHead, ...]:
        """The meetings of one client, or of all, whose present revision is not in the index; unfiled ones never are."""
        wanted = tables.meetings.c.client_id.is_not(None) if client_id is None else tables.meetings.c.client_id == client_id
        with reading(self._engine) as connection:
            return queries.heads(connection, tables.meetings.c.index_pending, wanted)

    def mark_indexed(self, meeting_id: str, revision: int, client_id: str | None) -> None:
        """Note that this revision is in its client's index, unless it has a newer one or another client by now."""
        table = tables.meetings
        with writing(self._engine) as connection:
            connection.execute(
                update(table)
                .where(table.c.id == meeting_id, table.c.revision == revision, table.c.client_id.is_(client_id))
                .values(index_pending=False)
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

    def last_reading(self, meeting_id: str, engine_name: str) -> Assessment | None:
        """The newest reading of the meeting by this engine, of whichever revision it is; None where there is none."""
        with reading(self._engine) as connection:
            return queries.last_reading(connection, meeting_id, engine_name)

    def cached(self, key: str) -> str | None:
        """An engine's kept answer to exactly this question, or None."""
        with reading(self._engine) as connection:
            return connection.scalar(select(tables.cache.c.value).where(tables.cache.c.key == key))

    def keep_cached(self, key: str, meeting_ids: Collection[str], value: str) -> None:
        """Keep an engine's answer, to be forgotten with the first of the meetings that it was made from.

        Raises StoreError where one of them is no longer on record.
        """
        entry = {"key": key, "value": value, "kept_at": rows.moment(self._now())}
        made_from = [{"key": key, "meeting_id": meeting_id} for meeting_id in sorted(set(meeting_ids))]
        with writing(self._engine) as connection:
            connection.execute(delete(tables.cache).where(tables.cache.c.key == key))
            connection.execute(insert(tables.cache).values(entry))
            if made_from:
                connection.execute(insert(tables.cache_meetings), made_from)

    def keep_usage(self, used: Usage) -> None:
        """Note what an engine used, now."""
        with writing(self._engine) as connection:
            ledger.keep_usage(connection, used, self._now())

    def usage(self, since: dt.date | None = None) -> tuple[UsageRow, ...]:
        """What was used from that day on, summed by day, engine, model, server and command; the oldest day first."""
        with reading(self._engine) as connection:
            return ledger.usage(connection, since)

    # Stand-ins

    def stand_ins(self, client_id: str) -> dict[str, str]:
        """What stands in for which of the client's names and numbers where its words leave the machine, by the original."""
        with reading(self._engine) as connection:
            return ledger.stand_ins(connection, client_id)

    def keep_stand_ins(self, client_id: str, new: Mapping[str, str]) -> dict[str, str]:
        """Add these, by the original; what is there already wins. All that then stand, like `stand_ins`.

        Where a stand-in belongs to another original by now, none is added: they are to be made anew. Raises StoreError for a
        client that is not on record.
        """
        with writing(self._engine) as connection:
            return ledger.keep_stand_ins(connection, client_id, new)

    # Soundness

    def is_misspoken(self, meeting_id: str) -> bool:
        """Whether what was said in a meeting is not as it was written down: a bit has flipped."""
        with reading(self._engine) as connection:
            return bool(spoken.damaged(connection, meeting_id))

    def damage(self) -> tuple[str, ...]:
        """What is wrong with the record, in words; empty when it is whole and every original is as it was uploaded."""
        with reading(self._engine) as connection:
            return keeping.damage(connection)
