"""Showing a meeting: its turns with sides and times, or one turn in its surroundings."""

from collections.abc import Iterable
from pathlib import Path

from analyzer.errors import NotFound
from analyzer.model.results import Shown, TurnRow
from analyzer.rendering import transcript
from analyzer.rendering.pages import transcript_file
from analyzer.usecases import resolve
from analyzer.usecases.marks import marks
from analyzer.usecases.voices import speaker_rows
from analyzer.usecases.writing import keep
from analyzer.workspace import Workspace

AROUND = 3  # turns before and after the one asked for


def show(ws: Workspace, ref: str, turn: int | None = None, *, marked: bool = False) -> Shown:
    """The turns of a meeting; with `turn`, that one and its neighbours; `marked` adds which words carry evidence.

    Raises NotFound.
    """
    head = resolve.meeting(ws.store, ref)
    meeting = ws.store.meeting(head.id)
    if turn is not None and not 0 <= turn < len(meeting.turns):
        raise NotFound(f"{head.slug} has no turn {turn}", f"its turns are 0 to {len(meeting.turns) - 1}")
    first, last = (0, len(meeting.turns)) if turn is None else (max(0, turn - AROUND), turn + AROUND + 1)
    found, read_by = marks(ws, head) if marked else ((), "")
    return Shown(
        id=meeting.id,
        slug=meeting.slug,
        client=meeting.client_id,
        client_name=meeting.client_name,
        date=meeting.date,
        title=meeting.title,
        format=head.format,
        revision=meeting.revision,
        speakers=speaker_rows(meeting.speakers, meeting.turns),
        turns=tuple(
            TurnRow(turn=t.ordinal, speaker=t.speaker, side=t.side.value, start=t.start, text=t.text, chat=t.chat)
            for t in meeting.turns[first:last]
        ),
        focus=turn,
        confidential=meeting.confidential,
        marks=tuple(mark for mark in found if first <= mark.turn < last),
        read_by=read_by,
    )


def written(ws: Workspace, shown: Shown, to: Path, *, overwrite: bool) -> Path:
    """Write the meeting as an HTML page, in a folder under its usual name, and note that this document draws on it.

    Returns where it went. Raises UsageError.
    """
    path = to / transcript_file(shown.slug) if to.is_dir() else to
    keep(path, transcript.page(shown), overwrite=overwrite)
    ws.store.keep_export("show", str(path.absolute()), [shown.id])
    return path


def transcripts_beside(folder: Path, slugs: Iterable[str]) -> frozenset[str]:
    """Those of the meetings whose transcript page lies in the folder under its usual name, `SLUG.html`."""
    return frozenset(slug for slug in slugs if (folder / transcript_file(slug)).is_file())
