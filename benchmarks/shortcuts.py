"""Whether the turn classifier leans on what says nothing of a sign: length, place, industry, dialect.

Chances are the classifier's own, before anything fitted after it.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.engines.offline.labels import LABELS
from analyzer.engines.offline.sentences import words
from analyzer.evaluation import Sample
from analyzer.model.findings import SignId
from analyzer.model.meetings import Side

DIALECTS = Path(__file__).resolve().parent / "dialects.json"
INDUSTRIES = (
    "mining banking railway hospital insurance software farming shipping brewery museum council charity construction"
    " pharmaceutical retail airline publishing textile energy school"
)
SENTENCES = {
    "says nothing": "We had the {} people in on Tuesday.",
    "carries a sign": (
        "In the {} business it gets decided early: the site closes in June, and I just need a report with your name on it"
        " that says so."
    ),
}
LEAD = "Right, I'm listening."  # ours, before a sentence that is scored by itself
REPLIES = ("I see. And how was that?", "Makes sense.", "Okay, I'll bear it in mind.", "And the week before?", "Good to know.")
DRAWS = 2_000
MIDDLE = (2.5, 97.5)  # percentiles
QUARTERS = (0.25, 0.5, 0.75)
SIGNS = [LABELS.index(sign) for sign in SignId]

Floats = npt.NDArray[np.float64]
Chances = Callable[[Sequence[tuple[Side, str]]], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TheirTurns:
    """Their turns of some meetings: words, place in the meeting (0 to 1), best chance of a sign, whether one is labelled."""

    lengths: Floats
    places: Floats
    scores: Floats
    labelled: npt.NDArray[np.bool_]


def show(samples: Sequence[Sample], chances: Chances, likely: Mapping[str, float]) -> None:
    """Print all of it; `likely` are the cuts from which on a turn is named."""
    print("\nshortcuts: chances of the four signs, as the classifier gives them")
    if samples:
        show_turns(their_turns(samples, chances))
    show_industries(chances)
    lines = json.loads(DIALECTS.read_text(encoding="utf-8"))
    show_dialects(lines, chances, likely)
    show_stretch(lines, chances)


def their_turns(samples: Sequence[Sample], chances: Chances) -> TheirTurns:
    """Their turns that have words."""
    rows = []
    for sample in samples:
        turns = sample.meeting.turns
        best = chances([(turn.side, turn.text) for turn in turns])[:, SIGNS].max(axis=1)
        labelled = {turn for told in sample.labels.evidence.values() for turn in told}
        rows += [
            (len(words(turn.text)), turn.ordinal / max(len(turns) - 1, 1), best[turn.ordinal], turn.ordinal in labelled)
            for turn in turns
            if turn.side is Side.THEIRS and words(turn.text)
        ]
    table = np.array(rows, dtype=np.float64).reshape(-1, 4)
    return TheirTurns(lengths=table[:, 0], places=table[:, 1], scores=table[:, 2], labelled=table[:, 3] > 0)


def show_turns(turns: TheirTurns) -> None:
    """What the chance goes with among turns that carry no sign, and beside it what the labels themselves go with."""
    plain = ~turns.labelled
    for what, facts in (("words in the turn", turns.lengths), ("place in the meeting", turns.places)):
        score, label = spearman(facts[plain], turns.scores[plain]), spearman(facts, turns.labelled.astype(np.float64))
        print(
            f"  {what:<22}Spearman with the best chance, turns without a sign {_told(score)} n={plain.sum()};"
            f" with being labelled, all of their turns {_told(label)} n={len(facts)}"
        )
    for low, high, mean, n in by_quarter(turns.lengths[plain], turns.scores[plain]):
        print(f"  {f'{low} to {high} words':<22}mean best chance without a sign {mean:.3f} n={n}")


def spearman(first: Floats, second: Floats) -> float | None:
    """Spearman's rank correlation, ties sharing their mean rank; None where either is always the same."""
    a, b = (_ranks(values) for values in (first, second))
    if len(a) == 0 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return None
    return float(np.corrcoef(a, b)[0, 1])


def by_quarter(lengths: Floats, scores: Floats) -> list[tuple[int, int, float, int]]:
    """Of each quarter by length: shortest, longest, mean score, how many. Equal lengths stay in one quarter."""
    if len(lengths) == 0:
        return []
    quarter = np.searchsorted(np.quantile(lengths, QUARTERS), lengths, side="left")
    groups = [quarter == q for q in range(len(QUARTERS) + 1)]
    return [(int(lengths[g].min()), int(lengths[g].max()), float(scores[g].mean()), int(g.sum())) for g in groups if g.any()]


def show_industries(chances: Chances) -> None:
    """How far one word of an industry moves a sentence: the sign and the two words between which it moves most."""
    fields = INDUSTRIES.split()
    for what, sentence in SENTENCES.items():
        rows = np.array([_alone(sentence.format(field), chances) for field in fields])
        sign = int(np.argmax(np.ptp(rows, axis=0)))
        low, high = int(np.argmin(rows[:, sign])), int(np.argmax(rows[:, sign]))
        print(
            f"  an industry's word, in a sentence that {what}: largest change of a sign's chance {np.ptp(rows[:, sign]):.4f}"
            f' ({list(SignId)[sign].value}: "{fields[low]}" {rows[low, sign]:.4f}, "{fields[high]}" {rows[high, sign]:.4f})'
            f" n={len(fields)}"
        )


def show_dialects(lines: Mapping[str, Any], chances: Chances, likely: Mapping[str, float]) -> None:
    """The same things said in several kinds of English: the best chance where nothing is, its own sign's where one is."""
    print(
        f"  {'kind of English':<22}{'no sign: mean best':>20}{'named':>7}{'n':>5}{'a sign: mean its own':>24}{'named':>7}{'n':>5}"
        "  change from the first, 95% over lines"
    )
    cuts = np.array([likely[said["sign"]] for said in lines["signs"]])
    base: Floats | None = None
    for kind in lines["kinds"]:
        plain = [_alone(said[kind], chances) for said in lines["neutral"]]
        named = sum(any(row[i] >= likely[sign] for i, sign in enumerate(SignId)) for row in plain)
        own = np.array([_alone(said[kind], chances)[_place(said["sign"])] for said in lines["signs"]], dtype=np.float64)
        base = own if base is None else base
        print(
            f"  {kind:<22}{np.mean([row.max() for row in plain]):20.3f}{named:7}{len(plain):5}"
            f"{own.mean():24.3f}{(own >= cuts).sum():7}{len(own):5}" + ("" if own is base else f"  {_change(own - base)}")
        )


def _change(differences: Floats) -> str:
    """The mean of paired differences, and the middle 95 in 100 of it over lines drawn again and again from these."""
    rng = np.random.default_rng(0)
    drawn = rng.choice(differences, size=(DRAWS, len(differences))).mean(axis=1)
    low, high = np.percentile(drawn, MIDDLE)
    return f"{differences.mean():+.3f}, {low:+.3f} to {high:+.3f}"


def show_stretch(lines: Mapping[str, Any], chances: Chances) -> None:
    """The chance of a sign's own turn where it stands first, in the middle or last among ten that say nothing."""
    kind = lines["kinds"][0]
    plain = [said[kind] for said in lines["neutral"]][: len(REPLIES)]
    told = []
    for where, at in (("first", 0), ("middle", len(REPLIES) // 2), ("last", len(REPLIES))):
        own = []
        for said in lines["signs"]:
            stretch = stretch_of(plain, said[kind], at)
            own.append(float(chances(stretch)[2 * at, SIGNS[_place(said["sign"])]]))
        told.append(f"{where} {np.mean(own):.3f}")
    print(f"  place in a stretch    mean chance of its own sign: {', '.join(told)} n={len(lines['signs'])} each")


def stretch_of(plain: Sequence[str], said: str, at: int) -> list[tuple[Side, str]]:
    """Turn about, theirs first: their `plain` turns with `said` put in before the `at`th, and a short reply of ours between."""
    theirs = [*plain[:at], said, *plain[at:]]
    replies = list(zip(theirs, REPLIES, strict=False))
    stretch = [turn for text, reply in replies for turn in ((Side.THEIRS, text), (Side.OURS, reply))]
    return [*stretch, (Side.THEIRS, theirs[-1])]


def _alone(text: str, chances: Chances) -> npt.NDArray[np.float32]:
    return chances([(Side.OURS, LEAD), (Side.THEIRS, text)])[1, SIGNS]


def _place(sign: str) -> int:
    return list(SignId).index(SignId(sign))


def _ranks(values: Floats) -> Floats:
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = [0, *(at for at, (a, b) in enumerate(pairwise(ordered), start=1) if a != b), len(values)]
    ranks = np.empty(len(values))
    for first, end in pairwise(starts):
        ranks[order[first:end]] = (first + end - 1) / 2
    return ranks


def _told(value: float | None) -> str:
    return "n/a" if value is None else f"{value:+.3f}"
