"""Commands for the wording that a language model gets: prompts show, prompts edit, prompts reset."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.editor import open_in_editor
from analyzer.cli.options import AsJson
from analyzer.cli.output import console, interactive, run

if TYPE_CHECKING:
    from analyzer.errors import PromptUnusable
    from analyzer.model.own import Prompts
    from analyzer.workspace import Workspace

prompts = typer.Typer(name="prompts", help="The wording that the llm engine uses.", no_args_is_help=True, rich_markup_mode=None)


class TaskName(StrEnum):
    READ = "read"
    JUDGE = "judge"
    ANSWER = "answer"


class PartName(StrEnum):
    SYSTEM = "system"
    USER = "user"
    EXAMPLES = "examples"


Task = Annotated[TaskName, typer.Argument(metavar="TASK", help="read, judge or answer.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the app."""
    app.add_typer(prompts)


@prompts.command("show")
def prompts_show(
    task: Annotated[TaskName | None, typer.Argument(metavar="TASK", help="read, judge or answer; all if left out.")] = None,
    packaged: Annotated[bool, typer.Option("--packaged", help="Without your own copy, to compare.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show whose copy of each prompt counts, or one prompt whole, as the model gets it.

    Example: analyzer prompts show read
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import prompts as rendering
    from analyzer.usecases import prompts as wording

    def overview(ws: "Workspace") -> "Prompts":
        if packaged:
            raise UsageError("which prompt?", "analyzer prompts show read --packaged")
        return wording.show(ws)

    if task is None:
        run("prompts show", as_json, overview, rendering.overview)
    else:
        run("prompts show", as_json, lambda ws: wording.show_whole(ws, task.value, packaged=packaged), rendering.whole)


@prompts.command("edit")
def prompts_edit(
    task: Task,
    part: Annotated[PartName, typer.Option("--file", help="Which of its files.")] = PartName.SYSTEM,
    as_json: AsJson = False,
) -> None:
    """Make a prompt your own: opens a copy in your editor and checks it. Your copy counts from then on.

    Example: analyzer prompts edit read --file examples
    """
    from analyzer.rendering import prompts as rendering
    from analyzer.usecases import prompts as wording

    def again(fault: "PromptUnusable") -> bool:
        if not interactive(as_json):
            return False
        console(stderr=True).print(fault.message, style="bold red", markup=False)
        return typer.confirm("Edit it again?", default=True, err=True)

    run(
        "prompts edit",
        as_json,
        lambda ws: wording.edit(
            ws, task.value, part.value, lambda path: open_in_editor(path, at_terminal=interactive(as_json)), again
        ),
        rendering.edited,
    )


@prompts.command("reset")
def prompts_reset(
    task: Task,
    yes: Annotated[bool, typer.Option("--yes", help="Put it aside without asking.")] = False,
    as_json: AsJson = False,
) -> None:
    """Go back to the packaged prompt. Your copy is put aside, not deleted.

    Example: analyzer prompts reset read
    """
    from analyzer.errors import UsageError
    from analyzer.rendering import prompts as rendering
    from analyzer.usecases import prompts as wording

    def agreed(names: Sequence[str]) -> bool:
        if yes:
            return True
        if not interactive(as_json):
            raise UsageError("nobody is here to be asked", f"analyzer prompts reset {task.value} --yes")
        return typer.confirm(f"Put your copy of {task.value} ({', '.join(names)}) aside?", err=True)

    run("prompts reset", as_json, lambda ws: wording.reset(ws, task.value, agreed), rendering.reset)
