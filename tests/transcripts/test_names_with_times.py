"""Text with a name and a time above each stretch, chats of WhatsApp, and Descript's times without names."""

import datetime as dt

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.reading import read_file

TALK = [("Dana Ortiz", 4, "Hello: all."), ("Sam Lee", 9, "Hi."), ("Dana Ortiz", 75, "So.")]

SHAPES = {
    "behind, round": "{who} ({time})\n{words}\n\n",
    "behind, square": "{who} [{time}]\n{words}\n",
    "before, square": "[{time}] {who}\n{words}\n\n",
    "before, bare": "{time} {who}\n{words}\n\n",
    "before, with a bar": "{time} | {who}\n{words}\n\n",
    "behind, bare": "{who} {time}\n{words}\n\n",
    "behind, with a bar": "{who} | {time}\n{words}\n\n",
    "bold and italic": "**{who}** *[{time}]*\n{words}\n\n",
    "headings": "### {who} ({time})\n{words}\n\n",
    "on a line below the name": "{who}\n{time}\n{words}\n\n",
    "on the line of the words": "{who} [{time}] {words}\n\n",
}


@pytest.mark.parametrize("clock", ["{:d}:{:02d}", "00:{:02d}:{:02d}"])
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_a_name_and_a_time_may_stand_above_the_words_in_many_ways(shape: str, clock: str) -> None:
    text = "".join(shape.format(who=who, time=clock.format(*divmod(at, 60)), words=words) for who, at, words in TALK)
    transcript = read_file("x", text.encode())
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == TALK
    assert transcript.format == "name-and-time"


def test_chapters_are_not_taken_for_speakers() -> None:
    chapters = "[0:00] Introduction\nThey met.\n\n[5:00] Northgate\nThey spoke of it.\n\n[9:00] Farewell\nThey left.\n"
    with pytest.raises(Refused, match="too few that come again") as refusal:
        read_file("x", chapters.encode())
    assert "`Name: words`" in refusal.value.hint


def test_an_agenda_is_not_taken_for_a_talk() -> None:
    with pytest.raises(Refused, match="does not say who speaks"):
        read_file("x", b"09:00 Welcome\n09:30 Money\n10:00 Break\n10:30 Money\n11:00 Break\n")


def test_lines_of_another_shape_are_words() -> None:
    text = "Dana (0:04)\nAs of\nSam 0:05\nit was.\n\nSam (0:09)\nHi.\n\nDana (0:12)\nSo.\n"
    assert read_file("x", text.encode()).utterances[0].text == "As of Sam 0:05 it was."


def _chat(*days: str) -> str:
    return "".join(f"{day}, 10:0{at} - {'Dana' if at % 2 else 'Sam'}: Words {at}\n" for at, day in enumerate(days))


@pytest.mark.parametrize(
    ("days", "date", "starts"),
    [
        (("17/09/2025", "18/09/2025"), dt.date(2025, 9, 17), [0, 86_460]),
        (("9/17/25", "9/17/25"), dt.date(2025, 9, 17), [0, 60]),
        (("03.04.25", "03.04.25"), dt.date(2025, 4, 3), [0, 60]),
        (("30/04/2025", "01/05/2025"), dt.date(2025, 4, 30), [0, 86_460]),
        (("03/04/2025", "02/05/2025"), dt.date(2025, 4, 3), [0, 29 * 86_400 + 60]),
        (("03/04/2025", "03/04/2025"), None, [0, 60]),
        (("03/04/2025", "04/05/2025"), None, [None, None]),
    ],
)
def test_the_days_of_a_chat_tell_which_number_is_the_month(
    days: tuple[str, ...], date: dt.date | None, starts: list[float | None]
) -> None:
    transcript = read_file("x", _chat(*days).encode())
    assert (transcript.format, transcript.date) == ("whatsapp", date)
    assert [u.start for u in transcript.utterances] == starts
    assert all(u.chat for u in transcript.utterances)


def test_a_chat_of_many_days_is_warned_of() -> None:
    warnings = read_file("x", _chat("17/09/2025", "18/09/2025").encode()).warnings
    assert "the chat goes from 2025-09-17 to 2025-09-18 and is filed under its first day" in warnings


def test_a_paragraph_of_descript_s_with_a_time_alone_goes_on_with_the_speaker() -> None:
    text = "[00:00:00] Dana Ortiz: One.\n\n[00:00:05] Two.\n\n[00:00:09] Sam Lee: Three.\n"
    transcript = read_file("x", text.encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == [("Dana Ortiz", "One. Two."), ("Sam Lee", "Three.")]
