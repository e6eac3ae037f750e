"""Commands over what is owed: promises, promise done, promise drop."""

from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.options import AsJson
from analyzer.cli.output import run

if TYPE_CHECKING:
    from analyzer.model.findings import Fate
    from analyzer.model.own import OutcomeSaid, Owed
    from analyzer.workspace import Workspace

promise = typer.Typer(name="promise", help="Say what became of a promise.", no_args_is_help=True, rich_markup_mode=None)

PromiseId = Annotated[str, typer.Argument(metavar="ID", help="The promise, as `promises` lists it.")]
Note = Annotated[str, typer.Option("--note", metavar="TEXT", help="How you know, in your words.")]
Day = Annotated[str | None, typer.Option("--date", metavar="DAY", help="When it was so; today if left out.")]
Clear = Annotated[bool, typer.Option("--clear", help="Take it back.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command()(promises)
    app.add_typer(promise)


def promises(
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help="The client; every client if left out.")] = None,
    ours: Annotated[bool, typer.Option("--ours", help="Only what we owe.")] = False,
    theirs: Annotated[bool, typer.Option("--theirs", help="Only what they owe.")] = False,
    due: Annotated[
        str | None, typer.Option("--due", metavar="SPAN", help="Only what is due by then, or was: 7d, 2w, or a day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what is owed and not known to be done, over all clients: overdue first, then the oldest.

    Example: analyzer promises --ours --due 7d
    """
    from analyzer.errors import UsageError
    from analyzer.model.meetings import Side
    from analyzer.rendering import owing
    from analyzer.usecases import promises as owed

    def work(ws: "Workspace") -> "Owed":
        if ours and theirs:
            raise UsageError("--ours and --theirs contradict each other", "say one of them; without either, all are listed")
        side = Side.OURS if ours else Side.THEIRS if theirs else None
        return owed.promises(ws, client, side=side, until=owed.until(due, ws.today) if due else None)

    run("promises", as_json, work, owing.owed)


@promise.command("done")
def promise_done(promise_id: PromiseId, note: Note = "", date: Day = None, clear: Clear = False, as_json: AsJson = False) -> None:
    """Say that a promise is kept, where no recording tells.

    Example: analyzer promise done northgate-2025-09-17:41 --note "By e-mail."
    """
    from analyzer.model.findings import Fate

    _close(Fate.DONE, promise_id, note, date, clear=clear, as_json=as_json)


@promise.command("drop")
def promise_drop(promise_id: PromiseId, note: Note = "", date: Day = None, clear: Clear = False, as_json: AsJson = False) -> None:
    """Say that a promise is given up, and nobody waits for it.

    Example: analyzer promise drop northgate-2025-09-17:41
    """
    from analyzer.model.findings import Fate

    _close(Fate.DROPPED, promise_id, note, date, clear=clear, as_json=as_json)


def _close(fate: "Fate", promise_id: str, note: str, date: str | None, *, clear: bool, as_json: bool) -> None:
    from analyzer.dates import parse_day
    from analyzer.errors import UsageError
    from analyzer.rendering import person
    from analyzer.usecases import promises as owed

    def work(ws: "Workspace") -> "OutcomeSaid":
        day = parse_day(date, ws.today) if date else None
        if clear and note:
            raise UsageError("a note, or --clear", "one at a time")
        return owed.reopen(ws, promise_id, fate, day) if clear else owed.close(ws, promise_id, fate, note, day)

    command = "promise done" if fate.value == "done" else "promise drop"
    run(command, as_json, work, person.outcome)
