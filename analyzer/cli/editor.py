"""A person's own editor, in which they change a file of theirs."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def open_in_editor(path: Path, *, at_terminal: bool) -> None:
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
        posix = os.name == "posix"
        return whole or [word if posix else word.strip('"') for word in shlex.split(chosen, posix=posix)]  # its end may be quoted
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
