"""Metric: whether the numbers that a question asks for are said exactly, unit included, however they are written."""

from assistant.models import Answer
from evals.cases import Case, alternatives
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import occurs, without_markers
from evals.quantities import quantities


def _is_exact(fact: str, text: str) -> bool:
    said = quantities(text)
    return any(
        quantities(wording) <= said if quantities(wording) else occurs(wording, text) for wording in alternatives(fact)
    )


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the numbers of every expected fact are said, in one of its wordings; not judged without such facts."""
    expected = [fact for fact in case.facts if quantities(fact)]
    if not expected:
        return not_judged("no number expected")
    text = without_markers(answer.answer)
    lacking = [fact for fact in expected if not _is_exact(fact, text)]
    return fails("not said: " + "; ".join(lacking)) if lacking else HOLDS
