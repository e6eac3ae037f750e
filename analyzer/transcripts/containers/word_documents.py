"""The text of a Word document (.docx), whoever wrote it: Word, Teams, Google Docs, Otter, a converter.

Read with zipfile and defusedxml, not with python-docx 1.2.0. Its `paragraph.text` knows runs and links alone: of words
that somebody inserted with changes tracked, moved, or put into a content control (Google's chips become such), a smart
tag or a field it gives none and does not say so, nor a paragraph that stands in a content control of its own. Here every
`w:t` counts wherever it stands, unless it is known to be no text of the document; what is left out is counted.

What is judged: deleted words, hidden words, notes, comments, page headers, text boxes and pictures are no speech; but of a
document that has most of its words in boxes, as some converters lay it out, they are the text. A heading becomes `# words`,
so that sections of notes are known by it, unless it has a time or a colon in it: then it may be a speaker's. A list item
becomes `- words`, which is never taken for a speaker's name. Rows of a table become lines (talk_tables).
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, fromstring

from analyzer.transcripts.base import refused
from analyzer.transcripts.containers.archives import chunks
from analyzer.transcripts.containers.contained import Contained, doubt_of_date, facts_of
from analyzer.transcripts.containers.word_text import MAX_DEPTH, Body, TooDeepError
from analyzer.transcripts.notation.words import visible

_MAX_SIDE_PART = 4 * 1024 * 1024  # styles and properties
_BODY = re.compile(r"word/document\d*\.xml")
_BESIDE = {
    "page headers and footers": re.compile(r"word/(?:header|footer)\d*\.xml"),
}
_HAS_WORDS = re.compile(rb"<(?:\w+:)?t[ >]")
_SAVE_AGAIN = "Open it in Word and save it again, or save it as text."
_HEADING = re.compile(r"(?:heading|title)\s*(?P<level>[1-9])?", re.IGNORECASE)
_LINES_A_BLOCK = 5


def is_word(archive: ZipFile) -> bool:
    """Whether an archive is a Word document."""
    return any(_BODY.fullmatch(member) for member in archive.namelist())


def read(name: str, archive: ZipFile) -> Contained:
    """The text of the document, its properties, and what is not in the text.

    Paragraphs are separated by an empty line, except in a document that itself writes one line a paragraph and an empty
    one between blocks. Raises Refused where the archive or its XML is damaged, hostile or beyond the bounds.
    """
    members = archive.namelist()
    body = next(member for member in members if _BODY.fullmatch(member))
    target = _body(name, archive, body, with_boxes=False)
    if target.boxed > sum(map(visible, target.blocks)):
        target = _body(name, archive, body, with_boxes=True)
    left_out = Counter(target.left_out)
    for reason, pattern in _BESIDE.items():
        left_out[reason] += sum(_has_words(name, archive, member) for member in members if pattern.fullmatch(member))
    within = left_out["documents within the document"]
    text = _joined(target.blocks)
    title, created = _properties(name, archive)
    facts = facts_of(title, created)
    unread = (f"documents within the document were not read: {within}",) if within else ()
    return Contained(
        text=text,
        facts=facts,
        left_out={reason: number for reason, number in left_out.items() if number},
        warnings=(*unread, *doubt_of_date(name, text, title, facts)),
    )


def _body(name: str, archive: ZipFile, member: str, *, with_boxes: bool) -> Body:
    """The text of the document's body."""
    target = Body(_heading_styles(name, archive), with_boxes=with_boxes)
    parser: Any = DefusedXMLParser(target=target, forbid_dtd=True)
    try:
        for piece in chunks(name, archive, member):
            parser.feed(piece)
        parser.close()
    except DefusedXmlException as error:
        raise refused(name, "has XML declarations in it that no Word document has, and was not opened", _SAVE_AGAIN) from error
    except (ParseError, UnicodeError, ValueError, LookupError) as error:
        raise refused(name, "is a Word document that is damaged inside", _SAVE_AGAIN) from error
    except TooDeepError as error:
        raise refused(name, f"has XML nested more than {MAX_DEPTH} deep, as no Word document has", _SAVE_AGAIN) from error
    return target


def _joined(blocks: Sequence[str]) -> str:
    """Paragraphs as text, with an empty line between each two unless the document has its own."""
    filled = [at for at, block in enumerate(blocks) if block.strip()]
    gaps = sum(after - before > 1 for before, after in pairwise(filled))
    between = "\n" if gaps and (gaps + 1) * _LINES_A_BLOCK >= len(filled) else "\n\n"
    return between.join(block for block in blocks if block.strip() or between == "\n")


def _has_words(name: str, archive: ZipFile, member: str) -> bool:
    return _HAS_WORDS.search(b"".join(chunks(name, archive, member, most=_MAX_SIDE_PART))) is not None


def _side_part(name: str, archive: ZipFile, member: str) -> Any:
    """A small part of the document as XML, or None where there is none that can be read."""
    if member not in archive.namelist():
        return None
    try:
        return fromstring(b"".join(chunks(name, archive, member, most=_MAX_SIDE_PART)), forbid_dtd=True)
    except (DefusedXmlException, ParseError, ValueError, LookupError):
        return None


def _properties(name: str, archive: ZipFile) -> tuple[str | None, dt.date | None]:
    """The title of the document and the day on which it was made, as its properties have them."""
    properties = _side_part(name, archive, "docProps/core.xml")
    if properties is None:
        return None, None
    title = properties.findtext("{http://purl.org/dc/elements/1.1/}title")
    created = properties.findtext("{http://purl.org/dc/terms/}created") or ""
    try:
        return title, dt.date.fromisoformat(created.strip()[:10])
    except ValueError:
        return title, None


def _heading_styles(name: str, archive: ZipFile) -> dict[str, int]:
    """The ids of the heading styles with their levels: ids are in the language of the program, the names behind them are not."""
    levels: dict[str, int] = {"Title": 1, **{f"Heading{n}": n for n in range(1, 10)}}
    styles = _side_part(name, archive, "word/styles.xml")
    for style in styles if styles is not None else ():
        namespace = style.tag.rpartition("}")[0]
        named = style.find(f"{namespace}}}name")
        match = _HEADING.fullmatch(named.get(f"{namespace}}}val", "")) if named is not None else None
        if match is not None:
            levels[style.get(f"{namespace}}}styleId", "")] = int(match["level"] or 1)
    return levels
