"""Lines on pages as running text: paragraphs put together, and what repeats at the edges of the pages taken out.

A PDF knows no paragraphs, only where each line stands. Lines that follow at the usual distance and fill the width are one
paragraph; a wider distance begins a new one, so that a heading such as `Summary` stands alone, as formats know it. What
stands at the same place on most pages, or counts them, is the page's own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzer.transcripts.notation.clock import CLOCK
from analyzer.transcripts.notation.names import Shape, shape, split_label

_PAGE_NUMBER = re.compile(r"(?:\D{0,12}\s)?[-\u2013(]?\s*\d{1,4}\s*(?:(?:/|of|von|de|sur|di|van|av)\s*\d{1,4})?\s*[-\u2013)]?")
_DIGITS = re.compile(r"\d+")
_STARTS_ANEW = re.compile(rf"\s*(?:[#\u2022*\u25cf\u25aa-]\s|[\[(]?{CLOCK})")
_ENDS_WITH_TIME = re.compile(rf"\s[\[(]?{CLOCK}[\])]?\s*$")
_TIME = re.compile(CLOCK)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_EDGE_LINES = 3
_MOST = 0.4  # share of the pages: the left ones and the right ones may differ, and the first have none
_NEARLY_ALL = 0.8
_SEVERAL = 3
_SMALLER = 0.95  # of the size of letters, below which they are smaller than others
_SAME_PLACE = 3.0  # points
_SMALLEST_LEADING = 4.0  # points; what stands closer is a raised number
_GAP = 1.25  # times the usual distance of lines, from which on a new paragraph begins
_RARE = 0.05
_FULL = 0.8  # share of the longest line that a line and the next word must fill, for the next to be its continuation


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of text with its height on the page, in points from below, and the size of its letters.

    `in_margin`: it stands where headers and footers do. `cells` are its pieces, each with its place from the left.
    """

    text: str
    y: float
    size: float
    in_margin: bool
    cells: tuple[tuple[float, str], ...] = ()


def text_of(bare: Sequence[Sequence[Line]]) -> str:
    """The text of pages that have nothing of their own any more, with an empty line between paragraphs."""
    leading = _leading(bare)
    longest = max((len(line.text) for page in bare for line in page), default=0)
    vocabulary = frozenset(word for page in bare for line in page for word in _WORD.findall(line.text.casefold()))
    runs: list[list[str]] = []
    last = ""
    for page in bare:
        before: Line | None = None
        for line in page:
            if before is not None and leading and not 0 < before.y - line.y <= _GAP * leading:
                runs.extend(([], [line.text]))
            elif last and _goes_on(last, line.text, longest):
                _append(runs[-1], line.text.lstrip(), vocabulary)
            else:
                runs.append([line.text])
            before, last = line, line.text
    return "\n".join(map("".join, runs)).translate(_LIGATURES)


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance of two lines of one paragraph, in points; 0 where the file does not tell."""
    gaps = Counter(round((a.y - b.y) * 2) / 2 for page in pages for a, b in pairwise(page) if a.y - b.y > _SMALLEST_LEADING)
    usual = [gap for gap, times in gaps.items() if times >= _RARE * gaps.total()]
    return min(usual, default=0.0)


def _goes_on(before: str, line: str, longest: int) -> bool:
    """Whether a line is the rest of the one before: that one was full, and this one begins nothing of its own."""
    if _ENDS_WITH_TIME.search(before) or _STARTS_ANEW.match(line):
        return False
    label = split_label(line.strip())
    if label is not None and label.shape is Shape.NAME:
        return False
    return len(before) + 1 + len(line.split(maxsplit=1)[0]) >= _FULL * longest


def _append(run: list[str], line: str, vocabulary: frozenset[str]) -> None:
    """A line put at the end of those before it.

    A hyphen at the end stays, as in `client-facing`, unless the file has the word without it elsewhere.
    """
    before = run[-1]
    if before.endswith("\u00ad"):
        run[-1] = before[:-1]
    elif before.endswith("-") and before[-2:-1].isalpha() and line[:1].islower():
        first, last = _WORD.findall(before.casefold())[-1], _WORD.findall(line.casefold())[0]
        if first + last in vocabulary and f"{first}-{last}" not in vocabulary:
            run[-1] = before[:-1]
    else:
        run.append(" ")
    run.append(line)


def speech_alone(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without the lines in their margins that are the pages' own.

    These stand on most pages, or count them, or stand once in letters smaller than any of the talk; but above all of it, on
    the first page, may stand the meeting's date.
    """
    leading = _leading(pages)
    places = Counter(key for page in pages for key in {_key(line) for line in page if line.in_margin})
    first = next((line for page in pages for line in page), None)
    smallest = min((line.size for page in pages for line in page if not line.in_margin), default=0.0)

    def is_pages_own(line: Line, number: int) -> bool:
        if _may_be_speech(line):
            return places[_key(line)] >= max(_SEVERAL, _NEARLY_ALL * len(pages))
        repeats = places[_key(line)] >= max(2, _MOST * len(pages))
        small = line.size < _SMALLER * smallest and not _may_head_speech(line)
        return repeats or _counts(line.text, number) or (small and line is not first)

    bare = []
    for number, page in enumerate(pages, start=1):
        own: set[int] = set()
        for edge in _edges(page):
            for group in _apart(edge, leading):
                if not all(line.in_margin and is_pages_own(line, number) for line in group):
                    break
                own.update(map(id, group))
        bare.append([line for line in page if id(line) not in own])
    return bare


def drawn_apart(bare: Sequence[Sequence[Line]]) -> int:
    """How many lines in margins are drawn after those below them, or before those above, on pages otherwise in order.

    They may be the page's own and no speech.
    """
    odd = 0
    for page in bare:
        if _is_in_order(page):
            continue
        inner = [line for line in page if not line.in_margin]
        first, last = (page.index(inner[0]), page.index(inner[-1])) if inner else (0, len(page))
        out = [
            line
            for at, line in enumerate(page)
            if line.in_margin and ((at > last and line.y > inner[0].y) or (at < first and line.y < inner[-1].y))
        ]
        if _is_in_order([line for line in page if line not in out]):
            odd += len(out)
    return odd


def _is_in_order(lines: Sequence[Line]) -> bool:
    return all(after.y <= before.y + _SAME_PLACE for before, after in pairwise(lines))


def _may_head_speech(line: Line) -> bool:
    """Whether a line may be the header of a turn: a name or a time, which programs write small."""
    words = line.text.strip()
    return _TIME.search(words) is not None or shape(words) is Shape.NAME


def _edges(page: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The highest and the lowest lines of a page from the edge inward, with one more to measure the distance to."""
    ordered = sorted(page, key=lambda line: -line.y)
    return ordered[: _EDGE_LINES + 1], ordered[: -_EDGE_LINES - 2 : -1]


def _key(line: Line) -> tuple[int, str]:
    """A line's place and words. Numbers count up from page to page; but a time may be that of a turn, so it must be the same."""
    words = line.text.strip()
    return round(line.y / _SAME_PLACE), words if _TIME.search(words) else _DIGITS.sub("#", words)


def _apart(edge: Sequence[Line], leading: float) -> Iterator[Sequence[Line]]:
    """The groups of lines at an edge that stand apart from the next: speech runs on there, a page's own lines do not."""
    first = 0
    for at, line in enumerate(edge[:_EDGE_LINES], start=1):
        if at == len(edge) or (leading > 0 and abs(edge[at].y - line.y) > _GAP * leading):
            yield edge[first:at]
            first = at


def _counts(text: str, number: int) -> bool:
    """Whether a line is the number of its page: `7`, `Page 7 of 12`, `- 7 -`."""
    return _PAGE_NUMBER.fullmatch(text.strip()) is not None and int(_DIGITS.findall(text)[0]) == number


def _may_be_speech(line: Line) -> bool:
    label = split_label(line.text.strip())
    return label is not None and label.shape is Shape.NAME
