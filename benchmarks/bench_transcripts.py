"""How long transcripts take to be read: `python benchmarks/bench_transcripts.py [FORMAT]...`, all formats by default.

A two-hour talk of 20,000 words, made of the turns of the labelled meetings, is written in each text format and read
whole: median of five runs in a process of its own, after one that does not count. Then longer ones, up to 5,000,000
words: the time per million words shows whether it grows. To add a format, add a line to `written_talks.WRITERS`.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.written_talks import WRITERS, talk

ROOT = Path(__file__).resolve().parent.parent
RUNS = 5
TWO_HOURS = 20_000  # words
LIMIT = 150.0  # milliseconds
LONG = (500_000, 1_000_000, 5_000_000)
NAMES = 50_000
OVER = 2.0  # times the least time per million words; squared growth would be five and ten


class Timed(NamedTuple):
    """Milliseconds of each reading of a file and of asking every format whether it is its own, and the most MB."""

    format: str
    readings: list[float]
    sniffing: float
    mb: float


def main() -> None:
    """Print both tables, or, called by itself, time one file."""
    if sys.argv[1:2] == ["--time"]:
        print(json.dumps(_read(Path(sys.argv[2]), int(sys.argv[3]))))
        return
    from analyzer.transcripts.formats import FORMATS

    chosen = sys.argv[1:] or [known.name for known in FORMATS]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        _two_hours(file, chosen)
        _longer(file, chosen)
    without = set(chosen) - {name for name, _ in WRITERS.values()}
    print("\nnot timed: " + (", ".join(sorted(without)) or "none"))


def _two_hours(file: Path, chosen: Sequence[str]) -> None:
    print(f"{TWO_HOURS:,} words; median of {RUNS}; limit {LIMIT:.0f}\n{'':<28}{'ms':>8}{'min':>8}{'max':>8}{'sniff':>8}{'MB':>8}")
    for label, (name, write) in WRITERS.items():
        if name in chosen:
            timed = _timed(file, write(talk(TWO_HOURS)), RUNS)
            median = statistics.median(timed.readings)
            mark = ("  OVER" if median > LIMIT else "") + ("" if timed.format == name else f"  READ AS {timed.format}")
            numbers = (median, min(timed.readings), max(timed.readings), timed.sniffing, timed.mb)
            print(f"{label:<28}" + "".join(f"{number:8.1f}" for number in numbers) + mark, flush=True)


def _longer(file: Path, chosen: Sequence[str]) -> None:
    print(f"\n{'once':<28}{'words':>12}{'s':>8}{'s/M':>8}{'MB':>8}")
    for label in ("webvtt", "text"):
        least = float("inf")
        for words in LONG if WRITERS[label][0] in chosen else ():
            per_million = _once(file, label, words, WRITERS[label][1](talk(words)))
            least = min(least, per_million)
            print("  NOT LINEAR" if per_million > OVER * least else "", flush=True)
    if "text" in chosen:
        crowd = "\n".join(f"Dana Ortiz {n // 2}: So we said number {n}." for n in range(2 * NAMES))
        _once(file, f"text, {NAMES:,} names", 2 * NAMES * 5, crowd)
        print(flush=True)


def _once(file: Path, label: str, words: int, written: str) -> float:
    timed = _timed(file, written, 1)
    seconds = timed.readings[0] / 1000
    print(f"{label:<28}{words:12,}{seconds:8.2f}{seconds / words * 1e6:8.2f}{timed.mb:8.0f}", end="")
    return seconds / words * 1e6


def _timed(file: Path, written: str, runs: int) -> Timed:
    file.write_text(written, encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.bench_transcripts", "--time", str(file), str(runs)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT)
    return Timed(*json.loads(done.stdout))


def _read(file: Path, runs: int) -> Timed:
    from analyzer.transcripts.decoding import load
    from analyzer.transcripts.formats import FORMATS
    from analyzer.transcripts.reading import read_file

    data = file.read_bytes()
    readings = []
    for _ in range(runs + (runs > 1)):
        started = time.perf_counter()
        kind = read_file("file", data).format
        readings.append((time.perf_counter() - started) * 1000)
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # what getrusage says may be the parent's
    mb = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    source = load("file", data)[0]
    started = time.perf_counter()
    for known in FORMATS:
        known.sniff(source)
    return Timed(kind, readings[-runs:], (time.perf_counter() - started) * 1000, mb)


if __name__ == "__main__":
    main()
