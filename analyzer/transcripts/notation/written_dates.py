"""Dates as a program writes them above a transcript in its user's language: `15. August 2026`, `avr. 15, 2026`."""

import datetime as dt
import re

from analyzer.transcripts.filing import date_in

# dateparser takes 0.3 s to load, so that it is asked only for a line that has the form of a date and a month it may know.
_DATE = re.compile(
    r"\W*(?P<date>(?:\d{1,2}\.?\s[^\d\n]{3,20}|[^\W\d]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?)\s*(?:19|20)\d\d)(?!\d)(?P<rest>.*)"
)
_EAST_ASIAN = re.compile(
    r"(?P<y>(?:19|20)\d\d)\s?[\u5e74\ub144]\s?(?P<m>\d{1,2})\s?[\u6708\uc6d4]\s?(?P<d>\d{1,2})\s?[\u65e5\uc77c]"
)
_LANGUAGES = ("de", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl", "cs", "ru", "tr")
_LONGEST = 60
_SETTINGS = {"STRICT_PARSING": True, "REQUIRE_PARTS": ["day", "month", "year"]}


def date_of_line(line: str) -> dt.date | None:
    """The date that a line of a heading gives, with or without a time of day after it; None where it may be another day."""
    if len(line) > _LONGEST:
        return None
    if found := date_in(line):
        return found
    if east_asian := _EAST_ASIAN.search(line):
        return _day(*map(int, east_asian.group("y", "m", "d")))
    match = _DATE.fullmatch(line)
    if match is None:
        return None
    import dateparser

    parsed = dateparser.parse(" ".join(match["date"].split()), languages=_LANGUAGES, settings=_SETTINGS)
    return parsed.date() if parsed is not None else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
