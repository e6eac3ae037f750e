"""How well passages are found: `EVALS=DIR python benchmarks/bench_retrieval.py`, with DIR/qmsum-val as QMSum publishes it.

Each query that names turn ranges is searched within its own meeting, as the product cuts, embeds and ranks. Word recall is
the share of the gold turns' words (of at most 1,000) among the first 1,000 words returned. A passage's gain is the share of
its turns that are gold: nDCG@10 over gains, MRR@10 of the first passage with at least half, R@5 the gold turns in five
passages over the most that five could cover. QMSum: Zhong et al., NAACL 2021; its gold spans count turns from 0, ends included.
"""

import datetime as dt
import json
import math
import os
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.model.meetings import Meeting, Passage, Side, Turn
from analyzer.transcripts.passages import cut
from vectorstore.embedders import BundledEmbedder, Embedder
from vectorstore.index import Entry, PassageIndex

SET = "qmsum-val"
WORDS = 1000
TOP, SOME = 10, 5
NOISE = re.compile(r"\{[^}]*\}")  # {vocalsound}, {disfmarker}: marks of the transcribers, not speech


@dataclass(frozen=True, kw_only=True)
class Found:
    """The figures of one query."""

    word_recall: float
    ndcg: float
    mrr: float
    recall: float


def main() -> int:
    """Print the figures, or what was skipped."""
    folder = Path(os.environ.get("EVALS", "")) / SET
    if not os.environ.get("EVALS") or not folder.is_dir():
        print(f"retrieval: skipped, EVALS names no folder with {SET}")
        return 0
    embedder, started = BundledEmbedder(), time.perf_counter()
    files = sorted(folder.glob("*.json"))
    found = [one for file in files for one in measure(file.stem, json.loads(file.read_text(encoding="utf-8")), embedder)]
    print(f"{SET}: {len(found)} queries with gold turns in {len(files)} meetings, {time.perf_counter() - started:.0f} s")
    for label, name in (("word recall at 1,000 words", "word_recall"), ("nDCG@10", "ndcg"), ("MRR@10", "mrr"), ("R@5", "recall")):
        print(f"  {label:<28} {statistics.mean(getattr(one, name) for one in found):.3f}  n={len(found)}")
    return 0


def measure(name: str, document: dict[str, Any], embedder: Embedder) -> list[Found]:
    """The figures of every query of one meeting that names turns."""
    passages = cut(meeting(name, document["meeting_transcripts"]))
    by_id = {passage.id: passage for passage in passages}
    with tempfile.TemporaryDirectory() as folder, PassageIndex(Path(folder), embedder) as index:
        index.put(name, [Entry(id=p.id, group=name, ordinal=p.ordinal, text=p.text) for p in passages])
        queries = [(q["query"], gold_turns(q)) for q in document["specific_query_list"]]
        return [
            figures([by_id[hit.id] for hit in index.search(query, len(passages))], gold, passages)
            for query, gold in queries
            if gold
        ]


def meeting(name: str, transcript: Sequence[dict[str, str]]) -> Meeting:
    """The meeting with every turn kept, so that the gold numbers stay right."""
    turns = (
        Turn(ordinal=at, speaker=turn["speaker"], side=Side.UNKNOWN, text=" ".join(NOISE.sub(" ", turn["content"]).split()))
        for at, turn in enumerate(transcript)
    )
    return Meeting(
        id=name,
        slug=name,
        client_id=None,
        client_name="",
        date=dt.date(2021, 6, 1),
        title=name,
        revision=1,
        speakers=(),
        turns=tuple(turns),
    )


def gold_turns(query: dict[str, Any]) -> set[int]:
    """The turns that a query's answer was written from."""
    return {turn for first, last in query["relevant_text_span"] for turn in range(int(first), int(last) + 1)}


def figures(ranked: Sequence[Passage], gold: set[int], passages: Sequence[Passage]) -> Found:
    """The figures of one ranking of all the meeting's passages."""
    gains = [gain(p, gold) for p in ranked]
    best = sorted((gain(p, gold) for p in passages), reverse=True)
    covered = [len(gold & ordinals(p)) for p in ranked]
    most = sum(sorted((len(gold & ordinals(p)) for p in passages), reverse=True)[:SOME])
    return Found(
        word_recall=word_recall(ranked, gold),
        ndcg=discounted(gains[:TOP]) / discounted(best[:TOP]) if discounted(best[:TOP]) else 0.0,
        mrr=next((1 / rank for rank, value in enumerate(gains[:TOP], start=1) if value >= 0.5), 0.0),  # noqa: PLR2004 half, as above
        recall=sum(covered[:SOME]) / most if most else 0.0,
    )


def word_recall(ranked: Sequence[Passage], gold: set[int]) -> float:
    """Share of the gold words, of at most WORDS, among the first WORDS words returned."""
    said = [(turn.ordinal in gold, len(turn.text.split())) for p in ranked for turn in p.turns]
    wanted = min(WORDS, sum(words for is_gold, words in said if is_gold))
    left, hit = WORDS, 0
    for is_gold, words in said:
        taken = min(words, left)
        hit += taken if is_gold else 0
        left -= taken
    return min(hit, wanted) / wanted if wanted else 0.0


def gain(passage: Passage, gold: set[int]) -> float:
    """Share of the passage's turns that are gold."""
    return len(gold & ordinals(passage)) / len(passage.turns)


def ordinals(passage: Passage) -> set[int]:
    """The numbers of its turns."""
    return {turn.ordinal for turn in passage.turns}


def discounted(gains: Sequence[float]) -> float:
    """Discounted cumulative gain."""
    return sum(value / math.log2(rank + 1) for rank, value in enumerate(gains, start=1))


if __name__ == "__main__":
    sys.exit(main())
