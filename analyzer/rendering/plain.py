"""Words of others as Markdown text.

They come out as the characters themselves, on one line, and never as a heading, a link, a picture, a table's edge, HTML
or a change of writing direction.
"""

import re
import unicodedata

from analyzer.model.documents import Quote
from analyzer.model.findings import Match
from analyzer.relationship.words import day

QUOTE_WORDS = 45  # of a longer quote the rest stands in its place, which the quote names
QUOTE_LETTERS = 400
NAME_LETTERS = 80

_MARKUP = re.compile(r"([\\`*_\[\]|~$])")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_LINE_START = re.compile(r"^(#|[-+=:]|\d+(?=[.)]))")
_AUTOLINK = re.compile(r"(?i)(://|\bwww\.)")
_JOINERS = "\u200c\u200d"  # Persian and emoji cannot be written without them


def plain(text: str) -> str:
    """Text that Markdown (CommonMark and GitHub's) shows as it is, on one line."""
    line = _MARKUP.sub(r"\\\1", " ".join("".join(map(_visible, text)).split()))
    line = _ENTITY.sub("&amp;", line).replace("<", "&lt;").replace(">", "&gt;")
    line = _AUTOLINK.sub(lambda m: f"\\{m[1]}" if m[1] == "://" else f"{m[1][:-1]}\\.", line)
    return _LINE_START.sub(lambda m: f"{m[1]}\\" if m[1].isdigit() else f"\\{m[1]}", line)


def _visible(character: str) -> str:
    """The character, a space for one that would break the line, nothing for one that is not seen (bidi marks, controls)."""
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp") or character in "\t\n\r\v\f\x85":
        return " "
    return "" if kind in ("Cc", "Cf", "Cs") and character not in _JOINERS else character


def cut(text: str, words: int = QUOTE_WORDS) -> str:
    """The text, with `[…]` for what goes beyond so many words."""
    kept = " ".join(text.split()[:words])[:QUOTE_LETTERS]
    return plain(text) if len(kept) >= len(" ".join(text.split())) else f"{plain(kept)} […]"


def name(called: str) -> str:
    """A name or another short text, never longer than a line can bear."""
    return plain(called if len(called) <= NAME_LETTERS else f"{called[:NAME_LETTERS]}…")


def code(slug: str) -> str:
    """A slug as it may stand between backticks."""
    return "".join(c for c in slug if c.isalnum() or c in "-_.")


def quoted(quote: Quote, words: int = QUOTE_WORDS) -> str:
    """Words in quotation marks, who said them when, and their place."""
    roughly = ", words matched roughly" if quote.match is Match.FUZZY else ""
    return f"“{cut(quote.text, words)}” {name(quote.speaker)}, {day(quote.date)} ({place(quote)}{roughly})"


def place(quote: Quote) -> str:
    """Where words stand, as `analyzer show` takes it."""
    return f"`{code(quote.slug)}` turn {quote.turn}"
