"""What follows from the assessments of one meeting or of many."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import (
    Claim,
    ClaimKind,
    ConditionId,
    ConditionValue,
    ConditionVerdict,
    Dismissed,
    Gap,
    Known,
    Level,
    OpeningId,
    PersonVerdict,
    Polarity,
    SignId,
    Stance,
    Strength,
)
from analyzer.model.meetings import Meeting
from analyzer.model.person import Because, Said
from analyzer.model.relationship import Picture, SignRow, Trend
from analyzer.relationship import picture, picture_of_meeting, trend
from analyzer.relationship.person import with_said
from analyzer.relationship.words import due_told, own_verdict
from tests.relations import LLM, Pair, finding, judged, levels, meeting, opening, promise, tarn_mills, verdict

NONE, WEAK, STRONG, UNTOLD = Level.NONE, Level.WEAK, Level.STRONG, Level.INSUFFICIENT
HEARD = {WEAK, STRONG}
SIGN = SignId.BOARD_MANDATE
TODAY = dt.date(2026, 3, 9)


def row(*series: Level, why: str = "why of meeting {}") -> SignRow:
    """The row of a sign that had these levels, one meeting a month."""
    return sign_row(picture(levels(SIGN, *series, why=why), TODAY))


def sign_row(seen: Picture, sign: SignId = SIGN) -> SignRow:
    return next(r for r in seen.signs if r.id == sign)


def test_a_picture_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one meeting"):
        picture([], TODAY)


def test_all_four_signs_come_in_their_order_with_their_titles() -> None:
    assert [(r.id, bool(r.title)) for r in picture(levels(SIGN, NONE), TODAY).signs] == [(s.value, True) for s in SignId]


# --- what is known of a reader's level ---

OFTEN, SELDOM = Known(right=60, said=66), Known(right=9, said=13)


def knowing(pairs: list[Pair], *known: Known) -> list[Pair]:
    """The pairs with what is known of each meeting's level of the sign."""
    signs = [replace(assessment.sign(SIGN), known=worth) for (_, assessment), worth in zip(pairs, known, strict=True)]
    return [judged(m, signs=[sign]) for (m, _), sign in zip(pairs, signs, strict=True)]


@pytest.mark.parametrize("level", [NONE, WEAK, STRONG])
def test_of_one_meeting_what_is_known_of_its_level_is_told(level: Level) -> None:
    [(m, read)] = knowing(levels(SIGN, level), SELDOM)
    assert sign_row(picture_of_meeting(m, read, TODAY)).known == SELDOM


@pytest.mark.parametrize(
    ("series", "known"),
    [
        ((NONE, WEAK), SELDOM),
        ((WEAK, NONE), None),  # weak for the client, and the newest meeting said none
        ((WEAK, STRONG), SELDOM),
        ((NONE, STRONG), None),  # weak, for want of a second meeting
        ((NONE, NONE), SELDOM),
        ((NONE, UNTOLD), None),  # cannot be told, though one meeting said none
        ((STRONG, WEAK), OFTEN),  # the strong meeting explains it
    ],
)
def test_over_meetings_it_is_told_where_the_level_is_that_of_the_meeting_which_explains_it(
    series: tuple[Level, ...], known: Known | None
) -> None:
    assert sign_row(picture(knowing(levels(SIGN, *series), OFTEN, SELDOM), TODAY)).known == known


def test_nothing_is_known_of_a_person_s_own_verdict() -> None:
    [(m, read)] = knowing(levels(SIGN, WEAK), SELDOM)
    same = with_said(m, read, by_a_person(verdicts={SIGN: (WEAK, "")}))
    assert sign_row(picture_of_meeting(m, same, TODAY)).known is None
    assert sign_row(picture([(m, same)], TODAY)).known is None


def test_nothing_is_known_of_a_level_that_follows_from_what_a_person_marked_or_took_out() -> None:
    [(m, silent)] = knowing(levels(SIGN, NONE), SELDOM)
    assert with_said(m, silent, by_a_person(marked=frozenset({(SIGN, 1)}))).sign(SIGN).known is None
    [(m, heard)] = knowing(levels(SIGN, WEAK), SELDOM)
    assert with_said(m, heard, by_a_person(dismissed={(SIGN, 1): Because.IRONY})).sign(SIGN).known is None
    assert with_said(m, heard, by_a_person(marked=frozenset({(SIGN, 1)}))).sign(SIGN).known == SELDOM  # the level stays


def by_a_person(**words: Any) -> Said:
    return replace(Said(verdicts={}, dismissed={}, marked=frozenset(), outcomes={}), **words)


# --- levels of the client as a whole ---


@pytest.mark.parametrize(
    ("series", "level"),
    [
        ((NONE, NONE, NONE), NONE),
        ((NONE, UNTOLD, NONE), UNTOLD),
        ((UNTOLD, UNTOLD), UNTOLD),
        ((STRONG,), WEAK),
        ((NONE, STRONG, NONE), WEAK),
        ((WEAK, STRONG), STRONG),
        ((STRONG, UNTOLD, WEAK), STRONG),
        ((WEAK, WEAK, WEAK), WEAK),
        ((STRONG, WEAK, NONE), WEAK),
        ((STRONG, STRONG, NONE), WEAK),
        ((STRONG, STRONG, NONE, UNTOLD), WEAK),
        ((STRONG, STRONG, NONE, NONE), NONE),
        ((STRONG, STRONG, NONE, UNTOLD, NONE), NONE),
        ((STRONG, NONE, NONE, WEAK), STRONG),
        ((STRONG, NONE, NONE, NONE, WEAK), WEAK),
        ((STRONG, STRONG, UNTOLD, UNTOLD, UNTOLD, UNTOLD), STRONG),
    ],
)
def test_the_level_of_the_client_follows_from_the_meetings(series: tuple[Level, ...], level: Level) -> None:
    assert row(*series).level is level


@given(st.lists(st.sampled_from(Level), min_size=1, max_size=12))
def test_a_sign_stands_exactly_where_the_newest_meeting_that_could_tell_shows_it(series: list[Level]) -> None:
    able = [x for x in series if x is not UNTOLD]
    told = row(*series)
    assert told.stands == (bool(able) and able[-1] in HEARD)
    assert told.stands or told.level is not STRONG
    assert not told.stands or told.level in HEARD


@given(st.lists(st.sampled_from(Level), min_size=1, max_size=12))
def test_strong_always_has_two_meetings_behind_it_and_none_has_the_newest_two(series: list[Level]) -> None:
    level = row(*series).level
    if level is STRONG:
        assert sum(x in (WEAK, STRONG) for x in series) >= 2
        assert STRONG in series
    able = [x for x in series if x is not UNTOLD]
    faded = bool(HEARD & set(able)) and set(able[-2:]) == {NONE}
    assert (level is NONE) == (set(series) == {NONE} or faded)
    assert (level is UNTOLD) == (UNTOLD in series and not {WEAK, STRONG} & set(series))


def test_nothing_heard_in_one_meeting_is_not_worded_as_innocence() -> None:
    quiet = "Nothing heard in 1 meeting; such signs often show only when advice lands."
    assert row(NONE, why="").why == quiet
    assert row(NONE, why="Nothing heard in this meeting.").why == quiet
    assert row(NONE, NONE, why="").why == "Nothing heard in 2 meetings."


def test_the_reader_s_own_word_for_nothing_heard_is_kept() -> None:
    assert row(NONE, NONE).why == "Nothing heard in 2 meetings. 10 Feb 2025: Why of meeting 1."
    [(m, assessment)] = levels(SIGN, NONE)
    assert sign_row(picture_of_meeting(m, assessment, TODAY)).why == "why of meeting 0"


def test_a_hint_in_one_meeting_is_worth_a_look() -> None:
    assert row(NONE, WEAK).why == "Worth a look: heard in one of 2 meetings (10 Feb 2025). Why of meeting 1."


def test_strong_in_one_meeting_alone_says_why_it_is_not_strong_for_the_client() -> None:
    assert "counts as strong when a second meeting shows it" in row(NONE, STRONG).why


def test_a_sign_that_two_meetings_in_a_row_do_not_show_says_when_it_was_last_heard() -> None:
    assert row(STRONG, STRONG, NONE, NONE, why="").why == "Last heard on 10 Feb 2025; nothing in the 2 meetings since."
    unsure = row(STRONG, NONE, UNTOLD, NONE, why="").why
    assert unsure == "Last heard on 10 Jan 2025; nothing in the 2 meetings since that could tell."


@pytest.mark.parametrize(
    ("series", "why"),
    [
        ((STRONG, WEAK, NONE), "Plain on 10 Jan 2025, last heard on 10 Feb 2025; nothing heard on 10 Mar 2025."),
        ((WEAK, STRONG, NONE), "Plain on 10 Feb 2025; nothing heard on 10 Mar 2025."),
        ((WEAK, NONE), "Heard as a hint, last on 10 Jan 2025; nothing heard on 10 Feb 2025."),
    ],
)
def test_a_sign_that_the_newest_meeting_does_not_show_tells_that_story(series: tuple[Level, ...], why: str) -> None:
    assert row(*series, why="").why == why
    newest = row(*series)
    assert newest.why == f"{why} Why of meeting {len(series) - 1}."
    assert not newest.another_reading


def test_an_older_reading_that_explains_a_sign_carries_its_date() -> None:
    assert row(STRONG, WEAK).why == "Heard in 2 of 2 meetings, last on 10 Feb 2025. 10 Jan 2025: Why of meeting 0."


def test_too_little_to_tell_counts_both_kinds_of_silence() -> None:
    assert row(NONE, UNTOLD, NONE).why.startswith("Too little to tell in 1 meeting, nothing heard in 2 meetings.")


def test_the_latest_plain_meeting_gives_the_reason() -> None:
    assert row(STRONG, WEAK, STRONG, WEAK).why.endswith("Why of meeting 2.")


def test_where_the_reader_gave_no_question_the_sign_s_own_is_asked() -> None:
    assert row(WEAK).question == "If nobody above had asked for this, which part of it would you still want?"


def test_a_sign_that_stands_always_has_another_reading() -> None:
    assert row(WEAK).another_reading.startswith("It may also be ")
    assert not row(NONE).another_reading


def test_evidence_comes_strongest_first_then_latest_and_only_once() -> None:
    pairs = []
    for date, strength in (("2025-01-01", Strength.STRONG), ("2025-02-01", Strength.WEAK), ("2025-03-01", Strength.STRONG)):
        m = meeting(date, [("Tess", f"said on {date}")])
        heard = finding(m, 0, ClaimKind.SIGN, SIGN, strength=strength)
        pairs.append(judged(m, signs=[verdict(SIGN, WEAK, evidence=[heard, heard])]))
    seen = sign_row(picture(pairs, TODAY))
    assert [e.quote for e in seen.evidence] == ["said on 2025-03-01", "said on 2025-01-01", "said on 2025-02-01"]


def test_counter_evidence_is_what_speaks_against_the_sign_with_the_newest_meeting_first() -> None:
    pairs = []
    for date, strength in (("2025-01-01", Strength.STRONG), ("2025-02-01", Strength.WEAK)):
        m = meeting(date, [("Tess", f"against on {date}"), ("Tess", f"for on {date}"), ("Tess", f"plainly against on {date}")])
        against = finding(m, 0, ClaimKind.SIGN, SIGN, strength=strength, polarity=Polarity.AGAINST)
        plainly = finding(m, 2, ClaimKind.SIGN, SIGN, strength=Strength.STRONG, polarity=Polarity.AGAINST)
        spoken_for = finding(m, 1, ClaimKind.SIGN, SIGN, strength=Strength.STRONG)
        pairs.append(judged(m, signs=[verdict(SIGN, NONE, counter=[against, spoken_for, plainly, against])]))
    assert [e.quote for e in sign_row(picture(pairs, TODAY)).counter_evidence] == [
        "plainly against on 2025-02-01",
        "against on 2025-02-01",
        "against on 2025-01-01",
        "plainly against on 2025-01-01",
    ]


def test_words_of_a_meeting_that_shows_nothing_do_not_speak_for_the_sign() -> None:
    quiet = meeting("2025-02-01", [("Tess", "the board meets on Friday")])
    heard = finding(quiet, 0, ClaimKind.SIGN, SIGN)
    pairs = [*levels(SIGN, WEAK), judged(quiet, signs=[verdict(SIGN, NONE, evidence=[heard])])]
    assert [e.quote for e in sign_row(picture(pairs, TODAY)).evidence] == ["Words of meeting 0."]


def test_a_meeting_by_itself_keeps_the_level_it_was_judged_to_have() -> None:
    [(m, assessment)] = levels(SIGN, STRONG)
    assert sign_row(picture_of_meeting(m, assessment, TODAY)).level is STRONG


def test_a_meeting_by_itself_calls_a_hint_worth_a_look() -> None:
    [(m, assessment)] = levels(SIGN, WEAK)
    assert sign_row(picture_of_meeting(m, assessment, TODAY)).why == "Worth a look: why of meeting 0"


@pytest.mark.parametrize(
    ("series", "expected"),
    [
        ((UNTOLD,), Trend.CANNOT_TELL),
        ((NONE, UNTOLD), Trend.NOT_HEARD),
        ((NONE, WEAK), Trend.HEARD_ONCE),
        ((WEAK, WEAK), Trend.STEADY),
        ((NONE, WEAK, STRONG, STRONG), Trend.GROWING),
        ((STRONG, STRONG, NONE, WEAK), Trend.EASING),
        ((NONE, WEAK, STRONG, NONE), Trend.EASING),
        ((STRONG, WEAK, NONE), Trend.EASING),
        ((STRONG, STRONG, NONE, NONE), Trend.FADED),
        ((WEAK, NONE, NONE), Trend.FADED),
    ],
)
def test_the_trend_tells_how_a_sign_moved(series: tuple[Level, ...], expected: Trend) -> None:
    assert trend(series) is expected


# --- a person's own verdicts ---


def own(pairs: list[Pair], at: int, level: Level, note: str = "") -> list[Pair]:
    """The same meetings, where a person says this level of the sign of one of them."""
    m, assessment = pairs[at]
    told = assessment.sign(SIGN)
    verdicts = tuple(
        replace(told, level=level, reader=told.level, person=PersonVerdict(level=level, note=note, reader=told.level))
        if v.sign is SIGN
        else v
        for v in assessment.judgement.signs
    )
    changed = replace(assessment, judgement=replace(assessment.judgement, signs=verdicts))
    return [*pairs[:at], (m, changed), *pairs[at + 1 :]]


def test_a_person_who_says_strong_of_one_meeting_that_still_stands_is_enough() -> None:
    told = sign_row(picture(own(levels(SIGN, NONE, STRONG), 1, STRONG), TODAY))
    assert (told.level, told.stands) == (STRONG, True)
    assert told.why == "Heard in one of 2 meetings (10 Feb 2025), strong by your own verdict. Why of meeting 1."
    lifted = sign_row(picture(own(levels(SIGN, NONE, WEAK), 1, STRONG), TODAY))
    assert (lifted.level, lifted.why) == (STRONG, "Heard in one of 2 meetings (10 Feb 2025), strong by your own verdict.")
    assert row(STRONG).why.startswith("Worth a look: heard once (10 Jan 2025)")


def test_what_a_person_confirmed_stands_until_the_two_newest_meetings_do_not_show_it() -> None:
    told = sign_row(picture(own(levels(SIGN, STRONG, NONE), 0, STRONG), TODAY))
    assert (told.level, told.stands) == (STRONG, True)
    assert told.why == "You confirmed it on 10 Jan 2025; nothing heard on 10 Feb 2025. Why of meeting 0."
    assert sign_row(picture(own(levels(SIGN, WEAK, NONE, UNTOLD), 0, STRONG), TODAY)).level is STRONG
    faded = sign_row(picture(own(levels(SIGN, STRONG, NONE, NONE), 0, STRONG), TODAY))
    assert (faded.level, faded.stands) == (NONE, False)
    taken_back = own(own(levels(SIGN, STRONG, STRONG), 0, STRONG), 1, NONE)
    assert not sign_row(picture(taken_back, TODAY)).stands


def test_words_that_a_person_marked_come_first() -> None:
    m = meeting("2026-01-10", [("Tess Okafor", "By the reader."), ("Tess Okafor", "By the person.")])
    reader = replace(finding(m, 0, ClaimKind.SIGN, SIGN, strength=Strength.STRONG), claim=replace(scored(m, 0), score=0.9))
    assessment = judged(m, signs=[verdict(SIGN, STRONG, evidence=[reader])], findings=[reader])[1]
    said = Said(verdicts={}, dismissed={}, marked=frozenset({(SIGN, 1)}), outcomes={})
    pairs = [(m, with_said(m, assessment, said)), *levels(SIGN, STRONG)]
    for told in (sign_row(picture(pairs, TODAY)), sign_row(picture_of_meeting(*pairs[0], TODAY))):
        assert [e.quote for e in told.evidence][:2] == ["By the person.", "By the reader."]
        assert told.marked == told.evidence[:1]


def scored(m: Meeting, turn: int) -> Claim:
    return finding(m, turn, ClaimKind.SIGN, SIGN, strength=Strength.STRONG).claim


def test_a_person_who_says_none_of_the_newest_meeting_takes_the_sign_out_of_it() -> None:
    told = sign_row(picture(own(levels(SIGN, STRONG, STRONG), 1, NONE), TODAY))
    assert (told.level, told.stands) == (WEAK, False)
    assert told.why.startswith("Plain on 10 Jan 2025; none on 10 Feb 2025.")
    alone = sign_row(picture(own(levels(SIGN, NONE, STRONG, why=""), 1, NONE), TODAY))
    assert (alone.level, alone.why) == (NONE, "Not there in 2 meetings, in 1 of them by your own verdict.")


def test_the_newest_verdict_of_a_person_stands_in_the_row_and_the_path_marks_each() -> None:
    pairs = own(own(levels(SIGN, WEAK, WEAK, WEAK), 0, NONE, "first"), 1, STRONG, "second")
    seen = picture(pairs, TODAY)
    assert sign_row(seen).person == PersonVerdict(level=STRONG, note="second", reader=WEAK)
    assert [point.own for point in seen.trajectory] == [(SIGN,), (SIGN,), ()]
    assert [point.signs[SIGN] for point in seen.trajectory] == [NONE, STRONG, WEAK]


@given(st.lists(st.sampled_from(Level), min_size=1, max_size=8), st.data())
def test_strong_always_has_two_meetings_or_a_person_behind_it(series: list[Level], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(series) - 1))
    level = data.draw(st.sampled_from((NONE, WEAK, STRONG)))
    told = sign_row(picture(own(levels(SIGN, *series), at, level), TODAY))
    counted = [*series[:at], level, *series[at + 1 :]]
    able = [x for x in counted if x is not UNTOLD]
    places = [i for i, x in enumerate(counted) if x is not UNTOLD]
    confirmed = level is STRONG and at in places[-4:] and HEARD & set(able[-2:])
    assert told.stands == bool(able[-1] in HEARD or confirmed)
    if told.level is STRONG:
        assert sum(x in HEARD for x in counted) > 1 or level is STRONG
        assert told.stands


def test_a_person_s_level_of_one_meeting_is_not_worded_as_the_reader_s() -> None:
    [(m, assessment)] = own(levels(SIGN, STRONG, why="This is your own verdict; the reader said strong."), 0, WEAK)
    assert sign_row(picture_of_meeting(m, assessment, TODAY)).why == "This is your own verdict; the reader said strong."


def test_dismissed_and_marked_words_of_all_meetings_are_carried_with_the_newest_first() -> None:
    pairs = []
    for m, assessment in levels(SIGN, WEAK, WEAK):
        e = assessment.sign(SIGN).evidence[0].evidence
        touched = replace(assessment.sign(SIGN), dismissed=(Dismissed(evidence=e, because="irony"),), marked=(e,))
        signs = tuple(touched if v.sign is SIGN else v for v in assessment.judgement.signs)
        pairs.append((m, replace(assessment, judgement=replace(assessment.judgement, signs=signs))))
    told = sign_row(picture(pairs, TODAY))
    assert [d.evidence.quote for d in told.dismissed] == ["Words of meeting 1.", "Words of meeting 0."]
    assert [e.quote for e in told.marked] == ["Words of meeting 1.", "Words of meeting 0."]


@pytest.mark.parametrize(
    ("reader", "told"),
    [
        (STRONG, "Your own verdict: weak (the reader said strong). So it was."),
        (UNTOLD, "Your own verdict: weak (the reader could not tell). So it was."),
        (WEAK, "Your own verdict: weak (the reader said the same). So it was."),
    ],
)
def test_a_person_s_verdict_is_worded_beside_the_reader_s(reader: Level, told: str) -> None:
    assert own_verdict(PersonVerdict(level=WEAK, note="so it was", reader=reader)) == told


# --- stance and conditions ---


def stances(*series: Stance) -> tuple[Stance, str]:
    pairs = [
        judged(meeting(f"2025-0{n}-01", [("Tess", "Hello.")]), stance=s, stance_why=f"why {n}") for n, s in enumerate(series, 1)
    ]
    seen = picture(pairs, TODAY)
    return seen.stance, seen.stance_why


def test_the_stance_is_the_middle_one_of_the_latest_three() -> None:
    stance, why = stances(Stance.PAYING_CLIENT, Stance.BALANCED, Stance.STRATEGIC_PARTNER, Stance.LEANING_PARTNER)
    assert stance is Stance.LEANING_PARTNER
    assert why == "1 Apr 2025: Why 4. Other recent meetings: balanced on 1 Feb 2025, strategic partner on 1 Mar 2025."


def test_a_newest_meeting_with_another_stance_is_told_first() -> None:
    stance, why = stances(Stance.PAYING_CLIENT, Stance.LEANING_PARTNER, Stance.STRATEGIC_PARTNER)
    assert stance is Stance.LEANING_PARTNER
    assert why == (
        "Newest: strategic partner on 1 Mar 2025; over the last three: leaning partner. 1 Feb 2025: Why 2. "
        "Other recent meetings: paying client on 1 Jan 2025."
    )


def test_of_two_stances_the_later_counts_and_what_cannot_be_told_does_not() -> None:
    assert stances(Stance.LEANING_PARTNER, Stance.UNKNOWN, Stance.LEANING_CLIENT)[0] is Stance.LEANING_CLIENT


def test_a_stance_that_the_latest_meetings_do_not_tell_is_unknown() -> None:
    stance, why = stances(Stance.BALANCED, Stance.UNKNOWN, Stance.UNKNOWN, Stance.UNKNOWN)
    assert stance is Stance.UNKNOWN
    assert why.startswith("The latest 3 meetings do not tell.")
    assert stances(Stance.UNKNOWN)[1] == "The latest meeting does not tell. Why 1."


def test_a_condition_is_the_latest_that_is_known_with_its_date() -> None:
    pairs = [
        judged(
            meeting(f"2025-0{n}-01", [("Tess", "Words.")]),
            conditions=[ConditionVerdict(condition=ConditionId.TIMELY, value=value, why=f"why {n}")],
        )
        for n, value in enumerate((ConditionValue.YES, ConditionValue.NO, ConditionValue.UNKNOWN), 1)
    ]
    conditions = picture(pairs, TODAY).conditions
    assert (conditions["timely"].value, conditions["timely"].why) == ("no", "1 Feb 2025: Why 2.")
    assert (conditions["relevant"].value, conditions["relevant"].why) == ("unknown", "Not told in 3 meetings.")


# --- promises, openings, advice ---


def promises(*terms: tuple[str | None, str, str | None], date: str = "2026-02-20") -> Picture:
    m = meeting(date, [("Iris Vance", "Yes."), ("Tess Okafor", "Yes.")])
    return picture([judged(m, findings=[promise(m, 0, who, what, due=due) for who, what, due in terms])], TODAY)


@pytest.mark.parametrize(
    ("due", "said", "status"),
    [
        ("2026-03-09", "2026-02-20", "open"),
        ("2026-03-08", "2026-02-20", "unknown"),
        (None, "2026-01-08", "open"),
        (None, "2026-01-07", "unknown"),
        ("when the snow melts", "2025-06-01", "unknown"),
    ],
)
def test_a_promise_is_open_while_its_time_runs_and_unknown_after(due: str | None, said: str, status: str) -> None:
    [commitment] = promises(("Tess Okafor", "send it", due), date=said).commitments
    assert commitment.status == status


def test_overdue_promises_come_first_then_the_oldest() -> None:
    old = meeting("2026-01-20", [("Tess Okafor", "Yes.")])
    new = meeting("2026-02-20", [("Tess Okafor", "Yes.")])
    pairs = [
        judged(old, findings=[promise(old, 0, "Tess Okafor", "old")]),
        judged(
            new,
            findings=[
                promise(new, 0, "Tess Okafor", "new", due="2026-04-01"),
                promise(new, 0, "Tess Okafor", "late", due="2026-03-05"),
                promise(new, 0, "Tess Okafor", "later still", due="2026-03-01"),
            ],
        ),
    ]
    assert [c.what for c in picture(pairs, TODAY).commitments] == ["later still", "late", "old", "new"]


def test_the_owner_s_side_is_that_of_the_voice_and_never_guessed() -> None:
    seen = promises(("Iris Vance", "a", None), ("tess", "b", None), (None, "c", None), ("Somebody", "d", None))
    assert {c.what: (c.owner, c.owner_side) for c in seen.commitments} == {
        "a": ("Iris Vance", "ours"),
        "b": ("tess", "theirs"),
        "c": (None, "unknown"),
        "d": ("Somebody", "unknown"),
    }


def test_the_side_of_who_is_promised_something_is_that_of_the_voice_or_of_one_known_from_another_meeting() -> None:
    known = meeting("2026-01-05", [("Bo Lindqvist", "Hello.")])
    m = meeting("2026-02-05", [("Tess Okafor", "Yes."), ("Iris Vance", "Yes.")])
    made = [promise(m, 0, "Tess Okafor", to or "it", to=to) for to in ("Iris Vance", "Bo", "Nobody Known", None)]
    seen = picture([judged(known), judged(m, findings=made)], TODAY)
    assert {c.to: c.to_side for c in seen.commitments} == {
        "Iris Vance": "ours",
        "Bo": "theirs",
        "Nobody Known": "unknown",
        None: "unknown",
    }


def test_a_promise_said_again_in_the_same_words_counts_once_as_last_said() -> None:
    first, second = (meeting(date, [("Tess Okafor", "I send it.")]) for date in ("2026-01-05", "2026-02-05"))
    pairs = [judged(m, findings=[promise(m, 0, "Tess Okafor", words)]) for m, words in ((first, "Send it"), (second, "send  it"))]
    assert [c.date for c in picture(pairs, TODAY).commitments] == [dt.date(2026, 2, 5)]


def test_openings_are_kept_by_kind_with_the_latest_first() -> None:
    seen = picture(tarn_mills(), TODAY)
    assert {kind: len(found) for kind, found in seen.openings.items()} == {
        "unused_capacity": 1,
        "further_topics": 0,
        "better_ways": 1,
        "shares_context": 2,
    }
    assert [e.side for e in seen.openings["shares_context"]] == ["ours", "theirs"]


def test_advice_carries_what_became_of_it() -> None:
    [advised] = picture(tarn_mills(), TODAY).recommendations
    assert (advised.what, advised.outcome, advised.date) == ("talk to the shift leads first", "adopted", dt.date(2025, 11, 4))


# --- the path ---


def test_the_path_runs_from_the_oldest_meeting_whatever_the_order_given() -> None:
    seen = picture(list(reversed(tarn_mills())), TODAY)
    assert [p.date.isoformat() for p in seen.trajectory] == ["2025-11-04", "2025-12-09", "2026-02-03"]
    assert [p.signs["outside_validation"] for p in seen.trajectory] == [STRONG, WEAK, NONE]


def test_the_path_marks_where_the_reader_changed_and_says_so() -> None:
    pairs = [judged(meeting(f"2025-0{n}-01", [("Tess", "Hi.")]), engine=engine) for n, engine in enumerate((LLM, LLM), 1)]
    assert not any(p.reader_changed for p in picture(pairs, TODAY).trajectory)
    mixed = picture([*pairs, judged(meeting("2025-03-01", [("Tess", "Hi.")]))], TODAY)
    assert [p.reader_changed for p in mixed.trajectory] == [False, False, True]
    assert mixed.engine.name == "offline"
    assert mixed.caveats == ("from tarn-mills-2025-03-01 on, another reader read: levels before and after may differ",)


def test_how_often_both_met_and_when_both_last_told_of_their_business() -> None:
    cadence = picture(tarn_mills(), TODAY).cadence
    assert (cadence.meetings, cadence.median_gap_days, cadence.last_partner_talk) == (3, 46, dt.date(2025, 12, 9))


def test_one_side_telling_of_its_business_is_no_partner_talk() -> None:
    m = meeting("2025-12-09", [("Tess Okafor", "Orders are down.")])
    cadence = picture([judged(m, findings=[opening(m, 0, OpeningId.SHARES_CONTEXT)])], TODAY).cadence
    assert cadence.last_partner_talk is None
    assert cadence.median_gap_days is None


def test_what_was_not_kept_and_not_read_is_counted() -> None:
    talk: list[Pair] = [
        judged(meeting("2025-01-01", [("Tess", "Hi."), ("Tess", "Bye.")]), rejected=["not_found", "our_side"], turns_read=1),
        judged(meeting("2025-02-01", [("Tess", "Hi.")]), rejected=["not_found"], caveats=["short meeting"]),
    ]
    seen = picture(talk, TODAY)
    assert seen.rejected == {"not_found": 2, "our_side": 1}
    assert seen.caveats == ("short meeting", "1 of 2 turns of tarn-mills-2025-01-01 were not read")


def test_what_was_not_read_is_told_with_its_place_and_the_reason() -> None:
    m = meeting("2025-01-01", [("Tess", "Hi."), ("Tess", "So."), ("Tess", "Yes."), ("Tess", "Bye.")])
    gaps = [Gap(first=0, last=0, why="too long for the model."), Gap(first=2, last=3, why="the model declined")]
    assert picture([judged(m, turns_read=1, gaps=gaps)], TODAY).caveats == (
        "3 of 4 turns of tarn-mills-2025-01-01 were not read (turn 0: too long for the model; turns 2 to 3: the model declined)",
    )


def test_a_caveat_of_many_meetings_is_said_once_with_their_number() -> None:
    pairs = [judged(meeting(f"2025-0{n}-01", [("Tess", "Hi.")]), caveats=["few words"]) for n in (1, 2)]
    assert picture(pairs, TODAY).caveats == ("few words (in 2 meetings)",)


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("From Monday", "from Monday"),
        ("On the Friday", "on the Friday"),
        ("Monday", "Monday"),
        ("March", "March"),
        ("Fifth of May", "Fifth of May"),
        ("For the twenty-first", "for the twenty-first"),
        ("Twenty-first", "Twenty-first"),
        ("by by Friday", "by Friday"),
        ("by on Friday", "on Friday"),
        ("Due by Friday", "by Friday"),
        ("Q3", "Q3"),
        ("", ""),
    ],
)
def test_a_time_is_worded_to_stand_behind_due(said: str, shown: str) -> None:
    assert due_told(said) == shown
