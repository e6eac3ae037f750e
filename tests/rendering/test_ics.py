"""The agenda as a draft in a calendar."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from analyzer.model.agenda import Agenda, AgendaKind
from analyzer.rendering import ics
from analyzer.rendering.pages import Page, line
from analyzer.rendering.seen import seen
from tests.rendering.pages import HOSTILE, MADE_AT, whole

AGENDA = Agenda(
    kind=AgendaKind.PARTNERSHIP,
    client="Tarn Mills",
    practice="Alder & Finch",
    people=("Tess Okafor",),
    date=dt.date(2026, 3, 20),
    day_said=True,
    minutes=60,
    intention="To talk.",
    items=(),
    next_talk=dt.date(2026, 6, 1),
)


def event(data: bytes) -> Event:
    """The one event of the one calendar; nothing else stands in it."""
    (calendar,) = Calendar.from_ical(data, multiple=True)
    (only,) = calendar.subcomponents
    assert isinstance(only, Event)
    assert not only.subcomponents
    return only


def kept(text: str) -> str:
    """The text as icalendar keeps it: a written `\\N` is a new line to it."""
    return seen(text).replace("\\N", "\n")


def drawn(page: Page) -> bytes:
    return ics.agenda(AGENDA, page, MADE_AT)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_stay_words(name: str) -> None:
    data = drawn(whole(name, private=False))
    found = event(data)
    assert str(found["SUMMARY"]) == kept(f"Brief on {name}")
    assert set(found) == {"SUMMARY", "DTSTART", "DTSTAMP", "UID", "DESCRIPTION", "STATUS", "TRANSP"}
    assert f"\n- {kept(seen(name).strip())}\n" in str(found["DESCRIPTION"])
    assert all(len(folded) <= 75 for folded in data.split(b"\r\n"))
    assert data.count(b"\r\nBEGIN:") == 1


@given(st.text(alphabet=st.characters() | st.sampled_from('\\,;:"\n\rN='), max_size=80))
def test_any_words_stay_words(text: str) -> None:
    page = Page(title=text, lead=(line(text),), sections=(), private=False)
    found = event(drawn(page))
    assert str(found["SUMMARY"]) == kept(text)
    assert str(found["DESCRIPTION"]) == kept(seen(text).strip())


def test_it_is_a_draft_of_that_day_that_invites_nobody() -> None:
    data = drawn(whole(private=False))
    found = event(data)
    assert found.decoded("DTSTART") == dt.date(2026, 3, 20)
    assert found.decoded("DTSTAMP") == MADE_AT
    assert (str(found["STATUS"]), str(found["TRANSP"])) == ("TENTATIVE", "TRANSPARENT")
    assert str(Calendar.from_ical(data)["METHOD"]) == "PUBLISH"
    assert not {"ORGANIZER", "ATTENDEE", "URL", "ATTACH"} & set(found)


def test_a_newer_draft_of_the_same_talk_takes_the_place_of_the_older_one() -> None:
    uid = event(drawn(whole(private=False)))["UID"]
    newer = event(ics.agenda(replace(AGENDA, minutes=30), whole("Bo", private=False), MADE_AT + dt.timedelta(days=1)))
    other = event(ics.agenda(replace(AGENDA, date=dt.date(2026, 3, 21)), whole(private=False), MADE_AT))
    assert newer["UID"] == uid != other["UID"]
    assert "Tarn" not in str(uid)


def test_the_same_agenda_is_the_same_bytes() -> None:
    assert drawn(whole(private=False)) == drawn(whole(private=False))


@pytest.mark.parametrize(
    "hidden",
    [
        b"X-NOTE:Birch Rail",
        b"X-BIRCH RAIL:x".replace(b" ", b"-"),
        b"COMMENT;LANGUAGE=Birch Rail:x",
        b"ORGANIZER;CN=Birch Rail:mailto:x@example.com",
        b'DESCRIPTION;ALTREP="Birch Rail":x',
        b"BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT1H\r\nDESCRIPTION:Birch Rail\r\nEND:VALARM",
    ],
)
def test_whatever_a_file_holds_is_read_back(hidden: bytes) -> None:
    data = drawn(whole(private=False))
    text = ics.text_of(data.replace(b"END:VEVENT", hidden + b"\r\nEND:VEVENT"))
    assert "birch rail" in text.casefold().replace("-", " ")
    assert "Birch" not in ics.text_of(data)


def test_folded_and_escaped_words_are_read_back_whole() -> None:
    words = "Birch, Rail; and more, " * 20
    assert " ".join(words.split()) in ics.text_of(drawn(Page(title="T", lead=(line(words),), sections=(), private=False)))


def test_what_is_ours_in_every_file_is_not_read_back() -> None:
    text = ics.text_of(drawn(Page(title="A talk", lead=(line("60 minutes"),), sections=(), private=False)))
    uid = str(event(drawn(Page(title="A talk", lead=(line("60 minutes"),), sections=(), private=False)))["UID"])
    assert set(text.split("\n")) == {"A talk", "20260320", "20260309T083000Z", uid, "60 minutes"}
