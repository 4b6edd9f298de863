"""Metric: whether every expected fact (nugget) stands in the answer's text; strict, one missing is all missing."""

from assistant.models import Answer
from evals.cases import Case, alternatives
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import occurs
from evals.quantities import only_quantity, quantities


def is_said(fact: str, text: str) -> bool:
    """Whether one of the fact's wordings stands in ``text``; a bare amount also in another way of writing it."""
    for wording in alternatives(fact):
        amount = only_quantity(wording)
        if occurs(wording, text) or (amount is not None and amount in quantities(text)):
            return True
    return False


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when every fact stands there in one of its wordings; not judged where the case names none."""
    if not case.facts:
        return not_judged("no facts expected")
    missing = [fact for fact in case.facts if not is_said(fact, answer.answer)]
    return fails("missing: " + "; ".join(missing)) if missing else HOLDS
