"""For the gate: of the known answers that it does not ask anyway, those that new documents come near to.

A sample of the known answers would miss a document that gives a false answer to one question. So every question is
looked up in the candidate's lexical index, among the new documents and among all: where a passage of a new one stands
first, or close to it, the question is asked too.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Protocol

from corpus.models import Hit
from corpus.swedish import SwedishAnalyzer
from evals.cases import Case

# Of the best passage's score: nearer than this, and the answer may come from there, by what dense search adds.
NEAR_RATIO = 0.8
MOST_HITS = 50  # passages looked at of the new documents, for each question
MOST_CASES = 1000  # of all new documents together, the nearest of each


class Searchable(Protocol):
    """As much of an index as is searched."""

    def lexical(
        self, terms: Mapping[str, float], parts: Mapping[str, float], k: int, documents: frozenset[str] | None = None
    ) -> list[Hit]:
        """The best passages for index terms, among ``documents`` where some are named."""
        ...


def touched(cases: Sequence[Case], index: Searchable, new: frozenset[str], most: int) -> list[Case]:
    """Those of the cases that passages of ``new`` documents are nearest to, in their order, at most ``most`` each."""
    if not new:
        return []
    analyzer = SwedishAnalyzer()
    near: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for case in cases:
        for name, ratio in _ratios(case, index, new, analyzer).items():
            if ratio >= NEAR_RATIO:
                near[name].append((-ratio, case.id))
    ranked = sorted((rank, found) for cases_of in near.values() for rank, found in enumerate(sorted(cases_of)[:most]))
    chosen = set(list(dict.fromkeys(case_id for _, (_, case_id) in ranked))[:MOST_CASES])
    return [case for case in cases if case.id in chosen]


def _ratios(case: Case, index: Searchable, new: frozenset[str], analyzer: SwedishAnalyzer) -> Mapping[str, float]:
    """By new document, its best score, of the best among all."""
    terms = dict.fromkeys(analyzer.terms(case.question), 1.0)
    parts = dict.fromkeys(analyzer.parts(case.question), 1.0)
    there = index.lexical(terms, parts, MOST_HITS, new)
    if not there:
        return {}
    best = index.lexical(terms, parts, 1)[0].score
    found: dict[str, float] = {}
    for hit in there:
        found.setdefault(hit.passage_id.rpartition(":")[0], hit.score / best)
    return found
