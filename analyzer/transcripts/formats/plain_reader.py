"""Tells speech from what is none, line by line: who is speaking, and what the lines stand below."""

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import NamedTuple

from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.formats.plain_lines import PLAIN_LEVEL, Heading, Line, is_note, is_of_notes
from analyzer.transcripts.formats.plain_names import Layout, Names
from analyzer.transcripts.notation.heading_words import TASKS
from analyzer.transcripts.notation.names import Shape, is_nobody
from analyzer.transcripts.notation.remarks import is_footer
from analyzer.transcripts.notation.stamps import Stamp

_REMARKS = frozenset({"note", "nb", "notiz", "nota"})
_TITLES_OF_A_FILE = frozenset(
    {"notes", "meeting notes", "call notes", "interview notes", "minutes", "meeting minutes"}
    | {
        "protokoll",
        "notizen",
        "compte rendu",
        "compte-rendu",
        "verbale",
        "acta",
        "ata",
        "notulen",
        "verslag",
        "referat",
        "z\u00e1pis",
    }
    | {
        "\u043f\u0440\u043e\u0442\u043e\u043a\u043e\u043b",
        "\u8b70\u4e8b\u9332",
        "\u4f1a\u8bae\u7eaa\u8981",
        "\u6703\u8b70\u7d00\u8981",
        "\ud68c\uc758\ub85d",
    }
)
_PROSE = 15  # words from which on a line above the first speaker is no heading
_MOSTLY = 0.5
_NEARLY_ALL = 0.8


def _is_remark(line: Line) -> bool:
    return line.text.partition(":")[0].strip("*_ ").casefold() in _REMARKS


class Turn(NamedTuple):
    """What somebody says from one label to the next, and the time that it is given."""

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
class Reader:
    """Takes lines one by one; remembers who is speaking and what the lines stand below.

    `left` are lines below a title of notes that begin with a speaker's name, `unplaced` such as may be speech but do not
    say whose, `doubts` such as go on with the speaker before them though they begin as a turn does.
    """

    names: Names
    layout: Layout
    turns: list[Turn] = field(default_factory=list)
    above: list[Line] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)
    titles: dict[str, None] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
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
        if is_footer(line.text, opens=line.opens):
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
        if self._heading and TASKS.isdisjoint(self._heading.words.split()):
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
        self.turns.append(Turn(UNATTRIBUTED if is_nobody(name) else name, time, [rest]))
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
            self.turns.append(Turn(UNATTRIBUTED, line.stamp.time, [line.words]))
        elif line.text.startswith((": ", "\uff1a")):
            self.turns.append(Turn(UNATTRIBUTED, None, [line.text[1:]]))
        else:
            if line.label and line.label.shape is Shape.NAME and not line.listed:
                self.doubts.append(line.text)
            self.turns[-1].words.append(line.text)
