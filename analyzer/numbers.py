"""Numbers, weekdays and months in a text, in one form however they are written: `12`, `twelve` and `a dozen` are the same.

Words for numbers are read in English, and the common ones of a few other languages. What is read may be wrong ("one
ninety-eight" is 1.98, 198 or two numbers), so a number has all the forms that it may stand for.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum

from analyzer.quotes import word_list


class Kind(Enum):
    NUMBER = "number"
    WEEKDAY = "weekday"
    MONTH = "month"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """One number or day with the forms that it may have; `telling` is false of those that often count nothing: one, first."""

    kind: Kind
    forms: frozenset[str]
    telling: bool = True


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A number in words as it is read on: its value, and the places of its words."""

    value: float
    end: int
    telling: bool = field(default=True)


_WEEKDAYS = (
    "monday montag lundi lunes lunedì maandag",
    "tuesday dienstag mardi martes martedì dinsdag",
    "wednesday mittwoch mercredi miércoles mercoledì woensdag",
    "thursday donnerstag jeudi jueves giovedì donderdag",
    "friday freitag vendredi viernes venerdì vrijdag",
    "saturday samstag sonnabend samedi sábado sabato zaterdag",
    "sunday sonntag dimanche domingo domenica zondag",
)
_MONTHS = (
    "january januar janvier enero gennaio januari jan",
    "february februar février febrero febbraio februari feb",
    "march märz marzo maart",
    "april avril abril aprile",
    "may mai mayo maggio mei",
    "june juni juin junio giugno",
    "july juli juillet julio luglio",
    "august août agosto augustus aug",
    "september septembre septiembre settembre sept sep",
    "october oktober octobre octubre ottobre oct okt",
    "november novembre noviembre nov",
    "december dezember décembre diciembre dicembre dec dez",
)
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
_ELSEWHERE = {
    2: "zwei deux dos due twee",
    3: "drei trois tres tre drie",
    4: "vier quatre cuatro quattro",
    5: "fünf cinq cinco cinque vijf",
    6: "sechs seis zes",
    7: "sieben sept siete sette zeven",
    8: "acht huit ocho otto",
    9: "neun neuf nueve nove negen",
    10: "zehn dix diez dieci tien",
    11: "elf onze undici",
    12: "zwölf douze doce dodici twaalf",
    15: "fünfzehn quinze quince quindici vijftien",
    20: "zwanzig vingt veinte venti twintig",
    30: "dreissig trente treinta trenta dertig",
    40: "vierzig quarante cuarenta quaranta veertig",
    50: "fünfzig cinquante cincuenta cinquanta vijftig",
    100: "hundert cien honderd",
    1000: "tausend mille mil duizend",
}
_DAYS = {word: (Kind.WEEKDAY, str(n)) for n, names in enumerate(_WEEKDAYS) for word in names.split()}
_DAYS |= {f"{word}s": day for word, day in _DAYS.items() if word.endswith("day")}
_DAYS |= {word: (Kind.MONTH, str(n)) for n, names in enumerate(_MONTHS, start=1) for word in names.split()}
_ONES = {word: float(n) for n, word in enumerate([*_UNITS.split(), "eighteen", "nineteen"])}
_TENS_OF = {word: 10.0 * n for n, word in enumerate(_TENS.split(), start=2)}
_ORDINAL_OF = {word: float(n) for n, word in enumerate([*_ORDINALS.split(), "fifteenth", "sixteenth", "seventeenth"])}
_ORDINAL_OF |= {"eighteenth": 18.0, "nineteenth": 19.0, "twentieth": 20.0, "thirtieth": 30.0}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "grand": 1e3, "k": 1e3, "m": 1e6, "bn": 1e9}
_SCALES |= {"hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "mn": 1e6, "mio": 1e6}
_BARE_SCALES = frozenset({"hundred", "thousand", "million", "billion"})
_WORTH = {"dozen": 12.0, "twice": 2.0, "thrice": 3.0, "both": 2.0, "once": 1.0}
_LIKELY_NO_COUNT = frozenset({"one", "zero", "first", "second", "third", "once", "twice", "both"})
_ABROAD = {word: float(n) for n, words in _ELSEWHERE.items() for word in words.split()}

_DIGITS = re.compile(r"(?P<number>\d[\d.,:/-]*?)(?P<unit>st|nd|rd|th|k|m|mn|bn|am|pm|h|x)?")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DECIMAL = re.compile(r"\d+[.,]\d+")
# The two months that are words as well count as months only where something says so.
_MAY_OR_MARCH = re.compile(
    r"\b(?:in|by|until|till|since|during|before|after|early|late|mid|this|next|last|end of|\d(?:st|nd|rd|th)?(?: of)?)"
    r"[ -](may|march)\b|\b(may|march) (?:the )?\d|(?<=[a-z,] )(?-i:(May|March))\b",
    re.IGNORECASE,
)
_COUNTABLE = 1e15  # what is larger was typed by no person, and is exact in no float
_SAID_APART = 9_999  # neither half of a price or a year is larger
_IN_DOUBT = frozenset({"may", "march"})


def amounts(text: str) -> tuple[Amount, ...]:
    """All numbers, weekdays and months of a text in order."""
    words = [part for word in word_list(text) for part in _apart(word)]
    sure = {name.lower() for match in _MAY_OR_MARCH.finditer(text) for name in match.groups() if name}
    found: list[Amount] = []
    before: tuple[int, float] | None = None  # where the number before ended, and its value: "one ninety-eight"
    at = 0
    while at < len(words):
        word = words[at]
        if word in _DAYS and (word not in _IN_DOUBT or word in sure):
            kind, form = _DAYS[word]
            found.append(Amount(kind=kind, forms=frozenset({form})))
        spoken = _spoken(words, at)
        if spoken is not None:
            found.append(Amount(kind=Kind.NUMBER, forms=frozenset({_form(spoken.value)}), telling=spoken.telling))
            if before is not None and before[0] == at:
                found.append(Amount(kind=Kind.NUMBER, forms=_joined(before[1], spoken.value), telling=False))
            at, before = spoken.end, (spoken.end, spoken.value)
            continue
        if any(c.isdigit() for c in word):
            found.append(Amount(kind=Kind.NUMBER, forms=frozenset(_written(word))))
        elif word in _ABROAD:
            found.append(Amount(kind=Kind.NUMBER, forms=frozenset({_form(_ABROAD[word])}), telling=False))
        at += 1
    return tuple(found)


def parts_of(day: dt.date) -> tuple[Amount, ...]:
    """What of a day may stand in a text: its weekday, month, number and year, and the whole day as 2026-03-04 or 4.3.2026."""
    figures = [f"{day.day}.{day.month}.{day.year}", f"{day:%d.%m.%Y}", f"{day:%d/%m/%Y}", f"{day:%m/%d/%Y}", day.isoformat()]
    return (
        Amount(kind=Kind.WEEKDAY, forms=frozenset({str(day.weekday())})),
        Amount(kind=Kind.MONTH, forms=frozenset({str(day.month)})),
        Amount(kind=Kind.NUMBER, forms=frozenset({str(day.day), str(day.year), *figures})),
    )


def is_day_word(word: str) -> bool:
    """Whether a word in small letters names a weekday or a month."""
    return word in _DAYS


def _apart(word: str) -> Iterator[str]:
    """`twenty-five` and `five-year` by their parts; what is written in digits stays whole."""
    yield from [word] if any(c.isdigit() for c in word) else word.split("-")


def _spoken(words: Sequence[str], at: int) -> _Spoken | None:
    """The number that begins at this word, as people say it or with its scale ("40 thousand"); None where none does."""
    word = words[at]
    begun = _below_hundred(words, at)
    if begun is None and word in _BARE_SCALES:
        begun = _Spoken(1.0, at)
    if begun is None and word.isdecimal() and at + 1 < len(words) and words[at + 1] in _SCALES:
        begun = _Spoken(float(word), at + 1)
    if begun is None and _DECIMAL.fullmatch(word) and at + 1 < len(words) and words[at + 1] in _SCALES:
        begun = _Spoken(float(word.replace(",", ".")), at + 1)
    if begun is None:
        return None
    total, current, end = 0.0, begun.value, begun.end
    scaled = end < len(words) and words[end] in _SCALES
    while end < len(words) and words[end] in _SCALES:
        scale, end = _SCALES[words[end]], end + 1
        total, current = (total, current * scale) if scale == _SCALES["hundred"] else (total + current * scale, 0.0)
        follows = end + 1 if end < len(words) and words[end] == "and" else end
        more = _below_hundred(words, follows) if follows < len(words) else None
        if more is not None:
            current, end = current + more.value, more.end
    return _Spoken(total + current, end, scaled or begun.telling)


def _below_hundred(words: Sequence[str], at: int) -> _Spoken | None:
    word = words[at]
    if word in _TENS_OF:
        following = words[at + 1] if at + 1 < len(words) else ""
        one = _ONES.get(following, _ORDINAL_OF.get(following, 0.0))
        return _Spoken(_TENS_OF[word] + one, at + 2) if 0 < one < 10 else _Spoken(_TENS_OF[word], at + 1)  # noqa: PLR2004 a digit
    for table in (_ONES, _ORDINAL_OF, _WORTH):
        if word in table:
            return _Spoken(table[word], at + 1, word not in _LIKELY_NO_COUNT)
    return None


def _written(word: str) -> Iterator[str]:
    """The forms of what is written in digits: as it stands, and by its value where it has one."""
    yield word
    match = _DIGITS.fullmatch(word)
    if match is None:
        return
    number, scale = match["number"], _SCALES.get(match["unit"] or "", 1.0)
    if _THOUSANDS.fullmatch(number):
        yield _form(float(re.sub("[.,]", "", number)) * scale)
    elif _DECIMAL.fullmatch(number):
        yield _form(float(number.replace(",", ".")) * scale)
    elif number.isdecimal():
        yield _form(float(number) * scale)
    elif number.endswith(":00"):
        yield _form(float(number.removesuffix(":00").lstrip("0") or 0)) if number.count(":") == 1 else number


def _joined(one: float, other: float) -> frozenset[str]:
    """Two numbers said one after the other as one: a price ("one ninety-eight") or a year ("twenty twenty-six")."""
    return (
        frozenset({f"{_form(one)}{_form(other)}", _form(float(f"{int(one)}.{int(other)}"))})
        if 1 <= one <= _SAID_APART and other <= _SAID_APART
        else frozenset()
    )


def _form(value: float) -> str:
    return str(int(value)) if value <= _COUNTABLE and value == int(value) else repr(value)
