"""Plain text and Markdown in which every turn begins with `Name:`, with or without a time before it.

The hard part is what is *not* speech. A summary or a list of actions above or below the talk was written by somebody
else, so it is left out and counted; lines that merely look like `Name:` go on with whoever is speaking.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.clock import CLOCK, clock_seconds
from analyzer.transcripts.filing import from_heading
from analyzer.transcripts.names import Label, Sighting, Trusted, heads_no_speech, mostly_named, split_label, trust
from analyzer.transcripts.words import ends_sentence, flow, visible

_STAMP = re.compile(rf"(?:\[\s*(?:{CLOCK})\s*\]|\(\s*(?:{CLOCK})\s*\)|(?:{CLOCK}))(?:\s*[-\u2013\u2014|]\s*|\s+)(?=\S)")
_CLOCK = re.compile(CLOCK)
_CLOCK_ALONE = re.compile(rf"\[?\s*{CLOCK}\s*\]?")
_BOLD = re.compile(r"(\*\*|__)(?P<inside>.{1,90}?)\1")
_RULE = re.compile(r"[-*_=~\s]{3,}")
_FOOTER = re.compile(
    r"Transcribed by https?://\S+|Transcription ended after .*|This editable transcript was computer.generated.*|"
    r"End of (?:the )?(?:transcript|recording)\W*",
    re.IGNORECASE,
)
_SPEECH_BELOW = frozenset({"transcript", "transcription", "full transcript", "meeting transcript"})
_PROSE = 15  # words from which on a line above the first speaker is no heading
_FEW = 4  # labels up to which none needs to come again
_DISTINCT = 0.8
_MOSTLY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One line with words. `opens`: an empty line or nothing stands before it; `heading`: its words where it is one."""

    text: str
    opens: bool
    heading: str | None
    label: Label | None
    stamp: float | None


def sniff(source: Source) -> float:
    """By labels that the file uses as names. Text with the times of cues in it is never read as plain text."""
    if "-->" in source.head or source.document is not None:
        return 0.0
    lines = _lines(source.head)
    trusted = _trusted(lines)
    labels = [line.label.name for line in lines if line.label and line.label.name in trusted.names]
    if not labels or (len(labels) > _FEW and len(set(labels)) > _DISTINCT * len(labels)):
        return 0.0
    return 0.6 if mostly_named(trusted) else 0.5


def parse(source: Source) -> Draft:
    """One turn per label; lines without one go on with the speaker."""
    lines = _lines(source.text or "")
    below = next((at + 1 for at, line in enumerate(lines) if line.heading in _SPEECH_BELOW), 0)
    if not _trusted(lines[below:]).names:
        below = 0
    reader = _Reader(_trusted(lines[below:]), stamped=_mostly_stamped(lines[below:]))
    reader.above = [line.text for line in lines[:below]]
    for line in lines[below:]:
        reader.take(line)
    paragraphs = [line for line in lines[below:] if line.opens and line.heading is None]
    sure = mostly_named(reader.trusted) or sum(map(reader.names_somebody, paragraphs)) >= _MOSTLY * len(paragraphs)
    return _draft(reader, sure=sure, summary_above=below > 0)


def _draft(reader: "_Reader", *, sure: bool, summary_above: bool) -> Draft:
    said = tuple(Utterance(speaker=name, text=text, start=at) for name, at, words in reader.turns if (text := flow(words)))
    prose = [] if summary_above else [line for line in reader.above if len(line.split()) >= _PROSE]
    facts = from_heading(reader.above, first_is_title=True)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, prose)),
        confidence="high" if sure else "medium",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "lines above the speech": len(reader.above) - len(prose),
            "unread lines before the first speaker": len(prose),
            "lines of notes": reader.notes,
            "footer": reader.footer,
            "names without words": len(reader.turns) - len(said),
        },
        warnings=tuple(f"what stands under {title!r} is not speech and was left out" for title in reader.sections),
    )


class _Reader:
    """Takes lines one by one; remembers who is speaking and whether a section of notes is open."""

    def __init__(self, trusted: Trusted, *, stamped: bool) -> None:
        self.trusted = trusted
        self.stamped = stamped
        self.turns: list[tuple[str, float | None, list[str]]] = []
        self.above: list[str] = []
        self.sections: list[str] = []
        self.notes = 0
        self.footer = 0
        self._in_notes = False
        self._section_has_lines = False
        self._stamp: float | None = None

    def names_somebody(self, line: _Line) -> bool:
        return line.label is not None and line.label.name in self.trusted.names

    def take(self, line: _Line) -> None:
        if _FOOTER.fullmatch(line.text):
            self.footer += 1
        elif line.heading is not None:
            self._heading(line, line.heading)
        elif self.names_somebody(line) and not (self._in_notes and self._belongs_to_notes(line)):
            self._turn(line)
        elif self._in_notes or self._is_aside(line):
            self.notes += 1
            self._section_has_lines = True
        elif _CLOCK_ALONE.fullmatch(line.text):
            self._stamp = clock_seconds(line.text.strip("[] "))
        else:
            self._words(line)

    def _heading(self, line: _Line, words: str) -> None:
        self._in_notes, self._section_has_lines = heads_no_speech(words) and words not in _SPEECH_BELOW, False
        if self._in_notes:
            self.sections.append(line.text.strip(" #*_:\t"))
        if self.turns:
            self.notes += 1
        else:
            self.above.append(line.text)

    def _belongs_to_notes(self, line: _Line) -> bool:
        """`Dana: sends the deck` below a list of actions is no speech; a time begins it, and above all speech a new paragraph."""
        return line.stamp is None and (bool(self.turns) or not line.opens or not self._section_has_lines)

    def _is_aside(self, line: _Line) -> bool:
        """`Note: recording paused` as a line of its own among the turns; in running paragraphs it may be somebody's words."""
        if not self.turns or not _is_note(line.text):
            return False
        return line.opens or (mostly_named(self.trusted) and ends_sentence(self.turns[-1][2][-1]))

    def _turn(self, line: _Line) -> None:
        label = line.label
        if label is not None:
            clock = clock_seconds(label.clock) if label.clock else None
            stamp = next((at for at in (line.stamp, clock, self._stamp) if at is not None), None)
            self.turns.append((label.name, stamp, [label.rest]))
        self._in_notes, self._stamp = False, None

    def _words(self, line: _Line) -> None:
        if not self.turns:
            self.above.append(line.text)
        elif line.stamp is not None and self.stamped:
            self.turns.append((UNATTRIBUTED, line.stamp, [_STAMP.sub("", line.text, count=1)]))
        else:
            self.turns[-1][2].append(line.text)


def _lines(text: str) -> list[_Line]:
    """The lines with words; rules of dashes are none."""
    found: list[_Line] = []
    opens = True
    for raw in text.split("\n"):
        line = raw.strip()
        if line and not _RULE.fullmatch(line):
            found.append(_line(line, opens=opens))
            opens = found[-1].heading is not None
        else:
            opens = True
    return found


def _line(text: str, *, opens: bool) -> _Line:
    stamp = _STAMP.match(text)
    words = text[stamp.end() :] if stamp else text
    label = split_label(_BOLD.sub(lambda match: match["inside"], words, count=1) if words.startswith(("**", "__")) else words)
    clock = _CLOCK.search(stamp.group()) if stamp and (label or text.startswith("[")) else None
    heading = None if label else _heading(text, opens=opens)
    return _Line(text=text, opens=opens, heading=heading, label=label, stamp=clock_seconds(clock.group()) if clock else None)


def _heading(text: str, *, opens: bool) -> str | None:
    """The words of a heading: after `#`, or a known title such as `Summary:` or `Transcript` alone on its line."""
    words = re.sub(r"^\W+|\W+$", "", text).casefold()
    if text.startswith("#"):
        return words
    return words if opens and heads_no_speech(words) else None


def _mostly_stamped(lines: Sequence[_Line]) -> bool:
    """Whether turns come with times, so that a time without a name begins words of nobody known."""
    stamps = [line.stamp if line.stamp is not None else line.label.clock for line in lines if line.label]
    return sum(stamp is not None for stamp in stamps) >= _MOSTLY * len(stamps)


def _is_note(text: str) -> bool:
    """Whether a line begins with a title of something other than speech, written as one: `Summary: ...`."""
    head, colon, _ = text.partition(":")
    return bool(colon) and head[:1].isupper() and heads_no_speech(head)


def _trusted(lines: Sequence[_Line]) -> Trusted:
    places = [
        line for line in lines if line.heading is None and not _is_note(line.text) and not _CLOCK_ALONE.fullmatch(line.text)
    ]
    seen = [Sighting(line.label, line.opens) for line in places if line.label]
    return trust(seen, len(places), opening=bool(seen) and seen[0].opens)


PLAIN = Format(
    name="text",
    title="plain text or Markdown with `Name: words`",
    sniff=sniff,
    parse=parse,
    export=("any editor, chat assistant or note taker: a line `Name: words` for each turn",),
    reads="`Name: words` in any script, times in brackets before or after the name, headings; sections of notes are left out",
    missing="times, where none are written",
)
