"""The first and the last day of what a phrase of the past names: a month, last week, two weeks ago, between two days.

Each rule takes a phrase as its pattern in `usecases.periods` took it apart, and the day on which it is said. It gives None, or
raises ValueError, OverflowError or UsageError, where there are no such days.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable

from analyzer.dates import parse_day

Days = tuple[dt.date | None, dt.date | None]
"""The first and the last day, both counting; None where it is open."""

Rule = Callable[[re.Match[str], dt.date], Days | None]

MONTHS = tuple(name.lower() for name in calendar.month_name)[1:]
ORDINALS = {"first": 0, "second": 1, "third": 2, "fourth": 3, "very first": 0}
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "few": 3, "couple of": 2, "": 1}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}  # the month in which each begins
_SEASON_MONTHS = _QUARTER_MONTHS = 3


def one_day(match: re.Match[str], today: dt.date) -> Days:
    """The one day that is named."""
    day = parse_day(match["days"], today)
    return day, day


def between_days(match: re.Match[str], today: dt.date) -> Days | None:
    """The first of the two may be the day of the month alone, as in "between the 3rd and 12 March"."""
    until = parse_day(match["to"], today)
    first = match["from"].lower().removeprefix("the ")
    alone = re.fullmatch(r"(\d+)(?:st|nd|rd|th)?", first)
    since = until.replace(day=int(alone[1])) if alone else parse_day(first, until)
    return (since, until) if since <= until else None


def month(match: re.Match[str], today: dt.date) -> Days:
    """A month; without a year the last one that has begun."""
    number = _month(match["m"])
    year = int(match["y"]) if match["y"] else today.year - (number > today.month)
    return _whole_months(dt.date(year, number, 1), 1)


def between_months(match: re.Match[str], today: dt.date) -> Days | None:
    """The last such months of which the second has begun; where one has a year, the other is of that or the one beside it."""
    first, last = _month(match["m"]), _month(match["to"])
    began, ended = (match[part] and int(match[part]) for part in ("from_y", "y"))
    ended = ended or (began + (first > last) if began else today.year - (last > today.month))
    since, until = dt.date(began or ended - (first > last), first, 1), _whole_months(dt.date(ended, last, 1), 1)[1]
    return (since, until) if since <= until else None


def season(match: re.Match[str], today: dt.date) -> Days:
    """Of the northern half of the world. Without a year the last one that has begun; "last" is one that has ended."""
    begins = _SEASONS[match["season"].lower()]
    named = int(match["y"]) if match["y"] else today.year - (dt.date(today.year, begins, 1) > today)
    since, until = _whole_months(dt.date(named, begins, 1), _SEASON_MONTHS)
    if not match["y"] and (match["which"] or "").strip().lower() == "last" and until >= today:
        return _whole_months(dt.date(named - 1, begins, 1), _SEASON_MONTHS)
    return since, until


def quarter(match: re.Match[str], today: dt.date) -> Days:
    """A quarter of a year; without a year the last one that has begun."""
    called = (match["n"] or match["word"]).lower()
    number = int(called) if called.isdigit() else ORDINALS[called] + 1
    begins = _QUARTER_MONTHS * number - 2
    named = int(match["y"]) if match["y"] else today.year - (dt.date(today.year, begins, 1) > today)
    return _whole_months(dt.date(named, begins, 1), _QUARTER_MONTHS)


def year(match: re.Match[str], _today: dt.date) -> Days:
    """A whole year."""
    return dt.date(int(match["y"]), 1, 1), dt.date(int(match["y"]), 12, 31)


def this_or_last(match: re.Match[str], today: dt.date) -> Days:
    """This or the last week, month, quarter or year; with `more` the one before last."""
    which = " ".join(match["which"].lower().split())
    return _units_back(match["unit"].lower(), 2 if match["more"] else int(which in {"last", "the last", "the previous"}), today)


def ago(match: re.Match[str], today: dt.date) -> Days:
    """The day, week, month or year so long ago, since nobody counts days in weeks."""
    return _units_back(match["unit"].lower(), count(match["n"]), today)


def lately(match: re.Match[str], today: dt.date) -> Days:
    """The last so many days, weeks, months or years, up to today."""
    return _back(match["unit"].lower(), count(match["n"] or ""), today), today


def bounded(rule: Rule) -> Rule:
    """Open at the end, or with "before" and "until" at the beginning."""

    def days(match: re.Match[str], today: dt.date) -> Days | None:
        found = rule(match, today)
        if found is None or found[0] is None or found[1] is None:
            return None
        match match["bound"].lower():
            case "since" | "from":
                return found[0], None
            case "after":
                return found[1] + dt.timedelta(days=1), None
            case "before":
                return None, found[0] - dt.timedelta(days=1)
            case _:
                return None, found[1]

    return days


def count(text: str) -> int:
    """How many "a couple of", "three" or "12" are."""
    return int(text) if text.isdigit() else NUMBERS[" ".join(text.lower().split()).removeprefix("a ")]


def _month(name: str) -> int:
    return next(number for number, full in enumerate(MONTHS, start=1) if full.startswith(name.lower()[:3]))


def _units_back(unit: str, many: int, today: dt.date) -> Days:
    since = _back(unit, many, today)
    match unit:
        case "day":
            return since, since
        case "week" | "fortnight":
            monday = since - dt.timedelta(days=since.weekday())
            return monday, monday + dt.timedelta(days=6)
        case "month":
            return _whole_months(since.replace(day=1), 1)
        case "quarter":
            return _whole_months(since.replace(day=1, month=since.month - (since.month - 1) % _QUARTER_MONTHS), _QUARTER_MONTHS)
        case _:
            return dt.date(since.year, 1, 1), dt.date(since.year, 12, 31)


def _back(unit: str, many: int, today: dt.date) -> dt.date:
    days = {"day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days:
        return today - dt.timedelta(days=days * many)
    months = {"month": 1, "quarter": _QUARTER_MONTHS}.get(unit, 12) * many
    years, before = divmod(today.month - 1 - months, 12)
    last = calendar.monthrange(today.year + years, before + 1)[1]
    return today.replace(year=today.year + years, month=before + 1, day=min(today.day, last))


def _whole_months(first: dt.date, many: int) -> tuple[dt.date, dt.date]:
    years, after = divmod(first.month - 1 + many, 12)
    return first, dt.date(first.year + years, after + 1, 1) - dt.timedelta(days=1)
