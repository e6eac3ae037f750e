"""Searches in one warm process: how long each takes, what it takes them, and the memory of the process.

It is meant to be called in a process of its own, so that its peak of memory is that of searching alone.
"""

import cProfile
import datetime as dt
import pstats
import random
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from analyzer.settings import load
from analyzer.usecases import find
from analyzer.usecases.indexing import index_meeting
from analyzer.usecases.scope import Scope
from analyzer.workspace import Workspace
from benchmarks.made_up_home import VOICES, Spoken, a_meeting

ROOT = Path(__file__).resolve().parent.parent
SECONDS, FEWEST = 20.0, 5  # of searches of a kind
PROFILED = 10
HITS = 5
LATE = dt.date(2999, 1, 1)
OURS = ("analyzer/", "vectorstore/")


@dataclass(frozen=True, kw_only=True)
class Took:
    """What one search took: seconds on the clock, and of the processor by all threads of the process."""

    clock: float
    processor: float


@dataclass(frozen=True, kw_only=True)
class Warm:
    """What each search took, by its kind; the share of the time within each of our functions; megabytes of the process.

    `first` is the first search, which has all to read; `one_more` is the seconds that one more meeting took to put in, for one
    client.
    """

    first: Took
    took: Mapping[str, Sequence[Took]]
    within: Sequence[tuple[str, float]]
    before_mb: float
    peak_mb: float
    one_more: float | None


def measure(home: str, client: str | None, said: Spoken, most: int) -> Warm:
    """At most so many searches of a kind over one client, or over all for None."""
    with Workspace(load(environ={"ANALYZER_HOME": home})) as ws:
        ws.embedder.embed_query("warm")
        before = _peak_mb()
        kinds = _kinds(ws, client)
        (first,) = timed(partial(_search, ws, kinds["all"]), said, 1)
        took = {kind: timed(partial(_search, ws, scope), said, most) for kind, scope in kinds.items()}
        within = shares(_profiled(ws, kinds["all"], said.questions[: min(PROFILED, most)]))
        peak = _peak_mb()
        one_more = _one_more(ws, client, said) if client else None
    return Warm(first=first, took=took, within=within, before_mb=before, peak_mb=peak, one_more=one_more)


def timed(action: Callable[[str], object], said: Spoken, most: int) -> list[Took]:
    """What each call took, over the questions again and again, as many as fit in the time."""
    took: list[Took] = []
    while len(took) < min(FEWEST, most) or (len(took) < most and sum(one.clock for one in took) < SECONDS):
        started, busy = time.perf_counter(), time.process_time()
        action(said.questions[len(took) % len(said.questions)])
        took.append(Took(clock=time.perf_counter() - started, processor=time.process_time() - busy))
    return took


def shares(profile: cProfile.Profile, least: float = 0.05) -> list[tuple[str, float]]:
    """The share of the time that passed within each function of ours, what it calls included, the largest first."""
    table = pstats.Stats(profile).stats  # type: ignore[attr-defined]  # typeshed does not know it
    total = max((whole for _, _, _, whole, _ in table.values()), default=0.0)
    found = []
    for (file, _, name), (_, _, _, whole, _) in table.items():
        place = file.removeprefix(f"{ROOT}/")
        if place.startswith(OURS) and not name.startswith("<") and whole >= least * total:
            found.append((f"{place.removesuffix('.py').replace('/', '.')}.{name}", whole / total))
    return sorted(found, key=lambda one: -one[1])


def _search(ws: Workspace, scope: Scope, question: str) -> object:
    return find.search(ws, question, scope, k=HITS)


def _profiled(ws: Workspace, scope: Scope, questions: Sequence[str]) -> cProfile.Profile:
    profile = cProfile.Profile()
    for question in questions:
        profile.runcall(_search, ws, scope, question)
    return profile


def _kinds(ws: Workspace, client: str | None) -> dict[str, Scope]:
    everything = Scope(client=client, all_clients=client is None)
    if client is None:
        return {"all": everything}
    heads = sorted(ws.store.meetings(client), key=lambda head: head.date)
    return {
        "all": everything,
        "one meeting": replace(everything, meeting=heads[-1].slug),
        "--since, the last quarter": replace(everything, since=heads[3 * len(heads) // 4].date),
        "--speaker": replace(everything, speaker=VOICES[-1]),
        "--side theirs": replace(everything, side="theirs"),
    }


def _one_more(ws: Workspace, client: str, said: Spoken) -> float:
    new = a_meeting(client, "One more", LATE, said, random.Random(1))  # noqa: S311 no secret
    head = ws.store.head(ws.store.add_meeting(new).id)
    started = time.perf_counter()
    index_meeting(ws, head)
    return time.perf_counter() - started


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
