"""The blocks of timed captions, WebVTT and SRT alike: times, lines, and what belongs to no cue.

One tolerant reader serves both formats, for they differ in little more than the comma, and files in the wild mix even
that.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_CUE_ID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}(?:/[\w-]+)?|\d+ \".*\" \(\d+\)")
_NO_WORDS = re.compile(r"(?=.*\d)[\x21-\x7e]+")
_LONGEST_ID = 10
_NEARLY_ALL = 0.9
_FAR = 60.0  # seconds back: less is a track of its own for each speaker


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One cue as it stands in the file: seconds, lines, and its id, empty where it has none."""

    start: float
    end: float
    lines: tuple[str, ...]
    id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One cue of one speaker. Times are seconds, or None where the file gives none."""

    speaker: str
    lines: tuple[str, ...]
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The cues of a file in its order, and what stood between them: comments, and lines without a time.

    `titles` counts the ids that people wrote for cues, in words.
    """

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    stray: tuple[str, ...]
    titles: int


def is_times(line: str) -> bool:
    """Whether a line gives the two times of a cue."""
    return "-->" in line and _TIMES.fullmatch(line) is not None


def start_in(line: str) -> float | None:
    """The second at which a cue begins, in the line of its times; None in any other line."""
    match = _TIMES.fullmatch(line) if "-->" in line else None
    return _seconds(*match.group(1, 2, 3, 4)) if match else None


def in_order(blocks: Sequence[Block]) -> tuple[Sequence[Block], int]:
    """The cues in the order of their times, and how many stood after one with a later time.

    Where the times fall back far, none is moved: no cue stands so far from its place.
    """
    back = [a.start - b.start for a, b in pairwise(blocks) if b.start < a.start]
    if not back or max(back) >= _FAR:
        return blocks, 0
    return sorted(blocks, key=lambda b: b.start), len(back)


def read_blocks(lines: Sequence[str], *, comments: tuple[str, ...] = (), free_ids: bool = False) -> Blocks:
    """The cues in these lines.

    `comments` are the words that begin a block of no speech (NOTE, STYLE); `free_ids` says that the line directly above
    the times, after an empty one, is no speech whatever it says. Otherwise it is, unless nearly all cues have such a line.
    """
    timed = [(at, match) for at, line in enumerate(lines) if "-->" in line and (match := _TIMES.fullmatch(line))]
    ends = [at for at, _ in timed] + [len(lines)]
    reader = _Reader(re.compile(rf"(?:{'|'.join(comments)})(?:\s|$)") if comments else None, free_ids=free_ids)
    reader.above(lines[: ends[0]], followed=bool(timed))
    blocks = []
    for (at, match), end in zip(timed, ends[1:], strict=True):
        own_id = reader.id_of_next
        if words := reader.cue(lines[at + 1 : end], followed=end < len(lines)):
            start, stop = _seconds(*match.group(1, 2, 3, 4)), _seconds(*match.group(5, 6, 7, 8))
            blocks.append(Block(start=start, end=max(start, stop), lines=words, id=own_id))
    titled = free_ids or len(reader.named) >= _NEARLY_ALL * len(blocks)
    return Blocks(
        blocks=tuple(blocks),
        notes=tuple(reader.notes),
        stray=(*reader.stray, *(() if titled else reader.named)),
        titles=len(reader.named) if titled else 0,
    )


def _seconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> float:
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return round(whole + int(fraction) / 10 ** len(fraction), 3) if fraction else float(whole)


@dataclass(slots=True)
class _Reader:
    """Takes apart what stands between two lines of times.

    `named` are ids that read like words.
    """

    comment: re.Pattern[str] | None
    free_ids: bool
    notes: list[str] = field(default_factory=list)
    stray: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    id_of_next: str = ""
    last_number: int = 0

    def above(self, lines: Sequence[str], *, followed: bool) -> None:
        """What stands above the first cue."""
        parts = _parts(lines)
        if followed and parts:
            self._take_id(parts, alone=len(parts[-1]) == 1, directly=bool(lines[-1].strip()))
        self._between(parts)

    def cue(self, lines: Sequence[str], *, followed: bool) -> tuple[str, ...]:
        """The words that stand below the times of a cue; `followed` says that the times of another come after."""
        parts = _parts(lines)
        self.id_of_next = ""
        if followed and parts:
            directly = bool(lines[-1].strip())
            empty = not lines[0].strip() and ((self.free_ids and directly) or _NO_WORDS.fullmatch(parts[0][-1]) is not None)
            self._take_id(parts, alone=(empty or len(parts) > 1) and len(parts[-1]) == 1, directly=directly)
        comment = parts and not lines[0].strip() and self._is_comment(parts[0])
        words = () if not parts or comment else tuple(parts.pop(0))
        self._between(parts)
        return words

    def _take_id(self, parts: list[list[str]], *, alone: bool, directly: bool) -> None:
        """After an empty line anything is an id; some programs leave that line out, and then only a plain id is one.

        Words are one only directly above the times.
        """
        if self._is_comment(parts[-1]):
            return
        line = parts[-1][-1].strip()
        known = _CUE_ID.fullmatch(line) is not None
        digits = line.partition(" ")[0] if known else line
        number = int(digits) if digits.isdecimal() and len(digits) < _LONGEST_ID else None
        plain = known or number == self.last_number + 1
        worded = not plain and _NO_WORDS.fullmatch(line) is None
        if not plain and (not alone or (worded and not directly)):
            return
        self.last_number = self.last_number if number is None else number
        if worded:
            self.named.append(line)
        self.id_of_next = line
        parts[-1].pop()
        if not parts[-1]:
            parts.pop()

    def _between(self, parts: Sequence[list[str]]) -> None:
        styled = 0  # brackets that a style has open: an empty line does not end it
        for part in parts:
            if styled > 0 or self._is_comment(part):
                self.notes.extend(part)
                styled += sum(line.count("{") - line.count("}") for line in part)
            else:
                self.stray.extend(part)

    def _is_comment(self, part: Sequence[str]) -> bool:
        return self.comment is not None and self.comment.match(part[0]) is not None


def _parts(lines: Sequence[str]) -> list[list[str]]:
    """The lines with words, parted where there are lines without."""
    parts: list[list[str]] = []
    parted = True
    for line in lines:
        if not line or line.isspace():
            parted = True
        elif parted:
            parts.append([line])
            parted = False
        else:
            parts[-1].append(line)
    return parts
