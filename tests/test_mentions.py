"""Where a client or a person is named in what stays: listed for a person to decide, each with its place and what changes it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from analyzer.model.forgetting import Mention
from analyzer.model.meetings import Client, Meeting, Side, Speaker, Utterance
from analyzer.model.person import Choice, NoteKind
from analyzer.settings import load
from analyzer.store import NewMeeting
from analyzer.usecases import mentions
from analyzer.workspace import Workspace

US = "Priya Raman"
DAY = dt.date(2026, 2, 3)


@pytest.fixture
def ws(home: Path) -> Iterator[Workspace]:
    home.mkdir(mode=0o700)
    (home / "practice.toml").write_text(
        f'name = "Raman Studio"\n[[people]]\nname = "{US}"\n[[wants]]\ntext = "Less haste"\nnot_with = ["Mühlbach"]\n',
        encoding="utf-8",
    )
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as workspace:
        yield workspace


def add(ws: Workspace, client: str | None, day: int, said: Sequence[tuple[str, str]], title: str = "Talk") -> Meeting:
    names = dict.fromkeys(name for name, _ in said)
    return ws.store.add_meeting(
        NewMeeting(
            client_id=None,
            new_client=client,
            date=dt.date(2026, 2, day),
            title=title,
            format="text",
            file_name="talk.txt",
            original=f"{client} {day} {said}".encode(),
            speakers=tuple(Speaker(name=name, side=Side.OURS if name == US else Side.THEIRS) for name in names),
            utterances=tuple(Utterance(speaker=name, text=text) for name, text in said),
        )
    )


def client_of(ws: Workspace, meeting: Meeting) -> Client:
    return ws.store.client(str(meeting.client_id))


def places(found: Sequence[Mention]) -> list[tuple[str, str, int | None]]:
    return [(one.kind, Path(one.where).name, one.at) for one in found]


def test_a_client_and_its_people_are_found_at_others_in_every_spelling(ws: Workspace) -> None:
    mine = add(ws, "Mühlbach Werke GmbH", 1, ((US, "Mühlbach?"), ("Uwe Grün", "Mühlbach, yes.")))
    said = (
        (US, "You know Muehlbach?"),
        ("Malik Osei", "Their mill brook, no."),
        ("Malik Osei", "MÜHLBACH WERKE, and Uwe Gruen there."),
        ("Malik Osei", "Uwe is my brother."),  # whoever that is
    )
    add(ws, "Birch", 4, said, title="After Muhlbach")
    add(ws, None, 5, ((US, "And Grün, Uwe came along."),))
    found = mentions.of_client(ws, client_of(ws, mine))
    assert places(found) == [
        ("title", "birch-2026-02-04", None),
        ("turn", "birch-2026-02-04", 0),
        ("turn", "birch-2026-02-04", 2),
        ("turn", "unfiled-2026-02-05", 0),
        ("practice", "practice.toml", 6),
    ]
    assert found[2].text == "MÜHLBACH WERKE, and Uwe Gruen there."
    assert found[2].command == "analyzer show birch-2026-02-04 --turn 2; analyzer forget birch-2026-02-04"
    assert found[-1].command == "analyzer practice edit"


def test_former_and_merged_names_are_looked_for(ws: Workspace) -> None:
    mine = add(ws, "Kestrel Freight", 1, ((US, "Hello."),))
    other = add(ws, "Oskelund", 2, ((US, "Hello."),))
    add(ws, "Birch", 4, ((US, "Was that Kestrel, or Vintner Lines, or Oskelund?"), (US, "Or Kestrel."), (US, "Oskelund then.")))
    client = client_of(ws, mine)
    ws.store.filing.rename(client.id, "Vintner Lines")
    ws.store.filing.merge(client_of(ws, other).id, client.id)
    found = mentions.of_client(ws, ws.store.client(client.id))
    assert [(one.kind, one.at) for one in found] == [("turn", 0), ("turn", 1), ("turn", 2)]


def test_what_a_person_wrote_and_other_files_are_looked_through(ws: Workspace, home: Path) -> None:
    mine = add(ws, "Kestrel Freight", 1, ((US, "Hello."),))
    other = client_of(ws, add(ws, "Birch", 4, ((US, "Hello."),)))
    ws.store.person.keep_note(client_of(ws, mine).id, DAY, NoteKind.EVENT, "Kestrel itself: goes with it.")
    number = ws.store.person.keep_note(other.id, DAY, NoteKind.EVENT, "They heard it from Kestrel.").number
    ws.store.person.keep_decision(other.id, Choice.TAKE, "Unlike Kestrel Freight.", DAY)
    prompts = home / "prompts" / "read"
    prompts.mkdir(parents=True)
    (prompts / "system.md").write_text("Read.\nAs for Kestrel.\n", encoding="utf-8")
    (home / "jotted.txt").write_text("kestrel freight\n", encoding="utf-16")
    (home / "photo.png").write_bytes(b"\x89PNG\x00\xff Kestrel")
    (home / "link.txt").symlink_to(home / "jotted.txt")
    found = mentions.of_client(ws, client_of(ws, mine))
    assert {(one.kind, Path(one.where).name, one.at, one.command) for one in found} == {
        ("note", "birch", number, f"analyzer note birch --remove {number}"),
        ("decision", "birch", 1, "analyzer decide birch --clear"),
        ("prompt", "system.md", 2, "analyzer prompts edit read --file system"),
        ("file", "jotted.txt", 1, f"rm '{home / 'jotted.txt'}'"),
    }
    (skipped,) = [notice.message for notice in ws.notices if notice.code == "not_looked_through"]
    assert skipped.endswith(str(home / "photo.png"))


def test_of_a_meeting_its_words_and_who_was_there_alone_are_found_in_what_a_person_wrote(ws: Workspace, home: Path) -> None:
    said = ((US, "Hello."), ("Edda Quist", "We will never sign that page before May."), ("Malik Osei", "Nor will I."))
    mine = add(ws, "Birch", 4, said)
    add(ws, "Birch", 5, ((US, "Hello again."), ("Malik Osei", "Edda Quist is well.")))
    keep = ws.store.person.keep_note
    client = client_of(ws, mine).id
    numbers = [
        keep(client, DAY, NoteKind.EVENT, text).number
        for text in ("“We will never sign that page”, she said.", "Ask Edda Quist.", "Ask Malik Osei.", "We will sign it.")
    ]
    (home / "jotted.txt").write_text("Edda Quist\n", encoding="utf-8")
    found = mentions.of_meeting(ws, ws.store.head(mine.id))
    assert places(found) == [
        ("note", "birch", numbers[0]),
        ("note", "birch", numbers[1]),
        ("file", "jotted.txt", 1),
    ]


def test_a_client_with_an_ordinary_name_is_not_found_in_ordinary_words(ws: Workspace) -> None:
    mine = add(ws, "Target", 1, ((US, "Hello."),))
    add(ws, "Birch", 4, ((US, "We hit the target this year."), ("Malik Osei", "What did they say at Target about that?")))
    assert [one.at for one in mentions.of_client(ws, client_of(ws, mine))] == [1]


def test_a_person_is_found_by_each_part_of_the_name(ws: Workspace) -> None:
    add(ws, "Birch", 4, ((US, "Did Uwe call?"), ("Grün", "Who, me?"), (US, "It is all green and grün."), (US, "uwe gruen did.")))
    found = mentions.of_person(ws, "Uwe Grün")
    assert [(one.kind, one.at) for one in found] == [("speaker", None), ("turn", 0), ("turn", 3)]
