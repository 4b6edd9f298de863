"""Calibration of abstention: how much of a question a passage bears, and the bins, counted by hand."""

from dataclasses import replace

from corpus.swedish import SwedishAnalyzer
from evals.calibration import bearing_ratio, calibration
from evals.metrics.score import Score
from evals.scoring import Result
from evals.statistics import Rate
from tests.evals.builders import make_answer, make_case, make_citation


def result(question: str, shown: str, *, can: bool, was: bool) -> Result:
    citation = replace(make_citation(1, 0, len(shown), quote=shown), context=shown)
    case = make_case(question=question, status="answered" if can else "not_in_sources")
    if was:
        return Result(case, make_answer(citations=(citation,)), {}, Score(1.0))
    return Result(case, make_answer(status="not_in_sources", nearest=(citation,)), {}, Score(1.0))


def test_share_of_the_words_in_the_best_passage() -> None:
    analyzer = SwedishAnalyzer()
    assert bearing_ratio(result("Kommunens parkering?", "Kommunen har parkering.", can=True, was=True), analyzer) == 1.0
    assert bearing_ratio(result("Kommunens parkering?", "En kommun till.", can=True, was=False), analyzer) == 0.5
    assert bearing_ratio(result("Kommunens parkering?", "Annat.", can=True, was=True), analyzer) == 0.0


def test_bins_compare_what_can_be_and_what_was_answered() -> None:
    whole, half = "Kommunen har parkering.", "En kommun till."
    bins = calibration(
        [
            result("Kommunens parkering?", whole, can=True, was=True),
            result("Kommunens parkering?", whole, can=False, was=True),
            result("Kommunens parkering?", half, can=True, was=False),
        ]
    )
    assert [(b.low, b.high) for b in bins] == [(0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0)]
    assert (bins[4].answerable, bins[4].answered, bins[4].rightly) == (Rate(2, 1), Rate(2, 2), Rate(2, 1))
    assert (bins[2].answerable, bins[2].answered, bins[2].rightly) == (Rate(1, 1), Rate(1, 0), Rate(1, 0))
    assert bins[0].answered.ratio is None
