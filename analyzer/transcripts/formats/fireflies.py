"""JSON of Fireflies: the answer of its API, and the file that its website gives. Its summary and filters are never read."""

from analyzer.transcripts.base import Draft, Format, Source
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.notation.json_values import (
    addresses,
    astray,
    day,
    first,
    moment,
    objects,
    only_one,
    record,
    share,
    speaker_name,
    spoken,
    string,
    title,
)
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import drafted

_OF_SENTENCES = frozenset({"speaker_name", "speaker_id", "raw_text", "ai_filters", "startTime"})
_WRITTEN = ("summary", "action_items", "apps_preview", "analytics", "overview", "outline")


def sniff(source: Source) -> float:
    """By sentences with the names that Fireflies has for their parts."""
    return 0.96 * max((share(objects(m.get("sentences")), _is_sentence) for m in _meetings(source.document)), default=0.0)


def parse(source: Source) -> Draft:
    """One cue a sentence; the text as people corrected it, the raw one only where there is no other."""
    meeting = only_one(source.name, _meetings(source.document), lambda one: one.get("title")) or {}
    listed = meeting.get("sentences")
    names = _names(meeting)
    cues = [
        Cue(
            speaker=_speaker(sentence, names),
            lines=(said,),
            start=moment(first(sentence, "start_time", "startTime")),
            end=moment(first(sentence, "end_time", "endTime")),
        )
        for sentence in objects(listed)
        if (said := _said(sentence)).strip()
    ]
    draft = drafted(
        cues,
        facts=Facts(title=title(meeting.get("title")), date=day(meeting.get("date"), meeting.get("dateString"))),
        lost=astray(listed),
        dropped={
            "sentences without words": len(listed) - len(cues) if isinstance(listed, list) else 0,
            "summaries and other notes": sum(bool(meeting.get(key)) for key in _WRITTEN),
        },
    )
    return _with_addresses(draft, meeting)


def _meetings(document: object) -> list[dict[str, object]]:
    """The meetings of an answer of the API, with or without its wrapping, or the one of a bare list of sentences."""
    if isinstance(document, list):
        return [{"sentences": document}] if share(objects(document), _is_sentence) else _with_sentences(document)
    root = record(document)
    root = record(root.get("data")) or root
    held = first(root, "transcript", "transcripts", "meeting")
    return _with_sentences(held if isinstance(held, list) else [held]) or _with_sentences([root])


def _with_sentences(entries: list[object]) -> list[dict[str, object]]:
    return [entry for entry in objects(entries) if share(objects(entry.get("sentences")), _is_sentence)]


def _is_sentence(entry: dict[str, object]) -> bool:
    if isinstance(entry.get("sentence"), str):
        return not entry.keys().isdisjoint({"speaker_name", "startTime", "endTime", "start_time"})
    return isinstance(first(entry, "text", "raw_text"), str) and not entry.keys().isdisjoint(_OF_SENTENCES)


def _said(sentence: dict[str, object]) -> str:
    return spoken(first(sentence, "text", "sentence", "raw_text"))


def _names(meeting: dict[str, object]) -> dict[str, str]:
    """The names of the speakers by their numbers."""
    listed = objects(meeting.get("speakers"))
    return {speaker_name(entry.get("id")): name for entry in listed if (name := string(entry.get("name")))}


def _speaker(sentence: dict[str, object], names: dict[str, str]) -> str:
    if string(sentence.get("speaker_name")):
        return speaker_name(sentence["speaker_name"])
    number = speaker_name(sentence.get("speaker_id"))
    return names.get(number, number)


def _with_addresses(draft: Draft, meeting: dict[str, object]) -> Draft:
    """The draft with the addresses that stand beside a speaker's name. The host's is no sign of a side."""
    people = [*objects(meeting.get("meeting_attendees")), *objects(meeting.get("participants")), record(meeting.get("user"))]
    pairs = [(person.get(key), person.get("email")) for person in people for key in ("displayName", "name")]
    draft.emails.update(addresses((u.speaker for u in draft.utterances), pairs))
    return draft


FIREFLIES = Format(
    name="fireflies",
    title="Fireflies JSON",
    sniff=sniff,
    parse=parse,
    export=("Fireflies: Download > Transcript > JSON", "Fireflies API: the answer to a `transcript` query with `sentences`"),
    reads="sentences with speakers and times, title, date, the addresses of attendees by name; never summary or filters",
    missing="a file with several transcripts is refused; the downloaded file has neither title nor date",
)
