"""Metric: whether the assistant was right to hold back, of the times that it did."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the sources do not answer the question; judged where the assistant says that they do not."""
    if answer.status != "not_in_sources":
        return not_judged("did not hold back")
    return fails("the sources answer this") if case.status == "answered" else HOLDS
