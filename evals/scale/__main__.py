"""Command line of the benchmark of size: ``python -m evals scale DATA_DIR --passages N``."""

import json
import sys
import tempfile
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, get_args

from corpus.errors import FragaError, UsageError
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from corpus.embedder import Embedder
    from corpus.index import Index
    from evals.scale.measure import Built, Recall

N_QUESTIONS = 300
READ_ROWS = 2_000
PROGRESS_STEP = 25_600
BUILT_NAME = "built.json"
PARTS = ("documents.sqlite", "lexical", "chroma")


def build_index(settings: Settings, data_dir: Path, n_passages: int, folder: Path) -> "Built":
    """The project's own documents and so many of the corpora's, in ``folder``; built once, then kept."""
    from corpus.embedder import load_embedder
    from evals.scale.documents import corpus_documents, write_documents
    from evals.scale.measure import Built, peak_mb
    from ingest.sync import sync

    kept = folder / BUILT_NAME
    if kept.is_file():
        return Built(**json.loads(kept.read_text("utf-8")))
    documents = folder / "documents"
    if documents.exists():
        raise UsageError(f"{folder}: holds an index that was never finished; delete it, or name another folder")
    write_documents(corpus_documents(data_dir, n_passages), documents)
    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    started = perf_counter()
    report = sync(folder / "data", embedder, [documents], progress=_progress)
    built = Built(report.n_documents, report.n_passages, perf_counter() - started, peak_mb())
    kept.write_text(json.dumps(asdict(built)), "utf-8")
    return built


def ask_index(settings: Settings, data_dir: Path, index_dir: Path, built: "Built") -> dict[str, Any]:
    """Ask an index that is built, and return its figures together with those of the build."""
    from assistant.retrieve import CANDIDATES, Mode, Retriever
    from assistant.startup import assistant_over, spare_processors
    from corpus.embedder import load_embedder
    from corpus.generations import open_current
    from corpus.knowledge import load_knowledge
    from corpus.swedish import SwedishAnalyzer
    from corpus.word_vectors import load_word_vectors
    from evals.scale.measure import ScaleFigures, folder_mb, resident_mb, speed

    spare_processors()
    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    embedder.embed_query("a")
    empty_mb = resident_mb()
    index = open_current(index_dir, embedder)
    folder = index_dir / "generations" / index.manifest.generation
    retriever = Retriever(index, embedder, SwedishAnalyzer(), load_knowledge(), load_word_vectors())
    questions = _questions(data_dir)
    speeds = {mode: speed(partial(retriever.search, top_k=CANDIDATES, mode=mode), questions) for mode in get_args(Mode)}
    speeds["answer"] = speed(assistant_over(index, embedder, settings).ask, questions)
    memory_mb = resident_mb()
    recall = _recall(index, embedder, folder, questions)
    index.close()
    disk_mb = {part: folder_mb(folder / part) or (folder / part).stat().st_size / 1e6 for part in PARTS}
    return asdict(ScaleFigures(built, disk_mb, empty_mb, memory_mb, speeds, recall))


def _questions(data_dir: Path) -> list[str]:
    from evals.training.texts import authority_questions

    pairs = authority_questions(data_dir / "pairs" / "authority-pages-train.jsonl")
    return list(dict.fromkeys(pair.query for pair in pairs))[:N_QUESTIONS]


def _recall(index: "Index", embedder: "Embedder", folder: Path, questions: list[str]) -> "Recall":
    """How many of the ten passages nearest to each question the index finds, against comparing with every vector."""
    import numpy as np

    from corpus.store import Store
    from corpus.vectors import VectorIndex
    from evals.scale.measure import RECALL_K, recall_against_exact

    store, vectors = Store(folder), VectorIndex(folder)
    ids = [passage.passage_id for batch in store.batches(READ_ROWS) for passage in batch]
    rows = np.concatenate([vectors.vectors(ids[start : start + READ_ROWS]) for start in range(0, len(ids), READ_ROWS)])
    queries = np.stack([embedder.embed_query(question) for question in questions])
    recall = recall_against_exact(lambda query: index.dense(query, RECALL_K), queries, ids, rows)
    store.close()
    vectors.close()
    return recall


def _progress(what: str, done: int, total: int) -> None:
    if done % PROGRESS_STEP == 0:
        print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)


def main(data_dir: Path, n_passages: int, keep: Path | None) -> int:
    """Measure one size, in a temporary folder or one that is kept, and print its figures as JSON; the exit code."""
    from assistant.startup import silence_telemetry

    silence_telemetry()
    settings = load_settings()
    try:
        with tempfile.TemporaryDirectory(prefix="fraga-scale-") as scratch:
            folder = keep or Path(scratch)
            built = build_index(settings, data_dir, n_passages, folder)
            print(json.dumps(ask_index(settings, data_dir, folder / "data", built)))
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0
