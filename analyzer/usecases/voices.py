"""Who speaks in a transcript or a meeting, as a result."""

from collections.abc import Sequence

from analyzer.model.meetings import Speaker, Turn, Utterance
from analyzer.model.results import SpeakerRow


def speaker_rows(speakers: Sequence[Speaker], said: Sequence[Utterance | Turn]) -> tuple[SpeakerRow, ...]:
    """Each speaker with side, turns and words."""
    spoken: dict[str, list[int]] = {}
    for u in said:
        spoken.setdefault(u.speaker, []).append(len(u.text.split()))
    return tuple(
        SpeakerRow(name=s.name, side=s.side.value, turns=len(spoken.get(s.name, [])), words=sum(spoken.get(s.name, [])))
        for s in speakers
    )
