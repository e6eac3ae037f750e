"""What was forgotten stays so: when an older record comes back, when another process is at it, in an agenda that was edited."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer import tombstones
from analyzer.model.agenda import Agenda, AgendaKind
from analyzer.model.meetings import Meeting, Side, Speaker, Utterance
from analyzer.model.person import NoteKind
from analyzer.settings import load
from analyzer.store import NewMeeting
from analyzer.usecases import forget, forget_plan
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.documents import Outgoing, keep_agenda
from analyzer.usecases.forget_again import forget_again
from analyzer.usecases.incoming import gather
from analyzer.usecases.leaks import PrivateWords
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from tests.marked import found

DAY = dt.date(2026, 2, 3)


def opened(home: Path) -> Workspace:
    return Workspace(load(environ={"ANALYZER_HOME": str(home)}))


@pytest.fixture
def ws(home: Path) -> Iterator[Workspace]:
    home.mkdir(mode=0o700)
    with opened(home) as workspace:
        yield workspace


def add(ws: Workspace, client: str, day: int, text: str) -> Meeting:
    return ws.store.add_meeting(
        NewMeeting(
            client_id=None,
            new_client=client,
            date=dt.date(2026, 2, day),
            title="Talk",
            format="text",
            file_name="talk.txt",
            original=f"{client} {day} {text}".encode(),
            speakers=(Speaker(name="Malik Osei", side=Side.THEIRS),),
            utterances=(Utterance(speaker="Malik Osei", text=text),),
        )
    )


def test_a_client_that_the_backup_has_as_a_part_of_another_goes_from_it(ws: Workspace, home: Path) -> None:
    gone, stays = add(ws, "Zqgone Freight", 1, "zqword"), add(ws, "Birch", 2, "Hello.")
    ws.store.person.keep_note(str(gone.client_id), DAY, NoteKind.EVENT, "zqnote")
    ws.store.filing.merge(str(gone.client_id), str(stays.client_id))
    path = home.parent / "forgotten.json"  # after the backup it was a client of its own again
    tombstones.bury(path, {tombstones.CLIENT: [str(gone.client_id)], tombstones.MEETING: [gone.id]})
    assert forget_again(ws, tombstones.load(path)) == {"clients": 1, "meetings": 1}
    assert ws.store.client_names() == ("Birch",)
    assert [head.id for head in ws.store.meetings()] == [stays.id]
    assert found(home, {"name": "zqgone", "word": "zqword", "note": "zqnote"}) == {}


def test_an_agenda_that_a_person_worded_goes_with_whatever_it_was_made_from(ws: Workspace) -> None:
    """Also where nothing of that meeting is proposed any more by the time it is worded again."""
    one = add(ws, "Birch", 1, "The zqword list.")
    client = ws.store.client(str(one.client_id))
    plan = Agenda(
        kind=AgendaKind.WORKING,
        client="Birch",
        practice="",
        people=("Malik Osei",),
        date=ws.today,
        minutes=60,
        intention="",
        items=(),
        next_talk=ws.today,
    )
    ws.store.agendas.keep(client.id, plan, meeting_ids=[one.id], text="The zqword list first")
    worded = Agenda(**{name: getattr(plan, name) for name in plan.__slots__} | {"edited": "The zqword list, then lunch"})
    keep_agenda(ws, Outgoing(client=client, document=worded, private=PrivateWords(), allowed=(), drawn_on=()))
    assert [kept.text for kept in ws.store.agendas.of(client.id)] == ["The zqword list, then lunch"]
    forget.forget(ws, forget_plan.plan(ws, one.slug))
    assert ws.store.agendas.of(client.id) == ()


def test_what_is_forgotten_while_it_is_uploaded_is_told_by_its_name(home: Path, tmp_path: Path) -> None:
    home.mkdir(mode=0o700)
    file = tmp_path / "talk.txt"
    file.write_text("Ann: We zqword met.\nBob: So we did, and it was good.\n" * 4, encoding="utf-8")

    def meanwhile(step: str) -> None:
        if step == "recorded":
            with opened(home) as other:
                forget.forget(other, forget_plan.plan(other, "birch-2026-02-03"))

    with Workspace(load(environ={"ANALYZER_HOME": str(home)}), step=meanwhile) as ws:
        (row,) = upload(ws, gather([file]), UploadOptions(said=Said(client="Birch", date=DAY), read=False)).meetings
        assert row.status == "refused"
        assert row.error is not None
        assert "forgot it" in row.error.message
    assert found(home, {"word": "zqword"}) == {}
