"""Options that several commands share, worded once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EngineName(StrEnum):
    """Who reads: `offline` on this machine, or `llm`, which sends words to the model's server."""

    OFFLINE = "offline"
    LLM = "llm"


class SideName(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    OTHER = "other"
    MIXED = "mixed"
    UNKNOWN = "unknown"


class StageName(StrEnum):
    PROSPECT = "prospect"
    ACTIVE = "active"
    PAST = "past"


AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else.")]
Engine = Annotated[
    EngineName | None,
    typer.Option("--engine", help="offline reads on this machine; llm sends the words to the model's server."),
]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Agree beforehand to send many meetings to the model.")]
AnyPlace = Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking into a folder that is synced, too.")]
Preview = Annotated[bool, typer.Option("--preview", help="Print exactly what would be sent to the model, and send nothing.")]
ClientNames = Annotated[
    list[str] | None, typer.Option("--client", metavar="NAME", help="The client: name, slug or id; repeat for more.")
]
AllClients = Annotated[bool, typer.Option("--all-clients", help="Look through every client's meetings.")]
MeetingName = Annotated[str | None, typer.Option("--meeting", metavar="MEETING", help="Only this meeting: its slug or id.")]
Full = Annotated[bool, typer.Option("--full", help="Show passages whole, and not just the turns that fit best.")]
Since = Annotated[str | None, typer.Option("--since", metavar="DAY", help='Not before this day: 2026-03-01, "3 months ago".')]
Until = Annotated[str | None, typer.Option("--until", metavar="DAY", help="Not after this day.")]
SpeakerName = Annotated[str | None, typer.Option("--speaker", metavar="NAME", help="Only where this person speaks.")]
OnlySide = Annotated[SideName | None, typer.Option("--side", help="Only where this side speaks.")]
OutputFile = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to this file instead of the terminal.")
]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the output file if it exists.")]
