"""Commands for the wording that a language model gets: prompts show, prompts edit, prompts reset."""

import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
        lambda ws: wording.edit(ws, task.value, part.value, lambda path: _open(path, at_terminal=interactive(as_json)), again),
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


def _open(path: Path, *, at_terminal: bool) -> None:
    """Open the file in the person's editor and wait for its end. Raises SettingsError where there is none or it fails."""
    import subprocess

    from analyzer.errors import SettingsError

    command = _editor(path, at_terminal=at_terminal)
    shown = None if sys.stdout.isatty() else 2  # what is printed at the end stays alone on stdout
    try:
        with _ctrl_c_is_the_editors():
            done = subprocess.run([*command, str(path)], stdout=shown, check=False)  # noqa: S603 it is the person's own
    except OSError as failure:
        told = f"the editor {command[0]} cannot be started: {failure.strerror}"
        raise SettingsError(told, "set VISUAL or EDITOR to one that can") from failure
    if done.returncode:
        told = f"the editor {command[0]} ended with an error ({done.returncode})"
        raise SettingsError(told, "what it had saved is kept; set VISUAL or EDITOR to use another")


def _editor(path: Path, *, at_terminal: bool) -> list[str]:
    """The command of the editor that was chosen, else of one that this machine has."""
    import os
    import shlex
    import shutil

    from analyzer.errors import SettingsError
    from analyzer.settings import editor

    if chosen := editor():
        whole = [chosen] if shutil.which(chosen) else []
        return whole or [word.strip('"') for word in shlex.split(chosen, posix=os.name == "posix")]
    usual = ("notepad",) if os.name == "nt" else ("sensible-editor", "nano", "vim", "vi")
    found = next((name for name in usual if at_terminal and shutil.which(name)), None)
    if found is None:
        raise SettingsError(f"no editor is known that could open {path}", "set VISUAL or EDITOR to the command of yours")
    return [found]


@contextmanager
def _ctrl_c_is_the_editors() -> Iterator[None]:
    """Ctrl-C, which reaches both, ends neither the editor nor us; the editor does with it what it always does."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
