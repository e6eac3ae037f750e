"""The two documents over a home: gathers what the planners need, renders, and guards what may leave."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from analyzer.errors import AnalyzerError, UsageError
from analyzer.model.documents import Agenda, Brief, Cleared
from analyzer.names import fold_name
from analyzer.rendering import markdown
from analyzer.usecases import resolve
from analyzer.usecases.agenda import client_safe, leaks, plan_agenda, private_words
from analyzer.usecases.brief import plan_brief
from analyzer.usecases.motives import client_picture
from analyzer.usecases.notes import note_rows
from analyzer.usecases.writing import write_private
from analyzer.workspace import Workspace


class Leak(AnalyzerError):
    """A document to be sent holds something private; it is not written."""

    code = "leak"


def brief(ws: Workspace, ref: str, date: dt.date | None = None, engine: str | None = None) -> Brief:
    """The private brief before the meeting on `date`, from what has been read so far."""
    client = resolve.client(ws.store, ref)
    day = date or ws.today
    picture, meetings = client_picture(ws, client, day, engine)
    return plan_brief(client, picture, meetings, ws.practice, day, note_rows(ws, client))


def agenda(ws: Workspace, ref: str, people: Sequence[str] = (), minutes: int = 60, date: dt.date | None = None) -> Agenda:
    """The agenda of a partnership talk, safe to send. Raises Leak when it would tell something private."""
    client = resolve.client(ws.store, ref)
    if not all(fold_name(person) for person in people):
        raise UsageError("--with needs a name", 'analyzer agenda CLIENT --with "Dana Ortiz"')
    day = date or ws.today
    picture, meetings = client_picture(ws, client, day)
    notes = [note.text for note in note_rows(ws, client)]
    private = private_words(client, picture, ws.practice, ws.store.clients(), people, notes)
    cleared = client_safe(client, picture, meetings, ws.practice, day, people, private)
    _tell_left_out(ws, cleared)
    planned = plan_agenda(cleared.safe, day, minutes)
    found = leaks(markdown.agenda(planned), forbidden=private)
    if found:
        raise Leak(f"the agenda would tell {client.name} something private: {found[0]}", "nothing was written; see practice.toml")
    return planned


def _tell_left_out(ws: Workspace, cleared: Cleared) -> None:
    if cleared.left_out:
        told = ", ".join(f"{count} {why.value.replace('_', ' ')}" for why, count in sorted(cleared.left_out.items()))
        ws.notice("left_out", f"left out of the agenda: {told}; the brief shows them")
    if cleared.never_met:
        ws.notice("never_met", f"no meeting on record has {', '.join(cleared.never_met)}, so nothing said is used")


def keep(path: Path, text: str, *, overwrite: bool) -> None:
    """Write a document where only its owner can read it.

    Raises UsageError for a file that is there already, and for a place where none can be written.
    """
    try:
        if path.exists():
            _may_replace(path, overwrite=overwrite)
        write_private(path, text)
    except OSError as failure:
        raise UsageError(f"{path} cannot be written: {failure.strerror}", "choose another place with -o") from failure


def _may_replace(path: Path, *, overwrite: bool) -> None:
    if path.is_dir():
        raise UsageError(f"{path} is a folder", "give the file in it a name")
    if not path.is_file():
        raise UsageError(f"{path} is no regular file", "choose another place with -o")
    if not overwrite:
        raise UsageError(f"{path} exists already", "--force overwrites it")
