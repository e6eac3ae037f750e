"""Rev's transcripts as text: `Name (00:12):` on a line of its own, what was said below it, then an empty line.

A reader of `Name: words` would take a phrase with a colon in the words for another speaker, and `(00:51):`, with which
Rev goes on with the speaker before it, for nobody's. Here nothing is a header but a line that ends with its time.
"""

import re
from collections import Counter
from itertools import pairwise

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.names import shape
from analyzer.transcripts.speech.headed import LONGEST_HEADER, Stretch, draft, speaker_in

_HEADER = re.compile(
    rf"(?P<bold>\*\*)?(?P<name>[^()\[\]:].{{0,99}}?)?[ \u00a0]?\((?P<time>{CLOCK})\)(?P<end>:?\*\*:?|:)?[ \u00a0]*"
)
_STAMP = re.compile(r"\[\d{1,2}:\d{2}:\d{2}\]\s?")
_EXPORTED = re.compile(r"This transcript was exported on .{4,60}view (?:the )?latest version.*", re.IGNORECASE)
_AT_THE_START = 120.0  # seconds within which somebody speaks


def sniff(source: Source) -> float:
    """By header lines above speech of which one stands at the start or comes again."""
    if "-->" in source.head:
        return 0.0
    lines = [line.strip() for line in source.head.split("\n") if line.strip() and not _is_exported(line)]
    found = [header if (header := _header(line)) and _is_sure(header[0]) else None for line in lines]
    headers = [header for header in found if header]
    spoken = sum(header is not None and below is None for header, below in pairwise(found))
    names = Counter(name for name, _ in headers if name)
    if not names or 2 * spoken < len(headers):
        return 0.0
    starts = min(time for _, time in headers) <= _AT_THE_START
    if len(headers) > 1:
        return 0.92 if starts or max(names.values()) > 1 else 0.0
    return 0.85 if starts and found[0] else 0.0


def parse(source: Source) -> Draft:
    """One turn per header; one without a name goes on with the speaker before it, at its own time."""
    heading: list[str] = []
    stretches: list[Stretch] = []
    opens = True
    footers = 0
    for raw in (source.text or "").split("\n"):
        line = raw.strip()
        header = _header(line)
        if header and (opens or _is_sure(header[0])):
            name, time = header
            speaker = speaker_in(name) if name else stretches[-1].speaker if stretches else UNATTRIBUTED
            stretches.append(Stretch(speaker, time))
        elif _is_exported(line):
            footers += 1
        elif line and stretches:
            stretches[-1].lines.append(_STAMP.sub("", line))
        elif line:
            heading.append(line)
        opens = not line
    return draft(stretches, heading, dropped={"footer": footers})


def _is_exported(line: str) -> bool:
    """Whether Rev says when it exported a transcript, which is not when the meeting was."""
    return _EXPORTED.fullmatch(line.strip()[:LONGEST_HEADER]) is not None


def _header(line: str) -> tuple[str, float] | None:
    """The name, empty where the speaker goes on, and the second."""
    match = _HEADER.fullmatch(line) if len(line) <= LONGEST_HEADER else None
    if match is None or not (match["bold"] or match["end"]):
        return None
    return " ".join((match["name"] or "").split()), clock_seconds(match["time"])


def _is_sure(name: str) -> bool:
    return not name or bool(shape(name))


REV_TEXT = Format(
    name="rev",
    title="Rev text (`Name (00:12):` above each stretch)",
    sniff=sniff,
    parse=parse,
    export=("Rev: the transcript > Download > Text or Microsoft Word, with timestamps",),
    reads=(
        "`(00:51):` goes on with the speaker before it; `[inaudible 00:12:03]` and `[crosstalk]` stay in the words;"
        " the line that says when it was exported is left out"
    ),
    missing="the date; transcripts without timestamps are read as plain text",
    confirmed=False,
)
