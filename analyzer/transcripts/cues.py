"""The blocks of timed captions, WebVTT and SRT alike: times, lines, who speaks, and what belongs to no cue.

One tolerant reader serves both formats, for they differ in little more than the comma, and files in the wild mix even
that.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.names import Sighting, mostly_named, split_label, trust

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?:\s.*)?")
_CUE_ID = re.compile(r"[0-9a-fA-F]{8}-[0-9a-fA-F-]{20,}(?:/[\w-]+)?")
_LONGEST_ID = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One cue as it stands in the file: seconds and lines."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One cue of one speaker. Times are seconds, or None where the file gives none."""

    speaker: str
    lines: tuple[str, ...]
    start: float | None
    end: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """The cues of a file in the order of their times, and what stood between them: comments, and lines without a time.

    `moved` counts the cues that stood after one with a later time.
    """

    blocks: tuple[Block, ...]
    notes: tuple[str, ...]
    stray: tuple[str, ...]
    moved: int


def is_times(line: str) -> bool:
    """Whether a line gives the two times of a cue."""
    return "-->" in line and _TIMES.fullmatch(line) is not None


def read_blocks(lines: Sequence[str], *, comments: tuple[str, ...] = ()) -> Blocks:
    """The cues in these lines; `comments` are the words that begin a block of no speech (NOTE, STYLE)."""
    reader = _BlockReader(comments)
    for at, line in enumerate(lines):
        reader.take(line, next_is_times=at + 1 < len(lines) and is_times(lines[at + 1]))
    found = reader.blocks()
    moved = sum(b.start < a.start for a, b in pairwise(found))
    ordered = sorted(found, key=lambda b: b.start) if moved else found
    return Blocks(blocks=tuple(ordered), notes=tuple(reader.notes), stray=tuple(reader.stray), moved=moved)


class _BlockReader:
    """Reads line by line, remembering only whether a cue or a comment is open."""

    def __init__(self, comments: tuple[str, ...]) -> None:
        self.notes: list[str] = []
        self.stray: list[str] = []
        self._found: list[tuple[float, float, list[str]]] = []
        self._comment = re.compile(rf"(?:{'|'.join(comments)})(?:\s|$)") if comments else None
        self._in_comment = False
        self._in_cue = False
        self._after_blank = True
        self._last_id = 0

    def blocks(self) -> list[Block]:
        return [Block(start=start, end=max(start, end), lines=tuple(lines)) for start, end, lines in self._found if lines]

    def take(self, line: str, *, next_is_times: bool) -> None:
        if "-->" in line and (times := _TIMES.fullmatch(line)):
            self._found.append((_seconds(times.groups()[:4]), _seconds(times.groups()[4:]), []))
            self._in_cue, self._in_comment, self._after_blank = True, False, False
        elif line.strip():
            self._words(line, next_is_times=next_is_times)
            self._after_blank = False
        else:
            self._in_cue = self._in_cue and not self._found[-1][2]  # some programs leave a line between times and words
            self._in_comment = False
            self._after_blank = True

    def _words(self, line: str, *, next_is_times: bool) -> None:
        if self._in_comment or (self._after_blank and self._comment is not None and self._comment.match(line)):
            self._in_comment = True
            self.notes.append(line)
        elif next_is_times and self._is_id(line.strip()):
            self._last_id = int(line) if _is_count(line.strip()) else self._last_id
        elif self._in_cue:
            self._found[-1][2].append(line)
        else:
            self.stray.append(line)

    def _is_id(self, line: str) -> bool:
        """After an empty line anything is an id; some programs leave that line out, and then only a plain id is one."""
        if self._after_blank or not self._in_cue or _CUE_ID.fullmatch(line):
            return True
        return _is_count(line) and int(line) == self._last_id + 1


def _is_count(line: str) -> bool:
    return line.isdecimal() and len(line) < _LONGEST_ID


def _seconds(parts: Sequence[str | None]) -> float:
    hours, minutes, seconds, fraction = parts
    return round(int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(f"{int(seconds or 0)}.{fraction or 0}"), 3)


def named_by_labels(blocks: Iterable[Block]) -> tuple[list[Cue], float]:
    """Cues whose speakers stand in the text as `Name: words`, and the share of cues that carry a name.

    Where most cues carry one, a cue without has no known speaker; where names come only when the speaker changes, it
    goes on with the speaker before it.
    """
    filled = [replace(block, lines=lines) for block in blocks if (lines := tuple(ln for ln in block.lines if ln.strip()))]
    labels = [split_label(block.lines[0].strip()) for block in filled]
    seen = [Sighting(label, opens=True) for label in labels if label]
    trusted = trust(seen, len(filled), opening=bool(labels) and labels[0] is not None)
    cues: list[Cue] = []
    speaker = UNATTRIBUTED
    for block in filled:
        for name, lines in _parts(block, trusted.names):
            if name is not None:
                speaker = name
            elif mostly_named(trusted):
                speaker = UNATTRIBUTED
            cues.append(Cue(speaker=speaker, lines=lines, start=block.start, end=block.end))
    return cues, trusted.share


def _parts(block: Block, names: frozenset[str]) -> list[tuple[str | None, tuple[str, ...]]]:
    """A cue's lines by speaker; None where its first lines carry no name. Names are those known from the starts of cues."""
    parts: list[tuple[str | None, list[str]]] = []
    for line in block.lines:
        label = split_label(line.strip())
        if label is not None and label.name in names:
            parts.append((label.name, [label.rest]))
        elif parts:
            parts[-1][1].append(line)
        else:
            parts.append((None, [line]))
    return [(name, tuple(lines)) for name, lines in parts]
