"""Commands that copy what a home holds: backup, restore, export."""

from pathlib import Path
from typing import Annotated

import typer

from analyzer.cli.options import AsJson
from analyzer.cli.output import run

SyncedToo = Annotated[bool, typer.Option("--yes", "-y", help="Write it without asking, into a folder that is synced, too.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    for command in (backup, restore, export):
        app.command()(command)


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write, such as analyzer-backup.zip.")],
    without_index: Annotated[
        bool, typer.Option("--without-index", help="Leave the search indexes out; a restored home makes them again.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file if it exists.")] = False,
    yes: SyncedToo = False,
    as_json: AsJson = False,
) -> None:
    """Copy the whole home into one file, also while others use it, and read it back. It is not encrypted.

    Example: analyzer backup /media/safe/analyzer-2026-03-09.zip
    """
    from analyzer.rendering import copies
    from analyzer.usecases.backup import backup as back_up

    run(
        "backup",
        as_json,
        lambda ws: back_up(ws, file, overwrite=force, with_index=not without_index),
        copies.backed_up,
        yes=yes,
    )


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    forgotten: Annotated[
        Path | None,
        typer.Option("--forgotten", metavar="PATH", help="The forgotten.json of the home that was backed up, if there is one."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Put a backup into an empty home.

    What was forgotten since is not brought back where the home still has its forgotten.json, or --forgotten names it.

    Example: analyzer restore /media/safe/analyzer-2026-03-09.zip
    """
    from analyzer.rendering import copies
    from analyzer.usecases.restore import restore as put_back

    run("restore", as_json, lambda ws: put_back(ws, file, forgotten), copies.restored)


def export(
    client: Annotated[str, typer.Argument(metavar="CLIENT", help="The client: name, slug or id.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="A new or empty folder for the files.")],
    for_client: Annotated[
        bool, typer.Option("--for-client", help="Only what may be handed over: no notes, readings, verdicts or briefs.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write into a folder that holds something already.")] = False,
    yes: SyncedToo = False,
    as_json: AsJson = False,
) -> None:
    """Write everything that is kept on a client as files that anybody can read, as for an access request.

    Example: analyzer export northgate -o northgate-files
    """
    from analyzer.rendering import copies
    from analyzer.usecases.export import export as write_out

    run(
        "export",
        as_json,
        lambda ws: write_out(ws, client, output, for_client=for_client, overwrite=force),
        copies.exported,
        yes=yes,
    )
