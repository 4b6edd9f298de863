"""Benchmark: CPU time that a question costs a warm assistant, in this process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

from evals.statistics import percentile

TARGET_CPU_MS = 40.0  # at the median: what one of two cores can spend with 50 people asking
MS_PER_S = 1000


@dataclass(frozen=True, slots=True)
class CpuFigures:
    """CPU milliseconds a question, over all threads of the process; ``n`` questions measured."""

    median_ms: float
    p95_ms: float
    n: int


def measure_cpu(
    ask: Callable[[str], object], questions: Sequence[str], rounds: int, clock: Callable[[], float] = process_time
) -> CpuFigures:
    """Asks every question once to warm up, then ``rounds`` times under the clock (seconds)."""
    for question in questions:
        ask(question)
    spent: list[float] = []
    for _ in range(rounds):
        for question in questions:
            start = clock()
            ask(question)
            spent.append((clock() - start) * MS_PER_S)
    return CpuFigures(median(spent), percentile(spent, 0.95), len(spent))
