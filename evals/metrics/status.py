"""Metric: whether the outcome (answered, not in the sources, not a question) is the expected one."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the statuses agree."""
    if answer.status == case.status:
        return HOLDS
    return fails(f"expected status {case.status}, got {answer.status}")
