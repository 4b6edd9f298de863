"""First half of an eval run: asks every case's question, and keeps the answers so that they can be rescored."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from assistant.models import Answer, Turn
from corpus.errors import DocumentError, UsageError
from corpus.models import Document
from evals.cases import Case
from evals.metrics.score import Documents
from evals.scoring import AnsweredCase

Ask = Callable[[str, Sequence[Turn]], Answer]
_ANSWER = TypeAdapter(Answer)


def ask_all(cases: Iterable[Case], ask: Ask) -> Iterator[AnsweredCase]:
    """Each case with its answer, as they come."""
    for case in cases:
        yield AnsweredCase(case, ask(case.question, case.turns))


def stored_documents(answered: Iterable[AnsweredCase], stored: Callable[[str], Document]) -> Documents:
    """The documents that the cases expect or the answers cite, by id.

    Those for which ``stored`` raises UsageError are left out: the metrics say of them that they are not in the index.
    """
    wanted: set[str] = set()
    for one in answered:
        wanted.update((one.case.document, *(quote.document for quote in one.case.quotes)))
        wanted.update(citation.document_id for citation in (*one.answer.citations, *one.answer.nearest))
    documents: dict[str, Document] = {}
    for document_id in sorted(wanted):
        with suppress(UsageError):
            documents[document_id] = stored(document_id)
    return documents


def save_answers(path: Path, answered: Iterable[AnsweredCase]) -> None:
    """Writes one line a case: its id and the answer. The answer's own id, which is random, gives way to the case's."""
    with path.open("w", encoding="utf-8") as file:
        for one in answered:
            row = {"case": one.case.id, "answer": asdict(one.answer) | {"id": one.case.id}}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def load_answers(path: Path, cases: Iterable[Case], *, some: bool = False) -> tuple[AnsweredCase, ...]:
    """The saved answers, joined to their cases by id; with ``some``, those that are there.

    Raises:
        UsageError: the file cannot be read, or lacks an answer to one of the cases.
        DocumentError: a line is malformed.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read as saved answers ({error})") from None
    answers: dict[str, Answer] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            answers[row["case"]] = _ANSWER.validate_python(row["answer"])
        except (ValueError, KeyError, TypeError, ValidationError) as error:
            raise DocumentError(f"{path}: line {number}: not a saved answer: {' '.join(str(error).split())}") from None
    wanted = tuple(cases)
    lacking = [case.id for case in wanted if case.id not in answers]
    if lacking and not some:
        raise UsageError(f"{path}: no answer to case {', '.join(lacking[:5])}; run without --answers to ask again")
    return tuple(AnsweredCase(case, answers[case.id]) for case in wanted if case.id in answers)
