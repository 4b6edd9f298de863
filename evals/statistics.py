"""Shared by scoring and reports: rates with their counts and 95 % intervals, and percentiles of timings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from evals.metrics.score import Score

Z_95 = 1.959964  # two-sided 95 % of the normal distribution
BOOTSTRAP_ROUNDS = 2000
BOOTSTRAP_SEED = 20240619  # fixed, so that a run scored twice shows the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a confidence interval, each 0–1."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of ``n`` judged cases hold; ``n_unjudged`` more could not be judged."""

    n: int
    n_right: int
    n_unjudged: int = 0

    @property
    def ratio(self) -> float | None:
        """The share that holds, 0–1, or None when nothing was judged."""
        return self.n_right / self.n if self.n else None

    @property
    def interval(self) -> Interval | None:
        """Wilson's 95 % interval, or None when nothing was judged."""
        return wilson(self.n_right, self.n) if self.n else None


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of ``n`` judged shares with an interval that was made elsewhere; ``ratio`` is None when n is 0."""

    n: int
    ratio: float | None
    interval: Interval | None
    n_unjudged: int = 0


Figure = Rate | Mean


def clustered_mean(values: Mapping[str, Sequence[float]], n_unjudged: int = 0) -> Mean:
    """The mean of all values with a percentile-bootstrap interval that draws whole clusters.

    ``values`` are grouped by what makes them alike (here: the fact that the cases ask about), as several wordings of
    one question are no independent cases.
    """
    groups = [group for group in values.values() if group]
    n = sum(len(group) for group in groups)
    if not n:
        return Mean(0, None, None, n_unjudged)
    sums, counts = np.array([sum(g) for g in groups]), np.array([len(g) for g in groups])
    draws = np.random.default_rng(BOOTSTRAP_SEED).integers(len(groups), size=(BOOTSTRAP_ROUNDS, len(groups)))
    means = sums[draws].sum(axis=1) / counts[draws].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5), method="nearest")
    return Mean(n, float(sums.sum() / n), Interval(float(low), float(high)), n_unjudged)


def wilson(n_right: int, n: int, z: float = Z_95) -> Interval:
    """Wilson's score interval (E. B. Wilson, 1927), which holds for small ``n`` and for ratios near 0 and 1."""
    ratio, spread = n_right / n, z * z / n
    centre = (ratio + spread / 2) / (1 + spread)
    half = z / (1 + spread) * sqrt(ratio * (1 - ratio) / n + spread / (4 * n))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def rate_of(scores: Iterable[Score]) -> Rate:
    """The rate over the scores that could be judged."""
    values = [score.value for score in scores]
    judged = [value for value in values if value is not None]
    return Rate(len(judged), sum(value == 1.0 for value in judged), len(values) - len(judged))


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value with at least ``share`` (0–1] of all values at or below it (nearest rank)."""
    ranked = sorted(values)
    rank = -(-len(ranked) * round(share * 1000) // 1000)
    return ranked[max(rank, 1) - 1]
