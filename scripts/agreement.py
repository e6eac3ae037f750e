"""How far the author and the second reader of the training material agree: `python -m scripts.agreement`.

Turns count as the same when they are at most one apart, as in `analyzer evaluate`; F1 is over both readers' turns.
"""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from analyzer.engines.offline.labels import ADOPTS, LABELS, RECOMMENDATION, RESISTS
from analyzer.evaluation import matched
from analyzer.model.findings import OpeningId, SignId

TRAINING = Path(__file__).parents[1] / "training"
FATES = (RECOMMENDATION, ADOPTS, RESISTS)


def main() -> None:
    """Print the tables for snippets and for meetings."""
    snippets(sorted([*TRAINING.glob("snippets/*.jsonl"), *TRAINING.glob("held_out/*.jsonl")]))
    meetings(sorted(TRAINING.glob("meetings/*.json")))


def snippets(files: Iterable[Path]) -> None:
    """Agreement by label over the turns, and over whether a sign is in a snippet at all."""
    kept = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    read = [s["turns"] for s in kept if all("second" in t for t in s["turns"])]
    print(f"{len(kept)} snippets, {sum(len(s['turns']) for s in kept)} turns; {len(read)} snippets read by a second reader")
    for label in LABELS:
        pairs = [tuple([at for at, t in enumerate(turns) if label in t[who]] for who in ("labels", "second")) for turns in read]
        one, two = sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)
        told = (
            f"{label:<24} author {one:>4}, reader {two:>4}, turns F1 {share(sum(len(matched(a, b)) for a, b in pairs), one, two)}"
        )
        shows = Counter((bool(a), bool(b)) for a, b in pairs)
        print(f"{told}, in the snippet F1 {share(shows[True, True], *(sum(bool(p[k]) for p in pairs) for k in (0, 1)))}")


def meetings(files: Iterable[Path]) -> None:
    """Agreement over levels, evidence, openings, promises, advice and its fate, conditions and stance."""
    kept = [json.loads(file.read_text("utf-8")) for file in files]
    read = [(m["labels"], m["second"]) for m in kept if "second" in m]
    print(f"{len(kept)} meetings; {len(read)} read by a second reader")
    levels = [(a["signs"][s]["level"], b["signs"][s]["level"]) for a, b in read for s in SignId]
    shows = Counter((a != "none", b != "none") for a, b in levels)
    both, one, two = shows[True, True], sum(a != "none" for a, _ in levels), sum(b != "none" for _, b in levels)
    print(f"levels the same in {sum(a == b for a, b in levels)} of {len(levels)}, presence F1 {share(both, one, two)}")
    places: dict[str, list[tuple[list[int], list[int]]]] = {
        "evidence": [(a["signs"][s]["evidence"], b["signs"][s]["evidence"]) for a, b in read for s in SignId],
        "commitments": [([c["turn"] for c in a["commitments"]], [c["turn"] for c in b["commitments"]]) for a, b in read],
    }
    places |= {o.value: [(a["partnership"][o], b["partnership"][o]) for a, b in read] for o in OpeningId}
    places |= {
        name: [(a[key], b[key]) for a, b in read]
        for name, key in zip(FATES, ("recommendations", "adopts", "resists"), strict=True)
    }
    for name, pairs in places.items():
        one, two = sum(len(a) for a, _ in pairs), sum(len(b) for _, b in pairs)
        print(
            f"{name:<24} author {one:>4}, reader {two:>4}, turns F1 {share(sum(len(matched(a, b)) for a, b in pairs), one, two)}"
        )
    same = [a["conditions"][key] == b["conditions"][key] for a, b in read for key in a["conditions"]]
    stances = sum(a["stance"] == b["stance"] for a, b in read)
    print(f"conditions the same in {sum(same)} of {len(same)}, stance in {stances} of {len(read)}")


def share(both: int, one: int, two: int) -> str:
    """F1 of what both, the one and the other named."""
    return f"{2 * both / (one + two):.2f}" if one + two else "-"


if __name__ == "__main__":
    main()
