"""Captions that Zoom saves on one's own machine: a line `[Name] 14:02:11` with the time of day, then what was said."""

import re
from collections.abc import Sequence
from dataclasses import replace

from analyzer.transcripts.base import Draft, Format, Source
from analyzer.transcripts.notation.clock import clock_seconds
from analyzer.transcripts.notation.names import Shape, shape
from analyzer.transcripts.notation.wall_clock import FIRST_WALL, TIME_OF_DAY, from_the_first
from analyzer.transcripts.notation.words import flow, visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.headed import LONGEST_HEADER, Stretch, heading_facts, prose_in, speaker_in
from analyzer.transcripts.speech.turns import join, take_once

_BRACKETED = re.compile(rf"\[(?P<name>.{{0,120}})\]\s*(?P<time>{TIME_OF_DAY})")
_BARE = re.compile(rf"(?P<name>[^\s\[].{{0,119}}?)(?:[ \u00a0]{{2,}}|\t)(?P<time>{TIME_OF_DAY})")
_LOG_LEVELS = frozenset({"info", "debug", "warn", "warning", "error", "trace", "fatal", "notice", "critical"})
_SHOWN = 0.5  # seconds that a caption stands at least, so that two of one second overlap
_MOSTLY = 0.5


def sniff(source: Source) -> float:
    """By lines of a name in brackets and a time of day; without brackets only where the times cannot be the meeting's own."""
    lines = [line.strip() for line in source.head.split("\n") if line.strip()]
    headers = [(at, match) for at, line in enumerate(lines) if (match := _header(line, _BRACKETED))]
    if not headers:
        headers = [(at, match) for at, line in enumerate(lines) if (match := _header(line, _BARE))]
        if len(headers) < 2 or not _is_wall(headers[0][1], lines[-1]):  # noqa: PLR2004 - one is a line that happens to end so
            return 0.0
    people = sum(_is_person(match["name"]) for _, match in headers)
    speaking = sum(at + 1 < len(lines) and _header(lines[at + 1], match.re) is None for at, match in headers)
    if people < _MOSTLY * len(headers) or speaking < _MOSTLY * len(headers):
        return 0.0
    return 0.97 if len(headers) > 1 or headers[0][0] == 0 else 0.0


def parse(source: Source) -> Draft:
    """Turns out of captions; a line that the program wrote again when it had understood more is taken once."""
    lines = [line.strip() for line in (source.text or "").split("\n")]
    pattern = _BRACKETED if any(_header(line, _BRACKETED) for line in lines) else _BARE
    heading: list[str] = []
    shown: list[Stretch] = []
    for line in lines:
        if header := _header(line, pattern):
            shown.append(Stretch(speaker_in(header["name"]), clock_seconds(header["time"])))
        elif line and shown:
            shown[-1].lines.append(line)
        elif line:
            heading.append(line)
    cues, repeats = take_once(_cues([stretch for stretch in shown if stretch.lines]))
    turns = join([replace(cue, end=cue.start) for cue in cues])
    facts, prose = heading_facts(heading, first_is_title=True), prose_in(heading)
    return Draft(
        utterances=tuple(replace(turn, end=None) for turn in turns),
        speech=sum(visible(line) for cue in cues for line in cue.lines) + sum(map(visible, prose)),
        confidence="high",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "repeated captions": repeats,
            "captions without words": sum(not stretch.lines for stretch in shown),
            "heading lines": len(heading) - len(prose),
            "lines before the first speaker": len(prose),
        },
    )


def _cues(shown: Sequence[Stretch]) -> list[Cue]:
    """The captions from the meeting's start on. One stands for a moment, or until a longer one of its speaker replaces it."""
    starts = from_the_first([stretch.start or 0.0 for stretch in shown])
    cues: list[Cue] = []
    for at, (stretch, start) in enumerate(zip(shown, starts, strict=True)):
        below = shown[at + 1] if at + 1 < len(shown) else stretch
        replaced = below.speaker == stretch.speaker and len(flow(below.lines)) > len(flow(stretch.lines))
        end = max(start + _SHOWN, starts[at + 1]) if replaced else start + _SHOWN
        cues.append(Cue(speaker=stretch.speaker, lines=tuple(stretch.lines), start=start, end=end))
    return cues


def _header(line: str, pattern: re.Pattern[str]) -> re.Match[str] | None:
    return pattern.fullmatch(line) if len(line) <= LONGEST_HEADER else None


def _is_wall(header: re.Match[str], last_line: str) -> bool:
    """Whether a header without brackets is Zoom's and not Otter's, which counts from the meeting's start and signs its files."""
    return clock_seconds(header["time"]) >= FIRST_WALL and "otter.ai" not in last_line


def _is_person(name: str) -> bool:
    return name.strip().casefold() not in _LOG_LEVELS and shape(" ".join(name.split())) is Shape.NAME


ZOOM_CAPTIONS = Format(
    name="zoom-captions",
    title="Zoom captions saved on this computer (`[Name] 14:02:11`)",
    sniff=sniff,
    parse=parse,
    export=("Zoom, in the meeting: Show captions > View full transcript > Save transcript (`meeting_saved_closed_caption.txt`)",),
    reads=(
        "a line with name and time of day above each caption, also without brackets and with AM and PM;"
        " times count from the first caption, over midnight too; a caption written again is taken once"
    ),
    missing=(
        "the date and the title, which stand in the name of the folder; how long after the meeting's start the first"
        " caption came; when a caption ends"
    ),
)
