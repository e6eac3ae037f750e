"""Meetings as JSON with client, date, title, sides and turns; the labels that such a file may bring are never read."""

import datetime as dt

from analyzer.model.meetings import Utterance
from analyzer.transcripts.base import Draft, Format, Source, refused
from analyzer.transcripts.notation.json_values import objects, seconds, speaker_name, string, strings
from analyzer.transcripts.notation.words import visible


def sniff(source: Source) -> float:
    """By a list of turns with speaker and text."""
    turns = objects(source.document.get("turns")) if isinstance(source.document, dict) else []
    return 1.0 if turns and all(isinstance(turn.get("text"), str) and "speaker" in turn for turn in turns) else 0.0


def parse(source: Source) -> Draft:
    """Every turn as it stands, none joined: whoever wrote the file counts its turns."""
    document = source.document if isinstance(source.document, dict) else {}
    turns = tuple(
        Utterance(
            speaker=speaker_name(turn.get("speaker")),
            text=str(turn["text"]),
            start=seconds(turn.get("start")),
            end=seconds(turn.get("end")),
        )
        for turn in objects(document.get("turns"))
    )
    roles = document.get("roles")
    return Draft(
        utterances=turns,
        speech=sum(visible(turn.text) for turn in turns),
        confidence="high",
        title=string(document.get("title")),
        date=_date(source.name, document.get("date")),
        client=string(document.get("client")),
        us=strings(document.get("consultant_side")),
        them=strings(document.get("client_side")),
        roles={str(name): str(role) for name, role in roles.items()} if isinstance(roles, dict) else {},
        dropped={"entries that are no turn": len(document.get("turns", [])) - len(turns)},
    )


def _date(file: str, value: object) -> dt.date | None:
    written = string(value)
    if written is None:
        return None
    try:
        return dt.date.fromisoformat(written[:10])
    except ValueError as error:
        raise refused(
            file, f"gives {written!r} as its date", "Write the date in the file as 2026-03-04, or leave it out."
        ) from error


LABELLED = Format(
    name="meeting-json",
    title="meeting JSON (client, date, sides, turns)",
    sniff=sniff,
    parse=parse,
    export=("your own programs: an object with `turns: [{speaker, text, start}]`, and `client`, `date`, `title`, `roles`",),
    reads="every turn as it stands, none joined",
)
