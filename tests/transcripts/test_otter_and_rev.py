"""Otter's and Rev's texts: where the names stand, and what their programs add to the speech."""

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.base import UNATTRIBUTED
from analyzer.transcripts.reading import read_file

BLOCKS = ["00:00:04\nDana Ortiz\nHello there.", "00:00:09\nSam Lee\nDana Ortiz\nis here.", "00:00:14\nDana Ortiz\nRight, good."]
OTTER_END = "\n\nTranscribed by https://otter.ai\n"


@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_names_below_every_time_are_who_speaks(between: str) -> None:
    transcript = read_file("x", between.join(BLOCKS).encode())
    assert transcript.format == "otter"
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == [
        ("Dana Ortiz", 4, "Hello there."),
        ("Sam Lee", 9, "Dana Ortiz is here."),
        ("Dana Ortiz", 14, "Right, good."),
    ]


@pytest.mark.parametrize("end", ["", OTTER_END])
def test_where_names_stand_below_some_times_alone_nobody_can_tell(end: str) -> None:
    text = "\n\n".join([*BLOCKS, "00:00:20\nwhoever says this."]) + end
    with pytest.raises(Refused, match="names below some of its times"):
        read_file("x", text.encode())


def test_names_below_times_hold_in_a_file_longer_than_what_it_is_recognised_by() -> None:
    blocks = [f"{n // 60:02}:{n % 60:02}\n{('Dana Ortiz', 'Sam Lee')[n % 2]}\nWords at {n}." for n in range(3000)]
    transcript = read_file("x", "\n\n".join(blocks).encode())
    assert len(transcript.utterances) == 3000
    assert transcript.speakers == ("Dana Ortiz", "Sam Lee")


def test_times_with_words_below_them_have_no_names() -> None:
    text = "0:04\nHello there.\n\n0:09\nDana Ortiz said so.\n\n0:14\nGood Morning\nto all.\n" + OTTER_END
    assert read_file("x", text.encode()).speakers == (UNATTRIBUTED,)


REV = "Dana Ortiz (00:01):\nHello.\n\nSam Lee (00:12):\nHi.\n"
EXPORTED = "This transcript was exported on Sep 17, 2025 - view latest version here."


@pytest.mark.parametrize("text", [f"{REV}\n{EXPORTED}", f"{EXPORTED}\n\n{REV}", f"{EXPORTED}\n{REV}"])
def test_when_rev_exported_a_transcript_is_no_speech_no_title_and_no_date(text: str) -> None:
    transcript = read_file("x", text.encode())
    assert [(u.speaker, u.text) for u in transcript.utterances] == [("Dana Ortiz", "Hello."), ("Sam Lee", "Hi.")]
    assert (transcript.date, transcript.title_source) == (None, "file name")
    assert transcript.dropped == {"footer": 1}


def test_somebody_who_speaks_of_an_export_is_heard() -> None:
    said = "This transcript was exported on a Monday, and nobody has looked at it."
    assert read_file("x", f"{REV}{said}\n".encode()).utterances[-1].text == f"Hi. {said}"
