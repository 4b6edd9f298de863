"""Command line of the benchmark of size: ``python -m evals scale DATA_DIR --passages N``."""

import json
import resource
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

import numpy as np

from corpus.errors import FragaError
from corpus.settings import Settings, load_settings

N_QUESTIONS = 300
READ_ROWS = 2_000
PARTS = ("documents.sqlite", "lexical", "chroma")


def measure_size(settings: Settings, data_dir: Path, n_passages: int, scratch: Path) -> dict[str, Any]:
    """Build an index of about ``n_passages`` in ``scratch``, ask it questions, and return the figures."""
    from assistant.startup import silence_telemetry

    silence_telemetry()
    from corpus.embedder import load_embedder
    from evals.retrieval import SOURCES_NAME, write_documents
    from evals.scale.documents import corpus_documents
    from ingest.sync import Bundle, sync

    documents = scratch / "documents"
    documents.mkdir(parents=True)
    write_documents(corpus_documents(data_dir, n_passages), documents)
    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    started = perf_counter()
    report = sync(scratch / "data", embedder, bundle=Bundle(documents, documents / SOURCES_NAME), progress=_progress)
    build_s = perf_counter() - started
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    built = {"n_documents": report.n_documents, "build_s": build_s, "build_peak_mb": peak_mb}
    return ask_size(settings, data_dir, scratch / "data", built)


def ask_size(settings: Settings, data_dir: Path, index_dir: Path, built: Mapping[str, Any]) -> dict[str, Any]:
    """Ask an index that is built, and return its figures together with those of the build."""
    from assistant.retrieve import CANDIDATES, Mode, Retriever
    from corpus.embedder import load_embedder
    from corpus.generations import open_current
    from corpus.knowledge import load_knowledge
    from corpus.store import Store
    from corpus.swedish import SwedishAnalyzer
    from corpus.vectors import VectorIndex
    from corpus.word_vectors import load_word_vectors
    from evals.scale.measure import ScaleFigures, folder_mb, recall_against_exact, resident_mb, speed
    from evals.training.texts import authority_questions

    embedder = load_embedder(settings.embedding_model, **settings.embedder_options)
    index = open_current(index_dir, embedder)
    folder = index_dir / "generations" / index.manifest.generation
    retriever = Retriever(index, embedder, SwedishAnalyzer(), load_knowledge(), load_word_vectors())
    pairs = authority_questions(data_dir / "pairs" / "authority-pages-train.jsonl")
    questions = list(dict.fromkeys(pair.query for pair in pairs))[:N_QUESTIONS]
    speeds = {mode: speed(partial(retriever.search, top_k=CANDIDATES, mode=mode), questions) for mode in get_args(Mode)}
    memory_mb = resident_mb()
    store = Store(folder)
    ids = [passage.passage_id for batch in store.batches(READ_ROWS) for passage in batch]
    store.close()
    vectors = VectorIndex(folder)
    rows = np.concatenate([vectors.vectors(ids[start : start + READ_ROWS]) for start in range(0, len(ids), READ_ROWS)])
    queries = np.stack([embedder.embed_query(question) for question in questions])
    recall = recall_against_exact(lambda query: index.dense(query, 10), queries, ids, rows)
    figures = ScaleFigures(
        n_passages=len(ids),
        n_documents=built["n_documents"],
        build_s=built["build_s"],
        build_peak_mb=built["build_peak_mb"],
        disk_mb={part: folder_mb(folder / part) or (folder / part).stat().st_size / 1e6 for part in PARTS},
        memory_mb=memory_mb,
        speed=speeds,
        hnsw_recall_at_10=recall,
        n_recall=len(questions),
    )
    vectors.close()
    index.close()
    return asdict(figures)


def _progress(what: str, done: int, total: int) -> None:
    if done % 51_200 == 0:
        print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)


def main(data_dir: Path, n_passages: int) -> int:
    """Measure one size in a temporary folder and print its figures as JSON; the exit code."""
    try:
        with tempfile.TemporaryDirectory(prefix="fraga-scale-") as scratch:
            print(json.dumps(measure_size(load_settings(), data_dir, n_passages, Path(scratch))))
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    return 0
