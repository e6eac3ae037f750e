"""Which client or meeting a word on the command line means."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzer.errors import Ambiguous, NeedsClient, NotFound
from analyzer.model.meetings import Side, Speaker, Utterance
from analyzer.store import NewMeeting, Store
from analyzer.usecases import resolve


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "record.sqlite3") as opened:
        yield opened


def add(store: Store, client: str, day: int = 1) -> str:
    """A small meeting of that client; its id."""
    return store.add_meeting(
        NewMeeting(
            client_id=store.add_client(client).id,
            date=dt.date(2026, 3, day),
            title="Weekly",
            format="text",
            file_name="weekly.txt",
            original=f"{client} {day}".encode(),
            speakers=(Speaker(name="Dana", side=Side.THEIRS),),
            utterances=(Utterance(speaker="Dana", text="Hello."),),
        )
    ).id


def test_a_client_is_meant_by_id_slug_name_or_unique_beginning(store: Store) -> None:
    rail, road = store.add_client("Northgate Rail"), store.add_client("Northgate Road")
    for ref in (rail.id, "northgate-rail", "NORTHGATE  rail", "northgate-ra"):
        assert resolve.client(store, ref) == rail
    with pytest.raises(Ambiguous, match="northgate-rail, northgate-road"):
        resolve.client(store, "northgate")
    assert resolve.client(store, road.slug) == road


def test_accents_do_not_matter_at_the_beginning_of_a_name(store: Store) -> None:
    client = store.add_client("Ní Bhriain Ltd")
    assert resolve.client(store, "ni bhr") == client


def test_an_exact_slug_wins_over_one_that_only_begins_so(store: Store) -> None:
    short, _ = store.add_client("Acme"), store.add_client("Acme Tools")
    assert resolve.client(store, "acme") == short


def test_names_that_differ_in_brackets_are_two_clients(store: Store) -> None:
    uk, us = store.add_client("Acme (UK)"), store.add_client("Acme (US)")
    assert resolve.client(store, "Acme (US)") == us
    assert resolve.client(store, "acme (uk)") == uk


def test_a_clients_name_wins_over_its_meetings_that_begin_with_it(store: Store) -> None:
    add(store, "Meridian Biotech")
    assert resolve.client_or_meeting(store, "meridian").slug == "meridian-biotech"


def test_a_meeting_is_meant_by_id_slug_or_unique_beginning(store: Store) -> None:
    first, second = add(store, "Acme", 1), add(store, "Acme", 12)
    for ref in (first, "acme-2026-03-01", "acme-2026-03-0", "Acme-2026-03-01"):
        assert resolve.meeting(store, ref).id == first
    assert resolve.meeting(store, "acme-2026-03-1").id == second
    with pytest.raises(Ambiguous):
        resolve.meeting(store, "acme-2026")


def test_a_client_with_one_meeting_stands_for_it(store: Store) -> None:
    only = add(store, "Acme")
    assert resolve.meeting(store, "acme").id == only
    add(store, "Acme", 2)
    with pytest.raises(Ambiguous, match="2 meetings"):
        resolve.meeting(store, "acme")


def test_what_is_not_there_offers_the_nearest(store: Store) -> None:
    add(store, "Northgate")
    with pytest.raises(NotFound) as missing:
        resolve.client(store, "nothgate")
    assert "northgate" in missing.value.hint
    for nothing in ("", "  "):
        with pytest.raises(NotFound):
            resolve.client_or_meeting(store, nothing)


class TestClientsAsked:
    def test_the_only_client_goes_without_saying(self, store: Store) -> None:
        acme = store.add_client("Acme")
        assert resolve.clients_asked(store, "what about the board", None, everyone=False) == (acme,)

    def test_a_name_in_the_question_is_enough_if_it_is_one(self, store: Store) -> None:
        acme, _ = store.add_client("Acme Foods"), store.add_client("Globex")
        assert resolve.clients_asked(store, "What did ACME say?", None, everyone=False) == (acme,)
        with pytest.raises(NeedsClient):
            resolve.clients_asked(store, "Did Acme and Globex talk?", None, everyone=False)

    def test_a_name_inside_another_word_is_not_meant(self, store: Store) -> None:
        store.add_client("Ace")
        store.add_client("Globex")
        with pytest.raises(NeedsClient, match="globex"):
            resolve.clients_asked(store, "Where is the workplace?", None, everyone=False)

    @pytest.mark.parametrize(
        "question", ["What about the board?", "Where is the future of it?", "what did alder say", "Is it a go?"]
    )
    def test_an_ordinary_word_is_no_name(self, store: Store, question: str) -> None:
        for name in ("The Alder Group", "Future Foods", "Go"):
            store.add_client(name)
        with pytest.raises(NeedsClient):
            resolve.clients_asked(store, question, None, everyone=False)

    def test_the_word_that_names_is_enough(self, store: Store) -> None:
        alder, _ = store.add_client("The Alder Group"), store.add_client("Future Foods")
        assert resolve.clients_asked(store, "What did Alder say?", None, everyone=False) == (alder,)

    def test_all_are_meant_only_when_asked_for(self, store: Store) -> None:
        both = {store.add_client("Acme"), store.add_client("Globex")}
        assert set(resolve.clients_asked(store, "x", None, everyone=True)) == both
