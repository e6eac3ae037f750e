"""Granola's own cache of meetings, and the transcript that its API gives: two voices, the microphone and everybody else."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low
from typing import NamedTuple

from analyzer.transcripts.base import UNATTRIBUTED, Draft, Format, Source, refused
from analyzer.transcripts.filing import Facts
from analyzer.transcripts.notation.json_values import (
    astray,
    day,
    instant,
    objects,
    only_one,
    record,
    share,
    spoken,
    string,
    title,
)
from analyzer.transcripts.speech.cues import Cue
from analyzer.transcripts.speech.sentences import drafted

_MICROPHONE = "Microphone"
_EVERYBODY_ELSE = "Everybody else"
_VOICES = {"microphone": _MICROPHONE, "system": _EVERYBODY_ELSE}
_WRITTEN = ("notes", "notes_plain", "notes_markdown", "summary", "overview", "last_viewed_panel", "chapters")
_DAY = 86_400.0
_COLLAPSED = "Granola keeps everybody but the microphone as one speaker: who of them said what is not in the file"


class _Meeting(NamedTuple):
    """One transcript of a cache, and what the cache says of its document."""

    listed: object
    document: dict[str, object]


def sniff(source: Source) -> float:
    """By entries with a source and wall times; a cache, which may be JSON within JSON, by the names of its parts."""
    held = record(source.document).get("cache")
    if isinstance(held, str):
        return 0.9 if '"transcripts"' in held and '"documents"' in held else 0.0
    known = isinstance(record(record(held).get("state")).get("transcripts"), dict) or _meetings(source.document)
    return 0.95 if known else 0.0


def parse(source: Source) -> Draft:
    """The one meeting of a cache. Raises Refused where there is none, or, naming them, where there are several."""
    meeting = only_one(source.name, _meetings(source.document), lambda one: one.document.get("title"))
    if meeting is None:
        raise refused(
            source.name,
            "is a cache of Granola without a transcript",
            "Granola keeps transcripts on its servers: open the meeting, copy its transcript into a text file, and use that.",
        )
    listed, document = meeting
    entries = objects(listed)
    final = [entry for entry in entries if entry.get("is_final") not in (False, "false")]
    said = [entry for entry in final if spoken(entry.get("text")).strip()]
    times = _rebased([(instant(entry.get("start_timestamp")), instant(entry.get("end_timestamp"))) for entry in said])
    cues = [
        Cue(speaker=_voice(entry), lines=(spoken(entry["text"]),), start=start, end=end)
        for entry, (start, end) in zip(said, times, strict=True)
    ]
    draft = drafted(
        cues,
        facts=Facts(title=title(document.get("title")), date=_date(document, said)),
        lost=astray(listed),
        dropped={
            "captions that were not final": len(entries) - len(final),
            "captions without words": len(final) - len(said) + (len(listed) - len(entries) if isinstance(listed, list) else 0),
            "summaries and other notes": sum(bool(document.get(key)) for key in _WRITTEN),
        },
    )
    heard = {cue.speaker for cue in cues}
    return replace(
        draft,
        us=(_MICROPHONE,) if _MICROPHONE in heard else (),
        sides_of_recorder=True,
        warnings=(_COLLAPSED,) if _EVERYBODY_ELSE in heard else (),
    )


def _meetings(document: object) -> list[_Meeting]:
    """The meetings with anything said in them."""
    if isinstance(document, list):
        by_id: dict[str | None, list[object]] = {}
        for entry in objects(document):
            by_id.setdefault(string(entry.get("document_id")), []).append(entry)
        found = [_Meeting(listed if len(by_id) > 1 else document, {}) for listed in by_id.values()]
    else:
        held = record(document).get("cache")
        state = record(record(_parsed(held) if isinstance(held, str) else held).get("state"))
        known = _documents(state.get("documents"))
        found = [_Meeting(listed, record(known.get(key))) for key, listed in record(state.get("transcripts")).items()]
    return [meeting for meeting in found if share(objects(meeting.listed), _is_caption)]


def _documents(held: object) -> dict[str, object]:
    if isinstance(held, dict):
        return held
    return {key: one for one in objects(held) if (key := string(one.get("id")))}


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _is_caption(entry: dict[str, object]) -> bool:
    return isinstance(entry.get("text"), str) and ("start_timestamp" in entry or "is_final" in entry) and "source" in entry


def _voice(entry: dict[str, object]) -> str:
    source = entry.get("source")
    return _VOICES.get(source.strip().casefold(), UNATTRIBUTED) if isinstance(source, str) else UNATTRIBUTED


def _rebased(times: Sequence[tuple[float | None, float | None]]) -> list[tuple[float | None, float | None]]:
    """Instants as seconds after the first; one that is days away from the others is none."""
    starts = [start for start, _ in times if start is not None]
    middle = median_low(starts) if starts else 0.0
    begin = min((start for start in starts if abs(start - middle) < _DAY), default=0.0)
    return [(_after(start, begin), _after(end, begin)) for start, end in times]


def _after(instant: float | None, begin: float) -> float | None:
    passed = None if instant is None else round(instant - begin, 3)
    return passed if passed is not None and 0 <= passed < 2 * _DAY else None


def _date(document: dict[str, object], said: Sequence[dict[str, object]]) -> dt.date | None:
    """The day of the calendar's entry, in its own time zone; else of the note, else of the first words."""
    begins = record(record(document.get("google_calendar_event")).get("start"))
    stamps = (entry.get("start_timestamp") for entry in said[:1])
    return day(begins.get("dateTime"), document.get("created_at"), *stamps)


GRANOLA = Format(
    name="granola",
    title="Granola cache JSON",
    sniff=sniff,
    parse=parse,
    export=(
        "Granola on a computer: `cache-v3.json` or later in its application folder",
        "Granola API: the transcript of a document",
    ),
    reads="final captions; the microphone is our side, all others are one speaker; title and date of the note; never the notes",
    missing="names; a cache of several meetings is refused; recent caches are encrypted and cannot be read",
    confirmed=False,
)
