"""The private brief: true, complete, and fit to be read over a shoulder."""

import dataclasses
import datetime as dt
import re
from collections.abc import Iterator

import pytest

from analyzer.model.documents import Brief, Quote
from analyzer.model.findings import ClaimKind, ConditionId, ConditionValue, ConditionVerdict, Level, OpeningId, SignId, Stance
from analyzer.model.meetings import Client, Stage
from analyzer.model.relationship import Trend
from analyzer.practice import Context, Item, Practice
from analyzer.relationship import picture
from analyzer.rendering import markdown
from analyzer.usecases.brief import plan_brief
from tests.relations import CLIENT, LLM, Pair, advice, finding, judged, levels, meeting, opening, promise, tarn_mills, verdict

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
    assert len(found) == 9
    assert all(turns[q.slug, q.turn] == (q.text, q.speaker, q.date) for q in found)


def test_what_has_no_words_behind_it_says_gap() -> None:
    for line in markdown.brief(planned(tarn_mills())).splitlines():
        if line.startswith("- **") and " turn " not in line and "strong" not in line and not line.endswith("decision**"):
            assert "gap: " in line, line


def test_the_signs_stand_by_their_titles_with_trend_and_strongest_words() -> None:
    signs = planned(tarn_mills()).signs
    assert [(s.title, s.level, s.trend) for s in signs] == [
        ("An outside view for a settled decision", Level.STRONG, Trend.EASING),
        ("Their performance management, done by us", Level.NONE, Trend.NOT_HEARD),
        ("A directive from above to be satisfied", Level.NONE, Trend.NOT_HEARD),
        ("The look of change without the hard work", Level.NONE, Trend.NOT_HEARD),
    ]
    first = signs[0]
    assert first.quote
    assert (first.quote.slug, first.quote.turn) == ("tarn-mills-2025-11-04", 1)
    assert first.counter
    assert first.counter.speaker == "Bo Lindqvist"
    assert first.another_reading == "The owners may have asked for a second opinion themselves."


def test_options_are_given_for_signs_that_stand_and_not_for_faded_or_absent_ones() -> None:
    none = Level.NONE
    standing = planned(levels(SignId.BOARD_MANDATE, none, Level.WEAK)).options
    assert [(o.title, len(o.moves)) for o in standing] == [("A directive from above to be satisfied", 3)]
    assert not planned(levels(SignId.BOARD_MANDATE, Level.WEAK, none, none, none, none)).options


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
    text = markdown.brief(brief)
    assert "gap: nothing is read yet." in text
    assert "0 of 1 meetings, 0 turns." in text
    assert "Not read: `tarn-mills-2026-02-10`." in text
    assert "Stage: prospect. Met once, on 2026-02-10." in text
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
    assert "Path: 2026-01-01 leaning client → (another reader) 2026-02-01 balanced." in text


def test_no_sentence_of_ours_calls_a_person_anything() -> None:
    ours = re.sub(r"“[^”]*”", "", markdown.brief(planned(tarn_mills())))
    assert not re.search(r"(?i)\b(manipulat|dishonest|weak leader|stubborn|liar|lazy|difficult person|resistant)", ours)


def test_a_long_list_on_the_page_says_how_much_more_there_is() -> None:
    m = meeting("2026-03-01", [("Iris Vance", "Do this.")])
    pair = judged(m, findings=[advice(m, 0, f"advice {n}") for n in range(9)])
    text = markdown.brief(planned([pair]))
    assert "Of 9: 9 unknown." in text
    assert "\n- and 5 more\n" in text


BRIEF_OF_TARN_MILLS = """\
# Tarn Mills: brief for 9 March 2026

Private, for us. Stage: active. Met 3 times since 2025-11-04, last on 2026-02-03, every 46 days as a rule.

Theirs: Bo Lindqvist (3 times, last 2026-02-03), Tess Okafor (3 times, last 2026-02-03).

Ours: Iris Vance (3 times, last 2026-02-03).

## Where it stands

**Balanced.** 2026-02-03: Both promised something. Other recent meetings: leaning client on 2025-11-04.

Path: 2025-11-04 leaning client → 2025-12-09 balanced → 2026-02-03 balanced.

## The four signs

- **An outside view for a settled decision**: strong, easing. Heard in 2 of 3 meetings, last on 2025-12-09. The \
closure is settled, and the owners are to hear it from outside.
  - “We close the dye house in June either way. The owners should hear that from you, not from me.” Tess Okafor, \
2025-11-04 (`tarn-mills-2025-11-04` turn 1)
  - Against it: “I would still like to see what the numbers say about the second line.” Bo Lindqvist, 2025-11-04 \
(`tarn-mills-2025-11-04` turn 2)
  - Another reading: The owners may have asked for a second opinion themselves.
- **Their performance management, done by us**: not heard. gap: Nothing heard in 3 meetings; such signs often show \
only when advice lands.
- **A directive from above to be satisfied**: not heard. gap: Nothing heard in 3 meetings; such signs often show only \
when advice lands.
- **The look of change without the hard work**: not heard. gap: Nothing heard in 3 meetings; such signs often show \
only when advice lands.

## Your options

- **An outside view for a settled decision**
  - Name it: “I notice that the conclusion seems settled. If so, I can help you present it, but I would not call it \
an assessment. Which do you need?”
  - Contract anew: agree in writing what could still change, who sees the findings first, and that nothing is left out.
  - Narrow the job: offer help with carrying out the decision in the client's own name, without a review.

## Relevant, timely, fit

- **Relevant** (Is our expertise right for what they need?): unknown. gap: Not told in 3 meetings.
- **Timely** (Are they ready to invest time and energy in it now?): unknown. gap: Not told in 3 meetings.
- **Fit** (Do our stances meet, and do they let us make a difference?): mixed. 2025-12-09: Some of what we said was \
taken up. “I spoke with all six of them last week, and two changed my mind about the rota.” Tess Okafor, 2025-12-09 \
(`tarn-mills-2025-12-09` turn 1)
- What we need to do our best work (gap: whether it is given here): We talk to those who do the work.

## What we advised, and what became of it

Of 1: 1 adopted. Latest first:

- 2025-11-04: talk to the shift leads first (`tarn-mills-2025-11-04` turn 3): **adopted**

## Who owes whom

- We owe: Iris Vance: send the outline, to Tess Okafor, due 2025-11-14, **overdue** (gap: whether it was kept) \
(`tarn-mills-2025-11-04` turn 4)
- We owe: Iris Vance: write up three options for the dye house, no date (`tarn-mills-2026-02-03` turn 1)
- They owe: Bo Lindqvist: send the energy figures, to Iris Vance, due 2026-02-28, **overdue** (gap: whether it was \
kept) (`tarn-mills-2026-02-03` turn 0)

## Openings

- **Unused capacity**, heard once, last: “The whole upper floor stands empty since the looms went.” Bo Lindqvist, \
2025-12-09 (`tarn-mills-2025-12-09` turn 3)
- **Better ways of working together**, heard once, last: “Could we drop the weekly report and just talk on Mondays?” \
Tess Okafor, 2026-02-03 (`tarn-mills-2026-02-03` turn 2)
- gap: whether they were taken up outside the meetings.

## Outside the current work

Both sides last told how business is doing on 2025-12-09, 90 days ago. It is time for the next one (every 90 days).

## Questions to ask

1. **If what we found pointed the other way, what would happen with it?** Tells apart: “An outside view for a settled \
decision” from another reading: The owners may have asked for a second opinion themselves.
2. **What do you need most just now that nobody has been asked for yet, and where do you see us in it?** Tells apart: \
whether the need as they describe it is what we are good at, or what is needed is something else than what we do \
(relevant).
3. **Who can give time to this in the next four weeks, and what will they put aside for it?** Tells apart: whether \
dates, people and attention are given to it, and steps agreed are taken, or it is put off, squeezed in, or waits for \
something that has no date (timely).
4. **What did we say last that you saw differently, and what came of it?** Tells apart: whether they hear what is \
uncomfortable and something changes because of it; they ask us as well, or our view is wanted only where it agrees \
(fit).
5. **How is your business doing just now, outside what we do together?** Tells apart: whether the talk opens beyond \
the present work, or this is not the time for it.

## What the meetings do not tell

- gap: Not heard of: Relevant, Timely.
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
