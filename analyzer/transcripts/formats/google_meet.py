"""Google Meet transcripts as Google Docs gives them: Word document, text, Markdown; with Gemini's notes or without.

The tabs of the document come one after the other: notes, written by Gemini, then the transcript. Only what stands in the
form of the transcript is speech: a time alone on its line, then lines of `Name: words`, several to a time; or, in files
without times, such lines below the title of the transcript. What stands above is Gemini's, what follows the line that
tells how long the transcription ran, or a title of notes, is no speech unless it has the form of it: then it was not placed.
All are told by their form, for the words are in the user's language.
A time stands above a minute or more of talk, so it is the time of the first turn below it and of no other.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.errors import Refused
from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source, refused
from analyzer.transcripts.filing import date_in, from_heading
from analyzer.transcripts.formats.google_docs import (
    Line,
    heads_notes,
    is_above_turns,
    is_footer,
    is_stamped,
    lines_of,
    start_of_transcript,
    tells_the_end,
    title_of_transcript,
)
from analyzer.transcripts.notation.words import ends_sentence, flow, visible
from analyzer.transcripts.notation.written_dates import date_of_line

_BY_GEMINI = re.compile(r"\U0001f4dd|\bGemini\b.{0,60}\bnot|\b(?:not|appunt|anota)\w*.{0,20}\bGemini\b", re.IGNORECASE)
_NOTES_TABS = re.compile(
    r"\W*(?:quick )?(?:notes?|notizen|notas|appunti|notities|anota\u00e7\u00f5es|\u30e1\u30e2)", re.IGNORECASE
)
_ADDRESS = re.compile(r"\[(?P<name>[^\[\]]{1,80})\]\(mailto:(?P<address>[^()\s]{3,200})\)")
_PRESENTATION = re.compile(
    r".+['\u2019]s presentation|(?:pr\u00e9sentation de|presentaci\u00f3n de|pr\u00e4sentation von|presentazione di|"
    r"apresenta\u00e7\u00e3o de|presentatie van) .+",
    re.IGNORECASE,
)
_NOTE_TAKER = re.compile(
    r".*\bnote ?-?taker\b.*|(?:otter|read|fireflies|fathom|grain)\.ai\b.*|tl;dv.*|gemini|.*\bmeeting notes\b.*", re.IGNORECASE
)
_ZONE = r"(?:GMT|UTC|[A-Z]{2,5})(?:[+-]\d{1,2}(?::\d{2})?)?"
_MOMENT = re.compile(rf"\s*\([^()]*\d{{4}}[^()]*\)|(?:\bat )?\b\d{{1,2}}:\d{{2}}(?:\s?[AP]M)?\s+{_ZONE}(?!\w)")
_FIRST_LINES = 6
_LAST_LINES = 4
_TITLE_WORDS = 16


def sniff(source: Source) -> float:
    """By times that stand alone above turns, by the title of the transcript with Google's own remarks, by Gemini's notes."""
    if "-->" in source.head or source.document is not None:
        return 0.0
    lines = lines_of(source.head)
    start = start_of_transcript(lines)
    if start is not None:
        from_here = 0 if _talk_above(lines[:start]) else start
        stamped = sum(is_stamped(lines, at) for at in range(from_here, len(lines)))
        signed = any(is_footer(line) or tells_the_end(line, is_after_talk=False) for line in lines[start:])
        if stamped > 1 or (stamped and (signed or any(title_of_transcript(line) is not None for line in lines[:start]))):
            return 0.9
        if signed or "\U0001f4d6" in source.head:
            return 0.85
    return 0.8 if sum(_BY_GEMINI.search(line.text) is not None for line in lines) > 1 else 0.0


def parse(source: Source) -> Draft:
    """One turn per `Name:`. Raises Refused where the document holds notes and no transcript, or transcripts of two meetings."""
    lines = lines_of(source.text or "")
    start = start_of_transcript(lines)
    if start is None:
        raise refused(
            source.name,
            "holds the notes of Gemini, which are not what was said, and no transcript",
            "Open the document's Transcript tab, or the transcript that the notes link to, and download that.",
        )
    if earlier := _talk_above(lines[:start]):
        raise _holds_more(source.name, earlier, lines[start])
    last_turn, end = _last_turn(lines, start)
    reader = _Reader()
    for at, line in enumerate(lines[start:], start=start):
        reads_title = (line.opens or reader.has_ended) and is_above_turns(lines, at)
        if reader.turns and (reads_title or (reader.is_over and is_stamped(lines, at))):
            raise _holds_more(source.name, lines[start], reader.first_beyond or line)
        reader.take(line, is_after_talk=last_turn < at < end)
    said = tuple(Utterance(speaker=t.speaker, text=text, start=t.start) for t in reader.turns if (text := flow(t.lines)))
    above = lines[:start]
    speakers = {turn.speaker for turn in said}
    addresses = [match for line in above for match in _ADDRESS.finditer(line.text)]
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + reader.unplaced,
        confidence="high",
        title=_title(above),
        date=_date(above),
        emails={match["name"]: match["address"] for match in addresses if match["name"] in speakers},
        dropped={
            "lines above the transcript": len(above),
            "lines below the transcript": reader.below,
            "footer": reader.footers,
            "lines of note-taking programs": reader.by_programs,
            "names without words": len(reader.turns) - len(said),
        },
        warnings=_warnings(reader),
    )


def _last_turn(lines: Sequence[Line], start: int) -> tuple[int, int]:
    """The places of the last turn of the transcript, and of what stands below it and is none of it: a footer, notes, a title."""
    last = start
    for at in range(start, len(lines)):
        if lines[at].name is not None:
            last = at
        elif at > last and (is_footer(lines[at]) or heads_notes(lines[at]) or is_above_turns(lines, at)):
            return last, at
    return last, len(lines)


def _talk_above(above: Sequence[Line]) -> Line | None:
    """The first time above a turn that stands above the title of the transcript and in no notes: that of another talk."""
    for at, line in enumerate(above):
        if heads_notes(line) or _BY_GEMINI.search(line.text):
            return None
        if is_stamped(above, at):
            return line
    return None


def _holds_more(name: str, first: Line, second: Line) -> Refused:
    return refused(
        name,
        f"holds more than one meeting: one begins at {first.text[:60]!r}, another at {second.text[:60]!r}",
        "Split it into a file for each meeting.",
    )


def _warnings(reader: "_Reader") -> tuple[str, ...]:
    found = []
    if reader.presented:
        found.append(f"heard in a presentation, so nobody's words: {reader.presented} turns")
    if reader.below:
        found.append(f"lines below the end of the transcript were left out: {reader.below}")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Turn:
    speaker: str
    start: float | None
    lines: list[str] = field(default_factory=list)


class _Reader:
    """Takes the transcript line by line; remembers whose turn it is, the time above it, and whether the end was told.

    `unplaced` counts the visible characters below the end that have the form of speech, of which notes have none.
    """

    def __init__(self) -> None:
        self.turns: list[_Turn] = []
        self.footers = 0
        self.below = 0
        self.unplaced = 0
        self.presented = 0
        self.by_programs = 0
        self.first_beyond: Line | None = None
        self.has_ended = False
        self._speakers: set[str] = set()
        self._stamp: float | None = None
        self._after_stamp = True
        self._in_notes = False
        self._skips = False

    @property
    def is_over(self) -> bool:
        """Whether the end was told, and no notes have begun."""
        return self.has_ended and not self._in_notes

    def take(self, line: Line, *, is_after_talk: bool) -> None:
        if is_footer(line) and (line.opens or self.has_ended or not self.turns):
            self.footers += 1
        elif self.turns and heads_notes(line):
            self.has_ended = self._in_notes = True
            self.below += 1
        elif self.has_ended:
            self._beyond(line)
        elif self.turns and tells_the_end(line, is_after_talk=is_after_talk):
            self.footers += 1
            self.has_ended = True
        elif line.stamp is not None:
            self._stamp, self._after_stamp = line.stamp, True
        elif line.name is not None:
            self._turn(line.name, line.words)
        elif self._after_stamp:
            self._turn(UNATTRIBUTED, line.text)
        elif self._skips:
            self.by_programs += 1
        else:
            self.turns[-1].lines.append(line.text)

    def _beyond(self, line: Line) -> None:
        """A line below the end: speech after all where somebody speaks who spoke before, or where a time stands above it."""
        self.below += (line.opens or line.name is not None) and any(map(str.isalpha, line.text))
        self.first_beyond = self.first_beyond or line
        if line.stamp is not None:
            self._in_notes = False
        if not self._in_notes and line.name in self._speakers:
            self.unplaced += visible(line.words)

    def _turn(self, name: str, words: str) -> None:
        self._skips = _NOTE_TAKER.fullmatch(name) is not None
        self._after_stamp = False
        if self._skips:
            self.by_programs += 1
            return
        if _PRESENTATION.fullmatch(name):
            self.presented += 1
            name = UNATTRIBUTED
        self._speakers.add(name)
        self.turns.append(_Turn(name, self._stamp, [words]))
        self._stamp = None


def _title(above: Sequence[Line]) -> str | None:
    """The meeting's name: before the word that titles the transcript, else the first line that is neither date nor tab."""
    for line in above:
        if title := title_of_transcript(line):
            return from_heading([_MOMENT.sub("", title)], first_is_title=True).title
    for line in above[:_FIRST_LINES]:
        bare = _MOMENT.sub("", line.text.strip("* "))
        is_title = len(bare.split()) <= _TITLE_WORDS and not ends_sentence(bare) and line.name is None
        if is_title and not _NOTES_TABS.fullmatch(bare) and title_of_transcript(line) is None:
            title = from_heading([bare], first_is_title=True).title
            if title:
                return title
    return None


def _date(above: Sequence[Line]) -> dt.date | None:
    """The day in the first lines of the document or in the last above the transcript; those between are prose."""
    titles = [date for line in above if title_of_transcript(line) and (date := date_in(line.text))]
    near = [*above[:_FIRST_LINES], *above[-_LAST_LINES:]]
    return next(iter(titles), None) or next((date for line in near if (date := date_of_line(line.text))), None)


GOOGLE_MEET = Format(
    name="google-meet",
    title="Google Meet transcript (Google Docs as .docx, .txt or .md)",
    sniff=sniff,
    parse=parse,
    export=(
        "Google Drive > Meet Recordings > the meeting's transcript or notes: File > Download > Word, Plain text or Markdown",
    ),
    reads="times above several turns, names in bold, Gemini's notes left out, in any language; e-mail addresses of those invited",
    missing="times of single turns, which Google does not write; a document with notes alone is refused",
)
