"""The text in Word documents: every word that is of it, and none that is not."""

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.decoding import load
from analyzer.transcripts.reading import read_file
from tests.transcripts.documents import STRICT, archive, core, document_xml, docx, paragraph, run, table

TALK = paragraph("Dana Ortiz: Hello.") + paragraph("Sam Lee: Hi.")


def _text(*body: str) -> str:
    return load("x", docx(*body))[0].text or ""


def _left_out(*body: str) -> dict[str, int]:
    return {reason: number for reason, number in load("x", docx(*body))[1].items() if number}


WRAPPED = {
    "inserted with changes tracked": '<w:ins w:id="1">{}</w:ins>',
    "moved here": '<w:moveTo w:id="1">{}</w:moveTo>',
    "a smart tag": '<w:smartTag w:element="x">{}</w:smartTag>',
    "a content control": "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    "a link": "<w:hyperlink>{}</w:hyperlink>",
    "a field": '<w:fldSimple w:instr="X">{}</w:fldSimple>',
    "custom XML": '<w:customXml w:element="x">{}</w:customXml>',
    "all of these": '<w:ins w:id="1"><w:sdt><w:sdtContent><w:smartTag>{}</w:smartTag></w:sdtContent></w:sdt></w:ins>',
}


@pytest.mark.parametrize("wrapping", WRAPPED.values(), ids=WRAPPED.keys())
def test_words_count_whatever_they_are_wrapped_in(wrapping: str) -> None:
    assert _text(paragraph("Dana: We ", wrapping.format(run("never ")), "agreed.")) == "Dana: We never agreed."
    assert _left_out(paragraph("a", wrapping.format(run("b")))) == {}


def test_a_paragraph_in_a_content_control_of_its_own_counts() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('Sam: Hi.')}</w:sdtContent></w:sdt>"
    assert _text(paragraph("Dana: Hello."), control) == "Dana: Hello.\n\nSam: Hi."


def test_an_empty_form_field_says_nothing_and_is_counted() -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('Click to enter text.')}</w:sdtContent></w:sdt>"
    assert _text(paragraph("Dana: Hello.", control)) == "Dana: Hello."
    assert _left_out(paragraph("a", control)) == {"empty form fields": 1}


def test_deleted_and_moved_words_are_left_out_and_counted() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>not </w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("away ")}</w:moveFrom>'
    body = paragraph("We ", deleted, moved, "agreed.", properties='<w:rPr><w:del w:id="3"/></w:rPr>')
    assert _text(body) == "We agreed."
    assert _left_out(body) == {"tracked deletions": 2}


def test_hidden_words_are_left_out_and_counted_and_those_shown_again_are_not() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t><w:tab/></w:r>"
    shown = '<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>b</w:t></w:r>'
    body = paragraph("a", hidden, shown, "c", properties="<w:rPr><w:vanish/></w:rPr>")
    assert _text(body) == "abc"
    assert _left_out(body) == {"hidden stretches": 1}


def test_notes_comments_pictures_and_page_headers_are_counted() -> None:
    marks = '<w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:endnoteReference w:id="1"/></w:r><w:r><w:commentReference/></w:r>'
    picture = '<w:r><w:drawing><pic:pic xmlns:pic="urn:p"/></w:drawing></w:r>'
    header = document_xml(paragraph("Confidential")).replace("w:document", "w:hdr")
    parts = {"word/header1.xml": header, "word/footer1.xml": document_xml("<w:p/>")}
    source, left_out, _ = load("x", docx(paragraph("a", marks, picture), parts=parts))
    assert source.text == "a"
    counted = {"footnotes": 2, "comments": 1, "pictures": 1, "page headers and footers": 1}
    assert {reason: number for reason, number in left_out.items() if number} == counted


def test_a_document_within_the_document_is_warned_of() -> None:
    transcript = read_file("x.docx", docx(TALK, '<w:altChunk r:id="c" xmlns:r="urn:r"/>'))
    assert transcript.dropped == {"documents within the document": 1}
    assert "documents within the document were not read: 1" in transcript.warnings


def test_breaks_tabs_and_hyphens_keep_their_place() -> None:
    mixed = "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:cr/><w:t>e</w:t></w:r>"
    stops = '<w:tabs><w:tab w:val="left" w:pos="720"/></w:tabs>'
    assert _text(paragraph(mixed, properties=stops)) == "a\nb\tc-d\ne"


def test_spaces_stay_and_line_ends_of_the_xml_are_none() -> None:
    assert _text("<w:p>\n  <w:r><w:t>Eva Garcia   0:04\n</w:t></w:r>\n</w:p>") == "Eva Garcia   0:04"


def _boxed(*blocks: str) -> str:
    """A run with a text box, as Word writes it: once for today's programs, once for older ones."""
    box = f"<w:txbxContent>{''.join(blocks)}</w:txbxContent>"
    return f"<w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"


def test_text_boxes_are_no_part_of_the_talk_and_counted() -> None:
    body = paragraph("Dana: before ", _boxed(paragraph("Box: an advert")), "and after") + paragraph("next", _boxed("<w:p/>"))
    assert _text(body) == "Dana: before and after\n\nnext"
    assert _left_out(body) == {"text boxes": 1}
    old = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('Box: x')}</w:txbxContent></v:textbox></w:pict></w:r>"
    assert _text(paragraph("Dana: a", old)) == "Dana: a"


def test_where_most_words_stand_in_boxes_they_are_the_text_once_and_after_their_paragraph() -> None:
    box = _boxed(paragraph("Dana: this stands in the box"), table(["x", "y"]))
    body = paragraph("before ", box, "after") + paragraph("next")
    assert _text(body) == "before after\n\nDana: this stands in the box\n\nx | y\n\nnext"
    assert _left_out(body) == {}


def test_readings_above_characters_are_no_words() -> None:
    ruby = "<w:ruby><w:rt><w:r><w:t>tanaka</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>\u7530\u4e2d</w:t></w:r></w:rubyBase></w:ruby>"
    assert _text(paragraph(f"<w:r>{ruby}</w:r>", "\uff1a\u306f\u3044")) == "\u7530\u4e2d\uff1a\u306f\u3044"


def test_the_strict_edition_of_the_format_is_read() -> None:
    assert load("x", docx(TALK, namespace=STRICT))[0].text == "Dana Ortiz: Hello.\n\nSam Lee: Hi."


def test_the_body_may_have_another_name() -> None:
    data = archive({"word/document2.xml": document_xml(TALK)})
    assert read_file("x", data).speakers == ("Dana Ortiz", "Sam Lee")


STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>'
)


def test_headings_are_marked_unless_they_may_be_a_speakers() -> None:
    blocks = [
        paragraph("Weekly", style="Title"),
        paragraph("N\u00e4chste Schritte", style="berschrift2"),
        paragraph("Dana: sends it", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="3"/></w:numPr>'),
        paragraph("00:05:11", style="berschrift2"),
        paragraph("Dana Ortiz  0:02", properties='<w:outlineLvl w:val="1"/>'),
        paragraph("Words", properties='<w:outlineLvl w:val="9"/>'),
    ]
    text = load("x", docx(*blocks, parts={"word/styles.xml": STYLES}))[0].text
    lines = "# Weekly", "## N\u00e4chste Schritte", "- Dana: sends it", "00:05:11", "Dana Ortiz  0:02", "Words"
    assert text == "\n\n".join(lines)


def test_a_list_of_actions_below_a_heading_is_no_speech() -> None:
    item = '<w:numPr><w:numId w:val="1"/></w:numPr>'
    data = docx(TALK, paragraph("Whatever this is called", style="Heading1"), paragraph("Dana: sends the deck", properties=item))
    assert [u.speaker for u in read_file("x", data).utterances] == ["Dana Ortiz", "Sam Lee"]


def test_one_line_a_paragraph_with_empty_ones_between_blocks_is_read_as_lines() -> None:
    blocks = [
        ("1", "00:00:01,000 --> 00:00:04,000", "Dana: We decided", "and that is it."),
        ("2", "00:00:05,000 --> 00:00:06,000", "Sam: No."),
    ]
    data = docx(*(paragraph(line) for block in blocks for line in (*block, "")))
    transcript = read_file("x.docx", data)
    assert transcript.format == "srt"
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == [
        ("Dana", 1.0, "We decided and that is it."),
        ("Sam", 5.0, "No."),
    ]


def test_otters_text_in_a_word_document_is_otters() -> None:
    lines = ["Dana Ortiz  0:02  ", "Hello.", "", "Sam Lee  0:09  ", "Hi.", "", "Transcribed by https://otter.ai"]
    transcript = read_file("x.docx", docx(*map(paragraph, lines)))
    assert (transcript.format, transcript.dropped) == ("otter", {"footer": 1})
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == [
        ("Dana Ortiz", 2.0, "Hello."),
        ("Sam Lee", 9.0, "Hi."),
    ]


def _turns(*rows: list[str]) -> list[tuple[str, float | None, str]]:
    return [(u.speaker, u.start, u.text) for u in read_file("x", docx(table(*rows))).utterances]


def test_a_table_of_names_and_words_is_a_talk() -> None:
    rows = [["Dana Ortiz", "Hello: there."], ["Sam Lee", "Hi."], ["Dana Ortiz", "So."], ["", "And so."], ["Sam Lee", "Yes."]]
    assert _turns(*rows) == [
        ("Dana Ortiz", None, "Hello: there."),
        ("Sam Lee", None, "Hi."),
        ("Dana Ortiz", None, "So. And so."),
        ("Sam Lee", None, "Yes."),
    ]


@pytest.mark.parametrize("titles", [["Zeit", "Sprecher", "Text"], ["Time", "Speaker", "Transcript"]])
def test_a_table_may_have_times_and_titles_above_its_columns(titles: list[str]) -> None:
    rows = [titles, ["00:04", "Dana Ortiz", "Hello."], ["1:02:03", "Sam Lee", "Hi."]]
    assert _turns(*rows) == [("Dana Ortiz", 4.0, "Hello."), ("Sam Lee", 3723.0, "Hi.")]
    assert read_file("x", docx(table(*rows))).dropped == {"rows of column headings": 1}


def test_a_table_may_have_numbers_ends_and_times_below_the_name() -> None:
    rows = [["1", "Dana Ortiz 0:04", "Hello."], ["2", "Sam Lee 0:09", "Hi."], ["3", "Dana Ortiz 0:11", "So."]]
    assert _turns(*rows) == [("Dana Ortiz", 4.0, "Hello."), ("Sam Lee", 9.0, "Hi."), ("Dana Ortiz", 11.0, "So.")]
    spans = [["0:04 - 0:09", "Dana Ortiz", "Hello."], ["0:09 - 0:11", "Sam Lee", "Hi."], ["0:11 - 0:12", "Dana Ortiz", "So."]]
    assert _turns(*spans) == [("Dana Ortiz", 4.0, "Hello."), ("Sam Lee", 9.0, "Hi."), ("Dana Ortiz", 11.0, "So.")]


NO_TALK = {
    "who owes what": [["Owner", "Action"], ["Dana Ortiz", "sends the deck"], ["Sam Lee", "reads it"]],
    "who was there": [["Dana Ortiz", "CEO"], ["Sam Lee", "CFO"], ["Eva Garcia", "Board"]],
    "an agenda": [["10:00", "Dana Ortiz", "Welcome"], ["10:15", "Sam Lee", "Numbers"]],
}


@pytest.mark.parametrize("rows", NO_TALK.values(), ids=NO_TALK.keys())
def test_a_table_of_anything_else_is_none(rows: list[list[str]]) -> None:
    talk = [
        paragraph(f"{name}: {words}") for name, words in [("Dana Ortiz", "Hello."), ("Sam Lee", "Hi."), ("Dana Ortiz", "So.")]
    ]
    assert [u.text for u in read_file("x", docx(table(*rows), *talk)).utterances] == ["Hello.", "Hi.", "So."]


def test_title_and_date_of_the_properties_count_last() -> None:
    properties = {"docProps/core.xml": core("Northgate weekly", "2026-03-05T08:00:00Z")}
    transcript = read_file("transcript.docx", docx(TALK, parts=properties))
    assert (transcript.title, transcript.title_source) == ("Northgate weekly", "metadata")
    assert (str(transcript.date), transcript.date_source) == ("2026-03-05", "metadata")
    assert any("day the document was made (2026-03-05)" in warning for warning in transcript.warnings)
    named = read_file("2026-03-04 Weekly.docx", docx(TALK, parts=properties))
    assert (named.title, named.title_source, str(named.date), named.date_source) == (
        "Weekly",
        "file name",
        "2026-03-04",
        "file name",
    )
    assert named.warnings == ()


@pytest.mark.parametrize("title", ["Microsoft Word - Document1", "Untitled document", "Dokument 3", "", "Document1"])
def test_a_title_that_nobody_gave_is_none(title: str) -> None:
    transcript = read_file("transcript.docx", docx(TALK, parts={"docProps/core.xml": core(title, "2013-12-23T23:15:00Z")}))
    assert (transcript.title, transcript.date) == (None, None)


def test_broken_properties_and_styles_cost_themselves_alone() -> None:
    parts = {"docProps/core.xml": "<broken", "word/styles.xml": "<!DOCTYPE a><a/>"}
    assert read_file("x", docx(TALK, parts=parts)).speakers == ("Dana Ortiz", "Sam Lee")


DAMAGED = {
    "cut short": docx(TALK)[:-30],
    "a flipped byte": docx(TALK).replace(b"PK\x03\x04", b"PK\x03\x05", 1).replace(b"PK\x01\x02", b"PK\x01\x03", 1),
    "XML that ends": docx(parts={"word/document.xml": document_xml(TALK)[:-20]}),
    "no XML": docx(parts={"word/document.xml": b"\x00\x01\x02"}),
    "another encoding than it says": docx(parts={"word/document.xml": document_xml(TALK).encode("utf-16")}),
    "an encoding that there is not": docx(parts={"word/document.xml": document_xml(TALK).replace("UTF-8", "x-none")}),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_document_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(Refused, match=r"^Weekly\.docx: ") as refusal:
        read_file("Weekly.docx", data)
    assert refusal.value.hint


def test_a_document_without_words_is_refused() -> None:
    with pytest.raises(Refused, match="holds no text"):
        read_file("x.docx", docx(paragraph('<w:r><w:drawing><pic:pic xmlns:pic="urn:p"/></w:drawing></w:r>')))
