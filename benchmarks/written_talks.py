"""A made-up talk of any length, written in every text format that is read."""

import datetime as dt
import html
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, groupby
from pathlib import Path
from typing import NamedTuple

MEETINGS = Path(__file__).resolve().parent / "meetings"
SECONDS_A_WORD = 0.36
WORDS_A_CUE = 14  # most turns are shorter: about 10 on average
BEGAN = dt.datetime(2026, 3, 4, 10, 2, tzinfo=dt.UTC)


class Said(NamedTuple):
    """One turn of the talk, one caption or one word of it; seconds."""

    who: str
    start: float
    end: float
    text: str


def talk(words: int) -> list[Said]:
    """The turns of the labelled meetings in a row, over and over, until there are so many words."""
    said: list[Said] = []
    at, spoken = 0.0, 0
    for who, text in cycle(_turns()):
        length = len(text.split())
        said.append(Said(who, round(at, 3), round(at + length * SECONDS_A_WORD, 3), text))
        at, spoken = at + length * SECONDS_A_WORD + 0.2, spoken + length
        if spoken >= words:
            break
    return said


def _turns() -> list[tuple[str, str]]:
    meetings = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(MEETINGS.glob("*.json"))]
    return [(turn["speaker"], turn["text"]) for meeting in meetings for turn in meeting["turns"]]


def captions(said: Sequence[Said], words_each: int = WORDS_A_CUE) -> Iterator[Said]:
    """The turns cut into captions of a few words."""
    for turn in said:
        words = turn.text.split()
        for first in range(0, len(words), words_each):
            part = words[first : first + words_each]
            start = round(turn.start + first * SECONDS_A_WORD, 3)
            yield Said(turn.who, start, round(start + len(part) * SECONDS_A_WORD, 3), " ".join(part))


def clock(seconds: float, mark: str = ".") -> str:
    """`01:02:03.456`, or with another mark; without one, whole seconds."""
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}" + (f"{mark}{thousandths:03}" if mark else "")


def _cues(said: Sequence[Said], cue: str, mark: str = ".") -> str:
    """Numbered captions; `cue` is what stands for {who} and {text}."""
    shown = enumerate(captions(said), 1)
    return "\n".join(
        f"{n}\n{clock(c.start, mark)} --> {clock(c.end, mark)}\n{cue.format(who=c.who, text=c.text)}\n" for n, c in shown
    )


def _lines(said: Sequence[Said], line: str, above: str = "") -> str:
    """A line, or several, for each turn, with {who}, {text} and {at}, or {min} and {sec}."""
    return above + "\n".join(
        line.format(
            who=turn.who, text=turn.text, at=clock(turn.start, ""), min=int(turn.start) // 60, sec=f"{int(turn.start) % 60:02}"
        )
        for turn in said
    )


def _teams(said: Sequence[Said]) -> str:
    escaped = [turn._replace(who=html.escape(turn.who), text=html.escape(turn.text)) for turn in said]
    return "WEBVTT\n\n" + _cues(escaped, "<v {who}>{text}</v>")


def _json(said: Sequence[Said], entry: Callable[[Said], object], *around: str) -> str:
    """An entry for each caption within the named objects."""
    document: object = [entry(caption) for caption in captions(said)]
    for name in reversed(around):
        document = {name: document}
    return json.dumps(document)


def _aws(said: Sequence[Said]) -> str:
    numbers = _numbers(said)
    items = [
        {
            "type": "pronunciation",
            "start_time": str(word.start),
            "end_time": str(word.end),
            "alternatives": [{"confidence": "0.9", "content": word.text}],
            "speaker_label": f"spk_{numbers[word.who]}",
        }
        for word in captions(said, 1)
    ]
    return json.dumps({"results": {"transcripts": [{"transcript": ""}], "items": items}})


def _deepgram(said: Sequence[Said]) -> str:
    numbers = _numbers(said)
    words = [
        {"word": word.text, "punctuated_word": word.text, "start": word.start, "end": word.end, "speaker": numbers[word.who]}
        for word in captions(said, 1)
    ]
    return json.dumps({"results": {"channels": [{"alternatives": [{"transcript": "", "words": words}]}]}})


def _kaldi(said: Sequence[Said]) -> str:
    numbers = _numbers(said)
    words = [{"start": w.start, "end": w.end, "word": w.text, "punct": w.text} for w in captions(said, 1)]
    segments = [
        {"start": turn.start, "duration": turn.end - turn.start, "speaker": {"@id": f"S{numbers[turn.who]}", "gender": "F"}}
        for turn in said
    ]
    return json.dumps({"words": words, "segmentation": {"@type": "AudioFile", "segments": segments}})


def _rev(said: Sequence[Said]) -> str:
    numbers = _numbers(said)
    monologues = []
    for who, words in groupby(captions(said, 1), key=lambda word: word.who):
        elements = [{"type": "text", "value": w.text, "ts": w.start, "end_ts": w.end, "confidence": 0.9} for w in words]
        spaced = [part for element in elements for part in (element, {"type": "punct", "value": " "})]
        monologues.append({"speaker": numbers[who], "elements": spaced})
    return json.dumps({"monologues": monologues})


def _granola(said: Sequence[Said]) -> str:
    numbers = _numbers(said)
    entries = [
        {
            "id": str(n),
            "document_id": "d1",
            "start_timestamp": (BEGAN + dt.timedelta(seconds=c.start)).isoformat(),
            "end_timestamp": (BEGAN + dt.timedelta(seconds=c.end)).isoformat(),
            "text": c.text,
            "source": "microphone" if numbers[c.who] % 2 else "system",
            "is_final": True,
        }
        for n, c in enumerate(captions(said))
    ]
    return json.dumps({"cache": {"version": 6, "state": {"documents": {"d1": {"id": "d1"}}, "transcripts": {"d1": entries}}}})


def _numbers(said: Sequence[Said]) -> dict[str, int]:
    return {who: number for number, who in enumerate(dict.fromkeys(turn.who for turn in said))}


WRITERS: dict[str, tuple[str, Callable[[Sequence[Said]], str]]] = {
    "webvtt": ("webvtt", lambda said: "WEBVTT\n\n" + _cues(said, "{who}: {text}")),
    "webvtt, voice tags": ("webvtt", _teams),
    "webvtt, names above": ("webvtt", lambda said: "WEBVTT\n\n" + _cues(said, "{who}\n{text}")),
    "srt": ("srt", lambda said: _cues(said, "{who}: {text}", ",")),
    "text": ("text", lambda said: _lines(said, "{who}: {text}")),
    "text, Markdown with times": ("text", lambda said: _lines(said, "**{who}** [{at}]: {text}\n")),
    "otter": ("otter", lambda said: _lines(said, "{who}  {at}  \n{text}\n")),
    "zoom-captions": ("zoom-captions", lambda said: _lines(said, "[{who}] {at}\n{text}\n")),
    "zoom-chat": ("zoom-chat", lambda said: _lines(said, "{at}\t{who}:\t{text}")),
    "teams-copy": (
        "teams-copy",
        lambda said: _lines(said, "{who}\n{min} minutes {sec} seconds{min}:{sec}\n{who} {min} minutes {sec} seconds\n{text}\n"),
    ),
    "google-meet": ("google-meet", lambda said: _lines(said, "{at}\n \n{who}: {text}", "Weekly - Transcript\n")),
    "fathom": (
        "fathom",
        lambda said: _lines(said, "{min}:{sec} - {who}\n  {text}\n", "Weekly - March 4\nVIEW RECORDING - 120 mins\n\n---\n\n"),
    ),
    "teams": (
        "teams",
        lambda said: _lines(
            said, "{who}   {min}:{sec}\n{text}", "Kickoff-20260304_100233-Meeting Recording\nEva started transcription\n"
        ),
    ),
    "whatsapp": ("whatsapp", lambda said: _lines(said, "24/03/2026, 10:02 - {who}: {text}")),
    "name-and-time": ("name-and-time", lambda said: _lines(said, "{who} ({min}:{sec})\n{text}\n")),
    "rev": ("rev", lambda said: _lines(said, "{who} ({min}:{sec}):\n{text}\n")),
    "descript": ("descript", lambda said: _lines(said, "{who}: [{at}] {text}\n")),
    "csv": ("csv", lambda said: _lines(said, '"{who}",{at},"{text}"', "Speaker,Start,Text\n")),
    "whisper": (
        "whisper",
        lambda said: _json(said, lambda c: {"start": c.start, "end": c.end, "text": c.text, "speaker": c.who}, "segments"),
    ),
    "meeting-json": (
        "meeting-json",
        lambda said: json.dumps({"turns": [{"start": turn.start, "speaker": turn.who, "text": turn.text} for turn in said]}),
    ),
    "fireflies": (
        "fireflies",
        lambda said: _json(
            said,
            lambda c: {"speaker_name": c.who, "text": c.text, "start_time": c.start, "end_time": c.end},
            "data",
            "transcript",
            "sentences",
        ),
    ),
    "fathom-json": (
        "fathom-json",
        lambda said: _json(said, lambda c: {"speaker": {"display_name": c.who}, "text": c.text, "timestamp": clock(c.start, "")}),
    ),
    "assemblyai": (
        "assemblyai",
        lambda said: _json(
            said,
            lambda c: {"speaker": c.who[:1], "start": int(c.start * 1000), "end": int(c.end * 1000), "text": c.text, "words": []},
            "utterances",
        ),
    ),
    "podcast-json": (
        "podcast-json",
        lambda said: _json(
            said, lambda c: {"speaker": c.who, "startTime": c.start, "endTime": c.end, "body": c.text}, "segments"
        ),
    ),
    "aws-transcribe": ("aws-transcribe", _aws),
    "deepgram": ("deepgram", _deepgram),
    "bbc-kaldi": ("bbc-kaldi", _kaldi),
    "rev-json": ("rev-json", _rev),
    "granola": ("granola", _granola),
}
"""How each format is written: its name, and the file of a talk."""
