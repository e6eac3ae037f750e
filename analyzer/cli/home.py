"""Commands that look after a home: init, practice, reindex, doctor, evaluate."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.editor import open_in_editor
from analyzer.cli.options import AsJson, Engine, EngineName, Yes
from analyzer.cli.output import console, interactive, run

if TYPE_CHECKING:
    from analyzer.errors import PracticeError
    from analyzer.model.our_side import PracticeEdited
    from analyzer.model.results import SetUp
    from analyzer.workspace import Workspace

practice = typer.Typer(name="practice", help="Who we are.", no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.command()(init)
    app.add_typer(practice)
    app.command()(reindex)
    app.command()(doctor)
    app.command()(evaluate)


def init(
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="The name of your practice.")] = None,
    person: Annotated[
        list[str] | None, typer.Option("--person", metavar="NAME", help="One of your people; repeat for more.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Set up: who we are. Writes practice.toml and settings.toml, with comments, where they are missing.

    Example: analyzer init --name "Raman Studio" --person "Priya Raman" --person "Tom Ellery"
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import setup

    def work(ws: "Workspace") -> "SetUp":
        if interactive(as_json) and not ws.settings.practice_path.exists():
            told = name or typer.prompt("The name of your practice", err=True)
            return setup.init(ws, told, person or _people())
        return setup.init(ws, name or "", person or [])

    run("init", as_json, work, terminal.set_up)


def _people() -> list[str]:
    told = typer.prompt("Who of you is in the meetings (names, separated by commas)", err=True)
    return [name.strip() for name in told.split(",") if name.strip()]


@practice.command("add")
def practice_add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The person's name as transcripts have it.")],
    yes: Annotated[bool, typer.Option("--yes", help="Put older meetings right without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Add one of our people, and offer to put their side right in older meetings.

    Example: analyzer practice add "Tom Ellery"
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import setup, sides

    def work(ws: "Workspace") -> "SetUp":
        done = setup.practice_add(ws, name)
        count = len(done.older_meetings)
        older = f"{count} older meeting{'' if count == 1 else 's'}" if count else ""
        agreed = older and (yes or (interactive(as_json) and typer.confirm(f"Put {name} on our side in {older}?", err=True)))
        if agreed:
            sides.follow_practice(ws, ws.store.meetings(), name)
            ws.notice("sides_changed", f"{name} is on our side in {older} now, which was read again")
        elif older:
            ws.notice("sides_behind", f"{older} with {name} on another side: `analyzer sides --from-practice` puts it right")
        return done

    run("practice add", as_json, work, terminal.set_up)


@practice.command("edit")
def practice_edit(as_json: AsJson = False) -> None:
    """Open practice.toml in your editor and check it. What cannot be used changes nothing, and is not lost.

    Example: analyzer practice edit
    """
    from analyzer.rendering import our_side
    from analyzer.usecases import practice as ours

    def again(fault: "PracticeError") -> bool:
        if not interactive(as_json):
            return False
        console(stderr=True).print(fault.message, style="bold red", markup=False)
        return typer.confirm("Edit it again?", default=True, err=True)

    def work(ws: "Workspace") -> "PracticeEdited":
        return ours.edit(ws, lambda path: open_in_editor(path, at_terminal=interactive(as_json)), again)

    run("practice edit", as_json, work, our_side.edited)


@practice.command("check")
def practice_check(as_json: AsJson = False) -> None:
    """Tell what practice.toml says of you: what is missing, how old it is, what nobody may hear.

    Example: analyzer practice check
    """
    from analyzer.rendering import our_side
    from analyzer.usecases import practice as ours

    run("practice check", as_json, ours.check, our_side.checked)


def reindex(
    client: Annotated[str | None, typer.Argument(metavar="CLIENT", help="The client; all of them if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the passage index anew from the record; nothing is lost by it.

    Example: analyzer reindex northgate
    """
    from analyzer.rendering import terminal
    from analyzer.usecases import indexing, resolve

    run(
        "reindex",
        as_json,
        lambda ws: indexing.reindex(ws, (resolve.client(ws.store, client),) if client else ws.store.clients()),
        terminal.reindexed,
    )


def doctor(as_json: AsJson = False) -> None:
    """Check the home, the record, the indexes and the engine, and say what mends what is wrong.

    Example: analyzer doctor
    """
    from analyzer.rendering import terminal
    from analyzer.usecases.doctor import doctor as check

    run("doctor", as_json, check, terminal.doctor, finishing=False)


def evaluate(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of labelled meetings.")],
    engine: Engine = None,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Score an engine against labelled meetings; nothing of them is stored.

    Example: analyzer evaluate benchmarks/meetings --engine offline
    """
    from analyzer.rendering import scores
    from analyzer.usecases.evaluate import evaluate as score

    name = (engine or EngineName.OFFLINE).value
    run("evaluate", as_json, lambda ws: score(ws, folder, name), scores.table, yes=yes)
