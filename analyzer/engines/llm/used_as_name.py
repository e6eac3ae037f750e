"""Whether a name that is also an English word ("Will", "May", "Target") is used as a name where it stands.

Where the words around it do not tell, it is taken for a name: a stand-in too many costs the reader little, a name too
many leaves the house.
"""

import re
from dataclasses import dataclass
from enum import Enum

from analyzer.engines.llm.ordinary_words import (
    AFTER_A_MONTH,
    AFTER_A_NAME,
    AFTER_MODALS,
    ASIDES,
    BEFORE_A_MONTH,
    COMMON_WORDS,
    EXCLAMATIONS,
    FUNCTION_WORDS,
    LINKS,
    MODALS,
    MONTHS,
    NAMES_UNLESS_DATED,
    NOT_WORDS,
    OBJECTS,
    OPENERS,
    ORDERS,
    SELDOM_WORDS,
    SPEAKERS,
    SUBJECTS,
    TITLES,
    WISHES,
)

_ORDINARY = FUNCTION_WORDS | COMMON_WORDS | SELDOM_WORDS | MONTHS
_TINY = 2  # letters; so short a name is half a word of some language
_QUOTES = "\"'\u2018\u201c\u201e\u00ab\u300c"
_SENTENCE_END = re.compile(r"[.!?:;\u2026|>\n\u2014\u2013\u2022]|\s-\s")
_LABEL_BEFORE = re.compile(r"(?:^|[\n|>\]]|\d\s)[\s*#>\-_\"(]*$")
_LABEL_AFTER = re.compile(r"[\s*_]*(?:\([^()\n]{0,40}\)[\s*_]*)?:(?!\d)|\s{1,4}\(?\d{1,2}:\d\d")
_ENDS_THERE = re.compile(r"\s*(?:[,.!?:;\u2026)\]\n|>*]|[-\u2013\u2014]\s|$)")
_CLITIC = re.compile(r"['\u2019](?:s|ll|d|ve|re)\b", re.IGNORECASE)
_DAY_OR_YEAR_AFTER = re.compile(r"\W{1,2}(?:the\s+)?\d{1,4}(?:st|nd|rd|th)?\b", re.IGNORECASE)
_DAY_BEFORE = re.compile(
    r"\d(?:st|nd|rd|th)?(?:\s+of)?\W{1,2}$|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:\s+of)?\s$",
    re.IGNORECASE,
)
_SURE_MONTHS = "|".join(sorted(month for month in MONTHS if month not in SELDOM_WORDS | COMMON_WORDS))
_ANY_MONTH = "|".join(sorted(MONTHS))
_MONTH_BEFORE = re.compile(
    rf"\b(?:(?:{_SURE_MONTHS})(?:,| and| or)?|(?:{_ANY_MONTH}) (?:to|until|till|through)) $", re.IGNORECASE
)
_MONTH_AFTER = re.compile(rf"(?:,| and| or)? (?:{_SURE_MONTHS})\b| (?:to|until|till|through) (?:{_ANY_MONTH})\b", re.IGNORECASE)
_FIRST_LETTER = re.compile(r"[^\W\d_]")


class Beside(Enum):
    """What stands next to it of the names of the same person: nothing, one that may be a word too, or a plain name."""

    NOTHING = 0
    A_WORD = 1
    A_NAME = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A word from `start` to `end` of a text; `previous` and `next` are the words about it as written, empty where none is."""

    text: str
    start: int
    end: int
    word: str
    previous: str
    previous_end: int
    next: str
    next_is_name: bool
    plural: bool
    organisation: bool
    beside: Beside

    @property
    def written(self) -> str:
        return self.text[self.start : self.end]

    @property
    def gap(self) -> str:
        """What stands between the word before and this one."""
        return self.text[self.previous_end : self.start]


def is_ordinary(word: str) -> bool:
    """Whether this folded word has a meaning beside being a name."""
    return (
        word in _ORDINARY
        or word.removesuffix("s") in COMMON_WORDS
        or (len(word) <= _TINY and word.isascii() and word not in NOT_WORDS)
    )


def is_function_word(word: str) -> bool:
    """Whether it is one of the small words of which every text is full."""
    return word in FUNCTION_WORDS


def in_small_letters(text: str, at: int) -> bool:
    """Whether the sentence about this place begins with a small letter, so that capitals tell nothing in it."""
    begin = max((m.end() for m in _SENTENCE_END.finditer(text, max(0, at - 300), at)), default=max(0, at - 300))
    first = _FIRST_LETTER.search(text, begin)
    return first is not None and first[0].islower()


def used_as_name(place: Place) -> bool:
    """Whether the word at this place, which `is_ordinary`, is a name there."""
    if _is_label(place):
        return True
    if place.beside is not Beside.NOTHING:
        capital = not place.written.islower()
        return capital or place.beside is Beside.A_NAME or in_small_letters(place.text, place.start)
    if place.previous.lower() in TITLES and re.fullmatch(r"\.?\s{1,2}", place.gap):
        return True
    if place.written.islower() or _is_month(place):
        return place.word in NAMES_UNLESS_DATED and not _is_month(place)
    if _begins_a_sentence(place):
        return _begins_with_a_name(place)
    return _goes_on_with_a_name(place) and (not _is_shouted(place) or "," in place.gap or place.previous.lower() in LINKS)


def _goes_on_with_a_name(place: Place) -> bool:
    """Whether a word with a capital within a sentence is a name there."""
    if _is_modal(place, AFTER_MODALS if place.gap.strip() else frozenset()) and place.previous.lower() not in LINKS:
        return False
    return place.word not in FUNCTION_WORDS or (
        place.gap.isspace() and place.previous.islower() and place.next.lower() not in SUBJECTS
    )


def _is_modal(place: Place, promises: frozenset[str] = AFTER_MODALS) -> bool:
    """Whether it asks ("Will you ...") or, with one of these behind it, promises ("Will do.")."""
    if place.word not in MODALS or _ENDS_THERE.match(place.text, place.end):
        return False
    return place.next.lower() in SUBJECTS or place.next.lower() in promises


def _is_label(place: Place) -> bool:
    """Whether it names who speaks ("Will: ...", "| Will |"), or is all that there is."""
    before, after = place.text[max(0, place.start - 12) : place.start], place.text[place.end : place.end + 60]
    if (
        not place.previous
        and not place.next
        and not any(c.isalnum() for c in place.text[: place.start] + place.text[place.end :])
    ):
        return place.text.strip() == place.written
    if before.endswith(tuple(_QUOTES)) and after.startswith(('"', "\u201d", "\u00bb", "\u300d")):
        return not place.written.islower()
    if after.startswith(">") or re.match(r"\s*\|", after):
        return True
    return bool((place.start == 0 or _LABEL_BEFORE.search(before)) and _LABEL_AFTER.match(after))


def _is_shouted(place: Place) -> bool:
    """Whether it stands among words in capitals."""
    near = [w for w in (place.previous, place.next) if len(w) > 1]
    return place.written.isupper() and len(place.written) > 1 and any(w.isupper() for w in near)


def _is_month(place: Place) -> bool:
    if place.word not in MONTHS or place.plural:
        return False
    before, after = place.text[max(0, place.start - 20) : place.start], place.text[place.end : place.end + 24]
    if _DAY_BEFORE.search(before) or _DAY_OR_YEAR_AFTER.match(after):
        return True
    if _MONTH_BEFORE.search(before) or _MONTH_AFTER.match(after) or place.next.lower() in AFTER_A_MONTH:
        return True
    return place.previous.lower() in BEFORE_A_MONTH and place.gap.isspace() and not _CLITIC.match(after)


def _begins_a_sentence(place: Place) -> bool:
    gap = place.gap
    return not place.previous or bool(_SENTENCE_END.search(gap)) or gap[-1:] in _QUOTES or gap[-1:] in "(["


def _begins_with_a_name(place: Place) -> bool:
    """Whether a sentence that begins with this word begins with a name."""
    after = place.text[place.end : place.end + 12]
    following = place.next.lower()
    company = place.organisation and place.word not in OPENERS | FUNCTION_WORDS
    if place.plural or place.word in FUNCTION_WORDS:
        return company and following not in FUNCTION_WORDS and not _ENDS_THERE.match(after)
    if _CLITIC.match(after) or _ENDS_THERE.match(after):
        return bool(_CLITIC.match(after)) or place.word not in EXCLAMATIONS
    if place.word in MODALS:
        return not _is_modal(place) and not place.next_is_name
    if (place.word in ORDERS and following in (OBJECTS - ASIDES if company else OBJECTS)) or (
        place.word in WISHES and following in SUBJECTS
    ):
        return False
    if company or following in SPEAKERS:
        return True
    return following in AFTER_A_NAME or following.endswith(("ly", "ed")) or place.word not in COMMON_WORDS
