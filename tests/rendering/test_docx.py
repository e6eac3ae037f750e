"""Word documents: Word's own parts, harmless whatever was said, and nothing about anybody in what is not seen."""

import datetime as dt
import io
import time
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from analyzer.rendering import docx
from analyzer.rendering.pages import PRIVATE, Page, Paragraph, Point, Points, Section, Span, line
from analyzer.rendering.seen import seen
from tests.rendering.pages import HOSTILE, MADE_AT, SLUG, whole


def read(data: bytes) -> WordDocument:
    return Document(io.BytesIO(data))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The file with one of its parts changed, or added."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, held in ({part: b""} | parts(data)).items():
            archive.writestr(name, change(held) if name == part else held)
    return packed.getvalue()


def styles(document: WordDocument) -> list[tuple[str | None, str]]:
    return [(paragraph.style.name if paragraph.style else None, paragraph.text) for paragraph in document.paragraphs]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    data = docx.page(whole(name), MADE_AT)
    document = read(data)
    told = seen(name)
    assert document.paragraphs[0].text == seen(f"Brief on {name}")
    assert [text for style, text in styles(document) if style == "List Bullet"] == [told, "second"]
    assert [cell.text for cell in document.tables[0].rows[0].cells] == ["What", told, "When"]
    held = parts(data)
    assert not any(b"TargetMode" in part for name_, part in held.items() if name_.endswith(".rels"))  # nothing is fetched
    tags = {etree.QName(node).localname for node in etree.fromstring(held["word/document.xml"]).iter()}
    assert not tags & {"hyperlink", "fldSimple", "fldChar", "instrText", "object", "altChunk", "drawing", "br", "tab"}


@settings(max_examples=30)  # each is a document
@given(st.text(alphabet=st.characters() | st.sampled_from("<>&\"'\\/=@+-\t\n"), max_size=80))
def test_any_words_stay_words(text: str) -> None:
    document = read(docx.page(Page(title=text, lead=(line(text),), sections=(), private=False), MADE_AT))
    assert styles(document) == [("Title", seen(text)), ("Normal", seen(text))]


def test_the_parts_are_words_own_styles_lists_and_tables() -> None:
    document = read(docx.page(whole("Tess"), MADE_AT))
    assert styles(document) == [
        ("Title", "Brief on Tess"),
        ("Normal", "Met Tess twice."),
        ("Normal", "Tess"),
        ("Heading 1", "Where Tess stands"),
        ("Normal", f"Tess said “Tess” ({SLUG} turn 7)"),
        ("Normal", "Over time Tess. It grew, says Tess."),
        ("Heading 1", "Promises"),
        ("List Bullet", "Tess"),
        ("List Bullet 2", "below Tess"),
        ("List Bullet 3", "deeper Tess"),
        ("List Bullet", "second"),
        ("Normal", "Who talked. Most was Tess."),
        ("Heading 1", "Questions"),
        ("List Number", "first"),
        ("List Number", "Tess"),
        ("Heading 1", "More questions"),
        ("List Number", "again first"),
        ("Heading 1", "All of Tess"),
        ("Caption", "Ledger Tess"),
        ("Normal", ""),
        ("Normal", "run analyzer clients"),
        ("Heading 1", "The rest"),
        ("Normal", "end"),
    ]
    (table,) = document.tables
    assert table.style is not None
    assert table.style.name == "Table Grid"
    assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [True, False, False]


def test_each_numbered_list_begins_with_one() -> None:
    document = read(docx.page(whole("Tess"), MADE_AT))
    found = [p._p.find(f"{qn('w:pPr')}/{qn('w:numPr')}/{qn('w:numId')}") for p in document.paragraphs]
    numbers = [int(node.get(qn("w:val"), "")) for node in found if node is not None]
    assert len(numbers) == 3
    assert numbers[0] == numbers[1] != numbers[2]
    for node in document.part.numbering_part.element.num_lst:
        if node.numId in numbers:
            assert node.lvlOverride_lst[0].find(qn("w:startOverride")).get(qn("w:val")) == "1"


def test_detail_begins_on_a_page_of_its_own() -> None:
    document = read(docx.page(whole("Tess"), MADE_AT))
    broken = [paragraph.text for paragraph in document.paragraphs if paragraph.paragraph_format.page_break_before]
    assert broken == ["All of Tess"]


def body(of: int, *, detail: bool = False) -> float:
    """The size of the words of a document with so many points."""
    points = (Points(points=tuple(Point(line(f"point {number}")) for number in range(of))),)
    page = Page(title="T", lead=(), sections=(Section(title="S", blocks=points, detail=detail),), private=True)
    size = read(docx.page(page, MADE_AT)).styles["Normal"].font.size
    assert size is not None
    return float(size.pt)


def test_words_are_smaller_where_only_then_they_are_one_page() -> None:
    assert [body(of) for of in (10, 70, 300)] == [10, 9, 10]
    assert body(70, detail=True) == 10  # what stands behind the first page may have many


def test_a_list_stands_apart_from_a_list_before_it() -> None:
    lists = tuple(Points(points=(Point(line(text)), Point(line("more")))) for text in ("ours", "theirs"))
    page = Page(title="T", lead=(), sections=(Section(title="S", blocks=lists),), private=True)
    apart = [p for p in read(docx.page(page, MADE_AT)).paragraphs if p.paragraph_format.space_before]
    assert [p.text for p in apart] == ["theirs"]
    own = apart[0]._p.find(f"{qn('w:pPr')}/{qn('w:contextualSpacing')}")  # else the style takes the room away again
    assert own is not None
    assert own.get(qn("w:val")) == "0"


@pytest.mark.parametrize("private", [True, False])
def test_a_private_page_says_so_on_every_page(private: bool) -> None:
    document = read(docx.page(whole(private=private), MADE_AT))
    assert (PRIVATE in [paragraph.text for paragraph in document.sections[0].header.paragraphs]) is private


def test_the_properties_tell_of_nobody_and_of_no_other_day() -> None:
    data = docx.page(whole("Tess", private=False), MADE_AT.astimezone(dt.timezone(dt.timedelta(hours=5))))
    told = read(data).core_properties
    assert told.title == "Brief on Tess"
    assert told.author == told.last_modified_by == told.comments == told.keywords == told.subject == told.category == ""
    assert told.created == told.modified == MADE_AT
    assert told.language == "en-GB"
    held = parts(data)
    assert not {"docProps/app.xml", "docProps/thumbnail.jpeg", "customXml/item1.xml"} & set(held)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(b"2013" in held[name] for name in ("docProps/core.xml", "word/document.xml"))


def test_it_is_a4() -> None:
    (paper,) = read(docx.page(whole(), MADE_AT)).sections
    assert paper.page_width is not None
    assert paper.page_height is not None
    assert (round(paper.page_width.mm), round(paper.page_height.mm)) == (210, 297)


def test_the_same_page_is_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = docx.page(whole("Tess"), MADE_AT)
    monkeypatch.setattr(time, "time", lambda: 1_900_000_000.0)
    assert docx.page(whole("Tess"), MADE_AT) == first


HIDDEN = {
    "a run": ("word/document.xml", lambda part: part.replace(b"<w:t>end</w:t>", b"<w:t>Birch Rail</w:t>")),
    "runs": ("word/document.xml", lambda part: part.replace(b">end</w:t>", b">Bir</w:t></w:r><w:r><w:t>ch Rail</w:t>")),
    "attribute": ("word/document.xml", lambda part: part.replace(b"<w:body>", b'<w:body w:alt="Birch Rail">')),
    "field": ("word/document.xml", lambda part: part.replace(b"<w:t>end</w:t>", b"<w:instrText>Birch Rail</w:instrText>")),
    "author": (
        "docProps/core.xml",
        lambda part: part.replace(b"<dc:creator>", b"<dc:creator>Birch Rail"),
    ),
    "style": ("word/styles.xml", lambda part: part.replace(b'w:val="Title"', b'w:val="Birch Rail"')),
    "part": ("word/comments.xml", lambda _: b"<c>Birch Rail</c>"),
    "name of a part": ("word/Birch Rail.xml", lambda _: b"<c/>"),
}


@pytest.mark.parametrize("place", HIDDEN)
def test_whatever_a_file_holds_is_read_back(place: str) -> None:
    part, change = HIDDEN[place]
    data = docx.page(whole("Tess", private=False), MADE_AT)
    assert "Birch Rail" not in docx.text_of(data)
    assert "Birch Rail" in docx.text_of(changed(data, part, change))


def test_words_at_the_seam_of_two_runs_are_read_both_ways() -> None:
    page = Page(title="T", lead=(line("Birch", Span("Rail", strong=True)),), sections=(), private=False)
    assert "BirchRail\nBirch Rail" in docx.text_of(docx.page(page, MADE_AT))


def test_what_is_ours_in_every_file_is_not_read_back() -> None:
    section = Section(title="1. One", blocks=(Paragraph(line("words")),))
    page = Page(title="A talk", lead=(line("60 minutes"),), sections=(section,), private=False)
    text = docx.text_of(docx.page(page, MADE_AT))
    assert text.split("\n") == ["A talk", "60 minutes", "1. One", "words", "A talk", "2026-03-09T08:30:00Z"]
