"""How long the documents of a client take as whole processes: `python benchmarks/bench_documents.py [--meetings N]`.

A client with 200 read meetings of 100 turns (`read_home`), 50 hours of talk with ten other clients beside them, two cores;
median and worst of five runs after one that does not count. The processor's seconds tell how much other programs took.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.settings import load
from analyzer.workspace import Workspace
from benchmarks import read_home
from benchmarks.read_home import CLIENT, READER
from benchmarks.whole_process import ANALYZER, ROOT, Run, environment_of, median_clock, once, repeated

MEETINGS, ELSEWHERE = 200, 50
CORES = 2
RUNS = 5
BRIEF, SHORT, AGENDA = 1.5, 1.0, 1.0  # seconds
WIDE = 34


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description="How long the documents of a client take, as whole processes.")
    parser.add_argument("--meetings", type=int, default=MEETINGS, metavar="N", help="of the client, read")
    parser.add_argument("--elsewhere", type=int, default=ELSEWHERE, metavar="N", help="hours with other clients")
    parser.add_argument("--runs", type=int, default=RUNS, metavar="N", help="of each command, after one that does not count")
    parser.add_argument("--home", type=Path, metavar="FOLDER", help="made and kept here, and used as it is where it is there")
    parser.add_argument("--only", choices=("brief", "agenda", "recap", "promises"), help="time this command alone")
    asked = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        home = asked.home or Path(folder) / "home"
        if not home.exists():
            _made(home, asked.meetings, asked.elsewhere)
        _timed(home, Path(folder), asked.runs, asked.only)
    return 0


def _made(home: Path, meetings: int, elsewhere: int) -> None:
    documents = [
        json.loads(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "benchmarks" / "meetings").glob("*.json"))
    ]
    practice = (ROOT / "examples" / "practice.toml").read_text(encoding="utf-8")
    started = time.perf_counter()
    read_home.make(home, practice, documents, meetings, elsewhere)
    print(f"the home was made in {time.perf_counter() - started:.0f} s", flush=True)


def _timed(home: Path, folder: Path, runs: int, only: str | None) -> None:
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        client = next(one for one in ws.store.clients() if one.name == CLIENT)
        heads = ws.store.meetings(client.id)
        everything = ws.store.meetings()
    agenda = ["agenda", client.slug, "--with", READER]
    written = ["-o", str(folder / "talk.docx"), "--yes", "--force"]
    environment = environment_of(home)
    once([*ANALYZER, *agenda, *written], environment)  # that one agenda is kept, and a brief tells what stands behind it
    print(f"{len(heads)} read meetings, {len(everything) - len(heads)} of other clients; {CORES} cores;", end=" ")
    print(f"{os.getloadavg()[0]:.1f} taken at the start; median and worst of {runs}, seconds")
    print(f"{'analyzer':<{WIDE}}{'median':>8}{'worst':>8}{'bar':>6}{'processor':>11}{'worst':>8}{'MB':>6}")
    for what, command, bar in (
        ("brief", ["brief", client.slug], BRIEF),
        ("brief --short", ["brief", client.slug, "--short"], SHORT),
        ("brief --format html", ["brief", client.slug, "--format", "html"], BRIEF),
        ("brief -o FILE.docx", ["brief", client.slug, "-o", str(folder / "prep.docx"), "--force"], BRIEF),
        (f'agenda --with "{READER}"', agenda, AGENDA),
        ("agenda -o FILE.docx", [*agenda, *written], AGENDA),
        ("recap MEETING", ["recap", heads[-1].slug], None),
        ("promises", ["promises"], None),
    ):
        if only is None or what.split()[0] == only:
            _row(what, repeated([*ANALYZER, *command], environment, runs), bar)


def _row(what: str, runs: Sequence[Run], bar: float | None) -> None:
    median, busy = median_clock(runs), sorted(run.processor for run in runs)
    told = f"{bar:6.1f}" if bar else " " * 6
    over = "  OVER" if bar and median > bar else ""
    print(
        f"{what:<{WIDE}}{median:8.2f}{max(run.clock for run in runs):8.2f}{told}{busy[len(busy) // 2]:11.2f}{busy[-1]:8.2f}"
        f"{max(run.mb for run in runs):6.0f}{over}",
        flush=True,
    )


if __name__ == "__main__":
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    sys.exit(main(sys.argv[1:]))
