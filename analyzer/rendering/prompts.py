"""The prompts as text for a terminal: whose copy counts, the whole wording, what became of an edit."""

from rich.console import Group, RenderableType
from rich.text import Text

from analyzer.model.own import PromptEdited, PromptFile, PromptReset, PromptRow, Prompts, PromptText
from analyzer.rendering.pieces import indented


def overview(result: Prompts) -> RenderableType:
    """Each prompt with its version and what is wrong with it; in lines, as a table would cut versions on a small screen."""
    rows = [part for row in result.prompts for part in _lines(row)]
    faults = [Text(row.fault, style="bold red") for row in result.prompts if row.fault]
    next_step = Text("analyzer prompts show read prints one whole; analyzer prompts edit read makes it yours.", style="dim")
    return Group(*rows, *faults, next_step)


def _lines(row: PromptRow) -> tuple[RenderableType, ...]:
    size = "" if row.tokens is None else f", about {row.tokens:,} tokens"
    version = f"version {row.version}" if row.version else "cannot be used"
    return (
        Text.assemble((row.task, "bold"), f"  {version}{size}"),
        indented(Text(row.purpose), 2),
        indented(Text(f"what counts: {_whose(row)}"), 2),
    )


def whole(result: PromptText) -> RenderableType:
    """The prompt as the model gets it."""
    row = result.prompt
    head = Text.assemble(
        (row.task, "bold"), f"  {row.purpose}; {_whose(row)}; version {row.version}, about {row.tokens:,} tokens"
    )
    return Group(
        head,
        Text("\nSystem message\n", style="bold"),
        Text(result.system),
        Text("\nUser message, with a $name for each thing that is filled in\n", style="bold"),
        Text(result.user),
    )


def edited(result: PromptEdited) -> RenderableType:
    """What became of an edit."""
    if result.change == "unchanged":
        return Text("Nothing was changed." if result.path else "Nothing was changed, so the packaged file counts as before.")
    if result.change == "as_packaged":
        return Text(f"{result.task}/{result.file} is as packaged, so the packaged file counts again.")
    if result.now is None:
        return Text(f"kept {result.path}, which cannot be used as it is: the llm engine waits until it can")
    counts = f"{result.path} counts from now on: version {result.now} of {result.task}"
    before = f" (before: {result.before})" if result.before else ""
    stay = "Readings that were made before stay as they are, and keep the version that they were made with."
    return Group(Text(f"{counts}{before}"), Text(stay, style="dim"))


def reset(result: PromptReset) -> RenderableType:
    """Where the own copies went."""
    if not result.files:
        return Text(f"There is no copy of your own of {result.task}; the packaged one counts.")
    names = ", ".join(result.files)
    if result.moved_to is None:
        return Text(f"Your copy of {result.task} ({names}) stays and counts.")
    return Text(
        f"The packaged {result.task} counts again. Yours ({names}) lies in {result.moved_to}; copy it back to use it again."
    )


def _whose(row: PromptRow) -> str:
    own = [file.name + _behind(file) for file in row.files if file.path]
    return f"your copy of {', '.join(own)}" if own else "the packaged one"


def _behind(file: PromptFile) -> str:
    return " (the packaged one has changed since)" if file.packaged_changed else ""
