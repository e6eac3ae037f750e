"""A page as plain text for tests: its words in reading order, one line each, as no format escapes or arranges them."""

from collections.abc import Iterator

from analyzer.model.brief import Brief
from analyzer.rendering import brief_page
from analyzer.rendering.pages import Block, Grid, Line, Page, Paragraph, Picture, Point, Points


def text_of(page: Page, *, detail: bool = True) -> str:
    """All that the page says; without `detail`, what stands on its first page."""
    return "\n".join(_page(page, detail=detail)) + "\n"


def brief_text(brief: Brief, *, detail: bool = True) -> str:
    """All that a brief says."""
    return text_of(brief_page.page(brief), detail=detail)


def section(brief: Brief, title: str) -> list[str]:
    """The lines of one section of a brief; empty where it has none of that title."""
    parts = brief_text(brief).split(f"\n## {title}\n")
    return parts[1].split("\n## ")[0].strip("\n").split("\n") if len(parts) > 1 else []


def words(line: Line) -> str:
    """The words of a line."""
    return "".join(span.text for span in line)


def _page(page: Page, *, detail: bool) -> Iterator[str]:
    yield f"# {page.title}"
    yield from map(words, page.lead)
    for part in page.sections:
        if detail or not part.detail:
            yield ""
            yield f"## {part.title}"
            for block in part.blocks:
                yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Paragraph():
            yield words(block.line)
        case Points():
            yield from _points(block.points, "", numbered=block.numbered)
        case Grid():
            yield from (" | ".join(map(words, row)) for row in block.rows)
        case Picture():
            yield f"({block.title}) {block.told}"


def _points(points: tuple[Point, ...], indent: str, *, numbered: bool) -> Iterator[str]:
    for number, point in enumerate(points, 1):
        yield f"{indent}{f'{number}.' if numbered else '-'} {words(point.line)}"
        yield from _points(point.below, indent + "  ", numbered=False)
