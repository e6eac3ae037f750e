"""Commands by which a client goes to a colleague and comes from one: handover, receive."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson, Force
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.model.handing import HandedOver, Received
    from analyzer.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command()(handover)
    app.command()(receive)


def handover(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The file for your colleague.")],
    confidential: Annotated[
        list[str] | None,
        typer.Option("--confidential", metavar="MEETING", help="A meeting told in confidence that goes along; repeat for more."),
    ] = None,
    without_notes: Annotated[
        bool, typer.Option("--without-notes", help="Keep your notes on the client here: what `note` wrote down.")
    ] = False,
    force: Force = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write it into a folder that is synced without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write one client to a file for a colleague: meetings, readings, and what you wrote, signed with your name.

    What was told in confidence stays here unless it is named; your notes go along unless you say otherwise. Whoever has the file
    can read it.

    Example: analyzer handover northgate -o northgate.handover --confidential northgate-2025-09-17
    """
    from analyzer.rendering import handing
    from analyzer.usecases import handover as handing_over

    def work(ws: "Workspace") -> "HandedOver":
        return handing_over.handover(
            ws, client, output, confidential=confidential or (), notes=not without_notes, overwrite=force
        )

    run("handover", as_json, work, handing.handed_over, yes=yes)


def receive(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="What a colleague handed over.")],
    into: Annotated[
        str | None, typer.Option("--into", metavar="CLIENT", help="The client here that it is, named in full.")
    ] = None,
    called: Annotated[str | None, typer.Option("--as", metavar="NAME", help="Make it another client, of this name.")] = None,
    also_forgotten: Annotated[
        bool, typer.Option("--also-forgotten", help="Take in as well what was forgotten in this home.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take in a client that a colleague handed over. It is checked whole first; what is here already stays as it is.

    Example: analyzer receive northgate.handover
    """
    from analyzer.rendering import handing
    from analyzer.usecases import receive as receiving

    def work(ws: "Workspace") -> "Received":
        return receiving.receive(ws, file, into=into, called=called, also_forgotten=also_forgotten)

    run("receive", as_json, work, handing.received)
