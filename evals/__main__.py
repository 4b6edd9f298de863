"""Command line of the eval suite: puts cases, assistant, gates and reports together."""

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import track

from corpus.errors import FragaError, UsageError
from corpus.piped import ended_cleanly
from corpus.settings import Settings, load_settings
from evals.grammar import parser

if TYPE_CHECKING:
    from collections.abc import Callable

    from assistant.answer import Assistant
    from corpus.embedder import Embedder
    from corpus.models import Document
    from evals.bench.ingestion import Figure

STDERR = Console(stderr=True)
SAMPLE_SEED = 0
Item = TypeVar("Item")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code is 0, 1 (below a threshold, no index) or 2 (wrong use or bad input)."""
    options = parser().parse_args(arguments)
    commands = {"retrieval": _retrieval, "train": _train, "scale": _scale, "bench": _bench, "ingestion": _ingestion}
    commands |= {"chat": _chat, "others": _others}
    try:
        return commands.get(options.command, _known_answers)(load_settings(), options)
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130


def _known_answers(settings: Settings, options: argparse.Namespace) -> int:
    from evals.commands import COMMANDS, Parts
    from ingest.sync import sync

    opened = partial(_open, settings.model_copy(update={"chat_model": ""})), partial(_open, settings)
    return COMMANDS[options.command](Parts(settings, *opened, _bundled, sync, _progress), options)


def _bundled() -> "Mapping[str, Document]":
    """The documents that come with the program, by id, as they would be stored."""
    from ingest.origins import gather
    from ingest.parse.document import parse_bytes
    from ingest.parse.files import read_bytes

    with tempfile.TemporaryDirectory(prefix="fraga-check-") as nothing:  # a data folder without uploads
        parsed = [parse_bytes(read_bytes(entry.path), entry).document for entry in gather(Path(nothing)).entries]
    return {document.source.document_id: document for document in parsed}


def _retrieval(settings: Settings, options: argparse.Namespace) -> int:
    from evals.searching.__main__ import main as search

    model = options.model or settings.embedding_model
    return search(settings, options.set_dir, options.questions, model, as_json=options.json)


def _train(settings: Settings, options: argparse.Namespace) -> int:
    from evals.training.__main__ import main as train

    return train(options.data_dir, options.out_dir, card_only=options.card_only)


def _scale(settings: Settings, options: argparse.Namespace) -> int:
    from evals.scale.__main__ import main as scale

    return scale(options.data_dir, options.passages, options.keep)


def _bench(settings: Settings, options: argparse.Namespace) -> int:
    from evals.bench.cpu import measure_cpu
    from evals.bench.start import COMMANDS, measure_start
    from evals.bench.table import figures_json, figures_table
    from evals.cases import case_files, load_cases

    if options.rounds < 1:
        raise UsageError(f"bench: --rounds {options.rounds}: expected 1 or more")
    questions = [case.question for case in load_cases(case_files()) if not case.history]
    cpu = measure_cpu(_open(settings.model_copy(update={"chat_model": ""})).ask, questions, options.rounds)
    starts = [measure_start(name, options.rounds) for name in _progress(COMMANDS, len(COMMANDS), "Starting")]
    if options.json:
        print(json.dumps(figures_json(cpu, starts)))
    else:
        Console().print(figures_table(cpu, starts))
    return 0


def _chat(settings: Settings, options: argparse.Namespace) -> int:
    from evals.cases import case_files, load_cases
    from evals.chat.command import chat

    if options.answers < 1:
        raise UsageError(f"chat: --answers {options.answers}: expected 1 or more")
    return chat(settings, _open, load_cases(case_files()), options.answers, as_json=options.json)


def _ingestion(settings: Settings, options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from corpus.embedder import load_embedder
    from evals.bench import ingestion as bench
    from evals.bench.peaks import measure_peaks, peaks_table
    from ingest.entries import Entry
    from ingest.parse_ahead import parse_ahead
    from ingest.sandbox import Sandbox, Work
    from ingest.sync import Bundle, sync

    embedder = load_embedder(settings.embedding_model)
    embedder.embed_query("a")  # loading the model is not the documents' time

    def parse(files: Sequence[bytes]) -> int:
        works = (Work(data, Entry(Path(f"{n}.pdf"), "upload")) for n, data in enumerate(files))
        with Sandbox() as sandbox:
            return sum(result.error is None for result in parse_ahead(works, sandbox))

    with tempfile.TemporaryDirectory(prefix="fraga-ingestion-") as name:
        scratch = Path(name)

        def take_in(documents: Path, data_dir: Path) -> int:
            return sync(data_dir, embedder, [documents], Bundle(scratch / "none", scratch / "none.yaml")).n_passages

        if options.memory:
            write = partial(bench.write_statutes, options.corpora)
            peaks = measure_peaks(take_in, write, scratch, options.documents)
            figures, table = [asdict(peak) for peak in peaks], peaks_table(peaks)
        else:
            found = []
            for figure in _ingestion_figures(options, embedder, take_in, parse, scratch):
                STDERR.print(f"{figure.what}: {figure.n:,} {figure.unit} in {figure.seconds:.1f} s")  # all take an hour
                found.append(figure)
            figures, table = [asdict(figure) for figure in found], bench.figures_table(found)
    if options.json:
        print(json.dumps(figures))
    else:
        Console(width=None if sys.stdout.isatty() else 140).print(table)
    return 0


def _ingestion_figures(
    options: argparse.Namespace,
    embedder: "Embedder",
    take_in: "Callable[[Path, Path], int]",
    parse: "Callable[[Sequence[bytes]], int]",
    scratch: Path,
) -> "Iterator[Figure]":
    from evals.bench import ingestion as bench

    (scratch / "one").mkdir()
    (scratch / "one" / "a.txt").write_text("Detta är en mening.")
    yield bench.measure_start(lambda: take_in(scratch / "one", scratch / "one-data"))
    for corpus, write in (("statutes", bench.write_statutes), ("web pages", bench.write_pages)):
        documents, data_dir = scratch / corpus, scratch / f"{corpus}-data"
        documents.mkdir()
        write(options.corpora, documents, options.documents)
        yield from bench.measure_documents(corpus, partial(take_in, documents, data_dir), data_dir)
        yield from bench.measure_plain(corpus, embedder, documents, scratch / f"{corpus}-plain")
    yield from bench.measure_pdfs(parse, list(bench.paragraphs_of(scratch / "statutes"))[: options.pdfs])


def _others(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.startup import load_assistant
    from corpus.embedder import load_embedder
    from evals.others.measure import ask_others, figures, others_table
    from evals.others.questions import load_questions, write_documents
    from ingest.sync import Bundle, sync

    every = load_questions()
    questions = random.Random(SAMPLE_SEED).sample(every, min(options.questions, len(every)))
    with tempfile.TemporaryDirectory(prefix="fraga-others-") as name:
        scratch = Path(name)
        (scratch / "documents").mkdir()
        texts = write_documents(every, options.data_dir, scratch / "documents")
        bundle = Bundle(scratch / "none", scratch / "none.yaml")
        sync(scratch / "data", load_embedder(settings.embedding_model), [scratch / "documents"], bundle)
        ask = load_assistant(settings.model_copy(update={"data_dir": scratch / "data", "chat_model": ""})).ask
        tallies = ask_others(_progress(questions, len(questions), "Asking"), texts, ask)
    if options.json:
        print(json.dumps({name: {"ratio": r.ratio, "n": r.n} for name, r in figures(tallies).items()}))
        return 0
    Console(width=None if sys.stdout.isatty() else 120).print(others_table(tallies))
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
    sys.exit(ended_cleanly(main))
