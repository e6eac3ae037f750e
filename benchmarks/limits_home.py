"""Homes of many made-up meetings, filled by the product itself: a batch is one process, as `analyzer upload FOLDER` is.

`python -m benchmarks.limits_home FOLDER [--random]` uploads the files of a folder into the home that ANALYZER_HOME names. Filling
goes on where it was left. At each size that is asked for, the home is copied as it stands, so that all sizes can be measured one
after the other on a machine that is as busy, or as quiet, for the one as for the other.
"""

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from analyzer.settings import load
from analyzer.usecases.batch import UploadOptions
from analyzer.usecases.incoming import gather
from analyzer.usecases.looking import Said
from analyzer.usecases.upload import upload
from analyzer.workspace import Workspace
from benchmarks.made_up_talk import Talks
from benchmarks.whole_process import ANALYZER, ROOT, environment_of, once
from vectorstore.embedders import BundledEmbedder, Vectors, unit

BATCH, BATCH_OF_RANDOM = 25, 100  # meetings of one upload: about a minute's work each
READ = "Harwell Freight"  # the one client whose meetings are read
HOME, BATCHES, READINGS, PLAN = "home", "batches.jsonl", "readings.jsonl", "plan.json"
PRACTICE = ROOT / "examples" / "practice.toml"


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What the homes are made of: it must be the same each time that a folder is gone on with."""

    meetings: int
    words: int
    clients: int
    random: bool
    sizes: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Batch:
    """One upload: how many meetings there were before it, how many it brought, what it took, and how busy the machine was."""

    before: int
    meetings: int
    words: int
    clock: float
    processor: float
    mb: float
    load: float


class RandomVectors(BundledEmbedder):
    """Random unit vectors for passages, under the name of the bundled embedder, which embeds the questions.

    Nothing is near anything among them, which is the hard case for a graph of neighbours.
    """

    def embed(self, texts: Sequence[str]) -> Vectors:
        chance = np.random.default_rng()
        return unit(chance.normal(size=(len(texts), self.dimension)).astype(np.float32))


def planned(keep: Path, plan: Plan) -> None:
    """Note the plan in the folder. Ends the benchmark where the folder was begun with another."""
    keep.mkdir(parents=True, exist_ok=True)
    file = keep / PLAN
    if file.exists() and json.loads(file.read_text(encoding="utf-8")) != json.loads(json.dumps(asdict(plan))):
        raise SystemExit(f"{keep} was begun with another plan: {file.read_text(encoding='utf-8').strip()}")
    file.write_text(json.dumps(asdict(plan)) + "\n", encoding="utf-8")


def fill(keep: Path, plan: Plan) -> None:
    """Upload what is not there yet, and keep a copy of the home at each size of the plan."""
    home = keep / HOME
    if not home.exists():
        home.mkdir(mode=0o700)
        shutil.copyfile(PRACTICE, home / PRACTICE.name)
        (home / PRACTICE.name).chmod(0o600)
    there, talks = _meetings_in(home), Talks()
    for size in plan.sizes:
        while there < size:
            count = min(BATCH_OF_RANDOM if plan.random else BATCH, size - there)
            done = _uploaded(home, talks, plan, there, count)
            if _meetings_in(home) != there + count:
                raise SystemExit(f"of {count} meetings after {there} not all were added")
            with (keep / BATCHES).open("a", encoding="utf-8") as log:
                log.write(json.dumps(asdict(done)) + "\n")
            there += count
            rate = 60 * count / done.clock
            print(f"{there:>7,}  {rate:6.1f} a minute  {done.processor / count:5.2f} s a meeting  {done.mb:5.0f} MB", flush=True)
        if not (copy := keep / f"{HOME}-{size}").exists():
            _read(keep, home, size)
            _keep_copy(home, copy)


def more(keep: Path, size: int) -> Batch:
    """What one more upload takes into the home of that size, into a copy of it that is not kept."""
    written = json.loads((keep / PLAN).read_text(encoding="utf-8"))
    plan = Plan(**{**written, "sizes": tuple(written["sizes"])})
    with TemporaryDirectory(dir=keep) as folder:
        home = Path(folder) / HOME
        shutil.copytree(keep / f"{HOME}-{size}", home)
        return _uploaded(home, Talks(), plan, plan.meetings + size, min(BATCH, plan.meetings))


def as_it_is(keep: Path) -> None:
    """Take the home as far as it was filled for a size of its own. Nothing may be uploading into it."""
    home = keep / HOME
    there = _meetings_in(home)
    if not (copy := keep / f"{HOME}-{there}").exists():
        _read(keep, home, there)
        _keep_copy(home, copy)


def batches(keep: Path) -> Iterator[Batch]:
    """What each upload took, in their order."""
    file = keep / BATCHES
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
        yield Batch(**json.loads(line))


def _meetings_in(home: Path) -> int:
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        return len(ws.store.sketches()) if ws.settings.record_path.exists() else 0


def _uploaded(home: Path, talks: Talks, plan: Plan, first: int, count: int) -> Batch:
    words, load_before = 0, os.getloadavg()[0]
    with TemporaryDirectory() as folder:
        for number in range(first, first + count):
            transcript = talks.meeting(number, plan.words, plan.clients)
            (Path(folder) / f"{number:06}.json").write_text(transcript.file, encoding="utf-8")
            words += transcript.words
        command = [sys.executable, "-m", "benchmarks.limits_home", folder, *(["--random"] if plan.random else [])]
        run = once(command, environment_of(home))
    return Batch(before=first, meetings=count, words=words, clock=run.clock, processor=run.processor, mb=run.mb, load=load_before)


def _read(keep: Path, home: Path, size: int) -> None:
    """Let the offline engine read what it has not read of the one client that is read, and note what that took."""
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        client = ws.store.client_called(READ)
        heads = ws.store.meetings(client.id) if client else ()
    unread = sum(not head.readings for head in heads)
    if client and unread:
        load_before = os.getloadavg()[0]
        run = once([*ANALYZER, "motives", client.slug, "--json"], environment_of(home))
        told = {"size": size, "meetings": unread, "load": load_before, **asdict(run)}
        with (keep / READINGS).open("a", encoding="utf-8") as log:
            log.write(json.dumps(told) + "\n")


def _keep_copy(home: Path, copy: Path) -> None:
    half = copy.with_name(f"{copy.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    shutil.copytree(home, half)
    half.rename(copy)


def main(arguments: Sequence[str]) -> int:
    """Upload a folder as the command does, with random vectors where that is asked for."""
    with Workspace(load(environ=os.environ)) as ws:
        if "--random" in arguments:
            ws.embedder = RandomVectors()
        done = upload(ws, gather([Path(arguments[0])]), UploadOptions(said=Said(), read=False))
    refused = [f"{one.file}: {one.status}" for one in done.meetings if one.status != "added"]
    if done.failure:
        refused.append(done.failure.message)
    print("\n".join(refused), file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
