"""A client out of one record and into another: ids, names and numbers that meet others, and rows that nobody wrote."""

import copy
import datetime as dt
import json
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import UsageError
from analyzer.model.edits import AssignedTurn
from analyzer.model.findings import Level, SignId
from analyzer.model.meetings import Client, Stage
from analyzer.model.person import Choice, Dismissal, NoteKind, SaidVerdict
from analyzer.store import NewMeeting, Store, handed
from analyzer.store.handing import Given
from tests.store.conftest import NOW, OURS, THEIRS
from tests.store.test_agendas_kept import agenda
from tests.store.test_edits_kept import SIDES
from tests.store.test_person_kept import TURN, dismissal

Make = Callable[..., NewMeeting]
DAY = dt.date(2026, 3, 1)
SIGN = SignId.BOARD_MANDATE


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    """The record of a colleague."""
    with Store.open(tmp_path / "other" / "record.sqlite3", now=lambda: NOW, author="Tom") as opened:
        yield opened


@pytest.fixture
def client(store: Store, new: Make) -> Client:
    """Two meetings, another client merged into it, a note, a decision, a verdict, a dismissal and an agenda."""
    made, former = store.add_client("Northgate"), store.add_client("North Gate Rail")
    first = store.add_meeting(new(made.id))
    store.add_meeting(new(former.id, dt.date(2025, 10, 1)))
    store.person.keep_note(former.id, DAY, NoteKind.EVENT, "They rang.")
    store.person.keep_decision(made.id, Choice.TAKE, "", DAY)
    store.person.keep_verdict(SaidVerdict(meeting=first.id, sign=SIGN, level=Level.WEAK, note="why", made_at=NOW))
    store.person.keep(dismissal(first.id))
    store.agendas.keep(made.id, agenda(), meeting_ids=[first.id])
    store.filing.merge(former.id, made.id)
    return made


def given(store: Store, client: Client, confidential: tuple[str, ...] = ()) -> tuple[handed.Handed, dict[str, bytes]]:
    """The client as it comes out of a file."""
    out = store.handing.give(client.id, confidential=confidential, author="Priya")
    first, *meetings = raw(out)
    return handed.checked(first, meetings, older=False, sender="Priya"), out.originals


def raw(out: Given) -> list[Any]:
    parts: list[Any] = json.loads(json.dumps([out.handed.client, *out.handed.meetings]))
    return parts


def test_all_of_it_comes_over_under_the_same_ids(store: Store, other: Store, client: Client) -> None:
    taken = other.handing.take(*given(store, client))
    assert (taken.made, taken.client) == (True, client)
    assert taken.added == given(store, client)[0].counts()
    assert [head.id for head in other.meetings(client.id)] == [head.id for head in store.meetings(client.id)]
    theirs = [replace(head, index_pending=True) for head in store.meetings(client.id)]
    assert list(other.meetings(client.id)) == theirs
    assert [other.meeting(head.id) for head in theirs] == [store.meeting(head.id) for head in theirs]
    assert [note.author for note in other.person.notes(client.id)] == ["Priya"]
    assert [kept.agenda for kept in other.agendas.of(client.id)] == [agenda()]
    assert other.damage() == ()


def test_it_answers_to_the_names_of_those_merged_into_it(store: Store, other: Store, client: Client) -> None:
    other.handing.take(*given(store, client))
    assert other.client_called("North Gate Rail") == client
    assert [known.name for known in other.clients()] == ["Northgate"]


def test_a_former_name_that_is_another_client_here_stays_that(store: Store, other: Store, client: Client) -> None:
    there = other.add_client("North Gate Rail")
    taken = other.handing.take(*given(store, client))
    assert (taken.left, len(taken.told)) == ({"former_names": 1}, 1)
    assert other.client_called("North Gate Rail") == there


def test_again_it_changes_nothing(store: Store, other: Store, client: Client) -> None:
    other.handing.take(*given(store, client))
    again = other.handing.take(*given(store, client))
    assert (again.made, again.added, again.left) == (False, {}, {})
    assert store.handing.take(*given(store, client)).added == {}


def test_ids_that_were_given_here_are_not_given_again(store: Store, other: Store, client: Client, new: Make) -> None:
    found, originals = given(store, client)
    mine = other.add_meeting(new(other.add_client("Else").id))
    text = json.dumps([found.client, *found.meetings], default=str).replace(found.meetings[0]["meetings"][0]["id"], mine.id)
    first, *meetings = json.loads(text)
    taken = other.handing.take(handed.checked(first, meetings, older=False, sender=""), originals)
    ids = [meeting.id for meeting in taken.meetings]
    assert mine.id not in ids
    assert set(other.person.about(ids)) == {ids[0]}
    assert other.meeting(mine.id) == mine


def test_a_client_of_the_same_name_is_not_taken_for_it(store: Store, other: Store, client: Client) -> None:
    same = other.add_client("NORTHGATE")
    with pytest.raises(UsageError) as refused:
        other.handing.take(*given(store, client))
    assert "--into northgate" in refused.value.hint
    assert other.meetings() == ()
    taken = other.handing.take(*given(store, client), called="Northgate the second")
    assert (taken.made, taken.client.name, taken.client.id) == (True, "Northgate the second", client.id)
    assert other.client(same.id) == same


def test_into_a_client_agendas_get_free_numbers_and_what_is_kept_offline_stays_so(
    store: Store, other: Store, client: Client
) -> None:
    mine = other.add_client("Hale", Stage.PAST)
    other.agendas.keep(mine.id, agenda("Mine"), meeting_ids=())
    store.set_client(client.id, offline_only=True)
    taken = other.handing.take(*given(store, client), into=mine.id)
    assert {kept.number: kept.agenda.items[0].title for kept in other.agendas.of(mine.id)} == {1: "Mine", 2: "Arriving"}
    assert other.client(mine.id) == replace(mine, offline_only=True)
    assert len(taken.told) == 2
    assert all(head.slug.startswith("hale-") for head in other.meetings(mine.id))
    assert other.handing.take(*given(store, client), into=mine.id).added == {}


def test_a_verdict_that_is_here_stays(store: Store, other: Store, client: Client) -> None:
    other.handing.take(*given(store, client))
    head = other.meetings(client.id)[0]
    other.person.keep_verdict(SaidVerdict(meeting=head.id, sign=SIGN, level=Level.NONE, note="mine", made_at=NOW))
    later = Dismissal(
        meeting=head.id,
        sign=SIGN,
        at=AssignedTurn(ordinal=0, text="How is it going?", speaker="Dana"),
        because=dismissal(head.id).because,
        made_at=NOW + dt.timedelta(days=1),
    )
    store.person.keep(later)
    again = other.handing.take(*given(store, client))
    assert (again.added, again.left) == ({"dismissals": 1}, {"verdicts": 1})
    assert [line for line in again.told if "the verdict that is here stays" in line]
    kept = other.person.about([head.id])[head.id]
    assert [(word.note, word.author) for word in kept.verdicts] == [("mine", None)]
    assert {word.at for word in kept.dismissals.values()} == {TURN, later.at}


def test_what_was_changed_there_of_a_meeting_that_is_here_is_told_to_stay_there(
    store: Store, other: Store, client: Client
) -> None:
    """And what was put in confidence there is in confidence here."""
    other.handing.take(*given(store, client))
    head = store.meetings(client.id)[0]
    before = other.meeting(head.id).turns
    store.revise(head.id, (OURS, THEIRS), store.meeting(head.id).turns, [SIDES], after=1)
    store.filing.amend(head.id, confidential=True)
    again = other.handing.take(*given(store, client, (head.id,)))
    assert (again.added, again.left["edits"], again.guarded) == ({}, 1, True)
    assert len([line for line in again.told if head.slug in line]) == 2
    assert (other.meeting(head.id).turns, other.edits(head.id)) == (before, ())
    assert other.head(head.id).confidential
    assert not other.handing.take(*given(store, client, (head.id,))).guarded


def test_slugs_that_no_file_could_be_called_after_and_those_of_others_are_not_taken(
    store: Store, other: Store, client: Client
) -> None:
    first, *meetings = raw(store.handing.give(client.id, confidential=(), author="Priya"))
    first["clients"][0]["slug"] = "unfiled"
    meetings[0]["meetings"][0]["slug"] = f"northgate-{'a' * 300}"
    taken = other.handing.take(handed.checked(first, meetings, older=False, sender=""), given(store, client)[1])
    assert taken.client.slug == "northgate"
    assert all(len(meeting.slug) < 40 for meeting in taken.meetings)


def test_a_meeting_that_is_left_takes_its_agenda_with_it(store: Store, other: Store, client: Client) -> None:
    first = store.meetings(client.id)[0]
    taken = other.handing.take(*given(store, client), leaving={first.id: "it was forgotten here"})
    assert [(meeting.status, meeting.why) for meeting in taken.meetings] == [("left", "it was forgotten here"), ("added", "")]
    assert (taken.left["agendas"], taken.left["verdicts"], other.agendas.of(client.id)) == (1, 1, ())


def test_what_an_earlier_version_did_not_know_is_filled_in(store: Store, client: Client) -> None:
    first, *meetings = raw(store.handing.give(client.id, confidential=(), author="Priya"))
    for row in (*(m["meetings"][0] for m in meetings), *(turn for m in meetings for turn in m["turns"])):
        row.pop("confidential", None)
        row.pop("chat", None)
    assert handed.checked(first, meetings, older=True, sender="") == given(store, client)[0]
    with pytest.raises(handed.Unfit):
        handed.checked(first, meetings, older=False, sender="")
    del meetings[0]["meetings"][0]["title"]
    with pytest.raises(handed.Unfit):
        handed.checked(first, meetings, older=True, sender="")


NUMBERS = (-1, 0, 7, 10**30, 1.5, float("nan"), float("inf"), True)
ODD: tuple[Any, ...] = (None, *NUMBERS, "", "x", "none", "2026-01-01", [], {}, [[]], ["x"], "m_a")


def places(value: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*at, key)
        yield from places(one, (*at, key))


def put(parts: list[Any], place: tuple[Any, ...], odd: object) -> list[Any]:
    """The same with something else in this place."""
    changed = copy.deepcopy(parts)
    within = changed
    for key in place[:-1]:
        within = within[key]
    within[place[-1]] = odd
    return changed


def test_whatever_a_row_holds_it_is_refused_or_taken_in_whole(store: Store, other: Store, client: Client, tmp_path: Path) -> None:
    """Many a place of a hand-over holds something odd; always the same ones."""
    out = store.handing.give(client.id, confidential=(), author="Priya")
    parts, draw, empty = raw(out), random.Random(7), tmp_path / "other" / "record.sqlite3"  # noqa: S311 no secret
    other.close()
    fit: list[handed.Handed] = []
    for place in draw.sample(sorted(places(parts), key=str), 24):
        odd = put(parts, place, draw.choice(ODD))
        with suppress(handed.Unfit):
            fit.append(handed.checked(odd[0], odd[1:], older=False, sender="Priya"))
    assert len(fit) in range(3, 20)
    for at, found in enumerate(one for one in fit if one.digests() == out.originals.keys()):
        record = Path(shutil.copy(empty, tmp_path / f"{at}.sqlite3"))
        with Store.open(record) as fresh:
            fresh.handing.take(found, out.originals)
            heads = fresh.meetings()
            assert fresh.damage() == ()
            assert [meeting.id for meeting in fresh.in_full(heads)] == [head.id for head in heads]
            fresh.person.about([head.id for head in heads])
            assert fresh.handing.take(found, out.originals).added == {}
