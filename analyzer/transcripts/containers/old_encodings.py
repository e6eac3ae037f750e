"""In which encoding a text is that does not say so: an older program's, or UTF-8 that was damaged."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

# What people's older programs write, one encoding a script; left to choose among all of Python's codecs, the detector
# names DOS pages for short texts. With Latin ones among them it took French, Portuguese and Swedish for Czech, Polish for
# Arabic, Dutch for Chinese and a Russian text with much English in it for a Western one.
_OTHER_SCRIPTS = ["cp1251", "cp1253", "cp1255", "cp1256", "cp932", "gb18030", "big5", "cp949"]
_CENTRAL = "cp1250"
_WESTERN = "cp1252"
_SAMPLE = 262_144
_POLISH = re.compile(rb"(?<=[A-Za-z\xc0-\xff])[\x9f\xb3\xb9\xbf](?=[a-z\xe0-\xff\x9c\xb3\xb9\xbf])")
_ASCII_LETTERS = re.compile(rb"[A-Za-z]+")
_NO_ASCII = re.compile(rb"[\x80-\xff]+")
_FEWEST = 2
_LEAST = 0.002  # letters of Central Europe among all: a text of these languages has five times that
_RUN = re.compile(rb"[\x80-\xff]{3,}")
_OF_WORDS = 0.4
_BROKEN = re.compile("\ufffd+")
_CONTINUED = "".join(
    sorted({bytes([byte]).decode(encoding, errors="ignore") for byte in range(0x80, 0xC0) for encoding in ("cp1252", "latin-1")})
)
_TWICE = re.compile(f"[\u00c2-\u00c5\u00d0\u00d1][{_CONTINUED}]|\u00e2[{_CONTINUED}]{{2}}")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")
_ONE_IN = 10  # letters of which one may be broken in UTF-8; of other encodings, hardly any two bytes are a letter of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Mended:
    """Text of a damaged UTF-8 file, without the letter that it ends within; each broken place in it is one U+FFFD."""

    text: str
    cut: bool
    broken: int


def damaged_utf8(data: bytes, *, declared: bool) -> Mended | None:
    """The text of bytes that were UTF-8 and nearly all still are; None where they are of another encoding.

    `declared` says that the file begins with the mark of UTF-8, so that no letter in it need tell.
    """
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    text = decoder.decode(data)  # keeps the bytes of a letter that does not end
    cut = bool(decoder.getstate()[0])
    broken = len(_BROKEN.findall(text))
    letters = sum(map(len, _NOT_ASCII.findall(text))) - text.count("\ufffd")
    if (
        not (letters or (declared and not broken))
        or (broken > 1 and broken * _ONE_IN > letters)
        or (broken == 1 and letters == 1)
    ):
        return None
    return Mended(text=_BROKEN.sub("\ufffd", text), cut=cut, broken=broken)


def looks_doubly_encoded(text: str) -> bool:
    """Whether most letters beyond ASCII are what becomes of UTF-8 that is read as Western and written as UTF-8 again."""
    doubled = sum(map(len, _TWICE.findall(text)))
    return doubled > 0 and doubled * 2 >= sum(map(len, _NOT_ASCII.findall(text)))


def guess(data: bytes) -> str:
    """The name of the codec."""
    sample = b"\n".join(_telling(data))
    if not _is_of_another_script(sample):
        return _CENTRAL if _is_central_european(sample) else _WESTERN
    from charset_normalizer import from_bytes  # 40 ms that only such files cost

    best = from_bytes(sample, cp_isolation=_OTHER_SCRIPTS).best()
    return best.encoding if best is not None else _WESTERN


def _telling(data: bytes) -> Iterator[bytes]:
    """Lines with letters beyond ASCII, as many as are enough; the others only blur what the detector sees."""
    length = 0
    for line in data.splitlines():
        if not line.isascii() and length < _SAMPLE:
            length += len(line)
            yield line


def _is_of_another_script(data: bytes) -> bool:
    """Whether letters beyond ASCII make up words: in Latin script they stand alone or, in Czech and Polish, by twos.

    In the tutorials of Vim, up to a third of such bytes in any 200 of Slovak stand by threes or more, in any 1,000 bytes
    of Russian, Greek, Japanese, Korean or Chinese at least three quarters.
    """
    runs, all_ = (sum(map(len, pattern.findall(data))) for pattern in (_RUN, _NO_ASCII))
    return runs > _OF_WORDS * all_


def _is_central_european(data: bytes) -> bool:
    """Whether letters of these languages abound that, read as Western ones, no Western language has together.

    Tried on the tutorials of Vim, 200 pieces of each length: none of ten Western languages is ever taken for one of
    these; Polish, Czech and Slovak are recognised in nine of ten pieces of 500 bytes, Hungarian and Croatian in eight
    of ten of 1,000.
    """
    plain = sum(map(len, _ASCII_LETTERS.findall(data)))
    carons = _many(data, b"\x8a\x8e\x9a\x9e") if _many(data, b"\xe8\xec\xf8\xbe") >= _FEWEST else 0
    hungarian = _many(data, b"\xf5\xfb") if b"\xf5" in data and b"\xf6" in data and _many(data, b"\xe1") >= _FEWEST else 0
    romanian = _many(data, b"\xfe\xba") if b"\xfe" in data and _many(data, b"\xe3") >= _FEWEST else 0
    most = max(len(_POLISH.findall(data)), carons, hungarian, romanian)
    return most >= max(_FEWEST, _LEAST * plain)


def _many(data: bytes, letters: bytes) -> int:
    return sum(data.count(letter) for letter in letters)
