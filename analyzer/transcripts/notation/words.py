"""Counting and joining words of any script."""

import re
import unicodedata
from collections.abc import Sequence

# Han, kana and their punctuation: written without spaces, so neither split() nor a joining space fits them.
UNSPACED = r"\u2e80-\u9fff\uf900-\ufaff\uff01-\uff9f"
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]+")
_UNSPACED_FROM = "\u2e80"
_GAP_IN_UNSPACED = re.compile(f"(?<=[{UNSPACED}])\n(?=[{UNSPACED}])")
# C0 and C1 controls, bidirectional marks, embeddings, overrides and isolates, zero-width space, byte order mark,
# invisible tags, and halves of surrogate pairs, which no UTF-8 store can hold.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)

_SENTENCE_END = re.compile(r"[.!?\u2026\u3002\uff01\uff1f\u061f\u0964][\"'\u201d\u2019)\]]*$")
_LONGEST_END = 40  # characters of spaces, quotes and brackets after the last mark


def count(text: str) -> int:
    """How many words a text has; two characters of a script without spaces count as one word."""
    unspaced = 0 if text.isascii() else sum(len(run) for run in _UNSPACED_RUN.findall(text))
    if not unspaced:
        return len(text.split())
    return len(_UNSPACED_RUN.sub(" ", text).split()) + (unspaced + 1) // 2


def visible(text: str) -> int:
    """How many characters a text has, spaces not counted."""
    return sum(map(len, text.split()))


def flow(lines: Sequence[str]) -> str:
    """Lines of one stretch of speech as one line: single spaces, none within a script that has none."""
    if len(lines) == 1:
        return " ".join(lines[0].split())
    joined = "\n".join([stripped for line in lines if (stripped := line.strip())])
    return " ".join((joined if joined.isascii() else _GAP_IN_UNSPACED.sub("", joined)).split())


def between(before: str, after: str) -> str:
    """What stands between two stretches of words on one line: a space, or nothing within a script that has none."""
    if before[-1] < _UNSPACED_FROM or after[0] < _UNSPACED_FROM:
        return " "
    return "" if _GAP_IN_UNSPACED.search(f"{before[-1]}\n{after[0]}") else " "


def scrub(text: str) -> tuple[str, int]:
    """The text in composed form without control characters and bidirectional overrides, and how many there were.

    A control that separates lines or fields becomes a space, so that it does not glue two words.
    """
    if text.isascii() and text.isprintable():
        return text, 0
    clean, removed = _INVISIBLE.subn(lambda m: " " if m.group().isspace() else "", text)
    return unicodedata.normalize("NFC", clean), removed


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence ends."""
    return _SENTENCE_END.search(text[-_LONGEST_END:].rstrip()) is not None
