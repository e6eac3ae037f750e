"""What every command shares: the envelope of `--json`, text for people, errors in one line, exit codes."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import typer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from analyzer.errors import AnalyzerError
    from analyzer.model.results import Notice
    from analyzer.workspace import Workspace

SCHEMA = "analyzer/1"
STOPPED = 130  # the shell's code for a program that Ctrl-C ended

R = TypeVar("R")


def run(
    command: str,
    as_json: bool,
    work: "Callable[[Workspace], R]",
    text: "Callable[[R], RenderableType]",
    **flags: object,
) -> None:
    """Open the home, do the work, print its result; `flags` override settings by field name."""
    from analyzer.cli.progress import track
    from analyzer.errors import AnalyzerError
    from analyzer.settings import load
    from analyzer.workspace import Workspace

    notices: list[Notice] = []
    try:
        with Workspace(load(flags), track=track) as ws:
            notices = ws.notices
            result = work(ws)
    except AnalyzerError as error:
        fail(command, as_json, error, notices)
    failure = getattr(result, "failure", None)
    if as_json:
        body = {"ok": failure is None, "data": plain(result)}
        if failure:
            body["error"] = {"code": failure.code, "message": failure.message, "hint": failure.hint}
        _print_envelope(command, body, notices)
    else:
        _print_text(text(result))
        _print_notices(notices)
        if failure:
            _complain(failure.message, failure.hint)
    if failure:
        raise typer.Exit(1)


def fail(command: str, as_json: bool, error: "AnalyzerError", notices: "Sequence[Notice]" = ()) -> NoReturn:
    """Say in one line what cannot be done and what to do next, and end. Always raises typer.Exit."""
    if as_json:
        body = {"ok": False, "error": {"code": error.code, "message": error.message, "hint": error.hint}}
        _print_envelope(command, body, notices)
    else:
        _print_notices(notices)
        _complain(error.message, error.hint)
    raise typer.Exit(error.exit_code)


def usage_failure(wrong: typer.TyperException, arguments: Sequence[str]) -> int:
    """Tell how the arguments do not fit, as JSON where that was asked for; returns the exit code."""
    import json

    command = next((a for a in arguments if not a.startswith("-")), "")
    hint = f"analyzer {command} --help" if command else "analyzer --help"
    if "--json" in arguments:
        error = {"code": "usage", "message": wrong.format_message(), "hint": hint}
        print(json.dumps({"schema": SCHEMA, "command": command, "ok": False, "error": error, "warnings": []}, indent=2))
    else:
        print(f"error: {wrong.format_message()} ({hint})", file=sys.stderr)
    return wrong.exit_code


def plain(value: Any) -> Any:
    """A result as JSON has it: objects by field name, dates as ISO text; `failure` stands in the envelope instead."""
    from dataclasses import fields, is_dataclass

    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value) if f.name != "failure"}
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value.isoformat() if hasattr(value, "isoformat") else value


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


def _print_envelope(command: str, body: dict[str, Any], notices: "Sequence[Notice]") -> None:
    import json

    warnings = [{"code": n.code, "message": n.message} for n in notices]
    print(json.dumps({"schema": SCHEMA, "command": command, **body, "warnings": warnings}, ensure_ascii=False, indent=2))


def _print_text(renderable: "RenderableType") -> None:
    out = console()
    if out.is_terminal:
        out.print(renderable)
        return
    with out.capture() as captured:
        out.print(renderable)
    for line in captured.get().splitlines():
        print(line.rstrip())


def _print_notices(notices: "Sequence[Notice]") -> None:
    if not notices:
        return
    from rich.text import Text

    err = console(stderr=True)
    for notice in notices:
        err.print(Text.assemble(("note: ", "yellow"), notice.message))


def _complain(message: str, hint: str) -> None:
    from rich.text import Text

    line = Text.assemble(("error: ", "bold red"), message)
    if hint:
        line.append(f" ({hint})")
    console(stderr=True).print(line)
