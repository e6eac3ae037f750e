"""The number, day, person, or yes or no that a question wants, picked out of the words that answer it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.offline.wanted import matching


@pytest.mark.parametrize(
    ("question", "answer", "wanted"),
    [
        ("How many desks are free?", "There are about sixty-one desks, I think.", "sixty-one desks"),
        ("How much over budget are they?", "Three and a half.", "Three and a half"),
        ("What share of callers gives up?", "It was 14% when we counted.", "14%"),
        ("What share of callers gives up?", "Well, fourteen per cent of them.", "fourteen per cent"),
        ("How long does the trial run?", "Let us say it runs ninety days.", "ninety days"),
        ("What budget did she name?", "She said £40,000 and not a penny more.", "£40,000"),
        ("Wie viele Plätze sind frei?", "Es sind 12 Plätze.", "12 Plätze"),
        ("When do they decide?", "They decide in October, all of them.", "October"),
        ("When is the retreat?", "We moved it to the 20th of June 2026.", "the 20th of June 2026"),
        ("By when is the draft due?", "You will have it on Thursday morning.", "on Thursday morning"),
        ("When did he leave?", "He left two weeks ago.", "two weeks ago"),
        ("Who runs the night desk?", "That would be Ragnhild Moe these days.", "Ragnhild Moe"),
        ("Is there a chance of a second site?", "No. We looked and there is none.", "No"),
        ("Did they sign?", "Yes, on Friday.", "Yes"),
        ("Has the letter gone out?", "Not yet, it is on my desk.", "Not yet"),
    ],
)
def test_what_the_question_wants_comes_first(question: str, answer: str, wanted: str) -> None:
    assert matching(question, answer, "Ada Holm") == wanted


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many came?", "Twelve came and nine stayed."),  # which of the two cannot be told
        ("How many of the twelve stayed?", "Of the twelve nobody did."),  # the number was in the question
        ("When is the review?", "When the two of them have made up their minds."),
        ("When may we start?", "You may start as you like."),
        ("Who arranged it?", "I had someone do it."),
        ("Did they sign?", "They are looking at it."),
        ("How long do they have?", "They don't have ninety days."),
        ("Why did they stop?", "In October twelve people left Berlin."),
    ],
)
def test_where_it_cannot_tell_it_picks_nothing(question: str, answer: str) -> None:
    assert matching(question, answer, "Ada Holm") == ""


def test_who_said_it_is_whoever_spoke() -> None:
    assert matching("Who mentioned the spare hall?", "There is a hall nobody uses, Peter.", "Ada Holm") == "Ada Holm"


QUESTIONS = st.sampled_from(["How many are there?", "When is it?", "Who is it?", "Is it so?", "Who said so?", "Why?"])


@given(QUESTIONS, st.text(max_size=80))
def test_what_is_picked_was_said(question: str, answer: str) -> None:
    picked = matching(question, answer, "Ada Holm")
    assert picked.casefold() in answer.casefold() or picked == "Ada Holm"
