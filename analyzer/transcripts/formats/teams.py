"""Transcripts that Teams saves as Word documents, and the same text pasted elsewhere.

Two shapes are known. Today a line with a name, three spaces and a time stands above what was said, lines and paragraphs
of it; older files have `0:0:5.100 --> 0:0:8.250`, then the name, then the words. Above the speech stand the meeting's name
with the moment of recording, a date and a length; above and below it a line says who began and who ended the
transcription. The moment in the meeting's name is the recorder's own time, the date line often that of Greenwich: near
midnight they differ by a day, and then the first is meant.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source, refused
from analyzer.transcripts.filing import Facts, from_heading
from analyzer.transcripts.notation.clock import CLOCK, clock_seconds
from analyzer.transcripts.notation.names import Shape, shape, split_label
from analyzer.transcripts.notation.transcription_notes import ends_like, is_about, recorded
from analyzer.transcripts.notation.words import ends_sentence, visible
from analyzer.transcripts.notation.written_dates import date_of_line
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.headed import LONGEST_HEADER, Stretch, draft, speaker_in
from analyzer.transcripts.speech.turns import join, take_once

_HEADER = re.compile(rf"(?P<name>\S.{{0,99}}?)(?P<gap>[ \u00a0]{{2,}})(?P<time>{CLOCK})")
_TIME_ALONE = re.compile(rf"(?P<gap>\s*)(?P<time>{CLOCK})")
_ARROW = re.compile(r"\s*(?P<start>\d{1,3}:\d{1,2}:\d{1,2}\.\d{1,7})\s*-->\s*(?P<end>\d{1,3}:\d{1,2}:\d{1,2}\.\d{1,7})\s*")
_UNPADDED = re.compile(r"(?:^|\s)(?:\d:|\d+:\d:|\d+:\d+:\d\.)")
_OTTERS = re.compile(r"Transcribed by https?://(?:www\.)?otter\.ai|^SUMMARY KEYWORDS$", re.MULTILINE)
_WIDE = 3  # spaces before the time; Otter, whose text has the same shape, writes two
_HEADING_LINES = 12
_LENGTH = re.compile(r"(?:\d{1,3}\s?[^\W\d]{1,8}\.?\s?){1,3}")  # `12m 12s`, of the meeting
_LONGEST_LENGTH = 30
_MOST_WORDS = 8
_MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class _Header:
    name: str
    start: float
    gap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """A line with words. `opens`: an empty line or nothing stands before it."""

    text: str
    opens: bool
    header: _Header | None


def sniff(source: Source) -> float:
    """By headers with a wide gap or by unpadded times, surest where a line names the recording or who began to transcribe.

    Text with neither is left to Otter, whose shape it has.
    """
    if source.head.lstrip().startswith("WEBVTT"):
        return 0.0
    lines = _lines(source.head)
    arrows = [line.text for line in lines if _ARROW.fullmatch(line.text)]
    if arrows:
        return 0.95 if any(map(_UNPADDED.search, arrows)) else 0.0
    headers = [line.header for line in lines if line.header]
    if not headers or "-->" in source.head or _OTTERS.search(source.text or "") or _are_googles(lines):
        return 0.0
    names = {header.name.casefold() for header in headers} - {""}
    if is_about((source.text or "").rstrip().rpartition("\n")[2], names):
        return 0.98
    for line in lines[:_HEADING_LINES]:
        begun = any(map(line.text.casefold().startswith, names)) and line.header is None and is_about(line.text, names)
        if begun or recorded(line.text):
            return 0.98
    return 0.96 if sum(header.gap >= _WIDE for header in headers) >= _MOSTLY * len(headers) else 0.0


def _are_googles(lines: Sequence[_Line]) -> bool:
    """Whether names stand below the times, with a colon, and beside none."""
    named = any(line.header and line.header.name for line in lines)
    return not named and any(above.header and split_label(line.text.strip()) for above, line in pairwise(lines))


def parse(source: Source) -> Draft:
    """One turn per header; in the older shape captions are joined to turns. Raises Refused where a second meeting follows."""
    written = _lines(source.text or "")
    lines = _without_repeated_heading(written)
    if other := _second_meeting(lines):
        raise refused(
            source.name,
            f"holds more than one meeting: another begins at {other[:80]!r}",
            "Split it into a file for each meeting.",
        )
    found = _arrowed(lines) if any(_ARROW.fullmatch(line.text) for line in lines) else _headed(lines)
    return replace(found, dropped=found.dropped | {"lines with the recording's name again": len(written) - len(lines)})


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    opens = True
    for raw in text.split("\n"):
        if raw.strip():
            found.append(_Line(text=raw.rstrip(), opens=opens, header=_header(raw.rstrip(), opens=opens)))
        opens = not raw.strip()
    if any(line.header and line.header.name for line in found):  # then a time alone may be somebody's words
        return [replace(ln, header=None) if ln.header and not ln.header.name and ln.header.gap < _WIDE else ln for ln in found]
    return found


def _talk_from(lines: Sequence[_Line]) -> int:
    return next((at for at, line in enumerate(lines) if line.header or _ARROW.fullmatch(line.text)), len(lines))


def _without_repeated_heading(lines: Sequence[_Line]) -> list[_Line]:
    """The lines without the recording's name where it stands again within the talk, as on the pages of a print."""
    first = _talk_from(lines)
    named = {line.text.strip() for line in lines[:first] if recorded(line.text)}
    return [line for at, line in enumerate(lines) if at < first or line.text.strip() not in named]


def _second_meeting(lines: Sequence[_Line]) -> str | None:
    """The line within the talk that can only head another meeting: a recording's name or a date, and what stands below it."""
    for at in range(_talk_from(lines) + 1, len(lines) - 1):
        text, below = lines[at].text.strip(), lines[at + 1]
        if lines[at].header is None and recorded(text) and not ends_sentence(text) and _is_below_name(below):
            return text
        length = below.text.strip()
        if len(length) <= _LONGEST_LENGTH and _LENGTH.fullmatch(length) and _is_date_line(text):
            return text
    return None


def _is_below_name(line: _Line) -> bool:
    """Whether a line may stand below the name of a recording: a date, who began to transcribe, or the first turn."""
    text = line.text.strip()
    return bool(line.header or _ARROW.fullmatch(text) or _is_date_line(text) or is_about(text, [text]))


def _is_date_line(text: str) -> bool:
    """Whether a line is a date, with or without a time of day, and no sentence with a date in it."""
    bare = text.strip()
    return not ends_sentence(bare) and len(bare.split()) <= _MOST_WORDS and date_of_line(bare) is not None


def _header(line: str, *, opens: bool) -> _Header | None:
    """The name and the time in a line; a name of unusual form, or none at all, only where a paragraph begins with it."""
    if len(line) > LONGEST_HEADER or not line[-1].isdigit():
        return None
    match = _HEADER.fullmatch(line.lstrip())
    if match is None:
        alone = _TIME_ALONE.fullmatch(line) if opens else None
        return _Header("", clock_seconds(alone["time"]), len(alone["gap"])) if alone else None
    name = " ".join(match["name"].split())
    unusual = opens and len(name.split()) <= _MOST_WORDS and not ends_sentence(name)
    if shape(name) or name.startswith("@") or unusual:
        return _Header(name, clock_seconds(match["time"]), len(match["gap"]))
    return None


def _headed(lines: Sequence[_Line]) -> Draft:
    names = {line.header.name for line in lines if line.header and line.header.name}
    first = next((at for at, line in enumerate(lines) if line.header), len(lines))
    heading = [line.text.strip() for line in lines[:first]]
    stretches: list[Stretch] = []
    notes = 0
    for at, line in enumerate(lines[first:], start=first):
        if line.header:
            stretches.append(Stretch(speaker_in(line.header.name), line.header.start))
        elif (line.opens or stretches[-1].lines) and _tells_of_transcription(lines, at, names, heading[-1:]):
            notes += 1
        else:
            stretches[-1].lines.append(line.text)
    found = draft(stretches, heading, dropped={"lines about the transcription": notes})
    facts = _facts(heading)
    return replace(found, title=facts.title, date=facts.date)


def _tells_of_transcription(lines: Sequence[_Line], at: int, names: set[str], opening: Sequence[str]) -> bool:
    """Whether a line tells that the transcription ended or began again: the last of the file, or one between two stretches."""
    text = lines[at].text.strip()
    last = at + 1 == len(lines)
    if not last and lines[at + 1].header is None and not is_about(lines[at + 1].text, names):
        return False
    if is_about(text, names):
        return last or len(text.split()) > 1
    return last and lines[at].opens and any(ends_like(text, line) for line in opening)


def _facts(heading: Sequence[str]) -> Facts:
    """The meeting's name and day from the lines above the speech."""
    named = next((facts for line in heading if (facts := recorded(line))), None)
    if named is not None:
        return named if named.date else replace(named, date=_first_date(heading))
    told = [line for line in heading if not is_about(line, [line])]
    return Facts(title=from_heading(told, first_is_title=True).title, date=_first_date(heading))


def _first_date(heading: Sequence[str]) -> dt.date | None:
    return next((date for line in heading if (date := date_of_line(line))), None)


@dataclass(slots=True)
class _Caption:
    """The lines between two lines of times."""

    start: float | None
    end: float | None
    lines: list[str] = field(default_factory=list)


def _arrowed(lines: Sequence[_Line]) -> Draft:
    captions = [_Caption(None, None)]
    for line in lines:
        if match := _ARROW.fullmatch(line.text):
            captions.append(_Caption(clock_seconds(match["start"]), clock_seconds(match["end"])))
        else:
            captions[-1].lines.append(line.text.strip())
    above = captions.pop(0).lines
    names = _names(captions)
    notes = 0
    if captions and captions[-1].lines[1:] and is_about(captions[-1].lines[-1], names):
        captions[-1].lines.pop()
        notes = 1
    cues, repeats = take_once([_cue(caption, names) for caption in captions if caption.lines])
    facts = _facts(above)
    return Draft(
        utterances=join(cues),
        speech=sum(visible(line) for cue in cues for line in cue.lines),
        confidence="high" if names else "medium",
        title=facts.title,
        date=facts.date,
        dropped={
            "heading lines": len(above),
            "lines about the transcription": notes,
            "repeated captions": repeats,
            "captions without words": sum(not caption.lines for caption in captions),
        },
    )


def _names(captions: Sequence[_Caption]) -> frozenset[str]:
    """The first lines of captions that are names: all that look like one where nearly all do, else those that come again."""
    firsts = [caption.lines[0] for caption in captions if len(caption.lines) > 1]
    named = [first for first in firsts if shape(first) is Shape.NAME or first.startswith("@")]
    if len(named) >= _MOSTLY * len(firsts):
        return frozenset(named)
    return frozenset(name for name, times in Counter(named).items() if times > 1)


def _cue(caption: _Caption, names: frozenset[str]) -> Cue:
    name, *words = caption.lines
    if name not in names:
        return Cue(speaker=UNATTRIBUTED, lines=tuple(caption.lines), start=caption.start, end=caption.end)
    return Cue(speaker=speaker_in(name), lines=tuple(words), start=caption.start, end=caption.end)


TEAMS = Format(
    name="teams",
    title="Teams transcript (Word document or its text)",
    sniff=sniff,
    parse=parse,
    export=("Teams: the meeting's Recap > Transcript > Download > Download as .docx",),
    reads="name and time above each stretch, the older `0:0:5.100 --> 0:0:8.250`, notes of who began and ended, in any language",
    missing="who speaks in a room: the voices are @1, @2, or the room's name",
)
