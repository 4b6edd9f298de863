"""Metric: whether every expected fact stands in the answer's text."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import any_occurs


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when every fact stands there in one of its wordings; not judged where the case names none."""
    if not case.facts:
        return not_judged("no facts expected")
    missing = [fact for fact in case.facts if not any_occurs(fact, answer.answer)]
    return fails("missing: " + "; ".join(missing)) if missing else HOLDS
