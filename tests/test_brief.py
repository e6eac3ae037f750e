"""The private brief: true, complete, and fit to be read over a shoulder."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator, Sequence

import pytest

from analyzer.model.brief import Brief
from analyzer.model.brief_parts import Quote
from analyzer.model.findings import (
    ClaimKind,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Fate,
    Known,
    Level,
    OpeningId,
    Outcome,
    PersonVerdict,
    SignId,
    Stance,
    Strength,
)
from analyzer.model.meetings import Client, Stage
from analyzer.model.relationship import NoteRow, Trend
from analyzer.practice import Context, Item, Practice
from analyzer.relationship import picture
from analyzer.relationship.words import day
from analyzer.rendering import brief_page
from analyzer.rendering.pages import Point, Points
from analyzer.usecases.brief import OwnWords, plan_brief
from tests.relations import (
    CLIENT,
    LLM,
    Pair,
    advice,
    finding,
    follow_up,
    judged,
    levels,
    meeting,
    opening,
    promise,
    tarn_mills,
    told,
    verdict,
)
from tests.told import brief_text, section, words

TODAY = dt.date(2026, 3, 9)
PRACTICE = Practice(
    name="Vance & Partners",
    offers=(Item(text="Redrawing the rota of a house that works in shifts"),),
    conditions=(Item(text="We talk to those who do the work"),),
    context=Context(as_of=dt.date(2026, 2, 1)),
)


def planned(pairs: list[Pair], today: dt.date = TODAY, practice: Practice = PRACTICE) -> Brief:
    return plan_brief(CLIENT, picture(pairs, today), [m for m, _ in pairs], practice, today)


def quotes(value: object) -> Iterator[Quote]:
    """Every quote anywhere in a document."""
    if isinstance(value, Quote):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from quotes(part)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from quotes(getattr(value, field.name))


def test_a_brief_reads_as_one_would_take_it_in() -> None:
    assert brief_text(planned(tarn_mills())) == BRIEF_OF_TARN_MILLS


def test_every_quote_stands_word_for_word_in_the_place_it_names() -> None:
    pairs = tarn_mills()
    turns = {(m.slug, t.ordinal): (t.text, t.speaker, m.date) for m, _ in pairs for t in m.turns}
    found = list(quotes(planned(pairs)))
    assert len(found) > 10
    assert all(turns[q.slug, q.turn] == (q.text, q.speaker, q.date) for q in found)


WITHOUT_WORDS = ("Your options", "Your other options", "Questions to ask", "Your notes", "What this rests on", "More questions")


def statements(points: Sequence[Point]) -> Iterator[tuple[str, bool]]:
    """Every point of a list in words, and whether it or what is below it has a place to open."""
    for point in points:
        placed = any(span.place for span in point.line) or any(ok for _, ok in statements(point.below))
        yield words(point.line), placed


@pytest.mark.parametrize("pairs", [tarn_mills(), levels(SignId.BOARD_MANDATE, Level.STRONG, Level.STRONG, Level.NONE)])
def test_every_statement_leads_to_its_place_or_says_gap(pairs: list[Pair]) -> None:
    page = brief_page.page(planned(pairs))
    told = [
        (part.title, text, placed)
        for part in page.sections
        for block in part.blocks
        if isinstance(block, Points) and part.title not in WITHOUT_WORDS
        for text, placed in statements(block.points)
    ]
    assert told
    counted = re.compile(r"^(?:and \d+|We owe: and|They owe: and|Not heard|Not sure who owes: and)")
    assert [text for _, text, placed in told if not placed and "gap: " not in text and not counted.match(text)] == []


def test_the_signs_stand_by_their_titles_with_trend_and_strongest_words() -> None:
    signs = planned(tarn_mills()).signs
    assert [(s.title, s.level, s.trend) for s in signs] == [
        ("An outside view for a settled decision", Level.WEAK, Trend.EASING),
        ("Their performance management, done by us", Level.NONE, Trend.NOT_HEARD),
        ("A directive from above to be satisfied", Level.NONE, Trend.NOT_HEARD),
        ("The look of change without the hard work", Level.NONE, Trend.NOT_HEARD),
    ]
    first = signs[0]
    assert first.quote
    assert (first.quote.slug, first.quote.turn) == ("tarn-mills-2025-11-04", 1)
    assert first.counter
    assert first.counter.speaker == "Bo Lindqvist"


def test_options_are_given_for_signs_that_stand_and_not_for_faded_or_absent_ones() -> None:
    none = Level.NONE
    standing = planned(levels(SignId.BOARD_MANDATE, none, Level.WEAK)).options
    assert [(o.title, len(o.moves)) for o in standing] == [("A directive from above to be satisfied", 3)]
    assert not planned(levels(SignId.BOARD_MANDATE, Level.WEAK, none, none)).options


def test_a_sign_that_a_person_confirmed_keeps_its_options_over_one_silent_meeting() -> None:
    sign = SignId.BOARD_MANDATE
    (m, assessment), *later = levels(sign, Level.STRONG, Level.NONE, Level.NONE)
    own = PersonVerdict(level=Level.STRONG, note="", reader=Level.WEAK)
    confirmed = judged(m, signs=[dataclasses.replace(assessment.sign(sign), person=own)])
    [option] = planned([confirmed, *later[:1]]).options
    assert option.level is Level.STRONG
    assert not planned([confirmed, *later]).options


def test_a_sign_that_the_newest_meeting_does_not_show_asks_for_nothing() -> None:
    heard = levels(SignId.BOARD_MANDATE, Level.STRONG, Level.STRONG)
    quiet = levels(SignId.BOARD_MANDATE, Level.STRONG, Level.STRONG, Level.NONE)
    ask = "If nobody above had asked for this, which part of it would you still want?"
    before, after = planned(heard), planned(quiet)
    assert before.options
    assert before.questions[0].ask == ask
    assert not after.options
    assert ask not in [q.ask for q in after.questions]
    assert "Another reading" in brief_text(before)
    assert "Another reading" not in brief_text(after)


def test_signs_that_are_not_heard_share_one_line_which_says_what_has_faded() -> None:
    text = brief_text(planned(levels(SignId.BOARD_MANDATE, Level.WEAK, Level.NONE, Level.NONE, why="")))
    assert (
        "- Not heard: An outside view for a settled decision; Their performance management, done by us; "
        "A directive from above to be satisfied (last heard 13 months ago, on 10 Jan 2025); "
        "The look of change without the hard work.\n"
    ) in text


def worth(pairs: list[Pair], known: dict[SignId, Known]) -> list[Pair]:
    """The pairs with what is known of the reader's level of each sign."""
    return [
        judged(m, signs=[dataclasses.replace(v, known=known.get(v.sign)) for v in assessment.judgement.signs])
        for m, assessment in pairs
    ]


def test_beside_each_level_stands_how_often_the_reader_was_right_with_it() -> None:
    silent = Known(right=60, said=66)
    known = dict.fromkeys(SignId, silent) | {SignId.BOARD_MANDATE: Known(right=9, said=13)}
    brief = planned(worth(levels(SignId.BOARD_MANDATE, Level.WEAK), known))
    assert [sign.known for sign in brief.signs] == list(known.values())
    text = brief_text(brief)
    assert (
        "- A directive from above to be satisfied: hints, heard once (when the reader said so: right in 9 of 13 verdicts on "
        "labelled meetings), last heard 13 months ago. Worth a look"
    ) in text
    assert (
        "- Not heard (when the reader said so: nothing there in 60 of 66): An outside view for a settled decision; "
        "Their performance management, done by us; The look of change without the hard work.\n"
    ) in text


def test_signs_not_heard_of_which_different_things_are_known_have_a_line_each() -> None:
    text = brief_text(planned(worth(levels(SignId.BOARD_MANDATE, Level.NONE), {SignId.BOARD_MANDATE: Known(right=6, said=7)})))
    assert "- Not heard (when the reader said so: nothing there in 6 of 7): A directive from above to be satisfied.\n" in text
    assert (
        "- Not heard: An outside view for a settled decision; Their performance management, done by us; "
        "The look of change without the hard work.\n"
    ) in text


def test_numbers_are_those_of_the_record() -> None:
    pairs = tarn_mills()
    brief = planned(pairs)
    meetings = [m for m, _ in pairs]
    assert brief.cadence
    assert brief.cadence.meetings == brief.read.meetings == brief.read.meetings_read == len(meetings)
    assert brief.read.turns == sum(len(m.turns) for m in meetings)
    assert brief.outcomes == {"adopted": 1}
    assert brief.read.rejected == {"not_found": 1}
    assert [(p.name, p.meetings) for p in brief.people] == [("Bo Lindqvist", 3), ("Iris Vance", 3), ("Tess Okafor", 3)]


def test_promises_are_told_apart_by_who_owes_them() -> None:
    owed = planned(tarn_mills()).promises
    assert [(p.what, p.overdue) for p in owed.ours] == [
        ("send the outline", True),
        ("write up three options for the dye house", False),
    ]
    assert [(p.what, p.overdue) for p in owed.theirs] == [("send the energy figures", True)]


def owing(*dates: str, firm: bool = True, per_meeting: int = 1, what: str = "thing", due: bool = True) -> list[str]:
    """The lines on promises where each of these meetings has some, due a week on."""
    pairs = []
    for date in dates:
        m = meeting(date, [("Tess Okafor", "I'll send the figures and the list by Friday.")])
        when = (m.date + dt.timedelta(days=7)).isoformat() if due else None
        made = [promise(m, 0, "Tess Okafor", f"{what} {n} of {date}", due=when) for n in range(per_meeting)]
        if not firm:
            made = [dataclasses.replace(p, claim=dataclasses.replace(p.claim, strength=Strength.WEAK)) for p in made]
        pairs.append(judged(m, findings=made))
    return section(planned(pairs), "Who owes whom")


def test_what_is_overdue_comes_first_and_then_the_oldest() -> None:
    first = meeting("2026-01-05", [("Tess Okafor", "Yes."), ("Iris Vance", "Yes.")])
    later = meeting("2026-02-05", [("Tess Okafor", "Yes.")])
    pairs = [
        judged(
            first, findings=[promise(first, 0, "Tess Okafor", "paint the hall"), promise(first, 1, "Iris Vance", "draw the rota")]
        ),
        judged(
            later,
            findings=[
                promise(later, 0, "Tess Okafor", "count the looms", due="2026-04-01"),
                promise(later, 0, "Tess Okafor", "sell the press", due="2026-02-20"),
            ],
        ),
    ]
    assert section(planned(pairs), "Who owes whom") == [
        "- We owe: Iris Vance: draw the rota, since 5 Jan 2026, no date; not heard since (tarn-mills-2026-01-05 turn 1)",
        "- They owe: Tess Okafor: sell the press, was due 20 Feb 2026; not heard since (tarn-mills-2026-02-05 turn 0)",
        "- They owe: Tess Okafor: paint the hall, since 5 Jan 2026, no date; not heard since (tarn-mills-2026-01-05 turn 0)",
        "- They owe: Tess Okafor: count the looms, due 1 Apr 2026 (tarn-mills-2026-02-05 turn 0)",
    ]


def test_old_promises_of_which_nothing_was_heard_are_counted() -> None:
    lines = owing("2025-01-05", "2025-06-05", "2026-03-05")
    assert len(lines) == 2
    assert lines[-1] == "- They owe: and 2 older ones, not heard of for long"
    assert owing("2025-11-01", firm=False) == ["- They owe: 1 older one, not heard of for long"]
    assert "thing 0 of 2025-11-01" in owing("2025-11-01")[0]


def test_an_uncertain_promise_is_told_as_such_after_the_certain_ones() -> None:
    assert all(line.startswith("- They owe: Tess") for line in owing("2026-03-05", per_meeting=3))
    unsure = owing("2026-03-05", per_meeting=5, firm=False)
    assert [line.split(":")[0] for line in unsure] == ["- They may owe"] * 3 + ["- They owe"]
    assert unsure[-1] == "- They owe: and 2 more"


def test_what_may_be_no_promise_and_is_none_in_so_many_words_stands_behind_the_first_page() -> None:
    m = meeting("2026-03-05", [("Tess Okafor", "Yes.")])
    made = promise(m, 0, "Tess Okafor", "sell the press")
    unsure = dataclasses.replace(made, claim=dataclasses.replace(made.claim, strength=Strength.WEAK))
    brief = planned([judged(m, findings=[unsure])])
    assert section(brief, "Who owes whom") == ["- They owe: 1 perhaps promised"]
    assert "sell the press" in section(brief, "What else is owed")[0]
    assert "sell the press" in section(planned([judged(m, findings=[made])]), "Who owes whom")[0]


def test_a_promise_is_told_in_the_words_of_its_sentence_and_a_long_one_around_what_was_promised() -> None:
    long = f"So {'that is one of them and ' * 6}then I start Wakefield myself. And so on."
    m = meeting("2026-03-05", [("Tess Okafor", "No. I'll sell the press by May. Mind you."), ("Tess Okafor", long)])
    made = [promise(m, 0, "Tess Okafor", "sell the press by May"), promise(m, 1, "Tess Okafor", "start Wakefield myself")]
    lines = section(planned([judged(m, findings=made)]), "Who owes whom")
    assert "Tess Okafor: “I'll sell the press by May”, since" in lines[0]
    assert "Tess Okafor: “[…] and then I start Wakefield myself”, since" in lines[1]


def test_small_promises_are_counted_and_take_no_place_from_others() -> None:
    m = meeting("2026-03-05", [("Tess Okafor", "Yes."), ("Iris Vance", "Yes.")])
    small = ("send you the link", "ping you the invite", "put it in the calendar", "drop you a line")
    made = [
        *(promise(m, 0, "Tess Okafor", what, due="2026-03-06") for what in small),
        promise(m, 0, "Tess Okafor", "sell the press"),
    ]
    brief = planned([judged(m, findings=made)])
    lines = section(brief, "Who owes whom")
    assert len(lines) == 2
    assert "sell the press" in lines[0]
    assert lines[1] == "- They owe: and 4 small things such as a link to send"
    assert len(section(brief, "What else is owed")) == 4


def test_a_date_that_has_passed_is_never_told_as_a_broken_promise() -> None:
    text = "\n".join(owing("2026-02-05", "2025-12-01", per_meeting=1))
    assert "was due 12 Feb 2026; not heard since" in text
    assert not re.search(r"overdue|unknown|gap: whether it was kept|broke", text)


def test_what_is_done_or_dropped_is_left_out_and_what_was_told_of_the_rest_stands_beside_it() -> None:
    first = meeting("2026-01-05", [("Tess Okafor", "I send it."), ("Bo Lindqvist", "I bring it.")])
    later = meeting("2026-02-20", [("Tess Okafor", "You have it."), ("Bo Lindqvist", "Still to come."), ("Bo Lindqvist", "No.")])
    made = [
        promise(first, 0, "Tess Okafor", "send the energy figures", due="2026-01-12"),
        promise(first, 1, "Bo Lindqvist", "bring the interview list", due="2026-01-12"),
        promise(first, 1, "Bo Lindqvist", "write to the works council"),
    ]
    follow_ups = [
        follow_up(later, 0, "the energy figures", Fate.DONE),
        follow_up(later, 1, "the interview list", Fate.OPEN),
        follow_up(later, 2, "writing to the works council", Fate.DROPPED),
    ]
    brief = planned([judged(first, findings=made), judged(later, findings=follow_ups)])
    assert [p.what for p in brief.promises.theirs] == ["bring the interview list"]
    assert (
        "- They owe: Bo Lindqvist: bring the interview list, was due 12 Jan 2026; open, last told on 20 Feb 2026 "
        "(tarn-mills-2026-02-20 turn 1) (tarn-mills-2026-01-05 turn 1)\n"
    ) in brief_text(brief)


def test_a_promise_by_nobody_sure_is_owed_by_neither_side() -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Somebody should call them.")])
    owed = planned([judged(m, findings=[promise(m, 0, None, "call them")])]).promises
    assert (owed.ours, owed.theirs, [p.what for p in owed.unclear]) == ((), (), ["call them"])


@pytest.mark.parametrize(("today", "is_time"), [("2026-03-08", False), ("2026-03-09", True)])
def test_ninety_days_after_the_last_partner_talk_it_is_time(today: str, is_time: bool) -> None:
    assert planned(tarn_mills(), dt.date.fromisoformat(today)).partner_talk.is_time is is_time


def test_without_any_partner_talk_it_is_time() -> None:
    assert planned(levels(SignId.BOARD_MANDATE, Level.NONE)).partner_talk.is_time


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("value", list(ConditionValue))
def test_there_are_three_to_five_questions_and_each_tells_something_apart(level: Level, value: ConditionValue) -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Words.")])
    conditions = [ConditionVerdict(condition=c, value=value, why="so") for c in ConditionId]
    heard = [finding(m, 0, ClaimKind.SIGN, SignId.BOARD_MANDATE)] if level in (Level.WEAK, Level.STRONG) else []
    signs = [verdict(s, level, why="so", evidence=heard) for s in SignId]
    questions = planned([judged(m, signs=signs, conditions=conditions)]).questions
    assert 3 <= len(questions) <= 5
    assert len({q.ask for q in questions}) == len(questions)
    assert all(q.ask.endswith("?") and len(q.tells_apart.split()) > 5 for q in questions)


def test_a_client_of_whom_nothing_is_read_gets_a_brief_that_says_so() -> None:
    unread = meeting("2026-02-10", [("Tess Okafor", "Hello.")])
    client = Client(id="c_1", slug="tarn-mills", name="Tarn Mills", stage=Stage.PROSPECT)
    brief = plan_brief(client, None, [unread], PRACTICE, TODAY)
    text = brief_text(brief)
    assert "gap: nothing is read yet." in text
    assert "0 of 1 meeting, 0 of 0 turns of them." in text
    assert "Not read: tarn-mills-2026-02-10." in text
    assert "Stage: prospect. Met once, on 10 Feb 2026." in text
    assert len(brief.questions) >= 3
    assert len([gap for gap in text.splitlines() if gap.startswith("- gap: ")]) >= 1


def test_meetings_that_were_not_read_are_named_and_counted() -> None:
    pairs = tarn_mills()
    unread = meeting("2026-03-01", [("Tess Okafor", "Hello.")])
    read = plan_brief(CLIENT, picture(pairs, TODAY), [*(m for m, _ in pairs), unread], PRACTICE, TODAY).read
    assert (read.meetings, read.meetings_read, read.unread) == (4, 3, ("tarn-mills-2026-03-01",))


def test_a_voice_without_a_side_is_a_gap_with_its_mend() -> None:
    m = meeting("2026-03-01", [("Speaker 3", "Hello.")], unknown=["Speaker 3"])
    [gap] = [gap for gap in planned([judged(m)]).gaps if "Speaker 3" in gap]
    assert "analyzer sides MEETING --us NAME" in gap


@pytest.mark.parametrize(
    ("as_of", "gap"),
    [
        (None, "How our own business is doing is not written down with a date (practice.toml)."),
        (dt.date(2026, 1, 7), "What practice.toml says of our own business is 61 days old."),
    ],
)
def test_our_own_context_is_a_gap_when_it_is_undated_or_old(as_of: dt.date | None, gap: str) -> None:
    practice = dataclasses.replace(PRACTICE, context=Context(as_of=as_of))
    assert gap in planned(tarn_mills(), practice=practice).gaps
    assert not [g for g in planned(tarn_mills()).gaps if "practice.toml" in g]


def test_the_path_shows_where_another_reader_read() -> None:
    pairs = [
        judged(meeting("2026-01-01", [("Tess Okafor", "Hi.")]), engine=LLM, stance=Stance.LEANING_CLIENT),
        judged(meeting("2026-02-01", [("Tess Okafor", "Hi.")])),
    ]
    text = brief_text(planned(pairs))
    assert "Path: 1 Jan 2026 leaning client → (another reader) 1 Feb 2026 balanced." in text


def test_a_person_s_own_verdict_stands_beside_the_reader_s_even_where_nothing_is_left() -> None:
    m, assessment = levels(SignId.BOARD_MANDATE, Level.STRONG)[0]
    own = PersonVerdict(level=Level.NONE, note="The board never asked", reader=Level.STRONG)
    told_by_reader = assessment.sign(SignId.BOARD_MANDATE)
    signs = [
        dataclasses.replace(told_by_reader, level=Level.NONE, reader=Level.STRONG, person=own, why="This is your own verdict.")
    ]
    brief = planned([judged(m, signs=signs)])
    text = brief_text(brief)
    assert (
        "- A directive from above to be satisfied: not heard. Not there in 1 meeting, by your own verdict. "
        "Your own verdict of 10 Jan 2025: none (the reader said strong). The board never asked.\n"
    ) in text
    assert "Words of meeting 0." not in text
    assert not brief.options


def test_words_that_a_person_marked_are_told_as_marked() -> None:
    [(m, assessment)] = levels(SignId.BOARD_MANDATE, Level.WEAK)
    heard = assessment.sign(SignId.BOARD_MANDATE)
    signs = [dataclasses.replace(heard, marked=(heard.evidence[0].evidence,))]
    text = brief_text(planned([judged(m, signs=signs)]))
    assert "“Words of meeting 0.” Tess Okafor, 10 Jan 2025 (tarn-mills-2025-01-10 turn 1) Marked by you.\n" in text


def test_a_person_s_notes_are_told_as_such_with_the_latest_first() -> None:
    pairs = tarn_mills()
    notes = [
        NoteRow(number=n, date=dt.date(2026, 1, n), kind="event", text=text)
        for n, text in enumerate(("first", "**second**", "third", "fourth", "fifth"), 1)
    ]
    text = brief_text(
        plan_brief(CLIENT, picture(pairs, TODAY), [m for m, _ in pairs], PRACTICE, TODAY, OwnWords(notes=tuple(notes)))
    )
    lines = text.split("## Your notes\n")[1].split("\n\n")[0].splitlines()
    assert lines[0] == "- 5 Jan 2026, event: fifth"
    assert lines[3:] == ["- 2 Jan 2026, event: **second**", "- and 1 more"]
    assert "Your notes" not in brief_text(planned(pairs))


def test_no_sentence_of_ours_calls_a_person_anything() -> None:
    ours = re.sub(r"“[^”]*”", "", brief_text(planned(tarn_mills())))
    assert not re.search(r"(?i)\b(manipulat|dishonest|weak leader|stubborn|liar|lazy|difficult person|resistant)", ours)


def test_a_long_list_on_the_page_says_how_much_more_there_is() -> None:
    m = meeting("2026-03-01", [("Iris Vance", "Do this.")])
    pair = judged(m, findings=[advice(m, 0, f"advice {n}") for n in range(9)])
    text = brief_text(planned([pair]))
    assert "9 pieces given less than 30 days ago: too new to tell." in text
    assert "\n- and 8 more\n" in text
    assert len(section(planned([pair]), "What else we advised")) == 8


NAMES = ("paint", "sell", "rent", "clean", "light", "heat")


def ledger(pairs: list[Pair], **said: object) -> list[str]:
    """The section on our advice, line by line."""
    seen = picture(pairs, TODAY, said)  # type: ignore[arg-type]
    text = brief_text(plan_brief(CLIENT, seen, [m for m, _ in pairs], PRACTICE, TODAY))
    return text.split("what became of it\n")[1].split("\n\n##")[0].splitlines()


def test_what_became_of_our_advice_is_told_step_by_step_with_places_and_a_person_s_note() -> None:
    later = meeting("2026-02-20", [("Tess Okafor", "We went back."), ("Iris Vance", "Close the upper floor.")])
    pairs = [
        *tarn_mills(),
        judged(
            later,
            findings=[
                follow_up(later, 0, "talk to the shift leads", Outcome.REVERSED),
                advice(later, 1, "close the upper floor", Outcome.DEFERRED, fate=0),
            ],
        ),
    ]
    said = told(later, 1, Outcome.ADOPTED, "2026-03-02", note="Bo wrote to us.")
    assert ledger(pairs, **said) == [
        "Of 1 given 30 days ago or more: 1 not taken up so far. 1 more is too new to tell.",
        (
            "- 20 Feb 2026: “Close the upper floor” (tarn-mills-2026-02-20 turn 1) [said 1:1, Tess Okafor]: adopted, deferred "
            "20 Feb 2026 (tarn-mills-2026-02-20 turn 0); adopted 2 Mar 2026 (your note: Bo wrote to us.)"
        ),
        (
            "- 4 Nov 2025: talk to the shift leads first (tarn-mills-2025-11-04 turn 3): reversed, adopted 4 Nov 2025; "
            "reversed 20 Feb 2026 (tarn-mills-2026-02-20 turn 0)"
        ),
    ]


def test_a_person_s_own_outcome_comes_first_and_what_was_not_taken_up_before_what_was() -> None:
    m = meeting("2026-01-10", [("Iris Vance", f"Do {n}.") for n in range(6)])
    fates = (Outcome.DEFERRED, Outcome.IGNORED, Outcome.REVERSED, Outcome.UNKNOWN, Outcome.ADOPTED, Outcome.ADOPTED)
    pairs = [
        judged(m, findings=[advice(m, n, f"{name} it", fate) for n, (name, fate) in enumerate(zip(NAMES, fates, strict=True))])
    ]
    seen = picture(pairs, TODAY, told(m, 4, Outcome.MODIFIED, "2026-02-01"))
    rows = plan_brief(CLIENT, seen, [m], PRACTICE, TODAY).ledger
    assert [row.outcome for row in rows] == ["modified", "reversed", "ignored", "deferred", "adopted", "unknown"]


def test_the_only_step_of_the_same_day_is_told_by_its_place_alone() -> None:
    m = meeting("2026-01-05", [("Iris Vance", "Close the floor."), ("Tess Okafor", "We will.")])
    lines = ledger([judged(m, findings=[advice(m, 0, "close the floor", Outcome.ADOPTED, fate=1)])])
    assert lines[-1] == ("- 5 Jan 2026: “Close the floor” (tarn-mills-2026-01-05 turn 0): adopted (tarn-mills-2026-01-05 turn 1)")


def test_advice_with_a_known_fate_is_told_before_more_of_which_nothing_is_known() -> None:
    m = meeting("2026-03-01", [("Iris Vance", "Do this.")])
    fates = [*[Outcome.ADOPTED] * 2, *[Outcome.UNKNOWN] * 5]
    brief = planned([judged(m, findings=[advice(m, 0, f"advice {n}", fate) for n, fate in enumerate(fates)])])
    lines = section(brief, "What we advised, and what became of it")
    assert [re.search(r"advice \d|and \d more", line)[0] for line in lines[1:]] == [  # type: ignore[index]
        "advice 1",
        "advice 0",
        "advice 6",
        "and 4 more",
    ]
    assert len(section(brief, "What else we advised")) == 4


@pytest.mark.parametrize(
    ("dates", "often"),
    [
        (("2026-01-01", "2026-01-31"), "last on 31 Jan 2026, 30 days apart."),
        (("2026-01-30", "2026-01-31"), "last on 31 Jan 2026, 1 day apart."),
        (("2026-01-01", "2026-01-11", "2026-01-31"), "last on 31 Jan 2026, every 15 days as a rule."),
    ],
)
def test_a_rule_of_how_often_both_meet_needs_three_meetings(dates: tuple[str, ...], often: str) -> None:
    assert often in brief_text(planned([judged(meeting(date, [("Tess Okafor", "Hi.")])) for date in dates]))


@pytest.mark.parametrize(
    ("today", "stage"), [("2026-07-30", "Stage: active. Met"), ("2026-07-31", "Stage: active, last met 181 days ago. Met")]
)
def test_an_active_client_not_met_for_half_a_year_is_told_with_the_days_since(today: str, stage: str) -> None:
    pair = judged(meeting("2026-01-31", [("Tess Okafor", "Hi.")]))
    assert stage in brief_text(planned([pair], dt.date.fromisoformat(today)))


def test_who_was_not_in_the_last_meeting_is_told_with_the_date() -> None:
    pairs = [
        judged(meeting("2026-01-31", [("Tess Okafor", "Hi."), ("Bo Lindqvist", "Hi.")])),
        judged(meeting("2026-02-28", [("Tess Okafor", "Hi.")])),
    ]
    assert "Theirs: Tess Okafor (2 times), Bo Lindqvist (once, last 31 Jan 2026)." in brief_text(planned(pairs))


def test_all_openings_of_the_latest_meeting_are_quoted_and_earlier_ones_counted() -> None:
    pairs = []
    for date, times in (("2026-01-01", 3), ("2026-02-01", 2)):
        m = meeting(date, [("Tess Okafor", f"Room {n} stands empty since {date}.") for n in range(times)])
        pairs.append(judged(m, findings=[opening(m, n, OpeningId.UNUSED_CAPACITY) for n in range(times)]))
    assert section(planned(pairs), "Openings not taken up")[:3] == [
        "- Unused capacity, heard 3 times before",
        "  - “Room 0 stands empty since 2026-02-01.” Tess Okafor, 1 Feb 2026 (tarn-mills-2026-02-01 turn 0)",
        "  - “Room 1 stands empty since 2026-02-01.” Tess Okafor, 1 Feb 2026 (tarn-mills-2026-02-01 turn 1)",
    ]


def test_dates_are_written_for_people_and_only_the_names_of_meetings_have_them_otherwise() -> None:
    text = re.sub(r"tarn-mills-[\d-]+|“[^”]*”", "", brief_text(planned(tarn_mills())))
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)


BRIEF_OF_TARN_MILLS = """\
# Tarn Mills: brief for 9 Mar 2026
Stage: active. Met 3 times since 4 Nov 2025, last on 3 Feb 2026, every 46 days as a rule.
Theirs: Bo Lindqvist (3 times), Tess Okafor (3 times).
Ours: Iris Vance (3 times).

## Where it stands
Balanced. 3 Feb 2026: Both promised something. Other recent meetings: leaning client on 4 Nov 2025. (tarn-mills-2026-02-03)
Path: 4 Nov 2025 leaning client → 9 Dec 2025 balanced → 3 Feb 2026 balanced.
Relevant: gap. Timely: gap. Fit: mixed. The reasons are below.

## Since the last meeting
- “An outside view for a settled decision”: not heard on 3 Feb 2026, hints on 9 Dec 2025 (tarn-mills-2026-02-03)
- Was due on 28 Feb 2026: Bo Lindqvist: send the energy figures (tarn-mills-2026-02-03 turn 0)
- Promised on 3 Feb 2026: 1 by us, 1 by them (tarn-mills-2026-02-03)

## The four signs
- An outside view for a settled decision: hints, easing, last heard 3 months ago. Plain on 4 Nov 2025, last heard on 9 Dec \
2025; nothing heard on 3 Feb 2026.
  - “We close the dye house in June either way. The owners should hear that from you, not from me.” Tess Okafor, 4 Nov 2025 \
(tarn-mills-2025-11-04 turn 1)
  - Against it: “I would still like to see what the numbers say about the second line.” Bo Lindqvist, 4 Nov 2025 \
(tarn-mills-2025-11-04 turn 2)
- Not heard: Their performance management, done by us; A directive from above to be satisfied; The look of change without \
the hard work.

## What we advised, and what became of it
Of 1 given 30 days ago or more: 1 adopted.
- 4 Nov 2025: talk to the shift leads first (tarn-mills-2025-11-04 turn 3): adopted

## Who owes whom
- We owe: Iris Vance: send the outline, to Tess Okafor, was due 14 Nov 2025; not heard since (tarn-mills-2025-11-04 turn 4)
- We owe: Iris Vance: write up three options for the dye house, since 3 Feb 2026, no date (tarn-mills-2026-02-03 turn 1)
- They owe: Bo Lindqvist: send the energy figures, to Iris Vance, was due 28 Feb 2026; not heard since \
(tarn-mills-2026-02-03 turn 0)

## Outside the current work
Both sides last told how business is doing on 9 Dec 2025, 90 days ago (tarn-mills-2025-12-09). It is time for the next one \
(every 90 days).

## Questions to ask
1. What do you need most just now, and where do you see us in it? Tells apart: relevant \
or not: whether the need as they describe it is what we are good at.
2. Who can give time to this in the next four weeks, and what will they put aside for it? Tells apart: timely or not: \
whether dates, people and attention are given to it, and steps agreed are taken.
3. What did we say last that you saw differently, and what came of it? Tells apart: fit or not: whether they hear what is \
uncomfortable and something changes because of it; they ask us as well.
4. How is your business doing just now, outside what we do together? Tells apart: whether the talk opens beyond the present \
work, or this is not the time for it.

## Relevant, timely, fit
- Fit (Do our stances meet, and do they let us make a difference?): mixed. 9 Dec 2025: Some of what we said was taken up. \
“I spoke with all six of them last week, and two changed my mind about the rota.” Tess Okafor, 9 Dec 2025 \
(tarn-mills-2025-12-09 turn 1)
- Relevant, Timely: gap: not told in 3 meetings.
- What we need to do our best work (gap: whether it is given here):
  - gap: no words of it found: We talk to those who do the work.

## The signs in full
- An outside view for a settled decision: hints, easing, last heard 3 months ago. Plain on 4 Nov 2025, last heard on 9 Dec \
2025; nothing heard on 3 Feb 2026.
  - “We close the dye house in June either way. The owners should hear that from you, not from me.” Tess Okafor, 4 Nov 2025 \
(tarn-mills-2025-11-04 turn 1)
    - before it, Iris Vance: “What would you like the review to find out?”
  - Against it: “I would still like to see what the numbers say about the second line.” Bo Lindqvist, 4 Nov 2025 \
(tarn-mills-2025-11-04 turn 2)

## Who says what
- Tess Okafor's words speak for “An outside view for a settled decision”, Bo Lindqvist's against it.
  - “We close the dye house in June either way. The owners should hear that from you, not from me.” Tess Okafor, 4 Nov 2025 \
(tarn-mills-2025-11-04 turn 1)
  - “I would still like to see what the numbers say about the second line.” Bo Lindqvist, 4 Nov 2025 (tarn-mills-2025-11-04 \
turn 2)

## Openings not taken up
- Unused capacity
  - “The whole upper floor stands empty since the looms went.” Bo Lindqvist, 9 Dec 2025 (tarn-mills-2025-12-09 turn 3)
- Better ways of working together
  - “Could we drop the weekly report and just talk on Mondays?” Tess Okafor, 3 Feb 2026 (tarn-mills-2026-02-03 turn 2)
- What we offer, and no words of it were found: Redrawing the rota of a house that works in shifts (gap: whether they were \
used or spoken of in other words).

## How open both sides are
- We told how business is doing in 1 of 3 meetings: “We are a small house and the spring is thin for us.” Iris Vance, 9 Dec \
2025 (tarn-mills-2025-12-09 turn 4)
- They told how business is doing in 1 of 3 meetings: “Orders are down a fifth here, and I do not sleep well over it.” Tess \
Okafor, 9 Dec 2025 (tarn-mills-2025-12-09 turn 5)
- gap: no words were found in which they ask how ours is doing.

## In pictures
(Signs over the meetings) An outside view for a settled decision: strong on 4 Nov 2025, hints on 9 Dec 2025, not heard on 3 \
Feb 2026.
(What became of our advice) Of 1 piece of advice: 1 adopted.
(Share of the words) Our share of the words: 30% on 4 Nov 2025, 27% on 9 Dec 2025, 31% on 3 Feb 2026.

## What the meetings do not tell
- gap: Whether an opening was taken up afterwards, outside the meetings.
- gap: Whether 2 of 3 promises were kept.

## What this rests on
- 3 of 3 meetings, 14 of 14 turns of them, read by offline (bundled-1).
- Claims not kept, 1: not found 1.
- A place such as MEETING turn 7 opens with analyzer show MEETING --turn 7.
"""


def test_a_brief_over_two_hundred_meetings_stays_short() -> None:
    pairs = []
    for n in range(200):
        date = dt.date(2020, 1, 1) + dt.timedelta(days=11 * n)
        m = meeting(date.isoformat(), [("Tess Okafor", f"Words number {n} and {t}.") for t in range(40)])
        signs = [verdict(s, Level.WEAK, why="so", evidence=[finding(m, t, ClaimKind.SIGN, s) for t in range(5)]) for s in SignId]
        found = [opening(m, t, kind) for t in range(3) for kind in OpeningId]
        found += [promise(m, t, "Tess Okafor", f"thing {n} {t}") for t in range(5)]
        pairs.append(judged(m, signs=signs, findings=found))
    brief = planned(pairs)
    first, text = brief_text(brief, detail=False), brief_text(brief)
    assert "Met 200 times" in text
    assert len(first.split()) < 850
    assert len(first) < 5600
    assert len(text.split()) < 3000


def test_where_the_latest_meetings_do_not_tell_the_last_stance_that_could_be_told_stands_beside_it() -> None:
    (told,), short = levels(SignId.BOARD_MANDATE, Level.STRONG), []
    for date in ("2026-02-20", "2026-02-25", "2026-03-01"):
        m = meeting(date, [("Tess Okafor", "Hi.")])
        short.append(judged(m, stance=Stance.UNKNOWN))
    last = day(told[0].date)
    assert f"Last told: balanced on {last}." in brief_text(planned([told, *short]))
    assert "Last told" not in brief_text(planned([told]))


def test_a_sign_that_stands_without_a_word_against_it_says_so() -> None:
    brief = planned(levels(SignId.BOARD_MANDATE, Level.STRONG, Level.STRONG))
    assert "- Against it: gap: no words that speak against it were found." in "\n".join(section(brief, "The signs in full"))
