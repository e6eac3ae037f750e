"""Otter's text: a line with a name, two spaces and a time, then what was said, then an empty line.

Otter lets one leave out the names or the times, and puts keywords, a summary and an outline of its own above the speech.
The lines of an outline look like headers, so below such a title only somebody who is known to speak opens a turn.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.filing import date_in
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.names import Shape, shape
from analyzer.transcripts.notation.words import ends_sentence
from analyzer.transcripts.speech.headed import LONGEST_HEADER, Stretch, draft, speaker_in
from analyzer.transcripts.speech.restarts import several_meetings

_HEADER = re.compile(rf"(?P<name>\S.{{0,79}}?)(?:[ \u00a0\u2003]{{2,}}|[ \u00a0]?\t\s*)(?P<time>{CLOCK})")
_TIME_ALONE = re.compile(CLOCK)
_FOOTER = re.compile(r"Transcribed by https?://(?:www\.)?otter\.ai\S*", re.IGNORECASE)
_SPEAKERS = "speakers"
_LISTS = frozenset({_SPEAKERS, "summary keywords", "keywords"})
_WRITTEN = frozenset(
    {"summary", "overview", "outline", "chapters", "action items", "takeaways", "key takeaways", "insights", "notes"}
)
_UNNAMED = re.compile(r"Unknown(?: Speaker)?|(?:Unknown )?Speaker \d+", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n")
_AT_THE_START = 120.0  # seconds within which somebody speaks; a timetable begins later in its day
_FEWEST = 3  # times alone on their lines that make a transcript without names
_COMES_AGAIN = 2
_SOME_NAMES = "has names below some of its times and not below others, so nobody can tell who says what"
_MOST_WORDS = 8  # of a name, however it is written
_NEARLY_ALL = 0.8


def sniff(source: Source) -> float:
    """By header lines above speech of which one stands at the start or comes again, surest by Otter's own last line."""
    if "-->" in source.head:
        return 0.0
    lines = _lines(source, source.head)
    signed = _is_signed(source.text or "")
    if lines is None:
        return 0.9 if signed else 0.4
    lines = [line for line in lines if line]
    headers = [header if (header := _named(line)) and shape(header[0]) else None for line in lines]
    if any(headers):
        return _sniff_named(headers, signed=signed)
    times = [("", time) if (time := _time_alone(line)) is not None else None for line in lines]
    if times and times[0] is not None and _spoken(times) >= _FEWEST and 2 * _spoken(times) >= sum(map(bool, times)):
        return 0.9 if signed else 0.4
    return 0.9 if signed and _untimed(source.head) else 0.0


def _sniff_named(headers: Sequence[tuple[str, float] | None], *, signed: bool) -> float:
    found = [header for header in headers if header]
    if 2 * _spoken(headers) < len(found):
        return 0.0
    if signed:
        return 0.97
    starts = min(time for _, time in found) <= _AT_THE_START
    if len(found) > 1:
        return 0.95 if starts or max(Counter(name for name, _ in found).values()) > 1 else 0.0
    return 0.85 if starts and headers[0] else 0.0


def _spoken(headers: Sequence[tuple[str, float] | None]) -> int:
    """How many headers have something below them that is none."""
    return sum(header is not None and below is None for header, below in pairwise(headers))


def parse(source: Source) -> Draft:
    """One turn per header; what stands above the first, and what Otter wrote itself, is no speech.

    Raises Refused for a file of several transcripts.
    """
    lines = _lines(source, source.text or "")
    if lines is None:
        raise refused(source.name, _SOME_NAMES, "Export it again with the names of the speakers.")
    headers = [header for line in lines if (header := _named(line))]
    timed = bool(headers) or any(_time_alone(line) is not None for line in lines)
    reader = _Reader(
        known=_listed(lines) | {name for name, times in Counter(name for name, _ in headers).items() if times > 1},
        untimed=frozenset() if timed else _untimed(source.text or ""),
    )
    for line in lines:
        reader.take(line)
    if reader.begins_anew or (reader.goes_on and not timed and not source.container):
        raise several_meetings(source.name, "more is said below Otter's last line")
    return draft(
        reader.stretches,
        reader.heading,
        dropped={"lines of notes": reader.notes, "footer": reader.footers},
        confidence="high" if headers else "medium",
    )


class _Reader:
    """Takes line by line; remembers whether an empty line stands before it and under which title of Otter's it is.

    `goes_on` says that somebody speaks below Otter's last line, which may stand on every page, and `begins_anew` that
    the clock goes back there.
    """

    def __init__(self, *, known: frozenset[str], untimed: frozenset[str]) -> None:
        self.stretches: list[Stretch] = []
        self.heading: list[str] = []
        self.notes = 0
        self.footers = 0
        self.goes_on = False
        self.begins_anew = False
        self._known = known
        self._untimed = untimed
        self._section = ""
        self._opens = True
        self._ended = False

    def take(self, line: str) -> None:
        if not line:
            self._opens = True
            return
        header = self._header(line)
        if header and self._speaks(*header):
            self._go_on(header[1])
            self.stretches.append(Stretch(speaker_in(header[0]), header[1]))
            self._section = ""
        elif _FOOTER.fullmatch(line[:LONGEST_HEADER]):
            self.footers += 1
            self._ended = bool(self.stretches)
        elif self._is_title(line) or self._section:
            self.notes += 1
        elif self.stretches:
            self.stretches[-1].lines.append(line)
        else:
            self.heading.append(line)
        self._opens = False

    def _go_on(self, time: float | None) -> None:
        if self._ended:
            last = self.stretches[-1].start
            self.goes_on = True
            self.begins_anew |= last is not None and time is not None and time < last
        self._ended = False

    def _header(self, line: str) -> tuple[str, float | None] | None:
        """A name of unusual form is one where an empty line stands before it; so is a time without a name."""
        if header := _named(line):
            usual = shape(header[0]) or (len(header[0].split()) <= _MOST_WORDS and not ends_sentence(header[0]))
            return header if shape(header[0]) or (self._opens and usual) else None
        if self._opens and (time := _time_alone(line)) is not None:
            return "", time
        return (line, None) if self._opens and line in self._untimed else None

    def _speaks(self, name: str, time: float | None) -> bool:
        """Below a title of Otter's own: somebody known, or a time that goes on where the speech stopped."""
        if self._section not in _WRITTEN or not name or name in self._known or _UNNAMED.fullmatch(name):
            return True
        last = self.stretches[-1].start if self.stretches else None
        return last is not None and time is not None and time >= last

    def _is_title(self, line: str) -> bool:
        """Whether something that Otter wrote begins; the first words below a header are somebody's whatever they are."""
        title = _title(line)
        if not self._opens or not title or (self.stretches and not self.stretches[-1].lines):
            return False
        self._section = title
        return True


def _lines(source: Source, text: str) -> list[str] | None:
    """The lines of a text or of its head, a name that stands below each time put before it.

    None where such names stand below many times but not below all: what is said below the others may be anybody's. In a
    PDF they are the cells of a table, whose titles come again on every page.
    """
    lines = [line.strip() for line in text.split("\n")]
    at_times = [at for at, line in enumerate(lines) if _time_alone(line) is not None]
    places = pairwise((*at_times, len(lines)))
    below = {at: [line for line in lines[at + 1 : end] if line] for at, end in places}
    if at_times and len(text) < len(source.text or ""):
        below.popitem()  # what is said there may be cut off
    names = {at: said[0] for at, said in below.items() if len(said) > 1 and _is_name(said[0])}
    again = max(Counter(names.values()).values(), default=0)
    if source.container == "pdf" or again < _COMES_AGAIN or 2 * len(names) < len(below):
        return lines
    if len(names) < len(below):
        return None
    headed: list[str] = []
    name = ""
    for at, line in enumerate(lines):
        if at in names:
            name = names[at]
            headed.append(f"{name}\t{line}")
        elif line and line == name:
            name = ""
        else:
            headed.append(line)
    return headed


def _is_name(line: str) -> bool:
    return len(line) <= LONGEST_HEADER and ":" not in line and not ends_sentence(line) and shape(line) is Shape.NAME


def _named(line: str) -> tuple[str, float] | None:
    """The name and the second in a header line."""
    match = _HEADER.fullmatch(line) if len(line) <= LONGEST_HEADER and line[-1:].isdigit() else None
    return (" ".join(match["name"].split()), clock_seconds(match["time"])) if match else None


def _time_alone(line: str) -> float | None:
    return clock_seconds(line) if _TIME_ALONE.fullmatch(line[:LONGEST_HEADER]) else None


def _title(line: str) -> str:
    words = line.rstrip(": ").casefold() if len(line) <= LONGEST_HEADER else ""
    return words if words in _LISTS or words in _WRITTEN else ""


def _is_signed(text: str) -> bool:
    return "otter.ai" in text[-400:].casefold()


def _listed(lines: Sequence[str]) -> frozenset[str]:
    """The names that stand below Otter's title `SPEAKERS`."""
    at = next((at for at, line in enumerate(lines) if _title(line) == _SPEAKERS), len(lines))
    return frozenset(" ".join(name.split()) for line in lines[at + 1 : at + 2] for name in line.split(","))


def _untimed(text: str) -> frozenset[str]:
    """The names that stand alone above the paragraphs of a file without times, where nearly all paragraphs have one."""
    blocks = [block for found in _BLANK_LINES.split(text) if (block := [ln.strip() for ln in found.split("\n") if ln.strip()])]
    if blocks and any(date_in(line) for line in blocks[0]):
        del blocks[0]
    spoken = [block for block in blocks if not _title(block[0]) and not _FOOTER.fullmatch(block[0][:LONGEST_HEADER])]
    names = [block[0] for block in spoken if len(block) > 1 and len(block[0]) <= LONGEST_HEADER and shape(block[0]) is Shape.NAME]
    return frozenset(names) if len(names) >= max(2, _NEARLY_ALL * len(spoken)) else frozenset()


OTTER = Format(
    name="otter",
    title="Otter text (name and time above each stretch)",
    sniff=sniff,
    parse=parse,
    export=("Otter: Export > TXT or DOCX, with speaker names and timestamps",),
    reads=(
        "a line with name and time above each stretch, `Unknown Speaker`, the footer; times without names, whose words are"
        " nobody's; a name on the line below each time; names without times where Otter's last line stands below; Otter's"
        " keywords, summary, outline and action items are left out"
    ),
    missing="Word files without times; text with neither names nor times; a file of several transcripts is refused",
)
