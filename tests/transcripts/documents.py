"""Small Word documents and PDFs, written byte by byte, so that a test can put anything into them."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_NAMESPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def run(words: str) -> str:
    """A run with these words; a line end becomes a line break."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def paragraph(*parts: str, style: str = "", properties: str = "") -> str:
    """A paragraph of words, or of XML where a part begins with an element."""
    inner = "".join(part if part.startswith(("<w:", "<m")) else run(part) for part in parts)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{inner}</w:p>"


def table(*rows: Sequence[str]) -> str:
    """A table with a paragraph in each cell."""
    written = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in written)}</w:tbl>"


def core(title: str = "", created: str = "") -> str:
    """The part with the document's properties."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dcterms:created>{created}</dcterms:created></cp:coreProperties>"
    )


def document_xml(body: str, *, namespace: str = MAIN, before: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<w:document xmlns:w="{namespace}" {_NAMESPACES}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def docx(*body: str, parts: Mapping[str, str | bytes] | None = None, namespace: str = MAIN) -> bytes:
    """A Word document with these blocks; `parts` adds or replaces files within it."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/document.xml": document_xml("".join(body), namespace=namespace),
    }
    return archive(files | dict(parts or {}))


def archive(files: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP archive whose files all have the same date, so that it is the same bytes whenever it is made."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", compression) as target:
        for name, content in files.items():
            target.writestr(zipfile.ZipInfo(name), content, compress_type=compression)
    return held.getvalue()


Placed = tuple[float, str]
"""A line and its height on the page, in points from below."""


def pdf(
    *pages: Sequence[Placed] | bytes, info: str = "", resources: bytes = b"", trailer: bytes = b"", extra: Sequence[bytes] = ()
) -> bytes:
    """A PDF with these lines, or with these drawing steps, on its pages.

    `extra` are objects that follow those of the pages; the first object after n pages has the number 4 + 2 n. `resources`
    and `trailer` go into the dictionaries of these names.
    """
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    objects.append(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
    kids = []
    for page in pages:
        steps = page if isinstance(page, bytes) else b"".join(map(_drawn, page))
        packed = zlib.compress(steps)
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
        content = len(objects)
        objects.append(b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F1 3 0 R>>%s>>/Contents %d 0 R>>" % (resources, content))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/MediaBox[0 0 595 842]/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    objects.extend(extra)
    objects.append(info.encode("latin-1") or b"<<>>")
    return _file(objects, trailer)


def _drawn(line: Placed) -> bytes:
    y, words = line
    escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)").encode("cp1252")
    return b"BT /F1 10 Tf 1 0 0 1 60 %d Tm (%s) Tj ET\n" % (y, escaped)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    held = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(held))
        held += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(held)
    held += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    held += b"".join(b"%010d 00000 n \n" % place for place in places)
    told = (len(objects) + 1, len(objects), trailer, start)
    held += b"trailer\n<</Size %d/Root 1 0 R/Info %d 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % told
    return bytes(held)
