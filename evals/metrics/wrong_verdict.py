"""Metric: whether an answer gives another verdict than the right one, which is worse than giving none."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import Documents, Score, fails, not_judged


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when a verdict was given that is wrong, so less is better; judged where one is expected or none can be had."""
    if case.verdict is None and case.status == "answered":
        return not_judged("no verdict expected")
    if answer.verdict in (None, case.verdict):
        return fails("none, or the right one")
    return Score(1.0, f"expected {case.verdict or 'none'}, got {answer.verdict}")
