"""How well promises are found in AMI meetings: `EVALS=DIR python benchmarks/bench_actions.py`, with DIR/ami-actions.

Each dialogue act is a turn. An action item is found when a named commitment stands within two turns of one of its acts; the
F1 is over the acts that annotators linked to an action item, each hit at most once, on the act itself. Nothing was fitted
on action items; the classifier's encoder learnt the dialogue acts of AMI meetings, the development part of AMI's scenario
split left out, so that part is the measure and the others stand beside it. AMI Corpus, CC BY 4.0.
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer import resampling
from analyzer.engines.offline import OfflineEngine
from analyzer.evaluation import matched
from analyzer.model.meetings import Meeting, Side, Speaker, Turn
from analyzer.practice import Practice
from vectorstore.embedders import BundledEmbedder

SET = "ami-actions"
DEVELOPMENT = ("ES2003", "ES2011", "IS1008", "TS3004", "TS3006")
NEAR = 2


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What was named and what there was in some meetings."""

    named: int
    linked: int
    both: int
    items: int
    items_found: int


def main() -> int:
    """Print the figures, or what was skipped."""
    folder = Path(os.environ.get("EVALS", "")) / SET
    if not os.environ.get("EVALS") or not folder.is_dir():
        print(f"action items: skipped, EVALS names no folder with {SET}")
        return 0
    engine = OfflineEngine(BundledEmbedder())
    lines = [line for file in sorted(folder.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    documents = [document for document in map(json.loads, lines) if document["has_summlink"]]
    counts = {document["meeting"]: measure(document, engine) for document in documents}
    print(figures("development part", [c for name, c in counts.items() if name.startswith(DEVELOPMENT)]))
    others = [c for name, c in counts.items() if not name.startswith(DEVELOPMENT)]
    print(figures("the others, whose dialogue acts were learnt", others))
    return 0


def measure(document: dict[str, Any], engine: OfflineEngine) -> Counts:
    """What the engine names in one meeting, against what is linked."""
    linked = [at for at, act in enumerate(document["utterances"]) if act.get("actions")]
    claims = engine.read(meeting(document), Practice(name="")).claims
    named = {claim.turn for claim in claims if claim.commitment is not None}
    items: dict[str, list[int]] = {}
    for at in linked:
        for item in document["utterances"][at]["actions"]:
            items.setdefault(item, []).append(at)
    found = sum(any(abs(at - turn) <= NEAR for at in acts for turn in named) for acts in items.values())
    both = len(matched(named, linked, tolerance=0))
    return Counts(named=len(named), linked=len(linked), both=both, items=len(items), items_found=found)


def meeting(document: dict[str, Any]) -> Meeting:
    """The meeting, one turn a dialogue act; a team of four is put on one side, since promises need a known one."""
    return Meeting(
        id=document["meeting"],
        slug=document["meeting"],
        client_id=None,
        client_name="",
        date=dt.date(2005, 1, 1),
        title=document["meeting"],
        revision=1,
        speakers=tuple(Speaker(name=name, side=Side.OURS) for name in document["roles"]),
        turns=tuple(
            Turn(ordinal=at, speaker=act["speaker"], side=Side.OURS, text=act["text"])
            for at, act in enumerate(document["utterances"])
        ),
    )


def figures(label: str, counts: Sequence[Counts]) -> str:
    """The figures of some meetings; where there are none, that they were skipped."""
    if not counts:
        return f"{SET}, {label}: skipped, no meetings"
    acts = resampling.overlap(resampling.weigh(len(counts)), [(c.both, c.named, c.linked) for c in counts])
    items, found = sum(c.items for c in counts), sum(c.items_found for c in counts)
    between = "" if acts.f1.low is None else f"95% over meetings {acts.f1.low:.3f} to {acts.f1.high:.3f}; "
    return (
        f"{SET}, {label}: {len(counts)} meetings; acts F1 {acts.f1.value or 0.0:.3f} ({between}"
        f"P {acts.precision.value or 0.0:.3f} of {acts.precision.n}, R {acts.recall.value or 0.0:.3f} of {acts.recall.n});"
        f" items found {found / max(items, 1):.3f} of {items}"
    )


if __name__ == "__main__":
    sys.exit(main())
