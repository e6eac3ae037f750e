"""Commands in processes of their own, at a terminal or not, without the time that imports take: three seconds of each.

One process has imported what commands import and forks for each: from there on it is as if it had been started, up to the way in
which it ends. Only what is read as an interpreter starts (PYTHONIOENCODING and its like) does not count here.
"""

import atexit
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

HEAVY = (  # never onnxruntime first: it would tell its maker, and end every process that is forked here badly
    *("vectorstore.onnx", "chromadb", "chromadb.api.rust", "sqlalchemy", "rich.progress"),
    *("analyzer.cli.main", "analyzer.dates", "analyzer.usecases.upload", "analyzer.usecases.find", "analyzer.rendering.terminal"),
)
ROOT = Path(__file__).resolve().parent.parent


class Process:
    """A command that runs, as `subprocess.Popen` has it."""

    def __init__(self, told: int) -> None:
        self._told = os.fdopen(told)
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, as far as it has ended; a signal that ended it counts below 0."""
        if self.returncode is None and select.select([self._told], [], [], 0)[0]:
            self.returncode = int(self._told.readline())
            self._told.close()
        return self.returncode

    def wait(self, timeout: float) -> int:
        """The exit code. Raises subprocess.TimeoutExpired where it takes longer than so many seconds."""
        if self.returncode is None:
            select.select([self._told], [], [], timeout)
        code = self.poll()
        if code is None:
            raise subprocess.TimeoutExpired("analyzer", timeout)
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


@dataclass
class Piped:
    """A command that is piped: what it prints on stdout and stderr, once it has ended."""

    process: Process
    _out: IO[str]
    _err: IO[str]

    def ends(self, timeout: float) -> tuple[int, str, str]:
        """The exit code, and all that was printed. Raises subprocess.TimeoutExpired."""
        code = self.process.wait(timeout)
        with self._out, self._err:
            printed = [(file.seek(0), file.read())[1] for file in (self._out, self._err)]
        return code, printed[0], printed[1]


class Warm:
    """The process that forks."""

    def __init__(self) -> None:
        self._ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "tests.warm", str(theirs.fileno())]
        self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], cwd=ROOT)
        theirs.close()

    def close(self) -> None:
        """It ends; commands that run go on."""
        self._ours.close()
        self._process.wait()

    def start(self, arguments: Sequence[str], streams: tuple[int, int, int], env: Mapping[str, str] | None = None) -> Process:
        """The command line with these arguments, on these three files; in this folder, and in this environment or `env`."""
        told, tells = os.pipe()
        wanted = {"arguments": list(arguments), "env": dict(os.environ if env is None else env), "folder": str(Path.cwd())}
        socket.send_fds(self._ours, [b"\n"], [*streams, tells])
        self._ours.sendall(json.dumps(wanted).encode() + b"\n")
        os.close(tells)
        return Process(told)

    def pipe(self, *arguments: str) -> Piped:
        """The command line with nothing on stdin, and nobody who sees what it prints."""
        out, err = (tempfile.TemporaryFile("w+", encoding="utf-8") for _ in range(2))  # noqa: SIM115 closed where it ends
        with Path(os.devnull).open("rb") as nothing:
            return Piped(self.start(arguments, (nothing.fileno(), out.fileno(), err.fileno())), out, err)


@cache
def warmed() -> Warm:
    """The one of this process, which is started when it is first needed."""
    running = Warm()
    atexit.register(running.close)
    return running


def main(channel: socket.socket) -> None:
    """Fork for each command that is asked for, until nobody asks any more."""
    for name in HEAVY:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits here
    while files := socket.recv_fds(channel, 1, 4)[1]:
        with channel.makefile("rb") as asked:
            wanted = json.loads(asked.readline())
        if not os.fork():
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            channel.close()
            return _watched(wanted, *files)
        for file in files:
            os.close(file)
    return None


def _watched(wanted: dict[str, Any], stdin: int, stdout: int, stderr: int, tells: int) -> None:
    """Run the command in one more process, and tell its number and then its end."""
    if child := os.fork():
        for file in (stdin, stdout, stderr):
            os.close(file)
        os.write(tells, f"{child}\n".encode())
        _, status = os.waitpid(child, 0)
        os.write(tells, f"{os.waitstatus_to_exitcode(status)}\n".encode())
        os._exit(0)
    os.close(tells)
    for at, file in enumerate((stdin, stdout, stderr)):
        os.dup2(file, at)
        os.close(file)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", buffering=-1, closefd=False)  # type: ignore[misc]  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", 1, errors="backslashreplace", closefd=False)  # type: ignore[misc]  # noqa: SIM115
    os.environ.clear()
    os.environ.update(wanted["env"])
    os.chdir(wanted["folder"])
    sys.argv = ["analyzer", *wanted["arguments"]]
    from analyzer.cli.main import main as run

    run()


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
