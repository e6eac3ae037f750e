"""What the bundled embedder must not forget: plain paraphrases, and talk in other languages than its tuning was in.

A paraphrase (`paraphrases.jsonl`) shares few words with its sentence `a`: that of all of them its own is the nearest counts. A
question of `languages.jsonl` is put to its passage and four others of the same talk; `crossed` asks in English about talk in
another language, `crossed_back` the other way about.
"""

import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from vectorstore.embedders import Embedder

HERE = Path(__file__).resolve().parent


def show(embedder: Embedder) -> None:
    """Print the shares."""
    print("\nwhat the bundled embedder must not forget; share right, by cosines alone")
    pairs = _lines("paraphrases.jsonl")
    said, again = (embedder.embed([one[key] for one in pairs]) for key in ("a", "b"))
    nearest = (said @ again.T).argmax(axis=1) == np.arange(len(pairs))
    print(f"  {'paraphrase nearest of all':<28}{nearest.mean():.3f}  n={len(pairs)}")
    kinds: dict[str, list[bool]] = defaultdict(list)
    for one in _lines("languages.jsonl"):
        passages = embedder.embed([one["passage"], *one["others"]])
        kinds[one["kind"]].append(int((passages @ embedder.embed_query(one["q"])).argmax()) == 0)
    for kind, right in kinds.items():
        print(f"  {kind:<28}{np.mean(right):.3f}  n={len(right)}")


def _lines(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / name).read_text(encoding="utf-8").splitlines()]
