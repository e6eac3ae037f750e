"""How fast meetings are searched, and what an index takes: `python benchmarks/search_speed.py [--sizes N ...]`.

One client of so many passages in a warm process, whole and filtered, with what the time goes into; 25 clients together, cold
(the whole process of `analyzer search`) and warm; memory and disk; and the building of an index beside the stock peer's.
Vectors are random in all but the building (`made_up_home`).
"""

import argparse
import multiprocessing
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

from analyzer.settings import load
from analyzer.workspace import Workspace
from benchmarks import build_rate
from benchmarks.made_up_home import Spoken, fill, spoken
from benchmarks.warm_process import HITS, Took, Warm, measure

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)
CLIENTS, PASSAGES = 25, 800
BAR_MS, BAR_AT = 60, 100_000
COLD_RUNS = 5
MOST_ROWS = 16
WIDE = 30


def main(arguments: Sequence[str]) -> int:
    """Print the parts."""
    downloaded = ONNXMiniLM_L6_V2.DOWNLOAD_PATH / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    parser = argparse.ArgumentParser(description="How fast meetings are searched, and what an index takes.")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, metavar="N", help="passages of the one client")
    parser.add_argument("--clients", type=int, default=CLIENTS, metavar="N", help=f"of {PASSAGES} passages each; 0 for none")
    parser.add_argument("--meetings", type=Path, default=ROOT / "benchmarks" / "meetings", help="a folder of labelled meetings")
    parser.add_argument("--float32", type=Path, metavar="FOLDER", default=downloaded, help="the peer's model.onnx and tokenizer")
    parser.add_argument("--searches", type=int, default=100, metavar="N", help="at most so many of a kind")
    parser.add_argument("--most", type=int, metavar="N", help="no more meetings than this for the building of an index")
    asked = parser.parse_args(arguments)
    said = spoken(asked.meetings)
    print(f"{os.cpu_count()} cores, {os.getloadavg()[0]:.1f} of them taken at the start; random unit vectors for the passages;")
    print(f"searches as `analyzer search -k {HITS}` makes them")
    for size in asked.sizes:
        one_client(size, said, asked.searches)
    if asked.clients:
        many_clients(asked.clients, said, asked.searches)
    build_rate.show(asked.meetings, asked.float32, asked.most)
    return 0


def one_client(size: int, said: Spoken, searches: int) -> None:
    """Print what a client of so many passages takes."""
    with TemporaryDirectory() as home:
        with Workspace(load(environ={"ANALYZER_HOME": home})) as ws:
            client = fill(ws, "Made Up", size, said)
            with ws.index(client) as index:
                passages = index.count()
            record, folder = ws.settings.record_path, ws.settings.index_folder
        index_mb, record_mb = megabytes(folder), megabytes(record)
        warm = in_its_own_process(home, client, said, searches)
    print(f"\none client, {passages:,} passages; ms in a warm process")
    for kind, took in warm.took.items():
        bar = ""
        if kind == "all" and passages >= BAR_AT:
            bar = (
                f"  p95 under {BAR_MS}: {'reached' if of_hundred([one.clock for one in took], 95) * 1000 < BAR_MS else 'MISSED'}"
            )
        print(f"  {kind:<{WIDE}}{latency(took)}{bar}")
    print(f"  the first search of the process {warm.first.clock:.2f} s; one more meeting put in: {warm.one_more:.2f} s")
    scaled = f"{index_mb * 1e5 / passages:.0f} MB for 100,000 passages"
    print(f"  disk: index {index_mb:.0f} MB, which is {scaled}; record {record_mb:.0f} MB")
    more = warm.peak_mb - warm.before_mb
    print(f"  memory: peak {warm.peak_mb:.0f} MB, {more:.0f} MB of it since before the first search")
    print("  where the time of a search goes, under a profiler, what a function calls included")
    for name, share in warm.within[:MOST_ROWS]:
        print(f"    {share:4.0%}  {name}")
    sys.stdout.flush()


def many_clients(number: int, said: Spoken, searches: int) -> None:
    """Print what searching all of so many clients takes."""
    with TemporaryDirectory() as home:
        with Workspace(load(environ={"ANALYZER_HOME": home})) as ws:
            for at in range(number):
                fill(ws, f"Client {at}", PASSAGES, said, seed=at)
        command = [sys.executable, "-m", "analyzer", "search", said.questions[0], "--all-clients", "--json"]
        environment = {**os.environ, "ANALYZER_HOME": home, "PYTHONPATH": str(ROOT)}
        cold = [
            build_rate.seconds(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))
            for _ in range(COLD_RUNS)
        ]
        warm = in_its_own_process(home, None, said, searches)
    print(f"\n--all-clients, {number} clients of {PASSAGES} passages")
    print(f"  cold, the whole process: median {statistics.median(cold):.2f} s, most {max(cold):.2f} s, n={len(cold)}")
    print(f"  {'warm':<{WIDE}}{latency(warm.took['all'])}; peak {warm.peak_mb:.0f} MB", flush=True)


def in_its_own_process(home: str, client: str | None, said: Spoken, searches: int) -> Warm:
    """What `warm_process` measures there."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(measure, home, client, said, searches).result()


def latency(took: Sequence[Took]) -> str:
    """In milliseconds the middle and the slow end, and the middle of the processor's time, which other programs change little."""
    clock, processor = [one.clock * 1000 for one in took], [one.processor * 1000 for one in took]
    busy = of_hundred(processor, 50)
    return f"p50 {of_hundred(clock, 50):7.1f}  p95 {of_hundred(clock, 95):7.1f}  processor {busy:7.1f}  n={len(took)}"


def of_hundred(seconds: Sequence[float], percent: int) -> float:
    """The least time that so many of a hundred searches do not exceed."""
    return sorted(seconds)[max(0, -(-len(seconds) * percent // 100) - 1)]


def megabytes(path: Path) -> float:
    """What a file, or all files of a folder, take."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file()) / 1e6


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
