"""What is read with a question: what was found, what stands beside it, and no more than there is room for."""

import datetime as dt
from dataclasses import dataclass, replace

from analyzer.model.meetings import Meeting, Passage, Side, Speaker, Turn
from analyzer.transcripts.passages import cut
from analyzer.usecases.context import surrounded

PLENTY = 100_000


@dataclass(frozen=True)
class Found:
    meeting: Meeting
    passage: Passage
    score: float


def meeting(name: str, day: int, turns: int = 12) -> Meeting:
    """Every turn is a passage of its own."""
    return Meeting(
        id=name,
        slug=name,
        client_id="c_1",
        client_name="Acme",
        date=dt.date(2026, 3, day),
        title="",
        revision=1,
        speakers=(Speaker(name="Ana", side=Side.OURS),),
        turns=tuple(Turn(ordinal=n, speaker="Ana", side=Side.OURS, text=f"{name}{n} " + "word " * 119) for n in range(turns)),
    )


OLD, NEW = meeting("m_old", 1), meeting("m_new", 9)


def found(of: Meeting, at: int, score: float) -> Found:
    return Found(meeting=of, passage=cut(of)[at], score=score)


def read(*some: Found, room: int = PLENTY) -> list[tuple[str, int]]:
    return [(p.meeting_id, p.ordinal) for p in surrounded(some, room).passages]


def test_a_passage_is_read_with_its_neighbours_in_the_order_of_time() -> None:
    assert read(found(OLD, 5, 1.0)) == [("m_old", n) for n in (3, 4, 5, 6, 7)]


def test_a_meeting_ends_where_it_ends() -> None:
    assert read(found(OLD, 0, 1.0)) == [("m_old", n) for n in (0, 1, 2)]
    assert read(found(OLD, 11, 1.0)) == [("m_old", n) for n in (9, 10, 11)]


def test_no_passage_is_read_twice() -> None:
    assert read(found(OLD, 5, 1.0), found(OLD, 6, 0.5), found(OLD, 5, 0.2)) == [("m_old", n) for n in (3, 4, 5, 6, 7, 8)]


def test_the_meeting_of_the_best_passage_comes_first_and_of_equal_ones_the_newer() -> None:
    first = [meeting_id for meeting_id, _ in read(found(NEW, 5, 0.5), found(OLD, 5, 1.0))]
    assert (first[0], first[-1]) == ("m_old", "m_new")
    first = [meeting_id for meeting_id, _ in read(found(OLD, 5, 1.0), found(NEW, 5, 1.0))]
    assert (first[0], first[-1]) == ("m_new", "m_old")


def test_what_was_found_comes_before_neighbours_and_near_ones_before_far_ones() -> None:
    size = len(cut(OLD)[0].text) + 60
    some = (found(OLD, 5, 1.0), found(NEW, 5, 0.5))
    assert read(*some, room=2 * size + 10) == [("m_old", 5), ("m_new", 5)]
    assert read(*some, room=3 * size + 10) == [("m_old", 4), ("m_old", 5), ("m_new", 5)]
    assert read(*some, room=6 * size + 10) == [(m, n) for m in ("m_old", "m_new") for n in (4, 5, 6)]


def test_without_room_what_was_found_is_read_best_first_and_alone() -> None:
    assert read(found(NEW, 5, 0.5), found(OLD, 5, 1.0), room=0) == [("m_old", 5), ("m_new", 5)]
    assert surrounded((), PLENTY).passages == ()


def test_what_does_not_fit_is_counted() -> None:
    size = len(cut(OLD)[0].text) + 60
    context = surrounded((found(OLD, 5, 1.0), found(NEW, 5, 0.5)), size + 10)
    assert ([p.meeting_id for p in context.passages], context.left_out) == (["m_old"], 1)


def test_of_a_turn_that_alone_is_too_long_as_much_is_read_as_fits() -> None:
    monologue = replace(OLD, turns=(replace(OLD.turns[0], text="never " * 5_000),))
    context = surrounded((found(monologue, 0, 1.0),), 1_000)
    (passage,) = context.passages
    assert 800 < len(passage.turns[0].text) <= 1_000
    assert passage.turns[0].text.endswith("never")
    assert context.left_out == 1
