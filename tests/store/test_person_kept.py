"""What a person said, what was spent and what stands in for names: kept with the meeting or client that it is about."""

import datetime as dt
import hashlib
import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.errors import StoreError
from analyzer.model.edits import AssignedTurn
from analyzer.model.findings import EngineId, Fate, Gap, Level, Outcome, SignId
from analyzer.model.person import Because, Choice, Dismissal, Mark, NoteKind, Remembered, SaidOutcome, SaidVerdict
from analyzer.store import NewMeeting, Store, Usage
from analyzer.store.connection import connect, writing
from analyzer.store.migrations import MIGRATIONS
from analyzer.store.rows import assessment_row
from tests.store.conftest import NOW
from tests.store.test_store import counts, reading_of

Make = Callable[..., NewMeeting]
SIGN = SignId.BOARD_MANDATE
TURN = AssignedTurn(ordinal=1, text="We want it done.", speaker="Marek", before=("how", "is"), after=(), place=4)
DAY = dt.date(2026, 3, 1)
DIGEST = hashlib.sha256(b"WEBVTT").hexdigest()


def dismissal(meeting: str, because: Because = Because.IRONY) -> Dismissal:
    return Dismissal(meeting=meeting, sign=SIGN, at=TURN, because=because, made_at=NOW)


def verdict(meeting: str, level: Level, note: str = "") -> SaidVerdict:
    engine = EngineId(name="llm", model="m1", prompts="p1")
    return SaidVerdict(meeting=meeting, sign=SIGN, level=level, note=note, made_at=NOW, engine=engine, reader=Level.STRONG)


def outcome(meeting: str) -> SaidOutcome:
    return SaidOutcome(meeting=meeting, at=TURN, what="ask first", outcome=Outcome.ADOPTED, note="seen", date=DAY, made_at=NOW)


def test_words_come_back_as_they_were_said(store: Store, new: Make) -> None:
    meeting, other = store.add_meeting(new(None)), store.add_meeting(new(None))
    mark = Mark(meeting=meeting.id, sign=SIGN, at=TURN, made_at=NOW)
    kept_words = Remembered(meeting=meeting.id, at=TURN, made_at=NOW)
    for word in (dismissal(meeting.id), mark, outcome(meeting.id), kept_words):
        store.person.keep(word)
    store.person.keep_verdict(verdict(meeting.id, Level.WEAK, "why"))
    kept = store.person.about([meeting.id, other.id])
    assert set(kept) == {meeting.id}
    words = kept[meeting.id]
    assert [*words.dismissals.values(), *words.marks.values(), *words.outcomes.values(), *words.remembered.values()] == [
        dismissal(meeting.id),
        mark,
        outcome(meeting.id),
        kept_words,
    ]
    assert words.verdicts == [verdict(meeting.id, Level.WEAK, "why")]
    assert store.person.judged() == (meeting.id,)


def test_decisions_are_kept_beside_each_other_and_follow_a_merge(store: Store) -> None:
    old, into = store.add_client("Old"), store.add_client("New")
    later = store.person.keep_decision(old.id, Choice.TAKE, "", DAY)
    earlier = store.person.keep_decision(old.id, Choice.DECLINE, "too early", DAY - dt.timedelta(days=9))
    assert store.person.decisions(old.id) == (earlier, later)
    assert (earlier.choice, earlier.note, earlier.client) == (Choice.DECLINE, "too early", old.id)
    store.filing.merge(old.id, into.id)
    assert store.person.decisions(into.id) == (earlier, later)
    store.person.remove_decision(later.number)
    assert store.person.decisions(into.id) == (earlier,)


def test_whether_a_fate_is_of_one_promise_alone_comes_back(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    one, all_of_them = (replace(outcome(meeting.id), outcome=Fate.DONE, one_of=alone) for alone in (True, False))
    for word in (one, all_of_them):
        store.person.keep(word)
    assert list(store.person.about([meeting.id])[meeting.id].outcomes.values()) == [one, all_of_them]


def test_a_verdict_on_what_nobody_has_read_and_a_fate_come_back(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    unread = replace(verdict(meeting.id, Level.WEAK), engine=None, reader=None)
    closed = replace(outcome(meeting.id), outcome=Fate.DROPPED)
    store.person.keep_verdict(unread)
    store.person.keep(closed)
    kept = store.person.about([meeting.id])[meeting.id]
    assert (kept.verdicts, list(kept.outcomes.values())) == ([unread], [closed])


def test_there_is_one_verdict_of_a_meeting_and_sign(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    for level in (Level.NONE, Level.STRONG):
        store.person.keep_verdict(verdict(meeting.id, level, ""))
    (kept,) = store.person.about([meeting.id])[meeting.id].verdicts
    assert kept.level is Level.STRONG
    assert [store.person.clear_verdict(meeting.id, SIGN) for _ in range(2)] == [True, False]
    assert store.person.about([meeting.id]) == {}


def test_a_word_takes_the_place_of_another_and_can_be_taken_back(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    store.person.keep(dismissal(meeting.id))
    (number,) = store.person.about([meeting.id])[meeting.id].dismissals
    store.person.keep(dismissal(meeting.id, Because.CONTEXT), [number])
    ((number, word),) = store.person.about([meeting.id])[meeting.id].dismissals.items()
    assert word.because is Because.CONTEXT
    store.person.take_back(Dismissal, [number])
    assert store.person.about([meeting.id]) == {}


def test_words_about_nothing_on_record_are_refused(store: Store) -> None:
    for ask in (
        lambda: store.person.keep(dismissal("m_nobody")),
        lambda: store.person.keep_verdict(verdict("m_nobody", Level.NONE, "")),
        lambda: store.person.keep_note("c_nobody", DAY, NoteKind.EVENT, "text"),
        lambda: store.person.keep_decision("c_nobody", Choice.TAKE, "", DAY),
        lambda: store.person.keep(Remembered(meeting="m_nobody", at=TURN, made_at=NOW)),
        lambda: store.keep_stand_ins("c_nobody", {"Dana": "Robin"}),
    ):
        with pytest.raises(StoreError, match="no longer on record"):
            ask()


def test_notes_go_with_a_merged_client_and_come_back_with_the_undo(store: Store) -> None:
    old, into, last = (store.add_client(name) for name in ("Old", "New", "Newest"))
    first = store.person.keep_note(old.id, DAY, NoteKind.EVENT, "before the merge")
    later = store.person.keep_note(into.id, DAY - dt.timedelta(days=1), NoteKind.IMPRESSION, "earlier day")
    assert store.person.notes(into.id) == (later,)
    store.filing.merge(old.id, into.id)
    assert store.person.notes(into.id) == (later, first)
    store.filing.merge(into.id, last.id)
    assert store.person.notes(last.id) == (later, first)
    store.filing.undo()
    store.filing.undo()
    assert (store.person.notes(old.id), store.person.notes(into.id), store.person.notes(last.id)) == ((first,), (later,), ())


def test_a_note_is_removed_only_where_it_shows(store: Store) -> None:
    one, other = store.add_client("One"), store.add_client("Other")
    note = store.person.keep_note(one.id, DAY, NoteKind.EVENT, "text")
    assert not store.person.remove_note(other.id, note.number)
    store.filing.merge(one.id, other.id)
    assert store.person.remove_note(other.id, note.number)
    assert store.person.notes(other.id) == ()


def test_stand_ins_stay_as_they_were_first_given(store: Store) -> None:
    one, other = store.add_client("One"), store.add_client("Other")
    assert store.keep_stand_ins(one.id, {"Dana": "Robin", "Marek": "Kim"}) == {"Dana": "Robin", "Marek": "Kim"}
    # Robin stands in for somebody else already: what was made beside it is to be made anew.
    assert store.keep_stand_ins(one.id, {"Eva": "Robin", "Evas": "Robino"}) == {"Dana": "Robin", "Marek": "Kim"}
    now = store.keep_stand_ins(one.id, {"Dana": "Alex", "Bo": "Sasha"})
    assert now == {"Dana": "Robin", "Marek": "Kim", "Bo": "Sasha"} == store.stand_ins(one.id)
    assert store.keep_stand_ins(other.id, {"Dana": "Kim"}) == {"Dana": "Kim"}
    assert store.keep_stand_ins(other.id, {}) == {"Dana": "Kim"}


def used(calls: int, command: str = "motives", **more: str) -> Usage:
    spent = Usage(command=command, engine="llm", model="m1", server="a.example", calls=calls, cached=1, input_tokens=10)
    return replace(spent, output_tokens=calls, **more)  # type: ignore[arg-type]


def test_usage_is_summed_by_day_model_and_command_and_outlives_its_meeting(path: Path, new: Make) -> None:
    now = [dt.datetime(2026, 3, 4, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5)))]
    with Store.open(path, now=lambda: now[0]) as store:
        store.add_meeting(new(store.add_client("Northgate").id))
        store.keep_usage(used(2))
        store.keep_usage(used(3))
        store.keep_usage(used(1, "ask"))
        store.keep_usage(used(1, model="m2"))
        now[0] += dt.timedelta(hours=1)
        store.keep_usage(used(5))
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("DELETE FROM clients")
        found = [(r.day.day, r.command, r.model, r.calls, r.cached, r.input_tokens, r.output_tokens) for r in store.usage()]
        # 23:30 five hours west of Greenwich is the fourth for who sits there.
        assert found == [
            (4, "ask", "m1", 1, 1, 10, 1),
            (4, "motives", "m1", 5, 2, 20, 5),
            (4, "motives", "m2", 1, 1, 10, 1),
            (5, "motives", "m1", 5, 1, 10, 5),
        ]
        assert [r.day.day for r in store.usage(dt.date(2026, 3, 5))] == [5]


def test_all_that_was_said_is_forgotten_with_its_meeting_or_client(store: Store, path: Path, new: Make) -> None:
    client = store.add_client("Northgate")
    meeting = store.add_meeting(new(client.id))
    store.person.keep_verdict(verdict(meeting.id, Level.WEAK, "why"))
    mark = Mark(meeting=meeting.id, sign=SIGN, at=TURN, made_at=NOW)
    for word in (dismissal(meeting.id), mark, outcome(meeting.id), Remembered(meeting=meeting.id, at=TURN, made_at=NOW)):
        store.person.keep(word)
    store.person.keep_decision(client.id, Choice.TAKE, "", DAY)
    store.person.keep_note(client.id, DAY, NoteKind.EVENT, "text")
    store.keep_stand_ins(client.id, {"Dana": "Robin"})
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM clients")
    assert {name for name, rows in counts(path).items() if rows} == {"migrations", "used_ids"}


def test_a_reading_with_gaps_counts_and_is_told_as_partly_read(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    partly = replace(reading_of(meeting.id, engine="llm"), gaps=(Gap(first=1, last=1, why="cut off"),))
    store.save_assessment(partly)
    store.save_assessment(reading_of(meeting.id))
    head = store.head(meeting.id)
    assert (head.readings, head.partly_read) == (("llm", "offline"), ("llm",))
    store.save_assessment(reading_of(meeting.id, engine="llm"))
    assert store.head(meeting.id).partly_read == ()


def test_the_last_reading_of_an_engine_is_found_whatever_its_revision(store: Store, path: Path, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    assert store.last_reading(meeting.id, "llm") is None
    for model in ("m1", "m2"):
        store.save_assessment(reading_of(meeting.id, engine="llm", model=model))
    store.save_assessment(reading_of(meeting.id, model="other"))
    store.revise(meeting.id, meeting.speakers, meeting.turns, [], after=1)
    found = store.last_reading(meeting.id, "llm")
    assert found is not None
    assert (found.engine.model, found.revision) == ("m2", 1)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE assessments SET body = '{' WHERE model = 'm2'")
    found = store.last_reading(meeting.id, "llm")
    assert found is not None
    assert found.engine.model == "m1"


def test_a_record_of_an_earlier_version_grows_without_loss(path: Path) -> None:
    _second_version(path)
    with Store.open(path) as store:
        (head,) = store.meetings()
        assert not head.confidential
        assert (head.readings, head.partly_read) == (("offline",), ())
        assert [reading.turns_read for reading in store.assessments([head.id])] == [2]
        assert store.cached("asked") == "answered"
        store.person.keep_verdict(verdict(head.id, Level.NONE, ""))
        assert store.person.judged() == (head.id,)
        assert store.damage() == ()


def _second_version(path: Path) -> None:
    """A record as the second migration made it, with one meeting, its reading and an engine's answer."""
    engine = connect(path, 1.0)
    body = json.dumps(assessment_row(reading_of("m_1"))["body"])
    rows = (
        ("meetings", ("m_1", "talk", None, DAY.isoformat(), "Talk", "vtt", "a.vtt", DIGEST, 1.0, "{}", "[]", 1, 0, "2026-01-01")),
        ("originals", ("m_1", DIGEST, "a.vtt", "2026-01-01", None, b"WEBVTT")),
        ("revisions", ("m_1", 1, 0, 0, "2026-01-01", DIGEST)),
        ("assessments", (1, "m_1", 1, "offline", "m1", "", NOW.isoformat(), body)),
        ("cache", ("asked", "m_1", "answered", "2026-01-01")),
    )
    with writing(engine) as connection:
        for number, step in enumerate(MIGRATIONS[:2], start=1):
            step(connection)
            connection.exec_driver_sql("INSERT INTO migrations VALUES (?, ?, '2026-01-01')", (number, step.__name__))
        for table, values in rows:
            places = ", ".join("?" * len(values))
            connection.exec_driver_sql(f"INSERT INTO {table} VALUES ({places})", values)  # noqa: S608 - our own tables
    engine.dispose()
