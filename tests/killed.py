"""Processes that are killed at a named step of a use case: each announces every step that is done, and waits to be told to go on.
Or they are killed after so many seconds, wherever they are.

One process imports what is heavy and forks for each case, so that a case takes no longer than its work. A case is Python source
that uses `ws`, a Workspace on the home that is given.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

ROOT = Path(__file__).resolve().parent.parent
KILLED = -signal.SIGKILL


@dataclass(frozen=True)
class Killed:
    """The steps that a case announced, in order, how it ended (KILLED, 0, or with an error), and how long it took."""

    announced: tuple[str, ...]
    ended: int
    seconds: float = field(default=0.0, compare=False)


class Killer:
    """The process that forks. What a case prints beside its steps goes to stderr."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.killed"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.communicate()

    def run(
        self, home: Path, source: str, *, at: str | None = None, nth: int = 1, after: float | None = None, **values: object
    ) -> Killed:
        """Run the case, and kill it as soon as it has announced step `at` for the `nth` time, or `after` so many seconds.

        Without either let it end. The source finds each of `values` by its name.
        """
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        ends = {"at": at, "nth": nth, "after": after}
        case = {"home": str(home), "source": source, "values": {k: str(v) for k, v in values.items()}} | ends
        self._process.stdin.write(json.dumps(case) + "\n")
        self._process.stdin.flush()
        told = json.loads(self._process.stdout.readline())
        return Killed(announced=tuple(told["announced"]), ended=told["ended"], seconds=told["seconds"])


def _serve() -> None:
    import chromadb  # noqa: F401  # heavy, and so imported once for all

    import vectorstore.onnx  # noqa: F401  # and never onnxruntime itself: it would tell its maker
    from analyzer.usecases import find, upload  # noqa: F401

    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    for line in sys.stdin:
        print(json.dumps(_one(json.loads(line))), file=answers, flush=True)


def _one(case: dict[str, object]) -> dict[str, object]:
    told, tells = os.pipe()
    waits, go_on = os.pipe()
    child = os.fork()
    if not child:
        os.close(told)
        os.close(go_on)
        _case(case, tells, waits)
    os.close(tells)
    os.close(waits)
    began = time.monotonic()
    clock = _kill_after(child, case["after"])
    announced: list[str] = []
    with os.fdopen(told) as steps:
        for step in map(str.strip, steps):
            announced.append(step)
            if announced.count(str(case["at"])) == case["nth"]:
                os.kill(child, signal.SIGKILL)
                break
            os.write(go_on, b".")
    os.close(go_on)
    clock.cancel()
    if clock.ident:
        clock.join()  # no thread is left when the next one is forked, and nobody else has got the number of the child
    _, status = os.waitpid(child, 0)
    return {"announced": announced, "ended": os.waitstatus_to_exitcode(status), "seconds": time.monotonic() - began}


def _kill_after(child: int, seconds: object) -> threading.Timer:
    clock = threading.Timer(float(str(seconds or 0)), os.kill, (child, signal.SIGKILL))
    if seconds is not None:
        clock.start()
    return clock


def _case(case: dict[str, object], tells: int, waits: int) -> None:
    """Run a case in a process of its own, which ends with it."""
    from analyzer.settings import load
    from analyzer.workspace import Workspace

    def step(name: str) -> None:
        os.write(tells, f"{name}\n".encode())
        os.read(waits, 1)

    code = 1
    try:
        os.environ["ANALYZER_HOME"] = str(case["home"])
        with Workspace(load(), step=step) as ws:
            exec(str(case["source"]), {"ws": ws, "Path": Path, **case["values"]})  # type: ignore[dict-item]  # noqa: S102
        code = 0
    except SystemExit as ended:
        code = int(ended.code or 0)
    except BaseException:  # noqa: BLE001  # a case that fails is told by how it ends
        import traceback

        traceback.print_exc()
    finally:
        with suppress(OSError):
            sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
