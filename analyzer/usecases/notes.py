"""A person's notes about a client from outside the recordings: private, never a quote, never in an agenda."""

import datetime as dt

from analyzer.errors import NotFound, UsageError
from analyzer.model.meetings import Client
from analyzer.model.own import Notes
from analyzer.model.person import NoteKind
from analyzer.model.relationship import NoteRow
from analyzer.store import MeetingHead, tidy_name
from analyzer.usecases import resolve
from analyzer.workspace import Workspace

LONGEST = 2_000
"""A note has no more letters than this."""


def note_rows(ws: Workspace, client: Client) -> tuple[NoteRow, ...]:
    """What was noted about the client, and about those that were merged into it, by date."""
    kept = ws.store.person.notes(client.id)
    return tuple(NoteRow(number=n.number, date=n.date, kind=n.kind.value, text=n.text, author=n.author) for n in kept)


def notes_for(ws: Workspace, head: MeetingHead) -> tuple[str, ...]:
    """The notes about a meeting's client as lines, each with its day; empty for a meeting under no client.

    They go to a model only where somebody asked for that.
    """
    if head.client_id is None:
        return ()
    return tuple(f"{note.date.isoformat()} ({note.kind.value}): {note.text}" for note in ws.store.person.notes(head.client_id))


def notes(ws: Workspace, ref: str) -> Notes:
    """All notes about a client. Raises NotFound."""
    return _told(ws, resolve.client(ws.store, ref))


def add(ws: Workspace, ref: str, text: str, *, date: dt.date | None = None, kind: NoteKind = NoteKind.EVENT) -> Notes:
    """Note something about a client, as of today where no day is given. Raises NotFound; UsageError without words."""
    client = resolve.client(ws.store, ref)
    tidy = tidy_name(text)
    if not tidy:
        raise UsageError("a note needs words", f'analyzer note {client.slug} "what happened"')
    if len(tidy) > LONGEST:
        raise UsageError(f"a note has at most {LONGEST} letters, this one has {len(tidy)}", "Make two of it.")
    made = ws.store.person.keep_note(client.id, date or ws.today, kind, tidy)
    ws.step("recorded")
    return _told(ws, client, added=made.number)


def remove(ws: Workspace, ref: str, number: int) -> Notes:
    """Forget one note about a client. Raises NotFound."""
    client = resolve.client(ws.store, ref)
    if not ws.store.person.remove_note(client.id, number):
        raise NotFound(f"{client.name} has no note {number}", f"`analyzer note {client.slug}` lists them")
    return _told(ws, client, removed=number)


def _told(ws: Workspace, client: Client, *, added: int | None = None, removed: int | None = None) -> Notes:
    return Notes(client=client.id, client_name=client.name, notes=note_rows(ws, client), added=added, removed=removed)
