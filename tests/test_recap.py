"""The mail after a talk: what was decided, who does what by when, what is open, in the words of those who were there."""

import dataclasses
import datetime as dt

import pytest

from analyzer.model.agenda import Recap, SaidThere, Withheld
from analyzer.model.findings import ClaimKind, Level, Outcome, SignId, Strength
from analyzer.model.meetings import Meeting
from analyzer.practice import Practice
from analyzer.relationship import picture_of_meeting
from analyzer.rendering import formats, recap_page
from analyzer.rendering.formats import DocumentFormat
from analyzer.usecases.agenda import touchy
from analyzer.usecases.private_words import Elsewhere, private_words
from analyzer.usecases.recap import plan_recap
from analyzer.usecases.sieve import Audience, Sieve
from tests.relations import CLIENT, Pair, advice, finding, judged, meeting, promise, verdict

TODAY = dt.date(2026, 3, 9)
OTHERS = Elsewhere(names=("Globex Forge",), people=("Marek Novak",))


def recap_of(pair: Pair) -> tuple[Recap, Sieve]:
    m = pair[0]
    seen = picture_of_meeting(*pair, TODAY)
    private = private_words(CLIENT, seen, [m], Practice(name="Vance & Partners"), OTHERS, heard=[m])
    sieve = Sieve(Audience([m], [speaker.name for speaker in m.speakers], Practice(name="Us")), private, touchy(seen))
    return plan_recap(CLIENT.name, "Vance & Partners", m, seen, sieve), sieve


def said(*turns: str) -> Meeting:
    """Tess and Iris in turn."""
    return meeting("2026-03-02", [(("Tess Okafor", "Iris Vance")[n % 2], text) for n, text in enumerate(turns)])


@pytest.mark.parametrize(
    ("turn", "settled"),
    [
        ("So we've agreed to move the review to June.", True),
        ("Let\u2019s go with the second option for the dye house.", True),
        ("Agreed: the weekly report is dropped from April.", True),
        ("We decided that last year, before the review.", False),
        ("Have we agreed to move the review?", False),
        ("We haven't decided about the dye house.", False),
        ("If we've agreed to move the review, fine.", False),
        ("Let's go with that.", False),
    ],
)
def test_what_was_decided_is_only_what_was_said_to_be_so_now(turn: str, settled: bool) -> None:
    decided = recap_of(judged(said(turn, "Mm.")))[0].decided
    assert decided == (SaidThere(text=turn, speaker="Tess Okafor"),) * settled


@pytest.mark.parametrize(
    ("reply", "agreed"),
    [("Yes, gladly.", True), ("Agreed.", True), ("Yes, but in June.", False), ("Hm.", False), ("Yes? Why?", False)],
)
def test_a_proposal_that_the_other_side_says_yes_to_is_decided(reply: str, agreed: bool) -> None:
    proposed = "Could we drop the weekly report and talk on Mondays?"
    decided = recap_of(judged(said(f"One thing. {proposed}", reply)))[0].decided
    assert decided == (SaidThere(text=proposed, speaker="Tess Okafor", agreed="Iris Vance"),) * agreed


@pytest.mark.parametrize(
    ("reply", "open_"),
    [("I don't know yet.", True), ("I'll find out.", True), ("Let me ask Bo.", True), ("In June.", False), ("Yes.", False)],
)
def test_a_question_is_open_where_whoever_was_asked_put_it_off(reply: str, open_: bool) -> None:
    asked = "Who pays for the energy figures?"
    questions = recap_of(judged(said(f"Good. {asked}", reply)))[0].questions
    assert questions == (SaidThere(text=asked, speaker="Tess Okafor"),) * open_


def test_who_does_what_by_when_has_all_that_was_taken_on_within_one_side_too() -> None:
    m = said("I'll send the energy figures by Friday.", "I'll brief Jo.", "Maybe I'll ring.")
    made = [
        promise(m, 0, "Tess Okafor", "send the energy figures", to="Iris Vance", due="2026-03-06"),
        promise(m, 1, "Iris Vance", "brief Jo"),
        promise(m, 2, None, "ring"),
    ]
    recap, sieve = recap_of(judged(m, findings=made))
    assert [(p.who, p.what, p.due_date) for p in recap.promises or ()] == [
        ("Tess Okafor", "send the energy figures", dt.date(2026, 3, 6)),
        ("Iris Vance", "brief Jo", None),
    ]
    assert sieve.left_out == {Withheld.NOT_SURE_WHO: 1}


def advised(what: str, outcome: Outcome = Outcome.ADOPTED, reply: str = "Mm, right.") -> tuple[SaidThere, ...]:
    """What is decided where Iris advised something, as a reader worded it, and Tess said something to it."""
    m = said("And the floor?", "I would close the upper floor in May, I think.", reply)
    return recap_of(judged(m, findings=[advice(m, 1, what, outcome, fate=2)]))[0].decided


def test_what_we_advised_and_they_took_up_there_is_decided_in_words_that_were_heard() -> None:
    taken = SaidThere(text="close the upper floor in May", speaker="Iris Vance", agreed="Tess Okafor", worded=True)
    assert advised("close the upper floor in May") == (taken,)
    assert advised("close the upper floor in May", Outcome.DEFERRED) == ()
    assert advised("sell the mill to the bank") == ()
    assert advised("I would close the upper floor in May, I think.") == ()


def test_a_turn_that_speaks_for_a_sign_is_in_no_recap() -> None:
    m = said("We've agreed that the dye house closes whatever you find.", "Who tells the shift leads?", "I don't know.", "So.")
    sign = SignId.OUTSIDE_VALIDATION
    shown = [finding(m, turn, ClaimKind.SIGN, sign, strength=Strength.STRONG) for turn in (0, 1)]
    recap, sieve = recap_of(judged(m, signs=[verdict(sign, Level.STRONG, evidence=shown)]))
    assert not recap.decided
    assert not recap.questions
    assert sieve.left_out[Withheld.SENSITIVE] == 2


@pytest.mark.parametrize("named", ["Globex Forge", "globex", "Marek"])
def test_what_names_another_client_or_its_people_is_left_out(named: str) -> None:
    recap, sieve = recap_of(judged(said(f"We've agreed to visit the works with {named}.", "Mm.")))
    assert not recap.decided
    assert sieve.left_out[Withheld.PRIVATE_WORDS] == 1


def test_a_recap_reads_as_one_would_send_it() -> None:
    m = said(
        "So we've agreed to move the review to June.",
        "I'll send you the three options by Friday.",
        "Who pays for the energy figures?",
        "I'll find out.",
    )
    found = [promise(m, 1, "Iris Vance", "send the three options", to="Tess Okafor", due="2026-03-06")]
    recap = recap_of(judged(m, findings=found))[0]
    assert formats.drawn(recap_page.page(recap), DocumentFormat.MD, dt.datetime(2026, 3, 2, tzinfo=dt.UTC)).decode() == RECAP


def test_a_recap_that_names_no_promise_does_not_say_that_there_was_none() -> None:
    m = said("Could you look at it?", "I may get to it.")
    made = promise(m, 1, "Iris Vance", "look at it", to="Tess Okafor")
    unsure = dataclasses.replace(made, claim=dataclasses.replace(made.claim, strength=Strength.WEAK))
    recap, sieve = recap_of(judged(m, findings=[unsure]))
    told = formats.drawn(recap_page.page(recap), DocumentFormat.MD, dt.datetime(2026, 3, 2, tzinfo=dt.UTC)).decode()
    assert sieve.left_out == {Withheld.NOT_CERTAIN: 1}
    assert "I found nothing that anybody took on in so many words. If you took something on, please tell me." in told


def test_where_nothing_was_settled_a_recap_says_so_and_asks() -> None:
    recap = recap_of(judged(said("Morning.", "Morning.")))[0]
    empty = dataclasses.replace(recap, promises=(), decided=(), questions=())
    text = formats.drawn(recap_page.page(empty), DocumentFormat.MD, dt.datetime(2026, 3, 2, tzinfo=dt.UTC)).decode()
    assert "Nothing was decided in so many words." in text
    assert "Still open" not in text


RECAP = """\
# After our talk on 2 Mar 2026

For those who were there: Tess Okafor, Iris Vance (Tarn Mills and Vance & Partners).

This is what was said, as I have it. Please put right what you remember otherwise.

## Decided

- “So we've agreed to move the review to June.” (Tess Okafor)

## Who does what by when

- Iris Vance: send the three options, for Tess Okafor, by 6 Mar 2026

## Still open

- “Who pays for the energy figures?” (Tess Okafor)
"""
