"""Date and title, from the heading or from the file's name, and where they came from."""

import datetime as dt

import pytest

from analyzer.transcripts.filing import date_in, from_file_name
from analyzer.transcripts.reading import read_file

MARCH_4 = dt.date(2026, 3, 4)


@pytest.mark.parametrize(
    ("name", "date", "title"),
    [
        ("GMT20260304-150233_Recording.transcript.vtt", MARCH_4, None),
        ("GMT20260304-150233_Recording_1920x1080.vtt", MARCH_4, None),
        ("2026-03-04 Scoping call.vtt", MARCH_4, "Scoping call"),
        ("2026-03-04 10.02.33 Northgate weekly.txt", MARCH_4, "Northgate weekly"),
        ("20260304.srt", MARCH_4, None),
        ("Kickoff-20260304_200732-Meeting Recording.vtt", MARCH_4, "Kickoff"),
        ("Kick-off with Ostrava_otter_ai.txt", None, "Kick-off with Ostrava"),
        ("Board review 4 March 2026.json", MARCH_4, "Board review"),
        ("March 4, 2026 - Board.md", MARCH_4, "Board"),
        ("4.3.2026_Vorstand.txt", MARCH_4, "Vorstand"),
        ("13-03-2026 Board.txt", dt.date(2026, 3, 13), "Board"),
        ("03-04-2026 Board.txt", None, "03-04-2026 Board"),
        ("meeting_saved_closed_caption.txt", None, None),
        ("transcript.vtt", None, None),
        ("/some/folder 2020-01-01/Northgate.vtt", None, "Northgate"),
        ("20261399 Plan.txt", None, "20261399 Plan"),
        ("Call 1234567890.txt", None, "Call 1234567890"),
        ("Kickoff - 2026_03_04 11_57 CET - Notes by Gemini.docx", MARCH_4, "Kickoff"),
        ("Northgate weekly (2026-03-04 10_02 GMT+1).docx", MARCH_4, "Northgate weekly"),
        ("Kickoff-20260304_200732-Besprechungsaufzeichnung.docx", MARCH_4, "Kickoff"),
        ("Besprechung am 4. M\u00e4rz 2026.docx", MARCH_4, "Besprechung"),
        ("R\u00e9union du 4 mars 2026.pdf", MARCH_4, "R\u00e9union"),
        ("Reuni\u00f3n 4 de marzo de 2026.pdf", MARCH_4, "Reuni\u00f3n"),
        ("audio_only.m4a.vtt", None, None),
    ],
)
def test_a_file_name_gives_date_and_title(name: str, date: dt.date | None, title: str | None) -> None:
    facts = from_file_name(name)
    assert (facts.date, facts.title) == (date, title)


@pytest.mark.parametrize(
    "text", ["on 4th of March 2026 at nine", "2026/03/04", "Mar 4, 2026", "20260304T101500Z", "04.03.2026", "4-Mar-2026"]
)
def test_dates_are_read_in_the_ways_people_write_them(text: str) -> None:
    assert date_in(text) == MARCH_4


@pytest.mark.parametrize("text", ["03/04/2026", "31 February 2026", "version 2.10.20", "in March", "2026-3", "120260304"])
def test_a_date_that_may_be_another_is_not_guessed(text: str) -> None:
    assert date_in(text) is None


SPEECH = b"Dana: Hello.\nSam: Hi.\n"


def test_the_content_wins_over_the_name_and_the_source_is_said() -> None:
    transcript = read_file("2020-01-01 Old name.txt", b"# Weekly\nDate: 4 March 2026\n\n" + SPEECH)
    assert (transcript.title, transcript.title_source) == ("Weekly", "content")
    assert (transcript.date, transcript.date_source) == (MARCH_4, "content")


def test_without_a_heading_the_name_is_the_source() -> None:
    transcript = read_file("2026-03-04 Weekly.txt", SPEECH)
    assert (transcript.title, transcript.title_source) == ("Weekly", "file name")
    assert (transcript.date, transcript.date_source) == (MARCH_4, "file name")


def test_without_either_there_is_none() -> None:
    transcript = read_file("transcript.txt", SPEECH)
    assert (transcript.title, transcript.title_source, transcript.date, transcript.date_source) == (None, None, None, None)


def test_a_date_in_the_speech_is_not_the_meetings() -> None:
    assert read_file("x.txt", b"Dana: On 4 March 2026 we start.\nSam: Hi.\n").date is None


TALK = "Dana: Hello.\nSam: Hi.\nDana: So.\n"


@pytest.mark.parametrize(
    ("above", "title", "date"),
    [
        ("Meeting Title: Northgate", "Northgate", None),
        ("Northgate steering.mp3", "Northgate steering", None),
        ("2026\u5e743\u67084\u65e5 \u5b9a\u4f8b\u4f1a\u8b70", "\u5b9a\u4f8b\u4f1a\u8b70", MARCH_4),
        ("Contract of 4 March 2026", "Contract of 4 March 2026", None),
        ("Minutes of 4 March 2026", "Minutes", MARCH_4),
        ("Northgate\nWed, Mar 4, 2026 at 2:00 PM", "Northgate", MARCH_4),
        ("Northgate\nWe have worked together with them since 4 March 2026", "Northgate", None),
        ("Northgate\nNext meeting: 4 March 2026", "Northgate", None),
        ("Northgate\nThey signed the contract with us on 4 March 2026", "Northgate", None),
    ],
)
def test_title_and_date_stand_above_the_speech_in_many_ways(above: str, title: str, date: dt.date | None) -> None:
    transcript = read_file("x.txt", f"{above}\n\n{TALK}".encode())
    assert (transcript.title, transcript.date) == (title, date)


@pytest.mark.parametrize("above", ["Date: 03/04/2026", "Transcript of 03/04/2026", "Northgate\n3-4-2026"])
def test_a_date_that_two_countries_read_differently_is_said(above: str) -> None:
    transcript = read_file("x.txt", f"{above}\n\n{TALK}".encode())
    assert transcript.date is None
    assert "the date could be 3 April or 4 March 2026" in transcript.warnings


@pytest.mark.parametrize(
    "text", ["2026\u5e743\u67084\u65e5\uff08\u6c34\uff0914:00", "4 \u043c\u0430\u0440\u0442\u0430 2026", "4 marca 2026"]
)
def test_dates_are_read_in_other_scripts(text: str) -> None:
    assert date_in(text) == MARCH_4
