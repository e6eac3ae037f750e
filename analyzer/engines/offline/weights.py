"""What the offline reader has learnt: one logistic regression a label, its thresholds, and how turns add up to a meeting.

Made by `scripts/train_offline.py` from the snippets in `training/snippets` and the spoken examples of `analyzer.signs`.
"""

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analyzer import signs
from analyzer.errors import EngineError
from analyzer.model.findings import OpeningId, SignId

SHIPPED = Path(__file__).parent / "weights.npz"

COMMITMENT, RECOMMENDATION, ADOPTS, RESISTS = "commitment", "recommendation", "adopts", "resists"
LABELS: tuple[str, ...] = (*SignId, *OpeningId, COMMITMENT, RECOMMENDATION, ADOPTS, RESISTS)
BEST = 3  # a meeting is judged by the three turns that sound most like a sign: one alone is too often chance
NEVER_ZERO = 0.05  # added to the sum, for meetings where no turn was named

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Weights:
    """`matrix` has one row a label (features, then the constant); `likely` and `sure` are thresholds by label.

    `likely` gave the best F1 over held-out snippets; `sure` the most turns with at least 60 in 100 right, and is over 1
    where nothing reached that. `meeting` holds the weights of the two `meeting_facts` and the constant.
    """

    embedder: str
    examples: str
    matrix: Floats
    likely: dict[str, float]
    sure: dict[str, float]
    meeting: tuple[float, float, float]

    @cached_property
    def digest(self) -> str:
        """Hash of all that can change a verdict, the spoken examples included: 12 hex digits."""
        facts = json.dumps([self.embedder, self.examples, self.likely, self.sure, self.meeting])
        return hashlib.sha256(facts.encode() + self.matrix.tobytes()).hexdigest()[:12]

    def probabilities(self, rows: Floats) -> Floats:
        """The chance of each label for rows of `features`: float32, shape (turns, labels)."""
        leanings = rows @ self.matrix[:, :-1].T + self.matrix[:, -1]
        chances: Floats = (1 / (1 + np.exp(-leanings))).astype(np.float32)
        return chances

    def leaning(self, vectors: Floats, label: str) -> Floats:
        """How far each vector alone leans towards a label; says which sentence of a turn carries it."""
        leaning: Floats = vectors @ self.matrix[LABELS.index(label), : vectors.shape[1]]
        return leaning

    def presence(self, scores: Sequence[float], their_turns: int) -> float:
        """The chance, 0 to 1, that a meeting shows a sign whose turns have these scores."""
        best, length = meeting_facts(scores, their_turns)
        return 1 / (1 + math.exp(-(self.meeting[0] * best + self.meeting[1] * length + self.meeting[2])))


def meeting_facts(scores: Sequence[float], their_turns: int) -> tuple[float, float]:
    """What a meeting is judged by for one sign: the logarithms of its best scores' sum and of their turns' number."""
    return math.log(sum(sorted(scores, reverse=True)[:BEST]) + NEVER_ZERO), math.log(max(their_turns, 1))


def load(path: Path = SHIPPED) -> Weights:
    """The weights in a file. Raises EngineError when it is missing or damaged."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            facts = json.loads(str(kept["facts"]))
            return Weights(
                embedder=facts["embedder"],
                examples=facts["examples"],
                matrix=kept["matrix"],
                likely=facts["likely"],
                sure=facts["sure"],
                meeting=tuple(facts["meeting"]),
            )
    except (OSError, ValueError, KeyError) as cause:
        raise EngineError(f"the offline reader's weights in {path} cannot be read", "install Analyzer again") from cause


def save(weights: Weights, path: Path = SHIPPED) -> None:
    """Write the weights; the same weights make the same bytes."""
    facts = {name: getattr(weights, name) for name in ("embedder", "examples", "likely", "sure", "meeting")}
    np.savez(path, matrix=weights.matrix, facts=np.array(json.dumps(facts)))


def examples_digest() -> str:
    """Hash of the spoken examples as they stand in `analyzer.signs`: 12 hex digits."""
    spoken = [(s.id, s.examples, s.near_miss_examples) for s in signs.SIGNS]
    opened = [(o.id, o.examples) for o in signs.OPENINGS]
    return hashlib.sha256(json.dumps([spoken, opened]).encode()).hexdigest()[:12]
