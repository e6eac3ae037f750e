"""Descript's transcripts as text or Markdown: `Name: [00:00:00] words`, with times within the words too.

Read as plain text, the times behind a name and those that stand in the middle of the words every minute or so would be
taken for words. Here each begins a new piece of what its speaker says.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.notation.clock import clock_seconds
from analyzer.transcripts.notation.names import Sighting, heads_no_speech, shape, split_label, trust
from analyzer.transcripts.notation.remarks import is_footer
from analyzer.transcripts.notation.words import visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.headed import heading_facts, prose_in
from analyzer.transcripts.speech.turns import join

_STAMP = re.compile(r"\[(\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)\]")
_LEADING = re.compile(rf"\*{{0,2}}{_STAMP.pattern}\*{{0,2}}\s*")
_BOLD = re.compile(r"\*\*(?P<name>[^*\n]{1,90}?)(?P<colon>:?)\*\*(?P<after>:?)(?:\s+(?P<rest>.*)|$)", re.DOTALL)
_TITLE = re.compile(r"#{1,6}\s+(?P<words>.*)", re.DOTALL)
_RULE = re.compile(r"[-*_=~\s]{3,}")
_NEARLY_ALL = 0.8
_MUCH = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line: its title where it is one, else the name that it begins with, the time before or behind that, the words."""

    title: str | None = None
    name: str | None = None
    time: float | None = None
    words: str = ""


def sniff(source: Source) -> float:
    """By times in square brackets behind names or within words, which no other program writes there."""
    if "-->" in source.head or source.document is not None or _STAMP.search(source.head) is None:
        return 0.0
    lines = _lines(source.head)
    named = [line for line in lines if line.name]
    behind = sum(_starts_with_time(line.words) for line in named)
    within = sum(len(_STAMP.findall(line.words)) for line in lines) - behind
    if named and _by_paragraph(source.head, lines):
        return 0.8
    if not named or (behind == 0 and within < 2):  # noqa: PLR2004 - one alone may be a remark such as "see [00:12:03]"
        return 0.0
    return 0.8 if behind > 1 or _starts_with_time(named[0].words) or within else 0.0


def _by_paragraph(text: str, lines: Sequence[_Line]) -> bool:
    """Whether a time begins every paragraph, and the speaker's name only those in which another begins."""
    timed = [line for line in lines if line.time is not None]
    paragraphs = [part for part in text.split("\n\n") if part.strip()]
    unnamed = sum(line.name is None for line in timed)
    by_paragraph = len(timed) == sum(_LEADING.match(part.strip()) is not None for part in paragraphs)
    return by_paragraph and len(timed) >= _NEARLY_ALL * len(lines) - 1 and unnamed >= max(1, _MUCH * len(timed)) and bool(timed)


def parse(source: Source) -> Draft:
    """Turns out of the pieces between the times; a paragraph without a name goes on with the speaker before it."""
    lines = _lines(source.text or "")
    first = next((at for at, line in enumerate(lines) if line.name), len(lines))
    above = [line.title or line.words for line in lines[:first]]
    prose = prose_in(above)
    cues: list[Cue] = []
    speaker, in_notes, notes, footer = UNATTRIBUTED, False, 0, 0
    for line in lines[first:]:
        if line.name is None and is_footer(line.words):
            footer += 1
            continue
        timed = line.time is not None or _starts_with_time(line.words)
        in_notes = heads_no_speech(line.title) if line.title is not None else in_notes and not (line.name and timed)
        if in_notes or line.title is not None:
            notes += 1
            continue
        speaker = line.name or speaker
        cues.extend(_pieces(speaker, line))
    facts = heading_facts(above, first_is_title=True)
    known = sum(line.name is not None for line in lines)
    return Draft(
        utterances=join(cues),
        speech=sum(visible(cue.lines[0]) for cue in cues) + sum(map(visible, prose)),
        confidence="high" if known > 1 else "medium",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "heading lines": len(above) - len(prose),
            "lines before the first speaker": len(prose),
            "lines of notes": notes,
            "footer": footer,
        },
    )


def _pieces(speaker: str, line: _Line) -> Iterator[Cue]:
    """The words of a line, cut where a time stands in them."""
    words, *rest = _STAMP.split(line.words)
    for time, said in [(line.time, words), *((clock_seconds(rest[at]), rest[at + 1]) for at in range(0, len(rest), 2))]:
        if any(c.isalnum() for c in said):
            yield Cue(speaker=speaker, lines=(said,), start=time, end=None)


def _lines(text: str) -> list[_Line]:
    """The lines with words. Where names stand in bold type, nothing else is one; else the file's labels are judged."""
    found: list[tuple[str, bool]] = []
    opens = True
    for raw in text.split("\n"):
        line = raw.strip()
        if line and not _RULE.fullmatch(line):
            found.append((line, opens))
        opens = not line
    read = [_bold(line) for line, _ in found]
    if sum(line.name is not None for line in read) > 1 or any(line.name and _starts_with_time(line.words) for line in read):
        return read
    return _labelled(found)


def _bold(text: str) -> _Line:
    if title := _TITLE.fullmatch(text):
        return _Line(title=title["words"].strip("*: "))
    time, words = _leading(text)
    match = _BOLD.fullmatch(words)
    if match and (match["colon"] or match["after"]) and shape(" ".join(match["name"].split())):
        return _Line(name=" ".join(match["name"].split()), time=time, words=match["rest"] or "")
    return _Line(time=time, words=words)


def _labelled(found: Sequence[tuple[str, bool]]) -> list[_Line]:
    parts = [_leading(text) for text, _ in found]
    labels = [split_label(words) for _, words in parts]
    seen = [Sighting(label, opens) for label, (_, opens) in zip(labels, found, strict=True) if label]
    trusted = trust(seen, len(found), opening=bool(labels) and labels[0] is not None)
    lines: list[_Line] = []
    for (text, _), (time, words), label in zip(found, parts, labels, strict=True):
        if title := _TITLE.fullmatch(text):
            lines.append(_Line(title=title["words"]))
        elif label and label.name in trusted.names:
            lines.append(_Line(name=label.name, time=time, words=label.rest))
        else:
            lines.append(_Line(time=time, words=words))
    return lines


def _leading(text: str) -> tuple[float | None, str]:
    match = _LEADING.match(text)
    return (clock_seconds(match[1]), text[match.end() :]) if match else (None, text)


def _starts_with_time(words: str) -> bool:
    """Whether a time stands first and something is said after it."""
    match = _LEADING.match(words)
    return match is not None and any(c.isalpha() for c in words[match.end() :].lstrip()[:40])


DESCRIPT_TEXT = Format(
    name="descript",
    title="Descript text (`Name: [00:00:00] words`)",
    sniff=sniff,
    parse=parse,
    export=("Descript: Publish > Export > Transcript > Plain text or Markdown, with speaker labels and timecodes",),
    reads=(
        "names in bold type or with a colon, times before or behind a name and within the words;"
        " paragraphs without a name go on with the speaker before them"
    ),
    missing="the date; transcripts without times are read as plain text",
)
