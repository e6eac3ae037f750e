"""What is printed of the offline reader when it is fitted, for its model card."""

from collections.abc import Sequence

import numpy as np

from analyzer.engines.offline.labels import LABELS
from analyzer.evaluation import PRESENT, Sample, average_precision, score
from analyzer.model.findings import Level, SignId
from analyzer.model.scores import Scores
from scripts.labelled_meetings import Labelled


def turn_table(meetings: Sequence[Labelled]) -> None:
    """Average precision of the turns by label."""
    for label in LABELS:
        column = LABELS.index(label)
        ranked = [(float(m.chances[at, column]), at in m.turns[str(label)]) for m in meetings for at in range(len(m.chances))]
        print(f"{label:<24} n={sum(t for _, t in ranked):>4}  AP {average_precision(ranked):.2f}")


def reliability(samples: Sequence[Sample]) -> None:
    """How far the chance that a sign shows can be believed."""
    told = [(s.assessment.sign(sign).score or 0.0, s.labels.signs[sign] in PRESENT) for s in samples for sign in SignId]
    for low, high in ((0, 0.05), (0.05, 0.15), (0.15, 0.4), (0.4, 0.7), (0.7, 1.01)):
        inside = [(c, t) for c, t in told if low <= c < high]
        if inside:
            chance, shows = np.mean([c for c, _ in inside]), np.mean([t for _, t in inside])
            print(f"chance {low:.2f} to {min(high, 1):.2f}: n={len(inside):>3}, told {chance:.2f}, heard {shows:.2f}")


def show(samples: Sequence[Sample]) -> None:
    """The scores of readings by numbers fitted on other clients."""
    s: Scores = score(samples)
    figures = {
        "macro-F1": s.macro_f1,
        "exact": s.exact,
        "insufficient": s.insufficient,
        "AUC": s.auc,
        "turn AP": s.turn_ap,
        "evidence F1": s.evidence.f1,
        "clean flagged": s.clean_flagged,
        "conditions": s.conditions,
        "stance within one": s.stance_within_one,
        "commitments F1": s.commitments.f1,
        "commitments precision": s.commitments.precision,
        "owner right": s.owner_right,
    } | {name: opening.f1 for name, opening in s.openings.items()}
    for name, figure in figures.items():
        print(f"{name:<22} {figure.value if figure.value is not None else float('nan'):.2f}  n={figure.n}")
    print(f"conditions unknown {s.conditions_unknown}, stance unknown {s.stance_unknown}")
    strong = [(x, sign) for x in samples for sign in SignId if x.labels.signs[sign] is Level.STRONG]
    missed = [f"{x.labels.meeting} {sign.value}" for x, sign in strong if x.assessment.sign(sign).level is Level.NONE]
    print(f"strong signs said none: {len(missed)} of {len(strong)} {missed}")
