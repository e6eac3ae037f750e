"""A page on the terminal: bold headings, lists set in as far as they go, places dim; no mark of any markup.

Whatever was said, named or written by somebody comes out as its characters on a line; nothing that commands a terminal or
turns the direction of writing is left.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from analyzer.rendering.pages import PRIVATE, Block, Grid, Line, Page, Paragraph, Picture, Point, Points, Section
from analyzer.rendering.seen import seen

WIDEST = 100  # columns; longer lines are hard to follow
NARROWEST = 20  # columns that are left to the words, however far they are set in
_BULLET = "•"
_HEADING, _PLACE, _TYPED = "bold", "dim", "cyan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the document behind its `mark`; what does not fit on it goes on below its words, not below the mark."""

    words: Text
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A document as a terminal shows it: broken into lines only when it is printed, as wide as the console then is."""

    rows: tuple[Row, ...]

    @property
    def text(self) -> str:
        """All that will be seen, each row on a line."""
        return "\n".join(f"{row.mark}{row.words.plain}" for row in self.rows)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for row in self.rows:
            mark = row.mark if len(row.mark) + NARROWEST <= options.max_width else row.mark.lstrip()
            room = max(1, min(WIDEST, options.max_width) - len(mark))
            for line in row.words.wrap(console, room, overflow="fold") or (Text(),):
                line.rstrip()
                yield Text(mark) + line
                mark = " " * len(mark)


def page(document: Page) -> Drawn:
    """The page; pictures are told in words."""
    groups = [[Row(words=Text(seen(document.title).strip(), style=_HEADING))]]
    if document.private:
        groups[0].append(Row(words=Text(PRIVATE, style=_PLACE)))
    groups.append([Row(words=_line(told)) for told in document.lead])
    groups += [group for section in document.sections for group in _section(section)]
    return Drawn(tuple(_apart(group for group in groups if group)))


def as_written(text: str) -> Drawn:
    """What a person wrote, line for line as they wrote it."""
    return Drawn(tuple(map(_own, text.expandtabs().splitlines())))


def _own(line: str) -> Row:
    words = line.lstrip(" ")
    return Row(words=Text(seen(words).strip()), mark=" " * (len(line) - len(words)))


def _apart(groups: Iterable[list[Row]]) -> Iterator[Row]:
    for number, group in enumerate(groups):
        if number:
            yield Row(words=Text())
        yield from group


def _section(section: Section) -> Iterator[list[Row]]:
    """Blocks stand apart; the first stands directly below the heading."""
    head = [Row(words=Text(seen(section.title).strip(), style=_HEADING))]
    for block in section.blocks:
        yield [*head, *_block(block)]
        head = []
    if head:
        yield head


def _block(block: Block) -> Iterator[Row]:
    match block:
        case Paragraph():
            yield Row(words=_line(block.line))
        case Points():
            yield from _points(block.points, "", numbered=block.numbered)
        case Grid():
            yield from _grid(block)
        case Picture():
            title = Text(f"{seen(block.title).strip()}.", style=_HEADING)
            yield Row(words=Text.assemble(title, " ", seen(block.told).strip()))


def _points(points: tuple[Point, ...], set_in: str, *, numbered: bool) -> Iterator[Row]:
    for number, point in enumerate(points, 1):
        mark = f"{set_in}{f'{number}.' if numbered else _BULLET} "
        yield Row(words=_line(point.line), mark=mark)
        yield from _points(point.below, " " * len(mark), numbered=False)


def _grid(grid: Grid) -> Iterator[Row]:
    """Each row of the table as a point that names its columns: cells may be longer than a column of a terminal."""
    if grid.caption:
        yield Row(words=Text(seen(grid.caption).strip(), style=_HEADING))
    for row in grid.rows:
        cells = (Text.assemble(f"{seen(head).strip()}: ", _line(cell)) for head, cell in zip(grid.header, row, strict=True))
        yield Row(words=Text("; ").join(cells), mark=f"{_BULLET} ")


def _line(line: Line) -> Text:
    """The spans one behind the other, as one text without spaces at its ends."""
    told = Text()
    for span in line:
        if span.place:
            told.append(seen(span.place.called), style=_PLACE)
        else:
            told.append(seen(span.text), style=_HEADING if span.strong else _TYPED if span.code else None)
    left = len(told.plain) - len(told.plain.lstrip())
    told = told[left:] if left else told
    told.rstrip()
    return told
