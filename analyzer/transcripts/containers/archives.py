"""ZIP archives, opened within bounds: a small file may pretend to hold gigabytes, or say that it holds little and hold much."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from analyzer.transcripts.base import refused

MAX_MEMBERS = 2_000
"""Files in an archive; a Word document with a picture beside every turn has some hundreds."""
MAX_EXPANDED = 250 * 1024 * 1024
"""Bytes that all files of an archive declare together: five times what a transcript may have, for the pictures in it."""
MAX_PART = 100 * 1024 * 1024
"""Bytes of the one file that is read: the XML of fifty hours of talk has a tenth of it."""
MAX_RATIO = 200
"""Times that a file may grow when it is expanded. XML of the same few words over and over grows about fifty times."""

SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_SMALL = 1024 * 1024  # what grows less than this cannot do harm, whatever its ratio
_END = b"PK\x05\x06"
_END_64 = b"PK\x06\x07"
_LONGEST_ENTRY = 512  # bytes of the directory for one file, its name included
_CHUNK = 256 * 1024
_ENCRYPTED = 0x1
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError, struct.error)
_SAVE_AGAIN = "Open it in the program that it is from and save it again, or export the transcript as text."


def opened(name: str, data: bytes) -> zipfile.ZipFile:
    """The archive in these bytes. Raises Refused where it is damaged, or where its directory declares more than the bounds."""
    end = data.rfind(_END)
    if end < 0 or len(data) < end + 22:
        raise refused(name, "is not text, but a ZIP archive that is cut short or damaged", _SAVE_AGAIN)
    members, directory = struct.unpack("<HL", data[end + 10 : end + 16])
    # Told from the last bytes alone: the package would first read a directory of any size into memory.
    if members > MAX_MEMBERS or directory > MAX_MEMBERS * _LONGEST_ENTRY or data[end - 20 : end - 16] == _END_64:
        raise refused(name, f"is an archive of more than {MAX_MEMBERS:,} files", _SAVE_AGAIN)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _UNREADABLE as error:
        raise refused(name, "is not text, but a ZIP archive that is damaged", _SAVE_AGAIN) from error
    entries = archive.infolist()
    if len(entries) > MAX_MEMBERS:
        raise refused(name, f"is an archive of more than {MAX_MEMBERS:,} files", _SAVE_AGAIN)
    expanded = sum(entry.file_size for entry in entries)
    if expanded > MAX_EXPANDED:
        raise refused(
            name, f"would expand to {expanded // 1024**2:,} MB, more than the {MAX_EXPANDED // 1024**2} MB allowed", _SAVE_AGAIN
        )
    return archive


def chunks(name: str, archive: zipfile.ZipFile, member: str, *, most: int = MAX_PART) -> Iterator[bytes]:
    """One file of the archive, piece by piece. Raises Refused where it is damaged, encrypted, or expands beyond the bounds.

    The size and the ratio are those of what comes out, whatever the directory declares.
    """
    entry = archive.getinfo(member)
    if entry.flag_bits & _ENCRYPTED:
        raise refused(name, "is protected by a password", "Save a copy of it without a password.")
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise refused(name, f"is packed in a way that documents are not ({member})", _SAVE_AGAIN)
    size = 0
    try:
        with archive.open(entry) as stream:
            while piece := stream.read(_CHUNK):
                size += len(piece)
                if size > most or size > max(_SMALL, MAX_RATIO * entry.compress_size):
                    raise refused(name, f"expands far beyond what a transcript can be ({member})", _SAVE_AGAIN)
                yield piece
    except _UNREADABLE as error:
        raise refused(name, f"is damaged ({member})", _SAVE_AGAIN) from error
