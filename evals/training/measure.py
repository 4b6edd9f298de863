"""Last step of training: what the finished model does on the development sets, and what it costs."""

import importlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np

from corpus.embedder import Embedder, SentenceTransformerEmbedder
from evals.retrieval import RetrievalSet, measure
from evals.training.texts import GradedPair, TextPair

WINDOW_WORDS, WINDOW_STEP_WORDS = 60, 30
COST_QUESTION = "Kan Malmö få undantag från lagstiftningen för att bedriva försöksverksamhet?"
# Word pairs that mean much the same; read by people, never trained on (the training leaves them out of the synonyms).
WORD_PAIRS = (
    TextPair("kosta", "kostnad"), TextPair("kostnad", "utgift"), TextPair("undantag", "dispens"),
    TextPair("försök", "pilotprojekt"), TextPair("befogenhet", "rådighet"), TextPair("arbetslös", "arbetssökande"),
    TextPair("bidrag", "försörjningsstöd"), TextPair("lagstiftning", "regelverk"), TextPair("kommun", "stad"),
    TextPair("försöksverksamhet", "försök"), TextPair("förvaltning", "myndighet"), TextPair("anställning", "jobb"),
)  # fmt: skip


@dataclass(frozen=True)
class RetrievalFigures:
    """Recall and nDCG of one set, in one of two ways: whole passages, or the best of a passage's word windows."""

    set_name: str
    way: str
    recall_at_1: float
    recall_at_5: float
    ndcg_at_10: float
    n: int


@dataclass(frozen=True)
class Cost:
    """What the model takes: bytes on disk, seconds of CPU to load after imports, milliseconds of CPU a question."""

    size_bytes: int
    load_cpu_s: float
    question_cpu_ms: float


def retrieval_figures(name: str, data: RetrievalSet, embedder: Embedder) -> list[RetrievalFigures]:
    """Exact dense search over a set, with whole passages and with word windows."""
    figures = []
    questions = np.stack([embedder.embed_query(row.question) for row in data.questions])
    numbers = {row.question: number for number, row in enumerate(data.questions)}
    for way, windowed in (("whole passages", False), (f"{WINDOW_WORDS}-word windows", True)):
        pieces = [(row.id, text) for row in data.passages for text in (windows(row.text) if windowed else [row.text])]
        scores = questions @ embedder.embed_passages([text for _, text in pieces]).T

        def ranked(question: str, ids: Sequence[str] = [i for i, _ in pieces], scores: Any = scores) -> list[str]:
            return [ids[at] for at in np.argsort(-scores[numbers[question]], kind="stable")]

        dense = measure({"dense": ranked}, data.questions)["dense"]
        figures.append(
            RetrievalFigures(name, way, dense["recall@1"], dense["recall@5"], dense["ndcg@10"], len(data.questions))
        )
    return figures


def windows(text: str) -> list[str]:
    """Overlapping runs of words of a text."""
    words = text.split()
    last = max(1, len(words) - WINDOW_WORDS + WINDOW_STEP_WORDS)
    return [" ".join(words[at : at + WINDOW_WORDS]) for at in range(0, last, WINDOW_STEP_WORDS)]


def cross_lingual_recall(held_out: Sequence[TextPair], others: Sequence[str], embedder: Embedder, k: int) -> float:
    """How often an English sentence's own Swedish translation is among the first ``k`` of all the Swedish sentences."""
    targets = embedder.embed_passages([*(pair.passage for pair in held_out), *others])
    questions = np.stack([embedder.embed_query(pair.query) for pair in held_out])
    scores = questions @ targets.T
    own = np.diagonal(scores)[:, None]
    return float(np.mean((scores > own).sum(axis=1) < k))


def graded_correlation(pairs: Sequence[GradedPair], embedder: Embedder) -> float:
    """Spearman's rank correlation of cosines with people's grades."""
    first = embedder.embed_passages([pair.first for pair in pairs])
    second = embedder.embed_passages([pair.second for pair in pairs])
    cosines = (first * second).sum(axis=1)
    return float(np.corrcoef(_ranks(cosines), _ranks(np.asarray([pair.similarity for pair in pairs])))[0, 1])


def _ranks(values: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Ranks from 0, ties sharing their mean."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return (ends - (counts + 1) / 2)[inverse]


def word_cosines(pairs: Sequence[TextPair], embedder: Embedder) -> dict[str, float]:
    """The cosine of each pair of words, by *a–b*; and the mean cosine of words of different pairs."""
    first = embedder.embed_passages([pair.query for pair in pairs])
    second = embedder.embed_passages([pair.passage for pair in pairs])
    cosines = first @ second.T
    others = cosines[~np.eye(len(pairs), dtype=bool)]
    named = {f"{pair.query}–{pair.passage}": float(cosines[i, i]) for i, pair in enumerate(pairs)}
    return named | {"unrelated words (mean)": float(fmean(others))}


def cost(folder: Path, repeats: int = 300) -> Cost:
    """Load the model from a folder once more and ask it questions, one after the other."""
    importlib.import_module("sentence_transformers")  # that is not the model's time
    before = time.process_time()
    embedder = SentenceTransformerEmbedder(str(folder))
    embedder.embed_query(COST_QUESTION)  # loads it
    load_s = time.process_time() - before
    before = time.process_time()
    for _ in range(repeats):
        embedder.embed_query(COST_QUESTION)
    question_ms = (time.process_time() - before) / repeats * 1000
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return Cost(size, load_s, question_ms)
