"""The invented names that stand for real ones: how they are made, how they are told from other words, how they bend.

A stand-in is one run of plain letters, so that no model can quote half of it, and it is found again whatever stands
around it. They are handed out in a fixed order and never made from the name itself: a provider who knows this program
could otherwise try out names until one gives the stand-in that it saw.
"""

import re
from collections.abc import Collection
from enum import StrEnum
from itertools import count, product

# 23 and 18 have no common divisor, so walking both at once meets every pair, and neighbours differ in both syllables.
# None of the pairs is a word of English, German, French, Dutch, Spanish or Italian; none ends as a plural does.
_FIRST = "Vel Tor Bram Kel Dor Zar Gol Jar Lom Pel Rov Yar Hul Vor Dal Tam Kor Zel Fal Jul Lur Nem Pir".split()  # noqa: SIM905 - a row of syllables reads better than a list
_SECOND = "tan vik dap mek rul bon dev gat kin pur zil fam vod nek tub gim dor pim".split()  # noqa: SIM905 - as above
_PAIRS = len(_FIRST) * len(_SECOND)
_COMPANY, _COMPANY_IN_SHORT = "corp", "co"  # no syllable has a c, so this letter tells a company from a person
_BENDS = "oia"  # added for another spelling of the same name: Zoë is Veltan, Zoe is Veltano
_ESCAPE = "um"  # put into a word that only looks like a stand-in
_PLURALS = ("", "s", "es")
_LONGEST = 100  # letters; no stand-in has so many

ADDRESS = r"person(?P<address>[0-9]+)@example\.com"
NUMBER = r"\+999[-\u2010-\u2013]555[-\u2010-\u2013](?P<number>[0-9]{4,})"
LINK = r"(?:https?://)?link(?P<link>[0-9]+)\.example\.com"
_ADDRESS_LIKE, _NUMBER_LIKE, _LINK_LIKE = (re.compile(p, re.IGNORECASE) for p in (ADDRESS, NUMBER, LINK))


class Kind(StrEnum):
    """What a stand-in stands for, under the names by which replacements are counted."""

    PERSON = "people"
    ORGANISATION = "organisations"
    ADDRESS = "addresses"
    NUMBER = "numbers"
    LINK = "links"


def kind_of(stand_in: str) -> Kind:
    """What this stand-in stands for."""
    if _ADDRESS_LIKE.fullmatch(stand_in):
        return Kind.ADDRESS
    if _NUMBER_LIKE.fullmatch(stand_in):
        return Kind.NUMBER
    if _LINK_LIKE.fullmatch(stand_in):
        return Kind.LINK
    return Kind.ORGANISATION if "c" in stand_in.lower() else Kind.PERSON


def is_short(stand_in: str) -> bool:
    """Whether it stands for the first word alone of an organisation's name."""
    return kind_of(stand_in) is Kind.ORGANISATION and _COMPANY not in stand_in.lower()


def new_name(kind: Kind, stand_ins: Collection[str], words: Collection[str]) -> str:
    """A stand-in for a person or an organisation that is none of these `words`, and not kin to any of these stand-ins.

    Both are in lower case.
    """
    ending = _COMPANY if kind is Kind.ORGANISATION else ""
    for number in count(len(stand_ins)):
        stem = _FIRST[number % len(_FIRST)] + _SECOND[number % len(_SECOND)]
        rest = number // _PAIRS
        while rest:
            stem += _SECOND[(rest - 1) % len(_SECOND)]
            rest = (rest - 1) // len(_SECOND)
        lower = stem.lower()
        if lower not in words and not any(lower + kin in stand_ins for kin in ("", _COMPANY, _COMPANY_IN_SHORT)):
            return stem + ending
    raise AssertionError  # count() never ends


def new_short(full: str, stand_ins: Collection[str]) -> str:
    """The stand-in for the first word of the organisation that `full` stands for, plainly kin to it."""
    short = full[: full.lower().index(_COMPANY)] + _COMPANY_IN_SHORT
    return short if short.lower() not in stand_ins else bent(short, stand_ins)


def bent(stand_in: str, stand_ins: Collection[str]) -> str:
    """The stand-in for another spelling of the same name."""
    bends = ("".join(letters) for size in count(1) for letters in product(_BENDS, repeat=size))
    return next(stand_in + bend for bend in bends if (stand_in + bend).lower() not in stand_ins)


def new_address(kind: Kind, number: int) -> str:
    """The stand-in for the e-mail address, telephone number or link with this number; 0 stands for one that is not known."""
    shapes = {Kind.ADDRESS: f"person{number}@example.com", Kind.NUMBER: f"+999-555-{number:04}"}
    return shapes.get(kind, f"https://link{number}.example.com")


def number_of(stand_in: str) -> int:
    """The number within the stand-in of an e-mail address, telephone number or link."""
    found = _ADDRESS_LIKE.fullmatch(stand_in) or _NUMBER_LIKE.fullmatch(stand_in) or _LINK_LIKE.fullmatch(stand_in)
    return int(next(group for group in found.groups() if group)) if found else 0


def taken_apart(word: str, stand_ins: Collection[str]) -> tuple[str, str] | None:
    """A run of letters as one of the `stand_ins` (in lower case), as it is written here, and its plural ending; else None."""
    lower = word.lower()
    for ending in _PLURALS:
        body = lower.removesuffix(ending)
        if lower.endswith(ending) and body in stand_ins:
            return word[: len(body)], word[len(body) :]
    return None


def escaped(word: str, stand_ins: Collection[str]) -> str:
    """A real word in a form in which it cannot be taken for a stand-in; most words need none and stay as they are."""
    at = _escape_at(word, stand_ins)
    return word if at is None else word[:at] + _ESCAPE + word[at:]


def unescaped(word: str, stand_ins: Collection[str]) -> str:
    """What `escaped` was made from, for a word that is no stand-in itself."""
    at = _escape_at(word, stand_ins)
    return word if at is None else word[:at] + word[at + len(_ESCAPE) :]


def _escape_at(word: str, stand_ins: Collection[str]) -> int | None:
    """Where the stand-in ends with which the word begins, if nothing follows but escapes and a plural."""
    lower = word.lower()
    for ending in _PLURALS:
        end = len(lower) - len(ending) if lower.endswith(ending) else 0
        while end > 0:
            if end <= _LONGEST and lower[:end] in stand_ins:
                return end
            if not lower.endswith(_ESCAPE, 0, end):
                break
            end -= len(_ESCAPE)
    return None


def in_case_of(spelling: str, written: str, plain: str) -> str:
    """`spelling` in capitals or small letters where `written` is `plain` in capitals or small letters; else as it is."""
    if written == plain:
        return spelling
    if written == plain.upper():
        return spelling.upper()
    return spelling.lower() if written == plain.lower() else spelling
