"""What makes a case right, and how the scores add up, on answers scored by hand."""

from typing import Any

from evals.scoring import AnsweredCase, add, score_all, score_case, total
from evals.statistics import Rate
from tests.evals.builders import MUNICIPALITY, STATE, make_answer, make_case, make_citation, make_document

DOCUMENTS = {"d": make_document()}
NO = {"verdict": "no", "facts": ["säger nej"], "evidence": ["Staten säger nej."]}
RIGHT: dict[str, Any] = {"verdict": "no", "citations": (make_citation(1, *STATE),)}


def answered(case: dict[str, Any], answer: dict[str, Any]) -> AnsweredCase:
    return AnsweredCase(make_case(**case), make_answer(**answer))


def test_right_needs_every_deciding_metric() -> None:
    assert score_case(answered(NO, RIGHT), DOCUMENTS).right.value == 1.0
    for spoilt in (
        {"verdict": "yes"},
        {"text": "Nej. [1]"},
        {"citations": (make_citation(1, *MUNICIPALITY),)},
        {"citations": (make_citation(1, *STATE, quote="Staten sade nej."),)},
        {"status": "not_in_sources"},
    ):
        assert score_case(answered(NO, RIGHT | spoilt), DOCUMENTS).right.value == 0.0, spoilt
    assert score_case(answered(NO | {"forbidden": ["staten"]}, RIGHT), DOCUMENTS).right.value == 0.0


def test_reason_names_the_metrics_that_failed() -> None:
    result = score_case(answered(NO, RIGHT | {"verdict": "yes", "text": "Ja. [1]"}), DOCUMENTS)
    assert result.right.reason == (
        "verdict: expected verdict no, got yes; facts: missing: säger nej;"
        " grounded: [1] stands by words that are not its quote: Ja."
    )


def test_brevity_and_order_do_not_make_a_case_wrong() -> None:
    spans = (MUNICIPALITY, STATE, (0, 6), (7, 17))
    citations = tuple(make_citation(number, *span) for number, span in enumerate(spans, start=1))
    text = "Nej. Kommunen får pröva. [1] Staten säger nej. [2] Staten [3] säger nej. [4]"
    result = score_case(answered(NO, RIGHT | {"text": text, "citations": citations}), DOCUMENTS)
    assert [result.scores[name].value for name in ("brevity", "decisive_first")] == [0.0, 0.0]
    assert result.right.value == 1.0


def test_lost_evidence_is_not_judged_unless_something_else_fails() -> None:
    lost = NO | {"evidence": ["Staten säger kanske."]}
    assert score_case(answered(lost, RIGHT), DOCUMENTS).right.value is None
    assert score_case(answered(lost, RIGHT | {"verdict": "yes"}), DOCUMENTS).right.value == 0.0


def test_totals_count_by_metric_kind_and_split() -> None:
    wrong = RIGHT | {"verdict": "yes", "text": "Ja. Staten säger nej. [1]"}
    silent = {"id": "c-4", "kind": "not_in_sources", "status": "not_in_sources", "split": "heldout"}
    results = score_all(
        [
            answered(NO | {"id": "c-1", "split": "dev", "critical": True}, RIGHT),
            answered(NO | {"id": "c-2", "split": "dev"}, wrong),
            answered(NO | {"id": "c-3", "split": "heldout"}, RIGHT),
            answered(silent, {"status": "not_in_sources", "text": "Det framgår inte."}),
        ],
        DOCUMENTS,
    )
    totals = total(results)
    assert totals.metrics["right"] == Rate(4, 3)
    assert totals.metrics["critical_right"] == Rate(1, 1)
    assert totals.metrics["verdict"] == Rate(3, 2, n_unjudged=1)
    assert totals.metrics["over_refusal"] == Rate(3, 0, n_unjudged=1)
    assert (totals.metrics["fact_recall"].n, totals.metrics["fact_recall"].ratio) == (3, 1.0)
    assert (totals.metrics["right_by_fact"].n, totals.metrics["right_by_fact"].ratio) == (4, 0.75)
    assert totals.metrics["abstention"] == Rate(1, 1, n_unjudged=3)
    assert totals.kinds == {
        "not_in_sources": {"heldout": Rate(1, 1)},
        "yes_no": {"dev": Rate(2, 1), "heldout": Rate(1, 1)},
    }
    assert totals.metrics_by_split["dev"]["verdict"] == Rate(2, 1)
    assert totals.metrics_by_split["heldout"]["verdict"] == Rate(1, 1, n_unjudged=1)
    assert totals.splits == {"dev": Rate(2, 1), "heldout": Rate(2, 2)}


def test_rates_add() -> None:
    assert add([Rate(2, 1, 1), Rate(3, 3)]) == Rate(5, 4, 1)
