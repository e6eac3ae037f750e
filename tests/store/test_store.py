import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from analyzer.errors import NotFound, StoreError, UsageError
from analyzer.model.findings import Assessment, EngineId, Judgement, Stance
from analyzer.model.meetings import Client, Side, Speaker, Stage, Turn, Utterance
from analyzer.store import NewMeeting, Store
from tests.store.conftest import NOW, OURS, THEIRS

Make = Callable[..., NewMeeting]


def reading_of(meeting: str, revision: int = 1, engine: str = "offline", model: str = "m1") -> Assessment:
    return Assessment(
        meeting=meeting,
        revision=revision,
        engine=EngineId(name=engine, model=model),
        read_at=NOW,
        findings=(),
        rejected=(),
        judgement=Judgement(signs=(), conditions=(), stance=Stance.BALANCED, stance_why="even"),
        turns_read=2,
    )


def counts(path: Path) -> dict[str, int]:
    """Rows per table, as a stranger with the sqlite3 shell would count them."""
    with sqlite3.connect(path) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608 - our own tables


def test_a_meeting_comes_back_as_it_was_given(store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    given = new(client.id)
    kept = store.add_meeting(given)
    assert kept == store.meeting(kept.id)
    assert kept.turns == (
        Turn(ordinal=0, speaker="Dana", side=Side.OURS, text="How is it going?", start=0.5, end=2.0),
        Turn(ordinal=1, speaker="Marek", side=Side.THEIRS, text="We want it done."),
    )
    assert (kept.client_id, kept.client_name, kept.date, kept.title, kept.revision) == (
        client.id,
        "Northgate",
        given.date,
        "Weekly",
        1,
    )
    assert kept.speakers == (OURS, THEIRS)
    assert store.original(kept.id) == given.original


def test_a_head_tells_everything_but_the_turns(store: Store, new: Make) -> None:
    given = new(store.add_client("Northgate").id)
    head = store.head(store.add_meeting(given).id)
    assert (head.turns, head.words, head.coverage, head.dropped) == (2, 8, 0.99, {"note": 2})
    assert (head.format, head.file_name, head.warnings) == ("vtt", "weekly.vtt", ("one cue had no end",))
    assert head.digest == hashlib.sha256(given.original).hexdigest()
    assert head.speakers == (OURS, THEIRS)
    assert head.added_at == NOW
    assert head.index_pending
    assert head.readings == ()
    assert store.meetings() == (head,)


def test_meetings_come_oldest_first_and_by_client(store: Store, new: Make) -> None:
    north, south = store.add_client("North"), store.add_client("South")
    for client, day in ((north, 3), (south, 2), (north, 1)):
        store.add_meeting(new(client.id, dt.date(2026, 1, day)))
    assert [head.date.day for head in store.meetings()] == [1, 2, 3]
    assert [head.date.day for head in store.meetings(north.id)] == [1, 3]
    assert store.meetings("c_nobody") == ()


def test_slugs_tell_client_and_day_and_never_clash(store: Store, new: Make) -> None:
    client = store.add_client("Nørthgate Räil")
    slugs = [store.add_meeting(new(client.id)).slug for _ in range(11)]
    assert client.slug == "northgate-rail"
    assert slugs[:2] == ["northgate-rail-2025-09-17", "northgate-rail-2025-09-17-2"]
    assert [head.slug for head in store.meetings()] == slugs  # -10 stands after -9
    assert store.add_meeting(new(None)).slug == "unfiled-2025-09-17"


@pytest.mark.parametrize(
    ("names", "slugs"),
    [
        (["Acme (UK)", "Acme (US)", "Acme, UK"], ["acme-uk", "acme-us", "acme-uk-2"]),
        (["Acme", "!!!", "???"], ["acme", "client-2", "client-3"]),
        (["client 2", "!!!"], ["client-2", "client-3"]),
        (["田中商事"], ["tian-zhong-shang-shi"]),
        (["x" * 500], ["x" * 60]),
    ],
)
def test_client_slugs_are_latin_and_unique(store: Store, names: list[str], slugs: list[str]) -> None:
    assert [store.add_client(name).slug for name in names] == slugs


def test_a_client_of_the_same_name_is_not_made_twice(store: Store) -> None:
    first = store.add_client("Café Nord", stage=Stage.PROSPECT)
    assert store.add_client("  cafe   NORD ") == first
    assert store.clients() == (first,)


def test_what_is_not_there_is_not_found(store: Store, new: Make) -> None:
    client = store.add_client("Northgate Rail")
    meeting = store.add_meeting(new(client.id))
    assert store.client(client.id) == client
    assert store.meeting(meeting.id) == meeting
    for missing in ("c_nobody", "northgate-rail", ""):
        with pytest.raises(NotFound):
            store.client(missing)
        with pytest.raises(NotFound):
            store.meeting(missing)


def test_a_client_can_be_changed_bit_by_bit(store: Store) -> None:
    client = store.add_client("Northgate")
    store.set_client(client.id, stage=Stage.PAST)
    changed = store.set_client(client.id, offline_only=True)
    assert changed == Client(id=client.id, slug="northgate", name="Northgate", stage=Stage.PAST, offline_only=True)
    assert store.client(client.id) == changed
    with pytest.raises(NotFound):
        store.set_client("c_nobody", offline_only=True)


def test_a_renamed_client_takes_its_meetings_slugs_along(store: Store, new: Make) -> None:
    client, other = store.add_client("Northgate"), store.add_client("Zeta Group")
    kept = [store.add_meeting(new(client.id)) for _ in range(2)]
    store.add_meeting(new(other.id))
    store.filing.rename(client.id, "Zeta")
    assert store.client(client.id).slug == "zeta"
    assert [store.head(meeting.id).slug for meeting in kept] == ["zeta-2025-09-17", "zeta-2025-09-17-2"]
    assert [head.slug for head in store.meetings(other.id)] == ["zeta-group-2025-09-17"]
    assert {head.client_name for head in store.meetings(client.id)} == {"Zeta"}
    with pytest.raises(StoreError, match="already"):
        store.filing.rename(client.id, "ZETA GROUP")


def test_the_same_file_is_known_again_and_kept_once(store: Store, new: Make) -> None:
    given = new(store.add_client("Northgate").id)
    digest = hashlib.sha256(given.original).hexdigest()
    assert store.by_digest(digest) is None
    meeting = store.add_meeting(given)
    found = store.by_digest(digest)
    assert found is not None
    assert found.id == meeting.id
    with pytest.raises(StoreError, match=meeting.slug):
        store.add_meeting(replace(given, title="again"))
    assert len(store.meetings()) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"utterances": (Utterance(speaker="Dana", text="hello"), Utterance(speaker="Nobody", text="boo"))},
        {"speakers": (OURS, OURS, THEIRS)},
        {"client_id": "c_nobody"},
        {"utterances": (Utterance(speaker="Dana", text="half a pair: \ud83d"),)},
    ],
)
def test_a_meeting_that_cannot_be_kept_leaves_nothing_behind(
    store: Store, path: Path, new: Make, wrong: dict[str, object]
) -> None:
    client = store.add_client("Northgate")
    before = counts(path)
    with pytest.raises((ValueError, NotFound)):
        store.add_meeting(replace(new(client.id), **wrong))  # type: ignore[arg-type]
    assert counts(path) == before
    assert store.add_meeting(new(client.id)).slug == "northgate-2025-09-17"


def test_a_file_name_that_is_no_text_is_kept_as_far_as_it_can_be(store: Store, new: Make) -> None:
    odd = replace(new(None), file_name="caf\udce9.vtt", title="caf\udce9")
    assert store.head(store.add_meeting(odd).id).file_name == "caf?.vtt"


def test_a_revision_replaces_the_turns_and_waits_for_the_index_again(store: Store, path: Path, new: Make) -> None:
    meeting = store.add_meeting(new(store.add_client("Northgate").id))
    store.mark_indexed(meeting.id, 1, meeting.client_id)
    marek = Speaker(name="Marek", side=Side.MIXED)
    revised = store.revise(meeting.id, (OURS, marek), meeting.turns, [], after=1)
    assert revised.revision == 2
    assert revised.turns[1].side is Side.MIXED
    assert store.meeting(meeting.id) == revised
    assert store.head(meeting.id).index_pending
    assert counts(path)["turns"] == 4  # the first revision's stand beside the second's
    with pytest.raises(NotFound):
        store.revise("m_nobody", (OURS,), (), [], after=1)


def test_only_the_present_revision_can_be_marked_as_indexed(store: Store, new: Make) -> None:
    client = store.add_client("Northgate")
    meeting = store.add_meeting(new(client.id))
    store.add_meeting(new(None))
    store.revise(meeting.id, meeting.speakers, meeting.turns, [], after=1)
    store.mark_indexed(meeting.id, 1, meeting.client_id)
    assert [head.id for head in store.index_pending()] == [meeting.id]  # an unfiled meeting belongs in no index
    assert [head.id for head in store.index_pending(client.id)] == [meeting.id]
    store.mark_indexed(meeting.id, 2, meeting.client_id)
    assert store.index_pending() == ()


def test_the_newest_reading_of_each_engine_counts(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(store.add_client("Northgate").id))
    for reading in (
        reading_of(meeting.id),
        reading_of(meeting.id, engine="llm"),
        reading_of(meeting.id, model="m2"),
    ):
        store.save_assessment(reading)
    found = store.assessments([meeting.id, "m_nobody"])
    assert [(reading.engine.name, reading.engine.model) for reading in found] == [("llm", "m1"), ("offline", "m2")]
    assert store.head(meeting.id).readings == ("llm", "offline")
    assert store.assessments([]) == ()


def test_readings_of_an_earlier_revision_do_not_count(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(store.add_client("Northgate").id))
    store.save_assessment(reading_of(meeting.id))
    store.revise(meeting.id, meeting.speakers, meeting.turns, [], after=1)
    assert store.assessments([meeting.id]) == ()
    assert store.head(meeting.id).readings == ()
    store.save_assessment(reading_of(meeting.id, revision=2))
    assert [reading.revision for reading in store.assessments([meeting.id])] == [2]


def test_readings_come_in_the_order_of_their_meetings(store: Store, new: Make) -> None:
    later, earlier = (store.add_meeting(new(None, dt.date(2026, 1, day))) for day in (9, 5))
    for meeting in (later, earlier):
        store.save_assessment(reading_of(meeting.id))
    assert [reading.meeting for reading in store.assessments({later.id, earlier.id})] == [earlier.id, later.id]


def test_a_reading_of_nothing_on_record_is_refused(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    for reading in (reading_of("m_nobody"), reading_of(meeting.id, revision=7)):
        with pytest.raises(StoreError, match="no longer on record"):
            store.save_assessment(reading)


@pytest.mark.parametrize(
    "body",
    [
        "",
        "null",
        "[]",
        '{"meeting": 7}',
        '{"meeting"',
        "[" * 9999,
        b"\xff\x00",
        7,
        ("}", "]"),
        ('"findings": []', '"findings": 3'),
    ],
)
def test_a_damaged_reading_counts_as_none_and_is_told(store: Store, path: Path, new: Make, body: object) -> None:
    meeting, other = store.add_meeting(new(None)), store.add_meeting(new(None))
    for one in (meeting, other):
        store.save_assessment(reading_of(one.id))
    with sqlite3.connect(path) as connection:
        change = "replace(body, ?, ?)" if isinstance(body, tuple) else "?"
        values = body if isinstance(body, tuple) else (body,)
        connection.execute(f"UPDATE assessments SET body = {change} WHERE meeting_id = ?", (*values, meeting.id))  # noqa: S608 - ours
    assert [reading.meeting for reading in store.assessments([meeting.id, other.id])] == [other.id]
    assert [head.readings for head in store.meetings()] == [(), ("offline",)]
    (told,) = store.damage()
    assert meeting.slug in told
    assert f"analyzer motives {meeting.slug} --engine offline" in told
    store.save_assessment(reading_of(meeting.id))
    assert store.damage() == ()
    assert store.head(meeting.id).readings == ("offline",)


def test_a_reading_that_is_whole_outside_and_damaged_within_locks_nothing(store: Store, path: Path, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    store.save_assessment(reading_of(meeting.id))
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE assessments SET body = replace(body, 'balanced', 'no such stance')")
    assert store.assessments([meeting.id]) == ()
    assert len(store.damage()) == 1


@pytest.mark.parametrize(
    "name", ["North\x1b[31mgate\x07", "\u202eNorth[31m\u200bgate", "North[31mgate\udce9", "\u200dNorth[31mgate"]
)
def test_a_clients_name_keeps_nothing_that_steers_a_terminal(store: Store, name: str) -> None:
    client = store.add_client(name)
    assert client.name == "North[31mgate"
    store.filing.rename(client.id, f"New\n\t {name}")
    assert store.client(client.id).name == "New North[31mgate"


@pytest.mark.parametrize("name", ["", " ", "\n", "\x1b", "\u200b", "\u200d\u200c", "\udce9"])
def test_a_client_needs_a_name_that_can_be_seen(store: Store, new: Make, name: str) -> None:
    client = store.add_client("Northgate")
    for ask in (
        lambda: store.add_client(name),
        lambda: store.filing.rename(client.id, name),
        lambda: store.add_meeting(replace(new(None), new_client=name)),
    ):
        with pytest.raises(UsageError, match="needs a name"):
            ask()
    assert store.clients() == (client,)


def test_a_new_client_is_made_with_its_first_meeting_or_not_at_all(store: Store, new: Make) -> None:
    given = replace(new(None), new_client="Northgate")
    with pytest.raises(ValueError, match="two speakers"):
        store.add_meeting(replace(given, speakers=(OURS, OURS, THEIRS)))
    assert store.clients() == ()
    first = store.add_meeting(given)
    assert (first.client_name, first.slug) == ("Northgate", "northgate-2025-09-17")
    assert store.add_meeting(replace(new(None), new_client="NORTHGATE")).client_id == first.client_id


def test_answers_are_kept_by_key_and_replaced(store: Store, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    assert store.cached("k") is None
    store.keep_cached("k", [meeting.id], "one")
    store.keep_cached("k", [], "two")
    assert store.cached("k") == "two"


def test_an_answer_from_several_meetings_goes_with_the_first_of_them(store: Store, path: Path, new: Make) -> None:
    one, other, third = (store.add_meeting(replace(new(None), original=text)) for text in (b"one", b"two", b"three"))
    store.keep_cached("both", [one.id, other.id], "from both")
    store.keep_cached("third", [third.id], "from the third")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM meetings WHERE id = ?", (other.id,))
    assert (store.cached("both"), store.cached("third")) == (None, "from the third")
    assert counts(path)["cache_meetings"] == 1


def test_what_is_closed_and_opened_again_is_the_same(path: Path, new: Make) -> None:
    with Store.open(path) as store:
        meeting = store.add_meeting(new(store.add_client("Northgate").id))
        store.save_assessment(reading_of(meeting.id))
        heads, read = store.meetings(), store.assessments([meeting.id])
    with Store.open(path) as store:
        assert (store.meetings(), store.assessments([meeting.id])) == (heads, read)


def test_deleting_a_client_deletes_all_that_came_from_it_but_gives_no_id_again(store: Store, path: Path, new: Make) -> None:
    client = store.add_client("Northgate")
    meeting = store.add_meeting(new(client.id))
    store.save_assessment(reading_of(meeting.id))
    store.keep_cached("k", [meeting.id], "value")
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM clients")
    assert {name for name, rows in counts(path).items() if rows} == {"migrations", "used_ids"}
    assert counts(path)["used_ids"] == 2
    assert store.cached("k") is None


def test_a_whole_record_has_no_damage_and_a_changed_original_is_told(store: Store, path: Path, new: Make) -> None:
    meeting = store.add_meeting(new(None))
    store.add_meeting(new(None))
    assert store.damage() == ()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE originals SET content = 'other' WHERE meeting_id = ?", (meeting.id,))
    back = "`analyzer restore` takes a backup back"
    assert store.damage() == (f"the original of {meeting.slug} is not what was uploaded; {back}",)


def test_missing_meetings_are_not_found(store: Store) -> None:
    for ask in (store.head, store.original, store.meeting):
        with pytest.raises(NotFound, match="m_nobody"):
            ask("m_nobody")
