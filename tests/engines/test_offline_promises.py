"""Which words of a speaker are a promise, what of it is kept, and whose it is: never anybody's by a guess."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.engines.offline.labels import COMMITMENT
from analyzer.engines.offline.promises import due_in, promises
from analyzer.engines.offline.reading import claims
from analyzer.engines.offline.sentences import sentences
from analyzer.model.findings import CommitmentTerms
from analyzer.model.meetings import Side
from tests import talks
from tests.by_hand import FITTED, scored

CUTS = FITTED.promise


def terms_of(
    said: str, side: Side = Side.THEIRS, chance: float = 1.0, also: tuple[tuple[str, Side, str], ...] = ()
) -> tuple[CommitmentTerms, ...]:
    """What is claimed as promised when Howard, on that side, says this in answer to Ines, with the classifier as sure as told."""
    meeting = talks.meeting((("Ines Duarte", Side.OURS, "And the list?"), ("Howard Pell", side, said), *also))
    return tuple(c.commitment for c in claims(scored(meeting, {1: {COMMITMENT: chance}})) if c.commitment is not None)


def giver_of(said: str) -> str | None:
    (terms,) = terms_of(said)
    return terms.giver


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
        ("I'll send it by the twenty-seventh.", "send it", "by the twenty-seventh"),
        ("We'll meet on the thirty-first, then.", "meet on the thirty-first", "on the thirty-first"),
        ("I'll bring it before the twenty-third of March.", "bring it", "before the twenty-third of March"),
        ("I'll go over the first draft.", "go over the first draft", None),
        ("I'll raise it at the second meeting.", "raise it at the second meeting", None),
        ("I'll put it on the first page.", "put it on the first page", None),
        ("I'll look at the third chapter before Friday.", "look at the third chapter", "before Friday"),
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


# --- whose promise it is ---


@pytest.mark.parametrize(
    "said",
    [
        "I'll send it over.",
        "We will send it over.",
        "we will",
        "Leave it with me.",
        "Will do.",
        "will do, by friday",
        "You'll have it by Friday.",
        "I can get that to you on Monday.",
        "I'll ask Tom, and he'll look at it.",
    ],
)
def test_who_speaks_for_themselves_is_the_giver(said: str) -> None:
    assert giver_of(said) == "Howard Pell"


@pytest.mark.parametrize(
    "said",
    [
        "Tom will send it.",
        "Tom will send it to us by Friday.",
        "Tom's going to send me the file.",
        "She'll call you.",
        "she'll call you on monday",
        "I think she'll call you.",
        "My assistant will send it over.",
        "The two of them are going to sort that out for us.",
        "They can send it tomorrow.",
        "You'll send me the list by Friday, then.",
        "Send me the file by Friday.",
    ],
)
def test_where_the_words_name_somebody_else_nobody_is_the_giver(said: str) -> None:
    assert giver_of(said) is None


def test_the_only_one_on_the_other_side_is_the_receiver() -> None:
    assert [t.receiver for t in terms_of("I'll send it.")] == ["Ines Duarte"]
    assert [t.receiver for t in terms_of("I'll send it.", also=(("Mia Lund", Side.THEIRS, "Good."),))] == ["Ines Duarte"]


@pytest.mark.parametrize(
    "also",
    [("Ola Berg", Side.OURS, "Bye."), ("Speaker 3", Side.UNKNOWN, "Bye."), ("Room", Side.MIXED, "Bye.")],
    ids=["two of them", "somebody unknown", "a shared microphone"],
)
def test_where_more_than_one_may_be_meant_nobody_is_the_receiver(also: tuple[str, Side, str]) -> None:
    assert [(t.giver, t.receiver) for t in terms_of("I'll send it.", also=(also,))] == [("Howard Pell", None)]


@pytest.mark.parametrize(
    ("said", "also", "receiver"),
    [
        ("I'll send it to Mia by Friday.", (("Mia Lund", Side.THEIRS, "Good."),), None),
        ("I'll send Mia the list.", (("Mia Lund", Side.THEIRS, "Good."),), None),
        ("I'll get it ready for Tom.", (), None),
        ("I'll send it to Ines by Friday.", (), "Ines Duarte"),
    ],
)
def test_where_the_words_name_somebody_else_the_only_listener_is_not_the_receiver(
    said: str, also: tuple[tuple[str, Side, str], ...], receiver: str | None
) -> None:
    assert [t.receiver for t in terms_of(said, also=also)] == [receiver]


def test_a_promise_of_ours_is_made_to_them() -> None:
    meeting = talks.meeting()
    (terms,) = [c.commitment for c in claims(scored(meeting, {8: {COMMITMENT: 1.0}})) if c.commitment]
    assert (terms.giver, terms.receiver, terms.what, terms.due) == (
        "Ines Duarte",
        "Howard Pell",
        "read the page and ring you",
        "on Thursday",
    )


@pytest.mark.parametrize("side", [Side.UNKNOWN, Side.OTHER, Side.MIXED])
def test_a_promise_on_no_known_side_is_never_claimed(side: Side) -> None:
    assert terms_of("I'll send it by Friday.", side) == ()


@pytest.mark.parametrize(
    ("said", "cut"),
    [("I'll send it.", CUTS.plain), ("I bring it on Friday.", CUTS.dated), ("Consider it done.", CUTS.unworded)],
    ids=["in so many words", "with a date", "by likeness alone"],
)
def test_the_less_the_wording_says_the_surer_the_likeness_must_be(said: str, cut: float) -> None:
    assert terms_of(said, chance=cut - 0.01) == ()
    assert len(terms_of(said, chance=cut + 0.01)) == 1


@pytest.mark.parametrize("due", ["by the twenty-seventh", "by the twenty-seventh of May", "by Friday", "tomorrow morning", None])
def test_a_time_is_kept_as_it_was_said(due: str | None) -> None:
    assert due_in(f"Right, that gets done {due or 'soon'}.") == due
    assert [t.due for t in terms_of(f"Consider it done {due or 'soon'}.")] == [due]
