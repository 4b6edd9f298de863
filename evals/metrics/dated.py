"""Metric: whether the date in a label is that of what it stands before: its source's, or since when it holds."""

import re
from collections.abc import Iterator

from assistant.models import Answer, Citation
from corpus.numerals import MONTHS
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import LABEL_DATE, spans_of, statements

_DATE = re.compile(rf"(?:(?:(\d{{1,2}})\s+)?({'|'.join(MONTHS)})\s+)?(\d{{4}})", re.IGNORECASE)


def _iso(label: str) -> str:
    """A Swedish date as ISO, with as many parts as it has: ``1 juli 2026`` → ``2026-07-01``; "" for anything else."""
    found = _DATE.search(label)
    if not found:
        return ""
    day, month, year = found.groups()
    parts = [year] + ([f"{MONTHS.index(month.lower()) + 1:02}"] if month else []) + ([f"{int(day):02}"] if day else [])
    return "-".join(parts)


def _dates(citation: Citation, documents: Documents) -> Iterator[str]:
    """The dates that may stand before a quote."""
    yield citation.date
    if citation.document_id in documents:
        for update in documents[citation.document_id].updates:
            if spans_of(update.by, citation.quote) or spans_of(citation.quote, update.by):
                yield update.since


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when every date in a label fits a citation behind it; not judged where no label has one."""
    if answer.status != "answered" or not LABEL_DATE.search(answer.answer):
        return not_judged("no dated label")
    by_number = {citation.number: citation for citation in answer.citations}
    for said, numbers in statements(answer.answer):
        cited = [by_number[number] for number in numbers if number in by_number]
        fitting = {date for citation in cited for date in _dates(citation, documents)}
        for label in LABEL_DATE.finditer(said):
            if _iso(label[0]) not in fitting:
                return fails(f"a label says {label[0]} before what is of {', '.join(sorted(fitting)) or 'no date'}")
    return HOLDS
