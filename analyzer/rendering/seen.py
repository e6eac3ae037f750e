"""Text of others as every format can hold it: on one line, without what is not seen or no document may hold."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_JOINERS = "\u200c\u200d"  # Persian and emoji cannot be written without them
_NO_CHARACTER = 0xFFFE  # the last two code points of each plane


def seen(text: str) -> str:
    """The text on one line; no controls, no marks that turn the direction of writing, nothing that XML forbids.

    A space at its beginning or end is kept, since the words of a line may be given in pieces.
    """
    kept = "".join(map(_visible, text))
    line = " ".join(kept.split())
    if not line:
        return " " if kept else ""
    return f"{' ' if kept[0].isspace() else ''}{line}{' ' if kept[-1].isspace() else ''}"


def read_both_ways(blocks: Iterable[Sequence[str]]) -> Iterator[str]:
    """Each block of text that is given in pieces, and once more with its pieces apart where that makes other words."""
    for pieces in blocks:
        joined, apart = "".join(pieces), " ".join(pieces)
        if joined.strip():
            yield joined.strip()
        if joined.split() != apart.split():
            yield apart.strip()


def _visible(character: str) -> str:
    """The character, a space for one that would break the line, nothing for one that is not seen (bidi marks, controls)."""
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp") or character in "\t\n\r\v\f\x85":
        return " "
    if kind in ("Cc", "Cf", "Cs") and character not in _JOINERS:
        return ""
    return "" if ord(character) & _NO_CHARACTER == _NO_CHARACTER else character
