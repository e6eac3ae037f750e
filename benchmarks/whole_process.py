"""What a command takes as a whole process: seconds on the clock and of the processor, and its peak of memory."""

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

ROOT = Path(__file__).resolve().parent.parent
ANALYZER = (sys.executable, "-m", "analyzer")


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run: seconds on the clock, seconds of the processor, megabytes at its peak."""

    clock: float
    processor: float
    mb: float


def once(command: Sequence[str], environment: Mapping[str, str]) -> Run:
    """One run in the repository's root. Ends the benchmark when the command fails."""
    started = time.perf_counter()
    with TemporaryFile() as errors:
        process = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        clock = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            raise SystemExit(f"{' '.join(command)} failed: {errors.read().decode()}")
    return Run(clock=clock, processor=used.ru_utime + used.ru_stime, mb=used.ru_maxrss / 1024)


def repeated(command: Sequence[str], environment: Mapping[str, str], runs: int) -> list[Run]:
    """So many runs, after one that does not count."""
    return [once(command, environment) for _ in range(runs + 1)][1:]


def environment_of(home: Path) -> dict[str, str]:
    """Ours with this home, and with nothing else that is set for the product; compiled code is kept, as an installed one is."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("ANALYZER_", "OPENAI_")) and name != "PYTHONDONTWRITEBYTECODE"
    }
    return {**kept, "ANALYZER_HOME": str(home)}


def median_clock(runs: Sequence[Run]) -> float:
    """The middle one of the seconds on the clock."""
    return statistics.median(run.clock for run in runs)
