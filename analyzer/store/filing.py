"""What is filed where, and how that is changed and taken back: moving, renaming, merging, amending."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from analyzer.errors import NotFound, StoreError, UsageError
from analyzer.model.meetings import Client
from analyzer.store import queries, rows, tables
from analyzer.store.agendas import follow_merge
from analyzer.store.connection import reading, writing
from analyzer.store.names import client_slug, meeting_slug

MOVE, RENAME, MERGE, AMEND, REPLACE = "move", "rename", "merge", "amend", "replace"

_MEETINGS, _CLIENTS, _FILINGS = tables.meetings, tables.clients, tables.filings


@dataclass(frozen=True, slots=True, kw_only=True)
class Refiled:
    """What one change of filing did: `kind` of it, and the meetings that it touched, each with the client that it had before.

    Where the client of a meeting differs from the one before, its passages have to follow. `stayed` are meetings that came
    after a merge that was taken back, and stay where they were put. `outdated` names the engines whose
    readings count no longer, because the meeting has another date.
    """

    kind: str
    told: str
    before: dict[str, str | None]
    outdated: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()


class Filing:
    """Changes of filing, each one transaction that also notes how it was before, so that `undo` can take the last one back."""

    def __init__(self, engine: Engine, now: Callable[[], dt.datetime]) -> None:
        self._engine = engine
        self._now = now

    def move(self, meeting_id: str, client_id: str | None) -> Refiled:
        """File the meeting under this client, or under none.

        Raises NotFound; UsageError where it is there already, and where it would lose the protection of a client whose words
        are kept from every model.
        """
        with writing(self._engine) as connection:
            to = _client(connection, client_id) if client_id else None
            head = queries.head(connection, meeting_id)
            place = to.name if to else "no client"
            if head.client_id == client_id:
                raise UsageError(f"{head.slug} is filed under {place} already", "`analyzer meetings` tells what is where")
            _check_protection(connection, head, to)
            self._note(connection, MOVE, {"client": head.client_id, "slugs": {head.id: head.slug}}, meeting_id=meeting_id)
            _put_under(connection, meeting_id, to)
            now = queries.head(connection, meeting_id).slug
            return Refiled(kind=MOVE, told=f"{head.slug} is now {now}, under {place}", before=_one(head))

    def rename(self, client_id: str, name: str) -> Refiled:
        """Give the client another name, and its meetings slugs that go with it.

        Raises NotFound; StoreError where another client has the name; UsageError where nothing of it can be seen.
        """
        tidy = queries.visible_name(name)
        with writing(self._engine) as connection:
            old = _client(connection, client_id)
            _check_free(connection, old, tidy)
            was = {"name": old.name, "slug": old.slug, "slugs": _slugs_of(connection, client_id)}
            self._note(connection, RENAME, was, client_id=client_id)
            _rename(connection, old, tidy)
            return Refiled(kind=RENAME, told=f"{old.name} is now {tidy}", before=_meetings_of(connection, client_id))

    def merge(self, client_id: str, into_id: str) -> Refiled:
        """File all meetings of a client under another, which then answers to both names. Raises NotFound, UsageError.

        Where either is kept from every model, both are from then on.
        """
        with writing(self._engine) as connection:
            old, into = _client(connection, client_id), _client(connection, into_id)
            if old.id == into.id:
                raise UsageError(f"{old.name} cannot be merged into itself", "name two clients")
            follow_merge(connection, client_id, into.id)
            before = _meetings_of(connection, client_id)
            was = {"slugs": _slugs_of(connection, client_id), "into": into.id, "offline_only": into.offline_only}
            self._note(connection, MERGE, was, client_id=client_id)
            connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == client_id).values(merged_into=into.id))
            offline_only = old.offline_only or into.offline_only
            connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == into.id).values(offline_only=offline_only))
            for meeting_id in before:
                _put_under(connection, meeting_id, into)
            return Refiled(kind=MERGE, told=f"{old.name} is merged into {into.name}", before=before)

    def amend(
        self, meeting_id: str, *, date: dt.date | None = None, title: str | None = None, confidential: bool | None = None
    ) -> Refiled:
        """Put a meeting's date or title right, or say whether it is confidential; what is None stays.

        Its slug follows its date, and it is to be read anew where that changed: what an engine made of "by Friday" hangs on
        the date, so a new date makes a new revision of the same turns. Raises NotFound; UsageError where nothing would change.
        """
        with writing(self._engine) as connection:
            head = queries.head(connection, meeting_id)
            wanted = replace(
                head,
                date=date or head.date,
                title=title or head.title,
                confidential=head.confidential if confidential is None else confidential,
            )
            if wanted == head:
                raise UsageError(f"{head.slug} is like that already", "`analyzer meetings` tells what is known of each")
            was = {"date": head.date.isoformat(), "title": head.title, "slugs": {head.id: head.slug}}
            self._note(connection, AMEND, was | {"confidential": head.confidential}, meeting_id=meeting_id)
            now = self._amend(connection, head, wanted)
            outdated = () if now.date == head.date else head.readings
            return Refiled(kind=AMEND, told=_told_amended(head, now), before=_one(head), outdated=outdated)

    def last_replaced(self) -> tuple[str, str] | None:
        """The meeting and the digest of its former file, where the last change was that another file took its place."""
        with reading(self._engine) as connection:
            row = _last(connection)
            return (row.meeting_id, row.body["digest"]) if row and row.kind == REPLACE else None

    def undo(self) -> Refiled:
        """Take back the last change of filing. Raises NotFound where there is none."""
        with writing(self._engine) as connection:
            row = _last(connection)
            if row is None:
                raise NotFound("nothing was moved, renamed, merged, amended or replaced", "there is nothing to take back")
            connection.execute(delete(_FILINGS).where(_FILINGS.c.number == row.number))
            if row.kind == AMEND:
                return self._unamend(connection, row)
            return _UNDONE[row.kind](connection, row)

    def note_replaced(self, connection: Connection, meeting_id: str, digest: str) -> None:
        """Note, within the change itself, that another file takes the place of the one of this digest."""
        self._note(connection, REPLACE, {"digest": digest}, meeting_id=meeting_id)

    def _note(
        self,
        connection: Connection,
        kind: str,
        body: dict[str, Any],
        *,
        client_id: str | None = None,
        meeting_id: str | None = None,
    ) -> None:
        values = {
            "kind": kind,
            "client_id": client_id,
            "meeting_id": meeting_id,
            "made_at": rows.moment(self._now()),
            "body": body,
        }
        connection.execute(insert(_FILINGS).values(values))

    def _unamend(self, connection: Connection, row: Row[Any]) -> Refiled:
        head, body = queries.head(connection, row.meeting_id), row.body
        date = dt.date.fromisoformat(body["date"])
        # What was amended by an earlier version has no word on confidence.
        was = replace(head, date=date, title=body["title"], confidential=body.get("confidential", head.confidential))
        self._amend(connection, head, was)
        _restore_slugs(connection, body["slugs"])
        back = queries.head(connection, head.id)
        outdated = () if back.date == head.date else head.readings
        return Refiled(kind=AMEND, told=_told_amended(head, back, "again"), before=_one(head), outdated=outdated)

    def _amend(self, connection: Connection, head: rows.MeetingHead, wanted: rows.MeetingHead) -> rows.MeetingHead:
        """Give the meeting the date, the title and the confidence of `wanted`; the meeting as it then is."""
        mine = _MEETINGS.c.id == head.id
        if wanted.date != head.date:
            kept = queries.meeting(connection, head)
            number, at = head.revision + 1, rows.moment(self._now())
            queries.insert_revision(connection, rows.revision_rows(head.id, number, kept.speakers, kept.turns, at))
            connection.execute(update(_MEETINGS).where(mine).values(revision=number, index_pending=True))
        values = {"date": wanted.date, "title": rows.storable(wanted.title), "confidential": wanted.confidential}
        connection.execute(update(_MEETINGS).where(mine).values(values))
        if wanted.date != head.date:
            to = _client(connection, head.client_id) if head.client_id else None
            _name_slug(connection, head.id, to, wanted.date)
        return queries.head(connection, head.id)


def _told_amended(was: rows.MeetingHead, now: rows.MeetingHead, again: str = "") -> str:
    """What was put right, in a line; `again` where that took it back."""
    parts = []
    if (was.date, was.title) != (now.date, now.title):
        parts.append(f"{was.slug} is {' '.join(filter(None, ('' if again else 'now', f'{now.slug}, {now.title!r}', again)))}")
    if was.confidential != now.confidential:
        state = " ".join(
            filter(None, ("" if again else "now", "confidential" if now.confidential else "not confidential", again))
        )
        parts.append(f"{now.slug} is {state}" + (": it stays with those who were there" if now.confidential else ""))
    return "; ".join(parts)


def _last(connection: Connection) -> Row[Any] | None:
    return connection.execute(select(_FILINGS).order_by(_FILINGS.c.number.desc()).limit(1)).first()


def _one(head: rows.MeetingHead) -> dict[str, str | None]:
    return {head.id: head.client_id}


def _client(connection: Connection, client_id: str) -> Client:
    return queries.client(queries.clients(connection), client_id)


def _meetings_of(connection: Connection, client_id: str) -> dict[str, str | None]:
    return {head.id: head.client_id for head in queries.heads(connection, _MEETINGS.c.client_id == client_id)}


def _slugs_of(connection: Connection, client_id: str) -> dict[str, str]:
    return {head.id: head.slug for head in queries.heads(connection, _MEETINGS.c.client_id == client_id)}


def _restore_slugs(connection: Connection, slugs: dict[str, str]) -> None:
    """Give meetings the slugs that they had, but for one that another meeting has taken meanwhile."""
    others = _MEETINGS.c.id.not_in(list(slugs))
    taken = set(connection.scalars(select(_MEETINGS.c.slug).where(others)))
    free = {meeting_id: slug for meeting_id, slug in slugs.items() if slug not in taken}
    # First out of each other's way: a slug may be one that another of these still has.
    connection.execute(update(_MEETINGS).where(_MEETINGS.c.id.in_(list(free))).values(slug=_MEETINGS.c.id))
    for meeting_id, slug in free.items():
        connection.execute(update(_MEETINGS).where(_MEETINGS.c.id == meeting_id).values(slug=slug))


def _restore_client_slug(connection: Connection, client_id: str, slug: str) -> None:
    if connection.scalar(select(_CLIENTS.c.id).where(_CLIENTS.c.slug == slug)) is None:
        connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == client_id).values(slug=slug))


def _put_under(connection: Connection, meeting_id: str, to: Client | None) -> None:
    """File one meeting; its passages wait to follow."""
    date = connection.execute(select(_MEETINGS.c.date).where(_MEETINGS.c.id == meeting_id)).scalar_one()
    filed = {"client_id": to.id if to else None, "index_pending": True}
    connection.execute(update(_MEETINGS).where(_MEETINGS.c.id == meeting_id).values(filed))
    _name_slug(connection, meeting_id, to, date)


def _name_slug(connection: Connection, meeting_id: str, to: Client | None, date: dt.date) -> None:
    taken = set(connection.scalars(select(_MEETINGS.c.slug).where(_MEETINGS.c.id != meeting_id)))
    slug = meeting_slug(to.slug if to else None, date, taken)
    connection.execute(update(_MEETINGS).where(_MEETINGS.c.id == meeting_id).values(slug=slug))


def _check_protection(connection: Connection, head: rows.MeetingHead, to: Client | None) -> None:
    kept = _client(connection, head.client_id) if head.client_id else None
    if kept and kept.offline_only and not (to and to.offline_only):
        place = to.name if to else "no client"
        mend = f"`analyzer clients set {to.slug} --offline-only` first, or " if to else ""
        raise UsageError(
            f"{kept.name} is kept offline and {place} is not: {head.slug} could then be sent to a model",
            f"{mend}`analyzer clients set {kept.slug} --no-offline-only`",
        )


def _check_free(connection: Connection, of: Client, name: str) -> None:
    same = queries.client_called(connection, name)
    if same and same.id != of.id:
        raise StoreError(
            f"there is a client {same.name!r} already", f"`analyzer clients merge {of.slug} {same.slug}` makes them one"
        )


def _rename(connection: Connection, old: Client, name: str) -> None:
    taken = set(connection.scalars(select(_CLIENTS.c.slug).where(_CLIENTS.c.id != old.id)))
    slug = client_slug(name, taken)
    connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == old.id).values(name=name, slug=slug))
    if slug != old.slug:
        queries.rename_meetings(connection, _client(connection, old.id))


def _unmove(connection: Connection, row: Row[Any]) -> Refiled:
    head = queries.head(connection, row.meeting_id)
    to = _client(connection, row.body["client"]) if row.body["client"] else None
    _put_under(connection, head.id, to)
    _restore_slugs(connection, row.body["slugs"])
    now = queries.head(connection, head.id).slug
    return Refiled(kind=MOVE, told=f"{head.slug} is {now} again, under {to.name if to else 'no client'}", before=_one(head))


def _unrename(connection: Connection, row: Row[Any]) -> Refiled:
    now = _client(connection, row.client_id)
    same = queries.client_called(connection, row.body["name"])
    if same and same.id != now.id:
        told = f"{now.name} keeps its name: another client is called {row.body['name']} by now"
        return Refiled(kind=RENAME, told=told, before=_meetings_of(connection, now.id))
    _rename(connection, now, row.body["name"])
    _restore_client_slug(connection, now.id, row.body["slug"])
    _restore_slugs(connection, row.body["slugs"])
    told = f"{now.name} is {row.body['name']} again"
    return Refiled(kind=RENAME, told=told, before=_meetings_of(connection, now.id))


def _unreplace(connection: Connection, row: Row[Any]) -> Refiled:
    """The former file has been put back before this is noted."""
    head = queries.head(connection, row.meeting_id)
    return Refiled(kind=REPLACE, told=f"{head.slug} is read from {head.file_name} again", before=_one(head))


def _unmerge(connection: Connection, row: Row[Any]) -> Refiled:
    connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == row.client_id).values(merged_into=None))
    back = _client(connection, row.client_id)
    before: dict[str, str | None] = {}
    for head in queries.heads(connection, _MEETINGS.c.id.in_(row.body["slugs"])):
        before |= _one(head)
        _put_under(connection, head.id, back)
    _restore_slugs(connection, row.body["slugs"])
    into = row.body["into"]
    connection.execute(update(_CLIENTS).where(_CLIENTS.c.id == into).values(offline_only=row.body["offline_only"]))
    since = queries.heads(connection, _MEETINGS.c.client_id == into, _MEETINGS.c.added_at >= row.made_at)
    told = f"{back.name} is a client of its own again"
    return Refiled(kind=MERGE, told=told, before=before, stayed=tuple(head.slug for head in since))


_UNDONE: dict[str, Callable[[Connection, Row[Any]], Refiled]] = {
    MOVE: _unmove,
    RENAME: _unrename,
    MERGE: _unmerge,
    REPLACE: _unreplace,
}
