"""Questions that lean on the one before."""

import datetime as dt
from dataclasses import replace

import pytest

from analyzer.model.findings import Evidence, Match
from analyzer.model.insight import Answer, Hit
from analyzer.usecases.followups import Before, Taken, client_turned_to, taken

VOICES = ("Bukola Adeyemi", "Fergus Dunlop", "Ruth Ellison", "Priya Raman")
CLIENTS = ("Northgate Logistics", "Meridian Biotech")
TODAY = dt.date(2026, 5, 1)
SAID = "What did Bukola say about the new structure?"
WHEN = "When does the board meet?"


def evidence(quote: str, meeting: str, speaker: str) -> Evidence:
    return Evidence(
        meeting=meeting, turn=1, speaker=speaker, side="theirs", start=None, quote=quote, match=Match.EXACT, span=(0, len(quote))
    )


ANSWER = Answer(
    question=SAID,
    answered=True,
    answer="",
    citations=(
        evidence("It is drawn already.", "m_1", "Fergus Dunlop"),
        evidence("The board has seen it.", "m_2", "Ruth Ellison"),
    ),
    rejected=0,
    searched={},
    engine="offline",
)


def after(before: str, question: str, answer: Answer | None = ANSWER) -> Taken:
    return taken(question, Before(question=before, answer=answer), VOICES, CLIENTS, TODAY)


@pytest.mark.parametrize(
    ("before", "question", "meant"),
    [
        (SAID, "what about Ruth?", "What did Ruth say about the new structure?"),
        (SAID, "And Ruth Ellison?", "What did Ruth Ellison say about the new structure?"),
        (SAID, "Ruth?", "What did Ruth say about the new structure?"),
        (SAID, "and about the budget?", "What did Bukola say about the budget?"),
        (SAID, "how about the fridges", "What did Bukola say about the fridges?"),
        (SAID, "and in March?", "What did Bukola say about the new structure in March?"),
        (SAID, "what else did she say?", "what else did Bukola Adeyemi say: the new structure?"),
        (SAID, "why?", "why: the new structure, Bukola Adeyemi?"),
        (SAID, "did they agree to it?", "did they agree to the new structure, Bukola Adeyemi?"),
        (SAID, "and what did he say about the board?", "what did Bukola Adeyemi say about the board?"),
        (WHEN, "and who is on it?", "who is on it: the board meet?"),
        (WHEN, "what about Ruth?", "When does the board meet, Ruth Ellison?"),
        (WHEN, "what did he say about fees?", "what did Fergus Dunlop say about fees?"),
        (WHEN, "her view on fees?", "Fergus Dunlop's view on fees?"),
        ("What did Northgate promise in February?", "and in March?", "What did Northgate promise in March?"),
        ("What did Northgate promise in February?", "what about Meridian?", "What did Meridian promise in February?"),
        ("What did we promise them?", "and Meridian?", "What did we promise Meridian?"),
        ("Who was there?", "and Meridian?", "Who was there with Meridian?"),
        ("When did we last discuss the fridges?", "and the first time?", "When did we first discuss the fridges?"),
    ],
)
def test_what_is_left_out_is_taken_from_the_question_before(before: str, question: str, meant: str) -> None:
    assert after(before, question) == Taken(question=meant)


@pytest.mark.parametrize(
    "question",
    [
        "When does the lease end?",
        "and who signs off the headcount plan?",
        "What did Ruth say about the money?",
        "Did Jana say that the pack is late?",
        "Is it true that the lease ends in May?",
        "what did they promise about the fridges?",
        "Und wann ist das?",
    ],
)
def test_a_whole_question_stays_as_it_is(question: str) -> None:
    assert after(SAID, question) == Taken(question=question)


def test_the_first_question_leans_on_nothing() -> None:
    assert taken("and when was that?", None, VOICES, CLIENTS, TODAY) == Taken(question="and when was that?")


@pytest.mark.parametrize(
    "question",
    ["and when was that?", "who said that?", "when was that said?", "in which meeting was that?", "When did she say so?"],
)
def test_where_and_when_something_was_said_is_told_by_its_citation(question: str) -> None:
    assert after(SAID, question).recalls
    assert not after(SAID, question, answer=None).recalls


@pytest.mark.parametrize("question", ["and the second one?", "what about the second?", "the second quote?", "and the last one?"])
def test_one_of_several_quotes_is_asked_about_in_its_meeting(question: str) -> None:
    assert after(SAID, question) == Taken(question="The board has seen it.", meeting="m_2")


def test_one_of_several_that_is_not_there_is_missing() -> None:
    assert after(SAID, "and the third one?").missing == "the answer before has 2 quotes"
    assert after(SAID, "and the first one?", answer=None).missing == "the answer before has no quote"


def test_where_nothing_was_said_the_nearest_passages_are_counted() -> None:
    hit = Hit(
        meeting="m_3",
        slug="s",
        client="c",
        client_name="C",
        date=TODAY,
        first_turn=0,
        last_turn=1,
        start=None,
        score=1.0,
        text="Ana: Hm.\nAna: We moved it.",
        turn=1,
        heard_at=None,
        speakers=("Ana",),
        marks=(),
        excerpt=((9, 26),),
    )
    silent = Answer(
        question="", answered=False, answer="", citations=(), rejected=0, searched={}, engine="offline", nearest=(hit,)
    )
    assert after(SAID, "and the first one?", answer=silent) == Taken(question="Ana: We moved it.", meeting="m_3")


def test_who_was_there_is_asked_of_the_meeting_of_the_words_before() -> None:
    assert after(SAID, "and who was there?") == Taken(question="and who was there?", meeting="m_1")
    recorded = replace(ANSWER, by="record: last meeting")
    assert after("When did we last meet?", "and who was there?", recorded) == Taken(question="and who was there?")


def test_that_meeting_is_the_one_of_the_answer_before() -> None:
    assert after(SAID, "what did Ruth promise in that meeting?") == Taken(question="what did Ruth promise?", meeting="m_1")
    assert after(SAID, "what did Ruth promise in that meeting?", answer=None).meeting is None


def test_where_nothing_was_quoted_there_is_no_day_to_tell() -> None:
    silent = replace(ANSWER, answered=False, citations=())
    assert after(SAID, "and when was that?", silent).missing == "the answer before quotes nothing"
    assert after(SAID, "and the first time?").missing == "the question before asks for no first or last time"


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("in the meeting before?", Taken(question="What did Bukola say about the new structure?", meeting="m_0")),
        ("and what about the previous call?", Taken(question="What did Bukola say about the new structure?", meeting="m_0")),
        ("and in the next meeting?", Taken(question="What did Bukola say about the new structure?", meeting="m_2")),
        ("what did Ruth say in the one after that?", Taken(question="what did Ruth say?", meeting="m_2")),
        (
            "did the regulator come to the meeting before Easter?",
            Taken(question="did the regulator come to the meeting before Easter?"),
        ),
    ],
)
def test_the_meeting_beside_is_the_one_before_or_after_that_of_the_words(question: str, meant: Taken) -> None:
    said = Before(question="What did Bukola say about the new structure in our last meeting?", answer=ANSWER)
    assert taken(question, replace(said, meetings=("m_0", "m_1", "m_2")), VOICES, CLIENTS, TODAY) == meant


def test_a_meeting_beside_that_is_not_there_is_missing() -> None:
    first = Before(question=SAID, answer=ANSWER, meetings=("m_1", "m_2"))
    assert taken("in the meeting before?", first, VOICES, CLIENTS, TODAY).missing == "there is no meeting before that one"
    assert after(SAID, "in the meeting before?").missing == "the answer before is of no meeting in particular"
    whole = "what did Ruth promise in the previous meeting?"
    assert after(SAID, whole) == Taken(question=whole)


def test_what_the_record_answered_has_no_matter_to_go_on_with() -> None:
    recorded = replace(ANSWER, by="record: last meeting", citations=())
    assert after("When did we last meet?", "why?", recorded).missing == "it leaves out what it is about"
    assert after("When did we last meet?", "what did he say about it?", recorded).missing


@pytest.mark.parametrize(
    ("question", "client"),
    [
        ("and Meridian?", "Meridian Biotech"),
        ("what about Northgate Logistics?", "Northgate Logistics"),
        ("and at Meridian?", "Meridian Biotech"),
        ("what did Meridian say about fridges?", None),
        ("and Ruth?", None),
    ],
)
def test_the_client_that_a_question_turns_to(question: str, client: str | None) -> None:
    assert client_turned_to(question, CLIENTS, TODAY) == client
