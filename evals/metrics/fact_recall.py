"""Metric: the share of the expected facts (nuggets) that stand in the answer's text."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.facts import is_said
from evals.metrics.score import Documents, Score, not_judged, share


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """The share, 0–1, of the facts; an answer that was not given holds none. Not judged where the case names none."""
    if not case.facts:
        return not_judged("no facts expected")
    return share(sum(is_said(fact, answer.answer) for fact in case.facts), len(case.facts), "facts said")
