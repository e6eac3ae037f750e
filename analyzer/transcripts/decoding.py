"""Bytes to text: which encoding, what is no text at all, what is stripped."""

import codecs
import json
import re

from analyzer.transcripts.base import Source, refused
from analyzer.transcripts.words import scrub

MAX_BYTES = 50 * 1024 * 1024
_BYTE_ORDER_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
# What people's older programs write, one encoding a script. Left to choose among all of Python's codecs, the detector
# names DOS pages for short texts; with a second Latin one (cp1250) it took French for Czech on three of six samples.
_OLD_ENCODINGS = ["cp1252", "cp1251", "cp1253", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949"]
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.02


def load(name: str, data: bytes) -> tuple[Source, int, tuple[str, ...]]:
    """The file as a Source, how many invisible characters were stripped, and what was guessed.

    Raises Refused for a file that is empty or over 50 MB, or whose declared encoding does not fit its bytes.
    """
    if len(data) > MAX_BYTES:
        raise refused(
            name,
            f"is {len(data) / 1024 / 1024:.0f} MB, more than the {MAX_BYTES // 1024 // 1024} MB that a transcript may have",
            "A transcript is text: upload that instead of a recording.",
        )
    text, guessed = _decode(name, data)
    if text is None:
        return Source(name=name, data=data, text=None), 0, ()
    text, stripped = scrub(text.replace("\r\n", "\n").replace("\r", "\n"))
    if not text.strip():
        raise refused(name, "is empty", "Export the transcript again.")
    return Source(name=name, data=data, text=text, document=_document(text)), stripped, guessed


def _decode(name: str, data: bytes) -> tuple[str | None, tuple[str, ...]]:
    """The text and what had to be guessed; None for bytes that are not text."""
    encoding = next((known for mark, known in _BYTE_ORDER_MARKS if data.startswith(mark)), None) or _bare_utf16(data)
    if encoding is not None:
        try:
            return data.decode(encoding).removeprefix("\ufeff"), ()
        except UnicodeDecodeError as error:
            raise refused(
                name, f"says that it is {encoding.upper()} and is not (byte {error.start})", "Export it again."
            ) from error
    if len(_CONTROLS.findall(data[:_SAMPLE])) > _MOST_CONTROLS * len(data[:_SAMPLE]):
        return None, ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _undeclared(data)


def _bare_utf16(data: bytes) -> str | None:
    """UTF-16 without its mark shows by zeros in every other byte, for any text with line ends and spaces in it."""
    sample = data[:_SAMPLE]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    few, many = sorted((even, odd))
    if len(data) % 2 or many < len(sample) * 0.05 or few > many * 0.05:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _undeclared(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Text of an older program; Windows-1252 unless the detector sees another script."""
    from charset_normalizer import from_bytes  # 40 ms that only such files cost

    best = from_bytes(data, cp_isolation=_OLD_ENCODINGS).best()
    encoding = best.encoding if best is not None else "cp1252"
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    losses = (f"{lost} characters could not be read in that encoding",) if lost else ()
    return text, (f"the file does not say its encoding and was read as {encoding}", *losses)


def _document(text: str) -> object:
    """The parsed JSON, or None for text that is not JSON (`[00:01] Dana: Hello` begins like it, too)."""
    if not text.lstrip().startswith(("{", "[")):
        return None
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed
