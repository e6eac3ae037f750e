"""Commands that tell what the meetings say: motives, search, ask."""

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.cli.options import (
    AllClients,
    AsJson,
    ClientNames,
    Engine,
    Full,
    MeetingName,
    OnlySide,
    Preview,
    Since,
    SpeakerName,
    Until,
    Yes,
)
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.usecases.scope import Scope
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
    client: ClientNames = None,
    all_clients: AllClients = False,
    meeting: MeetingName = None,
    since: Since = None,
    until: Until = None,
    speaker: SpeakerName = None,
    side: OnlySide = None,
    k: Annotated[int, typer.Option("-k", metavar="N", min=1, max=200, help="How many passages.")] = 5,
    full: Full = False,
    as_json: AsJson = False,
) -> None:
    """Find where something was talked about, by meaning and by words, in a question or in bare words.

    A speaker and days that a question names are heeded, and what was understood is told; flags come before them.

    Example: analyzer search "what did Dawn say about the new structure" --client northgate
    """
    from analyzer.rendering import found
    from analyzer.usecases import find

    flags = {"all_clients": all_clients, "meeting": meeting, "speaker": speaker, "side": side}
    run(
        "search",
        as_json,
        lambda ws: find.search(ws, query, _scope(ws, client, since, until, **flags), k),
        partial(found.hits, full=full),
    )


def ask(
    question: Annotated[
        str | None,
        typer.Argument(metavar="QUESTION", help="A question about past meetings; without one a terminal asks for several."),
    ] = None,
    client: ClientNames = None,
    all_clients: AllClients = False,
    meeting: MeetingName = None,
    since: Since = None,
    until: Until = None,
    speaker: SpeakerName = None,
    side: OnlySide = None,
    engine: Engine = None,
    preview: Preview = False,
    full: Full = False,
    as_json: AsJson = False,
) -> None:
    """Answer a question from past meetings, citing the words, or say that they do not tell.

    Without a question it takes one after the other, each of which may follow up the one before.

    Example: analyzer ask "When does the board meet?" --client northgate
    """
    from analyzer.cli.asking import at_terminal, no_question, session
    from analyzer.rendering import sending, terminal
    from analyzer.usecases import find

    flags = {"all_clients": all_clients, "meeting": meeting, "speaker": speaker, "side": side}
    if question is None:
        if preview or as_json or not at_terminal():
            no_question(as_json)
        session(lambda ws: _scope(ws, client, since, until, **flags), full=full, engine=engine.value if engine else None)
        return
    if preview:
        run("ask", as_json, lambda ws: find.preview_ask(ws, question, _scope(ws, client, since, until, **flags)), sending.preview)
        return
    run(
        "ask",
        as_json,
        lambda ws: find.ask(ws, question, _scope(ws, client, since, until, **flags), ws.settings.engine),
        partial(terminal.answer, full=full),
        engine=engine.value if engine else None,
    )


def _scope(ws: "Workspace", clients: list[str] | None, since: str | None, until: str | None, **flags: Any) -> "Scope":
    """Where the flags say to look. Raises UsageError where one of them takes back what another says."""
    from analyzer.dates import parse_day
    from analyzer.errors import UsageError
    from analyzer.usecases.scope import Scope

    scope = Scope(
        client=clients[0] if clients else None,
        also=tuple(clients[1:]) if clients else (),
        since=parse_day(since, ws.today) if since else None,
        until=parse_day(until, ws.today) if until else None,
        **flags,
    )
    if scope.client and scope.all_clients:
        raise UsageError("--client and --all-clients contradict each other", "say one of them")
    if scope.since and scope.until and scope.since > scope.until:
        raise UsageError(f"no day is both since {scope.since} and until {scope.until}", "put the earlier day behind --since")
    return scope
