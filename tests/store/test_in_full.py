"""Many meetings with their turns at once, and heads that are read again only when something changed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.errors import NotFound
from analyzer.model.edits import Edit, EditKind
from analyzer.model.meetings import Side
from analyzer.store import NewMeeting, Store
from tests.store.conftest import OURS, THEIRS


def test_each_meeting_is_the_same_as_by_itself_in_the_order_asked_for(store: Store, new: Callable[..., NewMeeting]) -> None:
    client = store.add_client("Aster").id
    for day in (2, 9, 16):
        store.add_meeting(new(client, dt.date(2026, 3, day), f"It is the {day}th."))
    first, second, third = store.meetings(client)
    assert store.in_full([third, first]) == (store.meeting(third.id), store.meeting(first.id))
    assert store.in_full([]) == ()
    assert [turn.text for turn in store.in_full([second])[0].turns] == ["How is it going?", "It is the 9th."]


def test_a_meeting_stands_as_the_head_that_was_given_tells_it(store: Store, new: Callable[..., NewMeeting]) -> None:
    meeting = store.add_meeting(new(store.add_client("Aster").id))
    before = store.head(meeting.id)
    moved = (OURS, replace(THEIRS, side=Side.OTHER))
    edit = Edit(kind=EditKind.SIDES, names=("Marek",), sides={"Marek": Side.OTHER})
    store.revise(meeting.id, moved, meeting.turns[:1], [edit], after=1)
    assert store.in_full([before]) == (meeting,)
    (after,) = store.in_full([store.head(meeting.id)])
    assert (after.revision, len(after.turns), after.speakers) == (2, 1, moved)


def test_a_meeting_that_is_gone_is_said_to_be(store: Store, new: Callable[..., NewMeeting]) -> None:
    head = store.head(store.add_meeting(new(store.add_client("Aster").id)).id)
    with pytest.raises(NotFound):
        store.in_full([replace(head, id="m_gone")])


def test_the_meetings_of_a_client_are_those_of_now_whoever_adds_one(
    store: Store, path: Path, new: Callable[..., NewMeeting]
) -> None:
    client = store.add_client("Aster").id
    assert store.meetings(client) == ()
    own = store.add_meeting(new(client, dt.date(2026, 3, 2)))
    assert [head.id for head in store.meetings(client)] == [own.id]
    with Store.open(path) as another:
        others = another.add_meeting(new(client, dt.date(2026, 3, 9)))
    assert [head.id for head in store.meetings(client)] == [own.id, others.id]
