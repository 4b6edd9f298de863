"""Command line of the retrieval benchmark: ``python -m evals retrieval SET_DIR``."""

import json
import sys
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from rich.console import Console

from corpus.settings import Settings
from evals.retrieval import SOURCES_NAME, RetrievalSet, load_set, reworded, run_rankers, write_documents
from evals.retrieval_table import figures_of, retrieval_table

if TYPE_CHECKING:
    from corpus.word_vectors import WordVectors


def main(settings: Settings, set_dir: Path, questions: Path | None, model: str, *, as_json: bool) -> int:
    """Rank a set's passages for its questions, or for other wordings of them, and print the figures; the exit code."""
    loaded = load_set(set_dir)
    if questions:
        loaded = replace(loaded, questions=reworded(loaded.questions, questions))
    figures = measure_set(loaded, model, settings)
    if as_json:
        print(json.dumps(figures))
    else:
        Console().print(retrieval_table(figures))
    return 0


def measure_set(loaded: RetrievalSet, model: str, settings: Settings) -> dict[str, Any]:
    """Take the set's passages in, into an index of their own, and rank them for every question."""
    with tempfile.TemporaryDirectory(prefix="fraga-retrieval-") as scratch:
        return _measured(loaded, Path(scratch), model, settings)


def _measured(loaded: RetrievalSet, scratch: Path, model: str, settings: Settings) -> dict[str, Any]:
    from assistant.rerank import load_reranker
    from assistant.retrieve import CANDIDATES, Mode, Retriever
    from assistant.startup import silence_telemetry, spare_processors

    silence_telemetry()
    spare_processors()
    from corpus.embedder import load_embedder
    from corpus.generations import open_current
    from corpus.knowledge import load_knowledge
    from corpus.swedish import SwedishAnalyzer
    from ingest.sync import Bundle, sync

    documents = scratch / "documents"
    documents.mkdir()
    passage_ids = write_documents(loaded.passages, documents)
    embedder = load_embedder(model, **settings.embedder_options)
    report = sync(scratch / "data", embedder, bundle=Bundle(documents, documents / SOURCES_NAME))
    for problem in report.problems:
        print(f"left out: {problem}", file=sys.stderr)
    index = open_current(scratch / "data", embedder)
    reranker = load_reranker(settings.reranker, allow_download=settings.allow_download)
    retriever = Retriever(index, embedder, SwedishAnalyzer(), load_knowledge(), _words(model), reranker)

    def rank(mode: Mode, question: str) -> list[str]:
        hits = retriever.search(question, CANDIDATES, mode)
        return [passage_ids[index.passage(hit.passage_id).document_id] for hit in hits]

    ranked = run_rankers({mode: partial(rank, mode) for mode in get_args(Mode)}, loaded.questions)
    index.close()
    return figures_of(ranked, len(loaded.questions), embedder.name)


def _words(model: str) -> "WordVectors":
    """The words of a static model in a folder, as if it were the built-in one; else the built-in model's."""
    from corpus.word_vectors import is_static, load_word_vectors

    folder = Path(model)
    return load_word_vectors(folder) if is_static(folder) else load_word_vectors()
