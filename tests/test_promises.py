"""Promises over several meetings: said again, told to be done, dropped or still to come, or never heard of again."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.model.findings import Fate, Finding, Strength
from analyzer.model.meetings import Meeting
from analyzer.model.relationship import CommitmentRow
from analyzer.relationship import picture, picture_of_meeting
from tests.relations import Pair, follow_up, judged, meeting, promise

TODAY = dt.date(2026, 3, 9)
TESS, BO, IRIS = "Tess Okafor", "Bo Lindqvist", "Iris Vance"
TALK = [(TESS, "About the first thing."), (BO, "About the second thing."), (IRIS, "About the third thing."), (TESS, "And more.")]
JAN, FEB, MAR = (meeting(date, TALK) for date in ("2026-01-05", "2026-02-05", "2026-03-05"))


def shown(*findings: tuple[Meeting, list[Finding]], today: dt.date = TODAY) -> tuple[list[CommitmentRow], tuple[str, ...]]:
    """The promises over meetings with these findings, and the caveats."""
    seen = picture([judged(m, findings=found) for m, found in findings], today)
    return list(seen.commitments), seen.caveats


@pytest.mark.parametrize(("fate", "status"), [(Fate.DONE, "done"), (Fate.DROPPED, "dropped"), (Fate.OPEN, "open")])
def test_a_later_meeting_tells_what_became_of_a_promise(fate: Fate, status: str) -> None:
    [row], caveats = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures", due="2026-01-12")]),
        (FEB, [follow_up(FEB, 1, "the energy figures", fate, owner=TESS)]),
    )
    assert (row.status, row.date, row.told_on) == (status, JAN.date, FEB.date)
    assert [e.quote for e in row.told] == ["About the second thing."]
    assert not caveats


def test_what_is_never_heard_of_again_is_unknown_after_its_time() -> None:
    [row], _ = shown((JAN, [promise(JAN, 0, TESS, "send the energy figures", due="2026-01-12")]), (FEB, []))
    assert (row.status, row.told, row.told_on) == ("unknown", (), None)


def test_a_later_turn_of_the_same_meeting_tells_it_as_well_and_an_earlier_one_does_not() -> None:
    made = promise(JAN, 1, BO, "send the energy figures")
    [row], _ = shown((JAN, [follow_up(JAN, 2, "the energy figures", Fate.DONE), made]))
    assert row.status == "done"
    [row], caveats = shown((JAN, [follow_up(JAN, 0, "the energy figures", Fate.DONE), made]))
    assert row.told == ()
    assert caveats == ("1 follow-up could not be matched to one promise",)


def test_of_two_promises_that_fit_as_well_none_is_closed_and_that_is_told() -> None:
    rows, caveats = shown(
        (JAN, [promise(JAN, 0, TESS, "send the figures for Hull"), promise(JAN, 1, TESS, "send the figures for Goole")]),
        (FEB, [follow_up(FEB, 0, "the figures", Fate.DONE), follow_up(FEB, 1, "send the figures", Fate.DONE)]),
    )
    assert all(not row.told for row in rows)
    assert caveats == ("2 follow-ups could not be matched to one promise",)


def test_who_was_to_do_it_must_not_be_another_and_tells_two_alike_apart() -> None:
    made = (JAN, [promise(JAN, 0, TESS, "send the energy figures")])
    [row], _ = shown(made, (FEB, [follow_up(FEB, 0, "the energy figures", Fate.DONE, owner=BO)]))
    assert row.told == ()
    both = (JAN, [promise(JAN, 0, TESS, "read the outline"), promise(JAN, 1, BO, "read the outline")])
    rows, _ = shown(both, (FEB, [follow_up(FEB, 0, "read the outline", Fate.DONE, owner="Bo")]))
    assert {row.owner: row.status for row in rows} == {TESS: "unknown", BO: "done"}


def test_the_last_word_counts_and_all_of_them_are_kept() -> None:
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures")]),
        (FEB, [follow_up(FEB, 0, "the energy figures", Fate.OPEN)]),
        (MAR, [follow_up(MAR, 1, "the energy figures", Fate.DROPPED)]),
    )
    assert (row.status, row.told_on, len(row.told)) == ("dropped", MAR.date, 2)
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures")]),
        (FEB, [follow_up(FEB, 0, "the energy figures", Fate.DONE), follow_up(FEB, 1, "the energy figures", Fate.OPEN)]),
    )
    assert row.status == "open"


def test_a_hint_is_kept_and_closes_nothing() -> None:
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures", due="2026-01-12")]),
        (FEB, [follow_up(FEB, 0, "the energy figures", Fate.DONE, strength=Strength.WEAK)]),
    )
    assert (row.status, row.told_on) == ("unknown", FEB.date)


def test_what_is_told_to_be_open_keeps_the_day_and_the_due_date_of_the_promise() -> None:
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures", due="2026-01-12")]),
        (MAR, [follow_up(MAR, 0, "the energy figures", Fate.OPEN)]),
    )
    assert (row.status, row.date, row.due_date, row.first) == ("open", JAN.date, dt.date(2026, 1, 12), None)


def test_a_promise_said_again_in_like_words_counts_once_as_last_said() -> None:
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "Send the energy figures", due="2026-01-12")]),
        (FEB, [promise(FEB, 1, TESS, "send Iris the energy figures by Friday", due="2026-02-13")]),
        (MAR, [promise(MAR, 3, "Tess", "the energy figures", due="2026-04-01")]),
    )
    assert (row.date, row.first, row.due_date, row.status) == (MAR.date, JAN.date, dt.date(2026, 4, 1), "open")


def test_a_promise_said_again_has_nothing_of_a_meeting_that_others_did_not_attend_but_its_day() -> None:
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures", to=IRIS, due="2026-03-31")]),
        (FEB, [promise(FEB, 1, TESS, "send the energy figures")]),
    )
    assert (row.to, row.due, row.due_date, row.evidence.meeting, row.first) == (None, None, None, FEB.id, JAN.date)


def test_what_is_promised_again_after_it_was_done_is_another_promise() -> None:
    rows, _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the monthly figures")]),
        (FEB, [follow_up(FEB, 0, "the monthly figures", Fate.DONE), promise(FEB, 1, TESS, "send the monthly figures")]),
    )
    assert [(row.date, row.status) for row in rows] == [(JAN.date, "done"), (FEB.date, "open")]
    rows, _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the monthly figures")]),
        (FEB, [follow_up(FEB, 0, "the monthly figures", Fate.DONE), promise(FEB, 1, TESS, "send the monthly figures")]),
        (MAR, [follow_up(MAR, 0, "the monthly figures", Fate.DONE)]),
    )
    assert [row.status for row in rows] == ["done", "done"]


def test_told_and_promised_anew_in_one_breath_is_one_open_promise() -> None:
    [row], _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the energy figures", due="2026-01-12")]),
        (
            FEB,
            [promise(FEB, 0, TESS, "send the energy figures", due="2026-04-01"), follow_up(FEB, 0, "energy figures", Fate.OPEN)],
        ),
    )
    assert (row.status, row.date, row.first) == ("open", FEB.date, JAN.date)


def test_a_promise_that_says_more_or_less_is_no_repetition() -> None:
    rows, _ = shown(
        (JAN, [promise(JAN, 0, TESS, "send the outline")]), (FEB, [promise(FEB, 0, TESS, "send the outline of the offer")])
    )
    assert len(rows) == 2
    rows, _ = shown((JAN, [promise(JAN, n, TESS, what) for n, what in enumerate(("energy figures", "energy figures for Hull"))]))
    assert len(rows) == 2


@pytest.mark.parametrize(
    "again",
    [
        promise(FEB, 0, BO, "send the energy figures"),
        promise(FEB, 0, None, "send the energy figures"),
        promise(FEB, 0, TESS, "send the energy figures", to=BO),
        promise(FEB, 0, TESS, "send the sales figures"),
    ],
)
def test_another_s_promise_or_one_to_another_or_of_another_thing_is_another(again: Finding) -> None:
    rows, _ = shown((JAN, [promise(JAN, 0, TESS, "send the energy figures", to=IRIS)]), (FEB, [again]))
    assert len(rows) == 2


def test_a_vague_follow_up_closes_nothing() -> None:
    [row], caveats = shown((JAN, [promise(JAN, 0, TESS, "send it")]), (FEB, [follow_up(FEB, 0, "send it", Fate.DONE)]))
    assert row.told == ()
    assert len(caveats) == 1


def test_one_meeting_by_itself_says_where_its_follow_ups_are_shown() -> None:
    m, assessment = judged(FEB, findings=[follow_up(FEB, 0, "the energy figures", Fate.DONE)])
    caveats = picture_of_meeting(m, assessment, TODAY).caveats
    assert caveats == ("1 follow-up tells of earlier meetings; the client as a whole shows of what",)
    assert picture_of_meeting(m, assessment, TODAY).unmatched == ()
    [lost] = picture([(m, assessment)], TODAY).unmatched
    assert (lost.about, lost.what, lost.evidence.turn) == ("promise", "the energy figures", 0)


THINGS = ("the energy figures", "the sales figures", "the outline", "the outline of the offer", "the list for Hull", "it")


@st.composite
def relations(draw: st.DrawFn) -> list[Pair]:
    """Up to four meetings in which things are promised and told of."""
    pairs = []
    for n in range(draw(st.integers(1, 4))):
        m = meeting(f"2026-0{n + 1}-05", TALK)
        found = []
        for turn in range(len(TALK)):
            what, who = draw(st.sampled_from(THINGS)), draw(st.sampled_from([TESS, BO, None]))
            if draw(st.booleans()):
                found.append(promise(m, turn, who, f"send {what}"))
            if draw(st.booleans()):
                found.append(follow_up(m, turn, what, draw(st.sampled_from(Fate)), owner=who))
        pairs.append(judged(m, findings=draw(st.permutations(found))))
    return pairs


@given(relations())
def test_nothing_is_closed_without_later_words_and_no_promise_is_lost(pairs: list[Pair]) -> None:
    seen = picture(pairs, TODAY)
    dates = {m.id: m.date for m, _ in pairs}
    promised = {(f.evidence.meeting, f.evidence.turn) for _, a in pairs for f in a.findings if f.claim.commitment}
    told = [f for _, a in pairs for f in a.findings if f.claim.follow_up]
    assert {(row.evidence.meeting, row.evidence.turn) for row in seen.commitments} <= promised
    assert {f.claim.commitment.what for _, a in pairs for f in a.findings if f.claim.commitment} == {
        row.what for row in seen.commitments
    }
    for row in seen.commitments:
        assert (row.status in ("done", "dropped")) <= bool(row.told)
        assert all((dates[e.meeting], e.turn) > (row.date, row.evidence.turn) for e in row.told)
        assert (row.told_on is None) == (not row.told)
        assert row.first is None or row.first < row.date
    unmatched = sum(int(caveat.split()[0]) for caveat in seen.caveats if "could not be matched" in caveat)
    assert sum(len(row.told) for row in seen.commitments) + unmatched <= len(told)


@given(relations())
def test_the_order_in_which_meetings_are_given_changes_nothing(pairs: list[Pair]) -> None:
    assert picture(pairs, TODAY).commitments == picture(list(reversed(pairs)), TODAY).commitments
