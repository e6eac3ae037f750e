"""Agendas: kept with what they draw on, numbered for each client, edited, and forgotten with their client or a meeting."""

import datetime as dt
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from analyzer.errors import NotFound, StoreError
from analyzer.model.agenda import Agenda, AgendaItem, AgendaKind, ClientWords, OpenPromise
from analyzer.store import NewMeeting, Store
from tests.store.conftest import NOW
from tests.store.test_store import counts

Make = Callable[..., NewMeeting]
DAY = dt.date(2026, 3, 9)


def agenda(title: str = "Arriving", minutes: int = 60) -> Agenda:
    words = ClientWords(text="The upper floor stands empty.", speaker="Marek", date=DAY)
    owed = OpenPromise(who="Dana", what="send the outline", to=None, due="Friday", due_date=DAY)
    item = AgendaItem(
        title=title,
        minutes=minutes,
        purpose="to arrive",
        lead="both",
        questions=("How are you?",),
        words=(words,),
        promises=(owed,),
    )
    return Agenda(
        kind=AgendaKind.WORKING,
        client="Northgate",
        practice="Hale",
        people=("Marek",),
        date=DAY,
        minutes=minutes,
        intention="to talk",
        items=(item,),
        next_talk=DAY + dt.timedelta(days=91),
    )


def keep(store: Store, client_id: str, title: str = "Arriving", meeting_ids: tuple[str, ...] = ()) -> int:
    return store.agendas.keep(client_id, agenda(title), meeting_ids=meeting_ids).number


def titles(store: Store, client_id: str) -> dict[int, str]:
    return {kept.number: kept.agenda.items[0].title for kept in store.agendas.of(client_id)}


def test_an_agenda_comes_back_as_it_was_kept(store: Store) -> None:
    client = store.add_client("Northgate")
    kept = store.agendas.keep(client.id, agenda(), meeting_ids=(), text="# edited")
    assert (kept,) == store.agendas.of(client.id)
    assert kept == store.agendas.get(client.id, 1)
    assert (kept.client, kept.made_at, kept.date, kept.kind) == (client.id, NOW, DAY, AgendaKind.WORKING)
    assert (kept.minutes, kept.people, kept.agenda, kept.text) == (60, ("Marek",), agenda(), "# edited")


def test_numbers_count_for_each_client_and_the_edited_text_is_replaced(store: Store) -> None:
    one, other = store.add_client("One"), store.add_client("Other")
    assert [keep(store, one.id), keep(store, one.id, "Second"), keep(store, other.id)] == [1, 2, 1]
    assert store.agendas.set_text(one.id, 2, "# mine").text == "# mine"
    assert store.agendas.set_text(one.id, 2, "# again").text == "# again"
    assert store.agendas.set_text(one.id, 2, None).text is None
    assert store.agendas.get(one.id, 1).text is store.agendas.get(other.id, 1).text is None
    assert [store.agendas.remove(one.id, 2) for _ in range(2)] == [True, False]
    assert (titles(store, one.id), titles(store, other.id)) == ({1: "Arriving"}, {1: "Arriving"})
    with pytest.raises(NotFound, match="no agenda 2"):
        store.agendas.get(one.id, 2)
    with pytest.raises(NotFound, match="no agenda 2"):
        store.agendas.set_text(one.id, 2, "x")


def test_those_of_a_merged_client_stand_behind_the_others_and_go_back_with_the_undo(store: Store) -> None:
    old, into, last = (store.add_client(name) for name in ("Old", "New", "Newest"))
    for client in (old, into, last):
        for title in ("a", "b"):
            keep(store, client.id, f"{client.name} {title}")
    store.filing.merge(old.id, into.id)
    assert titles(store, into.id) == {1: "New a", 2: "New b", 3: "Old a", 4: "Old b"}
    store.filing.merge(into.id, last.id)
    assert sorted(titles(store, last.id)) == [1, 2, 3, 4, 5, 6]
    assert keep(store, last.id, "latest") == 7
    store.filing.undo()
    store.filing.undo()
    assert [list(titles(store, client.id).values()) for client in (old, into)] == [["Old a", "Old b"], ["New a", "New b"]]
    assert list(titles(store, last.id).values()) == ["Newest a", "Newest b", "latest"]
    assert len(set(titles(store, old.id))) == 2


def test_it_is_forgotten_with_the_first_meeting_whose_words_it_holds(store: Store, path: Path, new: Make) -> None:
    client = store.add_client("Northgate")
    first, second = (store.add_meeting(new(client.id)) for _ in range(2))
    keep(store, client.id, "both", (first.id, second.id))
    keep(store, client.id, "second", (second.id,))
    keep(store, client.id, "none")
    delete(path, "meetings", first.id)
    assert list(titles(store, client.id).values()) == ["second", "none"]
    delete(path, "clients", client.id)
    assert {name for name, rows in counts(path).items() if rows} == {"migrations", "used_ids"}


def delete(path: Path, table: str, its_id: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"DELETE FROM {table} WHERE id = ?", (its_id,))  # noqa: S608 - our own tables


def test_what_it_hangs_on_must_be_on_record(store: Store) -> None:
    client = store.add_client("Northgate")
    for client_id, meetings in (("c_nobody", ()), (client.id, ("m_nobody",))):
        with pytest.raises(StoreError, match="no longer on record"):
            keep(store, client_id, "x", meetings)
    assert store.agendas.of(client.id) == ()


def test_one_that_cannot_be_read_is_passed_over_and_told(store: Store, path: Path) -> None:
    client = store.add_client("Northgate")
    keep(store, client.id, "lost")
    keep(store, client.id, "kept")
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE agendas SET body = ? WHERE number = 1", (json.dumps({"items": 3}),))
    assert titles(store, client.id) == {2: "kept"}
    assert store.damage() == ("agenda 1 of northgate is damaged, or of another version",)
