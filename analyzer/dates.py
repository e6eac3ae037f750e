"""Days in people's words: `parse_date` for what was said ("by Friday", "end of March"), `parse_day` for what was typed.

A wrong due date is worse than none, and a general date parser reads "may", "now", "sat" and "10 days from tomorrow" as
days that nobody meant. So the shapes that are read stand in the tables at the end, in English; dateparser is asked only
for a full date with a month's name in another language.
"""

import calendar
import datetime as dt
import re
import unicodedata
from collections.abc import Callable

from analyzer.errors import UsageError

_Rule = Callable[[re.Match[str], dt.date], dt.date | None]

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_FRIDAY, _SATURDAY = 4, 5
_MONTHS = tuple(name.lower() for name in calendar.month_name)[1:]
_NUMBERS = {word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}  # noqa: SIM905 - reads better
_NUMBERS |= {"a": 1, "an": 1, "a couple of": 2, "fourteen": 14, "twenty": 20, "thirty": 30, "sixty": 60, "ninety": 90}
_ONES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TEENS = ("tenth", "eleventh", "twelfth", *(f"{n}teenth" for n in ("thir", "four", "fif", "six", "seven", "eigh", "nine")))
_TWENTIES = ("twentieth", *(f"twenty-{one}" for one in _ONES))
_ORDINALS = (*_ONES, *_TEENS, *_TWENTIES, "thirtieth", "thirty-first")
_LATEST = r"(?:by|before|until|till|no later than|due(?: on)?)"
_LEADS_TO_A_DAY = re.compile(rf"\b{_LATEST} (?:the |this |next |coming |end of |on )*$", re.IGNORECASE)
_FAR_OFF = 100  # years from the first and the last day that a calendar here knows
_PASSED_LATELY = dt.timedelta(days=31)
_LANGUAGES = ("en", "de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl")  # all of dateparser's take 1.5 s to load


def is_far_off(day: dt.date) -> bool:
    """Whether a day lies so far off that nobody could reckon from it: no weeks before or after it have a date."""
    return not dt.MINYEAR + _FAR_OFF <= day.year <= dt.MAXYEAR - _FAR_OFF


def parse_date(text: str, relative_to: dt.date) -> dt.date | None:
    """The day that a due phrase, or a sentence with one, means when it is said on `relative_to`; None where it names none.

    Days ahead are preferred. A span of time means its last day, a week its Friday. Of several days the one after "by" or
    "before" counts, else the one of the most exact kind, else the first. Never raises.
    """
    plain = _plain(text)
    found: list[tuple[bool, int, int, dt.date]] = []
    taken: list[tuple[int, int]] = []
    for rank, (pattern, rule) in enumerate(_SAID):
        for match in pattern.finditer(plain):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue  # the Thursday of "Thursday 12 March" is no second day, even where 12 March cannot be told
            taken.append(match.span())
            day = _apply(rule, match, relative_to)
            if day is not None:
                before = plain[max(0, match.start() - 40) : match.start()]
                is_due = re.match(_LATEST, match.group(), re.IGNORECASE) or _LEADS_TO_A_DAY.search(before)
                found.append((not is_due, rank, match.start(), day))
    return min(found)[-1] if found else None


def parse_day(text: str, today: dt.date, *, ahead: bool = False) -> dt.date:
    """The day that a person typed for a flag: 2026-03-04, "3 March", "last Friday", "3 months ago".

    A day without a year and a weekday are the last one, today counting, or with `ahead` the coming one. Raises UsageError
    with examples where the day cannot be told, as in "03/04/2026" or "March".
    """
    plain = _plain(text)
    for pattern, rule in _TYPED_AHEAD if ahead else _TYPED:
        match = pattern.fullmatch(plain)
        day = match and _apply(rule, match, today)
        if day and not is_far_off(day):
            return day
    raise UsageError(
        f"{text!r} is not a day that can be read", 'Write 2026-03-04, "4 March 2026", "last Friday" or "3 months ago".'
    )


def _plain(text: str) -> str:
    """One line in the letters of the tables: case-blind matching takes a dotless i for an i."""
    letters = unicodedata.normalize("NFKC", text).replace("\u0131", "i").replace("\u0130", "I").replace("\u2019", "'")
    return " ".join(letters.split())


def _apply(rule: _Rule, match: re.Match[str], today: dt.date) -> dt.date | None:
    try:
        return rule(match, today)
    except (ValueError, OverflowError):  # 31 February; a day beyond the calendar
        return None


def _iso(match: re.Match[str], _today: dt.date) -> dt.date:
    return dt.date(int(match["y"]), int(match["m"]), int(match["d"]))


def _figures(match: re.Match[str], _today: dt.date) -> dt.date | None:
    """Day and month in figures, in the only order in which they are a date; None where both orders are."""
    days = set()
    for day, month in ((int(match["a"]), int(match["b"])), (int(match["b"]), int(match["a"]))):
        try:
            days.add(dt.date(int(match["y"]), month, day))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def _any_language(match: re.Match[str], _today: dt.date) -> dt.date | None:
    import dateparser

    # Strict and absolute only: without, "5 min 2026" is a day this month and "2 and 2026" is in February.
    strict = {"STRICT_PARSING": True, "PARSERS": ["absolute-time"], "DATE_ORDER": "DMY"}
    answer = dateparser.parse(match.group(), languages=list(_LANGUAGES), settings=strict)
    return None if answer is None else answer.date()


def _day_and_month(*, ahead: bool, lately: dt.timedelta = dt.timedelta(0)) -> _Rule:
    """The coming or the last such day; one that passed `lately` may have been meant as past, and then cannot be told."""

    def rule(match: re.Match[str], today: dt.date) -> dt.date | None:
        month = _month(match["m"])
        day = _ordinal(match["d"])
        if match["y"]:
            return dt.date(int(match["y"]), month, day)
        years = range(today.year, today.year + 9) if ahead else range(today.year, today.year - 9, -1)
        fits = [dt.date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
        if ahead and any(dt.timedelta(0) < today - date <= lately for date in fits):
            return None
        return next((date for date in fits if (date >= today if ahead else date <= today)), None)

    return rule


def _day_of_month(match: re.Match[str], today: dt.date) -> dt.date | None:
    day = _ordinal(match["d"])
    coming = (_months_on(today.replace(day=1), n) for n in range(3))
    fits = (first.replace(day=day) for first in coming if day <= calendar.monthrange(first.year, first.month)[1])
    return next((date for date in fits if date >= today), None)


def _after(match: re.Match[str], today: dt.date) -> dt.date:
    return _shifted(today, _count(match["n"]), match["unit"].lower())


def _ago(match: re.Match[str], today: dt.date) -> dt.date:
    return _shifted(today, -_count(match["n"] or "a"), match["unit"].lower())


def _shifted(day: dt.date, count: int, unit: str) -> dt.date:
    match unit:
        case "day":
            return day + dt.timedelta(days=count)
        case "week" | "fortnight":
            return day + dt.timedelta(weeks=count if unit == "week" else 2 * count)
        case "month" | "year":
            return _months_on(day, count if unit == "month" else 12 * count)
        case _:  # working days
            for _ in range(count):
                day += dt.timedelta(days=max(1, 7 - day.weekday()) if day.weekday() >= _FRIDAY else 1)
            return day


def _weekday(match: re.Match[str], today: dt.date) -> dt.date:
    """The coming one, never the day itself; "next Friday" is that of next week, as it is mostly meant."""
    wanted = _which_day(match["day"])
    if (match["which"] or "").strip().lower() == "next":
        return _monday(today) + dt.timedelta(weeks=1, days=wanted)
    return today + dt.timedelta(days=(wanted - today.weekday() - 1) % 7 + 1)


def _past_weekday(match: re.Match[str], today: dt.date) -> dt.date:
    which = (match["which"] or "").strip().lower()
    if which in {"next", "this", "coming"}:
        return _weekday(match, today)
    since = (today.weekday() - _which_day(match["day"])) % 7
    return today - dt.timedelta(days=since or (7 if which == "last" else 0))


def _named_before(_match: re.Match[str], _today: dt.date) -> None:
    """A weekday with an article, as in "by the Friday": which one was said before, or is open."""


def _weekday_the(match: re.Match[str], today: dt.date) -> dt.date | None:
    """As in "Friday the 13th"; None where the two do not agree."""
    date = _day_of_month(match, today)
    return date if date is not None and date.weekday() == _which_day(match["day"]) else None


def _weeks_after_weekday(match: re.Match[str], today: dt.date) -> dt.date:
    coming = (_which_day(match["day"]) - today.weekday() - 1) % 7 + 1
    return today + dt.timedelta(days=coming, weeks=_count(match["n"] or "a"))


def _span(match: re.Match[str], today: dt.date) -> dt.date:
    """The last day of this, the next, or with "after next" the one after it: week (Friday), month, quarter, year."""
    which = (match["which"] or "").strip().lower()
    ahead = 2 if which == "after next" else int(which == "next")
    match match["span"].lower():
        case "day" | "business":
            return today
        case "week":
            return _monday(today) + dt.timedelta(weeks=max(ahead, int(today.weekday() >= _SATURDAY)), days=_FRIDAY)
        case "month":
            return _last_of_month(_months_on(today.replace(day=1), ahead))
        case "quarter":
            return _last_of_month(_months_on(today.replace(day=1), 2 - (today.month - 1) % 3 + 3 * ahead))
        case _:
            return dt.date(today.year + ahead, 12, 31)


def _in_month(match: re.Match[str], today: dt.date) -> dt.date | None:
    """By March is its first day, mid-March the 15th, in March its last; "by March" within March cannot be told."""
    how = match["how"].lower()
    if not match["y"] and re.fullmatch(_LATEST, how) and today.month == _month(match["m"]):
        return None
    for year in [int(match["y"])] if match["y"] else [today.year, today.year + 1]:
        first = dt.date(year, _month(match["m"]), 1)
        day = first if re.fullmatch(_LATEST, how) else first.replace(day=15) if how.startswith("mid") else _last_of_month(first)
        if match["y"] or day >= today:
            return day
    return None


def _days_on(days: int) -> _Rule:
    return lambda _match, today: today + dt.timedelta(days=days)


def _months_on(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        raise OverflowError(year)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _last_of_month(day: dt.date) -> dt.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _which_day(name: str) -> int:
    return next(n for n, day in enumerate(_WEEKDAYS) if day.startswith(name.lower()[:3]))


def _month(name: str) -> int:
    return next(n for n, month in enumerate(_MONTHS, start=1) if month.startswith(name.lower()[:3]))


def _count(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _ordinal(text: str) -> int:
    figures = re.match(r"\d+", text)
    return int(figures.group()) if figures else _ORDINALS.index(re.sub(r"(?<=ty)[- ]?(?=[a-z])", "-", text.lower())) + 1


def _table(*rows: tuple[str, _Rule]) -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    return tuple((re.compile(rf"(?<![\w-]){pattern}(?![\w-])", re.IGNORECASE), rule) for pattern, rule in rows)


_D = rf"(?P<d>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(word.replace('-', '[- ]?') for word in reversed(_ORDINALS))})"
_DTH = _D.replace("?|", "|", 1)  # in figures only with the ending
_M = rf"(?P<m>{'|'.join(_MONTHS)}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
# "May" and "march" are verbs too: in small letters they are months only after "of" and in phrases such as "by may".
_SURE_M = _M.replace("march|", "").replace("may|", "").replace("(?P<m>", "(?P<m>(?-i:March|May)|")
_Y = r"(?:,? (?P<y>\d{4}))?"
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_WEEKDAY = rf"(?P<day>{'|'.join(_WEEKDAYS)})"
_ANY_WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
# Mon, Sat and Sun are words and names too: short forms count only with a capital and after a word that leads to a day.
_SHORT_WEEKDAY = r"(?P<day>(?-i:Mon|Tues?|Weds?|Thu|Thurs?|Fri|Sat|Sun))\b\.?"
_THIS = r"(?P<which>this |next |coming )?"

_LEAD = rf"(?:{_ANY_WEEKDAY},? )?(?:the )?"

_DATES: tuple[tuple[str, _Rule], ...] = (
    (r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})", _iso),
    (r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})", _figures),
)
_OTHER_LANGUAGE: tuple[str, _Rule] = (r"\d{1,2}(?:º|\.|er|:a|:e)? (?:de )?[^\W\d_]{3,}\.?,? (?:de )?\d{4}", _any_language)

_COMING = _day_and_month(ahead=True, lately=_PASSED_LATELY)

_SAID = _table(
    *_DATES,
    (rf"{_LEAD}{_D} of {_M}{_Y}", _COMING),
    (rf"{_LEAD}{_D} {_SURE_M}{_Y}", _COMING),
    (rf"{_LEAD}{_SURE_M} (?:the )?{_D}{_Y}", _COMING),
    _OTHER_LANGUAGE,
    (rf"(?:in|within)(?: the next)? {_N} (?P<unit>(?:working |business )?day|week|fortnight|month|year)s?'?", _after),
    (rf"{_N} (?P<unit>day|week|fortnight|month|year)s? from (?:now|today)", _after),
    (rf"{_N} weeks? (?:from|on) {_WEEKDAY}", _weeks_after_weekday),
    (rf"{_WEEKDAY}(?P<n>) week", _weeks_after_weekday),
    (rf"{_WEEKDAY},? the {_DTH}", _weekday_the),
    (rf"{_WEEKDAY} of (?P<which>this|next) week", _weekday),
    (rf"(?:the|an?) {_WEEKDAY}(?: (?:and|or) {_ANY_WEEKDAY})?(?! week)", _named_before),
    (rf"(?<!last )(?<!past )(?<!every )(?<!each )(?<!previous ){_THIS}{_WEEKDAY}(?! week)", _weekday),
    (rf"(?:{_LATEST}|on) {_THIS}{_SHORT_WEEKDAY}", _weekday),
    (rf"(?:{_LATEST}|on|for) the {_DTH}(?=$|[.,;!?]| of (?:the|this|next) month| at | latest)", _day_of_month),
    (rf"\A(?:the )?{_DTH}[.!]?\Z", _day_of_month),
    (r"(?:end|close) of (?:the )?(?P<which>this |next )?(?P<span>day|business|week|month|quarter|year)", _span),
    (rf"(?P<how>{_LATEST}|(?:end of|late|in|during|mid|middle of)(?: next)?)[ -]{_M}{_Y}(?! \d)", _in_month),
    (rf"\A(?P<how>)(?-i:(?=[A-Z])){_M}{_Y}\Z", _in_month),
    (r"(?:the )?day after tomorrow", _days_on(2)),
    (r"(?<!after )tomorrow", _days_on(1)),
    (r"(?:the )?(?P<span>week) (?P<which>after next)", _span),
    (r"(?P<which>next )(?P<span>week|month|quarter)", _span),
    (rf"(?:\A|(?:{_LATEST}|later|within|during|some ?time) )(?P<which>this )(?P<span>week|month)", _span),
    (rf"(?:tonight|eod|cob|this (?:afternoon|evening)|\Atoday|(?:{_LATEST}|later|first thing) today)", _days_on(0)),
)

_TYPED_EITHER_WAY: tuple[tuple[str, _Rule], ...] = (
    *_DATES,
    (r"today", _days_on(0)),
    (r"yesterday", _days_on(-1)),
    (r"tomorrow", _days_on(1)),
    (rf"{_N} (?P<unit>day|week|fortnight|month|year)s? ago", _ago),
    (r"last(?P<n>) (?P<unit>week|month|year)", _ago),
    (rf"in {_N} (?P<unit>day|week|fortnight|month|year)s?", _after),
    _OTHER_LANGUAGE,
)
_TYPED_WEEKDAY = rf"(?P<which>last |next |this |coming )?(?P<day>{'|'.join(_WEEKDAYS)}|mon|tues?|weds?|thu|thurs?|fri|sat|sun)"


def _typed(*, ahead: bool) -> tuple[tuple[re.Pattern[str], _Rule], ...]:
    named = _day_and_month(ahead=ahead)
    weekday = _weekday if ahead else _past_weekday
    return _table(
        (rf"(?:the )?{_D}(?: of)? {_M}{_Y}", named),
        (rf"{_M} (?:the )?{_D}{_Y}", named),
        (_TYPED_WEEKDAY, weekday),
        *_TYPED_EITHER_WAY,
    )


_TYPED = _typed(ahead=False)
_TYPED_AHEAD = _typed(ahead=True)
