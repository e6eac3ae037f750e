"""JSON of Deepgram: utterances where they were asked for, else the words of the channels; several channels are voices."""

from collections.abc import Iterator

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.notation.json_values import (
    astray,
    first,
    item_at,
    objects,
    record,
    seconds,
    share,
    speaker_name,
    spoken,
    string,
)
from analyzer.transcripts.notation.words import visible
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import Word, by_voice, drafted, sentences

_WRITTEN = ("summary", "topics", "intents", "sentiments")


def sniff(source: Source) -> float:
    """By utterances with a transcript, or by channels with alternatives."""
    results = _results(source.document)
    utterances = share(objects(results.get("utterances")), _is_utterance)
    channels = share(objects(results.get("channels")), lambda channel: bool(_alternative(channel)))
    return 0.96 * max(utterances, channels)


def parse(source: Source) -> Draft:
    """One cue an utterance, cut where its words change the speaker; else cues of one sentence."""
    results = _results(source.document)
    channels = [_alternative(channel) for channel in objects(results.get("channels"))]
    listed = results.get("utterances")
    if share(objects(listed), _is_utterance):
        several = len({speaker_name(one.get("channel")) for one in objects(listed)}) > 1
        cues = [cue for one in objects(listed) for cue in _utterance(one, _channel(one.get("channel")) if several else "")]
        empty = (len(listed) if isinstance(listed, list) else 0) - sum(bool(_said(one)) for one in objects(listed))
    else:
        named = [(one, _channel(at) if len(channels) > 1 else "") for at, one in enumerate(channels)]
        cues = [cue for alternative, channel in named for cue in _alternative_cues(alternative, channel)]
        empty = 0
    heard = sum(visible(spoken(one.get("transcript"))) for one in channels)
    return drafted(
        cues,
        heard=heard,
        lost=astray(listed),
        dropped={
            "utterances without words": empty,
            "summaries and other notes": sum(bool(results.get(key)) for key in _WRITTEN),
        },
    )


def _results(document: object) -> dict[str, object]:
    return record(record(document).get("results"))


def _is_utterance(entry: dict[str, object]) -> bool:
    return isinstance(entry.get("transcript"), str) and "start" in entry


def _alternative(channel: dict[str, object]) -> dict[str, object]:
    """The likeliest reading of a channel."""
    likeliest = item_at(channel.get("alternatives"), 0)
    return likeliest if "words" in likeliest or "transcript" in likeliest else {}


def _channel(number: object) -> str:
    return "" if speaker_name(number) == UNATTRIBUTED else speaker_name(number).replace("Speaker", "Channel")


def _voice(channel: str, speaker: object) -> str:
    """The name of a voice: numbers of speakers count within a channel."""
    name = speaker_name(speaker)
    if not channel:
        return name
    return channel if name == UNATTRIBUTED else f"{channel}, {name[:1].lower()}{name[1:]}"


def _said(utterance: dict[str, object]) -> str:
    return spoken(utterance.get("transcript")).strip()


def _utterance(utterance: dict[str, object], channel: str) -> Iterator[Cue]:
    text = _said(utterance)
    if text:
        whole = Cue(
            speaker=_voice(channel, utterance.get("speaker")),
            lines=(text,),
            start=seconds(utterance.get("start")),
            end=seconds(utterance.get("end")),
        )
        yield from by_voice(text, _words(utterance, channel), whole)


def _alternative_cues(alternative: dict[str, object], channel: str) -> list[Cue]:
    """Sentences of the words; the bare transcript where there are none."""
    words = _words(alternative, channel)
    if words:
        return sentences(words)
    text = spoken(alternative.get("transcript")).strip()
    return [Cue(speaker=channel or UNATTRIBUTED, lines=(text,), start=None, end=None)] if text else []


def _words(holder: dict[str, object], channel: str) -> list[Word]:
    return [
        Word(_voice(channel, word.get("speaker")), text, seconds(word.get("start")), seconds(word.get("end")))
        for word in objects(holder.get("words"))
        if (text := string(first(word, "punctuated_word", "word")))
    ]


DEEPGRAM = Format(
    name="deepgram",
    title="Deepgram JSON",
    sniff=sniff,
    parse=parse,
    export=("Deepgram: the answer of `/v1/listen` (with `diarize` or `multichannel` to know who speaks)",),
    reads="utterances or words with times, speakers, channels",
    missing="title and date; answers of the streaming interface",
    confirmed=False,
)
