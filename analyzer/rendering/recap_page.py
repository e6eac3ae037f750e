"""The mail after a talk in words, once for every format."""

from collections.abc import Iterable

from analyzer.model.agenda import OpenPromise, Recap, SaidThere
from analyzer.relationship.words import day
from analyzer.rendering.agenda_page import promised
from analyzer.rendering.lengths import cut, short_name
from analyzer.rendering.pages import Line, Page, Paragraph, Point, Points, Section, line

_NONE_DECIDED = "Nothing was decided in so many words. If you remember it otherwise, please tell me."
_NONE_PROMISED = "I found nothing that anybody took on in so many words. If you took something on, please tell me."


def page(document: Recap) -> Page:
    """The recap as a page, for those who were there."""
    between = " and ".join(short_name(side) for side in (document.client, document.practice) if side)
    with_whom = f" ({between})" if between else ""
    sections = [_section("Decided", map(_said, document.decided), _NONE_DECIDED)]
    if document.promises is not None:
        sections.append(_section("Who does what by when", map(_promised, document.promises), _NONE_PROMISED))
    if document.questions:
        sections.append(_section("Still open", map(_said, document.questions), ""))
    return Page(
        title=f"After our talk on {day(document.date)}",
        lead=(
            line(f"For those who were there: {', '.join(map(short_name, document.people))}{with_whom}."),
            line("This is what was said, as I have it. Please put right what you remember otherwise."),
        ),
        sections=tuple(sections),
        private=False,
    )


def _promised(promise: OpenPromise) -> Line:
    return line(promised(promise))


def _said(words: SaidThere) -> Line:
    agreed = f"; {short_name(words.agreed)} agreed" if words.agreed else ""
    told = cut(words.text)
    told = f"{told[:1].upper()}{told[1:]}" if words.worded else f"“{told}”"
    return line(f"{told} ({short_name(words.speaker)}{agreed})")


def _section(title: str, lines: Iterable[Line], none: str) -> Section:
    points = tuple(map(Point, lines))
    return Section(title=title, blocks=(Points(points=points),) if points else (Paragraph(line(none)),))
