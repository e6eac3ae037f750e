"""Quotes in a document: the words, who said them when, the place that opens them, and whether all of them heard it."""

from analyzer.model.brief_parts import Quote, Spoken
from analyzer.model.findings import Match
from analyzer.relationship.words import day
from analyzer.rendering.lengths import QUOTE_WORDS, SHORT_WORDS, cut, short_name
from analyzer.rendering.pages import Line, Place, Point, Span, line

MOST_NAMES = 3


def place(quote: Quote) -> Span:
    """Where words stand, by the names that `analyzer show` takes."""
    return opens(quote.slug, quote.turn)


def opens(slug: str, turn: int) -> Span:
    """A turn of a meeting, by the names that `analyzer show` takes."""
    return Span(f"{slug} turn {turn}", place=Place(slug=slug, turn=turn))


def meeting(slug: str) -> Span:
    """A meeting as a whole, which opens at its beginning."""
    return Span(slug, place=Place(slug=slug))


def placed(quote: Quote) -> Line:
    """The place in brackets, with a mark where not all of their people heard the words."""
    return line(" (", place(quote), ")", aside(quote))


def quoted(quote: Quote, words: int = QUOTE_WORDS) -> Line:
    """Words in quotation marks, who said them when, and their place."""
    roughly = ", words matched roughly" if quote.match is Match.FUZZY else ""
    said = f"“{cut(quote.text, words)}” {short_name(quote.speaker)}, {day(quote.date)} ("
    return line(said, place(quote), f"{roughly})", aside(quote))


def aside(quote: Quote) -> str:
    """`[said 1:1, Dawn]`: a mark on what was said to one of their people alone, or in confidence; empty on anything else."""
    if not quote.aside and not quote.confidential:
        return ""
    names = [short_name(name) for name in quote.aside[:MOST_NAMES]]
    more = len(quote.aside) - len(names)
    heard_by = ", ".join((*names, f"{more} more") if more else names)
    how = "in confidence" if quote.confidential else "1:1"
    return f" [said {how}, {heard_by}]" if heard_by else f" [said {how}]"


def leading_up(before: tuple[Spoken, ...]) -> tuple[Point, ...]:
    """The turns before a quote, for who wants to hear what it answered."""
    return tuple(Point(line(f"before it, {short_name(said.speaker)}: “{cut(said.text, SHORT_WORDS)}”")) for said in before)
