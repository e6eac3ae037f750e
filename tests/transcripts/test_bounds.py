"""Files that would cost a machine more than a transcript may, and files of other kinds: refused, with what to do."""

import json
import struct
import zipfile

import pytest

from analyzer.errors import Refused
from analyzer.transcripts import decoding
from analyzer.transcripts.containers import archives, pdfs, word_text
from analyzer.transcripts.reading import MAX_TURNS, read_file
from tests.transcripts.documents import archive, document_xml, docx, paragraph, pdf

MB = 1024 * 1024
TALK = paragraph("Dana Ortiz: Hello.") + paragraph("Sam Lee: Hi.")


def _refusal(data: bytes) -> Refused:
    with pytest.raises(Refused, match=r"^Weekly\.docx: ") as refusal:
        read_file("Weekly.docx", data)
    assert refusal.value.hint
    assert "\n" not in refusal.value.message
    return refusal.value


# --- archives


def test_an_archive_of_too_many_files_is_refused_before_its_directory_is_read() -> None:
    files = {f"word/{n}.xml": "" for n in range(archives.MAX_MEMBERS + 1)}
    assert "more than 2,000 files" in _refusal(archive({"word/document.xml": document_xml(TALK)} | files)).message


def _with_end(data: bytes, *, members: int | None = None, directory: int | None = None) -> bytes:
    """The archive with another number of files, or size of the directory, in its last record."""
    at = data.rfind(b"PK\x05\x06")
    count, size = struct.unpack("<HL", data[at + 10 : at + 16])
    told = struct.pack("<HL", count if members is None else members, size if directory is None else directory)
    return data[: at + 10] + told + data[at + 16 :]


def test_a_directory_that_says_it_has_few_files_is_measured_all_the_same() -> None:
    many = archive({f"word/{n}.xml": "" for n in range(archives.MAX_MEMBERS + 1)} | {"word/document.xml": document_xml(TALK)})
    assert "more than 2,000 files" in _refusal(_with_end(many, members=3)).message
    assert "more than 2,000 files" in _refusal(_with_end(docx(TALK), directory=0xFFFFFFF0)).message


def test_the_large_form_of_archives_is_refused() -> None:
    data = docx(TALK)
    at = data.rfind(b"PK\x05\x06")
    assert "more than 2,000 files" in _refusal(data[:at] + b"PK\x06\x07" + bytes(16) + data[at:]).message


def test_an_archive_that_declares_to_expand_beyond_the_bound_is_refused() -> None:
    blank = b"\0" * (archives.MAX_EXPANDED // 4 + 1)
    data = docx(TALK, parts={f"word/media/{n}.bin": blank for n in range(4)})
    assert len(data) < 2 * MB
    assert "would expand to 250 MB" in _refusal(data).message


def test_a_body_that_grows_too_much_is_refused() -> None:
    data = docx(parts={"word/document.xml": document_xml(paragraph("Dana: " + " " * (2 * MB)))})
    assert len(data) < 10_000
    assert "expands far beyond" in _refusal(data).message


def _lying(data: bytes, member: str, size: int) -> bytes:
    """The archive with another size declared for one of its files, in both places."""
    named = member.encode()
    local = data.index(named) - 30
    central = data.rindex(b"PK\x01\x02", 0, data.rindex(named))
    for at in (local + 22, central + 24):
        data = data[:at] + struct.pack("<L", size) + data[at + 4 :]
    return data


def test_a_file_that_declares_less_than_it_holds_is_not_believed() -> None:
    honest = docx(parts={"word/document.xml": document_xml(paragraph("Dana: " + " " * (2 * MB)))})
    assert "damaged" in _refusal(_lying(honest, "word/document.xml", 500)).message
    read = docx(TALK)
    assert "damaged" in _refusal(_lying(read, "word/document.xml", 5)).message


def test_a_properties_file_that_expands_is_refused_too() -> None:
    assert "expands far beyond" in _refusal(docx(TALK, parts={"docProps/core.xml": b" " * (5 * MB)})).message


def test_a_document_packed_with_a_password_is_refused() -> None:
    data = bytearray(docx(TALK))
    at = data.rindex(b"PK\x01\x02", 0, data.rindex(b"word/document.xml"))
    data[at + 8] |= 1
    assert "protected by a password" in _refusal(bytes(data)).message


def test_a_way_of_packing_that_documents_do_not_use_is_refused() -> None:
    data = archive({"word/document.xml": document_xml(TALK)}, compression=zipfile.ZIP_BZIP2)
    assert "packed in a way" in _refusal(data).message


# --- XML


ENTITIES = {
    "a bomb of entities": '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    "a file of this machine": '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "a declaration alone": "<!DOCTYPE d>",
}


@pytest.mark.parametrize("declaration", ENTITIES.values(), ids=ENTITIES.keys())
def test_xml_with_declarations_is_refused(declaration: str) -> None:
    body = document_xml(paragraph("<w:r><w:t>&a;</w:t></w:r>"), before=declaration)
    assert "declarations" in _refusal(docx(parts={"word/document.xml": body})).message


def test_xml_nested_too_deep_is_refused_and_deep_text_is_not() -> None:
    deep = "<w:smartTag>" * word_text.MAX_DEPTH + "<w:t>x</w:t>" + "</w:smartTag>" * word_text.MAX_DEPTH
    assert "nested more than 256 deep" in _refusal(docx(paragraph(f"<w:r>{deep}</w:r>"))).message
    within = paragraph("Eva Garcia: No.")
    for _ in range(12):
        within = f"<w:tbl><w:tr><w:tc>{within}</w:tc></w:tr></w:tbl>"
    assert read_file("x", docx(TALK, within)).speakers == ("Dana Ortiz", "Sam Lee", "Eva Garcia")


# --- PDFs


def test_a_pdf_of_too_many_pages_is_refused() -> None:
    assert "has 2,001 pages" in _refusal(pdf(*[b""] * (pdfs.MAX_PAGES + 1))).message


def test_a_page_that_expands_is_refused() -> None:
    bomb = pdf(b"q Q " * (pdfs.MAX_PAGE_BYTES // 4 + 1))
    assert len(bomb) < MB
    assert "expands far beyond" in _refusal(bomb).message


def test_a_page_of_too_many_steps_is_refused() -> None:
    assert "expands far beyond" in _refusal(pdf(b"q Q " * (pdfs.MAX_PAGE_STEPS // 2 + 1))).message


def test_a_page_of_too_many_letters_is_refused_before_they_are_put_together() -> None:
    steps = b"BT /F1 9 Tf " + b"(and so on and so on) Tj " * (pdfs.MAX_PAGE_LETTERS // 19 + 1) + b"ET"
    assert "expands far beyond" in _refusal(pdf(steps)).message


def test_a_file_of_too_many_steps_is_refused() -> None:
    full_page = b"q Q " * (pdfs.MAX_PAGE_STEPS // 2 - 10)
    assert "expands far beyond" in _refusal(pdf(*[full_page] * (pdfs.MAX_STEPS // pdfs.MAX_PAGE_STEPS + 1))).message


FORM = (
    b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R/Y %d 0 R>>>>/Length 12>>"
    b"stream\n/X Do /Y Do \nendstream"
)
SPEECH = b"/X Do BT /F1 9 Tf 60 700 Td (Dana: Hello.) Tj 0 -20 Td (Sam: Hi.) Tj ET"


def test_forms_that_draw_themselves_or_each_other_come_to_an_end() -> None:
    for forms in ([FORM % (6, 6)], [FORM % (n + 1, n + 1) for n in range(6, 36)]):
        data = pdf(SPEECH, resources=b"/XObject<</X 6 0 R>>", extra=forms)
        assert read_file("x", data).speakers == ("Dana", "Sam")


# --- JSON


def test_json_within_the_bound_is_read_and_beyond_it_refused() -> None:
    meeting = {"turns": [{"speaker": "Dana", "text": "Hello [[[ {{{"}], "extra": json.loads("[" * 90 + "]" * 90)}
    assert read_file("x", json.dumps(meeting).encode()).speakers == ("Dana",)
    for deep in (b"[" * 101 + b"]" * 101, b'{"a":' * 200 + b"1" + b"}" * 200, b"[" * 200_000, b"[[]," * 101 + b"1" + b"]" * 101):
        assert "nested more than 100 deep" in _refusal(deep).message


def test_many_brackets_side_by_side_are_not_deep() -> None:
    meeting = {"turns": [{"speaker": "Dana", "text": "Hello."}], "words": [[[]], {}] * 5_000}
    assert read_file("x", json.dumps(meeting).encode()).speakers == ("Dana",)


def test_brackets_and_quotes_in_strings_are_no_nesting() -> None:
    meeting = {"turns": [{"speaker": "Dana", "text": '"[' * 500 + "\\" * 501}]}
    assert read_file("x", json.dumps(meeting).encode()).utterances


def test_a_string_that_nobody_closes_is_looked_at_once() -> None:
    assert "not valid JSON" in _refusal(b'{"' + b'\\"' * 400_000).message


def test_json_of_too_many_objects_is_refused() -> None:
    assert "more than 2,000,000 objects" in _refusal(b"[" + b"[]," * decoding.MAX_OBJECTS + b"[]]").message


# --- lines and turns


def test_a_line_of_too_many_characters_is_refused() -> None:
    longest = b"Dana: " + b"so " * ((decoding.MAX_LINE - 6) // 3) + b"\nSam: Hi.\n"
    assert read_file("x", longest).speakers == ("Dana", "Sam")
    assert "a line of more than 1,000,000 characters" in _refusal(longest.replace(b"Dana: ", b"Dana: so on and ")).message


def test_a_long_line_of_json_is_none() -> None:
    data = json.dumps({"turns": [{"speaker": "Dana", "text": "so " * 400_000}]}).encode()
    assert len(data) > decoding.MAX_LINE
    assert read_file("x", data).speakers == ("Dana",)


def test_a_file_of_too_many_turns_is_refused() -> None:
    turn = b'{"speaker":"Dana","text":"So."},'
    talk = b'{"turns":[' + turn * MAX_TURNS + b'{"speaker":"Sam","text":"No."}]}'
    assert "has 1,000,001 turns, more than the 1,000,000" in _refusal(talk).message


# --- other kinds


def _named(*members: str) -> bytes:
    return archive(dict.fromkeys(members, "x"))


KINDS = {
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "of the old kind", "Save it as .docx"),
    "rich text": (b"{\\rtf1\\ansi Dana: Hello.\\par Sam: Hi.}", "rich text", ".docx or as text"),
    "a web page": (b"<!DOCTYPE html>\n<html><body><p>Dana: Hello.</p>", "a web page", "copy it"),
    "an OpenDocument text": (_named("mimetype", "content.xml"), "OpenDocument", ".docx or as text"),
    "a workbook": (_named("xl/workbook.xml"), "Excel", ".csv"),
    "slides": (_named("ppt/presentation.xml"), "PowerPoint", "copy it"),
    "an e-book": (_named("mimetype", "META-INF/container.xml"), "e-book", "copy it"),
    "an archive of transcripts": (_named("a.vtt", "b.vtt"), "archive", "Unpack it"),
    "a recording": (b"\x00\x00\x00\x20ftypisom" + bytes(600), "recording (video)", "transcript of it"),
    "sound": (b"ID3\x04\x00" + bytes(600), "recording (audio)", "transcript of it"),
    "sound of another kind": (b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(600), "recording (audio)", "transcript of it"),
    "a film": (b"\x1a\x45\xdf\xa3" + bytes(600), "recording (video)", "transcript of it"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(600), "a picture", "copy it"),
    "a photograph": (b"\xff\xd8\xff\xe0" + bytes(600), "a picture", "copy it"),
    "a packed file": (b"\x1f\x8b\x08\x00" + bytes(600), "packed archive", "Unpack it"),
}


@pytest.mark.parametrize(("data", "kind", "way_out"), KINDS.values(), ids=KINDS.keys())
def test_a_file_of_another_kind_is_refused_with_what_to_do(data: bytes, kind: str, way_out: str) -> None:
    refusal = _refusal(data)
    assert "is not text, but " in refusal.message
    assert kind in refusal.message
    assert way_out in refusal.hint


@pytest.mark.parametrize(
    "text", ["ID3: Hello.\nSam: Hi.\nID3: So.\n", "GIF: Hello.\nSam: Hi.\n", "PK: Hello.\nSam: Hi.\nPK: So.\n"]
)
def test_text_that_begins_like_another_kind_is_text(text: str) -> None:
    assert read_file("x", text.encode()).utterances[0].text == "Hello."
