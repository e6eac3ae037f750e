"""What stands between the classifier's chances and what is said: cuts by label, from turns to a meeting, known precision.

Made by `scripts/fit_motives.py` from the labelled meetings of training/meetings, none of which the classifier was trained on,
and kept as `motives/fitted.json` beside the graph. The model card holds the tables behind the numbers.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from analyzer.engines.offline.classifier import SHIPPED
from analyzer.engines.offline.labels import LABELS
from analyzer.errors import EngineError
from analyzer.model.findings import Level, SignId

FITTED = "fitted.json"
SIGN_FACTS, MEETING_FACTS = 3, 8  # of `sign_facts` and `ground.meeting_facts`
LEAST = 1e-3  # chances are held this far from 0 and 1 before their odds are taken
FEWEST_TURNS, MOST_TURNS = 35, 80  # of theirs in the labelled meetings: beyond, nothing was learnt about length
NEXT = 3  # turns after the best that count: one alone is too often chance


@dataclass(frozen=True, kw_only=True)
class Line:
    """A logistic line: a weight for each fact, and the constant."""

    weights: tuple[float, ...]
    constant: float

    def chance(self, facts: Sequence[float]) -> float:
        """0 to 1."""
        return 1 / (1 + math.exp(-(sum(w * f for w, f in zip(self.weights, facts, strict=True)) + self.constant)))


@dataclass(frozen=True, kw_only=True)
class Scale:
    """A straight line, and the places on it from which on it means more: below `low` no, from `high` on yes."""

    weights: tuple[float, ...]
    constant: float
    low: float
    high: float

    def place(self, facts: Sequence[float]) -> float:
        """Where facts stand on it."""
        return sum(w * f for w, f in zip(self.weights, facts, strict=True)) + self.constant


@dataclass(frozen=True, kw_only=True)
class PromiseCuts:
    """The least chance of a promise where its wording says so: in so many words, with a date, or not at all."""

    plain: float
    dated: float
    unworded: float


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """All that was fitted after the classifier.

    `graph` is the checksum of the graph that it belongs to. `likely` and `sure` are cuts of a turn's chance by label: the
    first gave the best F1, the second is the lowest with 7 in 10 right (over 1 where nothing was). `heard` and `clear` give,
    by sign, the chance that it shows in a meeting, and that it shows strongly, from its `sign_facts`; `stance` is the place
    between buyer (0) and partner (4), `conditions` the place between no (0) and yes (1) where a line told more than none.
    `known` says how often each level was right: of so many verdicts on labelled meetings, each by numbers fitted on the
    meetings of other clients.
    """

    graph: str
    likely: Mapping[str, float]
    sure: Mapping[str, float]
    promise: PromiseCuts
    heard: Mapping[str, Line]
    clear: Mapping[str, Line]
    stance: Scale
    conditions: Mapping[str, Scale]
    known: Mapping[str, tuple[int, int]]

    @cached_property
    def digest(self) -> str:
        """Hash of all that can change a verdict, the graph included: 12 hex digits."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    def precision(self, level: Level) -> tuple[int, int] | None:
        """(right, said) for a level; None where it was never said."""
        return self.known.get(level.value)


def sign_facts(scores: Sequence[float], their_turns: int) -> tuple[float, float, float]:
    """What a meeting is judged by for one sign: the odds of its best turn, those of the next ones together, and its length."""
    ranked = sorted(scores, reverse=True)
    best = ranked[0] if ranked else 0.0
    return odds(best), math.log(sum(ranked[1 : 1 + NEXT]) + 0.05), math.log(min(max(their_turns, FEWEST_TURNS), MOST_TURNS))


def odds(chance: float) -> float:
    """The logarithm of a chance's odds, held within bounds."""
    held = min(max(chance, LEAST), 1 - LEAST)
    return math.log(held / (1 - held))


def load(folder: Path = SHIPPED) -> Fitted:
    """What a folder holds. Raises EngineError when it is missing or damaged."""
    try:
        kept = json.loads((folder / FITTED).read_text(encoding="utf-8"))
        return Fitted(
            graph=str(kept["graph"]),
            likely={str(label): float(kept["likely"][label]) for label in LABELS},
            sure={str(label): float(kept["sure"][label]) for label in LABELS},
            promise=PromiseCuts(**{name: float(cut) for name, cut in kept["promise"].items()}),
            heard={sign.value: _line(kept["heard"][sign]) for sign in SignId},
            clear={sign.value: _line(kept["clear"][sign]) for sign in SignId},
            stance=_scale(kept["stance"]),
            conditions={name: _scale(scale) for name, scale in kept["conditions"].items()},
            known={level: (int(right), int(said)) for level, (right, said) in kept["known"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise EngineError(f"the offline reader's numbers in {folder} cannot be read", "install Analyzer again") from cause


def _line(kept: Mapping[str, Any]) -> Line:
    return Line(weights=_weights(kept, SIGN_FACTS), constant=float(kept["constant"]))


def _scale(kept: Mapping[str, Any]) -> Scale:
    constant, low, high = (float(kept[name]) for name in ("constant", "low", "high"))
    return Scale(weights=_weights(kept, MEETING_FACTS), constant=constant, low=low, high=high)


def _weights(kept: Mapping[str, Any], facts: int) -> tuple[float, ...]:
    weights = tuple(float(weight) for weight in kept["weights"])
    if len(weights) != facts:
        raise ValueError(f"{len(weights)} weights for {facts} facts")
    return weights


def save(fitted: Fitted, folder: Path = SHIPPED) -> None:
    """Write them; the same numbers make the same bytes."""
    (folder / FITTED).write_text(json.dumps(asdict(fitted), indent=1, sort_keys=True) + "\n", encoding="utf-8")
