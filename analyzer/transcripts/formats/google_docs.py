"""The lines of a Google Meet document, told apart: times, turns, titles of the transcript, what Google writes itself."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.transcripts.notation.clock import clock_seconds
from analyzer.transcripts.notation.names import heads_no_speech, heads_speech, shape
from analyzer.transcripts.notation.transcription_notes import is_about, mentions
from analyzer.transcripts.notation.words import count
from analyzer.transcripts.notation.written_dates import date_of_line

_LONGEST = 400  # characters of a line from which on it is nothing but words
_STAMP = re.compile(r"[\[(]?(\d{1,2}:\d{2}:\d{2})[\])]?")
_ANCHOR = re.compile(r"\s*\{#[^{}]*\}\s*$")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>|~\"'=&<])")
_BOLD = re.compile(r"\*\*(?P<name>[^*]{1,80}?)\s*(?::\s*\*\*|\*\*\s*:)\s*(?P<words>.*)", re.DOTALL)
_LABEL = re.compile(r"(?P<name>[^:\uff1a]{1,80}?)\s?(?::\s+|:$|\uff1a\s*)(?P<words>.*)", re.DOTALL)
_CLOCK = re.compile(r"(?<![\d:])\d{1,2}:\d{2}:\d{2}(?![\d:])")
_CLOCK_AT_END = re.compile(r"\d{1,2}:\d{2}:\d{2}\W*$")
_EDITABLE = re.compile(r"edit|modifi|bearbeit|bewerk|redig|\u7de8\u96c6|\u7f16\u8f91", re.IGNORECASE)
_FOOTER_WORDS = 8
_FOOTER_BEGINS = 45  # characters within which it says of what it speaks
_TITLE_AT_END = re.compile(r"(?P<title>.+?)\s*[-\u2013\u2014]\s*(?P<word>\w+)$")
_SENTENCE = re.compile(r"[.?!;,]\s|[?!]$")
_MOST_WORDS = 6
_OFTEN = 3
_LAST_WORDS = 12
_BETWEEN = 5  # lines that may stand between the title of the transcript and its first turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line with words. `opens`: an empty line or nothing stands before it; `name` and `words` of a turn, else None."""

    text: str
    opens: bool
    is_heading: bool = False
    stamp: float | None = None
    name: str | None = None
    words: str = ""
    is_bold: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines without Markdown. Where most names are set in bold, only those are names.

    Else a name is what looks like one, or what stands before a colon so often that it must be one.
    """
    raw = [line.strip() for line in text.split("\n")]
    marked = any(line.startswith(("**", "###")) for line in raw)
    found = [_line(line, opens=not at or not raw[at - 1], marked=marked) for at, line in enumerate(raw) if line]
    labelled = [line for line in found if line.name is not None]
    if labelled and 2 * sum(line.is_bold for line in labelled) >= len(labelled):
        return [line if line.is_bold else replace(line, name=None) for line in found]
    times = Counter(line.name for line in labelled)
    odd = {name for name, number in times.items() if number < _OFTEN and not shape(name)}
    return [replace(line, name=None) if line.name in odd else line for line in found]


def _line(text: str, *, opens: bool, marked: bool) -> Line:
    if len(text) <= _LONGEST:
        bare = _ANCHOR.sub("", text).strip("#* \t")
        if stamp := _STAMP.fullmatch(bare):
            return Line(text=bare, opens=opens, stamp=clock_seconds(stamp[1]))
        if text.startswith("#"):
            return Line(text=_ESCAPED.sub(r"\1", bare), opens=True, is_heading=True)
    clean = _ESCAPED.sub(r"\1", text) if marked and "\\" in text else text
    if bold := _BOLD.match(clean):
        return Line(text=clean, opens=opens, name=" ".join(bold["name"].split()), words=bold["words"], is_bold=True)
    label = _LABEL.match(clean)
    name = " ".join(label["name"].split()) if label else ""
    if label is None or heads_no_speech(name) or not (shape(name) or _may_be_odd_name(name)):
        return Line(text=clean, opens=opens)
    return Line(text=clean, opens=opens, name=name, words=label["words"])


def _may_be_odd_name(label: str) -> bool:
    return len(label.split()) <= _MOST_WORDS and not _SENTENCE.search(label)


def title_of_transcript(line: Line) -> str | None:
    """The meeting's name in `Weekly - Transcript`, empty for `Transcript` alone; None for any other line."""
    bare = line.text.strip("#*: \t\U0001f4d6\ufe0f") if line.name is None and len(line.text) <= _LONGEST else ""
    if heads_speech(bare):
        return ""
    match = _TITLE_AT_END.fullmatch(bare)
    return match["title"] if match and heads_speech(match["word"]) else None


def tells_the_end(line: Line, *, is_after_talk: bool) -> bool:
    """Whether a line says how long the transcription or the meeting ran.

    It is a heading with a time in it, or speaks of the transcription; below the last turn a short line with a time will do.
    """
    if line.name is not None or not _CLOCK.search(line.text[:_LONGEST]):
        return False
    told = line.opens or _CLOCK_AT_END.search(line.text[:_LONGEST]) is not None
    is_short = len(line.text[:_LONGEST].split()) <= _LAST_WORDS
    return line.is_heading or is_about(line.text, [line.text]) or (is_after_talk and told and is_short)


def is_footer(line: Line) -> bool:
    """Whether a line is Google's remark that a computer wrote the transcript and anybody may have changed it."""
    begins = line.text[:_FOOTER_BEGINS]
    is_long = count(line.text[:_LONGEST]) >= _FOOTER_WORDS
    return line.name is None and is_long and mentions(begins) and _EDITABLE.search(begins) is not None


def start_of_transcript(lines: Sequence[Line]) -> int | None:
    """The place of the first line of the transcript, below its title where it has one; None where there is no transcript."""
    for at, line in enumerate(lines):
        if title_of_transcript(line) is not None and (begins := _first_below(lines, at + 1)) is not None:
            return begins
    return next((at for at in range(len(lines) - 1) if is_stamped(lines, at)), None)


def is_stamped(lines: Sequence[Line], at: int) -> bool:
    """Whether a time stands here, and a turn directly below it."""
    return lines[at].stamp is not None and at + 1 < len(lines) and lines[at + 1].name is not None


def _first_below(lines: Sequence[Line], at: int) -> int | None:
    for place in range(at, min(at + _BETWEEN, len(lines))):
        line = lines[place]
        if is_stamped(lines, place) or line.name is not None:
            return place
        if title_of_transcript(line) is None and not is_footer(line) and date_of_line(line.text) is None and line.stamp is None:
            return None
    return None


def heads_notes(line: Line) -> bool:
    """Whether a line that begins a paragraph titles what is written about the talk: a tab of notes, a summary, next steps."""
    bare = line.text.strip("#*: \t\ufe0f")
    return line.name is None and line.opens and len(bare) <= _LONGEST and (bare[:1] == "\U0001f4dd" or heads_no_speech(bare))


def is_above_turns(lines: Sequence[Line], at: int) -> bool:
    """Whether the title of a transcript stands here, with turns below it."""
    return title_of_transcript(lines[at]) is not None and _first_below(lines, at + 1) is not None
