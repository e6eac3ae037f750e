"""How much of what was said stands in a document: long quotes and names are cut where everybody sees it."""

import re

QUOTE_WORDS = 45  # of a longer quote the rest stands in its place, which the quote names
SHORT_WORDS = 20  # of advice, openings and what is only context, beside which their places stand
QUOTE_LETTERS = 400
NAME_LETTERS = 80


def cut(text: str, words: int = QUOTE_WORDS) -> str:
    """The text on one line, with `[…]` for what goes beyond so many words."""
    told = " ".join(text.split())
    kept = " ".join(told.split()[:words])[:QUOTE_LETTERS]
    return told if len(kept) >= len(told) else f"{kept} […]"


def whole_sentences(text: str, words: int) -> str:
    """The first sentences of our own words that fit into so many; where not even one does, it is cut where everybody sees it."""
    told = " ".join(text.split())
    ends = [end.start() for end in re.finditer(r"(?<=[.!?])(?= |$)", told)]
    return max((told[:end] for end in ends if len(told[:end].split()) <= words), key=len, default="") or cut(told, words)


def short_name(called: str) -> str:
    """A name or another short text, never longer than a line can bear."""
    return called if len(called) <= NAME_LETTERS else f"{called[:NAME_LETTERS]}…"
