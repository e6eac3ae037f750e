"""How long a meeting takes to be read and judged in a warm process on two cores, and the most memory that this takes.

Each length is timed in a process of its own, `python -m benchmarks.reading_speed WORDS`: best of three after one reading of a
short meeting that does not count. The meetings are turns of the examples, over and over.
"""

import datetime as dt
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

from analyzer.engines.offline import OfflineEngine
from analyzer.model.meetings import Meeting, Side, Speaker, Turn
from analyzer.practice import Practice, load
from analyzer.transcripts import sides
from analyzer.transcripts.reading import read_file
from analyzer.usecases.read import assess
from vectorstore.embedders import BundledEmbedder

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
LIMITS = {2_000: 1.5, 20_000: 12.0}  # words, seconds
MOST_MB = 600
CORES = 2
RUNS = 3
WARM_WORDS = 200


class Timed(NamedTuple):
    """Turns and words of the meeting that was read, the seconds of each reading, the most MB."""

    turns: int
    words: int
    seconds: list[float]
    mb: float


def show() -> None:
    """Print a line for each length."""
    print(f"\nspeed: read and judged in a warm process on {CORES} cores, best of {RUNS}")
    for length, limit in LIMITS.items():
        command = [sys.executable, "-m", "benchmarks.reading_speed", str(length)]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        timed = Timed(*json.loads(done.stdout))
        best = min(timed.seconds)
        over = ("  TOO SLOW" if best > limit else "") + ("  TOO BIG" if timed.mb > MOST_MB else "")
        print(
            f"  {timed.words:,} words in {timed.turns:,} turns: {best:.2f} s (limit {limit:g}, longest {max(timed.seconds):.2f}),"
            f" peak {timed.mb:.0f} MB (limit {MOST_MB}) n={len(timed.seconds)}{over}",
            flush=True,
        )


def made_of_examples(words: int) -> Meeting:
    """A meeting of the examples' turns, over and over, until there are so many words."""
    practice = load(EXAMPLES / "practice.toml")
    turns: list[Turn] = []
    spoken = 0
    for speaker, side, text in cycle(_turns(practice)):
        turns.append(Turn(ordinal=len(turns), speaker=speaker, side=side, text=text))
        spoken += len(text.split())
        if spoken >= words:
            break
    return Meeting(
        id="m_long",
        slug="long",
        client_id=None,
        client_name="",
        date=dt.date(2026, 1, 1),
        title="",
        revision=1,
        speakers=tuple(Speaker(name=name, side=side) for name, side in {turn.speaker: turn.side for turn in turns}.items()),
        turns=tuple(turns),
    )


def _turns(practice: Practice) -> Iterator[tuple[str, Side, str]]:
    for file in sorted(EXAMPLES.glob("*/*")):
        read = read_file(file.name, file.read_bytes())
        names = [said.speaker for said in read.utterances]
        known = sides.assign(names, practice=practice, declared_us=read.us, declared_them=read.them, roles=read.roles)
        side = {speaker.name: speaker.side for speaker in known}
        yield from ((said.speaker, side[said.speaker], said.text) for said in read.utterances)


def _timed(words: int) -> Timed:
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
    engine, practice = OfflineEngine(BundledEmbedder()), Practice.empty()
    assess(engine, made_of_examples(WARM_WORDS), practice, _now)
    meeting = made_of_examples(words)
    seconds = []
    for _ in range(RUNS):
        started = time.perf_counter()
        assess(engine, meeting, practice, _now)
        seconds.append(time.perf_counter() - started)
    status = Path("/proc/self/status").read_text(encoding="utf-8")  # what getrusage says may be the parent's
    mb = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    return Timed(len(meeting.turns), sum(len(turn.text.split()) for turn in meeting.turns), seconds, mb)


def _now() -> dt.datetime:
    return dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


if __name__ == "__main__":
    print(json.dumps(_timed(int(sys.argv[1]))))
