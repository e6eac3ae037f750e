"""What became of our advice over several meetings, and how much of it was taken."""

import datetime as dt
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import ClaimKind, Finding, Outcome
from analyzer.model.meetings import Meeting
from analyzer.model.person import Said
from analyzer.model.relationship import Picture, RecommendationRow
from analyzer.relationship import picture, picture_of_meeting
from analyzer.relationship.words import adoption_told
from tests.relations import Pair, advice, finding, follow_up, judged, meeting, told

TODAY = dt.date(2026, 3, 9)
TALK = [
    ("Iris Vance", "I would do this."),
    ("Tess Okafor", "So we did."),
    ("Bo Lindqvist", "We went back."),
    ("Iris Vance", "And that."),
]
JAN, FEB, MAR = (meeting(date, TALK) for date in ("2026-01-05", "2026-02-05", "2026-03-05"))
LEADS = "talk to the shift leads first"


def seen(*findings: tuple[Meeting, Sequence[Finding]], said: dict[str, Said] | None = None, today: dt.date = TODAY) -> Picture:
    return picture([judged(m, findings=found) for m, found in findings], today, said)


def steps(row: RecommendationRow) -> list[tuple[str, str]]:
    return [(step.date.isoformat(), step.outcome) for step in row.steps]


def test_advice_and_its_fate_in_the_meeting_are_one_row_with_one_step() -> None:
    [row] = seen((JAN, [advice(JAN, 0, LEADS, Outcome.ADOPTED, fate=1)])).recommendations
    assert (row.id, row.outcome, row.again) == ("tarn-mills-2026-01-05:0", "adopted", ())
    assert steps(row) == [("2026-01-05", "adopted")]
    assert row.steps[0].evidence
    assert row.steps[0].evidence.quote == "So we did."
    assert [e.quote for e in row.outcome_evidence] == ["So we did."]


def test_later_meetings_add_steps_with_their_days_and_words() -> None:
    [row] = seen(
        (JAN, [advice(JAN, 0, LEADS)]),
        (FEB, [follow_up(FEB, 1, "talked to the shift leads", Outcome.ADOPTED)]),
        (MAR, [follow_up(MAR, 2, "talk to the shift leads", Outcome.REVERSED)]),
    ).recommendations
    assert steps(row) == [("2026-02-05", "adopted"), ("2026-03-05", "reversed")]
    assert (row.outcome, row.date) == ("reversed", JAN.date)
    assert [e.quote for e in row.outcome_evidence] == ["We went back."]


def test_the_same_advice_in_several_meetings_is_one_row_from_the_first_day() -> None:
    [row] = seen(
        (JAN, [advice(JAN, 0, LEADS, Outcome.DEFERRED, fate=1)]),
        (MAR, [advice(MAR, 3, "Talk to the shift leads", Outcome.ADOPTED, fate=1)]),
    ).recommendations
    assert (row.id, row.again, row.date) == ("tarn-mills-2026-01-05:0", ("tarn-mills-2026-03-05:3",), JAN.date)
    assert steps(row) == [("2026-01-05", "deferred"), ("2026-03-05", "adopted")]


def test_advice_on_another_thing_is_another_row() -> None:
    rows = seen((JAN, [advice(JAN, 0, LEADS)]), (FEB, [advice(FEB, 0, "talk to the team leads first")])).recommendations
    assert [row.what for row in rows] == [LEADS, "talk to the team leads first"]


def test_a_follow_up_that_could_mean_two_pieces_of_advice_changes_neither_and_is_told() -> None:
    shown = seen(
        (JAN, [advice(JAN, 0, "stop the weekly report"), advice(JAN, 3, "shorten the weekly report")]),
        (FEB, [follow_up(FEB, 1, "the weekly report", Outcome.ADOPTED), follow_up(FEB, 2, "the new rota", Outcome.IGNORED)]),
    )
    assert all(not row.steps for row in shown.recommendations)
    assert shown.caveats == ("2 follow-ups could not be matched to one piece of advice",)
    assert [(u.about, u.what, u.evidence.meeting, u.evidence.turn) for u in shown.unmatched] == [
        ("advice", "the weekly report", FEB.id, 1),
        ("advice", "the new rota", FEB.id, 2),
    ]
    assert shown.adoption
    assert shown.adoption.unmatched == 2
    assert adoption_told(shown.adoption).endswith(" 2 more things were told of earlier advice that could not be matched.")


def test_a_person_s_word_is_a_step_with_its_note_and_counts_last_on_its_day() -> None:
    found = (JAN, [advice(JAN, 0, LEADS, Outcome.ADOPTED, fate=1)])
    [row] = seen(found, said=told(JAN, 0, Outcome.REVERSED, "2026-03-02", note="They went back.")).recommendations
    assert steps(row) == [("2026-01-05", "adopted"), ("2026-03-02", "reversed")]
    assert (row.steps[1].evidence, row.steps[1].note, row.outcome, row.outcome_evidence) == (
        None,
        "They went back.",
        "reversed",
        (),
    )
    [row] = seen(found, said=told(JAN, 0, Outcome.IGNORED, "2026-01-05")).recommendations
    assert row.outcome == "ignored"


def test_a_person_s_word_of_before_does_not_undo_what_was_heard_later() -> None:
    [row] = seen(
        (JAN, [advice(JAN, 0, LEADS)]),
        (MAR, [follow_up(MAR, 1, "talk to the shift leads", Outcome.ADOPTED)]),
        said=told(JAN, 0, Outcome.DEFERRED, "2026-02-01"),
    ).recommendations
    assert steps(row) == [("2026-02-01", "deferred"), ("2026-03-05", "adopted")]


def test_a_person_s_word_stays_where_another_reading_marks_the_advice_elsewhere_or_not_at_all() -> None:
    said = told(JAN, 0, Outcome.ADOPTED, "2026-02-01", what=LEADS)
    [row] = seen((JAN, [advice(JAN, 3, LEADS)]), said=said).recommendations
    assert (row.id, row.outcome) == ("tarn-mills-2026-01-05:3", "adopted")
    [row] = seen((JAN, []), said=said).recommendations
    assert (row.id, row.what, row.outcome, row.evidence.quote) == (
        "tarn-mills-2026-01-05:0",
        LEADS,
        "adopted",
        "I would do this.",
    )


def test_a_person_s_word_on_a_turn_with_two_pieces_of_advice_goes_to_the_one_it_names() -> None:
    rows = seen(
        (JAN, [advice(JAN, 0, LEADS), advice(JAN, 0, "close the upper floor")]),
        said=told(JAN, 0, Outcome.ADOPTED, "2026-02-01", what="close the upper floor"),
    ).recommendations
    assert {row.what: row.outcome for row in rows} == {LEADS: "unknown", "close the upper floor": "adopted"}


def test_a_person_s_word_on_advice_given_again_counts_for_the_one_row() -> None:
    [row] = seen(
        (JAN, [advice(JAN, 0, LEADS)]), (FEB, [advice(FEB, 3, LEADS)]), said=told(FEB, 3, Outcome.ADOPTED, "2026-02-20")
    ).recommendations
    assert (row.outcome, row.again) == ("adopted", ("tarn-mills-2026-02-05:3",))


def test_one_meeting_by_itself_has_a_person_s_word_too() -> None:
    m, assessment = judged(JAN, findings=[advice(JAN, 0, LEADS)])
    [row] = picture_of_meeting(m, assessment, TODAY, told(JAN, 0, Outcome.MODIFIED, "2026-02-01")).recommendations
    assert row.outcome == "modified"


@pytest.mark.parametrize(("days", "old_enough"), [(29, False), (30, True)])
def test_advice_counts_for_the_adoption_after_thirty_days(days: int, old_enough: bool) -> None:
    shown = seen((JAN, [advice(JAN, 0, LEADS)]), today=JAN.date + dt.timedelta(days=days))
    assert shown.recommendations[0].old_enough is old_enough
    assert shown.adoption
    assert (shown.adoption.of, shown.adoption.too_new, shown.adoption.after_days) == (int(old_enough), int(not old_enough), 30)


def test_without_advice_there_is_no_adoption() -> None:
    assert seen((JAN, [])).adoption is None


OUTCOMES = st.lists(st.tuples(st.sampled_from(Outcome), st.booleans()), min_size=1, max_size=8)


@given(OUTCOMES)
def test_the_counts_of_the_adoption_add_up(given_advice: list[tuple[Outcome, bool]]) -> None:
    pairs: list[Pair] = []
    for n, (outcome, new) in enumerate(given_advice):
        m = meeting("2026-03-01" if new else "2026-01-01", TALK, slug=f"meeting-{n}")
        pairs.append(judged(m, findings=[advice(m, 0, f"advice number {n}", outcome, fate=1)]))
    taken = picture(pairs, TODAY).adoption
    old = [outcome for outcome, new in given_advice if not new]
    assert taken
    assert taken.adopted + taken.modified + taken.not_adopted + taken.unknown == taken.of == len(old)
    assert taken.adopted == old.count(Outcome.ADOPTED)
    assert taken.not_adopted == len([o for o in old if o in (Outcome.DEFERRED, Outcome.IGNORED, Outcome.REVERSED)])
    assert taken.of + taken.too_new == len(given_advice)


ADVISED = ("talk to the shift leads first", "talk to the shift leads", "stop the weekly report", "the weekly report", "do it")


@given(st.lists(st.lists(st.tuples(st.sampled_from(ADVISED), st.sampled_from(Outcome), st.booleans()), max_size=4), max_size=4))
def test_steps_run_in_time_and_the_last_one_is_the_outcome(meetings: list[list[tuple[str, Outcome, bool]]]) -> None:
    pairs = []
    for n, said in enumerate(meetings or [[]]):
        m = meeting(f"2026-0{n + 1}-05", TALK)
        found = [
            follow_up(m, turn, what, outcome) if follows else advice(m, turn, what, outcome, fate=1)
            for turn, (what, outcome, follows) in enumerate(said)
        ]
        pairs.append(judged(m, findings=found))
    for row in picture(pairs, TODAY).recommendations:
        dates = [step.date for step in row.steps]
        assert dates == sorted(dates)
        assert all(date >= row.date for date in dates)
        assert row.outcome == (row.steps[-1].outcome if row.steps else "unknown")


def test_what_our_advice_was_is_told_by_terms_alone() -> None:
    assert not seen((JAN, [finding(JAN, 0, ClaimKind.RECOMMENDATION)])).recommendations
