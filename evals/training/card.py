"""The model's card: its data with licences, its figures with their n, its limits, and how to train it again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from evals.retrieval import METRICS
from evals.retrieval_table import RANKERS, gain_text
from evals.training.loop import Recipe
from evals.training.measure import Cost, RetrievalFigures
from evals.training.overlap import Overlap
from evals.training.plot import bar_chart

CARD_NAME, FIGURES_NAME, PLOT_NAME = "README.md", "figures.json", "figures.svg"
TEMPLATE = Path(__file__).with_name("card.md")


@dataclass(frozen=True)
class Results:
    """Everything that a training run measured."""

    retrieval: tuple[RetrievalFigures, ...]
    cross_lingual_recall_at_5: float
    n_cross_lingual: int
    n_cross_lingual_candidates: int
    graded_correlation: float
    n_graded: int
    word_cosines: Mapping[str, float]
    cost: Cost
    overlaps: tuple[Overlap, ...]


@dataclass(frozen=True)
class Searched:
    """What the program's own search finds with the model: figures of ``evals retrieval`` by name of the set."""

    swedish: Mapping[str, Mapping[str, Any]]
    english: Mapping[str, Mapping[str, Any]]


def write_card(
    folder: Path, results: Results, searched: Searched, recipe: Recipe, min_synonym_grade: float, run_words: int
) -> None:
    """Write the card with its plot, and the figures beside it for machines."""
    text = card(results, searched, recipe, min_synonym_grade, run_words)
    (folder / CARD_NAME).write_text(text, encoding="utf-8")
    every = {"recipe": asdict(recipe), **asdict(results), "searched": asdict(searched)}
    (folder / FIGURES_NAME).write_text(json.dumps(every, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    bars = {name: {ranker: each[ranker]["ndcg@10"] for ranker in RANKERS} for name, each in searched.swedish.items()}
    (folder / PLOT_NAME).write_text(bar_chart("nDCG@10, question → passage", bars), encoding="utf-8")


def searched_lines(searched: Searched) -> list[str]:
    """What the program's search finds, as Markdown: every ranker, with hybrid's gain over BM25."""
    lines = [
        "| set | n | search | R@1 | R@5 | nDCG@10 | MRR@10 | nDCG@10 gained over BM25 [95 %] |",
        "|---|---|---|---|---|---|---|---|",
    ]
    sets = [*searched.swedish.items(), *((f"{name}, in English", each) for name, each in searched.english.items())]
    for name, figures in sets:
        for ranker in RANKERS:
            values = " | ".join(f"{figures[ranker][metric]:.3f}" for metric in METRICS)
            gain = figures["details"]["gain_over_bm25"].get(ranker, {}).get("ndcg@10")
            lines.append(f"| {name} | {figures['n']:,} | {ranker} | {values} | {gain_text(gain) if gain else '–'} |")
    n = sum(each["n"] for each in searched.english.values())
    if n:
        share = sum(each["hybrid"]["recall@5"] * each["n"] for each in searched.english.values()) / n
        lines += ["", f"An English question finds its Swedish passage among the first five in {share:.1%} (n = {n})."]
    return lines


def card(results: Results, searched: Searched, recipe: Recipe, min_synonym_grade: float, run_words: int) -> str:
    """The whole card as Markdown."""
    *related, unrelated = results.word_cosines.values()
    return TEMPLATE.read_text(encoding="utf-8").format(
        **asdict(recipe),
        grade=min_synonym_grade,
        run_words=run_words,
        searched="\n".join(searched_lines(searched)),
        plot=PLOT_NAME,
        figures="\n".join(figure_lines(results)),
        overlaps="\n".join(overlap_lines(results)),
        synonyms=f"mean cosine {sum(related) / len(related):.2f} against {unrelated:.2f} for unrelated words",
    )


def figure_lines(results: Results) -> list[str]:
    """The figures as Markdown, each with its n."""
    cost = results.cost
    return [
        "Exact dense search by itself, question → passage:",
        "",
        "| set | n | matched on | R@1 | R@5 | nDCG@10 |",
        "|---|---|---|---|---|---|",
        *(
            f"| {row.set_name} | {row.n:,} | {row.way} | "
            f"{row.recall_at_1:.3f} | {row.recall_at_5:.3f} | {row.ndcg_at_10:.3f} |"
            for row in results.retrieval
        ),
        "",
        f"- English sentence → its Swedish translation among {results.n_cross_lingual_candidates:,} Swedish sentences: "
        f"R@5 {results.cross_lingual_recall_at_5:.3f} (n = {results.n_cross_lingual}, held out).",
        f"- Sweparaphrase, dev: Spearman {results.graded_correlation:.3f} (n = {results.n_graded:,}).",
        f"- {cost.size_bytes / 1e6:.1f} MB on disk; loads in {cost.load_cpu_s:.2f} s of CPU after imports; "
        f"{cost.question_cpu_ms:.2f} ms of CPU a question.",
        "",
        "| words, not in the training synonyms | cosine |",
        "|---|---|",
        *(f"| {name} | {value:.2f} |" for name, value in results.word_cosines.items()),
    ]


def overlap_lines(results: Results) -> list[str]:
    """The overlaps as Markdown; collections without any are named in one line."""
    found = [row for row in results.overlaps if row.shared_texts]
    lines = [
        "| training texts | of | set | texts left out | rows of the set |",
        "|---|---|---|---|---|",
        *(
            f"| {row.collection} | {row.texts:,} | {row.retrieval_set} | {row.shared_texts} | {row.shared_passages} |"
            for row in found
        ),
    ]
    return [
        *lines,
        "",
        f"The other {len(results.overlaps) - len(found)} of {len(results.overlaps)} comparisons found none.",
    ]
