"""JSON of Rev: monologues of elements, whose values put together, punctuation included, are what was said."""

from collections.abc import Iterator

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.notation.json_values import astray, first, moment, objects, record, share, speaker_name, spoken, string
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import Word, drafted, sentences


def sniff(source: Source) -> float:
    """By monologues of elements."""
    return 0.96 * share(objects(record(source.document).get("monologues")), _is_monologue)


def parse(source: Source) -> Draft:
    """Cues of one sentence; no sentence goes from one monologue into the next."""
    document = record(source.document)
    listed = document.get("monologues")
    names = _names(document.get("speakers"))
    cues: list[Cue] = []
    lost, empty = astray(listed), len(listed) - len(objects(listed)) if isinstance(listed, list) else 0
    for monologue in objects(listed):
        found = sentences(_words(_speaker(monologue, names), objects(monologue.get("elements"))))
        cues += found
        empty += not found
        lost += astray(monologue.get("elements"))
    return drafted(cues, lost=lost, dropped={"monologues without words": empty})


def _is_monologue(entry: dict[str, object]) -> bool:
    return bool(objects(entry.get("elements")))


def _names(listed: object) -> dict[str, str]:
    """The names by the speakers' numbers, which are their places where the file gives no others."""
    if not isinstance(listed, list):
        return {}
    names: dict[str, str] = {}
    for place, entry in enumerate(listed):
        number = speaker_name(first(record(entry), "id", "speaker"))
        name = string(first(entry, "name", "display_name")) if isinstance(entry, dict) else string(entry)
        if name:
            names[speaker_name(place) if number == UNATTRIBUTED else number] = name
    return names


def _speaker(monologue: dict[str, object], names: dict[str, str]) -> str:
    named = string(first(record(monologue.get("speaker_info")), "display_name", "name")) or string(monologue.get("speaker_name"))
    number = speaker_name(monologue.get("speaker"))
    return speaker_name(named) if named else names.get(number, number)


def _words(speaker: str, elements: list[dict[str, object]]) -> Iterator[Word]:
    """The elements with something to see, glued where no space stands between; two words are never glued."""
    spaced, was_word = True, False
    for element in elements:
        value = spoken(element.get("value"))
        text = value.strip()
        if not text:
            spaced = spaced or bool(value)
            continue
        is_word = element.get("type") != "punct"
        yield Word(
            speaker=speaker,
            text=text,
            start=moment(first(element, "ts", "timestamp")),
            end=moment(first(element, "end_ts", "end_timestamp")),
            glued=not (spaced or value[0].isspace() or (is_word and was_word)),
        )
        spaced, was_word = value[-1].isspace(), is_word


REV_JSON = Format(
    name="rev-json",
    title="Rev JSON",
    sniff=sniff,
    parse=parse,
    export=("Rev: Download > JSON", "Rev AI: the transcript of a job as `application/vnd.rev.transcript.v1.0+json`"),
    reads="monologues, punctuation, times of words, names of speakers where the file has them",
    missing="title and date",
    confirmed=False,
)
