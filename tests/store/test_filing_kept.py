"""What is filed where: moved, renamed, merged, amended, and taken back in the order in which it was done."""

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.errors import NotFound, StoreError, UsageError
from analyzer.store import MeetingHead, NewMeeting, Store

Make = Callable[..., NewMeeting]


def filed(store: Store) -> dict[str, tuple[str, str, dt.date, str]]:
    """Everything a change of filing may touch, by meeting id."""
    return {h.id: (h.slug, h.client_name, h.date, h.title) for h in store.meetings()}


def by_name(store: Store) -> set[str]:
    return {client.name for client in store.clients()}


def test_a_moved_meeting_takes_a_slug_of_its_new_client_and_waits_for_its_passages(store: Store, new: Make) -> None:
    north, zeta = store.add_client("Northgate"), store.add_client("Zeta")
    there = store.add_meeting(new(zeta.id))
    moved = store.add_meeting(new(north.id))
    store.mark_indexed(moved.id, 1, north.id)
    done = store.filing.move(moved.id, zeta.id)
    assert done.before == {moved.id: north.id}
    head = store.head(moved.id)
    assert (head.slug, head.client_id, head.index_pending) == ("zeta-2025-09-17-2", zeta.id, True)
    assert store.head(there.id).slug == "zeta-2025-09-17"
    assert store.meetings(north.id) == ()


def test_a_meeting_can_be_taken_out_of_every_client(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(store.add_client("Northgate").id))
    store.filing.move(meeting.id, None)
    head = store.head(meeting.id)
    assert (head.slug, head.client_id, head.client_name) == ("unfiled-2025-09-17", None, "")


def test_what_would_change_nothing_is_refused(store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    meeting = store.add_meeting(new(client.id))
    with pytest.raises(UsageError, match="already"):
        store.filing.move(meeting.id, client.id)
    with pytest.raises(UsageError, match="already"):
        store.filing.amend(meeting.id, title=meeting.title)
    with pytest.raises(UsageError, match="itself"):
        store.filing.merge(client.id, client.id)
    with pytest.raises(NotFound):
        store.filing.move(meeting.id, "c_nobody")
    with pytest.raises(NotFound):
        store.filing.undo()


def test_a_merged_client_answers_to_both_names(store: Store, new: Make) -> None:
    old, into = store.add_client("Northgate Rail"), store.add_client("Northgate")
    meeting = store.add_meeting(new(old.id))
    store.filing.merge(old.id, into.id)
    assert by_name(store) == {"Northgate"}
    assert store.head(meeting.id).slug == "northgate-2025-09-17"
    for name in ("northgate rail", "northgate-rail", old.id, "Northgate"):
        called = store.client_called(name)
        assert called is not None
        assert called.id == into.id
    assert store.add_client("Northgate Rail").id == into.id
    again = store.add_meeting(new(None))
    assert again.client_id is None
    with pytest.raises(NotFound):
        store.client(old.id)


def test_a_merge_taken_back_gives_each_client_its_own_meetings(store: Store, new: Make) -> None:
    old, into = store.add_client("Northgate Rail"), store.add_client("Northgate")
    mine, theirs = store.add_meeting(new(old.id)), store.add_meeting(new(into.id))
    before = filed(store)
    store.filing.merge(old.id, into.id)
    assert {h.id for h in store.meetings(into.id)} == {mine.id, theirs.id}
    done = store.filing.undo()
    assert done.before == {mine.id: into.id}
    assert filed(store) == before
    assert by_name(store) == {"Northgate Rail", "Northgate"}


def test_another_date_makes_the_readings_outdated_and_another_title_does_not(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(store.add_client("Northgate").id))
    store.filing.amend(meeting.id, title="Steering group")
    assert (store.head(meeting.id).title, store.head(meeting.id).revision) == ("Steering group", 1)
    store.filing.amend(meeting.id, date=dt.date(2025, 9, 18))
    head = store.head(meeting.id)
    assert (head.slug, head.date, head.revision, head.title) == (
        "northgate-2025-09-18",
        dt.date(2025, 9, 18),
        2,
        "Steering group",
    )
    assert [(t.speaker, t.text, t.start) for t in store.meeting(meeting.id).turns] == [
        (t.speaker, t.text, t.start) for t in meeting.turns
    ]


def test_a_name_that_was_taken_meanwhile_is_not_given_twice(store: Store) -> None:
    client = store.add_client("Northgate")
    store.filing.rename(client.id, "Northgate Rail")
    store.add_client("Northgate")
    assert "keeps its name" in store.filing.undo().told
    assert by_name(store) == {"Northgate", "Northgate Rail"}
    with pytest.raises(NotFound):
        store.filing.undo()


def test_a_slug_that_was_taken_meanwhile_is_left_to_the_newcomer(store: Store, new: Make) -> None:
    north, zeta = store.add_client("Northgate"), store.add_client("Zeta")
    moved = store.add_meeting(new(north.id))
    store.filing.move(moved.id, zeta.id)
    newcomer = store.add_meeting(new(north.id))
    store.filing.undo()
    assert store.head(newcomer.id).slug == "northgate-2025-09-17"
    assert store.head(moved.id).slug == "northgate-2025-09-17-2"


def test_a_move_meanwhile_leaves_the_meeting_waiting_for_its_new_index(store: Store, new: Make) -> None:
    north, zeta = store.add_client("Northgate"), store.add_client("Zeta")
    moved = store.add_meeting(new(north.id))
    store.filing.move(moved.id, zeta.id)
    store.mark_indexed(moved.id, 1, north.id)
    assert store.head(moved.id).index_pending


def test_a_chain_of_merges_leads_to_its_end(store: Store) -> None:
    a, b, c = (store.add_client(name) for name in ("Alpha", "Beta", "Gamma"))
    store.filing.merge(a.id, b.id)
    store.filing.merge(b.id, c.id)
    called = store.client_called("alpha")
    assert called is not None
    assert called.id == c.id


def test_a_meeting_is_made_confidential_and_stays_so_whatever_else_changes(store: Store, new: Make) -> None:
    client, other = store.add_client("Northgate"), store.add_client("Other")
    meeting = store.add_meeting(new(client.id))
    done = store.filing.amend(meeting.id, confidential=True)
    assert done.told == f"{meeting.slug} is now confidential: it stays with those who were there"
    assert (store.head(meeting.id).confidential, store.meeting(meeting.id).confidential, done.outdated) == (True, True, ())
    assert store.head(meeting.id).revision == 1
    with pytest.raises(UsageError, match="like that already"):
        store.filing.amend(meeting.id, confidential=True)
    store.filing.amend(meeting.id, date=dt.date(2025, 9, 18))
    store.filing.move(meeting.id, other.id)
    assert store.head(meeting.id).confidential
    both = store.filing.amend(meeting.id, title="Steering", confidential=False)
    assert "'Steering'; " in both.told
    assert both.told.endswith("is now not confidential")
    assert store.filing.undo().told.endswith("is confidential again: it stays with those who were there")
    assert (store.head(meeting.id).title, store.head(meeting.id).confidential) == ("Weekly", True)
    for _ in range(3):
        store.filing.undo()
    assert not store.head(meeting.id).confidential


def test_a_change_noted_by_an_earlier_version_is_taken_back_without_a_word_on_confidence(
    store: Store, path: Path, new: Make
) -> None:
    meeting = store.add_meeting(new(None))
    store.filing.amend(meeting.id, title="Another")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE filings SET body = json_remove(body, '$.confidential')")
        connection.execute("UPDATE meetings SET confidential = 1")
    store.filing.undo()
    assert (store.head(meeting.id).title, store.head(meeting.id).confidential) == ("Weekly", True)


def test_another_title_leaves_the_slug_alone(store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    first, second = (store.add_meeting(new(client.id)) for _ in range(2))
    store.filing.move(first.id, None)
    store.filing.amend(second.id, title="Another")
    assert store.head(second.id).slug == "northgate-2025-09-17-2"


STEPS = st.lists(
    st.tuples(st.sampled_from(["move", "rename", "merge", "amend"]), st.integers(0, 5), st.integers(0, 5)), max_size=8
)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A record with some meetings."""
    path = tmp_path_factory.mktemp("begun") / "record.sqlite3"
    with Store.open(path) as store:
        _add_meetings(store)
    return path


@settings(deadline=None, max_examples=20)  # a record on disk per example
@given(steps=STEPS)
def test_whatever_was_filed_otherwise_can_be_taken_back_step_by_step(
    tmp_path_factory: pytest.TempPathFactory, begun: Path, steps: list[tuple[str, int, int]]
) -> None:
    with Store.open(Path(shutil.copy(begun, tmp_path_factory.mktemp("home") / "record.sqlite3"))) as store:
        meetings = list(store.meetings())
        states = [(filed(store), by_name(store))]
        for kind, a, b in steps:
            if _done(store, meetings, kind, a, b):
                states.append((filed(store), by_name(store)))
        while len(states) > 1:
            assert (filed(store), by_name(store)) == states.pop()
            store.filing.undo()
        assert (filed(store), by_name(store)) == states[0]


def _add_meetings(store: Store) -> None:
    for n in range(5):
        client = store.add_client(("Northgate", "Meridian", "Zeta")[n % 3])
        at = dt.date(2026, 1, 1 + n // 2)
        store.add_meeting(
            NewMeeting(
                client_id=client.id,
                date=at,
                title=f"Talk {n}",
                format="text",
                file_name="a",
                original=bytes([n]),
                speakers=(),
                utterances=(),
            )
        )


def _done(store: Store, meetings: list[MeetingHead], kind: str, a: int, b: int) -> bool:
    clients, meeting = store.clients(), meetings[a % len(meetings)]
    one, other = clients[a % len(clients)], clients[b % len(clients)]
    try:
        if kind == "move":
            store.filing.move(meeting.id, other.id)
        elif kind == "rename":
            store.filing.rename(one.id, f"Name {b}")
        elif kind == "merge":
            store.filing.merge(one.id, other.id)
        else:
            store.filing.amend(meeting.id, date=dt.date(2026, 1, 1 + b), title=f"Talk {b}")
    except (UsageError, StoreError):
        return False
    return True
