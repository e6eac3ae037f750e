"""Plain text and Markdown in which every turn begins with `Name:`, with or without a time before it.

The hard part is what is *not* speech. A summary or a list of actions above or below the talk was written by somebody
else, so it is left out and counted; lines that merely look like `Name:` go on with whoever is speaking.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.filing import from_heading
from analyzer.transcripts.formats.plain_lines import (
    NEUTRAL,
    PLAIN_LEVEL,
    Heading,
    Layout,
    Line,
    Names,
    is_note,
    is_of_notes,
    layout,
    mostly_stamped,
    names_in,
    read_lines,
)
from analyzer.transcripts.notation.names import heads_no_speech, heads_speech, is_nobody, mostly_named
from analyzer.transcripts.notation.stamps import Stamp, seconds_in
from analyzer.transcripts.notation.words import count, flow, visible

_FOOTER = re.compile(
    r"\W*(?:Transcribed by https?://\S+|Transcription ended after .*|This editable transcript was computer.generated.*|"
    r"End of (?:the )?(?:transcript|recording|meeting|interview|call|session|conversation)\W*)",
    re.IGNORECASE,
)
_REMARKS = frozenset({"note", "nb", "notiz", "nota"})
_TASKS = frozenset(
    {"action", "actions", "item", "items", "task", "tasks", "todo", "todos", "to-do", "to-dos", "steps", "decisions"}
    | {"aufgaben", "ma\u00dfnahmen", "tareas", "acciones", "azioni", "t\u00e2ches", "actiepunten", "zadania"}
)
_TITLES_OF_A_FILE = frozenset({"notes", "meeting notes", "call notes", "interview notes", "minutes", "meeting minutes"})
_PROSE = 15  # words from which on a line above the first speaker is no heading
_FEW = 4  # labels up to which none needs to come again
_DISTINCT = 0.8
_MOSTLY = 0.5
_NEARLY_ALL = 0.8
_MANY = 5  # lines with names below a title of notes, above which they may be the talk going on
_MUCH = 0.25


def sniff(source: Source) -> float:
    """By labels that the file uses as names. Text with the times of cues in it is never read as plain text."""
    if "-->" in source.head or source.document is not None:
        return 0.0
    lines = read_lines(source.head)
    below, names = _talk(lines)
    labels = [name for line in lines[below:] if (name := names.on(line))]
    if not labels:
        return 0.0
    again = below > 0 or len(labels) <= _FEW or len(set(labels)) <= _DISTINCT * len(labels) or mostly_stamped(lines[below:])
    return (0.6 if mostly_named(names.trusted) else 0.5) if again else 0.0


def parse(source: Source) -> Draft:
    """One turn per label; lines without one go on with the speaker."""
    lines = read_lines(source.text or "")
    below, names = _talk(lines)
    talk = lines[below:]
    reader = _Reader(names, layout(talk, names))
    reader.above = lines[:below]
    for at, line in enumerate(talk):
        reader.take(at, line)
    paragraphs = [line for line in talk if line.opens and line.heading is None]
    named = sum(names.on(line) is not None for line in paragraphs)
    sure = mostly_named(names.trusted) or named >= _MOSTLY * len(paragraphs)
    return _draft(reader, sure=sure, summary_above=below > 0)


def _talk(lines: Sequence[Line]) -> tuple[int, Names]:
    """The line from which on a title says that people talk, else the first, and the names used from there on."""
    below = next((at + 1 for at, line in enumerate(lines) if line.heading and heads_speech(line.heading.words)), 0)
    names = names_in(lines[below:])
    return (below, names) if names.trusted.names or not below else (0, names_in(lines))


def _is_remark(line: Line) -> bool:
    return line.text.partition(":")[0].strip("*_ ").casefold() in _REMARKS


def _draft(reader: "_Reader", *, sure: bool, summary_above: bool) -> Draft:
    turns = [(turn, text) for turn in reader.turns if (text := flow(turn.words))]
    starts = seconds_in([turn.time for turn, _ in turns], [count(text) for _, text in turns])
    said = tuple(Utterance(speaker=t.name, text=text, start=at) for (t, text), at in zip(turns, starts, strict=True))
    prose = [] if summary_above else reader.prose
    unplaced = [*prose, *reader.unplaced, *(reader.left if len(reader.left) > max(_MANY, _MUCH * len(said)) else ())]
    facts = from_heading(_about_the_meeting(reader.above), first_is_title=True)
    return Draft(
        utterances=said,
        speech=sum(visible(turn.text) for turn in said) + sum(map(visible, unplaced)),
        confidence="high" if sure else "medium",
        title=facts.title,
        date=facts.date,
        client=facts.client,
        dropped={
            "lines above the speech": len(reader.above) - len(prose),
            "unread lines before the first speaker": len(prose),
            "lines below a heading that do not say who speaks": len(reader.unplaced),
            "lines of notes": reader.notes,
            "footer": reader.footer,
            "names without words": len(reader.turns) - len(said),
        },
        warnings=tuple(f"what stands under {title!r} is not speech and was left out" for title in reader.titles),
    )


def _about_the_meeting(above: Sequence[Line]) -> list[str]:
    """The lines above the first notes, whose words and dates are of other things, and fields such as `Date:` anywhere."""
    lines: list[str] = []
    noted = False
    for line in above:
        words = line.heading.words if line.heading else line.text.partition(":")[0].strip("*_ ").casefold()
        field = line.heading is None and words in NEUTRAL
        title = heads_no_speech(words) or heads_speech(words)
        noted = noted or (title and not field)
        if field or not (noted or title or line.unread or line.stamp or (line.listed and line.label)):
            lines.append(line.text)
    return lines


class _Turn(NamedTuple):
    name: str
    time: str | None
    words: list[str]


class _Within(Enum):
    """Where a line stands: in the talk, in notes up to the next title, in a paragraph of them, or below another heading."""

    TALK = auto()
    NOTES = auto()
    ASIDE = auto()
    HEADED = auto()


@dataclass(slots=True)
class _Reader:
    """Takes lines one by one; remembers who is speaking and what the lines stand below.

    `left` are lines below a title of notes that begin with a speaker's name, `unplaced` such as may be speech but do not
    say whose.
    """

    names: Names
    layout: Layout
    turns: list[_Turn] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    titles: dict[str, None] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    notes: int = 0
    footer: int = 0
    _within: _Within = _Within.TALK
    _heading: Heading | None = None
    _title: str = ""
    _talked: bool = False
    _has_lines: bool = False
    _time: str | None = None

    def take(self, at: int, line: Line) -> None:
        name = self.names.on(line)
        if _FOOTER.fullmatch(line.text):
            self.footer += 1
        elif line.heading is not None:
            self._below(at, line, line.heading)
        elif name is not None and not (self._within is _Within.NOTES and self._belongs_to_notes(at, line)):
            self._begin(name, line)
        elif self._is_note(line):
            self.notes += 1
            self._has_lines = True
            if not self._talked and self._title:
                self.titles[self._title] = None
        elif line.alone is not None:
            self._time = line.alone
        else:
            self._words(line)

    def _below(self, at: int, line: Line, heading: Heading) -> None:
        written = is_of_notes(heading)
        if not self.turns and not self.above and heading.words in _TITLES_OF_A_FILE:
            written = False
        if self._within is _Within.NOTES and not written and self._level() < heading.level < PLAIN_LEVEL:
            self.notes += 1  # a part of the notes
            return
        self._within = _Within.NOTES if written else _Within.HEADED
        self._heading, self._talked, self._has_lines = heading, at in self.layout.talked and not written, False
        self._title = line.text.strip(" #*_:\t")
        if self.turns:
            self.notes += 1
        else:
            self.above.append(line)

    def _level(self) -> int:
        return self._heading.level if self._heading else PLAIN_LEVEL

    def _belongs_to_notes(self, at: int, line: Line) -> bool:
        """`Dana: sends the deck` below a list of actions is no speech; a time begins it, and above all speech a new paragraph."""
        if line.time is not None and (self.layout.stamped or not self.turns):
            return False
        if not self.turns and self._has_lines and at > self.layout.last_talk and at in self.layout.begins:
            return False
        if self._heading and _TASKS.isdisjoint(self._heading.words.split()):
            self.left.append(line.words)
        return True

    def _is_note(self, line: Line) -> bool:
        """Whether a line without a speaker is no speech: below a title of notes, `Note: recording paused`, a task, a table.

        Below any other heading the speaker before it does not simply go on; where others speak there, much text may be
        speech.
        """
        if self._within is _Within.ASIDE and line.opens:
            self._within = _Within.TALK
        if self._within is _Within.NOTES or (self._within is _Within.ASIDE and self.turns):
            return True
        aside = is_note(line.text) and (line.opens or (line.after_sentence and self._stands_alone(line)))
        if not self.turns:
            self._within = _Within.ASIDE if aside else self._within
            return False
        if line.unread or (line.listed and line.label is not None and line.label.name in self.names.trusted.names):
            return True
        if self._within is _Within.HEADED:
            return not (self._talked and len(line.text.split()) >= _PROSE)
        if aside:
            self._within, self._title = (_Within.ASIDE if _is_remark(line) else _Within.HEADED), ""
            self._talked = False
        return aside

    def _stands_alone(self, line: Line) -> bool:
        """Whether a line does not run on from the one above it: the more surely, the more lines begin with a name."""
        return self.names.trusted.share >= (_NEARLY_ALL if _is_remark(line) else _MOSTLY)

    def _begin(self, name: str, line: Line) -> None:
        rest = line.label.rest if line.label else ""
        time = line.time or self._time
        self.turns.append(_Turn(UNATTRIBUTED if is_nobody(name) else name, time, [rest]))
        self._within, self._title, self._time = _Within.TALK, "", None

    def _begins_with_time(self, stamp: Stamp) -> bool:
        return self.layout.stamped and (stamp.bracketed or stamp.time.count(":") == self.layout.bare)

    def _words(self, line: Line) -> None:
        if not self.turns:
            self.above.append(line)
            headed = self._within is _Within.HEADED and not self._talked
            if len(line.text.split()) >= _PROSE and not headed and self._within is not _Within.ASIDE:
                self.prose.append(line.text)
        elif self._within is _Within.HEADED:
            self.unplaced.append(line.text)
        elif line.stamp is not None and self._begins_with_time(line.stamp):
            self.turns.append(_Turn(UNATTRIBUTED, line.stamp.time, [line.words]))
        else:
            self.turns[-1].words.append(line.text)


PLAIN = Format(
    name="text",
    title="plain text or Markdown with `Name: words`",
    sniff=sniff,
    parse=parse,
    export=("any editor, chat assistant or note taker: a line `Name: words` for each turn",),
    reads=(
        "`Name: words` in any script, also in lists and quotations; times before or after the name, of day too; headings;"
        " summaries, actions and other notes before, between and after the speech are left out"
    ),
    missing="times, where none are written",
)
