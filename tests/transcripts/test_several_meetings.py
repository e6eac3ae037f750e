"""Two meetings in one file are refused and never read as one; one meeting, however untidy its times, is read."""

from collections.abc import Callable, Sequence

import pytest

from analyzer.errors import Refused
from analyzer.transcripts.reading import read_file

Said = Sequence[tuple[str, float]]
"""Who speaks, and at which second."""


def _clock(seconds: float, comma: str = ".") -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{comma}{round((seconds - whole) * 1000):03}"


def _vtt(said: Said) -> str:
    cues = [f"{_clock(at)} --> {_clock(at + 1)}\n<v {who}>Words at {at}.</v>\n\n" for who, at in said]
    return "WEBVTT\n\n" + "".join(cues)


def _srt(said: Said) -> str:
    cues = [f"{_clock(at, ',')} --> {_clock(at + 1, ',')}\n{who}: Words at {at}.\n\n" for who, at in said]
    return "".join(f"{number}\n{cue}" for number, cue in enumerate(cues, start=1))


def _otter(said: Said) -> str:
    return "".join(f"{who} Ortiz  {_clock(at)[:8]}\nWords at {at}.\n\n" for who, at in said)


def _rev(said: Said) -> str:
    return "".join(f"{who} Ortiz ({_clock(at)[:8]}):\nWords at {at}.\n\n" for who, at in said)


def _lines(said: Said) -> str:
    return "".join(f"[{_clock(at)[:8]}] {who}: Words at {at}.\n" for who, at in said)


def _table(said: Said) -> str:
    return "Speaker,Start,Text\n" + "".join(f"{who},{_clock(at)[:8]},Words at {at}.\n" for who, at in said)


WRITERS = [_vtt, _srt, _otter, _rev, _lines, _table]
FIRST: Said = [("Dana", 4), ("Sam", 9), ("Dana", 300), ("Sam", 1800), ("Dana", 3500)]
SECOND: Said = [("Dana", 2), ("Kim", 7), ("Dana", 31), ("Kim", 900)]
SHORT: Said = [("Dana", 4), ("Sam", 9), ("Dana", 20)]


def _outcome(text: str) -> str:
    try:
        return "read" if read_file("x", text.encode()).utterances else "nothing"
    except Refused as refusal:
        return "refused" if "holds more than one meeting" in refusal.message and "Split it" in refusal.hint else refusal.message


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize(
    "said",
    [
        [*FIRST, *SECOND],
        [*FIRST, *FIRST],
        [*FIRST, *[(who, at + 100) for who, at in SECOND]],
        [*SHORT, ("Kim", 2), ("Dana", 6), ("Kim", 11)],
    ],
    ids=["another", "the same again", "one that begins late", "short ones"],
)
def test_a_clock_that_begins_anew_is_another_meeting(write: Callable[[Said], str], said: Said) -> None:
    assert _outcome(write(said)) == "refused"


ONE_MEETING: dict[str, Said] = {
    "parts that go on with one clock": [*FIRST, *[(who, at + 3600) for who, at in SECOND]],
    "one wild time": [*FIRST[:2], ("Dana", 90000), ("Sam", 12), ("Dana", 14), ("Sam", 17)],
    "one time that falls back": [*FIRST[:4], ("Dana", 5), ("Sam", 1900), ("Dana", 1950), ("Sam", 1990)],
    "people who talk at once": [("Dana", 4), ("Sam", 3.5), ("Dana", 8), ("Sam", 6), ("Dana", 7), ("Sam", 12), ("Dana", 30)],
    "a passage out of its place": [*FIRST, ("Sam", 1000), ("Dana", 1010), ("Sam", 1020), ("Dana", 3600)],
    "a stop of the clock": [("Dana", 0), ("Sam", 0), ("Dana", 0), ("Sam", 5), ("Dana", 5), ("Sam", 5)],
}


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("said", ONE_MEETING.values(), ids=ONE_MEETING.keys())
def test_untidy_times_are_one_meeting(write: Callable[[Said], str], said: Said) -> None:
    assert _outcome(write(said)) == "read"


def test_a_track_of_each_speaker_is_one_meeting() -> None:
    tracks = [("Dana", 0), ("Dana", 5), ("Dana", 20), ("Sam", 2), ("Sam", 7), ("Sam", 22)]
    transcript = read_file("x", _vtt(tracks).encode())
    assert [u.start for u in transcript.utterances] == [0, 2, 5, 7, 20, 22]


@pytest.mark.parametrize("write", [_lines, _table])
def test_a_days_clock_past_midnight_is_one_meeting(write: Callable[[Said], str]) -> None:
    night = [("Dana", 86000), ("Sam", 86300), ("Dana", 86390), ("Sam", 5), ("Dana", 60), ("Sam", 200), ("Dana", 300)]
    transcript = read_file("x", write(night).encode())
    assert transcript.utterances[-1].start == 700


@pytest.mark.parametrize("between", ["\n", ""])
@pytest.mark.parametrize("header", ["WEBVTT", "WEBVTT - Another\nKind: captions"])
def test_a_second_signature_with_a_clock_of_its_own_is_another_meeting(header: str, between: str) -> None:
    first, second = _vtt(FIRST[:2]).rstrip("\n"), _vtt([("Kim", 2)]).removeprefix("WEBVTT")
    if not between and "Another" in header:
        return
    assert _outcome(f"{first}\n{between}{header}{second}") == "refused"


def test_captions_in_pieces_with_one_clock_are_one_meeting() -> None:
    mapped = "WEBVTT\nX-TIMESTAMP-MAP=LOCAL:00:00:00.000,MPEGTS:900000"
    pieces = [_vtt([one]).replace("WEBVTT", mapped) for one in FIRST]
    transcript = read_file("x", "".join(pieces).encode())
    assert [(u.speaker, u.start) for u in transcript.utterances] == [(who, at) for who, at in FIRST]
    assert (transcript.coverage, transcript.warnings) == (1.0, ())


def test_a_signature_that_somebody_says_is_spoken() -> None:
    spoken = _vtt(FIRST[:2]).replace("<v Sam>Words at 9.</v>", "WEBVTT\nWEBVTT it is called")
    assert "WEBVTT WEBVTT it is called" in read_file("x", spoken.encode()).utterances[-1].text


def test_numbers_and_times_that_begin_anew_are_another_meeting() -> None:
    assert _outcome(_srt([("Dana", 1), ("Sam", 602)]) + _srt([("Dana", 1), ("Kim", 2)])) == "refused"
    assert _outcome(_srt([("Dana", 4), ("Sam", 6)]) + _srt([("Kim", 1)])) == "refused"


def test_numbers_that_begin_anew_while_the_clock_goes_on_are_one_meeting() -> None:
    assert _outcome(_srt(FIRST) + _srt([(who, at + 3600) for who, at in SECOND])) == "read"


def test_a_number_that_is_said_is_no_beginning() -> None:
    said = _srt(FIRST[:3]).replace("Dana: Words at 4.", "Dana: Words at 4.\n\n1")
    assert _outcome(said) != "refused"


OTTER_END = "Transcribed by https://otter.ai\n\n"


def test_more_than_one_last_line_of_otters_is_more_than_one_meeting() -> None:
    first, second = _otter(FIRST[:2]), _otter(SECOND[:2])
    assert _outcome(first + OTTER_END + second + OTTER_END) == "refused"
    untimed = "Dana Ortiz\nOne.\n\nSam Lee\nTwo.\n\nDana Ortiz\nThree.\n\n"
    assert _outcome(untimed + OTTER_END) == "read"
    assert _outcome(untimed + OTTER_END + untimed + OTTER_END) == "refused"


def test_otters_last_line_on_every_page_is_one_meeting() -> None:
    pages = _otter(FIRST[:2]) + OTTER_END + _otter(FIRST[2:]) + OTTER_END
    transcript = read_file("x", pages.encode())
    assert [u.start for u in transcript.utterances] == [at for _, at in FIRST]
    assert transcript.dropped == {"footer": 2}
