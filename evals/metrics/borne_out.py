"""Metric: whether every number that an answer says stands in what it cites or in the question."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import LABEL_DATE, without_markers
from evals.quantities import quantities


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the answer's numbers are among those of its quotes; not judged where it says none.

    Dates of labels, such as *Tidigare (juni 2024):*, are another metric's.
    """
    said = quantities(LABEL_DATE.sub(":", without_markers(answer.answer)))
    if answer.status != "answered" or not said:
        return not_judged("no number said")
    known = quantities("\n".join([answer.question, *(citation.quote for citation in answer.citations)]))
    unknown = sorted(f"{quantity.value:f} {quantity.unit}".strip() for quantity in said - known)
    return fails("no source for: " + "; ".join(unknown)) if unknown else HOLDS
