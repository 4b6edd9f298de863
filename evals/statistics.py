"""Shared by scoring and reports: rates with their counts and 95 % intervals, and percentiles of timings."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from evals.metrics.score import Score

Z_95 = 1.959964  # two-sided 95 % of the normal distribution


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
