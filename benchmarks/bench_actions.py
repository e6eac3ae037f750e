"""How well promises are found in AMI meetings: `EVALS=DIR python benchmarks/bench_actions.py`, with DIR/ami-actions.

Each dialogue act is a turn. An action item is found when a named commitment stands within two turns of one of its acts; the
F1 is over the acts that annotators linked to an action item, each hit at most once, on the act itself. Nothing was
fitted on AMI, so all meetings are shown beside the development part of AMI's scenario split. AMI Corpus, CC BY 4.0.
"""

import datetime as dt
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    show("development part", [c for name, c in counts.items() if name.startswith(DEVELOPMENT)])
    show("all meetings", list(counts.values()))
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


def show(label: str, counts: Sequence[Counts]) -> None:
    """One line of figures."""
    named, linked, both = (sum(getattr(c, name) for c in counts) for name in ("named", "linked", "both"))
    items, found = sum(c.items for c in counts), sum(c.items_found for c in counts)
    f1 = 2 * both / (named + linked) if named + linked else 0.0
    print(
        f"{SET}, {label}: {len(counts)} meetings; acts F1 {f1:.3f} (P {both / max(named, 1):.3f} of {named},"
        f" R {both / max(linked, 1):.3f} of {linked}); items found {found / max(items, 1):.3f} of {items}"
    )


if __name__ == "__main__":
    sys.exit(main())
