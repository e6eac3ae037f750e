"""Text in the manner of Otter: a line with a name, two spaces and a time, then what was said, then an empty line."""

import re

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.clock import CLOCK, clock_seconds
from analyzer.transcripts.filing import from_heading
from analyzer.transcripts.names import shape
from analyzer.transcripts.words import flow, visible

_HEADER = re.compile(rf"(?P<name>\S.{{0,79}}?)(?:[ \u00a0\u2003]{{2,}}|\s*\t\s*)(?P<time>{CLOCK})\s*")
_FOOTER = re.compile(r"Transcribed by https?://otter\.ai\S*\s*", re.IGNORECASE)
_NOBODY = frozenset({"unknown speaker", "unknown"})
_PROSE = 15  # words from which on a line above the first speaker is no heading


def sniff(source: Source) -> float:
    """By header lines of name and time; one alone is enough only at the top."""
    headers = [_header(line) is not None for line in source.head.split("\n") if line.strip()]
    if sum(headers) > 1:
        return 0.95
    return 0.85 if headers[:1] == [True] and len(headers) > 1 else 0.0


def parse(source: Source) -> Draft:
    """One turn per header; what stands above the first is the heading."""
    heading: list[str] = []
    turns: list[tuple[str, float, list[str]]] = []
    footers = 0
    for line in (source.text or "").split("\n"):
        if header := _header(line):
            turns.append((*header, []))
        elif _FOOTER.fullmatch(line.strip()):
            footers += 1
        elif turns:
            turns[-1][2].append(line)
        elif line.strip():
            heading.append(line.strip())
    said = tuple(Utterance(speaker=name, text=text, start=start) for name, start, lines in turns if (text := flow(lines)))
    prose = [line for line in heading if len(line.split()) >= _PROSE]
    facts = from_heading(heading, first_is_title=True)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, prose)),
        confidence="high",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "heading lines": len(heading) - len(prose),
            "lines before the first speaker": len(prose),
            "footer": footers,
            "headers without words": len(turns) - len(said),
        },
    )


def _header(line: str) -> tuple[str, float] | None:
    """The speaker and the second at which the stretch begins."""
    match = _HEADER.fullmatch(line)
    if match is None or not shape(" ".join(match["name"].split())):
        return None
    name = " ".join(match["name"].split())
    return (UNATTRIBUTED if name.casefold() in _NOBODY else name), clock_seconds(match["time"])


OTTER = Format(
    name="otter",
    title="Otter text (name and time above each stretch)",
    sniff=sniff,
    parse=parse,
    export=("Otter: Export > TXT or DOCX, with speaker names and timestamps",),
    reads="a line with name and time above each stretch, `Unknown Speaker`, the footer",
    missing="exports without names or times are read as plain text",
)
