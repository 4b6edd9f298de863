"""Second step of the benchmark of size: what an index that is built takes, and how fast and how surely it finds."""

import resource
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from corpus.embedder import Vectors
from corpus.models import Hit
from evals.statistics import percentile

RECALL_K = 10
BLOCK_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds a question, by the clock and of processor time of all threads; ``n`` questions."""

    p50_ms: float
    p95_ms: float
    cpu_p50_ms: float
    cpu_p95_ms: float
    n: int


@dataclass(frozen=True, slots=True)
class Recall:
    """The share of the exact ``RECALL_K`` nearest rows that are found, over ``n`` questions."""

    at_10: float
    n: int


@dataclass(frozen=True, slots=True)
class Built:
    """What building the index took; the peak is of the process that built it, without those that parse files."""

    n_documents: int
    n_passages: int
    seconds: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """Everything measured of one size; memory is the process's, before the index is opened and when it is warm."""

    built: Built
    disk_mb: Mapping[str, float]
    empty_mb: float
    memory_mb: float
    speed: Mapping[str, Speed]
    hnsw_recall: Recall


def speed(ask: Callable[[str], object], questions: Sequence[str]) -> Speed:
    """The time of every question, after a first round that warms up."""
    for question in questions[: len(questions) // 4]:
        ask(question)
    spent, used = [], []
    for question in questions:
        started, before = perf_counter(), process_time()
        ask(question)
        used.append((process_time() - before) * 1000)
        spent.append((perf_counter() - started) * 1000)
    clock, cpu = (partial(percentile, each) for each in (spent, used))
    return Speed(clock(0.5), clock(0.95), cpu(0.5), cpu(0.95), len(spent))


def recall_against_exact(
    search: Callable[[Vectors], Sequence[Hit]], queries: Vectors, passage_ids: Sequence[str], rows: Vectors
) -> Recall:
    """How many of the nearest ``rows`` to each of ``queries`` ``(n, dim)`` are found by ``search``."""
    best = np.full((len(queries), RECALL_K), -np.inf)
    names = np.full((len(queries), RECALL_K), "", dtype=object)
    for start in range(0, len(rows), BLOCK_ROWS):
        scores = np.concatenate([best, queries @ rows[start : start + BLOCK_ROWS].T], axis=1)
        ids = np.asarray(passage_ids[start : start + BLOCK_ROWS], dtype=object)
        known = np.concatenate([names, np.broadcast_to(ids, (len(queries), len(ids)))], axis=1)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :RECALL_K]
        best = np.take_along_axis(scores, order, axis=1)
        names = np.take_along_axis(known, order, axis=1)
    found = [{hit.passage_id for hit in search(query)} for query in queries]
    exact = [set(row) - {""} for row in names]
    shares = [len(hits & wanted) / len(wanted) for hits, wanted in zip(found, exact, strict=True)]
    return Recall(float(np.mean(shares)), len(shares))


def folder_mb(folder: Path) -> float:
    """Megabytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def resident_mb() -> float:
    """Megabytes of memory that this process holds now."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))


def peak_mb() -> float:
    """The most megabytes of memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
