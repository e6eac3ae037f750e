"""Stretches of a text: the words of it, names that stand in a row in it, and the text with stretches of it replaced."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import pairwise

BROKEN = re.compile(r"(?<=[^\W\d_])[-\u2010\u00ad][^\S\n]*\n[^\S\n]*(?=[^\W\d_])")  # a word that goes on in the next line
_WRITTEN_OUT = re.compile("([aou])e|(a)a")
_TOGETHER = re.compile(r"\.?\s{1,3}|[.\-\u2010\u2011_+]|,\s{1,2}|\s+[^\W\d_]\.?\s+|\s?/\s?")  # between the parts of one name
_MARKS = re.compile(r"[\W_]+")

Span = tuple[int, int]


def replaced(text: str, spans: Iterable[Span], by: str) -> str:
    """The text with each of these stretches, which are in order and apart, replaced."""
    pieces, done = [], 0
    for start, end in spans:
        pieces += [text[done:start], by]
        done = end
    return "".join((*pieces, text[done:]))


def placed(text: str) -> list[tuple[int, int, str]]:
    """The words of a text, each with where it begins and ends, and folded."""
    from analyzer.engines.llm.name_forms import fold, words_in

    return [(match.start(), match.end(), fold(match[0])) for match in words_in(text)]


def in_a_row(text: str, names: Collection[tuple[str, ...]]) -> Iterator[Span]:
    """Where one of these names stands as words in a row, whatever each of them means by itself; the last may have an s."""
    words = [(start, end, plain(word)) for start, end, word in placed(text)]
    free = 0
    for at in range(len(words)):
        here = next((run for name in names if at >= free and (run := _run_of(text, words[at : at + len(name)], name))), None)
        if here:
            free = at + len(here)
            yield here[0][0], here[-1][1]


def _run_of(text: str, words: list[tuple[int, int, str]], name: tuple[str, ...]) -> list[tuple[int, int, str]] | None:
    """These words, if they are the name and stand side by side."""
    said = tuple(word for *_, word in words)
    if said not in (name, (*name[:-1], f"{name[-1]}s")):
        return None
    gaps = (text[left[1] : right[0]] for left, right in pairwise(words))
    return words if all(_TOGETHER.fullmatch(gap) for gap in gaps) else None


def clusters(text: str, found: list[tuple[int, int, str]], last: str) -> Iterator[list[tuple[int, int, str]]]:
    """What stands side by side as one name does: each part once, and a comma only behind the surname."""
    cluster: list[tuple[int, int, str]] = []
    for one in found:
        if cluster:
            gap = text[cluster[-1][1] : one[0]]
            listed = "," in gap and (cluster[-1][2] != last or len(cluster) > 1)
            if listed or not _TOGETHER.fullmatch(gap) or one[2] in {part for *_, part in cluster}:
                yield cluster
                cluster = []
        cluster.append(one)
    if cluster:
        yield cluster


def apart(spans: Iterable[Span]) -> list[Span]:
    """What overlaps as one stretch, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def joined_up(text: str) -> tuple[str, Callable[[int], int]]:
    """The text with its broken words whole, and where a place in it stood before."""
    pieces, starts, sources, done, length = [], [0], [0], 0, 0
    for match in BROKEN.finditer(text):
        pieces.append(text[done : match.start()])
        length += match.start() - done
        done = match.end()
        starts.append(length)
        sources.append(done)

    def back(place: int) -> int:
        at = bisect_right(starts, place) - 1
        return sources[at] + place - starts[at]

    return "".join((*pieces, text[done:])), back


def plain(word: str) -> str:
    """The form in which ü, ue and u are the same, as is a word with and without marks in it."""
    from analyzer.engines.llm.name_forms import fold

    return _WRITTEN_OUT.sub(r"\1\2", _MARKS.sub("", fold(word)))
