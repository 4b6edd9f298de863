"""Metric: whether the assistant holds back where the sources do not answer (the recall of abstention)."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when a question that the sources do not answer got no answer; not judged for the others."""
    if case.status == "answered":
        return not_judged("the sources answer this")
    if answer.status == "answered":
        return fails(f"expected {case.status}, got an answer")
    return HOLDS
