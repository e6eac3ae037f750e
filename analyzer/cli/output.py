"""What every command shares: the envelope of `--json`, text for people, errors in one line, exit codes."""

import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

from analyzer.rendering.values import plain

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from analyzer.cli.progress import Bars
    from analyzer.errors import AnalyzerError
    from analyzer.model.results import Failure, Notice
    from analyzer.settings import Settings
    from analyzer.workspace import Workspace

SCHEMA = "analyzer/1"
STOPPED = 130  # the shell's code for a program that Ctrl-C ended
LONGEST_WAIT = 86_400  # seconds, a day, as settings.toml has it
_BEFORE_COMMANDS = ("--lock-timeout",)  # options with a value that stand before the command
_NOT_WRITTEN = ("stopped; nothing was written", "run it again")
_STOPPED = {  # where "what was stored stays stored" says nothing
    "backup": _NOT_WRITTEN,
    "export": _NOT_WRITTEN,
    "handover": _NOT_WRITTEN,
    "forget": ("stopped; what had begun to go is gone with the next command", "`analyzer forget --receipts` lists what is gone"),
}

R = TypeVar("R")

_for_every_command: dict[str, object] = {}


def for_every_command(**flags: object) -> None:
    """Settings, by field name, that were given before the command; None where one was not."""
    _for_every_command.clear()
    _for_every_command.update(flags)


def settings(flags: "Mapping[str, object]") -> "Settings":
    """The settings of this run, with its flags and those that stood before the command. Raises SettingsError."""
    from analyzer.settings import load

    return load({**_for_every_command, **flags})


def run(
    command: str,
    as_json: bool,
    work: "Callable[[Workspace], R]",
    text: "Callable[[R], RenderableType]",
    bars: "Bars | None" = None,
    *,
    yes: bool = False,
    finishing: bool = True,
    **flags: object,
) -> None:
    """Open the home, do the work, print its result.

    `yes` agrees beforehand to what would be asked before much is sent; `flags` override settings by field name. With `finishing`,
    what was cut short when it was being forgotten is finished first, as soon as the record is opened.
    """
    from analyzer.cli.progress import Bars
    from analyzer.errors import AnalyzerError
    from analyzer.workspace import Workspace

    bars = bars or Bars()
    notices: list[Notice] = []
    spent: dict[str, int] = {}
    told: list[Notice] = []  # said before the work was done; as text they are not said again after it
    tell_now, agree = telling(bars, told), agreeing(bars, yes, as_json)
    try:
        opened = finish if finishing else lambda _: None
        with Workspace(settings(flags), track=bars, tell_now=tell_now, agree=agree, opened=opened) as ws:
            notices, spent = ws.notices, ws.spent
            result = work(ws)
    except AnalyzerError as error:
        bars.close()
        fail(command, as_json, error, notices if as_json else _without(notices, told), spent)
    finally:
        bars.close()
    failure: Failure | None = getattr(result, "failure", None)
    with _whole_output():
        shown = None if as_json else text(result)
        _show(command, result, failure, shown, notices if as_json else _without(notices, told), spent)
    if failure:
        raise typer.Exit(1)


def finish(ws: "Workspace") -> None:
    """Finish what was cut short when it was being forgotten."""
    if ws.store.forgetting.pending():  # so that nothing more is loaded where there is nothing
        from analyzer.usecases.forget import finish_forgetting

        finish_forgetting(ws)


def telling(bars: "Bars", told: "list[Notice]") -> "Callable[[Notice], None]":
    """How something is said before it is done, and remembered as told."""

    def tell_now(notice: "Notice") -> None:
        told.append(notice)
        with bars.paused():
            show_notices([notice])

    return tell_now


def agreeing(bars: "Bars", yes: bool, as_json: bool) -> "Callable[[str], bool]":
    """How somebody is asked, where there is a person who can be."""

    def agree(question: str) -> bool:
        if yes or not interactive(as_json):
            return yes
        with bars.paused():
            return typer.confirm(f"{question}. Go on?", err=True)

    return agree


@contextmanager
def _whole_output() -> "Iterator[None]":
    """Print, and say so where the output cannot be written; whoever has gone from the other end of a pipe needs no word."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:  # such as a full disk behind a redirection
        complain(f"the output cannot be written: {error.strerror}", "what was asked for is done; send the output elsewhere")
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 what is buffered would fail again at exit
        raise typer.Exit(1) from error


def _without(notices: "Sequence[Notice]", told: "Sequence[Notice]") -> "list[Notice]":
    return [notice for notice in notices if notice not in told]


def _show(
    command: str,
    result: object,
    failure: "Failure | None",
    text: "RenderableType | None",
    notices: "Sequence[Notice]",
    spent: "Mapping[str, int]",
) -> None:
    """The result as text, or as JSON where there is no text, and what failed beside it."""
    if text is None:
        body = {"ok": failure is None, "data": plain(result)}
        if failure:
            body["error"] = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        _print_envelope(command, body, notices, spent)
        return
    show_text(text)
    show_notices(notices)
    show_spent(spent)
    if failure:
        complain(failure.message, failure.hint)


def fail(
    command: str,
    as_json: bool,
    error: "AnalyzerError",
    notices: "Sequence[Notice]" = (),
    spent: "Mapping[str, int] | None" = None,
) -> NoReturn:
    """Say in one line what cannot be done and what to do next, and end. Always raises typer.Exit."""
    if as_json:
        body = {"ok": False, "error": {"code": error.code, "message": error.message, "hint": error.hint}}
        _print_envelope(command, body, notices, spent or {})
    else:
        show_notices(notices)
        show_spent(spent or {})
        complain(error.message, error.hint)
    raise typer.Exit(error.exit_code)


def usage_failure(wrong: typer.TyperException, arguments: Sequence[str]) -> int:
    """Tell how the arguments do not fit, as JSON where that was asked for; returns the exit code."""
    import json

    message = wrong.format_message().replace(": Value error, ", ": ", 1)  # as Typer puts before what a choice refuses
    if message.startswith("Usage:"):  # no command was given: the help is the answer
        print(message)
        return wrong.exit_code
    context = getattr(wrong, "ctx", None)
    command = _command_of(context) if context else _first_word(arguments)
    hint = f"analyzer {command} --help" if command else "analyzer --help"
    if misplaced := next((option for option in _BEFORE_COMMANDS if message.startswith(f"No such option: {option}")), None):
        message, hint = f"{misplaced} stands before the command", f"analyzer {misplaced} SECONDS {command}"
    if "--json" in arguments:
        error = {"code": "usage", "message": message, "hint": hint}
        print(json.dumps({"schema": SCHEMA, "command": command, "ok": False, "error": error, "warnings": []}, indent=2))
    else:
        print(f"error: {message} ({hint})", file=sys.stderr)
    return wrong.exit_code


def _command_of(context: Any) -> str:
    """The command as it is typed behind `analyzer`, however that was started; empty for none."""
    names: list[str] = []
    while context.parent is not None:
        names.insert(0, context.info_name or "")
        context = context.parent
    return " ".join(names)


def _first_word(arguments: Sequence[str]) -> str:
    """The command among what was typed; empty for none."""
    values = {number + 1 for number, typed in enumerate(arguments) if typed in _BEFORE_COMMANDS}
    return next((typed for number, typed in enumerate(arguments) if number not in values and not typed.startswith("-")), "")


def stopped(arguments: Sequence[str]) -> None:
    """Tell that Ctrl-C was heard, as JSON where that was asked for."""
    import json

    command = _first_word(arguments)
    message, hint = _STOPPED.get(command, ("stopped; what was stored stays stored", "run it again to go on"))
    if "--json" in arguments:
        error = {"code": "stopped", "message": message, "hint": hint}
        print(json.dumps({"schema": SCHEMA, "command": command, "ok": False, "error": error, "warnings": []}, indent=2))
    else:
        print(f"{message} ({hint})", file=sys.stderr)


def console(*, stderr: bool = False) -> "Console":
    """A console that colours and wraps on a terminal only; piped text keeps its lines whole."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    if stream.isatty():
        return Console(stderr=stderr, highlight=False)
    return Console(stderr=stderr, highlight=False, no_color=True, width=1_000_000, soft_wrap=True)


def interactive(as_json: bool) -> bool:
    """Whether a person can be asked."""
    return not as_json and sys.stdin.isatty() and sys.stderr.isatty()


def _print_envelope(command: str, body: dict[str, Any], notices: "Sequence[Notice]", spent: "Mapping[str, int]") -> None:
    import json

    warnings = [{"code": n.code, "message": n.message} for n in notices]
    body = body | ({"usage": dict(spent)} if spent else {})
    print(json.dumps({"schema": SCHEMA, "command": command, **body, "warnings": warnings}, ensure_ascii=False, indent=2))


def show_text(renderable: "RenderableType") -> None:
    """Print on stdout: wrapped and coloured on a terminal, in whole plain lines elsewhere."""
    out = console()
    if out.is_terminal:
        out.print(renderable)
        return
    with out.capture() as captured:
        out.print(renderable)
    for line in captured.get().splitlines():
        print(line.rstrip())


def show_notices(notices: "Sequence[Notice]") -> None:
    """Tell on stderr what stands beside a result."""
    if not notices:
        return
    from rich.text import Text

    err = console(stderr=True)
    for notice in notices:
        err.print(Text.assemble(("note: ", "yellow"), notice.message))


def show_spent(spent: "Mapping[str, int]") -> None:
    """Tell on stderr what a model's answers used; nothing where none was asked."""
    if not spent:
        return
    from rich.text import Text

    from analyzer.relationship.words import count

    cached = spent.get("cached", 0)
    kept = f", {count(cached, 'answer')} {'was' if cached == 1 else 'were'} kept" if cached else ""
    tokens = f"{spent.get('input_tokens', 0):,} tokens sent, {spent.get('output_tokens', 0):,} answered"
    console(stderr=True).print(Text(f"used: {count(spent.get('calls', 0), 'call')}, {tokens}{kept}", style="dim"))


def complain(message: str, hint: str) -> None:
    """Tell on stderr in one line what cannot be done, and what to do next."""
    from rich.text import Text

    line = Text.assemble(("error: ", "bold red"), message)
    if hint:
        line.append(f" ({hint})")
    console(stderr=True).print(line)
