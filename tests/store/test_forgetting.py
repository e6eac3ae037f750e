"""Forgetting as far as the record goes: what goes, what stays, and that no byte of it is left in the file or its log."""

import datetime as dt
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.model.forgetting import CLIENT, MEETING, KeptPath
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.model.person import NoteKind
from analyzer.store import NewMeeting, Store
from analyzer.store.forgetting import hidden_paths, telling
from tests.store.conftest import NOW

Make = Callable[..., NewMeeting]


def erased(store: Store, kind: str, ref_id: str, known: tuple[str, ...] = (), removed: tuple[str, ...] = ()) -> dict[str, int]:
    """Forget it, and give back what the receipt counts."""
    begun = store.forgetting.begin(kind, ref_id, {})
    done = store.forgetting.erase(begun, known, removed)
    store.forgetting.end(begun.number)
    return store.forgetting.receipt(done.body["receipt"]).counts


def said_by(new: NewMeeting, name: str, text: str) -> NewMeeting:
    speaker = Speaker(name=name, side=Side.THEIRS)
    return replace(new, speakers=(speaker,), utterances=(Utterance(speaker=name, text=text),))


def test_long_words_are_gone_from_the_file_and_its_log(path: Path, new: Make) -> None:
    """Words that fill pages, overflow pages and pages that are taken apart, of meetings that come and go in turn."""
    with Store.open(path) as store:
        gone, stays = store.add_client("Zqgonecorp"), store.add_client("Northgate")
        for n in range(10):
            store.add_meeting(new(gone.id, text=f"zqgoneword{n} and more " * (1 + 120 * n)))
            store.add_meeting(new(stays.id, text="what stays stays " * (1 + 51 * n)))
        erased(store, CLIENT, gone.id)
        assert store.forgetting.scrub(1.0)
        for file in path.parent.iterdir():
            content = file.read_bytes().lower()
            assert not [
                word for word in (b"zqgone", "zqgone".encode("utf-16-le"), "zqgone".encode("utf-16-be")) if word in content
            ]
        assert path.with_name(f"{path.name}-wal").stat().st_size == 0
        assert len(store.meetings()) == 10
        assert store.damage() == ()


def test_a_reader_elsewhere_keeps_the_log_and_that_is_told(path: Path, store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    store.add_meeting(new(client.id))
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM turns").fetchall()
        erased(store, CLIENT, client.id)
        assert not store.forgetting.scrub(0.05)
        reader.execute("ROLLBACK")
        reader.execute("BEGIN IMMEDIATE")
        assert not store.forgetting.scrub(0.05)
        reader.execute("ROLLBACK")
    assert store.forgetting.scrub(0.05)


def test_it_is_erased_once_however_often_it_is_asked(store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    store.add_meeting(new(client.id))
    begun = store.forgetting.begin(CLIENT, client.id, {"passages": 4, "drafts": 0})
    assert store.forgetting.pending() == (begun,)
    assert "Northgate" not in str(begun.body)
    first = store.forgetting.erase(begun, (), ())
    assert store.forgetting.erase(begun, (), ()).body == store.forgetting.pending()[0].body
    (receipt,) = store.forgetting.receipts()
    assert first.body["receipt"] == receipt.id
    assert (receipt.at, receipt.kind) == (NOW, "client")
    assert receipt.counts == {"clients": 1, "meetings": 1, "turns": 2, "originals": 1, "passages": 4}
    store.forgetting.end(begun.number)
    assert store.forgetting.pending() == ()
    assert store.forgetting.erase(begun, (), ()).body == {}


def test_a_client_goes_with_those_that_were_merged_into_it(store: Store, new: Make) -> None:
    one, two, three = (store.add_client(name) for name in ("One", "Two", "Three"))
    for client in (one, two, three):
        store.add_meeting(new(client.id))
    store.filing.merge(one.id, two.id)
    store.filing.merge(two.id, three.id)
    store.filing.rename(three.id, "Third")
    going, counts = store.forgetting.going(CLIENT, three.id)
    assert set(going.names) == {"One", "Two", "Three", "Third"}
    assert set(going.clients) == {one.id, two.id, three.id}
    assert counts["clients"] == counts["meetings"] == 3
    erased(store, CLIENT, three.id)
    assert store.clients() == ()
    assert store.meetings() == ()
    assert store.client_names() == ()


def test_stand_ins_stay_where_what_they_stand_for_is_still_said(store: Store, new: Make) -> None:
    client, other = store.add_client("Northgate"), store.add_client("Meridian")
    gone = store.add_meeting(said_by(new(client.id), "Zoë Quist", "Write to zoe@quist.example, or ask Anna of Quist."))
    store.add_meeting(said_by(new(client.id), "Marek", "Anna told me so, at marek@northgate.example."))
    kept = {"Zoë Quist": "Kim", "Quist": "Lee", "zoe@quist.example": "mail-1", "Anna": "Robin", "Marek": "Ash", "Dana": "Sam"}
    store.keep_stand_ins(client.id, kept | {"Northgate": "Westfield", "marek@northgate.example": "mail-2"})
    store.keep_stand_ins(other.id, {"Zoë Quist": "Finn", "anybody@meridian.example": "mail-3", "Northgate": "Hill"})
    _, planned = store.forgetting.going(MEETING, gone.id, ("Dana",))
    assert erased(store, MEETING, gone.id, ("Dana",))["stand_ins"] == planned["stand_ins"] == 4
    assert store.stand_ins(client.id).keys() == {"Anna", "Marek", "Dana", "Northgate", "marek@northgate.example"}
    assert store.stand_ins(other.id).keys() == {"anybody@meridian.example", "Northgate"}
    erased(store, CLIENT, client.id)
    assert store.stand_ins(other.id).keys() == {"anybody@meridian.example"}


def test_stand_ins_go_from_wherever_the_meeting_was_filed_once(store: Store, new: Make) -> None:
    """Moved and moved back, or of a client that was merged into another: an address in its words goes with it."""
    client, once, merged = (store.add_client(name) for name in ("Northgate", "Meridian", "Alder"))
    gone = store.add_meeting(said_by(new(client.id), "Zoë Quist", "Ring 0171 4711 0815, or zoe@quist.example; not 0800 1234."))
    store.add_meeting(said_by(new(once.id), "Marek", "Our own number is 0800 1234."))
    for of in (client, once, merged):
        kept = {"0171 4711 0815": "number-1", "zoe@quist.example": "mail-1", "0800 1234": "number-2", "0700 9": "number-3"}
        store.keep_stand_ins(of.id, kept)
    store.filing.move(gone.id, once.id)
    store.filing.undo()
    store.filing.merge(merged.id, client.id)
    _, planned = store.forgetting.going(MEETING, gone.id)
    assert erased(store, MEETING, gone.id)["stand_ins"] == planned["stand_ins"]
    assert store.stand_ins(client.id) == {}
    assert store.stand_ins(once.id).keys() == {"0800 1234", "0700 9"}  # one is said there, the other was never said in it
    assert store.stand_ins(merged.id).keys() == {"0700 9"}


def test_receipts_of_before_lose_the_name_too(store: Store, new: Make) -> None:
    client, other = store.add_client("Zqgone Freight"), store.add_client("Northgate")
    one = store.add_meeting(new(client.id))
    store.add_meeting(new(client.id, text="another"))
    third = store.add_meeting(new(other.id, text="of another"))
    store.keep_export("brief", "/x/Zqgone/brief.md", [one.id], client.id)
    store.keep_export("brief", "/x/northgate/zqgone or not.md", [third.id], other.id)
    erased(store, MEETING, one.id)
    erased(store, MEETING, third.id)
    assert "zqgone" in str([receipt.documents for receipt in store.forgetting.receipts()]).lower()  # it was still a client
    erased(store, CLIENT, client.id)
    kept = {one for receipt in store.forgetting.receipts() for one in receipt.documents}
    assert kept == {KeptPath(path="", files=1, whole=False), KeptPath(path="/x/northgate", files=1, whole=False)}


def test_the_last_meeting_leaves_the_client_and_its_notes(store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    store.person.keep_note(client.id, NOW.date(), NoteKind.EVENT, "They rang.")
    erased(store, MEETING, store.add_meeting(new(client.id)).id)
    assert store.meetings(client.id) == ()
    assert [note.text for note in store.person.notes(client.id)] == ["They rang."]


def test_documents_that_others_have_a_part_in_stay_noted_without_the_name(store: Store, new: Make) -> None:
    gone, stays = store.add_client("Zqgone AG"), store.add_client("Northgate")
    one, other = store.add_meeting(new(gone.id)), store.add_meeting(new(stays.id))
    store.keep_export("backup", "/safe/Zqgone/all.zip", [one.id, other.id])
    store.keep_export("backup", "/safe/all.zip", [one.id, other.id])
    store.keep_export("brief", "/home/me/brief.md", [one.id], gone.id)
    store.keep_export("brief", "/home/me/before a talk.md", [], gone.id)
    store.keep_export("brief", "/home/me/northgate.md", [other.id], stays.id)
    erased(store, CLIENT, gone.id)
    assert [one.path for one in store.exports([other.id])] == ["", "/safe/all.zip", "/home/me/northgate.md"]
    assert store.forgetting.receipts()[0].documents == (
        KeptPath(path="/home/me/before a talk.md", files=1, whole=True),
        KeptPath(path="/home/me/brief.md", files=1, whole=True),
        KeptPath(path="/safe/all.zip", files=1, whole=True),
        KeptPath(path="", files=1, whole=False),
    )
    assert store.damage() == ()


def test_a_change_of_filing_can_be_taken_back_if_nothing_of_it_is_gone(store: Store, new: Make) -> None:
    gone, stays = store.add_client("Zqgone"), store.add_client("Northgate")
    moved, kept = store.add_meeting(new(gone.id)), store.add_meeting(new(stays.id))
    lost = store.add_meeting(new(stays.id, dt.date(2025, 10, 1)))
    store.filing.amend(moved.id, title="Kick-off")  # its slug of then has the name of the client that goes
    store.filing.move(moved.id, stays.id)
    store.filing.rename(stays.id, "Northgate Rail")
    erased(store, CLIENT, gone.id)
    erased(store, MEETING, lost.id)
    assert store.filing.undo().told == "Northgate Rail is Northgate again"
    assert {head.id for head in store.meetings(stays.id)} == {moved.id, kept.id}
    assert store.head(kept.id).slug == "northgate-2025-09-17"
    with pytest.raises(Exception, match="nothing was moved"):
        store.filing.undo()


@pytest.mark.parametrize(
    ("names", "path", "kept"),
    [
        (["Northgate Rail Ltd"], "/home/me/briefs/may.md", KeptPath(path="/home/me/briefs/may.md", files=1, whole=True)),
        (["Northgate Rail Ltd"], "/home/me/briefs/NORTHGATE.md", KeptPath(path="/home/me/briefs", files=1, whole=False)),
        (["Northgate Rail Ltd"], "/home/northgaters/may.md", KeptPath(path="", files=1, whole=False)),
        (["Müller & Söhne"], "/x/mueller.md", KeptPath(path="/x", files=1, whole=False)),
        (["Müller & Söhne"], "/x/Mu\u0308ller.md", KeptPath(path="/x", files=1, whole=False)),
        (["Dr. Li"], "/x/public li.md", KeptPath(path="/x", files=1, whole=False)),
        (["Li"], "/x/public.md", KeptPath(path="/x/public.md", files=1, whole=True)),
        (["The Group"], "/x/group.md", KeptPath(path="/x", files=1, whole=False)),
        (["李明"], "/x/李明.md", KeptPath(path="/x", files=1, whole=False)),
    ],
)
def test_a_receipt_names_a_document_so_that_no_name_is_in_it(names: list[str], path: str, kept: KeptPath) -> None:
    assert hidden_paths([path], telling(names)) == (kept,)


def test_several_files_of_one_folder_are_counted() -> None:
    paths = ["/x/acme 1.md", "/x/acme 2.md", "/acme/1.md", "/acme/2.md", "/acme/2.md", "/x/other.md"]
    assert hidden_paths(paths, telling(["Acme"])) == (
        KeptPath(path="/x/other.md", files=1, whole=True),
        KeptPath(path="", files=2, whole=False),
        KeptPath(path="/x", files=2, whole=False),
    )
