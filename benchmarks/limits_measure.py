"""What is timed over one home of many meetings: searches in a warm process, then commands as whole processes."""

import json
import multiprocessing
import os
import random
import resource
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.model.limits import Filled, Size, Timed
from analyzer.rendering.limits_figures import KINDS
from analyzer.settings import load
from analyzer.usecases import find
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace
from benchmarks.limits_home import HOME, READ, READINGS, Batch, more
from benchmarks.made_up_home import Spoken, spoken
from benchmarks.made_up_talk import BANK, BIG
from benchmarks.warm_process import Took, timed
from benchmarks.whole_process import ANALYZER, Run, environment_of, once

WARM, COLD = 100, 5  # searches in one process; runs of a command
COMMANDS = tuple(kind.what for kind in KINDS if kind.what.startswith("analyzer "))
LONG = ("analyzer doctor", "analyzer reindex CLIENT", "analyzer reindex", "analyzer backup")  # run once
HITS = 5
KILO = 1024


@dataclass(frozen=True, kw_only=True)
class How:
    """At most so many searches in a warm process, so many runs of a command, and which commands."""

    searches: int = WARM
    runs: int = COLD
    commands: tuple[str, ...] = COMMANDS


def measured(keep: Path, size: int, how: How = How()) -> Size:
    """All that is told of the home of that size in this folder."""
    home = keep / f"{HOME}-{size}"
    questions = list(spoken(BANK).questions)
    random.Random(0).shuffle(questions)  # noqa: S311 no secret
    with Workspace(load(environ={"ANALYZER_HOME": str(home)})) as ws:
        slugs = {client.id: client.slug for client in ws.store.clients()}
        big, read = (ws.store.client_called(name) for name in (BIG, READ))
        meetings = {client_id: len(ws.store.meetings(client_id)) for client_id in slugs}
        passages = {client_id: _passages(ws, client_id) for client_id in slugs}
        record, index = ws.settings.record_path, ws.settings.index_folder
    if big is None or read is None:
        raise SystemExit(f"{home} has no meeting of {BIG} or of {READ}")
    took = [
        *_warm(home, big.id, questions, how.searches),
        *_commands(home, big.slug, read.slug, questions[0], how),
    ]
    stored = [path for path in index.rglob("*") if path.is_file()]
    chroma = sum(path.stat().st_size for path in stored if "chroma-" in str(path.relative_to(index)))
    return Size(
        meetings=sum(meetings.values()),
        clients=len(slugs),
        passages=sum(passages.values()),
        largest=meetings[big.id],
        largest_passages=passages[big.id],
        read=meetings[read.id],
        record_mb=megabytes(home.glob(f"{record.name}*")),
        passages_mb=megabytes(stored) - chroma / 1e6,
        chroma_mb=chroma / 1e6,
        filled=_filled(more(keep, size)),
        readings=_readings(keep, size),
        timed=tuple(took),
    )


def _passages(ws: Workspace, client_id: str) -> int:
    with ws.index(client_id) as index:
        return index.count()


def _warm(home: Path, client: str, questions: Sequence[str], searches: int) -> list[Timed]:
    """Searches of one client, then of all, in a process of their own."""
    busy = os.getloadavg()[0]
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        done = pool.submit(searched, str(home), client, tuple(questions), searches).result()
    return [
        Timed(
            what=what,
            p50=of_hundred([one.clock for one in took], 50),
            p95=of_hundred([one.clock for one in took], 95),
            processor=statistics.median(one.processor for one in took),
            mb=mb,
            n=len(took),
            load=busy,
        )
        for what, took, mb in done
    ]


def searched(home: str, client: str, questions: Sequence[str], most: int) -> list[tuple[str, list[Took], float]]:
    """What each search took after one that does not count, and the peak of this process by then in megabytes."""
    said, done = Spoken(words=(), questions=tuple(questions)), []
    with Workspace(load(environ={"ANALYZER_HOME": home})) as ws:
        for what, scope in (("search, one client", Scope(client=client)), ("search, all clients", Scope(all_clients=True))):

            def search(question: str, scope: Scope = scope) -> object:
                return find.search(ws, question, scope, k=HITS)

            timed(search, said, 1)
            took = timed(search, said, most)
            done.append((what, took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILO))
    return done


def _commands(home: Path, big: str, read: str, question: str, how: How) -> Iterator[Timed]:
    environment = environment_of(home)
    with TemporaryDirectory() as folder:
        to_do = {
            "analyzer search, one client": ["search", question, "--client", big],
            "analyzer search --all-clients": ["search", question, "--all-clients"],
            "analyzer ask": ["ask", question, "--client", big],
            "analyzer meetings": ["meetings"],
            "analyzer brief": ["brief", read],
            "analyzer motives": ["motives", read],
            "analyzer doctor": ["doctor"],
            "analyzer reindex CLIENT": ["reindex", big],
            "analyzer reindex": ["reindex"],
            "analyzer backup": ["backup", str(Path(folder) / "copy")],
        }
        for what in how.commands:
            if what == "analyzer backup" and not _is_there("backup"):
                continue
            busy, times = os.getloadavg()[0], 1 if what in LONG or how.runs == 1 else how.runs + 1
            done = [once([*ANALYZER, *to_do[what]], environment) for _ in range(times)]
            yield _timed(what, done[-how.runs :], busy)


def _is_there(command: str) -> bool:
    """Whether the product has the command."""
    return not subprocess.run([*ANALYZER, command, "--help"], capture_output=True, check=False).returncode


def _timed(what: str, runs: Sequence[Run], busy: float) -> Timed:
    clock = [run.clock for run in runs]
    return Timed(
        what=what,
        p50=statistics.median(clock),
        p95=max(clock),
        processor=statistics.median(run.processor for run in runs),
        mb=max(run.mb for run in runs),
        n=len(runs),
        load=busy,
    )


def _filled(one: Batch) -> Filled:
    return Filled(meetings=one.meetings, words=one.words, clock=one.clock, processor=one.processor, mb=one.mb, load=one.load)


def _readings(keep: Path, size: int) -> Filled | None:
    """What the offline engine took to read the meetings that it read up to this size, those of the last round."""
    file = keep / READINGS
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
    last = next((row for row in reversed(rows) if row["size"] <= size), None)
    if last is None:
        return None
    words = 0  # of which the uploads tell
    return Filled(
        meetings=last["meetings"], words=words, clock=last["clock"], processor=last["processor"], mb=last["mb"], load=last["load"]
    )


def of_hundred(seconds: Sequence[float], percent: int) -> float:
    """The least time that so many of a hundred do not exceed."""
    return sorted(seconds)[max(0, -(-len(seconds) * percent // 100) - 1)]


def megabytes(files: Iterator[Path] | Sequence[Path]) -> float:
    """What files take together."""
    return sum(file.stat().st_size for file in files) / 1e6
