"""How fast meetings are indexed from nothing, beside the stock peer, in turns: words of talk a second.

Ours is what `analyzer reindex` does to a lost index: the record is read, cut, embedded, and kept with its words and in Chroma,
one index a client. The peer splits the same meetings, embeds and keeps them in one Chroma folder. Words are those of the talk,
counted once, so that neither the size of a piece nor what overlaps makes a rate better.
"""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from analyzer.settings import load
from analyzer.usecases.indexing import heal
from analyzer.workspace import Workspace
from benchmarks import stock_peer
from benchmarks.labelled_questions import stored

ROUNDS = 3
TIMES = 2.0


def show(meetings: Path, float32: Path, most: int | None) -> None:
    """Print both rates and their ratio."""
    files = sorted(meetings.glob("*.json"))[:most]
    with TemporaryDirectory() as folder, Workspace(load(environ={"ANALYZER_HOME": f"{folder}/home"})) as ws:
        kept = [ws.store.meeting(row.id or "") for row, _ in stored(ws, files)]
        talks = [[(turn.speaker, turn.text) for turn in meeting.turns] for meeting in kept]
        words = sum(len(text.split()) for said in talks for _, text in said)
        print(f"\nindexing {len(talks)} meetings from nothing, {words:,} words; median of {ROUNDS} rounds")
        why = stock_peer.missing(float32)
        embeddings = None if why else stock_peer.Float32(float32)
        if embeddings:
            embeddings.embed_query("warm")
        pairs = []
        for at in range(ROUNDS):
            for client in ws.store.clients():
                ws.discard_index(client.id)
            ours = seconds(lambda: heal(ws, ws.store.clients()))
            theirs = seconds(lambda: _peer(talks, Path(folder) / f"peer-{at}", embeddings)) if embeddings else 0.0  # noqa: B023 called at once
            pairs.append((ours, theirs))
    rate = words / statistics.median(ours for ours, _ in pairs)
    print(f"  ours {rate:,.0f} words/s")
    if embeddings is None:
        print(f"  the stock peer: skipped, {why}")
        return
    peer = words / statistics.median(theirs for _, theirs in pairs)
    verdict = "reached" if rate / peer >= TIMES else "MISSED"
    print(f"  the stock peer {peer:,.0f} words/s; ours {rate / peer:.2f} times that (at least {TIMES:.1f}: {verdict})")


def seconds(action: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def _peer(talks: list[list[tuple[str, str]]], folder: Path, embeddings: stock_peer.Float32) -> None:
    index = stock_peer.store(folder, embeddings)
    for said in talks:
        index.add_texts([text for _, text in stock_peer.chunks(stock_peer.lines(said))])
