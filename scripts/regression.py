"""Regressions for few meetings: ridge lines of standardised facts, told for the facts as they are."""

import numpy as np
import numpy.typing as npt

from analyzer.engines.offline.fitted import Line, Scale

RIDGE = 0.3  # on facts of about unit size; keeps few meetings from making steep lines

Floats = npt.NDArray[np.float64]


def logistic(rows: Floats, truth: npt.NDArray[np.bool_]) -> Line:
    """Ridge logistic regression by Newton's method, on standardised facts, told for the facts as they are."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    wide = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    weights = np.zeros(wide.shape[1])
    hold = np.diag([RIDGE] * rows.shape[1] + [1e-6])
    for _ in range(50):
        p = 1 / (1 + np.exp(-wide @ weights))
        curve = (wide * (p * (1 - p))[:, None]).T @ wide + hold
        step = np.linalg.solve(curve, wide.T @ (p - truth) + hold @ weights)
        weights -= step
        if np.abs(step).max() < 1e-8:  # noqa: PLR2004 far below what moves a chance
            break
    real = weights[:-1] / spread
    return Line(weights=tuple(map(float, np.round(real, 6))), constant=round(float(weights[-1] - (real * mean).sum()), 6))


def straight(rows: Floats, places: Floats, low: float, high: float) -> Scale:
    """Ridge regression on standardised facts, told for the facts as they are."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    wide = (rows - mean) / spread
    hold = 10 * RIDGE * np.eye(rows.shape[1])
    real = np.linalg.solve(wide.T @ wide + hold, wide.T @ (places - places.mean())) / spread
    constant = float(places.mean() - (real * mean).sum())
    return Scale(weights=tuple(map(float, np.round(real, 6))), constant=round(constant, 6), low=low, high=high)


def cuts(places: Floats, told: Floats) -> tuple[float, float]:
    """The two places between no, mixed and yes that get most right."""
    grid = [round(x, 2) for x in np.arange(0.0, 1.05, 0.05)]
    return max(
        ((low, high) for low in grid for high in grid if low <= high),
        key=lambda pair: sum(read_off(t, *pair) == p for t, p in zip(told, places, strict=True)),
    )


def read_off(place: float, low: float, high: float) -> float:
    """No, mixed or yes as a number."""
    return 0.0 if place < low else 0.5 if place < high else 1.0
