"""Metric: whether a yes/no question got the expected verdict."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the verdicts agree; not judged where the case expects none."""
    if case.verdict is None:
        return not_judged("no verdict expected")
    if answer.verdict == case.verdict:
        return HOLDS
    return fails(f"expected verdict {case.verdict}, got {answer.verdict or 'none'}")
