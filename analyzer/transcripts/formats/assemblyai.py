"""JSON of AssemblyAI: utterances, or words where no speakers were told apart, in milliseconds; its chapters are never read."""

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.notation.json_values import (
    astray,
    first,
    milliseconds,
    objects,
    record,
    share,
    speaker_name,
    spoken,
    string,
)
from analyzer.transcripts.notation.words import count, visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import Word, by_voice, drafted, sentences

_SNIFFED = 50
_SLOWEST = 20.0
"""Numbers a word, from which on times must be milliseconds: nobody needs 20 seconds, nobody 20 milliseconds."""
_WRITTEN = ("summary", "chapters", "auto_highlights_result", "sentiment_analysis_results", "iab_categories_result", "entities")
_LONGEST_LETTERS = 3


def sniff(source: Source) -> float:
    """By utterances or words in milliseconds; other products have the same names for seconds."""
    listed = (_utterances(source.document) or _words_of(source.document))[:_SNIFFED]
    timed = [(span, count(spoken(one.get("text")))) for one in listed if (span := _span(one)) is not None]
    lasted, said = sum(span for span, _ in timed) * 1000, sum(words for _, words in timed)
    return 0.95 * share(listed, _is_said) if said and lasted >= _SLOWEST * said else 0.0


def parse(source: Source) -> Draft:
    """One cue an utterance, cut where its words change the speaker; else cues of one sentence."""
    document = record(source.document)
    listed = source.document if isinstance(source.document, list) else document.get("utterances")
    utterances = _utterances(source.document)
    if utterances:
        cues = [cue for one in utterances if spoken(one.get("text")).strip() for cue in _cues(one)]
        empty = sum(not spoken(one.get("text")).strip() for one in utterances)
    else:
        words = [_word(one) for one in _words_of(source.document)]
        cues = sentences(word for word in words if word.text)
        empty = sum(not word.text for word in words)
    return drafted(
        cues,
        heard=visible(spoken(document.get("text"))),
        lost=astray(listed),
        dropped={
            "utterances without words": empty,
            "summaries and other notes": sum(bool(document.get(key)) for key in _WRITTEN),
        },
    )


def _utterances(document: object) -> list[dict[str, object]]:
    if isinstance(document, list):
        return objects(document) if share(objects(document), lambda one: "speaker" in one) else []
    return objects(record(document).get("utterances"))


def _words_of(document: object) -> list[dict[str, object]]:
    return objects(record(document).get("words"))


def _is_said(entry: dict[str, object]) -> bool:
    return isinstance(entry.get("text"), str) and milliseconds(entry.get("start")) is not None


def _span(entry: dict[str, object]) -> float | None:
    """How long something was said, in seconds; None where it is not in whole milliseconds."""
    begin, finish = ((milliseconds(value) if _is_whole(value) else None) for value in (entry.get("start"), entry.get("end")))
    return None if begin is None or finish is None else finish - begin


def _is_whole(value: object) -> bool:
    return str(value).removesuffix(".0").isdecimal()


def _speaker(entry: dict[str, object]) -> str:
    """A letter, or the number of a channel and a letter, is a voice; anything longer is a name."""
    name = speaker_name(entry.get("speaker"))
    if name == UNATTRIBUTED:
        channel = speaker_name(entry.get("channel"))
        return channel if channel == UNATTRIBUTED else channel.replace("Speaker", "Channel")
    return f"Speaker {name}" if len(name) < _LONGEST_LETTERS and name.isascii() and name.isalnum() else name


def _word(entry: dict[str, object]) -> Word:
    text = string(first(entry, "text", "word")) or ""
    return Word(_speaker(entry), text, milliseconds(entry.get("start")), milliseconds(entry.get("end")))


def _cues(utterance: dict[str, object]) -> list[Cue]:
    text = spoken(utterance.get("text"))
    start, end = milliseconds(utterance.get("start")), milliseconds(utterance.get("end"))
    words = [word for one in objects(utterance.get("words")) if (word := _word(one)).text]
    return by_voice(text, words, Cue(speaker=_speaker(utterance), lines=(text,), start=start, end=end))


ASSEMBLYAI = Format(
    name="assemblyai",
    title="AssemblyAI JSON",
    sniff=sniff,
    parse=parse,
    export=("AssemblyAI: a completed transcript (with `speaker_labels` or `multichannel` to know who speaks)",),
    reads="utterances or words, milliseconds, speakers, channels; never chapters or summary",
    missing="title and date",
    confirmed=False,
)
