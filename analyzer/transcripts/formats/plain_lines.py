"""The lines of a plain or Markdown transcript, each with what it shows by itself: a name, a time, a heading, a list."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzer.transcripts.notation.column_titles import Columns, columns
from analyzer.transcripts.notation.names import Label, Shape, Sighting, Trusted, heads_no_speech, heads_speech, split_label, trust
from analyzer.transcripts.notation.stamps import Stamp, stamp_alone, stamp_before
from analyzer.transcripts.notation.words import ends_sentence

_EMPHASIS = re.compile(
    r"(?P<two>\*{2,3}|_{2,3})(?P<bold>.{1,90}?)(?P=two)"
    r"|(?P<one>[*_])(?P<thin>[^*_]{1,90}?)(?:(?<=[:\uff1a])(?P=one)|(?P=one)(?=\s*[:\uff1a(\[]))"
)
_LISTED = re.compile(r"(?:[-*+\u2022\u2023\u25e6]|\d{1,4}[.)])\s+")
_BULLETS = frozenset("-*+\u2022\u2023\u25e60123456789")
_TASK = re.compile(r"\[[ xX]\]\s")
_RULE = re.compile(r"[-*_=~\s]{3,}")
_TABLE_RULE = re.compile(r"[|:\-\s]+")
_HASHES = re.compile(r"#{1,6}(?=\s|$)")
_AROUND_TITLE = re.compile(r"^[^\w(]+|[^\w)]+$")
_LONGEST_TITLE = 80
_MOSTLY = 0.5
NEUTRAL = frozenset({"meeting", "topic", "topics", "subject", "title", "recording", "date", "duration", "location"})
"""Titles that say neither that the talk begins nor that something else does."""
PLAIN_LEVEL = 7
"""The level of a heading without `#`: below all that have some."""


class Heading(NamedTuple):
    """The words of a heading, in small letters, and its level: the number of its `#`."""

    words: str
    level: int


class Line(NamedTuple):
    """One line with words.

    `text` is without marks of quotation, `words` without a time before them. `opens`: an empty line, a heading or
    nothing stands before it; `after_sentence`: it opens, or a sentence ends before it. `listed`: it is an item of a
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
            opens = found[-1].heading is not None
        rows = _Rows() if rows.any else rows
    return found


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
    label = split_label(words)
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
    return Heading(title, PLAIN_LEVEL) if heads_no_speech(title) or heads_speech(title) else None


def is_note(text: str) -> bool:
    """Whether a line begins with a title of something other than speech, written as one: `Summary: ...`."""
    head, colon, _ = text[:_LONGEST_TITLE].partition(":")
    head = head.strip("*_ ")
    return bool(colon) and head[:1].isupper() and heads_no_speech(head)


class Names(NamedTuple):
    """The names that the lines use, and whether they stand in items of a list."""

    trusted: Trusted
    listed: bool

    def on(self, line: Line) -> str | None:
        """The name with which somebody begins to speak on a line; a list among lines without one is of something else."""
        label = line.label
        return label.name if label and label.name in self.trusted.names and (self.listed or not line.listed) else None


def names_in(lines: Sequence[Line]) -> Names:
    """The names in these lines, judged by the lines of talk: from a name on, up to a heading."""
    places: list[Line] = []
    headed = True
    for line in lines:
        headed = line.label is None and (headed or line.heading is not None)
        if not (headed or line.heading or line.unread or line.alone or is_note(line.text)):
            places.append(line)
    labelled = [line for line in places if line.label]
    listed = sum(line.listed for line in labelled) * 2 > len(labelled)
    if not listed:
        places = [line for line in places if not line.listed]
    seen = [Sighting(line.label, line.opens, line.after_sentence) for line in places if line.label]
    return Names(trust(seen, len(places), opening=bool(seen) and seen[0].opens), listed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How the lines are set out.

    `stamped`: turns come with times, so that a time without a name begins words of nobody known; `bare` is the number
    of colons in them where they stand without brackets. `talked`: the places of the headings, of anything but notes,
    below which somebody speaks before the next; `last_talk` is the last of them. `begins`: the names with which talk
    may begin below notes.
    """

    stamped: bool
    bare: int
    talked: frozenset[int]
    last_talk: int
    begins: frozenset[int]


def layout(lines: Sequence[Line], names: Names) -> Layout:
    """How lines with these names are set out."""
    talked: list[int] = []
    heading = -1
    named = [at for at, line in enumerate(lines) if names.on(line)]
    for at, line in enumerate(lines):
        if line.heading:
            heading = -1 if is_of_notes(line.heading) else at
        elif heading >= 0 and names.on(line):
            talked.append(heading)
            heading = -1
    begins = [at for at in named if lines[at].opens]
    if len(begins) * 2 <= len(named):  # turn below turn: a name in a paragraph of its own is no talk
        below = {at for at in named if not lines[at].opens}
        begins = [at for at in begins if at + 1 in below]
    return Layout(
        stamped=mostly_stamped(lines),
        bare=_colons(lines),
        talked=frozenset(talked),
        last_talk=max(talked, default=-1),
        begins=frozenset(begins),
    )


def is_of_notes(heading: Heading) -> bool:
    """Whether a heading is of something written about the talk, and not one of a field or of the talk itself."""
    return heads_no_speech(heading.words) and not heads_speech(heading.words) and heading.words not in NEUTRAL


def mostly_stamped(lines: Sequence[Line]) -> bool:
    """Whether most names come with a time."""
    times = [line.time for line in lines if line.label]
    return sum(time is not None for time in times) >= _MOSTLY * len(times)


def _colons(lines: Sequence[Line]) -> int:
    """The number of colons in the time before the first name that has one without brackets before it, else 0."""
    bare = (line.stamp for line in lines if line.label and line.stamp and not line.stamp.bracketed)
    return next((stamp.time.count(":") for stamp in bare), 0)
