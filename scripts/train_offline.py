"""Fit the offline reader: `python -m scripts.train_offline` writes analyzer/engines/offline/weights.npz (3 minutes on 2 cores).

One logistic regression a label on vectors of the bundled embedder, over the labelled snippets of training/snippets and
the spoken examples of `analyzer.signs`. Thresholds and the step from turns to a meeting come from scores that every
snippet got from weights fitted without it (five folds, split by snippet); meetings are made up from such snippets.
Needs numpy and the bundled embedder only; the same material gives the same weights on one machine.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analyzer import signs
from analyzer.engines.offline.features import features
from analyzer.engines.offline.reading import FLOOR, MOST
from analyzer.engines.offline.weights import (
    ADOPTS,
    LABELS,
    RECOMMENDATION,
    RESISTS,
    Weights,
    examples_digest,
    meeting_facts,
    save,
)
from analyzer.model.findings import SignId
from vectorstore.embedders import BundledEmbedder

SNIPPETS = Path(__file__).parents[1] / "training" / "snippets"
FOLDS = 5
RIDGE = 1.0
SURE_PRECISION = 0.6
FEWEST_SURE = 15  # named turns under which a precision says nothing
MEETINGS = 3000  # made-up meetings a sign
LENGTHS = (4, 8, 13, 25, 60)  # snippets in a made-up meeting; 13 make the 75 turns of half an hour
ABSENT = 0.72  # of the made-up meetings a sign is absent from; in client meetings about one sign in four shows

Floats = npt.NDArray[np.float64]
THEIRS_ONLY = (*SignId, ADOPTS, RESISTS)


@dataclass(frozen=True, kw_only=True)
class Material:
    """All labelled turns: `rows` of features, `truth` (turns, labels), `theirs`, and which snippet each belongs to."""

    rows: Floats
    truth: Floats
    theirs: npt.NDArray[np.bool_]
    snippet: npt.NDArray[np.int64]

    def speakable(self, label: str) -> npt.NDArray[np.bool_]:
        """The turns that can carry a label at all, by who speaks."""
        if label in THEIRS_ONLY:
            return self.theirs
        return ~self.theirs if label == RECOMMENDATION else np.ones_like(self.theirs)


def main() -> None:
    """Fit, print what held-out snippets say of it, and write the weights."""
    embedder = BundledEmbedder()
    material = read_snippets(embedder)
    spoken = read_examples(embedder)
    fitted = [fit_label(material, spoken, k) for k in range(len(LABELS))]
    held_out = np.stack([scores for _, scores in fitted], axis=1)
    thresholds = [choose(held_out[:, k], material.truth[:, k] > 0) for k in range(len(LABELS))]
    for k, (label, (likely, sure)) in enumerate(zip(LABELS, thresholds, strict=True)):
        ap = average_precision(held_out[:, k], material.truth[:, k])
        print(f"{label:<24} n={int(material.truth[:, k].sum()):>4}  held-out AP {ap:.2f}  likely {likely:.2f}  sure {sure:.2f}")
    save(
        Weights(
            embedder=embedder.identity,
            examples=examples_digest(),
            matrix=np.stack([weights for weights, _ in fitted]).astype(np.float32),
            likely={label: likely for label, (likely, _) in zip(LABELS, thresholds, strict=True)},
            sure={label: sure for label, (_, sure) in zip(LABELS, thresholds, strict=True)},
            meeting=from_turns_to_meeting(held_out, material),
        )
    )


def fit_label(material: Material, spoken: tuple[Floats, Floats], k: int) -> tuple[Floats, Floats]:
    """The weights of one label from everything, and the score of each turn by weights that have not seen its snippet."""
    able = material.speakable(LABELS[k])
    fold = np.random.default_rng(0).permutation(material.snippet.max() + 1)[material.snippet] % FOLDS
    scores = np.zeros(len(able))
    for f in range(FOLDS):
        out = able & (fold == f)
        scores[out] = chance(material.rows[out], fit(*with_examples(material, spoken, able & (fold != f), k)))
    return fit(*with_examples(material, spoken, able, k)), scores


def with_examples(
    material: Material, spoken: tuple[Floats, Floats], chosen: npt.NDArray[np.bool_], k: int
) -> tuple[Floats, Floats]:
    """Rows and truth to fit a label on; the spoken examples join where there are some of it."""
    rows, truth = material.rows[chosen], material.truth[chosen, k]
    if not spoken[1][:, k].any():
        return rows, truth
    return np.vstack([rows, spoken[0]]), np.concatenate([truth, spoken[1][:, k]])


def read_snippets(embedder: BundledEmbedder) -> Material:
    """The labelled snippets, each a stretch of its own."""
    snippets = [json.loads(line) for file in sorted(SNIPPETS.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    vectors = embedder.embed([t["text"] for s in snippets for t in s["turns"]])
    rows, at = [], 0
    for s in snippets:
        n = len(s["turns"])
        rows.append(features(vectors[at : at + n], [t["side"] == "theirs" for t in s["turns"]]))
        at += n
    turns = [t for s in snippets for t in s["turns"]]
    return Material(
        rows=np.vstack(rows).astype(np.float64),
        truth=np.array([[label in t["labels"] for label in LABELS] for t in turns], dtype=np.float64),
        theirs=np.array([t["side"] == "theirs" for t in turns]),
        snippet=np.array([i for i, s in enumerate(snippets) for _ in s["turns"]]),
    )


def read_examples(embedder: BundledEmbedder) -> tuple[Floats, Floats]:
    """The spoken examples as turns of their side with nothing around them; near misses are true for no label."""
    said = [(x, s.id.value) for s in signs.SIGNS for x in s.examples]
    said += [(x, "") for s in signs.SIGNS for x in s.near_miss_examples]
    said += [(x, o.id.value) for o in signs.OPENINGS for x in o.examples]
    vectors = embedder.embed([text for text, _ in said])
    rows = np.vstack([features(v[None, :], [True]) for v in vectors]).astype(np.float64)
    return rows, np.array([[topic == label for label in LABELS] for _, topic in said], dtype=np.float64)


def fit(rows: Floats, truth: Floats, ridge: float = RIDGE) -> Floats:
    """Ridge logistic regression by Newton's method; the last weight is the constant, which is not held down."""
    wide = np.hstack([rows, np.ones((len(rows), 1))])
    weights = np.zeros(wide.shape[1])
    weights[-1] = np.log(truth.mean() / (1 - truth.mean()))
    hold = np.diag(np.append(np.full(rows.shape[1], ridge), 1e-6))
    for _ in range(25):
        p = 1 / (1 + np.exp(-wide @ weights))
        curve = (wide * (p * (1 - p))[:, None]).T @ wide + hold
        step = np.linalg.solve(curve, wide.T @ (p - truth) + hold @ weights)
        weights -= step
        if np.abs(step).max() < 1e-4:  # noqa: PLR2004 far below what moves a score
            break
    return weights


def chance(rows: Floats, weights: Floats) -> Floats:
    """The fitted chance for each row."""
    result: Floats = 1 / (1 + np.exp(-(rows @ weights[:-1] + weights[-1])))
    return result


def choose(scores: Floats, truth: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """The threshold of best F1, and the lowest whose named turns are right often enough (2.0 where there is none)."""
    grid = [round(float(t), 2) for t in np.arange(0.03, 0.95, 0.01)]
    hits = {t: (int((truth & (scores >= t)).sum()), int((scores >= t).sum())) for t in grid}
    likely = max(grid, key=lambda t: hits[t][0] / (hits[t][1] + truth.sum()))
    sure = [t for t in grid if hits[t][1] >= FEWEST_SURE and hits[t][0] >= SURE_PRECISION * hits[t][1]]
    return likely, max(min(sure), likely) if sure else 2.0


def average_precision(scores: Floats, truth: Floats) -> float:
    """Mean precision at each true turn, best score first."""
    ranked = truth[np.argsort(-scores, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1))[ranked > 0].mean())


def from_turns_to_meeting(held_out: Floats, material: Material) -> tuple[float, float, float]:
    """Weights of the best scores' sum and of the meeting's length for the chance that a sign shows, over made-up meetings."""
    rng = np.random.default_rng(1)
    turns = [np.flatnonzero(material.snippet == i) for i in range(material.snippet.max() + 1)]
    theirs = np.array([material.theirs[t].sum() for t in turns])
    facts, shows = [], []
    for k in range(len(SignId)):
        carrying = np.array([material.truth[t, k].any() for t in turns])
        with_it, without = np.flatnonzero(carrying), np.flatnonzero(~carrying)
        for _ in range(MEETINGS):
            size = int(rng.choice(LENGTHS))
            carriers = 0 if rng.random() < ABSENT else int(rng.integers(1, 5))
            chosen = np.concatenate([rng.choice(with_it, carriers, replace=False), rng.choice(without, max(size - carriers, 1))])
            scores = np.sort(np.concatenate([held_out[turns[i], k] for i in chosen]))[::-1][:MOST]
            facts.append(meeting_facts(scores[scores >= FLOOR].tolist(), int(theirs[chosen].sum())))
            shows.append(carriers > 0)
    fitted = fit(np.array(facts), np.array(shows, dtype=np.float64), ridge=1e-3)
    report(chance(np.array(facts), fitted), np.array(shows))
    return float(fitted[0]), float(fitted[1]), float(fitted[2])


def report(chances: Floats, shows: npt.NDArray[np.bool_]) -> None:
    """What each cut of the chance would mean: the source of the levels in analyzer.engines.offline.judging."""
    print(f"{len(shows)} made-up meetings, {shows.mean():.2f} with the sign")
    for cut in np.arange(0.10, 0.90, 0.05):
        over = chances >= cut
        f1 = 2 * (shows & over).sum() / (shows.sum() + over.sum())
        print(f"  cut {cut:.2f}: {over.mean():.2f} over, sign in {shows[over].mean():.2f} of them, F1 {f1:.2f};", end=" ")
        print(f"sign in {shows[~over].mean():.2f} of those under" if (~over).any() else "none under")


if __name__ == "__main__":
    main()
