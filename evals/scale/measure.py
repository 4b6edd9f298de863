"""Second step of the benchmark of size: what an index that is built takes, and how fast and how surely it finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from corpus.embedder import Vectors
from corpus.models import Hit
from evals.statistics import percentile

RECALL_K = 10
BLOCK_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of wall time a question; ``n`` questions."""

    p50_ms: float
    p95_ms: float
    n: int


@dataclass(frozen=True, slots=True)
class ScaleFigures:
    """Everything measured of one size; memory is what the process holds that has the index open and warm."""

    n_passages: int
    n_documents: int
    build_s: float
    build_peak_mb: float
    disk_mb: Mapping[str, float]
    memory_mb: float
    speed: Mapping[str, Speed]
    hnsw_recall_at_10: float
    n_recall: int


def speed(ask: Callable[[str], object], questions: Sequence[str]) -> Speed:
    """The time of every question, after a first round that warms up."""
    for question in questions[: len(questions) // 4]:
        ask(question)
    spent = []
    for question in questions:
        started = perf_counter()
        ask(question)
        spent.append((perf_counter() - started) * 1000)
    return Speed(percentile(spent, 0.5), percentile(spent, 0.95), len(spent))


def recall_against_exact(
    search: Callable[[Vectors], Sequence[Hit]], queries: Vectors, passage_ids: Sequence[str], rows: Vectors
) -> float:
    """The share of the exact ``RECALL_K`` nearest rows that ``search`` finds, over ``queries`` ``(n, dim)``."""
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
    return float(np.mean([len(hits & wanted) / len(wanted) for hits, wanted in zip(found, exact, strict=True)]))


def folder_mb(folder: Path) -> float:
    """Megabytes of a folder's files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def resident_mb() -> float:
    """Megabytes of memory that this process holds now."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("VmRSS"))
