"""Shared by benchmarks: whether one ranker beats another on the same questions, by a paired bootstrap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000
SEED = 1
BLOCK = 500  # resamples at a time, to bound memory


@dataclass(frozen=True, slots=True)
class Gain:
    """The mean difference over ``n`` questions with its 95 % interval; significant where that leaves out zero."""

    mean: float
    low: float
    high: float
    n: int

    @property
    def significant(self) -> bool:
        """Whether the interval lies above or below zero as a whole."""
        return self.low > 0 or self.high < 0


def paired_gain(new: Sequence[float], old: Sequence[float]) -> Gain:
    """What ``new`` gains over ``old``, question by question (percentile bootstrap, Efron 1979)."""
    differences = np.asarray(new, dtype=float) - np.asarray(old, dtype=float)
    rng = np.random.default_rng(SEED)
    n = len(differences)
    means = [differences[rng.integers(0, n, (BLOCK, n))].mean(axis=1) for _ in range(RESAMPLES // BLOCK)]
    low, high = np.quantile(np.concatenate(means), [0.025, 0.975])
    return Gain(float(differences.mean()), float(low), float(high), n)
