"""JSON of BBC-Kaldi: words with their punctuation, and beside them, in stretches of time, who speaks."""

from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.notation.json_values import astray, first, objects, record, seconds, share, speaker_name, string
from analyzer.transcripts.speech.sentences import Stretch, Word, drafted, sentences, voice_at


def sniff(source: Source) -> float:
    """By words that say how they are punctuated, or by a segmentation into voices."""
    held = _held(source.document)
    words = share(objects(held.get("words")), lambda word: isinstance(word.get("punct"), str))
    return 0.95 * max(words, share(_segments(held), lambda segment: "duration" in segment and "speaker" in segment))


def parse(source: Source) -> Draft:
    """Cues of one sentence, of the speaker in whose stretch of time each word lies. Raises Refused where there are no words."""
    held = _held(source.document)
    listed = held.get("words")
    if not objects(listed):
        raise refused(
            source.name, "says who spoke when, but not a word of what was said", "Export words and speakers in one file."
        )
    voice = voice_at(_stretches(held))
    words = []
    for word in objects(listed):
        if text := string(first(word, "punct", "word")):
            start, end = seconds(word.get("start")), seconds(word.get("end"))
            words.append(Word(voice(start, end), text, start, end))
    empty = (len(listed) if isinstance(listed, list) else 0) - len(words)
    return drafted(sentences(words), lost=astray(listed), dropped={"words without letters": empty})


def _held(document: object) -> dict[str, object]:
    """What the server wrapped, or the object itself."""
    return record(record(document).get("retval")) or record(document)


def _segments(held: dict[str, object]) -> list[dict[str, object]]:
    return objects(record(held.get("segmentation")).get("segments"))


def _stretches(held: dict[str, object]) -> list[Stretch]:
    stretches = []
    for segment in _segments(held):
        start, length = seconds(segment.get("start")), seconds(segment.get("duration"))
        speaker = segment.get("speaker")
        name = speaker_name(speaker.get("@id") if isinstance(speaker, dict) else speaker)
        if start is not None and length is not None:
            stretches.append(Stretch(start, start + length, name))
    return stretches


KALDI = Format(
    name="bbc-kaldi",
    title="BBC-Kaldi JSON",
    sniff=sniff,
    parse=parse,
    export=("BBC-Kaldi and the BBC's transcript editor: the transcript with its speaker segmentation",),
    reads="words and punctuation, speakers by time",
    missing="title and date; names of speakers",
)
