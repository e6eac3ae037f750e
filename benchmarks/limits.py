"""How much fits: `python benchmarks/limits.py --meetings 1000 --keep FOLDER`, and with `--random` without embedding.

Makes a home of so many made-up meetings by uploading them, in batches, as `analyzer upload FOLDER --no-read` does; keeps it as
it stood at 1, 10, 30 and 100 % of them; and measures each. What is there is gone on with, so that a run that was
stopped loses one batch. `--random` gives passages random unit vectors in place of embedding them, which takes most of an upload:
all else is the product's own. One client's meetings are read by the offline engine, and the briefs are that client's.

`--doc FILE` puts the figures into `analyzer/limits.json`, from which `analyzer limits` tells, and writes the page that is made of
them; without `--meetings` it writes the page from the figures that are there, and prints it.
"""

import argparse
import datetime as dt
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.model.limits import Machine, Measured, Size
from analyzer.rendering.limits_page import page
from analyzer.usecases.limits import FIGURES, figures, from_json
from benchmarks.limits_home import HOME, Plan, as_it_is, fill, planned
from benchmarks.limits_measure import COLD, COMMANDS, WARM, How, measured

SHARES = (0.01, 0.1, 0.3, 1.0)
FEWEST = 10  # meetings of a home that is measured, if there are so many
WORDS = 8_000  # about an hour and a quarter of talk
CLIENTS, ONE_CLIENT_IN = 20, 100
LIBRARIES = ("chromadb", "numpy", "onnxruntime", "sqlalchemy")


def main(arguments: Sequence[str]) -> int:
    """Fill, measure, tell."""
    parser = argparse.ArgumentParser(description="How much fits, and how everything grows.")
    parser.add_argument("--meetings", type=int, metavar="N", help="how many; left out, nothing is measured")
    parser.add_argument("--words", type=int, default=WORDS, metavar="N", help="of each meeting")
    parser.add_argument("--clients", type=int, metavar="N", help="one of them with every fifth meeting")
    parser.add_argument("--random", action="store_true", help="random unit vectors for the passages, none is embedded")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="kept here, and gone on with where it is there")
    parser.add_argument("--searches", type=int, default=WARM, metavar="N", help="in a warm process, at most")
    parser.add_argument("--runs", type=int, default=COLD, metavar="N", help="of a command")
    parser.add_argument("--commands", nargs="*", default=COMMANDS, metavar="WHAT", help="of those, time these alone")
    parser.add_argument("--again", action="store_true", help="measure anew what was measured")
    parser.add_argument("--as-far-as-it-is", action="store_true", help="upload no more: measure what is there")
    parser.add_argument("--doc", type=Path, metavar="FILE", help="the page, with the figures kept for `analyzer limits`")
    parser.add_argument("--figures", type=Path, default=FIGURES, metavar="FILE", help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.meetings:
        with TemporaryDirectory() as folder:
            done = _run(asked, asked.keep or Path(folder))
        _keep(asked.figures if asked.doc else None, done)
    if asked.doc:
        text = page(figures(asked.figures))
        asked.doc.write_text(text, encoding="utf-8")
        print(text)
    return 0


def _run(asked: argparse.Namespace, keep: Path) -> Measured:
    """Fill the home as far as is asked for, and measure each of its sizes that was not measured yet."""
    plan = Plan(
        meetings=asked.meetings,
        words=asked.words,
        clients=asked.clients or max(CLIENTS, asked.meetings // ONE_CLIENT_IN),
        random=asked.random,
        sizes=tuple(sorted({max(min(asked.meetings, FEWEST), round(asked.meetings * share)) for share in SHARES})),
    )
    planned(keep, plan)
    if asked.as_far_as_it_is:
        as_it_is(keep)
    else:
        fill(keep, plan)
    there = sorted(int(path.name.removeprefix(f"{HOME}-")) for path in keep.glob(f"{HOME}-*") if path.suffix != ".half")
    sizes = [_size(keep, size, asked) for size in there]
    done = Measured(
        vectors="random" if plan.random else "embedded",
        wanted=plan.meetings,
        words=plan.words,
        date=dt.datetime.now().astimezone().date().isoformat(),
        command=f"python benchmarks/limits.py --meetings {plan.meetings}{' --random' if plan.random else ''}"
        " --keep FOLDER --doc docs/limits.md",
        machine=machine(),
        sizes=tuple(sizes),
    )
    (keep / "limits.json").write_text(_json([done]), encoding="utf-8")
    return done


def _size(keep: Path, size: int, asked: argparse.Namespace) -> Size:
    file = keep / f"measured-{size}.json"
    if asked.again or not file.exists():
        print(f"measuring the home of {size:,} meetings", flush=True)
        done = measured(keep, size, How(searches=asked.searches, runs=asked.runs, commands=tuple(asked.commands)))
        file.write_text(json.dumps(asdict(done), indent=1), encoding="utf-8")
    return from_json(json.loads(file.read_text(encoding="utf-8")), Size)


def machine() -> Machine:
    """What this runs on."""
    facts = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    name = next((line.partition(":")[2].strip() for line in facts.splitlines() if line.startswith("model name")), "")
    return Machine(
        cores=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        processor=name or platform.processor() or platform.machine(),
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        system=f"{platform.system()} {platform.machine()}",
        python=platform.python_version(),
        versions={name: version(name) for name in ("analyzer", *LIBRARIES)},
    )


def _keep(file: Path | None, done: Measured) -> None:
    """Put the run in the place of the last one of its kind, embedded before random."""
    if file is None:
        return
    others = [one for one in figures(file) if one.vectors != done.vectors]
    file.write_text(_json(sorted([*others, done], key=lambda one: one.vectors)), encoding="utf-8")


def _json(runs: Sequence[Measured]) -> str:
    """Figures to four places, which is more than anybody can measure."""

    def rounded(value: object) -> object:
        if isinstance(value, float):
            return round(value, 4)
        if isinstance(value, dict):
            return {key: rounded(one) for key, one in value.items()}
        return [rounded(one) for one in value] if isinstance(value, list | tuple) else value

    return json.dumps([rounded(asdict(run)) for run in runs], indent=1) + "\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
