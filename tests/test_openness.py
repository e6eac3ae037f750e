"""Who asks how the other's business is doing, how much each side speaks, and where a line of ours comes up."""

import pytest

from analyzer.model.meetings import Side
from analyzer.relationship.openness import Lines, asked_about_us, last_mention, searched, speaking_of, words_by_side
from tests.relations import meeting


@pytest.mark.parametrize(
    "words",
    [
        "How is business with you?",
        "And how's your own firm doing this year?",
        "Enough of us. What about your side?",
        "Are you busy just now, or is there room?",
        "How are things at your end?",
        "What are you working on these days?",
    ],
)
def test_a_question_about_our_business_is_heard_from_them_alone(words: str) -> None:
    m = meeting("2026-01-05", [("Tess Okafor", words), ("Iris Vance", words)])
    [asked] = asked_about_us(m)
    assert (asked.turn, asked.speaker) == (0, "Tess Okafor")
    assert asked.quote in words
    assert asked.quote.endswith("?")
    assert m.turns[0].text[slice(*asked.span or (0, 0))] == asked.quote


@pytest.mark.parametrize(
    "words",
    [
        "How are you?",
        "How is business here, you ask.",
        "How long do you need for the report?",
        "Our business is fine.",
        "And you?",
    ],
)
def test_what_is_only_polite_or_about_the_work_is_none(words: str) -> None:
    assert asked_about_us(meeting("2026-01-05", [("Tess Okafor", words)])) == ()


def test_words_are_counted_by_side() -> None:
    m = meeting("2026-01-05", [("Tess Okafor", "One two three."), ("Iris Vance", "Four five."), ("X", "six")], unknown=["X"])
    said = words_by_side(m)
    assert (said[Side.THEIRS], said[Side.OURS], said[Side.UNKNOWN]) == (3, 2, 1)


LINE = "Designing a hand-over, between shifts or between generations"


def test_the_last_words_that_speak_of_a_line_are_found_with_their_turn() -> None:
    early = meeting("2026-01-05", [("Tess Okafor", "The handover between shifts is what costs us the morning.")])
    late = meeting(
        "2026-02-05",
        [
            ("Tess Okafor", "It is the hand-over that worries me."),
            ("Iris Vance", "Between which shifts?"),
            ("Tess Okafor", "Lunch?"),
        ],
    )
    found = last_mention(LINE, searched([early, late]))
    assert found
    assert (found.meeting, found.turn) == (late.id, 0)
    assert last_mention(LINE, searched([early])).meeting == early.id  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["The handover was late.", "We design things here.", "Shifts are long."])
def test_one_word_of_a_line_is_not_enough(said: str) -> None:
    assert last_mention(LINE, searched([meeting("2026-01-05", [("Tess Okafor", said)])])) is None


def test_a_line_that_names_too_little_is_found_nowhere() -> None:
    talk = searched([meeting("2026-01-05", [("Tess Okafor", "We talk to those who do the work.")])])
    assert last_mention("We talk to those who do the work", talk) is None


def test_a_quote_speaks_of_the_lines_that_share_half_their_telling_words() -> None:
    lines = Lines.of(["clear the upper floor", "count the looms", "sell the upper floor press"])
    quote = "The whole upper floor stands empty since the looms went."
    assert set(speaking_of(quote, lines)) == {0, 2}
    assert speaking_of("Nothing here.", lines) == ()
