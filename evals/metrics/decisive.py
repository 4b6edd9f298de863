"""Metric: whether the first citation is one that proves the answer."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.evidence import is_touched, unfounded
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the first citation overlaps a quote of any proof; not judged without evidence or citations."""
    if not case.proofs or not answer.citations:
        return not_judged("no evidence expected" if not case.proofs else "no citations")
    if reason := unfounded(case, documents):
        return not_judged(reason)
    if is_touched(case.quotes, documents, answer.citations[0]):
        return HOLDS
    return fails(f"first citation: {answer.citations[0].quote}")
