"""Bytes to text: which container, which encoding, what is no text at all, what is stripped, and how much is too much."""

import codecs
import json
import re
from itertools import chain

from analyzer.transcripts.base import Container, Source, refused
from analyzer.transcripts.containers import archives, pdfs, word_documents
from analyzer.transcripts.containers.contained import Contained
from analyzer.transcripts.containers.old_encodings import Mended, damaged_utf8, guess, looks_doubly_encoded
from analyzer.transcripts.containers.other_kinds import kind_of, kind_of_archive
from analyzer.transcripts.filing import NO_FACTS
from analyzer.transcripts.notation.words import scrub

MAX_BYTES = 50 * 1024 * 1024
"""A file's size; a day of talk with a time for every word has ten MB."""
MAX_LINE = 1_000_000
"""Characters of one line; a book has fewer, and formats look for names and times in every line."""
MAX_NESTING = 100
"""Brackets within brackets in JSON; the deepest known format has eight."""
MAX_OBJECTS = 2_000_000
"""Objects and lists in JSON, one for each word and more: a hundred hours of talk."""
INVISIBLE = "invisible characters"
"""The count of control characters and bidirectional overrides among what was left out."""

_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\Z)', re.DOTALL)  # the last may be open, or every quote would be tried
_LINE_END = re.compile(r"\r?\r\n|\r")  # a Windows end that was given its carriage return a second time is one end
_OPENING = re.compile(r"[\[{]")
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.02
_DOUBLY = "the text looks doubly encoded, so names and words may be wrong: export it again"
_EXPORT_AGAIN = "Export the transcript again, or as text."


def load(name: str, data: bytes) -> tuple[Source, dict[str, int], tuple[str, ...]]:
    """The file as a Source, what of it was left out (a count by reason, in words for people), and what was guessed.

    A Word document and a PDF give the text in them, whatever their names end with. Raises Refused for a file that is empty,
    damaged, of a kind that is not read, or beyond the bounds, or whose declared encoding does not fit its bytes.
    """
    if len(data) > MAX_BYTES:
        raise refused(
            name,
            f"is {len(data) / 1024 / 1024:.0f} MB, more than the {MAX_BYTES // 1024 // 1024} MB that a transcript may have",
            "A transcript is text: upload that instead of a recording.",
        )
    if kind_of(data) is not None:
        return Source(name=name, data=data, text=None), {}, ()
    container, held = _contained(name, data)
    text, guessed = _decode(name, data) if held is None else (held.text, held.warnings)
    if text is None:
        return Source(name=name, data=data, text=None), {}, ()
    text, stripped = scrub(_LINE_END.sub("\n", text))
    if not text.strip():
        raise refused(name, "is empty" if held is None else "holds no text", "Export the transcript again.")
    source = Source(
        name=name,
        data=data,
        text=text,
        document=_document(name, text) if held is None else None,
        container=container,
        metadata=NO_FACTS if held is None else held.facts,
    )
    if source.document is None and len(max(text.split("\n"), key=len)) > MAX_LINE:
        raise refused(
            name,
            f"has a line of more than {MAX_LINE:,} characters, so it is no transcript as people read one",
            "Export the transcript again, as text with a line for each turn.",
        )
    return source, {INVISIBLE: stripped} | (held.left_out if held is not None else {}), guessed


def _contained(name: str, data: bytes) -> tuple[Container, Contained | None]:
    """What a Word document or a PDF holds; nothing for a file that is its own text. Raises Refused for other archives."""
    if data.startswith(archives.SIGNATURES):
        archive = archives.opened(name, data)
        if word_documents.is_word(archive):
            return "docx", word_documents.read(name, archive)
        kind = kind_of_archive(archive.namelist())
        raise refused(name, f"is not text, but {kind.name}", kind.way_out)
    if pdfs.looks_like(data):
        return "pdf", pdfs.read(name, data)
    return "", None


def _decode(name: str, data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The text and what had to be guessed; None for bytes that are not text."""
    encoding = next((known for mark, known in _BYTE_ORDER_MARKS if data.startswith(mark)), None) or _bare_utf16(data)
    if encoding is None and len(_CONTROLS.findall(data[:_SAMPLE])) > _MOST_CONTROLS * len(data[:_SAMPLE]):
        return None, ()
    try:
        text = data.decode(encoding or "utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        declared = encoding == "utf-8-sig"
        if declared or encoding is None:
            mended = damaged_utf8(data.removeprefix(codecs.BOM_UTF8), declared=declared)
            if mended is not None:
                return mended.text, _damages(mended)
        if encoding is None:
            return _undeclared(data)
        reason = f"says that it is {encoding.upper()} and is not (byte {error.start})"
        raise refused(name, reason, "Export it again.") from error
    return text, (_DOUBLY,) if looks_doubly_encoded(text) else ()


def _damages(mended: Mended) -> tuple[str, ...]:
    cut = ("the file ends within a letter: it seems to be cut off",) if mended.cut else ()
    return (*cut, f"places that are not UTF-8 like the rest of the file: {mended.broken}") if mended.broken else cut


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark shows by zeros in every other byte, for any text with line ends and spaces in it."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few, many = sorted((even, odd))
    if len(data) % 2 or many < len(sample) * 0.05 or few > many * 0.05:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _undeclared(data: bytes) -> tuple[str, tuple[str, ...]]:
    encoding = guess(data)
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    losses = (f"{lost} characters could not be read in that encoding",) if lost else ()
    return text, (f"the file does not say its encoding and was read as {encoding}", *losses)


def _document(name: str, text: str) -> object:
    """The parsed JSON, or None for text that is not JSON (`[00:01] Dana: Hello` begins like it, too).

    Raises Refused where it is nested deeper than any format: what reads it later walks into it and must come out again.
    """
    if not text.lstrip().startswith(("{", "[")):
        return None
    if text.count("[") + text.count("{") > MAX_OBJECTS and len(_OPENING.findall(_STRINGS.sub("", text))) > MAX_OBJECTS:
        raise refused(name, f"is JSON of more than {MAX_OBJECTS:,} objects, more than any transcript has", _EXPORT_AGAIN)
    too_deep = refused(name, f"is JSON nested more than {MAX_NESTING} deep, as no known format is", _EXPORT_AGAIN)
    try:
        parsed: object = json.loads(text)
    except RecursionError as error:
        raise too_deep from error
    except ValueError:
        return None
    if _is_too_deep(parsed):
        raise too_deep
    return parsed


def _is_too_deep(parsed: object) -> bool:
    """Whether values stand within values beyond the bound, told level by level."""
    level = [parsed]
    for _ in range(MAX_NESTING):
        inner = chain.from_iterable(
            one.values() if isinstance(one, dict) else one for one in level if isinstance(one, (dict, list))
        )
        level = [one for one in inner if isinstance(one, (dict, list))]
        if not level:
            return False
    return True
