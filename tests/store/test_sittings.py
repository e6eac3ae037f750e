"""What a search needs to know of a client's meetings."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.model.edits import Edit, EditKind
from analyzer.model.meetings import Side
from analyzer.store import NewMeeting, Store
from tests.store.conftest import OURS, THEIRS


def test_sittings_are_the_clients_own_oldest_first_in_their_present_revision(
    store: Store, new: Callable[..., NewMeeting]
) -> None:
    client, other = store.add_client("Aster").id, store.add_client("Birch").id
    late, early = (store.add_meeting(new(client, dt.date(2026, 3, day))) for day in (9, 2))
    store.add_meeting(new(other))
    moved = (OURS, replace(THEIRS, side=Side.OTHER))
    edit = Edit(kind=EditKind.SIDES, names=("Marek",), sides={"Marek": Side.OTHER})
    store.revise(late.id, moved, late.turns, [edit], after=1)
    store.mark_indexed(early.id, early.revision, client)
    found = store.sittings(client)
    assert [one.id for one in found] == [early.id, late.id]
    assert [(one.slug, one.date) for one in found] == [(head.slug, head.date) for head in store.meetings(client)]
    assert [[(s.name, s.side) for s in one.speakers] for one in found] == [
        [("Dana", Side.OURS), ("Marek", Side.THEIRS)],
        [("Dana", Side.OURS), ("Marek", Side.OTHER)],
    ]
    assert [one.index_pending for one in found] == [False, True]


@pytest.mark.parametrize("by_another", [True, False], ids=["another connection", "the same"])
def test_every_change_of_the_record_is_in_the_next_sittings(
    store: Store, path: Path, new: Callable[..., NewMeeting], by_another: bool
) -> None:
    client, other = store.add_client("Aster").id, store.add_client("Birch").id
    first = store.add_meeting(new(client))
    assert [one.index_pending for one in store.sittings(client)] == [True]
    assert store.sittings(other) == ()
    with Store.open(path) as another:
        writer = another if by_another else store
        writer.mark_indexed(first.id, first.revision, client)
        assert [one.index_pending for one in store.sittings(client)] == [False]
        second = writer.add_meeting(new(client, dt.date(2026, 3, 9)))
        assert [one.id for one in store.sittings(client)] == [first.id, second.id]
        writer.filing.move(first.id, other)
        assert [one.id for one in store.sittings(client)] == [second.id]
        assert [one.id for one in store.sittings(other)] == [first.id]
        writer.filing.amend(second.id, date=dt.date(2026, 3, 12))
        assert [one.date for one in store.sittings(client)] == [dt.date(2026, 3, 12)]
