"""Metrics of ranked lists, for the retrieval benchmark: recall@k, nDCG@k and MRR@k with binary relevance."""

from collections.abc import Iterable, Sequence, Set
from math import log2


def recall_at(k: int, ranked: Sequence[str], relevant: Set[str]) -> float:
    """The share of the relevant ids that stand among the first ``k``, 0–1."""
    return len(relevant & set(ranked[:k])) / len(relevant)


def mrr_at(k: int, ranked: Sequence[str], relevant: Set[str]) -> float:
    """1 through the rank of the first relevant id, 0 when it is not among the first ``k``."""
    return next((1 / rank for rank, item in enumerate(ranked[:k], start=1) if item in relevant), 0.0)


def ndcg_at(k: int, ranked: Sequence[str], relevant: Set[str]) -> float:
    """Discounted cumulative gain (gain 1, discount log2(rank + 1)) through that of the best possible order, 0–1."""
    gain = sum(1 / log2(rank + 1) for rank, item in enumerate(ranked[:k], start=1) if item in relevant)
    best = sum(1 / log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return gain / best


def first_occurrences(items: Iterable[str]) -> tuple[str, ...]:
    """Each id once, at its best rank: chunks ranked in order become passages ranked by their best chunk."""
    return tuple(dict.fromkeys(items))
