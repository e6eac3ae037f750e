"""E-mail addresses, telephone numbers and links in a text.

A telephone number needs the shape of one: it begins with a +, with 0 and an area, or stands in the three groups of North
America. Sums of money, dates, times, percentages, years and decimals are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzer.engines.llm.stand_ins import ADDRESS, LINK, NUMBER, Kind

_MAIL = re.compile(r"(?<![\w.%+-])[\w.%+-]++@(?:[^\W_][\w-]{0,62}+\.){1,8}[^\W\d_]{2,24}")
_TOP_LEVELS = "com|org|net|edu|gov|info|biz|io|ai|app|dev|eu|uk|ie|de|ch|fr|nl|pt|dk|fi|pl|ca|au|nz|jp"
_HOST = rf"(?:[^\W_][\w-]{{0,62}}+\.){{1,8}}(?:{_TOP_LEVELS}|{_TOP_LEVELS.upper()})(?![\w-])"
_PATH = r"[^\s<>|\"']"
_LINKS = re.compile(
    rf"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9+.-]{{0,20}}://{_PATH}+"
    rf"|(?<![\w@.-])(?:[wW]{{3}}\.{_PATH}{{3,}}|{_HOST}(?:[/?#:]{_PATH}*)?)"
)
_AFTER_A_LINK = ".,;:!?)]}*_\u2019\u201d\u2026"
_STAND_INS = re.compile(f"{ADDRESS}|{NUMBER}|{LINK}", re.IGNORECASE)

_GAP = r"[ \u00a0().\-\u2010\u2011/]{0,3}"
_PHONE = re.compile(
    rf"""(?<![\w+]) (?P<abroad> \+ \(?[0-9]{{1,3}} (?:{_GAP}[0-9]+){{1,8}})
    | (?<![\w.,+/-]) (?<![0-9]:) (?P<here> \(?0[0-9]+\)? (?:{_GAP}[0-9]{{2,}}){{0,8}})
    | (?<![\w.,+/-]) (?P<america> (?:1[ .-])? (?:\([2-9][0-9]{{2}}\)[ ]?|[2-9][0-9]{{2}}[.-])
        [2-9][0-9]{{2}}[ .-][0-9]{{4}} (?![0-9]))
    """,
    re.VERBOSE,
)
_DIGITS = re.compile("[0-9]+")
_DATE = re.compile(r"\(?[0-9]{1,2}(?:([./-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{2})| [0-9]{1,2} (?:19|20)[0-9]{2})(?![0-9])")
_MONEY_BEFORE = re.compile(r"[$\u00a3\u20ac\u00a5]\s?$")
_MONEY_AFTER = re.compile(r"\s?(?:[%$\u00a3\u20ac\u00a5]|(?:EUR|USD|GBP|CHF|[eE]uros?|pounds|dollars|percent)\b)")
# Digits after which a number is complete, and the fewest and most that it may have.
_COMPLETE, _FEWEST, _MOST = {"abroad": 11, "here": 10}, {"abroad": 8, "here": 9}, {"abroad": 15, "here": 13}


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address, telephone number or link from `start` to `end`."""

    start: int
    end: int
    kind: Kind


def addresses_in(text: str) -> list[Address]:
    """All of them in order, none within another. What looks like one of our own stand-ins is always among them."""
    found = _apart([*_mails(text), *_links(text), *_phones(text)])
    gaps = zip([0, *(one.end for one in found)], [*(one.start for one in found), len(text)], strict=True)
    ours = (m for start, end in gaps for m in _STAND_INS.finditer(text, start, end))
    return sorted([*found, *(Address(m.start(), m.end(), _OURS[m.lastgroup or ""]) for m in ours)], key=lambda a: a.start)


_OURS = {"address": Kind.ADDRESS, "number": Kind.NUMBER, "link": Kind.LINK}


def _apart(found: list[Address]) -> list[Address]:
    """The longest of those that overlap."""
    kept: list[Address] = []
    for one in sorted(found, key=lambda a: (a.start, -a.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _mails(text: str) -> Iterator[Address]:
    if "@" in text:
        yield from (Address(m.start(), m.end(), Kind.ADDRESS) for m in _MAIL.finditer(text))


def _links(text: str) -> Iterator[Address]:
    for match in _LINKS.finditer(text):
        yield Address(match.start(), match.start() + len(match[0].rstrip(_AFTER_A_LINK)), Kind.LINK)


def _phones(text: str) -> Iterator[Address]:
    at = 0
    while match := _PHONE.search(text, at):
        shape = match.lastgroup or ""
        end = match.end() if shape == "america" else _end_of_phone(match, shape)
        at = max(end or 0, match.start() + 1)
        if end and not _is_sum(text, match.start(), end):
            yield Address(match.start(), end, Kind.NUMBER)


def _end_of_phone(match: re.Match[str], shape: str) -> int | None:
    """Where the number ends that begins here, or None if it has not the shape of one."""
    if shape == "here" and _DATE.match(match[0]):
        return None
    shape = "abroad" if match[0].lstrip("(").startswith("00") else shape
    digits, end = 0, 0
    for group in _DIGITS.finditer(match[0]):
        if digits >= _COMPLETE[shape]:
            break
        digits, end = digits + len(group[0]), match.start() + group.end()
    return end if _FEWEST[shape] <= digits <= _MOST[shape] else None


def _is_sum(text: str, start: int, end: int) -> bool:
    """Whether these digits are a sum, a share, or a number with its thousands set apart ("+12 000 000")."""
    groups = _DIGITS.findall(text[start:end])
    thousands = all(len(g) == 3 for g in groups[1:]) and (len("".join(groups)) <= 9 or groups[-1] == "000")  # noqa: PLR2004
    whole = len(groups) == 1 or not thousands
    return not whole or bool(_MONEY_BEFORE.search(text[max(0, start - 2) : start]) or _MONEY_AFTER.match(text, end))
