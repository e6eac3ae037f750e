"""JSON of Fathom's API: a meeting with its transcript, or the transcript alone. Summary and action items are never read."""

from dataclasses import replace

from analyzer.names import fold_name
from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.notation.json_values import (
    addresses,
    astray,
    day,
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

_WRITTEN = ("default_summary", "summary", "action_items")
_DATES = ("recording_start_time", "scheduled_start_time", "created_at")


def sniff(source: Source) -> float:
    """By entries of a text, a time and a speaker with a name for display."""
    return 0.96 * max((share(objects(m.get("transcript")), _is_entry) for m in _meetings(source.document)), default=0.0)


def parse(source: Source) -> Draft:
    """One cue an entry; addresses and sides as the invitation has them."""
    meeting = only_one(source.name, _meetings(source.document), _title) or {}
    listed = meeting.get("transcript")
    cues = [
        Cue(speaker=_name(entry), lines=(said,), start=moment(entry.get("timestamp")), end=None)
        for entry in objects(listed)
        if (said := spoken(entry.get("text"))).strip()
    ]
    draft = drafted(
        cues,
        facts=Facts(title=_title(meeting), date=day(*(meeting.get(key) for key in _DATES))),
        lost=astray(listed),
        dropped={
            "entries without words": len(listed) - len(cues) if isinstance(listed, list) else 0,
            "summaries and other notes": sum(bool(meeting.get(key)) for key in _WRITTEN),
        },
    )
    return _with_people(draft, meeting)


def _meetings(document: object) -> list[dict[str, object]]:
    """The meetings of an answer of the API (`items`, one alone, or a list of them), or that of a bare list of entries."""
    if isinstance(document, list) and share(objects(document), _is_entry):
        return [{"transcript": document}]
    root = record(document)
    held = document if isinstance(document, list) else root.get("items")
    candidates = [*objects(held), root, record(root.get("meeting"))]
    return [one for one in candidates if share(objects(one.get("transcript")), _is_entry)]


def _is_entry(entry: dict[str, object]) -> bool:
    speaker = entry.get("speaker")
    named = isinstance(speaker, dict) and not speaker.keys().isdisjoint({"display_name", "matched_calendar_invitee_email"})
    return named and isinstance(entry.get("text"), str)


def _title(meeting: dict[str, object]) -> str | None:
    return title(meeting.get("title")) or title(meeting.get("meeting_title"))


def _name(entry: dict[str, object]) -> str:
    speaker = entry.get("speaker")
    return speaker_name(speaker.get("display_name") if isinstance(speaker, dict) else speaker)


def _with_people(draft: Draft, meeting: dict[str, object]) -> Draft:
    """The draft with the speakers' addresses, and the sides of those of whom the file says whether they are external."""
    invited = objects(meeting.get("calendar_invitees"))
    entries = objects(meeting.get("transcript"))
    pairs = ((_name(entry), string(record(entry.get("speaker")).get("matched_calendar_invitee_email"))) for entry in entries)
    matched = list(dict.fromkeys(pairs))
    called = [
        (one.get(key), one.get("email"))
        for one in (*invited, record(meeting.get("recorded_by")))
        for key in ("matched_speaker_display_name", "name")
    ]
    speakers = [name for name in dict.fromkeys(u.speaker for u in draft.utterances) if name != UNATTRIBUTED]
    emails = addresses(speakers, called) | addresses(speakers, matched)
    external = _external(invited)
    sides = {name: external.get(emails.get(name, "").casefold()) or external.get(fold_name(name)) for name in speakers}
    return replace(
        draft,
        emails=emails,
        us=tuple(name for name in speakers if sides[name] == {False}),
        them=tuple(name for name in speakers if sides[name] == {True}),
        sides_of_recorder=True,
    )


def _external(invited: list[dict[str, object]]) -> dict[str, set[bool]]:
    """What the file says of being external, by address and by name; both answers where two people bear one name."""
    said: dict[str, set[bool]] = {}
    for one in invited:
        external = one.get("is_external")
        names = (string(one.get(key)) for key in ("matched_speaker_display_name", "name"))
        keys = {(string(one.get("email")) or "").casefold(), *(fold_name(name) for name in names if name)}
        for key in keys - {""} if isinstance(external, bool) else ():
            said.setdefault(key, set()).add(external is True)
    return said


FATHOM_JSON = Format(
    name="fathom-json",
    title="Fathom JSON",
    sniff=sniff,
    parse=parse,
    export=("Fathom API: `meetings` with `include_transcript=true`, or the `transcript` of a recording",),
    reads="speakers, times, title, date, addresses, and who is external to those who recorded; never summary or action items",
    missing="the ends of stretches; a file with several meetings is refused",
)
