"""The private brief: true, complete, and fit to be read over a shoulder."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import pytest

from analyzer.model.documents import Brief, Quote
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
from analyzer.rendering import markdown
from analyzer.usecases.brief import plan_brief
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

TODAY = dt.date(2026, 3, 9)
PRACTICE = Practice(
    name="Vance & Partners",
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
    assert markdown.brief(planned(tarn_mills())) == BRIEF_OF_TARN_MILLS


def test_every_quote_stands_word_for_word_in_the_place_it_names() -> None:
    pairs = tarn_mills()
    turns = {(m.slug, t.ordinal): (t.text, t.speaker, m.date) for m, _ in pairs for t in m.turns}
    found = list(quotes(planned(pairs)))
    assert len(found) == 10
    assert all(turns[q.slug, q.turn] == (q.text, q.speaker, q.date) for q in found)


def test_what_has_no_words_behind_it_says_gap() -> None:
    for line in markdown.brief(planned(tarn_mills())).splitlines():
        if line.startswith("- **") and " turn " not in line and "hints" not in line and not line.endswith("**"):
            assert "gap: " in line, line


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
    assert "Another reading" in markdown.brief(before)
    assert "Another reading" not in markdown.brief(after)


def test_signs_that_are_not_heard_share_one_line_which_says_what_has_faded() -> None:
    text = markdown.brief(planned(levels(SignId.BOARD_MANDATE, Level.WEAK, Level.NONE, Level.NONE, why="")))
    assert (
        "- Not heard: An outside view for a settled decision; Their performance management, done by us; "
        "A directive from above to be satisfied (Last heard on 10 Jan 2025; nothing in the 2 meetings since); "
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
    text = markdown.brief(brief)
    assert (
        "- **A directive from above to be satisfied**: hints (when the reader said so: right in 9 of 13 verdicts on labelled "
        "meetings), heard once. Worth a look"
    ) in text
    assert (
        "- Not heard (when the reader said so: nothing there in 60 of 66): An outside view for a settled decision; "
        "Their performance management, done by us; The look of change without the hard work.\n"
    ) in text


def test_signs_not_heard_of_which_different_things_are_known_have_a_line_each() -> None:
    text = markdown.brief(
        planned(worth(levels(SignId.BOARD_MANDATE, Level.NONE), {SignId.BOARD_MANDATE: Known(right=6, said=7)}))
    )
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
        ("write up three options for the dye house", False),
        ("send the outline", True),
    ]
    assert [(p.what, p.overdue) for p in owed.theirs] == [("send the energy figures", True)]


def owing(*dates: str, firm: bool = True, per_meeting: int = 1) -> str:
    """The section on promises where each of these meetings has some, due a week on."""
    pairs = []
    for date in dates:
        m = meeting(date, [("Tess Okafor", "Yes.")])
        due = (m.date + dt.timedelta(days=7)).isoformat()
        made = [promise(m, 0, "Tess Okafor", f"thing {n} of {date}", due=due) for n in range(per_meeting)]
        if not firm:
            made = [dataclasses.replace(p, claim=dataclasses.replace(p.claim, strength=Strength.WEAK)) for p in made]
        pairs.append(judged(m, findings=made))
    return markdown.brief(planned(pairs)).split("## Who owes whom\n\n")[1].split("\n\n")[0]


def test_promises_of_the_two_latest_meetings_come_first_and_older_ones_are_counted() -> None:
    lines = owing("2026-01-05", "2026-02-05", "2025-11-05", "2026-03-05", "2025-10-05").splitlines()
    assert lines == [
        "- They owe: Tess Okafor: thing 0 of 2026-03-05, due 12 Mar 2026 (`tarn-mills-2026-03-05` turn 0)",
        "- They owe: Tess Okafor: thing 0 of 2026-02-05, was due 12 Feb 2026; not heard since (`tarn-mills-2026-02-05` turn 0)",
        "- and 3 older ones, 3 of them with a date that has passed",
    ]


def test_an_uncertain_promise_is_told_as_such_after_the_certain_ones_and_the_rest_is_counted() -> None:
    lines = owing("2026-03-05", per_meeting=5).splitlines()
    assert len(lines) == 4
    assert lines[-1] == "- They owe: and 2 more from the two latest meetings"
    unsure = owing("2026-03-05", per_meeting=5, firm=False).splitlines()
    assert len(unsure) == 4
    assert all("Tess Okafor: thing" in line and "not certain that it was one" in line for line in unsure[:-1])
    assert unsure[-1] == "- They owe: and 2 more from the two latest meetings, 2 of them not certain"


def test_a_date_that_has_passed_is_never_told_as_a_broken_promise() -> None:
    text = owing("2026-02-05", "2025-06-01", per_meeting=2)
    assert "was due 12 Feb 2026; not heard since" in text
    assert not re.search(r"overdue|unknown|gap: whether it was kept", text)


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
        "(`tarn-mills-2026-02-20` turn 1) (`tarn-mills-2026-01-05` turn 1)\n"
    ) in markdown.brief(brief)


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
def test_there_are_three_or_four_questions_and_each_tells_something_apart(level: Level, value: ConditionValue) -> None:
    m = meeting("2026-03-01", [("Tess Okafor", "Words.")])
    conditions = [ConditionVerdict(condition=c, value=value, why="so") for c in ConditionId]
    heard = [finding(m, 0, ClaimKind.SIGN, SignId.BOARD_MANDATE)] if level in (Level.WEAK, Level.STRONG) else []
    signs = [verdict(s, level, why="so", evidence=heard) for s in SignId]
    questions = planned([judged(m, signs=signs, conditions=conditions)]).questions
    assert 3 <= len(questions) <= 4
    assert len({q.ask for q in questions}) == len(questions)
    assert all(q.ask.endswith("?") and len(q.tells_apart.split()) > 5 for q in questions)


def test_a_client_of_whom_nothing_is_read_gets_a_brief_that_says_so() -> None:
    unread = meeting("2026-02-10", [("Tess Okafor", "Hello.")])
    client = Client(id="c_1", slug="tarn-mills", name="Tarn Mills", stage=Stage.PROSPECT)
    brief = plan_brief(client, None, [unread], PRACTICE, TODAY)
    text = markdown.brief(brief)
    assert "gap: nothing is read yet." in text
    assert "0 of 1 meeting, 0 turns." in text
    assert "Not read: `tarn-mills-2026-02-10`." in text
    assert "Stage: prospect. Met once, on 10 Feb 2026." in text
    assert len(brief.questions) >= 3


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
    text = markdown.brief(planned(pairs))
    assert "Path: 1 Jan 2026 leaning client → (another reader) 1 Feb 2026 balanced." in text


def test_a_person_s_own_verdict_stands_beside_the_reader_s_even_where_nothing_is_left() -> None:
    m, assessment = levels(SignId.BOARD_MANDATE, Level.STRONG)[0]
    own = PersonVerdict(level=Level.NONE, note="The board never asked", reader=Level.STRONG)
    told_by_reader = assessment.sign(SignId.BOARD_MANDATE)
    signs = [
        dataclasses.replace(told_by_reader, level=Level.NONE, reader=Level.STRONG, person=own, why="This is your own verdict.")
    ]
    brief = planned([judged(m, signs=signs)])
    text = markdown.brief(brief)
    assert (
        "- **A directive from above to be satisfied**: not heard. Not there in 1 meeting, by your own verdict. "
        "Your own verdict of 10 Jan 2025: none (the reader said strong). The board never asked.\n"
    ) in text
    assert "Words of meeting 0." not in text
    assert not brief.options


def test_words_that_a_person_marked_are_told_as_marked() -> None:
    [(m, assessment)] = levels(SignId.BOARD_MANDATE, Level.WEAK)
    heard = assessment.sign(SignId.BOARD_MANDATE)
    signs = [dataclasses.replace(heard, marked=(heard.evidence[0].evidence,))]
    text = markdown.brief(planned([judged(m, signs=signs)]))
    assert "“Words of meeting 0.” Tess Okafor, 10 Jan 2025 (`tarn-mills-2025-01-10` turn 1) Marked by you.\n" in text


def test_a_person_s_notes_are_told_as_such_with_the_latest_first() -> None:
    pairs = tarn_mills()
    notes = [
        NoteRow(number=n, date=dt.date(2026, 1, n), kind="event", text=text)
        for n, text in enumerate(("first", "**second**", "third", "fourth", "fifth"), 1)
    ]
    text = markdown.brief(plan_brief(CLIENT, picture(pairs, TODAY), [m for m, _ in pairs], PRACTICE, TODAY, notes))
    section = text.split("## Your notes\n\n")[1].split("\n\n")[0].splitlines()
    assert section[0] == "- 5 Jan 2026, event: fifth"
    assert section[3:] == ["- 2 Jan 2026, event: \\*\\*second\\*\\*", "- and 1 more"]
    assert "Your notes" not in markdown.brief(planned(pairs))


def test_no_sentence_of_ours_calls_a_person_anything() -> None:
    ours = re.sub(r"“[^”]*”", "", markdown.brief(planned(tarn_mills())))
    assert not re.search(r"(?i)\b(manipulat|dishonest|weak leader|stubborn|liar|lazy|difficult person|resistant)", ours)


def test_a_long_list_on_the_page_says_how_much_more_there_is() -> None:
    m = meeting("2026-03-01", [("Iris Vance", "Do this.")])
    pair = judged(m, findings=[advice(m, 0, f"advice {n}") for n in range(9)])
    text = markdown.brief(planned([pair]))
    assert "9 pieces given less than 30 days ago: too new to tell." in text
    assert "\n- and 7 more\n" in text


NAMES = ("paint", "sell", "rent", "clean", "light", "heat")


def ledger(pairs: list[Pair], **said: object) -> list[str]:
    """The section on our advice, line by line."""
    seen = picture(pairs, TODAY, said)  # type: ignore[arg-type]
    text = markdown.brief(plan_brief(CLIENT, seen, [m for m, _ in pairs], PRACTICE, TODAY))
    return text.split("what became of it\n\n")[1].split("\n\n##")[0].splitlines()


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
        "Of 1 given 30 days ago or more: 1 not taken up. 1 more is too new to tell.",
        "",
        (
            "- 20 Feb 2026: close the upper floor (`tarn-mills-2026-02-20` turn 1): **adopted**, deferred 20 Feb 2026 "
            "(`tarn-mills-2026-02-20` turn 0); adopted 2 Mar 2026 (your note: Bo wrote to us.)"
        ),
        (
            "- 4 Nov 2025: talk to the shift leads first (`tarn-mills-2025-11-04` turn 3): **reversed**, adopted 4 Nov 2025; "
            "reversed 20 Feb 2026 (`tarn-mills-2026-02-20` turn 0)"
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
    assert lines[-1] == (
        "- 5 Jan 2026: close the floor (`tarn-mills-2026-01-05` turn 0): **adopted** (`tarn-mills-2026-01-05` turn 1)"
    )


def test_advice_with_a_known_fate_is_told_before_more_of_which_nothing_is_known() -> None:
    m = meeting("2026-03-01", [("Iris Vance", "Do this.")])
    fates = [*[Outcome.ADOPTED] * 2, *[Outcome.UNKNOWN] * 5]
    text = markdown.brief(planned([judged(m, findings=[advice(m, 0, f"advice {n}", fate) for n, fate in enumerate(fates)])]))
    assert [re.search(r"advice \d", line)[0] for line in text.splitlines() if "advice " in line and " turn 0" in line] == [  # type: ignore[index]
        "advice 1",
        "advice 0",
        "advice 6",
        "advice 5",
    ]


@pytest.mark.parametrize(
    ("dates", "often"),
    [
        (("2026-01-01", "2026-01-31"), "last on 31 Jan 2026, 30 days apart."),
        (("2026-01-30", "2026-01-31"), "last on 31 Jan 2026, 1 day apart."),
        (("2026-01-01", "2026-01-11", "2026-01-31"), "last on 31 Jan 2026, every 15 days as a rule."),
    ],
)
def test_a_rule_of_how_often_both_meet_needs_three_meetings(dates: tuple[str, ...], often: str) -> None:
    assert often in markdown.brief(planned([judged(meeting(date, [("Tess Okafor", "Hi.")])) for date in dates]))


@pytest.mark.parametrize(
    ("today", "stage"), [("2026-07-30", "Stage: active. Met"), ("2026-07-31", "Stage: active, last met 181 days ago. Met")]
)
def test_an_active_client_not_met_for_half_a_year_is_told_with_the_days_since(today: str, stage: str) -> None:
    pair = judged(meeting("2026-01-31", [("Tess Okafor", "Hi.")]))
    assert stage in markdown.brief(planned([pair], dt.date.fromisoformat(today)))


def test_who_was_not_in_the_last_meeting_is_told_with_the_date() -> None:
    pairs = [
        judged(meeting("2026-01-31", [("Tess Okafor", "Hi."), ("Bo Lindqvist", "Hi.")])),
        judged(meeting("2026-02-28", [("Tess Okafor", "Hi.")])),
    ]
    assert "Theirs: Tess Okafor (2 times), Bo Lindqvist (once, last 31 Jan 2026)." in markdown.brief(planned(pairs))


def test_all_openings_of_the_latest_meeting_are_quoted_and_earlier_ones_counted() -> None:
    pairs = []
    for date, times in (("2026-01-01", 3), ("2026-02-01", 2)):
        m = meeting(date, [("Tess Okafor", f"Room {n} stands empty since {date}.") for n in range(times)])
        pairs.append(judged(m, findings=[opening(m, n, OpeningId.UNUSED_CAPACITY) for n in range(times)]))
    section = markdown.brief(planned(pairs)).split("## Openings\n\n")[1].split("\n\n")[0]
    assert section.splitlines() == [
        "- **Unused capacity**, heard 3 times before",
        "  - “Room 0 stands empty since 2026-02-01.” Tess Okafor, 1 Feb 2026 (`tarn-mills-2026-02-01` turn 0)",
        "  - “Room 1 stands empty since 2026-02-01.” Tess Okafor, 1 Feb 2026 (`tarn-mills-2026-02-01` turn 1)",
    ]


def test_dates_are_written_for_people_and_only_the_names_of_meetings_have_them_otherwise() -> None:
    text = re.sub(r"`[^`]*`|“[^”]*”", "", markdown.brief(planned(tarn_mills())))
    assert not re.search(r"\d{4}-\d{2}-\d{2}", text)


BRIEF_OF_TARN_MILLS = """\
# Tarn Mills: brief for 9 Mar 2026

Private, for us. Stage: active. Met 3 times since 4 Nov 2025, last on 3 Feb 2026, every 46 days as a rule.

Theirs: Bo Lindqvist (3 times), Tess Okafor (3 times).

Ours: Iris Vance (3 times).

## Where it stands

**Balanced.** 3 Feb 2026: Both promised something. Other recent meetings: leaning client on 4 Nov 2025.

Path: 4 Nov 2025 leaning client → 9 Dec 2025 balanced → 3 Feb 2026 balanced.

- Tess Okafor's words speak for “An outside view for a settled decision”, Bo Lindqvist's against it.

## The four signs

- **An outside view for a settled decision**: hints, easing. Plain on 4 Nov 2025, last heard on 9 Dec 2025; nothing \
heard on 3 Feb 2026.
  - “We close the dye house in June either way. The owners should hear that from you, not from me.” Tess Okafor, 4 \
Nov 2025 (`tarn-mills-2025-11-04` turn 1)
  - Against it: “I would still like to see what the numbers say about the second line.” Bo Lindqvist, 4 Nov 2025 \
(`tarn-mills-2025-11-04` turn 2)
- Not heard: Their performance management, done by us; A directive from above to be satisfied; The look of change \
without the hard work.

## Relevant, timely, fit

- **Fit** (Do our stances meet, and do they let us make a difference?): mixed. 9 Dec 2025: Some of what we said was \
taken up. “I spoke with all six of them last week, and two changed my mind about the rota.” Tess Okafor, 9 Dec 2025 \
(`tarn-mills-2025-12-09` turn 1)
- **Relevant, Timely**: gap: not told in 3 meetings.
- What we need to do our best work (gap: whether it is given here): We talk to those who do the work.

## What we advised, and what became of it

Of 1 given 30 days ago or more: 1 adopted.

- 4 Nov 2025: talk to the shift leads first (`tarn-mills-2025-11-04` turn 3): **adopted**

## Who owes whom

- We owe: Iris Vance: write up three options for the dye house, no date (`tarn-mills-2026-02-03` turn 1)
- They owe: Bo Lindqvist: send the energy figures, to Iris Vance, was due 28 Feb 2026; not heard since \
(`tarn-mills-2026-02-03` turn 0)
- and 1 older one, with a date that has passed

## Openings

- **Unused capacity**
  - “The whole upper floor stands empty since the looms went.” Bo Lindqvist, 9 Dec 2025 (`tarn-mills-2025-12-09` turn \
3)
- **Better ways of working together**
  - “Could we drop the weekly report and just talk on Mondays?” Tess Okafor, 3 Feb 2026 (`tarn-mills-2026-02-03` turn \
2)

## Outside the current work

Both sides last told how business is doing on 9 Dec 2025, 90 days ago. It is time for the next one (every 90 days).

## Questions to ask

1. **What do you need most just now that nobody has been asked for yet, and where do you see us in it?** Tells apart: \
relevant or not: whether the need as they describe it is what we are good at.
2. **Who can give time to this in the next four weeks, and what will they put aside for it?** Tells apart: timely or \
not: whether dates, people and attention are given to it, and steps agreed are taken.
3. **What did we say last that you saw differently, and what came of it?** Tells apart: fit or not: whether they hear \
what is uncomfortable and something changes because of it; they ask us as well.
4. **How is your business doing just now, outside what we do together?** Tells apart: whether the talk opens beyond \
the present work, or this is not the time for it.

## What the meetings do not tell

- gap: Whether an opening was taken up afterwards, outside the meetings.
- gap: Whether 2 of 3 promises were kept.

## What this rests on

- 3 of 3 meetings, 14 turns, read by offline (bundled-1).
- Claims not kept, 1: not found 1.
- A place such as `meeting` turn 7 opens with `analyzer show MEETING --turn 7`.
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
    text = markdown.brief(planned(pairs))
    assert "Met 200 times" in text
    assert len(text.split()) < 1500
