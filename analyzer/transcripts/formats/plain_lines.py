"""The lines of a plain or Markdown transcript, each with what it shows by itself: a name, a time, a heading, a list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from analyzer.transcripts.notation.column_titles import Columns, columns
from analyzer.transcripts.notation.heading_words import DATE_FIELDS, NEUTRAL, SETTING_FIELDS
from analyzer.transcripts.notation.names import Label, Shape, heads_no_speech, heads_speech, shape, split_label
from analyzer.transcripts.notation.remarks import is_fence
from analyzer.transcripts.notation.stamps import Stamp, stamp_alone, stamp_before
from analyzer.transcripts.notation.words import ends_sentence

_EMPHASIS = re.compile(
    r"(?P<two>\*{2,3}|_{2,3})(?P<bold>.{1,90}?)(?P=two)"
    r"|(?P<one>[*_])(?P<thin>[^*_]{1,90}?)(?:(?<=[:\uff1a])(?P=one)|(?P=one)(?=\s*[:\uff1a(\[]))"
)
_LISTED = re.compile(r"(?:[-*+\u2022\u2023\u25e6]|\d{1,4}[.)])\s+")
_BULLETS = frozenset("-*+\u2022\u2023\u25e60123456789")
_TASK = re.compile(r"\[[ xX]\]\s")
_RULE = re.compile(r"[-*_=~\s]{2,}")
_LENTICULAR = re.compile(r"\u3010(?P<name>[^\u3010\u3011:\uff1a]{1,40})\u3011\s*(?=\S)")
_TABLE_RULE = re.compile(r"[|:\-\s]+")
_HASHES = re.compile(r"#{1,6}(?=\s|$)")
_AROUND_TITLE = re.compile(r"^[^\w(]+|[^\w)]+$")
_LONGEST_TITLE = 80
_MOSTLY = 0.5
_NEARLY_ALL = 0.95
_NARROWEST = 40  # characters a line from which on somebody may have wrapped them
PLAIN_LEVEL = 7
"""The level of a heading without `#`: below all that have some."""


class Heading(NamedTuple):
    """The words of a heading, in small letters, and its level: the number of its `#`."""

    words: str
    level: int


class Line(NamedTuple):
    """One line with words.

    `text` is without marks of quotation, `words` without a time before them. `opens`: an empty line, a heading or
    nothing stands before it; `after_sentence`: it opens, or a sentence ends before it; `breaks`: its first word had room on
    the line before it, so that it was not put there by wrapping. `listed`: it is an item of a
    list. `unread`: a task to tick off or a row of a table that is none of speech.
    """

    text: str
    words: str
    opens: bool
    after_sentence: bool
    heading: Heading | None = None
    label: Label | None = None
    stamp: Stamp | None = None
    alone: str | None = None
    listed: bool = False
    unread: bool = False
    breaks: bool = False

    @property
    def time(self) -> str | None:
        """The time of what a name on this line says."""
        return self.stamp.time if self.stamp else self.label.clock if self.label else None


def read_lines(text: str) -> list[Line]:
    """The lines with words; rules of dashes are none."""
    found: list[Line] = []
    rows = _Rows()
    opens = True
    for raw in text.split("\n"):
        line = raw.strip()
        if line.startswith(">"):
            line = line.lstrip("> ")
        if not line or _RULE.fullmatch(line):
            opens = True
        elif line.startswith("|") and line.endswith("|") and len(line) > 1:
            found.extend(rows.take(line))
            opens = True
            continue
        else:
            after_sentence = opens or ends_sentence(found[-1].text)
            found.append(_line(line, opens=opens, after_sentence=after_sentence))
            opens = found[-1].heading is not None or is_fence(line)
        rows = _Rows() if rows.any else rows
    return _with_breaks(_with_times_behind(found))


def _with_times_behind(lines: list[Line]) -> list[Line]:
    """The lines with the times that stand behind names where words should be, `Anna: 0:04`, if most names have one there."""
    behind = [(at, found) for at, line in enumerate(lines) if line.label and (found := _time_behind(line.label))]
    if len(behind) < 2 or len(behind) * 2 < sum(line.label is not None for line in lines):  # noqa: PLR2004 - an answer
        return lines
    for at, label in behind:
        lines[at] = lines[at]._replace(label=label)
    return lines


def _time_behind(label: Label) -> Label | None:
    if label.clock is not None or not (label.rest[:1].isdecimal() or label.rest[:1] in {"[", "("}):
        return None
    if time := stamp_alone(label.rest):
        return label._replace(rest="", clock=time)
    stamp = stamp_before(label.rest)
    return label._replace(rest=stamp.rest, clock=stamp.time) if stamp and stamp.bracketed else None


def _with_breaks(lines: list[Line]) -> list[Line]:
    """The lines with what their lengths tell: in wrapped text a line ends where the next word found no room."""
    wrapped = sorted(len(before.text) for before, line in pairwise(lines) if not line.opens)
    width = wrapped[int(_NEARLY_ALL * len(wrapped))] if wrapped else 0
    for at, (before, line) in enumerate(pairwise(lines), start=1):
        if line.label is None or line.opens:
            continue
        first = line.text.split(maxsplit=1)[0]
        room = width < _NARROWEST or len(before.text) + 1 + len(first) <= width
        if line.stamp or (room and before.text[-1] not in ":\uff1a"):
            lines[at] = line._replace(breaks=True)
    return lines


@dataclass(slots=True)
class _Rows:
    """A table while it is read: what its first row says of its columns."""

    any: bool = False
    titles: Columns | None = None

    def take(self, line: str) -> Iterator[Line]:
        """A row as the line that it stands for; none for its titles and its rule."""
        cells = [_without_marks(cell.strip()) for cell in line[1:-1].split("|")]
        first, self.any = not self.any, True
        if first:
            known = columns(cells, "|")
            self.titles = known if known and known.surely_speakers else None
        if _TABLE_RULE.fullmatch(line) or (first and self.titles):
            return
        known = self.titles
        if known is None or known.speaker is None or len(cells) != known.width:
            yield Line(line, line, opens=True, after_sentence=True, unread=True)
            return
        name, words = cells[known.speaker], cells[known.words]
        time = stamp_alone(cells[known.start]) if known.start is not None else None
        label = Label(name, words, time, Shape.NAME) if name else None
        yield Line(words, words, opens=True, after_sentence=True, label=label)


def _line(text: str, *, opens: bool, after_sentence: bool) -> Line:
    if text[0] == "#" and (hashes := _HASHES.match(text)):
        heading = Heading(_title(text), hashes.end())
        return Line(text, text, opens=opens, after_sentence=after_sentence, heading=heading)
    listed = _LISTED.match(text) if text[0] in _BULLETS else None
    body = text[listed.end() :] if listed else text
    if listed and _TASK.match(body):
        return Line(text, text, opens=opens, after_sentence=after_sentence, listed=True, unread=True)
    bare = _without_marks(body)
    stamp = stamp_before(bare)
    words = _without_marks(stamp.rest) if stamp else bare
    label = split_label(words) or _in_brackets(words)
    titled = _heading(body, after_sentence=after_sentence) if label is None else None
    return Line(
        text,
        words,
        opens=opens,
        after_sentence=after_sentence,
        heading=titled,
        label=label,
        stamp=stamp,
        alone=stamp_alone(bare) if label is None and stamp is None else None,
        listed=listed is not None,
    )


def _in_brackets(text: str) -> Label | None:
    """`\u3010Name\u3011 words`, as Japanese transcripts have it."""
    match = _LENTICULAR.match(text) if text[:1] == "\u3010" else None
    found = shape(match["name"].strip()) if match else Shape.NO
    return Label(match["name"].strip(), text[match.end() :], None, found) if match and found else None


def _without_marks(text: str) -> str:
    """The text without the stars or lines that set off its beginning."""
    if text[:1] not in {"*", "_"}:
        return text
    match = _EMPHASIS.match(text)
    return (match["bold"] or match["thin"]) + text[match.end() :] if match else text


def _title(text: str) -> str:
    return _AROUND_TITLE.sub("", text[:_LONGEST_TITLE]).casefold()


def _heading(text: str, *, after_sentence: bool) -> Heading | None:
    """A heading without `#`: a known title such as `Summary:` or `Transcript`, alone on its line."""
    if len(text) > _LONGEST_TITLE or not after_sentence or text[0].islower() or text[-1] in ".!?,":
        return None
    title = _title(text)
    if (title in SETTING_FIELDS or title in DATE_FIELDS) and text[-1] not in ":\uff1a*":
        return None
    return Heading(title, PLAIN_LEVEL) if heads_no_speech(title) or heads_speech(title) else None


def is_note(text: str) -> bool:
    """Whether a line begins with a title of something other than speech, written as one: `Summary: ...`."""
    head, colon, _ = text[:_LONGEST_TITLE].partition(":")
    head = head.strip("*_ ")
    return bool(colon) and head[:1].isupper() and heads_no_speech(head)


def is_of_notes(heading: Heading) -> bool:
    """Whether a heading is of something written about the talk, and not one of a field or of the talk itself."""
    return heads_no_speech(heading.words) and not heads_speech(heading.words) and heading.words not in NEUTRAL
