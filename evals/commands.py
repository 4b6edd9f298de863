"""The eval suite's commands on known answers: each puts cases, assistant, gate and report together."""

import argparse
import platform
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.answer import Assistant
from assistant.startup import load_assistant
from corpus.errors import UsageError
from corpus.generations import open_store
from corpus.models import Document
from corpus.settings import Settings
from evals.accept import accept
from evals.baseline import load_baseline
from evals.cases import Case, case_files, load_cases
from evals.check import flaws
from evals.coverage import coverage
from evals.crowd.assistant import Sync, crowded_assistant
from evals.crowd.documents import NEARBY, crowd_with
from evals.crowd.loss import loss
from evals.gate import Output, Standards, console_on, judge, score_run
from evals.metamorphic.survey import DISTRACTORS, compare, right_kept, sampled, varied
from evals.metamorphic.variants import VARIANTS
from evals.mutation.survey import survey
from evals.run import ask_all, load_answers, stored_documents
from evals.scoring import AnsweredCase, score_all
from evals.stress import tell_crowded, tell_metamorphic, tell_mutation
from evals.thresholds import AIMS_PATH, load_thresholds
from evals.wording import wording_figures, wording_lines

LIBRARIES = ("chromadb", "sentence-transformers", "tantivy", "torch")
Item = TypeVar("Item")


class Progress(Protocol):
    """Shows how far a loop has come."""

    def __call__(self, items: Iterable[Item], total: int, label: str) -> Iterator[Item]:
        """The items."""
        ...


@dataclass(frozen=True, slots=True)
class Parts:
    """What the commands are given by the entry point, which alone may reach into the other rooms."""

    settings: Settings
    open_assistant: Callable[[], Assistant]  # the extractive one
    open_worded: Callable[[], Assistant]  # the one with the chat model that the settings name
    bundled: Callable[[], Mapping[str, Document]]
    sync: Sync
    progress: Progress


def run(parts: Parts, options: argparse.Namespace) -> int:
    """Asks the known answers; 1 below the thresholds or the baseline."""
    cases = _cases(options)
    standards = _standards(whole=not options.cases and not options.split)  # first, as asking takes minutes
    by_model = options.answerer == "model"
    if by_model and not options.answers and not parts.settings.chat_model:
        raise UsageError("run: --answerer model: set FRAGA_CHAT_MODEL to the model that is to answer")
    answered, stored = _answered(parts, cases, options.answers, parts.open_worded if by_model else parts.open_assistant)
    figures = wording_figures(answered)
    config = {
        "answerer": figures.model if figures else "extractive",
        "cases": [str(path) for path in options.cases or ["the project's"]],
        "split": options.split or "all",
        "generation": answered[0].answer.generation,
        "embedding_model": parts.settings.embedding_model,
        "python": platform.python_version(),
        "versions": {name: version(name) for name in LIBRARIES},
    }
    output = Output(_report(parts, options), options.json)
    code = judge(score_run(answered, stored, standards), standards, output, config, figures)
    for line in wording_lines(figures) if figures else ():
        console_on(stderr=options.json).print(line, markup=False, highlight=False, soft_wrap=True)
    return code


def _cases(options: argparse.Namespace) -> list[Case]:
    """The cases that the options name: of the files given, or the project's, and of one split or all."""
    files = tuple(options.cases or case_files())
    cases = [case for case in load_cases(files) if options.split in (None, case.split)]
    if not cases:
        raise UsageError(f"no cases of split {options.split} in {', '.join(map(str, files))}")
    return cases


def _answered(
    parts: Parts, cases: list[Case], saved: Path | None, opened: Callable[[], Assistant] | None = None
) -> tuple[tuple[AnsweredCase, ...], Callable[[str], Document]]:
    """The cases with their answers, saved or asked for now, and the documents that they point into."""
    if saved:
        return load_answers(saved, cases), open_store(parts.settings.data_dir).document
    assistant = (opened or parts.open_assistant)()
    return tuple(parts.progress(ask_all(cases, assistant.ask), len(cases), "Asking")), assistant.index.document


def _standards(*, whole: bool) -> Standards:
    return Standards(load_thresholds(), load_thresholds(AIMS_PATH), load_baseline(), whole)


def _report(parts: Parts, options: argparse.Namespace) -> Path:
    folder: Path = options.report or parts.settings.data_dir / "evals" / f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    return folder


def check(parts: Parts, options: argparse.Namespace) -> int:
    """Names every flaw of the case files; 1 where there is one."""
    cases = _cases(options)
    documents = parts.bundled()
    found = flaws(cases, documents)
    for flaw in found:
        print(flaw)
    for covered in coverage(cases, documents) if options.coverage else ():
        print(covered)
        for sentence in covered.untouched:
            print(f"  not touched: {' '.join(covered.document.quote(sentence).split())}")
    print(f"{len(cases)} cases, {len(found)} flaws", file=sys.stderr)
    return 1 if found else 0


def baseline(parts: Parts, options: argparse.Namespace) -> int:
    """Makes how the known answers stand now what later runs are held to."""
    if not options.reason.strip():
        raise UsageError("baseline: --reason is empty; say why the answers are accepted as they are")
    cases = list(load_cases(case_files()))
    standards = _standards(whole=True)
    answered, stored = _answered(parts, cases, options.answers)
    return accept(score_run(answered, stored, standards), standards, options.reason, lower=options.lower_thresholds)


def mutate(parts: Parts, options: argparse.Namespace) -> int:
    """Spoils right answers and counts how many of them are found wrong; 1 when too few are."""
    least = load_thresholds()
    if options.n < 1:
        raise UsageError(f"mutate: --n {options.n}: expected 1 or more")
    answered, _ = _answered(parts, _cases(options), options.answers)
    store = open_store(parts.settings.data_dir)
    documents = {source.document_id: store.document(source.document_id) for source in store.sources()}
    found = survey(score_all(answered, documents), documents, options.n, options.seed)
    return tell_mutation(found, least, Output(_report(parts, options), options.json))


def metamorphic(parts: Parts, options: argparse.Namespace) -> int:
    """Puts the questions otherwise and counts the answers that stay; 1 when too few do."""
    least = load_thresholds()
    if options.sample < 0 or options.distractors < 0:
        raise UsageError("metamorphic: --sample and --distractors: expected 0 or more")
    cases = sampled(_cases(options), options.sample, options.seed)
    assistant = parts.open_assistant()
    base = tuple(parts.progress(ask_all(cases, assistant.ask), len(cases), "Asking as written"))
    answered = {}
    for kind in VARIANTS:
        put = varied(cases, kind, options.seed)
        answered[kind] = tuple(parts.progress(ask_all(put, assistant.ask), len(put), f"Asking with {kind}"))
    stored = assistant.index.document
    if options.distractors > 0:
        crowded = _crowd(parts, options.documents, options.distractors)
        answered[DISTRACTORS] = tuple(parts.progress(ask_all(cases, crowded.ask), len(cases), "Asking with others"))
        stored = crowded.index.document
    found = compare({one.case.id: one.answer for one in base}, answered)
    kept = right_kept(base, answered, stored)
    return tell_metamorphic(found, kept, least, Output(_report(parts, options), options.json))


def crowded(parts: Parts, options: argparse.Namespace) -> int:
    """Asks with many other documents around and counts what that costs; 1 when too much."""
    least = load_thresholds()
    cases = _cases(options)
    runs = []
    if options.index:
        among = load_assistant(parts.settings.model_copy(update={"data_dir": options.index}))
    else:
        among = _crowd(parts, options.documents, None)
    for assistant in (parts.open_assistant(), among):
        answered = tuple(parts.progress(ask_all(cases, assistant.ask), len(cases), "Asking"))
        runs.append(score_all(answered, stored_documents(answered, assistant.index.document)))
    return tell_crowded(loss(*runs), least, Output(_report(parts, options), options.json))


def _crowd(parts: Parts, source: Path | None, n: int | None) -> Assistant:
    """The assistant among ``n`` other documents (None: all that the source holds), its index kept for the next time."""
    if source is None and NEARBY.exists():
        source = NEARBY
    if source is None and n is None:
        raise UsageError("crowded: there are no statutes in ../shared; name other documents with --documents")
    folder = parts.settings.data_dir / "crowds" / f"{source.stem if source else 'made-up'}-{n or 'all'}"
    crowd_with(source, folder / "documents", n)
    return crowded_assistant(parts.settings, folder / "documents", folder / "data", parts.sync)


COMMANDS: Mapping[str, Callable[[Parts, argparse.Namespace], int]] = {
    "run": run,
    "check": check,
    "baseline": baseline,
    "mutate": mutate,
    "metamorphic": metamorphic,
    "crowded": crowded,
}
