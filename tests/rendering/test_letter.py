"""The confirmation that something was forgotten, as it is sent: how much, and nothing of what it was."""

import datetime as dt
import io
import re

import docx as python_docx
import pytest

from analyzer.model.forgetting import Document, Forgotten, KeptPath, Receipt
from analyzer.model.results import Failure
from analyzer.rendering import letter

AT = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)
TODAY = dt.date(2026, 3, 5)
COUNTS = {"meetings": 3, "turns": 106, "originals": 1, "speakers": 3, "redactions": 11, "readings": 3, "notes": 1, "stand_ins": 2}


def done(kind: str, *, failed: bool = False, documents: tuple[KeptPath, ...] = ()) -> Forgotten:
    left = Document(kind="brief", path="/home/me/Kestrel/brief.md", made_at=AT, there=True)
    return Forgotten(
        receipt=Receipt(id="r_k3f9wd", at=AT, kind=kind, counts=COUNTS, documents=documents),
        name="Kestrel Freight",
        meetings=("kestrel-2026-02-03",),
        documents=(left,),
        failure=Failure(code="forgetting", message="") if failed else None,
    )


def as_text(one: Forgotten, practice: str = "Raman Studio") -> str:
    return letter.letter_md(one, practice=practice, today=TODAY)


@pytest.mark.parametrize("kind", ["client", "meeting", "person"])
def test_it_tells_how_much_and_nothing_of_what_it_was(kind: str) -> None:
    text = as_text(done(kind, documents=(KeptPath(path="/home/me/x.md", files=2, whole=True),)))
    assert "Raman Studio" in text
    assert "5 Mar 2026" in text
    assert "`r_k3f9wd`" in text
    assert "2 documents were written from these records to other places before." in text
    assert not re.search("kestrel|/home|brief.md", text, re.IGNORECASE)


def test_of_a_person_it_tells_what_became_of_the_places() -> None:
    text = as_text(done("person"))
    assert "the words and the name of one person" in text
    for line in (
        "3 meeting transcripts changed",
        "106 spoken contributions whose words were removed",
        "11 places where the name was removed from the words of others",
        "1 original file replaced by the text without that",
        "3 analyses of meetings",
        "1 note changed",
    ):
        assert f"- {line}\n" in text
    assert "nicknames and initials" in text


def test_of_a_client_it_tells_what_went() -> None:
    text = as_text(done("client"))
    assert "- 3 meeting transcripts\n" in text
    assert "- 2 entries in tables of stand-ins for names\n" in text
    assert "nicknames" not in text
    assert "where a copy is put back with it, what was removed is not restored" in text


def test_what_is_still_to_be_done_is_said() -> None:
    assert "still to be done" in as_text(done("client", failed=True))
    assert "still to be done" not in as_text(done("client"))


def test_as_a_word_document_it_says_the_same_and_tells_of_nobody() -> None:
    one = done("person")
    data = letter.letter(one, practice="Raman Studio", today=TODAY)
    document = python_docx.Document(io.BytesIO(data))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told[:3] == ["Confirmation of deletion", "Raman Studio", "5 Mar 2026"]
    assert "To whom it may concern," in told
    assert any("r_k3f9wd" in text for text in told)
    assert document.core_properties.author == ""
    assert document.sections[0].header.paragraphs[0].text == ""  # it is no private page
    assert data == letter.letter(one, practice="Raman Studio", today=TODAY)


def test_without_a_practice_there_is_room_for_a_name() -> None:
    lines = as_text(done("meeting"), practice="").strip().split("\n")
    assert lines[2] == "5 Mar 2026"
    assert lines[-1] == "Name"
