"""Commands over what was uploaded: upload, clients, meetings, show, sides."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson, Engine
from analyzer.cli.output import interactive, run

if TYPE_CHECKING:
    from analyzer.cli.progress import Bars
    from analyzer.model.results import SidesChanged, Uploads
    from analyzer.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (upload, clients, meetings, show, sides):
        app.command()(command)


class AtTerminal:
    """Asks the person at the terminal what a file does not tell."""

    def __init__(self, bars: "Bars") -> None:
        self._bars = bars

    def which_client(self, file: str, proposal: str, known: Sequence[str]) -> str | None:
        """The client to file under; empty input takes the proposal, a dash leaves the file out."""
        with self._bars.paused():
            if known:
                typer.echo(f"Clients so far: {', '.join(known)}", err=True)
            told: str = typer.prompt(f"{file}: whose meeting is it (- to leave it out)", default=proposal, err=True)
        return None if told.strip() == "-" else told.strip()

    def who_is_ours(self, file: str, speakers: Sequence[str]) -> tuple[str, ...]:
        """Our side by numbers; empty input leaves it unknown."""
        with self._bars.paused():
            return self._by_numbers(file, speakers)

    def _by_numbers(self, file: str, speakers: Sequence[str]) -> tuple[str, ...]:
        typer.echo(f"{file}: who of these is on your side?", err=True)
        for number, name in enumerate(speakers, 1):
            typer.echo(f"  {number}  {name or '(no name)'}", err=True)
        while True:
            told: str = typer.prompt("Numbers, separated by commas (empty: not known)", default="", show_default=False, err=True)
            picked = [part.strip() for part in told.split(",") if part.strip()]
            if all(part.isdigit() and 1 <= int(part) <= len(speakers) for part in picked):
                return tuple(speakers[int(part) - 1] for part in picked)
            typer.echo(f"Give numbers from 1 to {len(speakers)}.", err=True)


def upload(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="Transcript files.", show_default=False)],
    client: Annotated[str | None, typer.Option("--client", metavar="NAME", help="The client; made if new.")] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="The day of the meeting, if the file does not say.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The meeting's title.")] = None,
    us: Annotated[list[str] | None, typer.Option("--us", metavar="NAME", help="A speaker on our side; repeat for more.")] = None,
    engine: Engine = None,
    no_read: Annotated[bool, typer.Option("--no-read", help="Store and index only; read later with `motives`.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be stored, and store nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Store, index and read transcripts of client meetings. Uploading a file again changes nothing.

    Example: analyzer upload scoping.vtt --client Northgate --us "Priya Raman"
    """
    from analyzer.cli.progress import Bars
    from analyzer.dates import parse_day
    from analyzer.rendering import terminal
    from analyzer.usecases.upload import UploadOptions
    from analyzer.usecases.upload import upload as store

    def work(ws: "Workspace") -> "Uploads":
        options = UploadOptions(
            client=client,
            date=parse_day(date, ws.today) if date else None,
            title=title,
            us=tuple(us or ()),
            engine=ws.settings.engine,
            dry_run=dry_run,
            read=not no_read,
        )
        return store(ws, files, options, AtTerminal(bars) if interactive(as_json) else None)

    bars = Bars()
    run("upload", as_json, work, terminal.uploads, bars, engine=engine.value if engine else None)


def clients(as_json: AsJson = False) -> None:
    """List the clients, with stance and signs as read so far.

    Example: analyzer clients
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import motives

    run("clients", as_json, motives.clients, terminal.clients)


def meetings(
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help="The client; every client if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the meetings, oldest first.

    Example: analyzer meetings northgate
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import motives

    run("meetings", as_json, lambda ws: motives.meetings(ws, client), terminal.meetings)


def show(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")],
    turn: Annotated[int | None, typer.Option("--turn", metavar="N", help="Only this turn and its neighbours.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show what was said in a meeting, or around one turn of it.

    Example: analyzer show northgate-2025-09-17 --turn 41
    """
    from analyzer.rendering import terminal
    from analyzer.usecases.show import show as shown

    run("show", as_json, lambda ws: shown(ws, meeting, turn), terminal.shown)


def sides(
    meeting: Annotated[str | None, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")] = None,
    us: Annotated[list[str] | None, typer.Option("--us", metavar="NAME", help="A speaker on our side; repeat for more.")] = None,
    them: Annotated[list[str] | None, typer.Option("--them", metavar="NAME", help="A speaker on their side.")] = None,
    other: Annotated[list[str] | None, typer.Option("--other", metavar="NAME", help="A speaker on neither side.")] = None,
    mixed: Annotated[
        list[str] | None, typer.Option("--mixed", metavar="NAME", help="A microphone shared by several people.")
    ] = None,
    from_practice: Annotated[
        bool, typer.Option("--from-practice", help="Follow practice.toml; all meetings if none is named.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Show or set who is on which side. Setting it makes a new revision and reads the meeting again.

    Example: analyzer sides northgate-2025-09-17 --us "Priya Raman"
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import terminal
    from analyzer.usecases import resolve
    from analyzer.usecases import sides as putting_right

    said = putting_right.SidesSaid(
        ours=tuple(us or ()), theirs=tuple(them or ()), other=tuple(other or ()), mixed=tuple(mixed or ())
    )

    def work(ws: "Workspace") -> "SidesChanged":
        if from_practice:
            return putting_right.follow_practice(ws, [resolve.meeting(ws.store, meeting)] if meeting else ws.store.meetings())
        if meeting is None:
            raise UsageError("which meeting?", "analyzer sides MEETING --us NAME, or --from-practice for all")
        return putting_right.sides(ws, meeting, said)

    run("sides", as_json, work, terminal.sides)
