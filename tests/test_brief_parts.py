"""Parts of a brief that have rules of their own: options, asides, differences, offers, openings, fading, what is remembered."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from analyzer.model.agenda import AgendaKind
from analyzer.model.brief import Brief
from analyzer.model.brief_parts import MoveKind
from analyzer.model.findings import (
    ClaimKind,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Level,
    OpeningId,
    Outcome,
    Polarity,
    SignId,
)
from analyzer.model.own import RememberedRow
from analyzer.model.reasons import AgendaAhead, AgendaReason, BehindAgendas, CoveredAgenda, CoveredItem
from analyzer.model.relationship import NoteRow
from analyzer.practice import Item
from analyzer.relationship import picture
from analyzer.rendering.quotes import aside
from analyzer.signs import SIGNS, Sign
from analyzer.usecases.brief import OwnWords, plan_brief
from tests.relations import CLIENT, advice, finding, judged, levels, meeting, opening, promise, tarn_mills, verdict
from tests.test_brief import PRACTICE, TODAY, planned
from tests.told import section

VALIDATION, BOARD = SignId.OUTSIDE_VALIDATION, SignId.BOARD_MANDATE
TRAITS = re.compile(r"(?i)\b(manipulat|dishonest|stubborn|liar|lazy|difficult|resistant|afraid|coward|weak)")


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.id.value)
@pytest.mark.parametrize("level", [Level.WEAK, Level.STRONG])
def test_each_sign_has_two_or_three_moves_of_different_kinds_that_can_be_said_aloud(sign: Sign, level: Level) -> None:
    moves = sign.moves_at(level)
    assert 2 <= len(moves) <= 3
    assert len({move.kind for move in moves}) == len(moves)
    assert moves[0].kind is MoveKind.NAME_IT
    assert all(move.say[-1] in ".?" and len(move.say.split()) <= 35 and not TRAITS.search(move.say) for move in moves)


def test_every_kind_of_move_is_there_for_some_sign() -> None:
    assert {move.kind for sign in SIGNS for move in (*sign.moves, *sign.plain_moves)} == set(MoveKind)


def test_hints_are_gone_on_with_and_only_what_is_plain_is_left() -> None:
    assert all(MoveKind.LEAVE not in {m.kind for m in sign.moves} for sign in SIGNS)
    assert all(MoveKind.EYES_OPEN not in {m.kind for m in sign.plain_moves} for sign in SIGNS)


def test_options_stand_with_their_kinds_and_the_strongest_sign_first() -> None:
    pairs = []
    for m, assessment in levels(BOARD, Level.STRONG, Level.STRONG):
        weak = verdict(VALIDATION, Level.WEAK, evidence=[finding(m, 1, ClaimKind.SIGN, VALIDATION)])
        pairs.append(judged(m, signs=[weak, assessment.sign(BOARD)]))
    brief = planned(pairs, dt.date(2025, 3, 1))
    first = section(brief, "Your options")
    assert first[0] == "- A directive from above to be satisfied"
    assert first[1].startswith("  - Name it: “Since you have to do this anyway")
    assert section(brief, "Your other options")[0] == "- An outside view for a settled decision (if it turns out to be so)"


@pytest.mark.parametrize(
    ("today", "fading"),
    [
        ("2025-03-11", ""),
        ("2025-04-12", "last heard 61 days ago"),
        ("2025-06-10", "last heard 4 months ago"),
        ("2026-04-10", "last heard 14 months ago"),
        ("2029-04-10", "last heard 4 years ago"),
    ],
)
def test_a_sign_last_heard_long_ago_is_told_with_how_long(today: str, fading: str) -> None:
    brief = planned(levels(BOARD, Level.WEAK, Level.WEAK), dt.date.fromisoformat(today))
    line = section(brief, "The four signs")[0]
    assert (fading in line) if fading else ("last heard" not in line)
    assert (fading in section(brief, "Your options")[0]) or not fading


def test_the_two_turns_before_the_strongest_words_lead_up_to_them() -> None:
    m = meeting("2026-03-01", [("Iris Vance", f"Question {n}?") for n in range(4)] + [("Tess Okafor", "The board wants it.")])
    heard = verdict(BOARD, Level.STRONG, evidence=[finding(m, 4, ClaimKind.SIGN, BOARD)])
    brief = planned([judged(m, signs=[heard])])
    sign = next(sign for sign in brief.signs if sign.quote)
    assert [(said.turn, said.text) for said in sign.before] == [(2, "Question 2?"), (3, "Question 3?")]
    assert section(brief, "The signs in full")[2:4] == [
        "    - before it, Iris Vance: “Question 2?”",
        "    - before it, Iris Vance: “Question 3?”",
    ]


def marks(brief: Brief) -> set[str]:
    return {aside(quote) for sign in brief.signs for quote in (sign.quote,) if quote}


def said_to(*people: str, confidential: bool = False, alone: bool = True) -> set[str]:
    """The marks on the words of a sign, said with these people there; with `alone`, another was met in another meeting."""
    turns = [(person, "The board wants it.") for person in people]
    m = meeting("2026-03-01", [("Iris Vance", "Why?"), *turns], unknown=["Speaker 3"], confidential=confidential)
    heard = verdict(BOARD, Level.STRONG, evidence=[finding(m, 1, ClaimKind.SIGN, BOARD)])
    other = [judged(meeting("2026-02-01", [("Bo Lindqvist", "Hello.")]))] if alone else []
    return marks(planned([*other, judged(m, signs=[heard])]))


def test_what_one_of_several_heard_alone_or_all_in_confidence_is_marked() -> None:
    assert said_to("Dawn Roe") == {" [said 1:1, Dawn Roe]"}
    assert said_to("Dawn Roe", "Bo Lindqvist") == {""}
    assert said_to("Dawn Roe", alone=False) == {""}
    assert said_to("Dawn Roe", "Speaker 3") == {""}
    assert said_to("Dawn Roe", "Bo Lindqvist", confidential=True) == {" [said in confidence, Dawn Roe, Bo Lindqvist]"}


def test_a_mark_follows_every_place_of_such_a_meeting() -> None:
    alone = meeting("2026-03-01", [("Iris Vance", "Do it."), ("Dawn Roe", "I bring the rota.")])
    both = meeting("2026-02-01", [("Dawn Roe", "Hello."), ("Bo Lindqvist", "Hello.")])
    found = [advice(alone, 0, "sell the press"), promise(alone, 1, "Dawn Roe", "bring the rota")]
    brief = planned([judged(both), judged(alone, findings=[*found, opening(alone, 1, OpeningId.UNUSED_CAPACITY)])])
    for title in ("Who owes whom", "What we advised, and what became of it", "Openings not taken up"):
        placed = [line for line in section(brief, title) if "2026-03-01 turn" in line]
        assert placed
        assert all("[said 1:1, Dawn Roe]" in line for line in placed)


def test_where_two_of_them_differ_words_of_each_stand_below() -> None:
    [told] = planned(tarn_mills()).differences
    assert told.told == "Tess Okafor's words speak for “An outside view for a settled decision”, Bo Lindqvist's against it."
    assert [quote.speaker for quote in told.quotes] == ["Tess Okafor", "Bo Lindqvist"]


def test_where_they_take_our_advice_otherwise_the_words_of_each_are_those_that_say_so() -> None:
    m = meeting("2026-03-01", [("Iris Vance", "Do it."), ("Tess Okafor", "We do."), ("Bo Lindqvist", "We do not.")])
    found = [advice(m, 0, "sell the press", Outcome.ADOPTED, fate=1), advice(m, 0, "paint the hall", Outcome.IGNORED, fate=2)]
    [told] = planned([judged(m, findings=found)]).differences
    assert [quote.text for quote in told.quotes] == ["We do.", "We do not."]


def test_two_who_never_met_with_us_together_are_told_as_a_gap() -> None:
    first = meeting("2026-02-01", [("Tess Okafor", "The board wants it.")])
    second = meeting("2026-03-01", [("Bo Lindqvist", "It is ours.")], roles={"Bo Lindqvist": "Managing director"})
    pro = finding(first, 0, ClaimKind.SIGN, BOARD)
    con = finding(second, 0, ClaimKind.SIGN, BOARD, polarity=Polarity.AGAINST)
    heard = [verdict(BOARD, Level.WEAK, evidence=[pro])]
    brief = planned([judged(first, signs=heard), judged(second, signs=[verdict(BOARD, Level.WEAK, counter=[con])])])
    never = [line for line in section(brief, "Who says what") if "never in one" in line]
    assert len(never) == 1
    assert "gap: " in never[0]


def opened(*, then: str = "", same_day: bool = False) -> Brief:
    """A floor that stands empty, and what was promised in the meeting after that, or later in the same one."""
    first = meeting("2026-01-05", [("Tess Okafor", "The whole upper floor stands empty."), ("Tess Okafor", "Yes.")])
    last = meeting("2026-02-05", [("Tess Okafor", "Yes.")])
    made = [promise(first, 1, "Tess Okafor", then)] if then and same_day else []
    later = [promise(last, 0, "Tess Okafor", then)] if then and not same_day else []
    found = [opening(first, 0, OpeningId.UNUSED_CAPACITY), *made]
    return planned([judged(first, findings=found), judged(last, findings=later)])


def test_an_opening_is_told_until_something_like_it_is_promised_or_advised() -> None:
    [waiting] = opened().openings
    assert (waiting.heard, waiting.taken_up, len(waiting.quotes)) == (1, 0, 1)
    for brief in (opened(then="measure the upper floor"), opened(then="measure the upper floor", same_day=True)):
        [taken] = brief.openings
        assert (taken.heard, taken.taken_up, taken.quotes) == (1, 1, ())
    [other] = opened(then="measure the lower yard").openings
    assert other.taken_up == 0


def test_a_promise_that_was_made_before_does_not_take_an_opening_up() -> None:
    first = meeting("2026-01-05", [("Tess Okafor", "Yes.")])
    last = meeting("2026-02-05", [("Tess Okafor", "The whole upper floor stands empty.")])
    made = judged(first, findings=[promise(first, 0, "Tess Okafor", "measure the upper floor")])
    [waiting] = planned([made, judged(last, findings=[opening(last, 0, OpeningId.UNUSED_CAPACITY)])]).openings
    assert waiting.taken_up == 0


def test_offers_of_which_words_were_said_are_told_apart_from_those_of_which_none_were() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "The rota is what costs us, the whole house works in shifts.")])
    offers = (*PRACTICE.offers, Item(text="Cost benchmarks for textile finishing"))
    brief = planned([judged(m)], practice=replace(PRACTICE, offers=offers))
    assert [(mention.text, mention.quote is not None) for mention in brief.offers] == [
        ("Redrawing the rota of a house that works in shifts", True),
        ("Cost benchmarks for textile finishing", False),
    ]
    lines = section(brief, "Openings not taken up")
    assert lines[0].startswith("- What we offer, and no words of it were found: Cost benchmarks for textile finishing (gap: ")


def test_how_often_each_side_told_and_they_asked_is_counted_by_meeting() -> None:
    m = meeting(
        "2026-03-01",
        [("Tess Okafor", "Orders are down."), ("Iris Vance", "Ours too."), ("Tess Okafor", "How is business with you?")],
    )
    other = meeting("2026-02-01", [("Tess Okafor", "Orders are up.")])
    shares = OpeningId.SHARES_CONTEXT
    brief = planned(
        [judged(other, findings=[opening(other, 0, shares)]), judged(m, findings=[opening(m, n, shares) for n in (0, 1)])]
    )
    told = brief.openness
    assert (told.meetings, told.ours, told.theirs, len(told.asked)) == (2, 1, 2, 1)
    lines = section(brief, "How open both sides are")
    assert lines[0].startswith("- We told how business is doing in 1 of 2 meetings: “Ours too.”")
    assert lines[2].startswith("- They asked how ours is doing once, last: “How is business with you?”")


def test_only_what_a_person_kept_is_remembered_with_its_place() -> None:
    pairs = tarn_mills()
    m = pairs[1][0]
    kept = RememberedRow(
        meeting=m.id,
        slug=m.slug,
        date=m.date,
        turn=5,
        speaker="Tess Okafor",
        side="theirs",
        start=None,
        quote=m.turns[5].text,
    )
    lost = replace(kept, turn=None)
    own = OwnWords(remembered=(kept, lost))
    brief = plan_brief(CLIENT, picture(pairs, TODAY), [m for m, _ in pairs], PRACTICE, TODAY, own)
    words = "“Orders are down a fifth here, and I do not sleep well over it.” Tess Okafor, 9 Dec 2025"
    assert section(brief, "To remember") == [f"- {words} (tarn-mills-2025-12-09 turn 5)"]
    assert "1 turn to remember cannot be found in the transcript as it is now." in brief.gaps
    assert section(planned(pairs), "To remember") == []


def test_signs_of_which_nothing_can_be_told_share_one_line() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Hm.")])
    signs = [verdict(sign, Level.INSUFFICIENT, why="too few words") for sign in SignId]
    lines = section(planned([judged(m, signs=signs)]), "The four signs")
    assert lines == [
        f"- Cannot be told: {'; '.join(s.title for s in SIGNS)}. gap: Too little to tell in 1 meeting. Too few words."
    ]


def test_conditions_of_one_reason_stand_together() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "We start on Monday.")])
    held = [ConditionVerdict(condition=c, value=ConditionValue.YES, why="they start") for c in list(ConditionId)[:2]]
    lines = section(planned([judged(m, conditions=held)]), "Relevant, timely, fit")
    assert lines[0].startswith("- Relevant and timely: yes. ")
    assert lines[1] == "- Fit: gap: not told in 1 meeting."


def test_what_was_noted_after_the_last_meeting_is_among_what_changed() -> None:
    pairs = tarn_mills()
    notes = tuple(
        NoteRow(number=n, date=date, kind="event", text=text)
        for n, date, text in ((1, dt.date(2026, 2, 3), "On the day."), (2, dt.date(2026, 2, 20), "Bo has left."))
    )
    brief = plan_brief(CLIENT, picture(pairs, TODAY), [m for m, _ in pairs], PRACTICE, TODAY, OwnWords(notes=notes))
    noted = [change.told for change in brief.changes if "noted" in change.told]
    assert noted == ["You noted on 20 Feb 2026: Bo has left."]


def test_many_voices_without_a_side_are_named_in_part() -> None:
    names = [f"Speaker {n}" for n in range(8)] + ["x" * 5000]
    m = meeting("2026-03-01", [(name, "Hm.") for name in names], unknown=names)
    [gap] = [gap for gap in planned([judged(m)]).gaps if gap.startswith("Voices")]
    assert gap.endswith("Speaker 5 and 3 more (analyzer sides MEETING --us NAME).")
    assert len(gap) < 300


def test_why_the_next_agenda_has_its_items_and_what_came_up_of_the_last_stand_behind_the_page() -> None:
    pairs = tarn_mills()
    [waiting, *_] = [row.quotes[0] for row in planned(pairs).openings]
    ahead = AgendaAhead(
        number=2,
        made_on=dt.date(2026, 3, 1),
        date=None,
        kind=AgendaKind.PARTNERSHIP,
        minutes=60,
        people=(),
        edited=False,
        items=(AgendaReason(title="Further topics", why="Their own words.", quotes=(waiting,)),),
    )
    covered = CoveredAgenda(
        number=1,
        made_on=dt.date(2026, 1, 1),
        kind=AgendaKind.PARTNERSHIP,
        slug="tarn-mills-2026-02-03",
        met_on=dt.date(2026, 2, 3),
        items=(CoveredItem(title="Arriving", places=()), CoveredItem(title="Further topics", places=(waiting,))),
    )
    own = OwnWords(agendas=BehindAgendas(ahead=ahead, covered=covered))
    brief = plan_brief(CLIENT, picture(pairs, TODAY), [m for m, _ in pairs], PRACTICE, TODAY, own)
    assert section(brief, "Why agenda 2 has its items") == [
        "- Further topics: Their own words.",
        f"  - “{waiting.text}” {waiting.speaker}, 9 Dec 2025 ({waiting.slug} turn {waiting.turn})",
    ]
    assert section(brief, "What of agenda 1 came up on 3 Feb 2026") == [
        "- Arriving: gap: not found in the words of that talk",
        f"- Further topics came up: {waiting.slug} turn {waiting.turn}",
    ]
