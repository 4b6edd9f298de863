"""Output of the retrieval benchmark: the figures as JSON values and as a table for the terminal."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.table import Table

from evals.retrieval import Ranked, gains, means, timings

BASELINE = "bm25"
RANKERS = ("bm25", "dense", "hybrid")
# What the baseline is, so that its figure can be judged.
BASELINE_NAME = "BM25 over lemmas, roots, compound parts, synonyms, titles and headings (tantivy)"


def figures_of(ranked: Mapping[str, Ranked], n: int, model: str) -> dict[str, Any]:
    """What ``retrieval --json`` prints: a mean for each ranker and metric, ``n``; as details gains, times and names."""
    gained = {
        name: {metric: asdict(gain) | {"significant": gain.significant} for metric, gain in each.items()}
        for name, each in gains(ranked, BASELINE).items()
    }
    details = {"gain_over_bm25": gained, "ms_per_query": timings(ranked), "model": model, "baseline": BASELINE_NAME}
    return means(ranked) | {"n": n, "details": details}


def retrieval_table(figures: Mapping[str, Any]) -> Table:
    """One row a ranker; gains over BM25 with their 95 % intervals, * where significant."""
    metrics, details = list(figures[BASELINE]), figures["details"]
    table = Table("", *metrics, "nDCG@10 gained", "ms p50", "ms p95", title=f"n {figures['n']}, {details['model']}")
    for ranker in RANKERS:
        gain = details["gain_over_bm25"].get(ranker, {}).get("ndcg@10")
        ms = details["ms_per_query"][ranker]
        table.add_row(
            ranker,
            *(f"{figures[ranker][metric]:.3f}" for metric in metrics),
            "" if gain is None else gain_text(gain),
            f"{ms['p50']:.1f}",
            f"{ms['p95']:.1f}",
        )
    table.caption = f"bm25: {details['baseline']}"
    return table


def gain_text(gain: Mapping[str, Any]) -> str:
    """A gain with its interval, * where significant."""
    return f"{gain['mean']:+.3f} [{gain['low']:+.3f}, {gain['high']:+.3f}]{'*' if gain['significant'] else ''}"
