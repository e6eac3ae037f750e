"""Whether, of two snippets that differ in a few words, the one that carries a sign scores higher for it.

A snippet is a JSON line with `turns` (side, text, labels) and, where it has a twin, `pair`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from analyzer.engines.offline.labels import LABELS
from analyzer.model.findings import SignId
from analyzer.model.meetings import Side
from benchmarks.shortcuts import Chances

Snippet = Mapping[str, Any]


class Contest(NamedTuple):
    """One sign that only one snippet of a pair carries, and the best chance of it in either."""

    sign: SignId
    with_it: float
    without: float

    @property
    def right(self) -> float:
        """1 where the one with the sign scores higher, half for a tie."""
        return (self.with_it > self.without) + (self.with_it == self.without) / 2


def load(folder: Path) -> list[Snippet]:
    """The snippets of a folder's `*.jsonl` files."""
    files = sorted(folder.glob("*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def pairs(snippets: Sequence[Snippet]) -> list[tuple[Snippet, Snippet]]:
    """The snippets that share a pair with exactly one other."""
    groups: dict[str, list[Snippet]] = defaultdict(list)
    for snippet in snippets:
        if snippet.get("pair") is not None:
            groups[str(snippet["pair"])].append(snippet)
    return [(first, second) for first, *rest in groups.values() if len(rest) == 1 for second in rest]


def contests(paired: Sequence[tuple[Snippet, Snippet]], chances: Chances) -> list[Contest]:
    """One for each sign that one snippet of a pair carries and the other lacks."""
    return [contest for first, second in paired for a, b in ((first, second), (second, first)) for contest in _won(a, b, chances)]


def show(folder: Path, chances: Chances) -> None:
    """Print the accuracy, or what was skipped."""
    if not folder.is_dir():
        print(f"\nminimal pairs: skipped, there is no folder {folder}")
        return
    paired = pairs(load(folder))
    told = contests(paired, chances)
    if not told:
        print(f"\nminimal pairs: skipped, in {folder} are {len(paired)} pairs, and a sign tells none of them apart")
        return
    apart = sum(bool(_signs(a) ^ _signs(b)) for a, b in paired)
    print(
        f"\nminimal pairs: the snippet with the sign scores higher in {_share(told)};"
        f" {apart} of {len(paired)} pairs differ in a sign"
    )
    for sign in SignId:
        own = [contest for contest in told if contest.sign is sign]
        if own:
            print(f"  {sign.value:<24}{_share(own)}")


def _won(a: Snippet, b: Snippet, chances: Chances) -> Iterator[Contest]:
    only = _signs(a) - _signs(b)
    if only:
        with_it, without = (chances([(Side(t["side"]), t["text"]) for t in one["turns"]]).max(axis=0) for one in (a, b))
        for sign in SignId:
            if sign in only:
                column = LABELS.index(sign)
                yield Contest(sign, float(with_it[column]), float(without[column]))


def _signs(snippet: Snippet) -> set[SignId]:
    return {SignId(label) for turn in snippet["turns"] for label in turn["labels"] if label in set(SignId)}


def _share(told: Sequence[Contest]) -> str:
    return f"{sum(contest.right for contest in told) / len(told):.3f} n={len(told)}"
