"""Metric: whether an answer leans on no more citations than a reader will check."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged

MAX_CITATIONS = 3


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 at three citations or fewer; judged for answers to anything but questions for a list."""
    if answer.status != "answered":
        return not_judged("not answered")
    if case.kind == "list":
        return not_judged("a list may have more")
    if len(answer.citations) > MAX_CITATIONS:
        return fails(f"{len(answer.citations)} citations, at most {MAX_CITATIONS}")
    return HOLDS
