"""Which words of a speaker are a promise, and what of it is kept."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.offline.promises import promises
from analyzer.engines.offline.sentences import sentences


@pytest.mark.parametrize(
    ("said", "what", "due"),
    [
        ("Okay. I'll send you the list by Friday.", "send you the list", "by Friday"),
        ("We will book the small room next week.", "book the small room", "next week"),
        ("I\u2019m going to call the union tomorrow morning.", "call the union", "tomorrow morning"),
        ("Leave that with me.", "Leave that with me", None),
        ("Let me check with Olga.", "check with Olga", None),
        ("I bring the figures on Thursday.", "bring the figures", "on Thursday"),
        ("I'll have it on paper by the Friday.", "have it on paper", "by the Friday"),
        ("I'll draft it tonight, so that you have it in the morning.", "draft it", "tonight"),
        ("You'll have the minutes by the end of the week.", "have the minutes", "by the end of the week"),
        ("I'll put it in writing before the fourth of March.", "put it in writing", "before the fourth of March"),
        ("I'll ask her in two weeks.", "ask her", "in two weeks"),
    ],
)
def test_a_promise_in_the_first_person_is_found_with_its_time_as_said(said: str, what: str, due: str | None) -> None:
    (found,) = promises(said)
    assert (found.what, found.due) == (what, due)
    assert found.quote in said


@pytest.mark.parametrize(
    "said",
    [
        "I'll be honest with you.",
        "I'll tell you what it is, it's the money.",
        "Shall we send it? Or will you?",
        "If they agree, I'll send it.",
        "I told her that I'll send it.",
        "She'll send it on Friday.",
        "You'll need to call them.",
        "I sent it on Friday.",
        "I won't send anything before Friday.",
        "We'll see.",
        "I'll give you that.",
        "",
    ],
)
def test_what_is_no_promise_of_the_speaker_is_left_alone(said: str) -> None:
    assert promises(said) == ()


def test_every_sentence_can_hold_a_promise() -> None:
    found = promises("I'll send the plan. Right. And we'll invite the two of them for May.")
    assert [p.what for p in found] == ["send the plan", "invite the two of them for May"]


def test_a_dated_first_person_is_told_from_a_plain_promise() -> None:
    assert [p.plain for p in promises("I'll send it. I meet them on Monday.")] == [True, False]


@given(st.text(max_size=300))
def test_quotes_are_words_of_the_turn_whatever_is_said(said: str) -> None:
    assert all(p.quote in said and p.what.strip() for p in promises(said))


@given(st.text(max_size=300))
def test_sentences_lie_one_after_the_other_and_hold_every_visible_character(said: str) -> None:
    parts = sentences(said)
    assert all(said[p.start : p.end] == p.text for p in parts)
    assert all(a.end <= b.start for a, b in itertools.pairwise(parts))
    assert "".join("".join(p.text.split()) for p in parts) == "".join(said.split())
