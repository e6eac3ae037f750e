import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.dates import parse_date, parse_day
from analyzer.errors import UsageError

WEDNESDAY = dt.date(2026, 3, 4)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2090, 12, 31))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("by Friday", "2026-03-06"),
        ("Friday", "2026-03-06"),
        ("FRIDAY", "2026-03-06"),
        ("this Friday", "2026-03-06"),
        ("Monday", "2026-03-09"),
        ("Wednesday", "2026-03-11"),
        ("next Friday", "2026-03-13"),
        ("by Sun", "2026-03-08"),
        ("Friday week", "2026-03-13"),
        ("by the Monday of next week", "2026-03-09"),
        ("the next Friday", "2026-03-13"),
        ("by the coming Friday", "2026-03-06"),
        ("the Thursday 12 March", "2026-03-12"),
        ("by the Friday the 13th", "2026-03-13"),
        ("a week from Friday", "2026-03-13"),
        ("tonight", "2026-03-04"),
        ("by end of day", "2026-03-04"),
        ("before close of business", "2026-03-04"),
        ("this afternoon", "2026-03-04"),
        ("today", "2026-03-04"),
        ("tomorrow morning", "2026-03-05"),
        ("the day after tomorrow", "2026-03-06"),
        ("in two weeks", "2026-03-18"),
        ("in two weeks' time", "2026-03-18"),
        ("two weeks from now", "2026-03-18"),
        ("within a fortnight", "2026-03-18"),
        ("in a couple of weeks", "2026-03-18"),
        ("within the next ten days", "2026-03-14"),
        ("in five working days", "2026-03-11"),
        ("in a month", "2026-04-04"),
        ("in 2 years", "2028-03-04"),
        ("end of the week", "2026-03-06"),
        ("this week", "2026-03-06"),
        ("next week", "2026-03-13"),
        ("by end of next week", "2026-03-13"),
        ("the week after next", "2026-03-20"),
        ("end of month", "2026-03-31"),
        ("next month", "2026-04-30"),
        ("by the end of the quarter", "2026-03-31"),
        ("end of next quarter", "2026-06-30"),
        ("end of the year", "2026-12-31"),
        ("end of March", "2026-03-31"),
        ("end of February", "2027-02-28"),
        ("end of Feb 2028", "2028-02-29"),
        ("in March", "2026-03-31"),
        ("mid-March", "2026-03-15"),
        ("by May", "2026-05-01"),
        ("by may", "2026-05-01"),
        ("May", "2026-05-31"),
        ("the twenty-seventh", "2026-03-27"),
        ("the twenty seventh", "2026-03-27"),
        ("27th", "2026-03-27"),
        ("by the third", "2026-04-03"),
        ("by the thirty-first", "2026-03-31"),
        ("by the 10th at the latest", "2026-03-10"),
        ("Friday the 13th", "2026-03-13"),
        ("before the board meeting on the fourteenth", "2026-03-14"),
        ("12 March", "2026-03-12"),
        ("March 12th", "2026-03-12"),
        ("the 3rd of April", "2026-04-03"),
        ("the first of April", "2026-04-01"),
        ("by Thursday 12 March", "2026-03-12"),
        ("Thursday, March 12", "2026-03-12"),
        ("4 March", "2026-03-04"),
        ("31 January", "2027-01-31"),
        ("29 February", "2028-02-29"),
        ("3 March 2026", "2026-03-03"),
        ("Sept. 3, 2026", "2026-09-03"),
        ("2026-04-30", "2026-04-30"),
        ("13/04/2026", "2026-04-13"),
        ("04/13/2026", "2026-04-13"),
        ("5.5.2026", "2026-05-05"),
        ("27. März 2026", "2026-03-27"),
        ("27 mars 2026", "2026-03-27"),
        ("3 de abril de 2026", "2026-04-03"),
    ],
)
def test_due_phrases_mean_a_day(said: str, day: str) -> None:
    assert parse_date(said, WEDNESDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("I'll send you the draft by Friday.", "2026-03-06"),
        ("Today we only looked at it; you'll have the numbers by Monday.", "2026-03-09"),
        ("We met last Monday, and I'll send it Thursday.", "2026-03-05"),
        ("Tuesday was good. I can have it done by the end of the month", "2026-03-31"),
        ("by Thursday or Friday at the latest", "2026-03-05"),
        ("We missed the Sunday, so you'll have it by Tuesday", "2026-03-10"),
    ],
)
def test_a_day_is_found_within_a_sentence(said: str, day: str) -> None:
    assert parse_date(said, WEDNESDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "soon",
        "as soon as possible",
        "now",
        "by now",
        "may",
        "march",
        "it may work",
        "we may first check",
        "the second may be better",
        "they march on",
        "sat",
        "I sat down with them",
        "Sun was shining",
        "Will and Mark",
        "for the first time",
        "on the second slide",
        "in the second half",
        "the third option",
        "24/7",
        "ten out of 10",
        "3.5 people",
        "about 2026 of them",
        "room 2026",
        "Q2",
        "last Friday",
        "every Monday",
        "on Fridays",
        "the Sunday",  # of a weekend that was named before
        "by the Friday",
        "on the Thursday, please",
        "the Thursday or Friday",
        "for ten minutes on a Friday",
        "3 months ago",
        "yesterday",
        "two weeks",
        "a few weeks",
        "before Christmas",
        "31 February",
        "2026-02-30",
        "03/04/2026",
        "3 March",  # said on 4 March: yesterday, or next year's?
        "by March",
        "Friday the 14th",
        "5 min 2026",
        "2 and 2026",
        "10 days after the kick-off",
        "99/99/9999",
        "in 999 years from 9999",
    ],
)
def test_what_names_no_day_or_no_certain_one_is_none(said: str) -> None:
    assert parse_date(said, dt.date(9500, 1, 1) if "9999" in said else WEDNESDAY) is None


@given(DAYS, st.sampled_from(range(7)), st.sampled_from(["{}", "by {}", "on {}, please", "before this {}", "{} morning"]))
def test_a_weekday_is_the_coming_one(today: dt.date, weekday: int, phrase: str) -> None:
    day = parse_date(phrase.format(WEEKDAYS[weekday]), today)
    assert day is not None
    assert day.weekday() == weekday
    assert 1 <= (day - today).days <= 7


@given(DAYS, st.integers(1, 31))
def test_a_day_of_the_month_is_the_next_one(today: dt.date, number: int) -> None:
    day = parse_date(f"by the {number}th", today)
    assert day is not None
    assert day.day == number
    assert 0 <= (day - today).days <= 61


@given(DAYS, DAYS)
def test_full_dates_are_read_whatever_day_it_is(today: dt.date, day: dt.date) -> None:
    for written in (
        f"{day:%Y-%m-%d}",
        f"{day.day} {day:%B} {day:%Y}",
        f"{day:%B} {day.day}, {day:%Y}",
        f"the {day.day}th of {day:%b} {day:%Y}",
    ):
        assert parse_date(f"due {written}", today) == day
        assert parse_day(written.removeprefix("the "), today) == day


WORDS = """
    may march sat sun mon will second first third now then so in on by of the a two ten 3 10 week weeks day month
    last every and set out ago may, march. we you go next
"""
EVERYDAY = st.lists(st.sampled_from(WORDS.split()), max_size=9).map(" ".join)


@given(EVERYDAY, DAYS)
def test_everyday_words_never_give_a_day_that_has_passed(text: str, today: dt.date) -> None:
    day = parse_date(text, today)
    assert day is None or day >= today


@given(st.one_of(st.text(), st.text("0123456789./- mayfrdnst\u0131\u017f\u212a"), EVERYDAY), st.dates())
def test_no_text_is_ever_an_error(text: str, today: dt.date) -> None:
    parse_date(text, today)
    try:
        parse_day(text, today)
    except UsageError as refused:
        assert "2026-03-04" in refused.hint  # noqa: PT017 - most texts are refused, and that is right


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025-09-17", "2025-09-17"),
        (" 2025-9-7 ", "2025-09-07"),
        ("today", "2026-03-04"),
        ("yesterday", "2026-03-03"),
        ("tomorrow", "2026-03-05"),
        ("3 March", "2026-03-03"),
        ("5 March", "2025-03-05"),
        ("march 4", "2026-03-04"),
        ("may 3rd", "2025-05-03"),
        ("17 September 2025", "2025-09-17"),
        ("29 Feb", "2024-02-29"),
        ("Wednesday", "2026-03-04"),
        ("last Wednesday", "2026-02-25"),
        ("fri", "2026-02-27"),
        ("next Monday", "2026-03-09"),
        ("3 months ago", "2025-12-04"),
        ("two weeks ago", "2026-02-18"),
        ("a year ago", "2025-03-04"),
        ("last week", "2026-02-25"),
        ("in 10 days", "2026-03-14"),
        ("17/09/2025", "2025-09-17"),
        ("17 septembre 2025", "2025-09-17"),
    ],
)
def test_typed_days_are_the_last_ones(typed: str, day: str) -> None:
    assert parse_day(typed, WEDNESDAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("typed", "day"), [("5 March", "2026-03-05"), ("3 March", "2027-03-03"), ("Monday", "2026-03-09"), ("4 March", "2026-03-04")]
)
def test_typed_days_for_a_meeting_to_come_are_the_coming_ones(typed: str, day: str) -> None:
    assert parse_day(typed, WEDNESDAY, ahead=True) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    "typed",
    ["", "may", "now", "march 2026", "2026", "12", "03/04/2026", "2026-02-30", "31 Feb", "soon", "by Friday", "9999 years ago"],
)
def test_what_cannot_be_told_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UsageError, match="not a day") as refused:
        parse_day(typed, WEDNESDAY)
    assert "3 months ago" in refused.value.hint


@pytest.mark.parametrize("typed", ["9999-12-31", "0001-01-01"])
def test_a_day_from_which_nobody_could_reckon_is_none(typed: str) -> None:
    with pytest.raises(UsageError, match="not a day"):
        parse_day(typed, dt.date(2026, 3, 4))
