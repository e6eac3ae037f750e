"""JSON of Whisper and WhisperX: segments with seconds and words, with or without speakers."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.cues import Cue
from analyzer.transcripts.json_values import objects, seconds, speaker_name
from analyzer.transcripts.turns import join, take_once
from analyzer.transcripts.words import visible

_SNIFFED = 20


def sniff(source: Source) -> float:
    """By segments that have text and a start in seconds."""
    segments = _segments(source.document)[:_SNIFFED]
    fitting = sum(isinstance(s.get("text"), str) and seconds(s.get("start")) is not None for s in segments)
    return 0.9 * fitting / len(segments) if segments else 0.0


def parse(source: Source) -> Draft:
    """Turns out of segments, split where a segment's own words change the speaker."""
    segments = _segments(source.document)
    cues = [cue for segment in segments for cue in _cues(segment) if cue.lines[0].strip()]
    if all(cue.start is not None for cue in cues):
        cues.sort(key=lambda cue: cue.start or 0.0)
    cues, repeats = take_once(cues)
    known = sum(cue.speaker != UNATTRIBUTED for cue in cues)
    return Draft(
        utterances=join(cues),
        speech=sum(visible(line) for cue in cues for line in cue.lines),
        confidence="high" if known * 2 >= len(cues) else "medium",
        dropped={"repeated captions": repeats, "segments without words": sum(not _text(s).strip() for s in segments)},
    )


def _segments(document: object) -> list[dict[str, object]]:
    """The segments of the object, or of the bare list that some programs write."""
    return objects(document.get("segments") if isinstance(document, dict) else document)


def _cues(segment: dict[str, object]) -> Iterator[Cue]:
    """The segment as one cue, or as several where its words name several speakers and make up its text."""
    text = _text(segment)
    words = _words(segment)
    parts = [(name, [word for _, word in group]) for name, group in groupby(_voiced(segment, words), key=itemgetter(0))]
    whole = "".join("".join(str(word["word"]) for word in words).split())
    if len(parts) < 2 or whole != "".join(text.split()):  # noqa: PLR2004 - one voice is no change of voice
        name = speaker_name(segment.get("speaker"))
        if name == UNATTRIBUTED and len(parts) == 1:
            name = parts[0][0]
        yield Cue(speaker=name, lines=(text,), start=seconds(segment.get("start")), end=seconds(segment.get("end")))
        return
    for name, group in parts:
        spoken = _spoken(group)
        starts, ends = ([t for word in group if (t := seconds(word.get(key))) is not None] for key in ("start", "end"))
        start = starts[0] if starts else seconds(segment.get("start"))
        yield Cue(speaker=name, lines=(spoken,), start=start, end=ends[-1] if ends else None)


def _voiced(segment: dict[str, object], words: Sequence[dict[str, object]]) -> Iterator[tuple[str, dict[str, object]]]:
    """Each word with its speaker. A word that was not aligned (numbers are not) is of the speaker before it."""
    speaker = next((word["speaker"] for word in words if word.get("speaker") is not None), segment.get("speaker"))
    for word in words:
        speaker = word.get("speaker") if word.get("speaker") is not None else speaker
        yield speaker_name(speaker), word


def _words(segment: dict[str, object]) -> list[dict[str, object]]:
    return [word for word in objects(segment.get("words")) if isinstance(word.get("word"), str)]


def _spoken(words: Sequence[dict[str, object]]) -> str:
    """Whisper's words bring their own spaces, WhisperX's have none."""
    texts = [str(word["word"]) for word in words]
    return "".join(texts) if any(text.startswith(" ") for text in texts) else " ".join(texts)


def _text(segment: dict[str, object]) -> str:
    text = segment.get("text")
    return text if isinstance(text, str) else ""


WHISPER = Format(
    name="whisper",
    title="Whisper and WhisperX JSON",
    sniff=sniff,
    parse=parse,
    export=("Whisper, WhisperX, whisper-timestamped: `--output_format json`",),
    reads="segments with seconds, speakers per segment or per word",
    missing="date and title; who speaks, where no diarisation was run",
)
