"""Command line of the eval suite: known answers, the retrieval benchmark, training, and what answers cost."""

import argparse
import json
import platform
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from rich.console import Console
from rich.progress import track
from rich.table import Table

from corpus.errors import FragaError, UsageError
from corpus.settings import Settings, load_settings

if TYPE_CHECKING:
    from assistant.answer import Assistant
    from corpus.index import Index
    from corpus.store import Store
    from evals.retrieval import RetrievalSet

STDERR = Console(stderr=True)
LIBRARIES = ("chromadb", "sentence-transformers", "tantivy", "torch")
Item = TypeVar("Item")


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    top = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask the known answers; exits 1 below the thresholds")
    run.add_argument(
        "--cases", nargs="+", type=Path, metavar="FILE", help="YAML or JSONL files (default: the project's)"
    )
    run.add_argument("--split", choices=("dev", "heldout"), help="only the cases of one split")
    run.add_argument(
        "--answers", type=Path, metavar="FILE", help="score a report's answers.jsonl, without asking again"
    )
    run.add_argument("--json", action="store_true", help="print the totals as JSON on stdout")
    run.add_argument("--report", type=Path, metavar="DIR", help="folder for the report (default: in the data folder)")
    retrieval = commands.add_parser("retrieval", help="rank a set's passages by BM25, dense and hybrid search")
    retrieval.add_argument("set_dir", type=Path, metavar="SET_DIR", help="folder with passages.jsonl, questions.jsonl")
    retrieval.add_argument("--model", metavar="NAME", help="embedding model (default: FRAGA_EMBEDDING_MODEL)")
    retrieval.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    train = commands.add_parser("train", help="train the built-in embedding model")
    train.add_argument("data_dir", metavar="DATA_DIR", help="folder with corpora, pairs, parallel, synonyms and sts")
    train.add_argument("out_dir", metavar="OUT_DIR", help="folder for the model, its card and its figures")
    bench = commands.add_parser("bench", help="CPU time of a question, start-up time of the commands")
    bench.add_argument("--rounds", type=int, default=3, help="times that everything is measured (default: 3)")
    bench.add_argument("--json", action="store_true", help="print the figures as JSON on stdout")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is 0, 1 (below a threshold, no index) or 2 (wrong use or bad input)."""
    options = parser().parse_args(arguments)
    commands = {"run": _run, "retrieval": _retrieval, "train": _train, "bench": _bench}
    try:
        return commands[options.command](load_settings(), options)
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def _run(settings: Settings, options: argparse.Namespace) -> int:
    from corpus.generations import open_store
    from evals.cases import case_files, load_cases
    from evals.gate import Output, judge
    from evals.run import ask_all, load_answers
    from evals.thresholds import AIMS_PATH, load_thresholds

    least = load_thresholds()
    files = tuple(options.cases or case_files())
    cases = [case for case in load_cases(files) if options.split in (None, case.split)]
    if not cases:
        raise UsageError(f"no cases of split {options.split} in {', '.join(map(str, files))}")
    index: Store | Index
    if options.answers:
        answered = load_answers(options.answers, cases)
        index = open_store(settings.data_dir)
    else:
        assistant = _open(settings)
        index = assistant.index
        answered = tuple(_progress(ask_all(cases, assistant.ask), len(cases), "Asking"))
    report = options.report or settings.data_dir / "evals" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    config = {
        "cases": [str(path) for path in files],
        "split": options.split or "all",
        "generation": answered[0].answer.generation,
        "embedding_model": settings.embedding_model,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
    }
    return judge(answered, index.document, least, Output(report, options.json), config, load_thresholds(AIMS_PATH))


def _retrieval(settings: Settings, options: argparse.Namespace) -> int:
    from evals.retrieval import load_set

    loaded = load_set(options.set_dir)
    with tempfile.TemporaryDirectory(prefix="fraga-retrieval-") as scratch:
        figures = _measure_retrieval(loaded, Path(scratch), options.model or settings.embedding_model)
    if options.json:
        print(json.dumps(figures))
    else:
        Console().print(_retrieval_table(figures))
    return 0


def _measure_retrieval(loaded: "RetrievalSet", scratch: Path, model: str) -> dict[str, Any]:
    """Takes the set's passages in as documents are, into an index of their own, and ranks them for every question."""
    from assistant.retrieve import CANDIDATES, Mode, Retriever
    from assistant.startup import silence_telemetry

    silence_telemetry()
    from corpus.embedder import load_embedder
    from corpus.generations import open_current
    from corpus.knowledge import load_knowledge
    from corpus.swedish import SwedishAnalyzer
    from evals.retrieval import SOURCES_NAME, measure, write_documents
    from ingest.sync import Bundle, sync

    documents = scratch / "documents"
    documents.mkdir()
    passage_ids = write_documents(loaded.passages, documents)
    embedder = load_embedder(model)
    report = sync(scratch / "data", embedder, bundle=Bundle(documents, documents / SOURCES_NAME))
    for problem in report.problems:
        print(f"left out: {problem}", file=sys.stderr)
    index = open_current(scratch / "data", embedder)
    retriever = Retriever(index, embedder, SwedishAnalyzer(), load_knowledge())

    def rank(mode: Mode, question: str) -> list[str]:
        hits = retriever.search(question, CANDIDATES, mode)
        return [passage_ids[index.passage(hit.passage_id).document_id] for hit in hits]

    figures = measure({mode: partial(rank, mode) for mode in get_args(Mode)}, loaded.questions)
    index.close()
    return figures


def _retrieval_table(figures: Mapping[str, Any]) -> Table:
    rankers = {name: means for name, means in figures.items() if name != "n"}
    names = next(iter(rankers.values()))
    table = Table("", *names, title=f"n {figures['n']}")
    for ranker, means in rankers.items():
        table.add_row(ranker, *(f"{means[name]:.3f}" for name in names))
    return table


def _train(settings: Settings, options: argparse.Namespace) -> int:
    from evals.training.__main__ import main as train

    return train([options.data_dir, options.out_dir])


def _bench(settings: Settings, options: argparse.Namespace) -> int:
    from evals.bench.cpu import measure_cpu
    from evals.bench.start import COMMANDS, measure_start
    from evals.bench.table import figures_json, figures_table
    from evals.cases import case_files, load_cases

    if options.rounds < 1:
        raise UsageError(f"bench: --rounds {options.rounds}: expected 1 or more")
    questions = [case.question for case in load_cases(case_files()) if not case.history]
    cpu = measure_cpu(_open(settings).ask, questions, options.rounds)
    starts = [measure_start(name, options.rounds) for name in _progress(COMMANDS, len(COMMANDS), "Starting")]
    if options.json:
        print(json.dumps(figures_json(cpu, starts)))
    else:
        Console().print(figures_table(cpu, starts))
    return 0


def _open(settings: Settings) -> "Assistant":
    """The assistant; a first use builds the index from the bundled documents."""
    from assistant.startup import load_assistant, silence_telemetry

    silence_telemetry()
    from ingest.first_use import ensure_index

    ensure_index(settings)
    return load_assistant(settings)


def _progress(items: Iterable[Item], total: int, label: str) -> Iterator[Item]:
    """The items, with a bar on stderr where that is a terminal."""
    return iter(track(items, label, total=total, console=STDERR, disable=not STDERR.is_terminal))


if __name__ == "__main__":
    sys.exit(main())
