"""Files that people take for a transcript, or that hold one in a form that is not read, and what to do with them instead."""

import re
from collections.abc import Collection
from typing import NamedTuple

_RECORDING = "This reads what was said, not the recording: download the transcript of it, or have it transcribed first."
_SAVE_AS = "Open it and save it as .docx or as text."
_COPY_OUT = "Upload the transcript as text: select it, copy it and save it as a .txt file."


class Kind(NamedTuple):
    """What a file is, as it goes on after "is", and the way out."""

    name: str
    way_out: str


_AUDIO = Kind("a recording (audio)", _RECORDING)
_VIDEO = Kind("a recording (video)", _RECORDING)
_PICTURE = Kind("a picture", _COPY_OUT)
_PACKED = Kind("a packed archive", "Unpack it and upload the transcripts in it.")
_OLD_OFFICE = Kind(
    "an Office document of the old kind (.doc, .xls) or one with a password", "Save it as .docx without a password."
)
_RICH_TEXT = Kind("rich text (.rtf)", _SAVE_AS)
_WEB_PAGE = Kind("a web page (.html)", _COPY_OUT)
_BY_FIRST_BYTES = (
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _OLD_OFFICE),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\\rtf\d"), _RICH_TEXT),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<!doctype html|<html)[\s>]", re.IGNORECASE), _WEB_PAGE),
    (
        re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF....WEBP|....ftyp(?:heic|mif1|avif)", re.DOTALL),
        _PICTURE,
    ),
    (
        re.compile(rb"ID3[\x00-\x0f]|\xff[\xe2\xe3\xf1-\xf3\xf9-\xfb]|OggS\x00|fLaC\x00|RIFF....WAVE|FORM....AIF", re.DOTALL),
        _AUDIO,
    ),
    (re.compile(rb"#!AMR|....ftypM4[AB]", re.DOTALL), _AUDIO),
    (re.compile(rb"....ftyp|....moov|\x1a\x45\xdf\xa3|RIFF....AVI |\x30\x26\xb2\x75\x8e\x66|FLV\x01", re.DOTALL), _VIDEO),
    (re.compile(rb"\x1f\x8b\x08|7z\xbc\xaf\x27|Rar!\x1a|BZh\d1AY|\xfd7zXZ\x00"), _PACKED),
)
_BY_MEMBER = (
    ("xl/", Kind("an Excel workbook (.xlsx)", "Save the sheet with the transcript as .csv.")),
    ("ppt/", Kind("a PowerPoint presentation (.pptx)", _COPY_OUT)),
    ("META-INF/container.xml", Kind("an e-book (.epub)", _COPY_OUT)),
    ("content.xml", Kind("an OpenDocument file (.odt, .ods)", _SAVE_AS)),
    ("Index/", Kind("a document of Pages or Numbers", "Export it as Word (.docx).")),
)


def kind_of(data: bytes) -> Kind | None:
    """What the first bytes say that a file is, where it is something that is not read; None for everything else."""
    start = data[:512]
    return next((kind for pattern, kind in _BY_FIRST_BYTES if pattern.match(start)), None)


def kind_of_archive(members: Collection[str]) -> Kind:
    """What an archive with these files in it is, when it is no Word document."""
    return next((kind for mark, kind in _BY_MEMBER if any(member.startswith(mark) for member in members)), _PACKED)
