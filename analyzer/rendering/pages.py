"""What a document says, in parts that every format can draw: one text for Markdown, HTML and Word.

A builder (`brief_page`, `agenda_page`, `recap_page`) puts a document into words once; a renderer (`markdown`, `html`, `docx`)
draws the parts and adds no words of its own but the labels of its format. Texts are as they were said or written: every
renderer makes them harmless for its own format.
"""

from collections.abc import Iterator
from dataclasses import dataclass

PRIVATE = "Private, for us."  # said by every format of a private page


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A turn of a meeting, as `analyzer show SLUG --turn N` opens it; without a turn the meeting as a whole."""

    slug: str
    turn: int | None = None

    @property
    def called(self) -> str:
        """Its name where no link can open it: `northgate-2026-03-09 turn 7`."""
        return self.slug if self.turn is None else f"{self.slug} turn {self.turn}"

    @property
    def file(self) -> str:
        """The name of the file in which the meeting's transcript page is looked for."""
        return transcript_file(self.slug)


@dataclass(frozen=True, slots=True)
class Span:
    """Some words of a line.

    With a `place` they are what a link to it is called; where it cannot be opened by a link, its own name stands instead.
    `code` is what is typed as it stands, such as a command.
    """

    text: str
    strong: bool = False
    place: Place | None = None
    code: bool = False


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    line: Line


@dataclass(frozen=True, slots=True)
class Point:
    """A line of a list with what belongs below it."""

    line: Line
    below: tuple["Point", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list, numbered or not."""

    points: tuple[Point, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A table: every row has as many cells as the header."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line or one part of a picture: a value for each label of the picture; None where nothing is known."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What people would rather look at than read. `told` says the same in words, for those who cannot see it.

    `kind` is `steps` (levels over time; `levels` names the values 0, 1, 2 ... from the lowest) or `bars` (shares of a whole,
    one bar for each label). Formats without pictures show `told`.
    """

    title: str
    kind: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    told: str
    levels: tuple[str, ...] = ()


Block = Paragraph | Points | Grid | Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with what stands below it. `detail` is what belongs behind the first page."""

    title: str
    blocks: tuple[Block, ...]
    detail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A document. `lead` stands below the title; formats tell `private` on every page that they draw.

    Raises ValueError where a page to be sent names a place in a transcript.
    """

    title: str
    lead: tuple[Line, ...]
    sections: tuple[Section, ...]
    private: bool

    def __post_init__(self) -> None:
        if not self.private and any(span.place for line_ in lines(self) for span in line_):
            raise ValueError("a page to be sent names a place in a transcript")


def transcript_file(slug: str) -> str:
    """The name that a meeting's transcript page has where other pages are to open it."""
    return f"{slug}.html"


def line(*parts: str | Span) -> Line:
    """A line of plain words and spans."""
    return tuple(part if isinstance(part, Span) else Span(part) for part in parts if part != "")


def strong(text: str) -> Span:
    """Words that carry the line."""
    return Span(text, strong=True)


def code(text: str) -> Span:
    """What is typed as it stands."""
    return Span(text, code=True)


def lines(page: Page) -> Iterator[Line]:
    """Every line of a page in reading order, tables cell by cell; headings, captions and pictures are none."""
    yield from page.lead
    for section in page.sections:
        for block in section.blocks:
            yield from _lines(block)


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield block.line
        case Points():
            for point in block.points:
                yield from _point_lines(point)
        case Grid():
            for row in block.rows:
                yield from row
        case Picture():
            pass


def _point_lines(point: Point) -> Iterator[Line]:
    yield point.line
    for below in point.below:
        yield from _point_lines(below)


def places(page: Page) -> frozenset[Place]:
    """Every turn that the page names."""
    return frozenset(span.place for line_ in lines(page) for span in line_ if span.place)
