"""The model's card: its data with licences, its figures with their n, its limits, and how to train it again."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from evals.training.loop import Recipe
from evals.training.measure import Cost, RetrievalFigures
from evals.training.overlap import Overlap

CARD_NAME, FIGURES_NAME = "README.md", "figures.json"
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
    pairs: Mapping[str, int]


def write_card(folder: Path, results: Results, recipe: Recipe, min_synonym_grade: float, run_words: int) -> None:
    """Write the card, and the figures beside it for machines."""
    (folder / CARD_NAME).write_text(card(results, recipe, min_synonym_grade, run_words), encoding="utf-8")
    figures = json.dumps({"recipe": asdict(recipe), **asdict(results)}, ensure_ascii=False, indent=1)
    (folder / FIGURES_NAME).write_text(figures + "\n", encoding="utf-8")


def card(results: Results, recipe: Recipe, min_synonym_grade: float, run_words: int) -> str:
    """The whole card as Markdown."""
    *related, unrelated = results.word_cosines.values()
    return TEMPLATE.read_text(encoding="utf-8").format(
        **asdict(recipe),
        grade=min_synonym_grade,
        run_words=run_words,
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
        f"- {cost.size_bytes / 1e6:.1f} MB on disk; loads in {cost.load_s:.2f} s after imports; "
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
