"""Text in which a line with a name and a time stands above each stretch of speech, in the ways that many note takers write it.

`Anna Berg (0:04)`, `[0:04] Anna Berg`, `0:04 | Anna Berg`, `Speaker 1 00:04`, a name above a time, `Anna Berg [0:04] words`.
The titles of chapters look the same, and a summary below one is not speech. So a file is read only if all its lines of this
kind are written alike, and its names come again.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source, refused
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.names import Shape, heads_no_speech, shape
from analyzer.transcripts.notation.remarks import is_footer
from analyzer.transcripts.notation.stamps import seconds_in, stamp_alone
from analyzer.transcripts.notation.words import count
from analyzer.transcripts.speech.headed import LONGEST_HEADER, Stretch, draft, speaker_in

_NAME = r"(?P<name>[^\W\d_][^:\uff1a()\[\]|\n]{0,79}?)"
_TIME = rf"(?P<time>{CLOCK})"
_SHAPES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_NAME}\s*[(\[]{_TIME}[)\]]",
        rf"[(\[]{_TIME}[)\]]\s*[-\u2013\u2014|]?\s*{_NAME}",
        rf"{_TIME}(?:\s*[|\u2013\u2014-]\s*|\s+){_NAME}",
        rf"{_NAME}(?:\s*[|\u2013\u2014-]\s*|\s+){_TIME}",
        rf"{_NAME}\s*[(\[]{_TIME}[)\]]\s+(?P<words>\S.*)",
    )
)
_MARKS = re.compile(r"[*]+|^_+|_+$")
_HASHES = re.compile(r"#{1,6}\s+")
_FEWEST = 3
_DISTINCT = 0.7  # of the headers, up to which their names are those of people who talk with one another
_SPOKEN = 0.8
_IN_ORDER = 0.9


class _Header(NamedTuple):
    """A line, or two, with who speaks from when on; `words` stand on the same line, `below` is the line after it."""

    name: str
    time: str
    words: str
    below: int


def sniff(source: Source) -> float:
    """By lines with a name and a time, all written alike, of which a name comes again."""
    if "-->" in source.head or source.document is not None:
        return 0.0
    lines = _lines(source.head)
    headers = _headers(lines)
    if len(headers) < _FEWEST - 1 or not _is_spoken(lines, headers):
        return 0.0
    return 0.7 if _is_talk(headers) else 0.05


def parse(source: Source) -> Draft:
    """One turn per header. Raises Refused where the lines with times may be titles of chapters."""
    lines = _lines(source.text or "")
    headers = _headers(lines)
    if not _is_talk(headers):
        raise refused(
            source.name,
            "has lines with a time and a title, but too few that come again to tell that they are speakers",
            "Write `Name: words` for each turn, or `Name (0:04)` above each, alike in the whole file.",
        )
    said: list[list[str]] = []
    notes = footer = 0
    ends = [*list(headers)[1:], len(lines)]
    for header, end in zip(headers.values(), ends, strict=True):
        below = lines[header.below : end]
        spoken = [line for at, line in enumerate(below) if not is_footer(line, opens=at == 0 or not below[at - 1])]
        footer += len(below) - len(spoken)
        words = [line for line in spoken[: _start_of_notes(spoken)] if line and line[0] != "#"]
        notes += sum(map(bool, spoken)) - len(words)
        said.append([header.words, *words])
    starts = seconds_in([header.time for header in headers.values()], [sum(map(count, lines)) for lines in said])
    names = [speaker_in(header.name) for header in headers.values()]
    stretches = [Stretch(name, start, words) for name, start, words in zip(names, starts, said, strict=True)]
    heading = [line.lstrip("# ") for line in lines[: min(headers)] if line]
    return draft(stretches, heading, dropped={"lines of notes": notes, "footer": footer})


def _start_of_notes(lines: Sequence[str]) -> int:
    """The place of the title in a paragraph of its own below which nothing more is speech; the end where there is none."""
    for at, line in enumerate(lines):
        opens = line[:1] == "#" or (at > 0 and not lines[at - 1])
        if opens and line[-1:] not in {".", "?", "!"} and heads_no_speech(line.strip("# :")):
            return at
    return len(lines)


def _lines(text: str) -> list[str]:
    return [_MARKS.sub("", line.strip()).strip() for line in text.split("\n")]


def _headers(lines: Sequence[str]) -> dict[int, _Header]:
    """The headers of the shape that most are written in, by the places of their lines."""
    found = [_of_shape(lines, pattern) for pattern in _SHAPES]
    return max([*found, _of_two_lines(lines)], key=len)


def _of_shape(lines: Sequence[str], pattern: re.Pattern[str]) -> dict[int, _Header]:
    found: dict[int, _Header] = {}
    for at, line in enumerate(lines):
        has_words = "words" in pattern.groupindex
        match = pattern.fullmatch(_HASHES.sub("", line, count=1)) if has_words or len(line) <= LONGEST_HEADER else None
        if match is None or shape(match["name"].strip()) is not Shape.NAME:
            continue
        words = match["words"] if has_words else ""
        found[at] = _Header(match["name"].strip(), match["time"], words, at + 1)
    return found


def _of_two_lines(lines: Sequence[str]) -> dict[int, _Header]:
    """Names that stand above a time, with nothing above them that they could go on with."""
    found: dict[int, _Header] = {}
    for at, (line, below) in enumerate(pairwise(lines)):
        if not line or len(line) > LONGEST_HEADER or (at and lines[at - 1]) or shape(line) is not Shape.NAME:
            continue
        if below[-1:].isdecimal() and (time := stamp_alone(below)) and re.fullmatch(CLOCK, time):
            found[at] = _Header(line, time, "", at + 2)
    return found


def _is_spoken(lines: Sequence[str], headers: dict[int, _Header]) -> bool:
    """Whether most headers have words behind or below them."""
    spoken = 0
    for header in headers.values():
        below = next((at for at in range(header.below, min(header.below + 2, len(lines))) if lines[at]), None)
        spoken += bool(header.words) or (below is not None and below not in headers)
    return spoken >= _SPOKEN * len(headers)


def _is_talk(headers: dict[int, _Header]) -> bool:
    names = Counter(header.name for header in headers.values() if header.name != UNATTRIBUTED)
    times = [clock_seconds(header.time) for header in headers.values()]
    steps = [before <= after for before, after in pairwise(times)]
    return len(headers) >= _FEWEST and len(names) <= _DISTINCT * len(headers) and sum(steps) >= _IN_ORDER * len(steps)


NAME_AND_TIME = Format(
    name="name-and-time",
    title="text with a name and a time above each stretch",
    sniff=sniff,
    parse=parse,
    export=("note takers that give text with a line such as `Anna Berg (0:04)`, `[0:04] Anna Berg` or `Speaker 1 00:04`",),
    reads="a name and a time on one line in either order, a name above a time, `Anna Berg [0:04] words`; notes are left out",
    missing="files in which no name comes again, or not all such lines are written alike",
    confirmed=False,
)
