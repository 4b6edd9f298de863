"""Metric: whether every number that an answer says stands in what it cites or in the question."""

import re

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import without_markers
from evals.quantities import quantities

_LABEL_DATE = re.compile(
    r"\([^()]*\)(?=:)"
)  # "Tidigare (juni 2024):" tells a source's date, which is checked elsewhere


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the answer's numbers are among those of its quotes; not judged where it says none."""
    said = quantities(_LABEL_DATE.sub("", without_markers(answer.answer)))
    if answer.status != "answered" or not said:
        return not_judged("no number said")
    known = quantities("\n".join([answer.question, *(citation.quote for citation in answer.citations)]))
    unknown = sorted(f"{quantity.value:f} {quantity.unit}".strip() for quantity in said - known)
    return fails("no source for: " + "; ".join(unknown)) if unknown else HOLDS
