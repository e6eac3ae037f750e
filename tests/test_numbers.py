"""Numbers and days are the same however they are written."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.numbers import Amount, Kind, amounts, parts_of

NUMERALS = st.lists(
    st.sampled_from(["one", "twenty", "hundred", "and", "million", "dozen", "first", "9", "1.5", "40k", "zwei", "may", "5"]),
    max_size=200,
).map(" ".join)


def forms(text: str) -> set[tuple[Kind, str]]:
    return {(amount.kind, form) for amount in amounts(text) for form in amount.forms}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("twelve sites", "12 sites"),
        ("a dozen sites", "12 sites"),
        ("twenty-five people", "25 people"),
        ("twenty five people", "25 people"),
        ("forty thousand", "40,000"),
        ("forty thousand", "40k"),
        ("40 thousand", "40.000"),
        ("one and a half", "1 and a half"),
        ("a hundred and five", "105"),
        ("two thousand three hundred", "2,300"),
        ("two hundred and fifty thousand", "250,000"),
        ("1.5 million", "1,500,000"),
        ("one ninety-eight to make", "1.98 to make"),
        ("in twenty twenty-six", "in 2026"),
        ("the twelfth of June", "12 June"),
        ("on the 3rd", "on the 3"),
        ("the twenty-first", "the 21st"),
        ("at 10:00", "at ten"),
        ("zwölf Filialen", "12"),
        ("bis Freitag", "by Friday"),
        ("em maio, am 4. März", "4 March"),
        ("on Fridays", "on Friday"),
        ("3,5", "3.5"),
    ],
)
def test_one_number_in_two_spellings(one: str, other: str) -> None:
    assert forms(other) & forms(one), (forms(one), forms(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("14,500", "15,000"),
        ("forty", "fourteen"),
        ("forty thousand", "40"),
        ("two hundred", "200,000"),
        ("by Thursday", "by Friday"),
        ("in March", "in May"),
        ("10:30", "10:00"),
        ("3.5", "35"),
    ],
)
def test_two_numbers(one: str, other: str) -> None:
    assert not forms(one) & forms(other)


@pytest.mark.parametrize("text", ["They may march on", "We have to go", "one of them, first of all", "It is due and she won", ""])
def test_words_that_count_nothing_tell_nothing(text: str) -> None:
    assert [amount for amount in amounts(text) if amount.telling] == []


@pytest.mark.parametrize("text", ["in may", "By May", "the 4th of may", "May 4", "it moves to May", "end of march"])
def test_a_month_that_is_a_word_too_is_known_by_what_stands_beside_it(text: str) -> None:
    assert Kind.MONTH in {amount.kind for amount in amounts(text)}


def test_the_parts_of_a_day() -> None:
    day = dt.date(2026, 2, 11)
    told = {(amount.kind, form) for amount in parts_of(day) for form in amount.forms}
    for text in ("11 February 2026", "Wednesday", "2026-02-11", "11.2.2026", "11/02/2026", "February 11th"):
        assert forms(text) & told, text
        assert all((a.kind, f) in told for a in amounts(text) if a.telling for f in a.forms if f.isdecimal()), text
    assert not forms("12 March 2025") & told


@given(st.text(st.sampled_from("09\u0663\u00b2.,:/-k m") | st.characters(), max_size=400) | NUMERALS)
def test_any_text_is_read(text: str) -> None:
    assert all(amount.forms or not amount.telling for amount in amounts(text))


def test_numbers_stand_in_their_order() -> None:
    assert [sorted(a.forms) for a in amounts("three of 12 by Friday")] == [["3"], ["12"], ["4"]]
    assert amounts("Friday") == (Amount(kind=Kind.WEEKDAY, forms=frozenset({"4"})),)
