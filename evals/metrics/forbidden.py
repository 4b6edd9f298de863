"""Metric: whether the answer keeps clear of what must not be said."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import any_occurs


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when nothing forbidden stands in the answer's text; not judged where the case forbids nothing."""
    if not case.forbidden:
        return not_judged("nothing forbidden")
    found = [phrase for phrase in case.forbidden if any_occurs(phrase, answer.answer)]
    return fails("says: " + "; ".join(found)) if found else HOLDS
