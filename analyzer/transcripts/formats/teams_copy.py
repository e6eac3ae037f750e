"""Text copied from the transcript that Teams shows in the browser.

What stands on the page for the eye and for screen readers comes along twice: the initials of who has no picture, the
name, the time in words glued to the time in figures (`52 Minuten 27 Sekunden52:27`), the name and the time in words once
more, then what was said. Within one stretch the last of these comes again and again. Some browsers put the figures on a
line of their own, and the name twice for who has a picture. Words for hours, minutes and seconds are in the language of
the browser; they are learned from the lines that have the figures beside them. A time that is left over among the words
shows that a header was not understood, and nobody can tell who speaks from there on.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.filing import NO_FACTS, from_heading
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.names import Shape, shape
from analyzer.transcripts.notation.transcription_notes import is_about, recorded
from analyzer.transcripts.notation.words import count, visible
from analyzer.transcripts.notation.written_dates import date_of_line
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.headed import speaker_in
from analyzer.transcripts.speech.turns import MAX_GAP, join

_LONGEST = 160  # characters of a line from which on it is no header
_FIGURES = re.compile(r"(?P<hours>\d{1,2}:)?(?P<first>\d{1,4}):(?P<last>\d{2})$")
_ALONE = re.compile(CLOCK)
_NUMBER = re.compile(r"\d+")
_NUMBER_AND_UNIT = re.compile(r"(\d{1,3})\s?([^\W\d]+)")
_TIME_IN_WORDS = re.compile(r"\d{1,3}\s?[^\W\d]+\.?(?:[\s,]+(?:[^\W\d]{1,3}\s+)?\d{1,3}\s?[^\W\d]+\.?){0,2}")
_NAME_THEN_NUMBER = re.compile(r"(?P<name>\S.*?)\s+(?=\d)")
_INITIALS = re.compile(r"[^\W\d_]{1,4}")
_UNITS = {
    3600: "hour hr stund std heur hor ora ore uur uren tim god hod \u0447\u0430\u0441 \u6642 \u65f6 \u5c0f \uc2dc",
    60: "min \u043c\u0438\u043d \u0445\u0432 \u5206 \ubd84",
    1: "sec sek seg \u0441\u0435\u043a \u79d2 \ucd08",
}
_STEMS = tuple((stem, scale) for scale, stems in _UNITS.items() for stem in stems.split())
_FEWEST = 2
_SLOW = 1.0  # seconds for a word of somebody who takes their time


class _Glued(NamedTuple):
    """A time in words and in figures on one line."""

    words: str
    seconds: float
    figures: tuple[int, int, int]


class _Repeated(NamedTuple):
    """A name and a time in words on one line; `seconds` None where the words are not understood."""

    name: str
    seconds: float | None


@dataclass(frozen=True, slots=True)
class _Page:
    """What is known of a copy before its words are read: where the headers are, whose they are, and the words for units.

    `twice` are the places of lines above headers that only say again whose they are: initials, or the name.
    """

    lines: tuple[str, ...]
    glued: Mapping[int, _Glued]
    names: frozenset[str]
    twice: frozenset[int]
    units: Mapping[str, int]


def sniff(source: Source) -> float:
    """By a time in words and in figures below a name, or between a name and the same name again."""
    page = _page(source.head)
    repeated = sum(_repeated(page, line) is not None for line in page.lines)
    if not repeated and (len(page.glued) < _FEWEST or not all(shape(name) is Shape.NAME for name in page.names)):
        return 0.0
    if page.glued:
        return 0.97
    return 0.9 if repeated >= _FEWEST else 0.0


def parse(source: Source) -> Draft:
    """Turns out of the stretches; headers never become words, however often they stand there.

    Raises Refused where a time that stands among the words shows that a header was not understood.
    """
    page = _page(source.text or "")
    cues: list[tuple[str, float | None, list[str]]] = []
    heading: list[str] = []
    notes = 0
    ended = False
    for at, line in enumerate(page.lines):
        if at in page.glued:
            cues.append((page.lines[at - 1], page.glued[at].seconds, []))
            ended = False
        elif at + 1 in page.glued or at in page.twice:
            continue
        elif repeated := _repeated(page, line):
            cues.append((*repeated, []))
            ended = False
        elif not cues:
            heading.append(line)
        elif ended or (cues[-1][2] and is_about(line, page.names if at + 1 < len(page.lines) else [line])):
            notes += 1
            ended = True
        elif _is_left_over(page, line):
            raise refused(
                source.name,
                f"is text copied from Teams with a header that was not understood, at {line[:80]!r}",
                "Copy it again from the first name on, or download the transcript as .docx or .vtt.",
            )
        else:
            cues[-1][2].append(line)
    said = [Cue(speaker=speaker_in(name), lines=tuple(lines), start=start, end=None) for name, start, lines in cues if lines]
    named = next((facts for line in heading if (facts := recorded(line))), NO_FACTS)
    titled = from_heading([line for line in heading if line.startswith("#")], first_is_title=True)
    return Draft(
        utterances=tuple(turn for run in _runs(said) for turn in join(run)),
        speech=sum(visible(line) for cue in said for line in cue.lines),
        confidence="high",
        title=named.title or titled.title,
        date=named.date or next((date for line in heading if (date := date_of_line(line))), None),
        dropped={"heading lines": len(heading), "lines of the page": notes},
    )


def _runs(cues: Sequence[Cue]) -> Iterator[Sequence[Cue]]:
    """The cues, parted where one cannot have lasted until the next: the page does not say when words end."""
    first = 0
    for at, (cue, after) in enumerate(pairwise(cues), start=1):
        slowest = sum(map(count, cue.lines)) * _SLOW
        if cue.start is not None and after.start is not None and after.start - cue.start > slowest + MAX_GAP:
            yield cues[first:at]
            first = at
    yield cues[first:]


def _page(text: str) -> _Page:
    lines = tuple(_rejoined([line for raw in text.split("\n") if (line := raw.strip())]))
    glued = {at: time for at, line in enumerate(lines) if at and (time := _glued(line))}
    names = frozenset(lines[at - 1] for at in glued)
    units = {unit: scale for time in glued.values() for unit, scale in _units(time)}
    if not glued:
        written = Counter(match["name"] for line in lines if (match := _NAME_THEN_NUMBER.match(line[:_LONGEST])))
        names = frozenset(name for name, times in written.items() if times > 1 and shape(name))
    page = _Page(lines=lines, glued=glued, names=names, twice=frozenset(), units=units)
    return replace(page, twice=_twice(page))


def _rejoined(lines: Sequence[str]) -> list[str]:
    """The lines, with the time in words and the same time in figures on one where the browser parted them or left one out."""
    joined: list[str] = []
    for at, line in enumerate(lines):
        above, below = lines[at - 1] if at else "", lines[at + 1] if at + 1 < len(lines) else ""
        if joined and _ALONE.fullmatch(line):
            words = below.removeprefix(above).strip() if below.startswith(above) else below
            if _is_time(words, line) and words != below:
                joined.append(words + line)
                continue
            if _is_time(above, line):
                joined[-1] = above + line
                continue
        joined.append(line)
    return joined


def _is_time(words: str, figures: str) -> bool:
    """Whether a time in words is that in figures."""
    return len(words) <= _LONGEST and _TIME_IN_WORDS.fullmatch(words) is not None and _glued(words + figures) is not None


def _is_left_over(page: _Page, line: str) -> bool:
    """Whether a line is all time, or a name and a time in words, as only a header is: what is said ends as sentences do."""
    if len(line) > _LONGEST or not line[-1:].isalnum():
        return False
    if _ALONE.fullmatch(line) or _glued(line):
        return True
    for match in re.finditer(r"(?:^|(?<=\s))(?=\d)", line):
        name, rest = line[: match.start()].strip(), line[match.start() :]
        if _TIME_IN_WORDS.fullmatch(rest):
            parts = _NUMBER_AND_UNIT.findall(rest)
            known = all(_scale(page, unit.casefold()) is not None for _, unit in parts)
            return known and (not name or (len(parts) > 1 and shape(name) is Shape.NAME))
    return False


def _glued(line: str) -> _Glued | None:
    """The time in `52 Minuten 27 Sekunden52:27`, also in `0 90:09`, where only the numbers tell where the figures begin."""
    figures = _FIGURES.search(line) if len(line) <= _LONGEST and line[:1].isdigit() else None
    if figures is None:
        return None
    for digits in range(1, min(3, len(figures["first"])) + 1):
        cut = figures.end("first") - digits if figures["hours"] is None else figures.start()
        clock = line[cut:]
        parts = [0, *map(int, clock.split(":"))][-3:]
        written = [int(number) for number in _NUMBER.findall(line[:cut])]
        if written and [n for n in written if n] == [n for n in parts if n]:
            return _Glued(line[:cut].strip(), clock_seconds(clock), (parts[0], parts[1], parts[2]))
    return None


def _units(time: _Glued) -> list[tuple[str, int]]:
    """The words of a time with the seconds of each, where the figures leave no doubt."""
    pairs = _NUMBER_AND_UNIT.findall(time.words)
    scales = [scale for scale, part in zip((3600, 60, 1), time.figures, strict=True) if part]
    if len(pairs) != len(scales):
        return []
    return [(unit.casefold(), scale) for (_, unit), scale in zip(pairs, scales, strict=True)]


def _repeated(page: _Page, line: str) -> _Repeated | None:
    """The name and the time in `Matt Wilkinson 52 Minuten 47 Sekunden`, of somebody whose name is known from the page."""
    if len(line) > _LONGEST or not line[-1:].isalpha():
        return None
    for match in _NAME_THEN_NUMBER.finditer(line):
        name, rest = line[: match.end("name")], line[match.end() :]
        if name in page.names and _TIME_IN_WORDS.fullmatch(rest):
            scales = [(int(number), _scale(page, unit.casefold())) for number, unit in _NUMBER_AND_UNIT.findall(rest)]
            known = sum(number * scale for number, scale in scales if scale is not None)
            unknown = any(scale is None for _, scale in scales)
            if page.glued or not unknown:
                return _Repeated(name, None if unknown else float(known))
    return None


def _scale(page: _Page, unit: str) -> int | None:
    learned = page.units.get(unit)
    return learned if learned is not None else next((scale for stem, scale in _STEMS if unit.startswith(stem)), None)


def _twice(page: _Page) -> frozenset[int]:
    """The places of initials and of names that stand twice. They count where every header of that person has one of them.

    Else somebody who said "OK" before Olga Kern did would have said nothing; nor would a header have no words below it.
    """
    lines = page.lines
    found = {
        at - 2: lines[at - 1]
        for at in page.glued
        if at > 1 and _says_again(lines[at - 2], lines[at - 1]) and (at == _FEWEST or not _repeated(page, lines[at - 3]))
    }
    headers = Counter(lines[at - 1] for at in page.glued)
    with_more = Counter(found.values())
    return frozenset(at for at, name in found.items() if with_more[name] == headers[name])


def _says_again(line: str, name: str) -> bool:
    return line == name or _are_initials(line, name)


def _are_initials(line: str, name: str) -> bool:
    letters = Counter(word[0].casefold() for word in re.findall(r"[^\W\d_]+", name))
    return line.isupper() and _INITIALS.fullmatch(line) is not None and not Counter(line.casefold()) - letters


TEAMS_COPY = Format(
    name="teams-copy",
    title="Teams transcript copied from the browser",
    sniff=sniff,
    parse=parse,
    export=("Teams in the browser, where there is no download: select the transcript in the Recap, copy it into a text file",),
    reads="names, initials and times that come along twice, times in the words of any language",
    missing="what the page had not loaded when it was copied: scroll through the whole transcript first",
)
