"""Commands that write documents: brief (private) and agenda (to send)."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from analyzer.cli.options import AsJson, Engine, Force, OutputFile
from analyzer.cli.output import run

if TYPE_CHECKING:
    import datetime as dt

    from rich.console import RenderableType

    from analyzer.workspace import Workspace

D = TypeVar("D")


class DocumentFormat(StrEnum):
    MD = "md"


Format = Annotated[DocumentFormat, typer.Option("--format", help="The document's format.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command()(brief)
    app.command()(agenda)


def brief(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    date: Annotated[
        str | None, typer.Option("--date", metavar="DAY", help="The day of the meeting to prepare; today if left out.")
    ] = None,
    engine: Engine = None,
    format_: Format = DocumentFormat.MD,
    output: OutputFile = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write the private brief to take into the next meeting. Nothing is read or sent for it.

    Example: analyzer brief northgate -o northgate-prep.md
    """
    from analyzer.rendering import markdown
    from analyzer.usecases import documents

    name = engine.value if engine else None
    _write(
        "brief",
        client,
        as_json,
        lambda ws: documents.brief(ws, client, _day(ws, date), name),
        {DocumentFormat.MD: markdown.brief}[format_],
        output,
        force,
    )


def agenda(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="Someone who will be there; repeat for more.")
    ] = None,
    minutes: Annotated[int, typer.Option("--minutes", min=10, max=480, metavar="N", help="How long the talk is to last.")] = 60,
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day of the talk.")] = None,
    format_: Format = DocumentFormat.MD,
    output: OutputFile = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Draft the agenda of a partnership talk, safe to send: both sides share how their business is doing.

    Example: analyzer agenda northgate --minutes 45 -o northgate-talk.md
    """
    from analyzer.rendering import markdown
    from analyzer.usecases import documents

    _write(
        "agenda",
        client,
        as_json,
        lambda ws: documents.agenda(ws, client, tuple(with_ or ()), minutes, _day(ws, date)),
        {DocumentFormat.MD: markdown.agenda}[format_],
        output,
        force,
    )


def _day(ws: "Workspace", said: str | None) -> "dt.date | None":
    from analyzer.dates import parse_day

    return parse_day(said, ws.today, ahead=True) if said else None


def _write(
    command: str,
    client: str,
    as_json: bool,
    plan: "Callable[[Workspace], D]",
    render: Callable[[D], str],
    output: Path | None,
    force: bool,
) -> None:
    """Plan the document, then write it to its file or show it."""
    from analyzer.usecases.documents import keep
    from analyzer.usecases.filing import note_export

    def work(ws: "Workspace") -> D:
        document = plan(ws)
        if output:
            keep(output, render(document), overwrite=force)
            note_export(ws, command, output, client)
            if as_json:
                ws.notice("written", f"wrote {output}")
        return document

    def text(document: D) -> "RenderableType":
        from analyzer.rendering import terminal

        return terminal.wrote(output) if output else terminal.document(render(document))

    run(command, as_json, work, text)
