"""Metric: the share of an answer's citations that bear on it, after ALCE (Gao et al., 2023), by spans."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.evidence import is_touched, unfounded
from evals.metrics.score import Documents, Score, not_judged, share


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """The share, 0–1, of the citations that overlap a quote of any proof; not judged without evidence or citations.

    A citation that the case does not name counts against it, even one that is true and to the point: low values mean
    answers that say more than was asked, not false ones.
    """
    if not case.proofs or not answer.citations:
        return not_judged("no evidence expected" if not case.proofs else "no citations")
    if reason := unfounded(case, documents):
        return not_judged(reason)
    n_bearing = sum(is_touched(case.quotes, documents, citation) for citation in answer.citations)
    return share(n_bearing, len(answer.citations), "citations bear on it")
