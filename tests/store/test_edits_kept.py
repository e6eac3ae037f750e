"""Edits of who speaks, several originals of one meeting, exports, and a record that knew none of these yet."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.errors import StoreError
from analyzer.model.edits import AssignedTurn, Edit, EditKind
from analyzer.model.meetings import CueTime, Side, Speaker, Utterance
from analyzer.store import NewMeeting, Store
from analyzer.store.migrations import MIGRATIONS
from tests.store.conftest import OURS, THEIRS

Make = Callable[..., NewMeeting]
SIDES = Edit(kind=EditKind.SIDES, names=("Marek",), sides={"Marek": Side.OTHER})
ASSIGN = Edit(kind=EditKind.ASSIGN, to="Eva", turns=(AssignedTurn(ordinal=1, text="We want it done.", before=("going",)),))


def test_caption_times_and_typed_turns_are_kept(store: Store, new: Make) -> None:
    cues = (CueTime(0, 0.5, 1.0), CueTime(7, 1.0, 2.0))
    said = (
        Utterance(speaker="Dana", text="How is it going?", start=0.5, end=2.0, cues=cues),
        Utterance(speaker="Marek", text="typed", chat=True),
    )
    turns = store.add_meeting(replace(new(None), utterances=said)).turns
    assert [(t.chat, t.cues) for t in turns] == [(False, cues), (True, ())]
    assert [turns[0].time_at(place) for place in (0, 6, 7, 15)] == [0.5, 0.5, 1.0, 1.0]


def test_edits_are_kept_in_order_and_the_last_can_go(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    store.revise(meeting.id, (OURS, THEIRS), meeting.turns, [SIDES], after=1)
    store.revise(meeting.id, (OURS, THEIRS), meeting.turns, [SIDES, ASSIGN], after=2)
    assert store.edits(meeting.id) == (SIDES, ASSIGN)
    store.revise(meeting.id, (OURS, THEIRS), meeting.turns, [SIDES], after=3)
    assert store.edits(meeting.id) == (SIDES,)
    assert store.head(meeting.id).revision == 4
    assert store.as_read(meeting.id) == meeting


def test_edits_of_a_meeting_that_was_edited_meanwhile_are_refused(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    store.revise(meeting.id, (OURS, THEIRS), meeting.turns, [SIDES], after=1)
    for edits, after in (([ASSIGN], 2), ([SIDES, ASSIGN], 1)):
        with pytest.raises(StoreError, match="meanwhile"):
            store.revise(meeting.id, (OURS, THEIRS), meeting.turns, edits, after=after)
    with pytest.raises(StoreError, match="meanwhile"):
        store.read_again(replace(store.head(meeting.id), revision=1), new(None), (OURS, THEIRS), ())
    assert store.edits(meeting.id) == (SIDES,)
    assert store.head(meeting.id).revision == 2


def test_another_reading_takes_the_place_of_the_first_and_both_files_stay_known(store: Store, new: Make) -> None:
    first = new(store.add_client("Northgate").id)
    meeting = store.add_meeting(first)
    marek = Speaker(name="Marek Nowak", side=Side.THEIRS)
    said = (Utterance(speaker="Marek Nowak", text="We want it done soon."),)
    second = replace(new(None), speakers=(marek,), utterances=said, format="teams", coverage=1.0)
    renamed = Speaker(name="Marek", side=Side.THEIRS)
    now = store.read_again(store.head(meeting.id), second, (renamed,), (replace(said[0], speaker="Marek"),))
    assert [(t.speaker, t.text) for t in now.turns] == [("Marek", "We want it done soon.")]
    assert [t.speaker for t in store.as_read(meeting.id).turns] == ["Marek Nowak"]
    head = store.head(meeting.id)
    assert (head.slug, head.title, head.format, head.client_name) == (meeting.slug, first.title, "teams", "Northgate")
    assert store.original(meeting.id) == second.original
    assert {h.id for given in (first, second) if (h := store.by_digest(_digest(given)))} == {meeting.id}
    assert store.damage() == ()
    with pytest.raises(StoreError, match="kept already"):
        store.add_meeting(first)


def test_the_file_of_another_meeting_is_never_taken_for_this_one(store: Store, new: Make) -> None:
    given, other = new(None), new(None)
    store.add_meeting(given)
    meeting = store.add_meeting(other)
    with pytest.raises(StoreError, match="kept already"):
        store.read_again(store.head(meeting.id), given, given.speakers, given.utterances)


def test_sketches_are_kept_with_the_file_that_counts(store: Store, new: Make) -> None:
    meeting = store.add_meeting(replace(new(None), sketch=b"first"))
    bare = store.add_meeting(new(None))
    assert store.sketches() == {meeting.id: b"first", bare.id: None}
    again = replace(new(None), sketch=b"second")
    store.read_again(store.head(meeting.id), again, again.speakers, again.utterances)
    store.keep_sketch(bare.id, store.head(bare.id).digest, b"made later")
    assert store.sketches() == {meeting.id: b"second", bare.id: b"made later"}


def test_a_document_written_again_is_noted_once(store: Store, new: Make) -> None:
    one, other = store.add_meeting(new(None)), store.add_meeting(new(None))
    store.keep_export("brief", "/tmp/a.md", [one.id, other.id])  # noqa: S108 a name, not a file
    store.keep_export("brief", "/tmp/a.md", [one.id])  # noqa: S108
    store.keep_export("agenda", "g/\udcff.md", [other.id])
    assert [(e.kind, e.path) for e in store.exports([one.id])] == [("brief", "/tmp/a.md")]  # noqa: S108
    assert [e.kind for e in store.exports([other.id])] == ["agenda"]


def test_a_record_of_the_first_version_grows_without_loss(path: Path, new: Make) -> None:
    """Sides that somebody had set before there were edits become an edit that can be taken back."""
    given = new(None)
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        for name, values in _first_version(given):
            old.execute(name, values)
        old.commit()
    with Store.open(path) as store:
        assert store.damage() == ()
        (head,) = store.meetings()
        assert [s.side for s in head.speakers] == [Side.OURS, Side.OTHER]
        (edit,) = store.edits(head.id)
        assert (edit.kind, edit.sides, edit.names) == (EditKind.SIDES, {"Marek": Side.OTHER}, ())
        assert [s.side for s in store.as_read(head.id).speakers] == [Side.OURS, Side.THEIRS]
        assert [t.text for t in store.as_read(head.id).turns] == ["How is it going?"]
        assert store.original(head.id) == given.original
        assert store.sketches() == {head.id: None}


def _digest(given: NewMeeting) -> str:
    import hashlib

    return hashlib.sha256(given.original).hexdigest()


def _first_version(given: NewMeeting) -> list[tuple[str, tuple[object, ...]]]:
    """A record as the first migration made it, with one meeting whose sides were set once."""
    from analyzer.store.migrations import _FIRST_TABLES

    made = [(statement, ()) for statement in _FIRST_TABLES.split(";") if statement.strip()]
    name = MIGRATIONS[0].__name__
    meeting = (
        "m_1",
        "unfiled-2026-01-01",
        None,
        "2026-01-01",
        "Talk",
        "vtt",
        "a.vtt",
        _digest(given),
        1.0,
        "{}",
        "[]",
        2,
        0,
        "2026-01-01",
    )
    rows: list[tuple[str, tuple[object, ...]]] = [
        ("INSERT INTO migrations VALUES (1, ?, '2026-01-01')", (name,)),
        ("INSERT INTO meetings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", meeting),
        ("INSERT INTO originals VALUES ('m_1', ?)", (given.original,)),
    ]
    for revision, side in ((1, "theirs"), (2, "other")):
        rows += [
            ("INSERT INTO revisions VALUES ('m_1', ?, 1, 4, '2026-01-0' || ?)", (revision, revision)),
            ("INSERT INTO speakers VALUES ('m_1', ?, 0, 'Dana', 'ours', '')", (revision,)),
            ("INSERT INTO speakers VALUES ('m_1', ?, 1, 'Marek', ?, '')", (revision, side)),
            ("INSERT INTO turns VALUES ('m_1', ?, 0, 0, 'How is it going?', NULL, NULL)", (revision,)),
        ]
    return made + rows
