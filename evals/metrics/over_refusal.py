"""Metric: whether the assistant held back although the sources answer; the one metric of which less is better."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, not_judged


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when a question that the sources answer got no answer; not judged for the others."""
    if case.status != "answered":
        return not_judged("the sources do not answer this")
    return Score(0.0, "was answered") if answer.status == "answered" else HOLDS
