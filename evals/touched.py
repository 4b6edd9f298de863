"""For the gate: of the known answers that it does not ask anyway, those that new documents come near to.

A sample of the known answers would miss a document that gives a false answer to one question. So every question is
looked up in the candidate's lexical index, among the new documents and among all: where a passage of a new one stands
first, or close to it, the question is asked too.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from corpus.models import Hit
from corpus.swedish import SwedishAnalyzer
from evals.cases import Case

# Of the best passage's score: nearer than this, and the answer may come from there, by what dense search adds.
NEAR_RATIO = 0.8


class Searchable(Protocol):
    """As much of an index as is searched."""

    def lexical(
        self, terms: Mapping[str, float], parts: Mapping[str, float], k: int, documents: frozenset[str] | None = None
    ) -> list[Hit]:
        """The best passages for index terms, among ``documents`` where some are named."""
        ...


def touched(cases: Sequence[Case], index: Searchable, new: frozenset[str], most: int) -> list[Case]:
    """At most ``most`` of the cases: those that passages of ``new`` documents are nearest to, in the cases' order."""
    if not new:
        return []
    analyzer = SwedishAnalyzer()
    ratios = {case.id: _ratio(case, index, new, analyzer) for case in cases}
    near = sorted((case for case in cases if ratios[case.id] >= NEAR_RATIO), key=lambda case: -ratios[case.id])
    chosen = {case.id for case in near[:most]}
    return [case for case in cases if case.id in chosen]


def _ratio(case: Case, index: Searchable, new: frozenset[str], analyzer: SwedishAnalyzer) -> float:
    """The best score among the new documents, of the best among all."""
    terms = dict.fromkeys(analyzer.terms(case.question), 1.0)
    parts = dict.fromkeys(analyzer.parts(case.question), 1.0)
    there = index.lexical(terms, parts, 1, new)
    if not there:
        return 0.0
    best = index.lexical(terms, parts, 1)
    return there[0].score / best[0].score
