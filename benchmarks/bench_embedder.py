"""How fast passages are embedded and indexed, beside what Chroma does by default: `python benchmarks/bench_embedder.py`.

The texts are the labelled meetings of `benchmarks/meetings`, cut every 120 words. The peer is Chroma's own default embedding
function, run by its own code (256 padded tokens, batches of 32) on the float32 weights of the same model. It looks for them where
Chroma would have downloaded them; `--float32 FOLDER` names another folder, as `scripts/build_embedder.py --float32` fills it.
Both get every core, and are run in turn.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

from vectorstore.embedders import BundledEmbedder
from vectorstore.index import Entry, PassageIndex

ROOT = Path(__file__).resolve().parent.parent
WORDS = 120
ROUNDS = 3
BAR = 1.8
SMALL = 80  # passages of a client with about two hours of meetings

COLD_SEARCH = """
import sys
from pathlib import Path
from vectorstore.embedders import BundledEmbedder
from vectorstore.index import PassageIndex
with PassageIndex(Path(sys.argv[1]), BundledEmbedder()) as index:
    assert index.search("who has to approve the budget", 5)
"""


def passages() -> dict[str, list[str]]:
    """The texts of each meeting, WORDS words each; the last one of a meeting may be shorter."""
    texts = {}
    for path in sorted((ROOT / "benchmarks" / "meetings").glob("*.json")):
        turns = json.loads(path.read_text(encoding="utf-8"))["turns"]
        words = " ".join(turn["text"] for turn in turns).split()
        texts[path.stem] = [" ".join(words[start : start + WORDS]) for start in range(0, len(words), WORDS)]
    return texts


def seconds(action: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def bench_embedding(texts: list[str], float32: Path) -> bool:
    """Passages a second, ours and the peer's; whether the ratio reaches the bar."""
    ours = BundledEmbedder()
    ours.embed(texts[:4])
    peer = peer_in(float32)
    if peer is None:
        rate = len(texts) / statistics.median(seconds(lambda: ours.embed(texts)) for _ in range(ROUNDS))
        print(f"embed: {rate:.0f} passages/s")
        print(f"skipped: the comparison with Chroma's default, whose float32 weights are not in {float32}")
        return True
    peer(texts[:4])
    rounds = [(seconds(lambda: ours.embed(texts)), seconds(lambda: peer(texts))) for _ in range(ROUNDS)]
    rate, theirs = (len(texts) / statistics.median(column) for column in zip(*rounds, strict=True))
    verdict = "reached" if rate / theirs >= BAR else "MISSED"
    print(f"embed: {rate:.0f} passages/s; Chroma's default: {theirs:.0f}; ratio {rate / theirs:.2f} (at least {BAR}: {verdict})")
    return bool(rate / theirs >= BAR)


def peer_in(folder: Path) -> ONNXMiniLM_L6_V2 | None:
    """Chroma's default on the weights in `folder`, where there are any; it would download them otherwise."""
    if not (folder / "model.onnx").is_file():
        return None
    peer = ONNXMiniLM_L6_V2()
    peer.DOWNLOAD_PATH = folder.parent
    peer.EXTRACTED_FOLDER_NAME = folder.name
    return peer


def bench_index(meetings: dict[str, list[str]]) -> None:
    """Embedding, keeping and adding to Chroma, meeting by meeting as uploads do; then a whole process that asks one question."""
    with tempfile.TemporaryDirectory() as folder:
        with PassageIndex(Path(folder) / "all", BundledEmbedder()) as index:
            index.put("warm", entries("warm", ["one text"]))
            start = time.perf_counter()
            for name, texts in meetings.items():
                index.put(name, entries(name, texts))
            took = time.perf_counter() - start
            number = sum(map(len, meetings.values()))
            print(f"put: {number / took:.0f} passages/s ({len(meetings)} meetings, {number} passages)")
        flat = [text for texts in meetings.values() for text in texts]
        with PassageIndex(Path(folder) / "small", BundledEmbedder()) as index:
            index.put("m", entries("m", flat[:SMALL]))
        for name, size in (("small", SMALL), ("all", number + 1)):
            command = [sys.executable, "-c", COLD_SEARCH, f"{folder}/{name}"]
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            runs = [seconds(lambda: subprocess.run(command, check=True, env=environment)) for _ in range(ROUNDS + 1)]  # noqa: B023  # called at once
            print(f"search, whole process, {size} passages: {statistics.median(runs[1:]):.2f} s")


def entries(group: str, texts: Sequence[str]) -> list[Entry]:
    """The texts as consecutive passages."""
    return [Entry(id=f"{group}.1.{ordinal}", group=group, ordinal=ordinal, text=text) for ordinal, text in enumerate(texts)]


def main() -> None:
    """Prints every figure; exit code 1 when the bar is missed."""
    parser = argparse.ArgumentParser(description="Passages embedded and indexed a second, beside Chroma's default.")
    downloaded = ONNXMiniLM_L6_V2.DOWNLOAD_PATH / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    parser.add_argument("--float32", type=Path, metavar="FOLDER", default=downloaded, help="the peer's model.onnx and tokenizer")
    arguments = parser.parse_args()
    meetings = passages()
    texts = [text for texts in meetings.values() for text in texts]
    print(f"{len(texts)} passages of {WORDS} words, {os.cpu_count()} cores, median of {ROUNDS} rounds")
    reached = bench_embedding(texts, arguments.float32)
    bench_index(meetings)
    sys.exit(0 if reached else 1)


if __name__ == "__main__":
    main()
