"""A meeting out of which something was taken, written down again: as a plain transcript, and its captions where words are now."""

from collections.abc import Sequence

from analyzer.model.meetings import CueTime, Meeting, Turn, Utterance
from analyzer.usecases.naming import NAME_REMOVED

FORMAT = "text"  # the transcript format as which the file that takes the original's place is read


def as_text(meeting_id: str, meeting: Meeting) -> str:
    """The meeting as a plain transcript, which takes the place of the file that it was read from."""
    said = (f"{_clock(turn.start)}{turn.speaker}: {' '.join(turn.text.split())}" for turn in meeting.turns)
    head = f"Meeting {meeting_id} of {meeting.date.isoformat()}. Some of it was removed on request."
    return "\n\n".join((head, *said)) + "\n"


def _clock(seconds: float | None) -> str:
    if seconds is None:
        return ""
    whole = int(seconds)
    return f"[{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}] "


def utterance(turn: Turn) -> Utterance:
    """The turn as it is stored."""
    return Utterance(speaker=turn.speaker, text=turn.text, start=turn.start, end=turn.end, chat=turn.chat, cues=turn.cues)


def cues_of(cues: Sequence[CueTime], spans: Sequence[tuple[int, int]]) -> tuple[CueTime, ...]:
    """The captions of a turn where their words stand when the name is taken out in these places."""
    return tuple(CueTime(_moved(cue.at, spans), cue.start, cue.end) for cue in cues)


def _moved(place: int, spans: Sequence[tuple[int, int]]) -> int:
    """Where a place of the text is when each of these stretches is replaced."""
    now = place
    for start, end in spans:
        if place >= end:
            now += len(NAME_REMOVED) - (end - start)
        elif place > start:
            now -= place - start
    return now
