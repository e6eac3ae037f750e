"""Commands that take transcripts in and show them: upload, inspect, formats, meetings, show."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AnyPlace, AsJson, Engine, Force, Yes
from analyzer.cli.output import interactive, run

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import RenderableType

    from analyzer.model.results import Inspected, Shown, Uploads
    from analyzer.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (upload, inspect, formats, meetings, show):
        app.command()(command)


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Transcript files, folders, or - for standard input.", show_default=False),
]
Pattern = Annotated[str | None, typer.Option("--pattern", metavar="GLOB", help='Of folders take what fits this: "*.vtt".')]
AllowPartial = Annotated[
    bool, typer.Option("--allow-partial", help="Take a file of which under 90% of the words could be put in their place.")
]
Us = Annotated[list[str] | None, typer.Option("--us", metavar="NAME", help="A speaker on our side; repeat for more.")]


def upload(
    files: Files,
    client: Annotated[str | None, typer.Option("--client", metavar="NAME", help="The client; made if new.")] = None,
    date: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="The day of the meeting, if the file does not say.")
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The meeting's title.")] = None,
    us: Us = None,
    pattern: Pattern = None,
    unfiled: Annotated[
        bool, typer.Option("--unfiled", help="Keep what no client is known for under none; `move` files it later.")
    ] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Let another export of a meeting that is there take its place.")
    ] = False,
    allow_partial: AllowPartial = False,
    confidential: Annotated[
        bool, typer.Option("--confidential", help="What was said stays with those who were there; `amend` sets or lifts it.")
    ] = False,
    also_forgotten: Annotated[
        bool, typer.Option("--also-forgotten", help="Take in a file as well that was forgotten in this home.")
    ] = False,
    engine: Engine = None,
    no_read: Annotated[bool, typer.Option("--no-read", help="Store and index only; read later with `motives`.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be stored, and store nothing.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Store, index and read transcripts of client meetings. Uploading a file again changes nothing.

    Example: analyzer upload scoping.vtt --client Northgate --us "Priya Raman"
    """
    from analyzer.cli.progress import Bars
    from analyzer.cli.questions import AtTerminal
    from analyzer.rendering import intake
    from analyzer.usecases.batch import UploadOptions
    from analyzer.usecases.incoming import gather
    from analyzer.usecases.looking import Said
    from analyzer.usecases.upload import upload as store

    def work(ws: "Workspace") -> "Uploads":
        options = UploadOptions(
            said=Said(client=client, date=_day(ws, date), title=title, us=tuple(us or ()), allow_partial=allow_partial),
            engine=ws.settings.engine,
            dry_run=dry_run,
            read=not no_read,
            replace=replace,
            unfiled=unfiled,
            confidential=confidential,
            also_forgotten=also_forgotten,
        )
        asking = interactive(as_json) and Path("-") not in files
        return store(ws, gather(files, pattern), options, AtTerminal(bars) if asking else None, sys.stdin.buffer)

    bars = Bars()
    run("upload", as_json, work, intake.uploads, bars, yes=yes, engine=engine.value if engine else None)


def inspect(
    files: Files,
    us: Us = None,
    pattern: Pattern = None,
    allow_partial: AllowPartial = False,
    as_json: AsJson = False,
) -> None:
    """Show how files would be read: format, date, people, what is left out and how sure it is. Nothing is stored.

    Example: analyzer inspect scoping.vtt
    """
    from analyzer.rendering import intake
    from analyzer.usecases.incoming import gather
    from analyzer.usecases.looking import Said
    from analyzer.usecases.looking import inspect as look

    def work(ws: "Workspace") -> "Inspected":
        return look(ws, gather(files, pattern), Said(us=tuple(us or ()), allow_partial=allow_partial), sys.stdin.buffer)

    run("inspect", as_json, work, intake.inspected)


def formats(as_json: AsJson = False) -> None:
    """List the transcript files that can be read, and how to get them out of each product.

    Example: analyzer formats
    """
    from analyzer.rendering import intake
    from analyzer.usecases.formats import formats as known

    run("formats", as_json, known, intake.formats)


def _day(ws: "Workspace", said: str | None) -> "dt.date | None":
    from analyzer.dates import parse_day

    return parse_day(said, ws.today) if said else None


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


class ShowFormat(StrEnum):
    """`text` for the terminal, `html` a page with every turn, on which what carries evidence is marked."""

    TEXT = "text"
    HTML = "html"


def show(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")],
    turn: Annotated[int | None, typer.Option("--turn", metavar="N", help="Only this turn and its neighbours.")] = None,
    format_: Annotated[
        ShowFormat | None, typer.Option("--format", help="html is a private page with the evidence marked; a file takes that.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="FILE", help="Write the page to this file, or into this folder as MEETING.html."),
    ] = None,
    force: Force = False,
    yes: AnyPlace = False,
    as_json: AsJson = False,
) -> None:
    """Show what was said in a meeting, or around one turn of it.

    The quotes of an HTML brief open the pages MEETING.html that lie in its folder.

    Example: analyzer show northgate-2025-09-17 --turn 41
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import terminal
    from analyzer.usecases.show import show as shown
    from analyzer.usecases.show import written
    from analyzer.usecases.writing import agreed_place

    form = format_ or (ShowFormat.HTML if output else ShowFormat.TEXT)
    wrote: list[Path] = []

    def work(ws: "Workspace") -> "Shown":
        if output and form is ShowFormat.TEXT:
            raise UsageError("a file takes the page, not the text", f"--format html -o {output}")
        if output:
            agreed_place(ws, output, "the page")
        result = shown(ws, meeting, turn, marked=form is ShowFormat.HTML)
        if output:
            wrote.append(written(ws, result, output, overwrite=force))
            if as_json:
                ws.notice("written", f"wrote {wrote[0]}")
        return result

    def text(result: "Shown") -> "RenderableType":
        from analyzer.rendering import transcript

        if wrote:
            return terminal.wrote(wrote[0])
        if form is ShowFormat.HTML:
            return terminal.document(transcript.page(result).decode())
        return terminal.shown(result)

    run("show", as_json, work, text, yes=yes)
