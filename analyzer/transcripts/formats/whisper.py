"""JSON of Whisper and its kin (WhisperX, whisper-timestamped, faster-whisper, whisper.cpp, Transformers): segments with times.

Whisper at times says the same over and over where nobody speaks. Such repeats stay, for people repeat themselves too, and
are warned of; a segment that is shown twice over the same seconds is taken once.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from analyzer.transcripts.base import Draft, Format, Source
from analyzer.transcripts.notation.json_values import (
    astray,
    first,
    milliseconds,
    moment,
    objects,
    record,
    share,
    speaker_name,
    spoken,
)
from analyzer.transcripts.notation.words import count, ends_sentence, visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import Word, by_voice, drafted, in_order, is_closing, sentences, spread

_SILENCE = re.compile(r"\[\s*(?:blank[_ ]audio|silence|no speech|music)\s*\]", re.IGNORECASE)
_HELD_IN = ("segments", "transcription", "speakers", "chunks")
_ROW = ("id", "seek", "start", "end", "text")  # faster-whisper's segments where its named tuples were written as lists
_OFTEN = 4  # times that somebody may say the same before it is doubted
_NEARLY_ALL = 0.8
_SOME = 0.2  # of pieces of words and punctuation fewer begin with a space


class _Segment(NamedTuple):
    text: str
    start: float | None
    end: float | None
    speaker: str
    words: list[Word]


def sniff(source: Source) -> float:
    """By segments that have text and a start, or by timed words beside the whole text."""
    fitting = share(_listed(source.document), lambda one: _is_text(one) and _segment(one).start is not None)
    words = share(
        _words_alone(source.document), lambda one: isinstance(one.get("word"), str) and moment(one.get("start")) is not None
    )
    return max(0.9 * fitting, 0.85 * words)


def parse(source: Source) -> Draft:
    """Turns out of segments, split where a segment's own words change the speaker."""
    listed = _listed(source.document)
    segments = [_segment(one) for one in listed]
    said = [one for one in segments if one.text.strip() and not _SILENCE.fullmatch(one.text.strip())]
    silent = sum(_SILENCE.fullmatch(one.text.strip()) is not None for one in segments)
    cues = _sentences(said) if _are_words(said) else _cues(_whole_words(said))
    ordered = in_order(cues if listed else _from_words(source.document))
    once = [cue for before, cue in zip([None, *ordered], ordered, strict=False) if not _shown_before(before, cue)]
    draft = drafted(
        once,
        heard=0 if listed else visible(spoken(record(source.document).get("text"))),
        lost=astray(source.document) + sum(astray(record(source.document).get(key)) for key in _HELD_IN),
        dropped={
            "repeated captions": len(ordered) - len(once),
            "segments without words": len(segments) - len(said) - silent,
            "marks of silence": silent,
        },
    )
    return replace(draft, warnings=_doubts(once))


def _listed(document: object) -> list[dict[str, object]]:
    """The segments of the object, or of the bare list that some programs write."""
    if isinstance(document, list):
        return objects(document) or [dict(zip(_ROW, row, strict=False)) for row in document if _is_row(row)]
    root = record(document)
    held = (objects(root.get(key)) for key in _HELD_IN)
    return next((segments for segments in held if share(segments, _is_text)), [])


def _is_row(row: object) -> bool:
    return isinstance(row, list) and len(row) >= len(_ROW) and isinstance(row[4], str)


def _words_alone(document: object) -> list[dict[str, object]]:
    root = record(document)
    return objects(root.get("words")) if isinstance(root.get("text"), str) and not _listed(root) else []


def _is_text(entry: dict[str, object]) -> bool:
    return isinstance(entry.get("text"), str)


def _segment(entry: dict[str, object]) -> _Segment:
    words = [word for one in objects(entry.get("words")) if (word := _word(one)).text.strip()]
    return _Segment(
        text=spoken(entry.get("text")) or _put_together(words),
        start=_time(entry, "start", "from", 0),
        end=_time(entry, "end", "to", 1),
        speaker=speaker_name(first(entry, "speaker", "speaker_id")),
        words=words,
    )


def _time(entry: dict[str, object], plain: str, cpp: str, place: int) -> float | None:
    """An edge of a segment: in seconds, in whisper.cpp's milliseconds or clock, or in the pair that Transformers writes."""
    if entry.get(plain) is not None:
        return moment(entry[plain])
    offset = milliseconds(record(entry.get("offsets")).get(cpp))
    pair = entry.get("timestamp")
    if offset is None and isinstance(pair, list) and place < len(pair):
        return moment(pair[place])
    return moment(record(entry.get("timestamps")).get(cpp)) if offset is None else offset


def _word(entry: dict[str, object]) -> Word:
    text = spoken(first(entry, "word", "text"))
    return Word(speaker_name(entry.get("speaker")), text, moment(entry.get("start")), moment(entry.get("end")))


def _put_together(words: Sequence[Word]) -> str:
    """Whisper's words bring their own spaces, WhisperX's have none."""
    spaced = any(word.text.startswith(" ") for word in words)
    return ("" if spaced else " ").join(word.text for word in words)


def _cues(segments: Sequence[_Segment]) -> Iterator[Cue]:
    for one in segments:
        yield from by_voice(one.text, one.words, Cue(speaker=one.speaker, lines=(one.text,), start=one.start, end=one.end))


def _are_words(segments: Sequence[_Segment]) -> bool:
    """Whether the program was asked for single words."""
    single = sum(not one.words and count(one.text) == 1 for one in segments)
    return single > _NEARLY_ALL * len(segments)


def _spaced(segments: Sequence[_Segment]) -> float:
    """The share of segments that bring the space before them."""
    return sum(one.text.startswith(" ") for one in segments) / len(segments) if segments else 0.0


def _whole_words(segments: Sequence[_Segment]) -> list[_Segment]:
    """The segments, those joined that whisper.cpp cut within a word: where spaces begin segments, these begin with none."""
    if _spaced(segments) <= _NEARLY_ALL:
        return list(segments)
    whole: list[_Segment] = []
    for one in segments:
        before = whole[-1] if whole else None
        if before is None or one.text.startswith(" ") or before.speaker != one.speaker or ends_sentence(before.text):
            whole.append(one)
        else:
            whole[-1] = before._replace(text=before.text + one.text, end=one.end, words=[*before.words, *one.words])
    return whole


def _sentences(segments: Sequence[_Segment]) -> list[Cue]:
    """Sentences of segments that are single words."""
    spaced = _spaced(segments) > _SOME
    return sentences(
        Word(one.speaker, text, one.start, one.end, glued=is_closing(text) or (spaced and not one.text.startswith(" ")))
        for one in segments
        if (text := one.text.strip())
    )


def _from_words(document: object) -> list[Cue]:
    """Sentences of the whole text, timed by the words beside it; of the words alone where they are not those of the text."""
    words = [word for one in _words_alone(document) if (word := _word(one)).text.strip()]
    return sentences(
        spread(spoken(record(document).get("text")), words) or [word._replace(text=word.text.strip()) for word in words]
    )


def _shown_before(before: Cue | None, cue: Cue) -> bool:
    """Whether a cue repeats the one before it over the same seconds, as programs do that read a recording in pieces."""
    if before is None or before.end is None or cue.start is None:
        return False
    return before.speaker == cue.speaker and _plain(before) == _plain(cue) and cue.start < before.end - 0.01


def _plain(cue: Cue) -> str:
    return " ".join(cue.lines[0].casefold().split())


def _doubts(cues: Sequence[Cue]) -> tuple[str, ...]:
    rows = [len(list(row)) for _, row in groupby(cues, key=_plain)]
    times = max(rows, default=0)
    if times < _OFTEN:
        return ()
    return (f"the same words stand up to {times} times in a row: Whisper writes such repeats where nobody speaks",)


WHISPER = Format(
    name="whisper",
    title="Whisper and WhisperX JSON",
    sniff=sniff,
    parse=parse,
    export=(
        "Whisper, WhisperX, whisper-timestamped: `--output_format json`",
        "whisper.cpp: `--output-json`",
        "OpenAI API: `verbose_json` or `diarized_json`",
    ),
    reads="segments or words with times, speakers per segment or per word",
    missing="date and title; who speaks, where no diarisation was run",
)
