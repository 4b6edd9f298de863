"""Used by the report: how holding back goes with how much of a question the nearest passages bear."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.swedish import SwedishAnalyzer
from evals.scoring import Result
from evals.statistics import Rate

EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases whose best passage bears ``low`` to ``high`` of their words: how many can be answered, how many were."""

    low: float
    high: float
    answerable: Rate
    answered: Rate
    rightly: Rate


def bearing_ratio(result: Result, analyzer: SwedishAnalyzer) -> float:
    """The share, 0–1, of the question's terms that stand in the passage shown that holds most of them.

    It is read off the answer alone, cited or nearest passages alike, so that it can be had of any answerer.
    """
    wanted = set(analyzer.terms(result.case.question))
    shown = [c.context or c.quote for c in (*result.answer.citations, *result.answer.nearest)]
    return (
        max((len(wanted & set(analyzer.terms(text))) / len(wanted) for text in shown), default=0.0) if wanted else 0.0
    )


def calibration(results: Sequence[Result]) -> tuple[Bin, ...]:
    """The cases by how much of them is borne; in a well calibrated assistant *answered* follows *answerable*.

    ``rightly`` is the share where the two agree. Cases that ask nothing are left out.
    """
    analyzer = SwedishAnalyzer()
    asked = [r for r in results if r.case.status != "not_a_question"]
    placed = [(min(int(bearing_ratio(r, analyzer) * 5), 4), r) for r in asked]
    bins = []
    for place, (low, high) in enumerate(pairwise(EDGES)):
        inside = [r for at, r in placed if at == place]
        can = [r.case.status == "answered" for r in inside]
        was = [r.answer.status == "answered" for r in inside]
        agree = sum(a == b for a, b in zip(can, was, strict=True))
        n = len(inside)
        bins.append(Bin(low, high, Rate(n, sum(can)), Rate(n, sum(was)), Rate(n, agree)))
    return tuple(bins)
