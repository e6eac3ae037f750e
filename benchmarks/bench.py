"""How long the commands take, as whole processes, against the limits that the product sets itself: `make bench`.

Median of five runs after one that does not count. Limits that name a peer are measured in turn with it in the same run.
"""

import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from benchmarks.whole_process import ANALYZER, ROOT, Run, environment_of, median_clock, once, repeated

RUNS = 5
HOUR_OF_WORDS = 9_000


@dataclass(frozen=True)
class Timed:
    """Seconds (median, least, most) and peak memory of a command."""

    median: float
    least: float
    most: float
    peak_mb: float


def main() -> None:
    """Print the table."""
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; median of {RUNS}")
    print(f"{'what':<46}{'median':>8}{'min':>8}{'max':>8}{'limit':>8}{'MB':>7}")
    with tempfile.TemporaryDirectory() as folder:
        _help(Path(folder))
        _upload(Path(folder))
        _on_a_read_home(Path(folder))


def _help(folder: Path) -> None:
    typer, help_ = _pair([sys.executable, "-c", "import typer"], [*ANALYZER, "--help"], environment_of(folder / "none"))
    _row("import typer (peer)", typer)
    _row("analyzer --help", help_, 1.5 * typer.median)


def _upload(folder: Path) -> None:
    transcript = folder / "2026-01-15 One hour.vtt"
    transcript.write_text(hour_long_vtt(), encoding="utf-8")
    for label, more, limit in (("upload of one hour, not read", ["--no-read"], 6.0), ("upload of one hour, read", [], 12.0)):
        timed = []
        for n in range(RUNS + 1):
            home = folder / f"upload-{bool(more)}-{n}"
            command = [*ANALYZER, "upload", str(transcript), "--client", "Northgate", "--us", "Ours", *more]
            timed.append(once(command, environment_of(home)))
        _row(label, _summary(timed[1:]), limit)


def _on_a_read_home(folder: Path) -> None:
    environment = environment_of(folder / "home")
    practice = (ROOT / "examples" / "practice.toml").read_text(encoding="utf-8")
    (folder / "home").mkdir()
    (folder / "home" / "practice.toml").write_text(practice, encoding="utf-8")
    files = sorted(map(str, (ROOT / "examples" / "northgate").iterdir()))
    subprocess.run([*ANALYZER, "upload", *files, "--client", "Northgate"], env=environment, check=True, capture_output=True)
    for command in (["clients"], ["motives", "northgate"], ["brief", "northgate"], ["agenda", "northgate"]):
        _row(f"analyzer {' '.join(command)}", _repeat([*ANALYZER, *command], environment), 1.0)
    chroma, search = _pair(
        [sys.executable, "-c", "import chromadb"], [*ANALYZER, "search", "who decides", "--client", "northgate"], environment
    )
    _row("import chromadb (peer)", chroma)
    _row("analyzer search, cold", search, 1.6 * chroma.median + 0.3)


def hour_long_vtt() -> str:
    """A made-up hour: turns of the labelled meetings in a row, one voice a side, until there are 9,000 words."""
    cues, words, at = [], 0, 0.0
    for path in sorted((ROOT / "benchmarks" / "meetings").glob("*.json")):
        meeting = json.loads(path.read_text(encoding="utf-8"))
        for turn in meeting["turns"]:
            speaker = "Ours" if turn["speaker"] in meeting["consultant_side"] else "Theirs"
            length = len(turn["text"].split()) * 0.4
            cues.append(f"{_stamp(at)} --> {_stamp(at + length)}\n{speaker}: {turn['text']}\n")
            at, words = at + length, words + len(turn["text"].split())
            if words >= HOUR_OF_WORDS:
                return "WEBVTT\n\n" + "\n".join(cues)
    raise SystemExit(f"the labelled meetings hold only {words} words")


def _stamp(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{rest:06.3f}"


def _repeat(command: list[str], environment: dict[str, str]) -> Timed:
    return _summary(repeated(command, environment, RUNS))


def _pair(first: list[str], second: list[str], environment: dict[str, str]) -> tuple[Timed, Timed]:
    """Both in turn, so that a machine that slows down slows both."""
    both = [(once(first, environment), once(second, environment)) for _ in range(RUNS + 1)][1:]
    return _summary([a for a, _ in both]), _summary([b for _, b in both])


def _summary(runs: list[Run]) -> Timed:
    seconds = [run.clock for run in runs]
    return Timed(median_clock(runs), min(seconds), max(seconds), max(run.mb for run in runs))


def _row(what: str, timed: Timed, limit: float | None = None) -> None:
    told = f"{limit:8.2f}" if limit else " " * 8
    over = "  OVER" if limit and timed.median > limit else ""
    print(f"{what:<46}{timed.median:8.2f}{timed.least:8.2f}{timed.most:8.2f}{told}{timed.peak_mb:7.0f}{over}", flush=True)


if __name__ == "__main__":
    main()
