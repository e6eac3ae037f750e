"""A meeting cut into passages: runs of whole turns of about 170 words, the unit that is embedded and found."""

from analyzer.model.meetings import Meeting, Passage, Turn
from analyzer.transcripts.notation.words import count

WORDS = 170
"""What a passage aims at. A turn is never cut, so a longer one stands alone."""


def cut(meeting: Meeting, *, words: int = WORDS) -> tuple[Passage, ...]:
    """The passages of this revision in order, each turn in exactly one; the same meeting always gives the same passages.

    A turn joins the passage before it where that comes nearer to `words` than ending the passage would.
    """
    runs: list[list[Turn]] = []
    held = 0
    for turn in meeting.turns:
        more = count(turn.text)
        if runs and held < words and more <= words and held + more - words <= words - held:
            runs[-1].append(turn)
            held += more
        else:
            runs.append([turn])
            held = more
    return tuple(
        Passage(
            id=f"{meeting.id}.{meeting.revision}.{ordinal}",
            meeting_id=meeting.id,
            client_id=meeting.client_id,
            client_name=meeting.client_name,
            revision=meeting.revision,
            ordinal=ordinal,
            turns=tuple(run),
            date=meeting.date,
        )
        for ordinal, run in enumerate(runs)
    )
