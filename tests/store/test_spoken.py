"""A flipped bit in what was said is found, and told with the meeting that it is in."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.model.edits import Edit, EditKind
from analyzer.model.meetings import Side, Speaker
from analyzer.store import NewMeeting, Store, spoken
from analyzer.store.connection import connect, writing
from tests.store.conftest import OURS

Make = Callable[..., NewMeeting]


def change(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE turns SET text = replace(text, 'done', 'gone')",
        "UPDATE turns SET text = CAST(x'57ff' AS TEXT) WHERE ordinal = 1",
        "UPDATE turns SET start = 0.25 WHERE ordinal = 0",
        "UPDATE turns SET speaker = 0",
        "UPDATE speakers SET name = 'Marel' WHERE name = 'Marek'",
        "UPDATE speakers SET side = 'ours'",
        "DELETE FROM turns WHERE ordinal = 1",
    ],
)
def test_words_that_are_not_as_they_were_written_are_told_with_their_meeting(
    path: Path, store: Store, new: Make, statement: str
) -> None:
    meeting = store.add_meeting(new(None))
    assert store.damage() == ()
    assert not store.is_misspoken(meeting.id)
    change(path, statement)
    (told,) = store.damage()
    assert meeting.slug in told
    assert "`analyzer upload FILE --replace`" in told
    assert store.is_misspoken(meeting.id)


def test_an_edited_meeting_is_checked_as_it_is_and_as_it_was_read(path: Path, store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    marek = Speaker(name="Marek Novak", side=Side.THEIRS, role="CFO")
    edit = Edit(kind=EditKind.RENAME, names=("Marek",), to="Marek Novak")
    said = [replace(turn, speaker="Marek Novak") if turn.speaker == "Marek" else turn for turn in meeting.turns]
    store.revise(meeting.id, (OURS, marek), said, (edit,), after=1)
    assert store.damage() == ()
    change(path, "UPDATE turns SET text = 'No.' WHERE revision = 1 AND ordinal = 0")
    assert len(store.damage()) == 1


def test_a_record_of_an_earlier_version_gets_its_checksums(path: Path, store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    change(path, "UPDATE revisions SET spoken = NULL")
    assert store.damage() == ()  # nothing to compare with is no damage
    engine = connect(path, 1.0)
    with writing(engine) as connection:
        spoken.add_missing(connection)
    engine.dispose()
    assert store.damage() == ()
    change(path, "UPDATE turns SET text = 'No.'")
    assert store.is_misspoken(meeting.id)
