"""A page as Markdown; whatever was said, named or written by somebody goes through `plain`."""

from collections.abc import Iterator
from itertools import groupby

from analyzer.rendering.pages import (
    PRIVATE,
    Block,
    Grid,
    Line,
    Page,
    Paragraph,
    Picture,
    Point,
    Points,
    Section,
    Span,
)
from analyzer.rendering.plain import beside, code, plain
from analyzer.rendering.seen import seen

_INDENT = {False: "  ", True: "   "}  # below a point, and below a numbered one


def page(document: Page) -> str:
    """The page as CommonMark with GitHub's tables; pictures are told in words."""
    parts = [_heading("#", document.title), *([PRIVATE] if document.private else [])]
    parts += [_line(told) for told in document.lead]
    for section in document.sections:
        parts += _section(section)
    return "\n\n".join(part for part in parts if part) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield _heading("##", section.title)
    for block in section.blocks:
        yield _block(block)


def _heading(mark: str, title: str) -> str:
    """Behind the mark no list begins; a `#` at the end would be taken for a part of it."""
    words = plain(title, begins=False)
    return f"{mark} {words[:-1]}\\#" if words.endswith("#") else f"{mark} {words}"


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _line(block.line)
        case Points():
            return "\n".join(_points(block.points, "", numbered=block.numbered))
        case Grid():
            return _grid(block)
        case Picture():
            return f"**{plain(block.title)}.** {plain(block.told)}"


def _points(points: tuple[Point, ...], indent: str, *, numbered: bool) -> Iterator[str]:
    for number, point in enumerate(points, 1):
        yield f"{indent}{f'{number}.' if numbered else '-'} {_line(point.line)}"
        yield from _points(point.below, indent + _INDENT[numbered], numbered=False)


def _grid(grid: Grid) -> str:
    caption = f"**{plain(grid.caption)}**\n\n" if grid.caption else ""
    header = " | ".join(map(plain, grid.header))
    rules = " | ".join("---" for _ in grid.header)
    rows = (" | ".join(_line(cell, in_table=True) for cell in row) for row in grid.rows)
    return caption + "\n".join(f"| {row} |" for row in (header, rules, *rows))


def _line(spans: Line, *, in_table: bool = False) -> str:
    """Spans of the same kind are one text: what stands at the seam of two could be markup that neither is."""
    together = groupby(spans, key=lambda span: (span.strong, span.place, span.code))
    told = ""
    for kind, some in together:
        span = Span("".join(s.text for s in some), *kind)
        told = beside(told, _span(span, in_table=in_table, begins=not told.strip()))
    return told.strip()


def _span(span: Span, *, in_table: bool, begins: bool) -> str:
    if span.place:
        return f"`{code(span.place.slug)}`" + ("" if span.place.turn is None else f" turn {span.place.turn}")
    text = seen(span.text)
    words = plain(text, begins=begins)
    if not words:
        return " " if text else ""
    if span.code and not in_table and "`" not in text:
        words = f"`{text.strip()}`"
    elif span.strong:
        words = f"**{plain(text, begins=False)}**"
    return f"{' ' if text[0] == ' ' else ''}{words}{' ' if text[-1] == ' ' else ''}"
