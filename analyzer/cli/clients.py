"""Commands over clients and over what is filed under them: clients, move, amend."""

from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson, StageName
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.model.meetings import Client
    from analyzer.model.results import Filed
    from analyzer.workspace import Workspace

clients = typer.Typer(name="clients", rich_markup_mode=None)

ClientInFull = Annotated[str, typer.Argument(metavar="CLIENT", help="The client, named in full: name, slug or id.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(clients)
    app.command()(move)
    app.command()(amend)


@clients.callback(invoke_without_command=True)
def clients_list(context: typer.Context, as_json: AsJson = False) -> None:
    """List the clients, with stance and signs as read so far; the commands below rename, merge or set one.

    Example: analyzer clients
    """
    if context.invoked_subcommand is not None and as_json:
        raise typer.BadParameter(f"put it behind the command: analyzer clients {context.invoked_subcommand} ... --json")
    if context.invoked_subcommand is None:
        from analyzer.rendering import terminal
        from analyzer.usecases import motives

        run("clients", as_json, motives.clients, terminal.clients)


@clients.command("rename")
def clients_rename(
    client: ClientInFull,
    name: Annotated[str, typer.Argument(metavar="NEW", help="The new name.")],
    as_json: AsJson = False,
) -> None:
    """Give a client another name; its meetings' names follow.

    Example: analyzer clients rename northgate "Northgate Rail"
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import filing

    run("clients rename", as_json, lambda ws: filing.rename(ws, client, name), terminal.filed)


@clients.command("merge")
def clients_merge(
    client: ClientInFull,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The client that it is, named in full.")],
    as_json: AsJson = False,
) -> None:
    """File all meetings of one client under another, which then answers to both names.

    Example: analyzer clients merge northgate-rail northgate
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import filing

    run("clients merge", as_json, lambda ws: filing.merge(ws, client, into), terminal.filed)


@clients.command("undo")
def clients_undo(as_json: AsJson = False) -> None:
    """Take back the last move, rename, merge or amendment; again for the one before.

    Example: analyzer clients undo
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import filing

    run("clients undo", as_json, filing.undo, terminal.filed)


@clients.command("set")
def clients_set(
    client: ClientInFull,
    stage: Annotated[StageName | None, typer.Option("--stage", help="How far the relation has come.")] = None,
    offline_only: Annotated[
        bool | None,
        typer.Option("--offline-only/--no-offline-only", help="Never send this client's words to a model, whoever asks."),
    ] = None,
    new: Annotated[bool, typer.Option("--new", help="Make the client if there is none of that name.")] = False,
    as_json: AsJson = False,
) -> None:
    """Note how far the relation has come, or keep a client's words from every model.

    Example: analyzer clients set "Quayle Foods" --stage prospect --new
    """
    from analyzer.model.meetings import Stage
    from analyzer.rendering import terminal
    from analyzer.usecases import filing

    def work(ws: "Workspace") -> "Client":
        how_far = Stage(stage.value) if stage else None
        return filing.set_client(ws, client, stage=how_far, offline_only=offline_only, new=new)

    run("clients set", as_json, work, terminal.client_set)


def move(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")],
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client, named in full; - for none.")],
    new: Annotated[bool, typer.Option("--new", help="Make the client if there is none of that name.")] = False,
    as_json: AsJson = False,
) -> None:
    """File a meeting under another client. What was read of it goes with it; `clients undo` takes it back.

    Example: analyzer move unfiled-2026-03-04 northgate
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import filing

    run("move", as_json, lambda ws: filing.move(ws, meeting, client, new=new), terminal.filed)


def amend(
    meeting: Annotated[str, typer.Argument(metavar="MEETING", help="The meeting: slug or id.")],
    date: Annotated[str | None, typer.Option("--date", metavar="DAY", help="The day it really was.")] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TEXT", help="The title it is to have.")] = None,
    confidential: Annotated[
        bool | None,
        typer.Option("--confidential/--no-confidential", help="Whether what was said stays with those who were there."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put a meeting's date or title right, or keep it to those who were there. `clients undo` takes it back.

    With another date it is read again.

    Example: analyzer amend northgate-2025-09-17 --date 2025-09-18
    """
    from analyzer.dates import parse_day
    from analyzer.rendering import terminal
    from analyzer.usecases import filing

    def work(ws: "Workspace") -> "Filed":
        day = parse_day(date, ws.today) if date else None
        return filing.amend(ws, meeting, date=day, title=title, confidential=confidential)

    run("amend", as_json, work, terminal.filed)
