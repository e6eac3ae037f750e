"""JSON of podcasts (Podcasting 2.0): segments of a speaker, two times and a body, often of a single word."""

from analyzer.transcripts.base import Draft, Format, Source
from analyzer.transcripts.notation.json_values import astray, first, moment, objects, record, share, speaker_name, spoken
from analyzer.transcripts.speech.sentences import Word, drafted, is_closing, sentences


def sniff(source: Source) -> float:
    """By segments with a body."""
    return 0.96 * share(objects(record(source.document).get("segments")), _is_segment)


def parse(source: Source) -> Draft:
    """Cues of one sentence, or of a segment where that is longer."""
    listed = record(source.document).get("segments")
    words = [
        Word(
            speaker_name(segment.get("speaker")),
            text,
            moment(segment.get("startTime")),
            moment(segment.get("endTime")),
            glued=is_closing(text),
        )
        for segment in objects(listed)
        if (text := spoken(segment.get("body")).strip())
    ]
    empty = (len(listed) if isinstance(listed, list) else 0) - len(words)
    return drafted(sentences(words), lost=astray(listed), dropped={"segments without words": empty})


def _is_segment(entry: dict[str, object]) -> bool:
    return isinstance(entry.get("body"), str) and first(entry, "startTime", "endTime", "speaker") is not None


PODCAST_JSON = Format(
    name="podcast-json",
    title="Podcast transcript JSON",
    sniff=sniff,
    parse=parse,
    export=("podcast hosts: the transcript as JSON (`application/json` of the podcast namespace)",),
    reads="segments with speakers and times; words one by one are put together to sentences",
    missing="title and date",
)
