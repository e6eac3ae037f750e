"""Text in which a line with a name and a time stands above each stretch of speech: from the stretches to a Draft."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Confidence, Draft
from analyzer.transcripts.filing import Facts, from_heading
from analyzer.transcripts.notation.names import is_nobody
from analyzer.transcripts.notation.words import flow, visible

LONGEST_HEADER = 160
"""Characters of a line from which on it is no header, so that no pattern has to search a long one."""
_LONGEST_FACT = 300
_PROSE = 15  # words from which on a line above the first speaker is no heading


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one header stands above; `lines` are filled while the file is read."""

    speaker: str
    start: float | None
    lines: list[str] = field(default_factory=list)


def speaker_in(header: str) -> str:
    """The name in a header, in single spaces; UNATTRIBUTED where the program says that it does not know."""
    name = " ".join(header.split())
    return UNATTRIBUTED if is_nobody(name) else name


def heading_facts(heading: Sequence[str], *, first_is_title: bool) -> Facts:
    """What the lines above the speech say of the meeting; long ones say nothing that a pattern should look for."""
    return from_heading([line for line in heading if len(line) <= _LONGEST_FACT], first_is_title=first_is_title)


def prose_in(heading: Sequence[str]) -> list[str]:
    """The lines above the speech that are too long for a heading: speech that found no speaker."""
    return [line for line in heading if len(line.split()) >= _PROSE]


def draft(
    stretches: Sequence[Stretch],
    heading: Sequence[str],
    *,
    dropped: Mapping[str, int],
    confidence: Confidence = "high",
    warnings: tuple[str, ...] = (),
) -> Draft:
    """One turn per stretch with words. Of the lines above the first, the long ones are speech that found no speaker."""
    said = tuple(Utterance(speaker=s.speaker, text=text, start=s.start) for s in stretches if (text := flow(s.lines)))
    prose = prose_in(heading)
    facts = heading_facts(heading, first_is_title=True)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, prose)),
        confidence=confidence,
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "heading lines": len(heading) - len(prose),
            "lines before the first speaker": len(prose),
            "headers without words": len(stretches) - len(said),
            **dropped,
        },
        warnings=warnings,
    )
