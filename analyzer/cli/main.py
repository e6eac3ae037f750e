"""The `analyzer` command: composes the command groups and ends every run with the right exit code."""

import atexit
import gc
import io
import os
import sys
from contextlib import suppress
from typing import Annotated

import typer

from analyzer import __version__
from analyzer.cli import clients, documents, home, insight, keys, owing, person, prompts, speakers, transcripts
from analyzer.cli.interrupts import pressed, remembered

app = typer.Typer(
    name="analyzer",
    help="Tells a paying client from a strategic partner, with the words that prove it. Nothing leaves unasked.",
    epilog="Begin with: analyzer init; analyzer upload FILE --client NAME; analyzer motives NAME; analyzer brief NAME",
    no_args_is_help=True,
    add_completion=True,
    rich_markup_mode=None,  # rich help costs more than twice the start-up time
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        print(f"analyzer {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None: ...


for group in (home, transcripts, clients, speakers, insight, documents, keys, person, owing, prompts):
    group.register(app)

_UNTIL_COLLECTED = 200_000  # objects made since the last time
atexit.register(gc.freeze)  # else Python looks at its end through all that was built, for what nobody uses


def main() -> None:
    """Run the command line; the process ends with 0, 1 (could not), 2 (usage) or 130 (stopped)."""
    gc.set_threshold(_UNTIL_COLLECTED)  # a command over many meetings builds much that lives until its end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without these letters shows their codes
    try:
        with remembered():
            code = _run()
    except BrokenPipeError:  # whoever read the output has gone; what is buffered would complain again at exit
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 it lives as long as the process
        code = 1
    if pressed():
        _leave(code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End at once: threads that still wait for a model's answer would hold the process for as long as that takes."""
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)


def _run() -> int:
    from analyzer.cli.output import STOPPED, stopped, usage_failure

    try:
        code: int = app(standalone_mode=False) or 0
    except typer.TyperException as wrong:
        return usage_failure(wrong, sys.argv[1:])
    except (KeyboardInterrupt, typer.Abort):
        code = STOPPED
    except ImportError:
        if not pressed():
            raise
        code = STOPPED  # a compiled library that was being loaded makes an error of its own out of Ctrl-C
    if code == STOPPED:  # Typer makes this code of Ctrl-C itself
        stopped(sys.argv[1:])
    return code
