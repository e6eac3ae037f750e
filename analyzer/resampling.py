"""Figures over labelled meetings, each with how far other meetings of the kind could have put it.

What is said in one meeting hangs together, so whole meetings are drawn anew: the percentile bootstrap (Efron and Tibshirani,
An Introduction to the Bootstrap, 1993, chapter 13), with meetings for its units. Every figure follows from counts by
meeting, so a resampling is nothing but other weights on the same counts; with a weight of one each it is the figure itself.
Where all meetings agree the interval is narrower than the truth: no wrong one among six says little of the seventh.
"""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analyzer.model.scores import Figure, Overlap

ROUNDS = 1000
BETWEEN = (2.5, 97.5)  # percentiles: 95 of 100 resamplings lie between
SEED = 1993  # the same meetings give the same interval
FEWEST = 5  # meetings; of four there are only 35 different resamplings
COUNTED = 0.99  # of the resamplings; in fewer where so little as four meetings of many have anything to count

Values = NDArray[np.float64]
Counts = tuple[int, int, int]  # of one meeting: in both, named, labelled
Ranked = Sequence[tuple[float, bool]]  # of one meeting: items by their score, and whether each is a true one


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """A figure of the meetings as they are, then of each resampling of them; NaN where there was nothing to count."""

    values: Values
    n: int

    @property
    def figure(self) -> Figure:
        """The figure with its interval, which is left out where too few meetings bear on it."""
        first, rest = self.values[0], self.values[1:]
        known = rest[~np.isnan(rest)]
        if np.isnan(first) or not len(known) or len(known) < COUNTED * len(rest):
            return Figure(value=None if np.isnan(first) else float(first), n=self.n)
        low, high = np.percentile(known, BETWEEN)
        return Figure(value=float(first), n=self.n, low=float(low), high=float(high))


def weigh(meetings: int) -> Values:
    """How often each meeting counts: once in the first row, as often as it was drawn in the others (rounds, meetings).

    With fewer than `FEWEST` meetings there is only the first row.
    """
    rounds = ROUNDS if meetings >= FEWEST else 0
    drawn = np.random.default_rng(SEED).integers(max(meetings, 1), size=(rounds, meetings))
    weights = np.zeros((1 + rounds, meetings))
    weights[0] = 1
    np.add.at(weights, (np.arange(1, 1 + rounds)[:, None], drawn), 1)
    return weights


def share(weights: Values, facts: Iterable[Iterable[bool]]) -> Spread:
    """How many of some facts are so; `facts` are those of each meeting, which may have none."""
    return average(weights, facts)


def average(weights: Values, values: Iterable[Iterable[float]]) -> Spread:
    """The mean of some values, of which each meeting has its own, or none."""
    counts = [(sum(held), len(held)) for held in map(list, values)]
    return _ratio(weights, [total for total, _ in counts], [of for _, of in counts])


def overlap(weights: Values, counts: Sequence[Counts]) -> Overlap:
    """Precision, recall and F1 of all meetings together."""
    both = [both for both, _, _ in counts]
    return Overlap(
        precision=_ratio(weights, both, [named for _, named, _ in counts]).figure,
        recall=_ratio(weights, both, [labelled for _, _, labelled in counts]).figure,
        f1=f1(weights, counts).figure,
    )


def f1(weights: Values, counts: Sequence[Counts]) -> Spread:
    """F1 of all meetings together; `n` is all that was named and all that was labelled."""
    return _ratio(weights, [2 * both for both, _, _ in counts], [named + labelled for _, named, labelled in counts])


def average_precision(weights: Values, rankings: Sequence[Ranked]) -> Spread:
    """Mean precision at each true item of all meetings ranked together, best score first.

    Items of equal score share the precision of their group's end.
    """

    def precision(true: Values, false: Values) -> Values:
        hits, seen = true.cumsum(axis=1), (true + false).cumsum(axis=1)
        return _divided((true * hits / np.maximum(seen, 1)).sum(axis=1), true.sum(axis=1))

    steps = sorted({score for ranked in rankings for score, truth in ranked if truth})
    lowered = [[(_step(steps, score), truth) for score, truth in ranked] for ranked in rankings]
    return _over_ranks(weights, lowered, precision)


def auc(weights: Values, rankings: Sequence[Ranked]) -> Spread:
    """Chance that a true item is scored above a false one, of the same meeting or not; ties count half."""

    def above(true: Values, false: Values) -> Values:
        every = false.sum(axis=1)
        below = every[:, None] - false.cumsum(axis=1) + false / 2
        return _divided((true * below).sum(axis=1), true.sum(axis=1) * every)

    return _over_ranks(weights, rankings, above)


def mean(spreads: Sequence[Spread], *, n: int) -> Spread:
    """The mean of those that there are, resampling by resampling."""
    values = np.stack([spread.values for spread in spreads])
    known = ~np.isnan(values)
    return Spread(values=_divided(np.where(known, values, 0.0).sum(axis=0), known.sum(axis=0)), n=n)


def nothing(weights: Values, *, n: int) -> Spread:
    """A figure that cannot be counted."""
    return Spread(values=np.full(len(weights), np.nan), n=n)


def _step(steps: Sequence[float], score: float) -> float:
    """The highest true item's score that this one reaches: precision is asked for there alone, and turns are many."""
    at = bisect_right(steps, score)
    return steps[at - 1] if at else -math.inf


def _over_ranks(weights: Values, rankings: Sequence[Ranked], measure: Callable[[Values, Values], Values]) -> Spread:
    """A measure of true and false items, counted by resampling and by score, the best score first."""
    items = [(at, score, truth) for at, ranked in enumerate(rankings) for score, truth in ranked]
    scores, place = np.unique(np.array([score for _, score, _ in items]), return_inverse=True)
    counts = np.zeros((2, len(rankings), len(scores)))
    for (at, _, truth), rank in zip(items, len(scores) - 1 - place, strict=True):
        counts[int(not truth), at, rank] += 1
    return Spread(values=measure(weights @ counts[0], weights @ counts[1]), n=len(items))


def _ratio(weights: Values, so: Sequence[float], of: Sequence[int]) -> Spread:
    return Spread(values=_divided(weights @ np.array(so, float), weights @ np.array(of, float)), n=sum(of))


def _divided(part: Values, whole: Values | NDArray[np.int_]) -> Values:
    known: Values = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole != 0)
    return known
