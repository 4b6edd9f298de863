"""Retrieval benchmark: reads a set of passages and questions and measures how high the right passages are ranked."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from time import perf_counter
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import DocumentError, UsageError
from evals.bootstrap import Gain, paired_gain
from evals.metrics.ranking import first_occurrences, mrr_at, ndcg_at, recall_at
from evals.statistics import percentile

PASSAGES_NAME = "passages.jsonl"
QUESTIONS_NAME = "questions.jsonl"
SOURCES_NAME = "sources.yaml"
METRICS: Mapping[str, Callable[[Sequence[str], frozenset[str]], float]] = {
    "recall@1": lambda ranked, relevant: recall_at(1, ranked, relevant),
    "recall@5": lambda ranked, relevant: recall_at(5, ranked, relevant),
    "ndcg@10": lambda ranked, relevant: ndcg_at(10, ranked, relevant),
    "mrr@10": lambda ranked, relevant: mrr_at(10, ranked, relevant),
}
# A question in, the ids of the set's passages out, best first; an id may come more than once (a passage's chunks).
Ranker = Callable[[str], Sequence[str]]
Row = TypeVar("Row", bound=BaseModel)


class SetPassage(BaseModel):
    """A text of the set; it may be a whole page."""

    model_config = ConfigDict(frozen=True)

    id: Annotated[str, Field(min_length=1)]
    text: Annotated[str, Field(min_length=1)]


class SetQuestion(BaseModel):
    """A question and the ids of the passages that answer it."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: str
    relevant: Annotated[frozenset[str], Field(min_length=1)]


class Rewording(BaseModel):
    """Another wording of a set's question."""

    model_config = ConfigDict(frozen=True)

    id: str
    question: Annotated[str, Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class RetrievalSet:
    """The passages and the questions of one folder."""

    passages: tuple[SetPassage, ...]
    questions: tuple[SetQuestion, ...]


def load_set(folder: Path) -> RetrievalSet:
    """The set in a folder.

    Raises:
        UsageError: the folder lacks one of the two files, or it holds no rows.
        DocumentError: a row is malformed, an id occurs twice, or a question names a passage that is not there.
    """
    passages = _rows(folder / PASSAGES_NAME, SetPassage)
    questions = _rows(folder / QUESTIONS_NAME, SetQuestion)
    known = {passage.id for passage in passages}
    if len(known) < len(passages):
        raise DocumentError(f"{folder / PASSAGES_NAME}: an id occurs twice; every passage needs one of its own")
    for question in questions:
        if lost := question.relevant - known:
            where = f"{folder / QUESTIONS_NAME}: question {question.id}"
            raise DocumentError(f"{where}: names passage {min(lost)}, which is not in {PASSAGES_NAME}")
    return RetrievalSet(passages, questions)


def write_documents(passages: Sequence[SetPassage], folder: Path) -> dict[str, str]:
    """Writes each passage as a text file, and ``sources.yaml`` that lists them; document id to passage id.

    The document ids are numbers with leading zeros, which no question can match by chance.
    """
    named = {f"{number:08d}": passage for number, passage in enumerate(passages)}
    for document_id, passage in named.items():
        (folder / f"{document_id}.txt").write_text(passage.text, encoding="utf-8")
    documents = [{"id": document_id, "path": f"{document_id}.txt"} for document_id in named]
    (folder / SOURCES_NAME).write_text(json.dumps({"documents": documents}), encoding="utf-8")
    return {document_id: passage.id for document_id, passage in named.items()}


@dataclass(frozen=True, slots=True)
class Ranked:
    """What one ranker did: each metric's value for every question in order, and the milliseconds each one took."""

    values: Mapping[str, tuple[float, ...]]
    ms: tuple[float, ...]


def run_rankers(
    rankers: Mapping[str, Ranker], questions: Sequence[SetQuestion], clock: Callable[[], float] = perf_counter
) -> dict[str, Ranked]:
    """Every ranker on every question."""
    return {name: _ranked(ranker, questions, clock) for name, ranker in rankers.items()}


def measure(rankers: Mapping[str, Ranker], questions: Sequence[SetQuestion]) -> dict[str, Any]:
    """The mean of each metric for each ranker, and ``n``, the number of questions."""
    return means(run_rankers(rankers, questions)) | {"n": len(questions)}


def means(ranked: Mapping[str, Ranked]) -> dict[str, Any]:
    """The mean of each metric for each ranker."""
    return {name: {metric: fmean(v) for metric, v in each.values.items()} for name, each in ranked.items()}


def gains(ranked: Mapping[str, Ranked], baseline: str) -> dict[str, dict[str, Gain]]:
    """What each ranker gains over the ``baseline`` in each metric."""
    base = ranked[baseline]
    return {
        name: {metric: paired_gain(values, base.values[metric]) for metric, values in each.values.items()}
        for name, each in ranked.items()
        if name != baseline
    }


def timings(ranked: Mapping[str, Ranked]) -> dict[str, dict[str, float]]:
    """Milliseconds a question of each ranker, at the median and the 95th percentile."""
    return {name: {"p50": percentile(each.ms, 0.5), "p95": percentile(each.ms, 0.95)} for name, each in ranked.items()}


def reworded(questions: Sequence[SetQuestion], path: Path) -> tuple[SetQuestion, ...]:
    """The questions that ``path`` words in another way, such as English, in its words; the others are left out.

    Raises:
        UsageError: the file cannot be read, or holds no rows.
        DocumentError: a row is malformed, or names no question of the set.
    """
    known = {question.id: question for question in questions}
    rows = _rows(path, Rewording)
    if lost := next((row.id for row in rows if row.id not in known), None):
        raise DocumentError(f"{path}: names question {lost}, which is not in the set")
    return tuple(known[row.id].model_copy(update={"question": row.question}) for row in rows)


def _ranked(ranker: Ranker, questions: Iterable[SetQuestion], clock: Callable[[], float]) -> Ranked:
    values: dict[str, list[float]] = {name: [] for name in METRICS}
    ms = []
    for question in questions:
        started = clock()
        found = ranker(question.question)
        ms.append((clock() - started) * 1000)
        ranked = first_occurrences(found)
        for name, metric in METRICS.items():
            values[name].append(metric(ranked, question.relevant))
    return Ranked({name: tuple(scores) for name, scores in values.items()}, tuple(ms))


def _rows(path: Path, form: type[Row]) -> tuple[Row, ...]:
    try:
        lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"{path}: cannot be read; a retrieval set has {PASSAGES_NAME} and {QUESTIONS_NAME} ({error})"
        ) from None
    if not lines:
        raise UsageError(f"{path}: is empty; a retrieval set needs at least one row")
    rows: list[Row] = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(form.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise DocumentError(f"{path}: line {number}: {where}: {first['msg']}") from None
    return tuple(rows)
