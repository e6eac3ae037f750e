"""The brief of the first talk, and a decision held against what came."""

import datetime as dt

import pytest

from analyzer.model.brief import Brief
from analyzer.model.findings import ClaimKind, ConditionId, ConditionValue, ConditionVerdict, Level, Outcome, SignId, Stance
from analyzer.model.meetings import Client, Stage
from analyzer.model.person import Choice, Decision
from analyzer.relationship import picture
from analyzer.usecases.brief import OwnWords, plan_brief
from analyzer.usecases.brief.first_talk import MATTERS
from tests.relations import Pair, advice, finding, judged, meeting, verdict
from tests.test_brief import PRACTICE, TODAY
from tests.told import brief_text, section

PROSPECT = Client(id="c_1", slug="tarn-mills", name="Tarn Mills", stage=Stage.PROSPECT)


def first_talk(*asked: str, pairs: list[Pair] | None = None) -> Brief:
    """The brief of a prospect of whom we asked this."""
    turns = [turn for words in asked for turn in (("Iris Vance", words), ("Tess Okafor", "Hm."))]
    talk = pairs or [judged(meeting("2026-02-03", turns or [("Tess Okafor", "Hello.")]))]
    return plan_brief(PROSPECT, picture(talk, TODAY), [m for m, _ in talk], PRACTICE, TODAY)


def test_of_a_prospect_all_that_is_unasked_stands_first_with_the_question_and_what_it_tells_apart() -> None:
    brief = first_talk()
    lines = section(brief, "The first talk: still to ask")
    assert len(lines) == len(MATTERS) == len(brief.first_talk)
    assert all("Tells apart: " in line for line in lines)
    for condition in ConditionId:
        assert any(f"Tells apart: {condition.value} or not" in line for line in lines)
    assert "Questions to ask" not in brief_text(brief)


@pytest.mark.parametrize(
    ("asked", "matter"),
    [
        ("What would be different in a year?", "what it is for"),
        ("Have you tried this before with somebody?", "what was tried before"),
        ("And why now?", "why now"),
        ("How much time can your people give to it?", "who gives time to it"),
        ("Who signs this off?", "who decides and who pays"),
        ("Suppose we find something different, what then?", "what may still change"),
        ("Do the shift leads know? Have you told them?", "who is touched by it, and knows"),
        ("What would you need from us?", "what we need from each other"),
    ],
)
def test_what_we_asked_is_told_with_our_words(asked: str, matter: str) -> None:
    brief = first_talk(f"Right. {asked}")
    [found] = [one for one in brief.first_talk if one.matter == matter]
    assert found.asked
    assert found.asked.text == f"Right. {asked}"
    assert not any(line.startswith(f"- {matter.capitalize()}") for line in section(brief, "The first talk: still to ask"))
    assert any(line.startswith(f"- {matter.capitalize()}: “Right.") for line in section(brief, "Asked already"))


def test_a_question_of_theirs_and_a_remark_of_ours_ask_nothing() -> None:
    talk = [judged(meeting("2026-02-03", [("Tess Okafor", "Why now?"), ("Iris Vance", "Why now, one could ask. It is late.")]))]
    assert all(one.asked is None for one in first_talk(pairs=talk).first_talk)


def test_a_client_that_is_none_has_no_first_talk() -> None:
    talk = [judged(meeting("2026-02-03", [("Iris Vance", "Why now?")]))]
    active = Client(id="c_1", slug="tarn-mills", name="Tarn Mills")
    brief = plan_brief(active, picture(talk, TODAY), [m for m, _ in talk], PRACTICE, TODAY)
    assert brief.first_talk == ()


def test_which_of_our_conditions_came_up_stands_in_the_detail() -> None:
    assert section(first_talk(), "Relevant, timely, fit")[-2:] == [
        "- What we need to do our best work (gap: whether it is given here):",
        "  - gap: no words of it found: We talk to those who do the work.",
    ]


def decided(choice: Choice, date: str, note: str = "", number: int = 1) -> Decision:
    return Decision(
        number=number,
        client="c_1",
        choice=choice,
        note=note,
        date=dt.date.fromisoformat(date),
        made_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC),
    )


def since(*decisions: Decision, pairs: list[Pair], today: dt.date = TODAY) -> Brief:
    own = OwnWords(decisions=decisions)
    return plan_brief(PROSPECT, picture(pairs, today), [m for m, _ in pairs], PRACTICE, today, own)


def came() -> list[Pair]:
    """A sign that was heard before and after the day of the decision, advice taken after it, and a condition told."""
    sign = SignId.BOARD_MANDATE
    before = meeting("2026-01-05", [("Tess Okafor", "The board asked."), ("Iris Vance", "Do it.")])
    after = meeting(
        "2026-02-20", [("Tess Okafor", "The board asked again."), ("Iris Vance", "Do that."), ("Tess Okafor", "Yes.")]
    )
    fit = ConditionVerdict(
        condition=ConditionId.FIT,
        value=ConditionValue.MIXED,
        why="some",
        evidence=(finding(after, 2, ClaimKind.CONDITION, ConditionId.FIT),),
    )
    return [
        judged(
            before,
            signs=[verdict(sign, Level.STRONG, evidence=[finding(before, 0, ClaimKind.SIGN, sign)])],
            findings=[advice(before, 1, "sell the press")],
        ),
        judged(
            after,
            signs=[verdict(sign, Level.WEAK, evidence=[finding(after, 0, ClaimKind.SIGN, sign)])],
            conditions=[fit],
            findings=[advice(after, 1, "paint the hall", Outcome.ADOPTED, fate=2)],
            stance=Stance.LEANING_CLIENT,
        ),
    ]


def test_the_last_decision_is_held_against_what_came_after_it() -> None:
    first = decided(Choice.DECLINE, "2026-01-06")
    last = decided(Choice.TAKE_WITH_CONDITIONS, "2026-01-10", "if the owners talk to us", number=2)
    brief = since(first, last, pairs=came())
    assert brief.decision
    assert brief.decision.meetings_since == 1
    slug = "tarn-mills-2026-02-20"
    assert section(brief, "What you decided") == [
        "Take with conditions, on 10 Jan 2026: if the owners talk to us",
        f"- “A directive from above to be satisfied”: heard in 1 of 1 meeting since, last on 20 Feb 2026 ({slug} turn 0)",
        "- Fit: mixed (tarn-mills-2026-02-20 turn 2)",
        "- Of 1 piece of advice since, 1 taken up (tarn-mills-2026-02-20)",
        "- The last talk that could tell, on 20 Feb 2026: leaning client (tarn-mills-2026-02-20)",
    ]


def test_nothing_that_came_before_is_held_against_a_decision() -> None:
    brief = since(decided(Choice.TAKE, "2026-02-21"), pairs=came())
    assert section(brief, "What you decided") == [
        "Take, on 21 Feb 2026",
        "gap: nothing is known of what came of it; 0 meetings since.",
    ]


def test_a_decision_of_a_later_day_is_not_known_yet() -> None:
    assert since(decided(Choice.TAKE, "2026-03-10"), pairs=came()).decision is None
    assert since(pairs=came()).decision is None
