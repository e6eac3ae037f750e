"""All words that a file may hold, however it is made: to be looked through for a name, never to be read as a meeting."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from analyzer.errors import Refused

_TAG = re.compile(r"<[^<>]*>")
_LARGEST = 50 << 20  # bytes of a part of an archive
_PDF = b"%PDF-"


def words_of_file(name: str, data: bytes) -> Iterator[str]:
    """The texts in the file: of an archive those of its parts, with and without tags, of a PDF those of its pages."""
    if data.startswith(b"PK"):
        yield from _parts(data)
    elif _PDF in data[:1024]:
        yield from _pages(name, data)
    elif b"\0" in data[:256]:
        yield from (data.decode(encoding, errors="replace") for encoding in ("utf-16-le", "utf-16-be"))
    else:
        yield _decoded(data)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _parts(data: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in archive.infolist():
                yield part.filename
                if part.file_size <= _LARGEST:
                    text = _decoded(archive.read(part))
                    yield _TAG.sub("", text)  # a word may be cut in runs
                    yield _TAG.sub(" ", text)
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError):
        yield _decoded(data)


def _pages(name: str, data: bytes) -> Iterator[str]:
    from analyzer.transcripts.decoding import load

    yield _decoded(data)
    try:
        text = load(name, data)[0].text
    except Refused:
        return
    yield text or ""
