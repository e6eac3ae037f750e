"""Days and spans of past days that a question names: "on 12 November", "last week", "since the autumn", "in our last meeting".

`analyzer.dates` reads when something is due, and looks ahead; who asks about meetings looks back, so that "March" is the last
March there was. A phrase that names days in more than one way, such as 03/04/2026, is left alone.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from analyzer.errors import UsageError
from analyzer.usecases import past_days
from analyzer.usecases.past_days import MONTHS, NUMBERS, ORDINALS, Days, Rule, count


class Kind(IntEnum):
    """How surely a phrase tells when something was said, and is no part of what was said.

    `MEETING` names a meeting; `DATED` is a day or a month of a year; `TIME` goes with a verb of saying; `SPAN` may do either.
    """

    MEETING = 0
    DATED = 1
    TIME = 2
    SPAN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A phrase of a question, at code points `start` to `end`, and what it means.

    Either days, of which `since` and `until` are the first and the last (None where it is open), or `meetings`, a slice of
    the meetings in the order of their dates.
    """

    start: int
    end: int
    kind: Kind
    since: dt.date | None = None
    until: dt.date | None = None
    meetings: slice | None = None


def find_period(text: str, today: dt.date) -> Period | None:
    """The phrase of the text that tells when, the surest kind first, else the first; None where there is none.

    Days to come are no period: nothing has been said then. Never raises.
    """
    found: list[Period] = []
    match: re.Match[str] | None
    for kind, pattern, rule in _PHRASES:
        for match in pattern.finditer(text):
            if any(match.start() < other.end and other.start < match.end() for other in found):
                continue
            days = _days(rule, match, today)
            if days is not None and not (days[0] and days[0] > today):
                found.append(Period(start=match.start(), end=match.end(), kind=kind, since=days[0], until=days[1]))
    for pattern, which in _MEETINGS:
        if match := pattern.search(text):
            found.append(Period(start=match.start(), end=match.end(), kind=Kind.MEETING, meetings=which(match)))
    return min(found, key=lambda one: (one.kind, one.meetings is None, one.start), default=None)


def _days(rule: Rule, match: re.Match[str], today: dt.date) -> Days | None:
    try:
        return rule(match, today)
    except (ValueError, OverflowError, UsageError):  # 31 February; a day beyond the calendar; one that cannot be told
        return None


def _slice(at: int) -> slice:
    return slice(at, at + 1 or None)


def _which_meeting(match: re.Match[str]) -> slice:
    which = " ".join(match["which"].lower().split())
    return _slice(ORDINALS[which]) if which in ORDINALS else _slice(-2 if match["more"] else -1)


def _some_meetings(match: re.Match[str]) -> slice:
    many = count(match["n"])
    return slice(0, many) if match["which"].lower() == "first" else slice(-many, None)


_ANY_MONTH = "|".join((*MONTHS, *["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"]))
_M = rf"(?P<m>{_ANY_MONTH})"
_YEAR = r"(?:19|20)\d\d"
_Y = rf"(?:,? (?P<y>{_YEAR}))?"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_N = rf"(?P<n>\d{{1,3}}|(?:a )?(?:{'|'.join(sorted(filter(None, NUMBERS), key=len, reverse=True))}))"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?"
_DAY_OF_MONTH = rf"(?:the )?{_D}(?: of)? (?:{_ANY_MONTH})\b(?:,? {_YEAR})?"
_MONTH_DAY = rf"(?:{_ANY_MONTH}) (?:the )?{_D}(?:,? {_YEAR})?"
_WEEKDAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_FIGURES = rf"{_YEAR}-\d\d?-\d\d?|\d\d?[/.]\d\d?[/.]{_YEAR}"
_ANY_DAY = rf"(?:{_FIGURES}|{_DAY_OF_MONTH}|{_MONTH_DAY})"
_DAY = rf"(?P<days>{_ANY_DAY})"
_DATED = rf"(?P<days>{_FIGURES}|{_DAY_OF_MONTH}(?<=\d\d\d\d)|{_MONTH_DAY}(?<=\d\d\d\d))"
_CALLED = r"(?:meeting|call|session|conversation|talk|catch-?up|check-?in|workshop|discussion|review|one)"
_OUR = r"(?:the|our|my|their|that|this)"
_IN = r"(?:back )?(?:in|during|at|on|from|of)"
_EARLIER = r"(?:(?:earlier|later|late|early|sometime|some time|back|at the start|at the end|the end|the start)(?: in| of)? )?"


def _phrase(kind: Kind, pattern: str, rule: Rule) -> tuple[Kind, re.Pattern[str], Rule]:
    return kind, re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), rule


def _bounded(pattern: str, rule: Rule) -> tuple[tuple[Kind, re.Pattern[str], Rule], ...]:
    """Meetings are asked about since a day; what is to be done before one is as likely the matter."""
    bounded = past_days.bounded(rule)
    return (
        _phrase(Kind.TIME, rf"(?P<bound>since)(?: the)? {pattern}", bounded),
        _phrase(Kind.SPAN, rf"(?P<bound>from|after|before|until|till|up to)(?: the)? {pattern}", bounded),
    )


# The first that fits a place counts, so what is longer stands before what is a part of it.
_NAMED_MONTH = rf"(?:(?:early|late|mid)[ -])?{_M}{_Y}"
_FIRST_MONTH = rf"{_M}(?:,? (?P<from_y>{_YEAR}))?"
_LAST_MONTH = rf"(?P<to>{_ANY_MONTH})"
_TO = r"(?:and|to|until|till|through|up to|-)"
_NAMED_SEASON = rf"(?P<which>the |last |this )?(?P<season>spring|summer|autumn|fall|winter)(?: of)?{_Y}"
_NAMED_UNIT = r"(?P<which>the last|the previous|last|this) (?P<unit>week|month|quarter|year)(?P<more>)"
_NAMED_QUARTER = rf"(?:(?:the )?(?P<word>first|second|third|fourth) quarter(?: of)?|Q(?P<n>[1-4])){_Y}"

_PHRASES = (
    _phrase(Kind.MEETING, rf"{_IN} {_OUR} (?:{_M}{_Y}) {_CALLED}", past_days.month),
    _phrase(Kind.MEETING, rf"{_IN} {_OUR} {_CALLED} (?:on|of|from) {_DAY}", past_days.one_day),
    _phrase(Kind.MEETING, rf"{_IN} {_OUR} {_CALLED}s? (?:in|of|from) {_NAMED_MONTH}", past_days.month),
    _phrase(Kind.MEETING, rf"{_IN} {_OUR} {_CALLED}s? (?:of |from |in )?{_NAMED_UNIT}", past_days.this_or_last),
    _phrase(Kind.MEETING, rf"when we (?:last )?(?:met|spoke|talked) (?:on )?{_DAY}", past_days.one_day),
    _phrase(Kind.MEETING, rf"when we (?:last )?(?:met|spoke|talked) in {_NAMED_MONTH}", past_days.month),
    _phrase(
        Kind.SPAN,
        rf"(?:between|from) (?P<from>(?:the )?{_D}|{_ANY_DAY}) {_TO} (?P<to>{_ANY_DAY})",
        past_days.between_days,
    ),
    _phrase(Kind.DATED, rf"between {_FIRST_MONTH} and {_LAST_MONTH},? (?P<y>{_YEAR})", past_days.between_months),
    _phrase(Kind.SPAN, rf"(?:between|from) {_FIRST_MONTH} {_TO} {_LAST_MONTH}{_Y}", past_days.between_months),
    *_bounded(rf"{_DAY}", past_days.one_day),
    *_bounded(rf"{_NAMED_MONTH}", past_days.month),
    *_bounded(rf"{_NAMED_SEASON}", past_days.season),
    *_bounded(rf"{_NAMED_QUARTER}", past_days.quarter),
    *_bounded(rf"{_NAMED_UNIT}", past_days.this_or_last),
    *_bounded(rf"(?P<days>(?:last )?{_WEEKDAYS}|yesterday)", past_days.one_day),
    *_bounded(rf"(?P<y>{_YEAR})", past_days.year),
    _phrase(Kind.DATED, rf"(?:on |dated )?{_DATED}", past_days.one_day),
    _phrase(Kind.TIME, rf"(?:on |dated )?{_DAY}", past_days.one_day),
    _phrase(Kind.TIME, rf"(?:on |back on )?(?P<days>last {_WEEKDAYS}|yesterday)", past_days.one_day),
    _phrase(Kind.TIME, r"(?P<which>the )(?P<unit>week|month|quarter|year) (?P<more>before last)", past_days.this_or_last),
    _phrase(Kind.TIME, rf"(?:about |some |around )?{_N} {_UNIT} ago", past_days.ago),
    _phrase(Kind.TIME, rf"(?:in|over|within|during|for) the (?:last|past) (?:{_N} )?{_UNIT}", past_days.lately),
    _phrase(Kind.TIME, rf"{_EARLIER}(?P<which>last|this) (?P<unit>week|month)(?P<more>)", past_days.this_or_last),
    _phrase(Kind.SPAN, rf"{_EARLIER}(?P<which>last|this) (?P<unit>quarter|year)(?P<more>)", past_days.this_or_last),
    _phrase(Kind.DATED, rf"{_IN} (?:(?:early|late|mid)[ -])?{_M},? (?P<y>{_YEAR})", past_days.month),
    _phrase(Kind.SPAN, rf"(?:{_IN} (?:last |this )?|last |this ){_NAMED_MONTH}", past_days.month),
    _phrase(
        Kind.SPAN, rf"(?:{_IN} )?(?:last |this )(?P<season>spring|summer|autumn|fall|winter)(?P<which>)(?P<y>)", past_days.season
    ),
    _phrase(Kind.SPAN, rf"{_IN} {_NAMED_SEASON}", past_days.season),
    _phrase(Kind.SPAN, rf"{_IN} {_NAMED_QUARTER}", past_days.quarter),
    _phrase(Kind.SPAN, rf"on (?P<days>{_WEEKDAYS})", past_days.one_day),
    _phrase(Kind.SPAN, rf"(?:back )?in (?P<y>{_YEAR})", past_days.year),
)


_Which = Callable[[re.Match[str]], slice]


def _of_meetings(pattern: str, which: _Which) -> tuple[re.Pattern[str], _Which]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), which


_MET = r"(?:met|spoke|talked)"
_NOT_ABOUT = r"(?=[?.,;!]|$| (?:what|who|did|was|were|and|on|in)\b)"  # "the last time we talked about fees" is when that was
_FIRST_OR_LAST = "(?P<which>first|last|past|latest|most recent)"
_LAST = r"(?P<which>very first|first|second|third|fourth|last|latest|most recent|previous)"

_MEETINGS = (
    _of_meetings(rf"(?:(?:{_IN}|over|across|within) )?{_OUR} {_FIRST_OR_LAST} {_N} {_CALLED}s", _some_meetings),
    _of_meetings(rf"{_IN} {_OUR} (?P<which>{_CALLED}) (?P<more>before last)", _which_meeting),
    _of_meetings(rf"{_IN} {_OUR} {_LAST} {_CALLED}(?P<more>)", _which_meeting),
    _of_meetings(r"(?:the|our) (?P<which>last|latest|most recent|previous) (?:meeting|call)(?P<more>)", _which_meeting),
    _of_meetings(rf"(?P<which>(?:the )?last) time(?: we {_MET})?{_NOT_ABOUT}(?P<more>)", lambda _match: _slice(-1)),
    _of_meetings(rf"when we (?P<which>last|first) {_MET}{_NOT_ABOUT}(?P<more>)", _which_meeting),
)
