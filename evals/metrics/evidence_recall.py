"""Metric: the share of the passages needed for the answer that are cited, after ALCE (Gao et al., 2023), by spans."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.evidence import missed, unfounded
from evals.metrics.score import Documents, Score, not_judged, share


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """The share, 0–1, of the groups of the proof that comes nearest; not judged without evidence."""
    if not case.proofs:
        return not_judged("no evidence expected")
    if reason := unfounded(case, documents):
        return not_judged(reason)
    lacking = [(len(missed(proof, answer, documents)), len(proof)) for proof in case.proofs]
    n_missed, n = min(lacking, key=lambda counts: counts[0] / counts[1])
    return share(n - n_missed, n, "passages cited")
