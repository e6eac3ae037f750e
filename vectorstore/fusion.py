"""One order out of two: nearness of meaning (cosine) and of words (BM25), with a passage's neighbours counted in.

Over the candidates, each leg is brought to mean 0 and deviation 1; a passage's own score is 0.7 of the one plus 0.3 of the
other; and its final score adds half of the own score of the passage to either side and a quarter of that of the next ones, since
what a meeting says about a subject spreads over several passages. Where one fact is asked for, a number, a day, a person, a yes
or no, it stands in one place, and neighbours count half as much: queries about subjects (QMSum) gain by neighbours, questions
after facts (training/questions) lose by them. `benchmarks/bench_search.py` prints what that finds.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

POOL = 200  # how many of the best of each leg are candidates; up to so many passages, all are
VECTOR_WEIGHT = 0.7
WORD_WEIGHT = 0.3
NEIGHBOUR_WEIGHTS = (0.5, 0.25)  # of the own score of the passages one and two places away
BESIDE_A_FACT = 0.5  # of these weights

Scores = npt.NDArray[np.float64]


def fused(places: Sequence[tuple[str, int]], cosines: npt.ArrayLike, bm25: npt.ArrayLike, *, fact: bool = False) -> Scores:
    """The score of each candidate, higher is better; `fact` says that one fact is asked for.

    `places` are (group, ordinal): two candidates stand as far apart as their ordinals differ, where their group is the same.
    `bm25` is higher for better, and 0 where no word matched.
    """
    own = VECTOR_WEIGHT * _standardised(cosines) + WORD_WEIGHT * _standardised(bm25)
    weights = [weight * BESIDE_A_FACT if fact else weight for weight in NEIGHBOUR_WEIGHTS]
    row_of = {place: row for row, place in enumerate(places)}
    scores = own.copy()
    for row, (group, ordinal) in enumerate(places):
        for away, weight in enumerate(weights, start=1):
            for beside in (ordinal - away, ordinal + away):
                neighbour = row_of.get((group, beside))
                if neighbour is not None:
                    scores[row] += weight * own[neighbour]
    return scores


def _standardised(values: npt.ArrayLike) -> Scores:
    leg = np.asarray(values, dtype=np.float64)
    deviation = leg.std() if leg.size else 0.0
    if deviation < 1e-9:  # noqa: PLR2004  # all alike but for rounding: this leg prefers none
        return np.zeros_like(leg)
    standardised: Scores = (leg - leg.mean()) / deviation
    return standardised
