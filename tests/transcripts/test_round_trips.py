"""Turns that are written in a format and read back are the same turns."""

import html
import json
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.transcripts.reading import read_file

Turns = list[tuple[str, int, str]]  # speaker, start in whole seconds, words

PEOPLE = [
    "Dana Ortiz",
    "Garc\u00eda, Eva",
    "\u7530\u4e2d",
    "SPEAKER_00",
    "\u0418\u0432\u0430\u043d",
    "\u05d3\u05e0\u05d4 \u05dc\u05d5\u05d9",
    "D.O.",
    "Sam Lee | Us",
]
WORDS = [
    "yes",
    "no",
    "R&D",
    "3:2",
    "<5%",
    "it's",
    "\u201cso\u201d",
    "\u306f\u3044",
    "Summary",
    "caf\u00e9",
    "well\u2026",
    "--",
    "http://x.example",
    "1.",
]


@st.composite
def _turns(draw: st.DrawFn) -> Turns:
    """A talk in which everybody speaks more than once, as people do; words begin with a letter."""
    people = draw(st.lists(st.sampled_from(PEOPLE), min_size=2, max_size=3, unique=True))
    order = draw(st.lists(st.integers(0, 2), min_size=1, max_size=12))
    speakers = [name for step in order for name in (people[step % len(people)], people[(step + 1) % len(people)])]
    speakers = [speakers[0], *(b for a, b in pairwise(speakers) if a != b)]
    texts = [" ".join(["So", *draw(st.lists(st.sampled_from(WORDS), max_size=20))]) for _ in speakers]
    return [(speaker, 5 * n, text) for n, (speaker, text) in enumerate(zip(speakers, texts, strict=True))]


def _clock(seconds: int, mark: str) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}000"


def _zoom(turns: Turns) -> str:
    return "WEBVTT\n\n" + "\n".join(
        f"{n}\n{_clock(at, '.')} --> {_clock(at + 4, '.')}\n{who}: {html.escape(text)}\n"
        for n, (who, at, text) in enumerate(turns, 1)
    )


def _teams(turns: Turns) -> str:
    return "WEBVTT\n\n" + "\n".join(
        f"{_clock(at, '.')} --> {_clock(at + 4, '.')}\n<v {who}>{html.escape(text)}</v>\n" for who, at, text in turns
    )


def _srt(turns: Turns) -> str:
    cues = (f"{_clock(at, ',')} --> {_clock(at + 4, ',')}\n{who}: {text}\n" for who, at, text in turns)
    return "\n".join(f"{n}\n{cue}" for n, cue in enumerate(cues, 1))


def _otter(turns: Turns) -> str:
    return "\n".join(f"{who}  {at // 60}:{at % 60:02}  \n{text}\n" for who, at, text in turns)


def _stamped(turns: Turns) -> str:
    return "\n".join(f"[{_clock(at, '')[:8]}] {who}: {text}" for who, at, text in turns)


def _markdown(turns: Turns) -> str:
    return "\n\n".join(f"**{who}** ({at // 60:02}:{at % 60:02}): {text}" for who, at, text in turns)


def _list(turns: Turns) -> str:
    return "".join(f"> - [{at // 60:02}:{at % 60:02}] **{who}**: {text}\n" for who, at, text in turns)


def _time_of_day(turns: Turns) -> str:
    return "".join(f"**{who}** *(11:{58 + at // 60}:{at % 60:02} PM)*\uff1a{text}\n\n" for who, at, text in turns)


def _whisper(turns: Turns) -> str:
    return json.dumps({"segments": [{"start": at, "end": at + 4, "text": f" {text}", "speaker": who} for who, at, text in turns]})


def _meeting(turns: Turns) -> str:
    return json.dumps({"turns": [{"start": at, "speaker": who, "text": text} for who, at, text in turns]})


WRITERS: dict[str, tuple[str, Callable[[Turns], str]]] = {
    "Zoom": ("webvtt", _zoom),
    "Teams": ("webvtt", _teams),
    "SRT": ("srt", _srt),
    "Otter": ("otter", _otter),
    "text with times": ("text", _stamped),
    "Markdown": ("text", _markdown),
    "a quoted list": ("text", _list),
    "times of day": ("text", _time_of_day),
    "Whisper": ("whisper", _whisper),
    "meeting JSON": ("meeting-json", _meeting),
}


@pytest.mark.parametrize(("kind", "write"), WRITERS.values(), ids=WRITERS.keys())
@settings(max_examples=30)  # of each format
@given(turns=_turns())
def test_turns_written_and_read_back_are_the_same(kind: str, write: Callable[[Turns], str], turns: Turns) -> None:
    transcript = read_file("x", write(turns).encode())
    assert transcript.format == kind
    assert [(u.speaker, u.start, u.text) for u in transcript.utterances] == turns
    assert transcript.coverage == 1.0
