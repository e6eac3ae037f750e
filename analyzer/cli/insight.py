"""Commands that tell what the meetings say: motives, search, ask."""

from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AllClients, AsJson, ClientName, Engine, OnlySide, Preview, Since, SpeakerName, Until, Yes
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.usecases.find import Scope
    from analyzer.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (motives, search, ask):
        app.command()(command)


def motives(
    of: Annotated[str, typer.Argument(metavar="CLIENT_OR_MEETING", help="A client or a meeting: name, slug or id.")],
    engine: Engine = None,
    reread: Annotated[bool, typer.Option("--reread", help="Read again, and tell what changed since the last reading.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell how many calls and tokens a model would take.")] = False,
    preview: Preview = False,
    with_notes: Annotated[bool, typer.Option("--with-notes", help="Let the model see your own notes, too.")] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Tell the four warning signs, the conditions and the openings, with the words that they rest on.

    Example: analyzer motives northgate
    """
    from analyzer.rendering import sending
    from analyzer.rendering.motives import motives as text
    from analyzer.usecases import planning
    from analyzer.usecases.motives import heads_asked
    from analyzer.usecases.motives import motives as tell
    from analyzer.usecases.read import How

    name = engine.value if engine else None
    if preview:
        run("motives", as_json, lambda ws: planning.preview(ws, heads_asked(ws, of), with_notes=with_notes), sending.preview)
        return
    if dry_run:
        run("motives", as_json, lambda ws: planning.plan(ws, heads_asked(ws, of), with_notes=with_notes), sending.plan)
        return
    how = How(again=reread, finish=name is not None, notes=with_notes)
    run("motives", as_json, lambda ws: tell(ws, of, ws.chosen_engine, how), text, yes=yes, engine=name)


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help="What to look for, in your own words.")],
    client: ClientName = None,
    all_clients: AllClients = False,
    since: Since = None,
    until: Until = None,
    speaker: SpeakerName = None,
    side: OnlySide = None,
    k: Annotated[int, typer.Option("-k", metavar="N", min=1, max=200, help="How many passages.")] = 5,
    as_json: AsJson = False,
) -> None:
    """Find where something was talked about, by meaning and by words.

    Example: analyzer search "who signs off the new structure" --client northgate
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import find

    run(
        "search",
        as_json,
        lambda ws: find.search(ws, query, _scope(ws, client, all_clients, since, until, speaker, side), k),
        terminal.hits,
    )


def ask(
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="A question about past meetings.")],
    client: ClientName = None,
    all_clients: AllClients = False,
    since: Since = None,
    until: Until = None,
    speaker: SpeakerName = None,
    side: OnlySide = None,
    engine: Engine = None,
    preview: Preview = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question from past meetings, citing the words, or say that they do not tell.

    Example: analyzer ask "When does the board meet?" --client northgate
    """
    from analyzer.rendering import sending, terminal
    from analyzer.usecases import find

    if preview:
        run(
            "ask",
            as_json,
            lambda ws: find.preview_ask(ws, question, _scope(ws, client, all_clients, since, until, speaker, side)),
            sending.preview,
        )
        return
    run(
        "ask",
        as_json,
        lambda ws: find.ask(ws, question, _scope(ws, client, all_clients, since, until, speaker, side), ws.settings.engine),
        terminal.answer,
        engine=engine.value if engine else None,
    )


def _scope(
    ws: "Workspace",
    client: str | None,
    everyone: bool,
    since: str | None,
    until: str | None,
    speaker: str | None,
    side: str | None,
) -> "Scope":
    from analyzer.dates import parse_day
    from analyzer.usecases.find import Scope

    return Scope(
        client=client,
        all_clients=everyone,
        since=parse_day(since, ws.today) if since else None,
        until=parse_day(until, ws.today) if until else None,
        speaker=speaker,
        side=side,
    )
