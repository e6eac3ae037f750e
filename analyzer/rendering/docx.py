"""A page as a Word document: Word's own styles, headings, lists and tables, and no property that tells of anybody."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from analyzer.rendering.pages import PRIVATE, Block, Grid, Line, Page, Paragraph, Picture, Point, Points, Section, Span, lines
from analyzer.rendering.seen import read_both_ways, seen

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.text.paragraph import Paragraph as WordParagraph

DEEPEST = 3  # levels of lists that Word's template has styles for
PROPERTY_LETTERS = 255
LANGUAGE = "en-GB"
_PACKED = (1980, 1, 1, 0, 0, 0)  # the earliest day that an archive knows: when its parts were packed says nothing
_UNUSED = ("extended-properties", "thumbnail", "stylesWithEffects", "customXml")  # of the template; they tell of another program
_TYPED = "Macro Text Char"  # the style of the template for what is typed as it stands
_PLACE = "Place"  # ours, for the name of a place in a transcript: small and quiet, as wide as it need be
_TABLE_STYLES = ("Normal Table", "Table Grid")
_SIZES = (  # style, points more than the body has, points before and after
    ("Normal", 0, 0, 1),
    ("Title", 6, 0, 3),
    ("Heading 1", 1, 4, 1),
    ("Caption", 0, 5, 1),
    ("Header", -1, 0, 0),
    *((f"List {kind}", 0, 0, 0) for kind in ("Bullet", "Bullet 2", "Bullet 3", "Number")),
)
_BODY, _BODY_OF_MUCH = 10, 9  # points
_LETTERS = 115  # on a line of the larger body, and so many lines on a page of each
_ROWS, _MOST_ROWS = 62, 76
_SMALLER = 2.5  # points less than the body, of a place
_QUIET = (0x44, 0x44, 0x44)
_BETWEEN_LISTS = 5  # points
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARAGRAPH, _TEXT = f"{_WORD}p", f"{_WORD}t"


def page(document: Page, made_at: dt.datetime) -> bytes:
    """The page as .docx; `made_at` is the only day in it that is not in its words."""
    made = _empty(document, made_at)
    made.add_paragraph(_shown(document.title), style="Title")
    for told in document.lead:
        _write(made.add_paragraph(), told)
    detail = next((section for section in document.sections if section.detail), None)
    for section in document.sections:
        heading = made.add_paragraph(_shown(section.title), style="Heading 1")
        heading.paragraph_format.page_break_before = section is detail
        for before, block in pairwise((None, *section.blocks)):
            _block(made, block, apart=isinstance(before, Points))
    return _packed(made)


def text_of(data: bytes) -> str:
    """Everything that the file holds: paragraphs, then every other text and attribute of every part, and the parts' names.

    What stands in every document of ours, such as the names of styles and fonts, is left out.
    """
    paragraphs: list[list[str]] = []
    others: dict[str, None] = {}
    for name, root in _parts(data):
        paragraphs += ([text.text or "" for text in node.iter(_TEXT)] for node in root.iter(_PARAGRAPH))
        told = (text for node in root.iter() for text in _texts(node) if text.strip())
        others |= dict.fromkeys(text for text in (name, *told) if (name, text) not in _in_every_document())
    return "\n".join((*read_both_ways(paragraphs), *others))


def _texts(node: Any) -> Iterator[str]:
    """The texts and attributes of an element, but for the words of a paragraph."""
    yield from ((node.tail or ""), *node.attrib.values())
    if node.tag != _TEXT:
        yield node.text or ""


def _parts(data: bytes) -> Iterator[tuple[str, Any]]:
    from defusedxml.ElementTree import fromstring

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield from ((name, fromstring(archive.read(name))) for name in archive.namelist())


@cache
def _in_every_document() -> frozenset[tuple[str, str]]:
    """The texts of a document that has every part and says nothing, each with its part of the file."""
    bare = page(_silent(), dt.datetime.fromtimestamp(0, dt.UTC))
    return frozenset((name, text) for name, root in _parts(bare) for node in root.iter() for text in (name, *_texts(node)))


def _silent() -> Page:
    point = Point((Span(" ", strong=True), Span(" ", code=True)))
    points = (replace(point, below=(replace(point, below=(point,)),)),)
    grid = Grid(caption=" ", header=("",), rows=(((),),))
    blocks = (Points(points=points), Points(points=points, numbered=True), grid)
    return Page(title="", lead=((),), sections=(Section(title="", blocks=blocks, detail=True),), private=True)


# --- the parts ---


def _block(made: "Document", block: Block | None, *, apart: bool) -> None:
    """A block; a list stands `apart` from a list before it."""
    match block:
        case Paragraph():
            _write(made.add_paragraph(), block.line)
        case Points():
            _points(made, block, apart=apart)
        case Grid():
            _grid(made, block)
        case Picture():
            _write(made.add_paragraph(), (Span(f"{block.title}. ", strong=True), Span(block.told)))


def _points(made: "Document", points: Points, *, apart: bool) -> None:
    """A list; a numbered one begins with 1, however many came before it."""
    number = _numbering_from_one(made) if points.numbered else None
    for at, point in enumerate(points.points):
        item = made.add_paragraph(style="List Number" if points.numbered else "List Bullet")
        if apart and not at:
            _set_apart(item)
        if number is not None:
            numbered = item._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 python-docx has no call for it
            numbered.get_or_add_ilvl().val = 0
            numbered.get_or_add_numId().val = number
        _write(item, point.line)
        _below(made, point.below, 2)


def _set_apart(item: "WordParagraph") -> None:
    """Room above the first point of a list; the style has none between its points."""
    from docx.oxml.ns import qn
    from docx.oxml.parser import OxmlElement
    from docx.shared import Pt

    item.paragraph_format.space_before = Pt(_BETWEEN_LISTS)
    of_style = OxmlElement("w:contextualSpacing", {qn("w:val"): "0"})
    item._p.get_or_add_pPr().insert_element_before(of_style, "w:jc", "w:outlineLvl", "w:rPr", "w:sectPr")  # noqa: SLF001 no call for it


def _below(made: "Document", points: tuple[Point, ...], level: int) -> None:
    for point in points:
        _write(made.add_paragraph(style=f"List Bullet {min(level, DEEPEST)}"), point.line)
        _below(made, point.below, level + 1)


def _numbering_from_one(made: "Document") -> int:
    """Another run of the numbers that the style has."""
    numbering: Any = made.part.numbering_part.element
    style: Any = made.styles["List Number"].element
    of_style = style.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == of_style)
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(number.numId)


def _grid(made: "Document", grid: Grid) -> None:
    if grid.caption:
        made.add_paragraph(_shown(grid.caption), style="Caption").paragraph_format.keep_with_next = True
    table = made.add_table(rows=1, cols=len(grid.header), style="Table Grid")
    for cell, head in zip(table.rows[0].cells, grid.header, strict=True):
        _write(cell.paragraphs[0], (Span(head, strong=True),))
    _repeated_on_every_page(table)
    for row in grid.rows:
        for cell, told in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], told)
    made.add_paragraph()


def _repeated_on_every_page(table: "Table") -> None:
    """Word takes the first row for the header: it is read out with the cells, and stands again where a page begins."""
    from docx.oxml.parser import OxmlElement

    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 python-docx has no call for it


def _write(paragraph: "WordParagraph", line: Line) -> None:
    for span in line:
        text = span.place.called if span.place else span.text
        run = paragraph.add_run(_shown(text))
        run.bold = span.strong or None
        if span.code or span.place:
            run.style = _PLACE if span.place else _TYPED


def _shown(text: str) -> str:
    """What Word can hold; what the person who sends it did not write is not made a link, a field or a new line."""
    return seen(text)


# --- the file ---


def _empty(document: Page, made_at: dt.datetime) -> "Document":
    """Word's styles on A4 without anything that tells of a person or a program."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    made = docx.Document()
    for style in list(made.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _TABLE_STYLES:
            style.delete()
    for owner in (made.part, made.part.package):
        for name in [name for name, held in owner.rels.items() if held.reltype.rsplit("/", 1)[-1] in _UNUSED]:
            del owner.rels[name]
    paper = made.sections[0]
    paper.page_width, paper.page_height = Cm(21), Cm(29.7)
    paper.left_margin = paper.right_margin = Cm(1.6)
    paper.top_margin, paper.bottom_margin = Cm(1.2), Cm(1)
    paper.header_distance = paper.footer_distance = Cm(0.6)
    if document.private:
        paper.header.paragraphs[0].text = PRIVATE
    _properties(made, document, made_at)
    _styles(made, document)
    return made


def _properties(made: "Document", document: Page, made_at: dt.datetime) -> None:
    told = made.core_properties
    told.title = _shown(document.title)[:PROPERTY_LETTERS]
    told.author = told.comments = told.last_modified_by = ""
    told.language = LANGUAGE
    told.created = told.modified = made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)


def _body(document: Page) -> int:
    """Points of the words: fewer where only then all that is no detail stands on the first page."""
    first = replace(document, sections=tuple(section for section in document.sections if not section.detail))
    told = ("".join(span.place.called if span.place else span.text for span in words) for words in lines(first))
    rows = len(first.sections) + sum(1 + len(words) // _LETTERS for words in told)
    return _BODY_OF_MUCH if _ROWS < rows <= _MOST_ROWS else _BODY


def _styles(made: "Document", document: Page) -> None:
    """Smaller and closer than the template has it, so that a page of a brief is a page; in the language it is written in."""
    body = _body(document)
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, more, before, after in _SIZES:
        style = made.styles[name]
        style.font.size = Pt(body + more)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        style.font.color.rgb = RGBColor(0, 0, 0)
    made.styles["Normal"].font.name = "Calibri"
    made.styles[_TYPED].font.size = Pt(body - 2)
    place = made.styles.add_style(_PLACE, WD_STYLE_TYPE.CHARACTER)
    place.font.size, place.font.color.rgb = Pt(body - _SMALLER), RGBColor(*_QUIET)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _packed(made: "Document") -> bytes:
    """The same bytes for the same document: without the time at which the archive was written."""
    loose, packed = io.BytesIO(), io.BytesIO()
    made.save(loose)
    with zipfile.ZipFile(loose) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as again:
        for name in archive.namelist():
            part = zipfile.ZipInfo(name, _PACKED)
            part.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(part, archive.read(name))
    return packed.getvalue()
