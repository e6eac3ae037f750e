"""The `analyzer` command: composes the command groups and ends every run with the right exit code."""

import atexit
import gc
import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Annotated, Any

import typer
from typer.main import get_command

from analyzer import __version__
from analyzer.cli import (
    clients,
    copies,
    documents,
    forget,
    handover,
    home,
    insight,
    keys,
    limits,
    owing,
    person,
    prompts,
    speakers,
    transcripts,
)
from analyzer.cli.interrupts import left_behind, pressed, remembered
from analyzer.cli.output import LONGEST_WAIT, for_every_command

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


def _patience(seconds: float | None) -> float | None:
    if seconds is None or 0 < seconds <= LONGEST_WAIT:
        return seconds
    raise typer.BadParameter(f"seconds, more than 0 and at most {LONGEST_WAIT}, not {seconds:g}")


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,  # noqa: ARG001
    lock_timeout: Annotated[
        float | None,
        typer.Option(
            "--lock-timeout",
            metavar="SECONDS",
            callback=_patience,
            help="How long to wait while another process writes; 60 if left out. It stands before the command.",
        ),
    ] = None,
) -> None:
    for_every_command(lock_timeout=lock_timeout)


_GROUPS = (
    home,
    transcripts,
    clients,
    speakers,
    insight,
    documents,
    keys,
    person,
    owing,
    prompts,
    copies,
    forget,
    limits,
    handover,
)
for group in _GROUPS:
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
        with _for_us_alone(), remembered():
            code = _run()
    except BrokenPipeError:  # whoever read the output has gone; what is buffered would complain again at exit
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115 it lives as long as the process
        code = 1
    if left_behind():
        _leave(code)
    sys.exit(code)


@contextmanager
def _for_us_alone() -> Iterator[None]:
    """What anybody makes meanwhile, SQLite and Chroma among them, only its owner can read; an editor that is opened, too."""
    before = os.umask(0o077)
    try:
        with _without_a_core():
            yield
    finally:
        os.umask(before)


@contextmanager
def _without_a_core() -> Iterator[None]:
    """The system writes no file of what is in memory, keys and words, where compiled code crashes meanwhile."""
    try:
        import resource
    except ImportError:  # Windows has another way, which is off unless somebody turns it on
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def _leave(code: int) -> None:
    """End at once: threads that still wait for a model's answer would hold the process for as long as that takes."""
    with suppress(OSError):
        sys.stdout.flush()
    os._exit(code)


@cache
def _commands() -> Callable[..., Any]:
    """All commands, ready to run; made once in a process, as that takes longer than many a command."""
    return get_command(app)


def _run() -> int:
    from analyzer.cli.output import STOPPED, stopped, usage_failure

    try:
        code: int = _commands()(standalone_mode=False) or 0
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
