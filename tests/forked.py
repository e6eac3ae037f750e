"""Commands in processes of their own without the time that imports take: a process that has imported everything forks for each.

`python -m tests.forked MODULE ARGUMENT...` runs the `main` of a module in such a process; `command` is for what runs there.
"""

import importlib
import json
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Done:
    """What a command did: exit code, what it printed with --json, and stderr."""

    code: int
    told: Any
    err: str

    @property
    def error(self) -> str:
        """The code of the error that it told; empty for none."""
        return str(self.told["error"]["code"]) if self.told and "error" in self.told else ""


def command(home: Path, *arguments: object) -> Done:
    """Run the command with --json in a fork of this process, and wait for its end."""
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if not child:
            _run(home, [*map(str, arguments), "--json"], out.fileno(), err.fileno())
        _, status = os.waitpid(child, 0)
        printed, complained = _content(out.fileno()), _content(err.fileno())
    try:
        told = json.loads(printed)
    except ValueError:
        told = None
    return Done(code=os.waitstatus_to_exitcode(status), told=told, err=complained)


def _content(file: int) -> str:
    size = os.fstat(file).st_size
    return os.pread(file, size, 0).decode("utf-8", "replace")


def _run(home: Path, arguments: list[str], out: int, err: int) -> None:
    """As the command line would run, in a process that ends with it."""
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
        os.environ["ANALYZER_HOME"] = str(home)
        sys.argv = ["analyzer", *arguments]
        from analyzer.cli.main import main

        main()
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001  # what the command line let through is what is looked for
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def import_everything() -> None:
    """What commands import when they are first used."""
    for name in (
        "chromadb",
        "onnxruntime",
        "tokenizers",
        "analyzer.cli.main",
        "analyzer.usecases.upload",
        "analyzer.usecases.find",
    ):
        importlib.import_module(name)


if __name__ == "__main__":
    import_everything()
    importlib.import_module(sys.argv[1]).main(*sys.argv[2:])
