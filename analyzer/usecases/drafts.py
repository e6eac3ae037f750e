"""An agenda as a person words it: the draft in their editor, looked through before it is kept."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer.errors import SettingsError, UsageError
from analyzer.model.agenda import Agenda
from analyzer.model.meetings import Client
from analyzer.names import fold_name
from analyzer.private_files import make_folder
from analyzer.rendering import agenda_page
from analyzer.usecases.leaks import PrivateWords, leaks
from analyzer.usecases.outgoing import leak
from analyzer.usecases.writing import write_private
from analyzer.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Editor:
    """`opened` returns when the person has done with the file; `again` is asked when what they made may not be sent."""

    opened: Callable[[Path], None]
    again: Callable[[str], bool]


def edited(
    ws: Workspace, client: Client, agenda: Agenda, editor: Editor, private: PrivateWords, allowed: Sequence[str] = ()
) -> Agenda:
    """The agenda as the person has worded it; as it was where nothing was changed.

    The draft of a talk stays in the home until `discard_draft`, and is opened again for the same talk. Raises Leak with the
    place for what may not be sent, UsageError for a draft that was emptied or removed, SettingsError where the home cannot be
    written.
    """
    proposed = agenda_page.draft(agenda_page.page(agenda))
    place = _place(ws, client, agenda)
    try:
        make_folder(place.parent)
        if not place.exists():
            write_private(place, proposed)
        while True:
            editor.opened(place)
            text = place.read_text(encoding="utf-8", errors="replace") if place.exists() else ""
            found = leaks(text, forbidden=private, allowed=allowed)
            if not found:
                break
            wrong = leak("the edited agenda", client.name, found, f"It stays in {place}; change it with --edit.")
            if not editor.again(wrong.message):
                raise wrong
    except OSError as failure:
        told = f"{failure.filename or place} cannot be written: {failure.strerror or failure}"
        raise SettingsError(told, "clear that place, or set ANALYZER_HOME to a folder of your own") from failure
    if not text.strip():
        discard_draft(ws, client, agenda)
        raise UsageError("the agenda is empty, so nothing was kept", "--edit proposes it again")
    return agenda if text == proposed else replace(agenda, edited=text)


def discard_draft(ws: Workspace, client: Client, agenda: Agenda) -> None:
    """Remove the draft of a talk; nothing happens where there is none."""
    place = _place(ws, client, agenda)
    place.unlink(missing_ok=True)
    with suppress(OSError):  # it holds the drafts of other talks
        place.parent.rmdir()


def _place(ws: Workspace, client: Client, agenda: Agenda) -> Path:
    """Where the draft of this very talk lies: the same people on the same day, for as long, about the same."""
    day = agenda.date.isoformat() if agenda.day_said else ""
    talk = "\n".join((agenda.kind, str(agenda.minutes), day, *sorted(map(fold_name, agenda.people))))
    return ws.settings.home / "drafts" / client.id / f"agenda-{hashlib.sha256(talk.encode()).hexdigest()[:12]}.md"
