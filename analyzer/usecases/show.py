"""Showing a meeting: its turns with sides and times, or one turn in its surroundings."""

from analyzer.errors import NotFound
from analyzer.model.results import Shown, TurnRow
from analyzer.usecases import resolve
from analyzer.usecases.voices import speaker_rows
from analyzer.workspace import Workspace

AROUND = 3  # turns before and after the one asked for


def show(ws: Workspace, ref: str, turn: int | None = None) -> Shown:
    """The turns of a meeting; with `turn`, that one and its neighbours. Raises NotFound."""
    head = resolve.meeting(ws.store, ref)
    meeting = ws.store.meeting(head.id)
    if turn is not None and not 0 <= turn < len(meeting.turns):
        raise NotFound(f"{head.slug} has no turn {turn}", f"its turns are 0 to {len(meeting.turns) - 1}")
    first, last = (0, len(meeting.turns)) if turn is None else (max(0, turn - AROUND), turn + AROUND + 1)
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
    )
