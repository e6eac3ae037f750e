"""Whether two descriptions name one thing: missed is better than wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.relationship.likeness import FITS, NEAR, clear_best, likeness, same_name, says_what
from analyzer.relationship.near import Near

SAME = [
    ("send the outline", "send the outline"),
    ("send the outline", "The outline"),
    ("send the outline by the fourteenth of November", "the outline, sent"),
    ("write up three options for the dye house", "the dye house options"),
    ("write up three options for the dye house", "wrote up the options for the dye house"),
    ("send the energy figures", "energy figures delivered"),
    ("Send the energy figures to Iris", "the energy figures"),
    ("send Hedda the interview list", "interview list for Hedda"),
    ("send Hedda the interview list", "Hedda's interview list"),
    ("draft the letter to the owners", "letter to the owners"),
    ("draft the letter to the owners", "sent the letter to the owners"),
    ("prepare the criteria for the night shift", "criteria for the night shift are done"),
    ("call Tess about the training room", "spoke to Tess about the training room"),
    ("ask the works council about the rota", "talked to the works council about the rota"),
    ("book the training room for the workshop", "the training room was booked for the workshop"),
    ("review our contracts", "review of the contracts"),
    ("look at the two supplier contracts", "supplier contracts reviewed"),
    ("announce the closure of the dye house", "the announcement of the dye house closure"),
    ("introduce Bo to the finance team", "introduction of Bo to the finance team"),
    ("invite the shift leads to the workshop", "inviting the shift leads to the workshop"),
    ("organise the visit to the mill", "the visit to the mill was organised"),
    ("talk to the shift leads before anything is announced", "spoke with all six shift leads"),
    ("talk to the shift leads first", "talked to the shift leads"),
    ("stop the weekly report", "the weekly report was dropped"),
    ("stop the weekly report", "weekly report"),
    ("put off the announcement until the figures are in", "put off the announcement"),
    ("let one nurse in each clinic plan the rota from February", "one nurse in each clinic planning the rota"),
    ("begin with one clinic, one nurse and one month", "start with one clinic and one nurse for a month"),
    ("hire a second controller", "controller hired"),
    ("publish the criteria openly", "the criteria published"),
    ("leave the rota alone", "rota left alone"),
    ("cut the sign-off to two people", "sign-off cut to two people"),
    ("share the March figures", "figures for March"),
    ("send the minutes of the first workshop", "minutes of the first workshop"),
    ("Résumé of the interviews", "resume of the interviews"),
    ("raise the price for the small orders", "the price for small orders was raised"),
    ("put off the announcement", "the announcement is postponed"),
    ("simplify the sign-off process", "the sign-off process"),
    (
        "do without the review, tell people that it is decided, and use the days to make it work",
        "do without the review and tell people that it is decided",
    ),
    (
        "tell Hamish himself about chemistry, after an hour of preparing it with us",
        "tell Hamish himself, with the first sentence prepared",
    ),
    (
        "put two ways of doing it on one side of A4, with what each could and could not tell",
        "put two ways of doing it on one side of A4",
    ),
    ("hold the interviews in person in two days on site", "hold the fourteen interviews"),
    ("two workshops for the shift leads", "workshops for six shift leads"),
]
NOT_SAME = [
    ("send the energy figures", "the sales figures"),
    ("send the energy figures", "energy audit"),
    ("send the figures for March", "figures for April"),
    ("send the outline of the review", "the outline of the offer"),
    ("interview list for Hull", "interview list for Goole"),
    ("list of the shift leads", "list of the team leads"),
    ("list of shift leads for the night line", "list of shift leads for the day line"),
    ("three options for the dye house", "two options for the dye house"),
    ("invite people to the first workshop", "invite people to the second workshop"),
    ("the Monday workshop", "the Friday workshop"),
    ("plan for 2025", "plan for 2026"),
    ("send the workshop invitations", "the workshop"),
    ("send the workshop invitations", "leadership workshop"),
    ("send the leadership workshop invitations", "the leadership workshop"),
    ("send the report on the dye house", "the dye house"),
    ("send the list", "interview list"),
    ("send the interview list", "the list"),
    ("write a page on the two versions", "the page"),
    ("talk to Bo about the figures", "send Bo the figures"),
    ("book the training room", "look at the training room"),
    ("send the letter to the owners", "letter to the owners drafted"),
    ("stop the weekly report", "keep the weekly report"),
    ("stop the weekly report", "write the weekly report"),
    ("stop the weekly report", "shorten the weekly report"),
    ("cancel the workshop for the leads", "book the workshop for the leads"),
    ("tell the owners", "do not tell the owners"),
    ("decide with the board", "decide without the board"),
    ("talk to the leads before the announcement", "talk to the leads after the announcement"),
    ("send the letter to the board", "send the letter to the team"),
    ("call Tess", "call Bo"),
    ("call Tess", "send Tess the list"),
    ("close the upper floor", "close the lower floor"),
    ("raise the price for the small orders", "lower the price for the small orders"),
    ("ask Tess about the room", "ask about the rota"),
    ("send it", "send them"),
    ("call them", "the energy figures"),
    ("let the shift leads write the criteria", "let the managers write the criteria"),
    ("put off the announcement", "prepare the announcement"),
    ("visit the first depot", "visit the third depot"),
    ("weekly report", "monthly report"),
    ("involve the works council", "involve the board"),
    ("", "the outline"),
    ("???", "!!!"),
    ("do without the review, tell people that it is decided", "do the review and tell people that it is decided"),
    ("do without the review, tell people that it is decided", "do without the review and tell people that it is not decided"),
    ("tell Hamish himself about chemistry, after an hour with us", "tell Ruth himself, with the first sentence prepared"),
    (
        "tell Hamish himself about chemistry, after an hour with us",
        "tell Hamish about the rota, with the first sentence prepared",
    ),
    ("tell Hamish himself about chemistry, after an hour with us", "ask Hamish, with the first sentence prepared"),
    ("tell Hamish himself, with Tom beside him", "tell Hamish himself, with Bo beside him"),
    ("an hour with the supervisors, with managers", "an hour with the supervisors, without managers"),
    ("put two ways of doing it on one side of A4", "do not put two ways of doing it on one side of A4"),
    ("put two ways of doing it on one side of A4", "put three ways of doing it on one side of A4"),
    ("hold the six interviews on site", "hold the fourteen interviews"),
    ("list of the leads, for Hull", "list of the leads, for Goole"),
    ("review the org chart", "review the spans and layers of the org chart in the northern depots and offices"),
]


@pytest.mark.parametrize(("earlier", "later"), SAME)
def test_the_same_thing_in_other_words_is_known_again(earlier: str, later: str) -> None:
    assert likeness(earlier, later) >= FITS


@pytest.mark.parametrize(("earlier", "later"), NOT_SAME)
def test_two_things_that_look_alike_are_two(earlier: str, later: str) -> None:
    assert likeness(earlier, later) < FITS


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared_and_every_text_is_like_itself(one: str, other: str) -> None:
    assert 0 <= likeness(one, other) <= 1 + NEAR
    assert likeness(one, one) >= FITS


SPOKEN = "send the energy figures interview list for Hedda three dye house options not before"
WORDS = st.lists(st.sampled_from(SPOKEN.split()), min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_what_is_the_same_thing_does_not_depend_on_case_and_punctuation(one: list[str], other: list[str]) -> None:
    a, b = " ".join(one), " ".join(other)
    assert likeness(a, b) == likeness(f"{a}.", f"  {b} ...")


@pytest.mark.parametrize(
    ("scores", "best"),
    [
        ([], None),
        ([FITS - 0.01], None),
        ([FITS], 0),
        ([0.0, 0.9], 1),
        ([0.9, 0.9], None),
        ([0.9, 0.9 - NEAR + 0.01], None),
        ([0.7, 1.0], 1),
        ([1.0, 0.5], 0),
    ],
)
def test_only_one_that_fits_clearly_better_than_any_other_is_taken(scores: list[float], best: int | None) -> None:
    assert clear_best(scores) == best


@given(st.lists(st.floats(0, 1.25), max_size=6))
def test_the_one_taken_is_always_the_best_and_never_one_of_two_alike(scores: list[float]) -> None:
    best = clear_best(scores)
    if best is not None:
        assert scores[best] == max(scores) >= FITS
        assert scores.count(scores[best]) == 1
        assert clear_best([*scores, scores[best]]) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Tess Okafor", "tess okafor (Guest)", True),
        ("Tess", "Tess Okafor", True),
        ("Okafor, Tess", "Tess Okafor", True),
        ("Tess Okafor", "Tess Miller", False),
        ("Tess", None, None),
        ("", "Tess", None),
    ],
)
def test_names_are_compared_as_far_as_they_are_known(one: str | None, other: str | None, same: bool | None) -> None:
    assert same_name(one, other) is same


def test_a_description_without_a_thing_says_nothing() -> None:
    assert not says_what("send it to them")
    assert says_what("send the outline")


SAID = st.lists(st.sampled_from(f"{SPOKEN} , with after wait stop".split()), max_size=7).map(" ".join)


@given(st.lists(st.one_of(SAID, st.sampled_from([text for pair in SAME + NOT_SAME for text in pair])), max_size=12), SAID)
def test_whatever_is_like_a_description_is_near_it(known: list[str], asked: str) -> None:
    near = Near()
    for number, what in enumerate(known):
        near.add(number, what)
    for one in (asked, *known):
        alike = [number for number, what in enumerate(known) if likeness(what, one) or likeness(one, what)]
        assert set(alike) <= set(near.to(one))
        assert near.to(one) == sorted(near.to(one))


def test_what_has_nothing_in_common_is_not_near() -> None:
    near = Near()
    near.add(3, "the energy figures")
    near.add(5, "the interview list")
    near.add(8, "list for the interview")
    assert near.to("call Marek") == []
    assert near.to("send the energy figures") == [3]
