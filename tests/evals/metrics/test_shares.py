"""The metrics that give a share: fact recall, evidence recall and citation precision, counted by hand."""

import pytest

from evals.metrics import citation_precision, evidence, evidence_recall, fact_recall
from tests.evals.builders import MUNICIPALITY, SKR, STATE, make_answer, make_case, make_citation, make_document

DOCUMENTS = {"d": make_document(), "sheet": make_document("SKR ser hinder.", "sheet")}
TWO_GROUPS = {"evidence": ["Staten säger nej.", "Kommunen får pröva."]}


def test_two_of_three_facts() -> None:
    case = make_case(facts=["säger nej", "pröva|prova", "hinder"])
    score = fact_recall.score(case, make_answer("Staten säger nej. [1] Man får prova. [2]"), DOCUMENTS)
    assert (score.value, score.reason) == (2 / 3, "2 of 3 facts said")
    assert fact_recall.score(make_case(), make_answer(), DOCUMENTS).value is None


def test_one_of_two_groups_cited() -> None:
    answer = make_answer(citations=(make_citation(1, *STATE), make_citation(2, *SKR)))
    score = evidence_recall.score(make_case(**TWO_GROUPS), answer, DOCUMENTS)
    assert (score.value, score.reason) == (0.5, "1 of 2 passages cited")
    assert evidence_recall.score(make_case(), answer, DOCUMENTS).value is None
    assert evidence_recall.score(make_case(evidence=["saknas"]), answer, DOCUMENTS).value is None


def test_another_proof_is_as_good() -> None:
    case = make_case(**TWO_GROUPS, any_of=[{"document": "sheet", "evidence": ["SKR ser hinder."]}])
    answer = make_answer(citations=(make_citation(1, 0, 15, "SKR ser hinder.", document_id="sheet"),))
    assert evidence.score(case, answer, DOCUMENTS).value == 1.0
    assert evidence_recall.score(case, answer, DOCUMENTS).value == 1.0
    assert citation_precision.score(case, answer, DOCUMENTS).value == 1.0
    neither = make_answer(citations=(make_citation(1, *SKR),))
    assert evidence.score(case, neither, DOCUMENTS).reason == "not cited: SKR ser hinder."  # the nearest proof


def test_a_group_may_name_a_quote_of_another_document() -> None:
    case = make_case(evidence=[["Staten säger nej.", {"document": "sheet", "quote": "SKR ser hinder."}]])
    sheet = make_answer(citations=(make_citation(1, 0, 15, "SKR ser hinder.", document_id="sheet"),))
    wrong_place = make_answer(citations=(make_citation(1, 0, 15),))
    assert evidence.score(case, sheet, DOCUMENTS).value == 1.0
    assert evidence.score(case, wrong_place, DOCUMENTS).value == 0.0


@pytest.mark.parametrize(("spans", "value"), [([STATE], 1.0), ([STATE, SKR], 0.5), ([SKR], 0.0), ([(0, 6), SKR], 0.5)])
def test_citations_that_bear_on_the_answer(spans: list[tuple[int, int]], value: float) -> None:
    citations = tuple(make_citation(number, *span) for number, span in enumerate(spans, start=1))
    score = citation_precision.score(make_case(**TWO_GROUPS), make_answer(citations=citations), DOCUMENTS)
    assert score.value == value


def test_precision_is_not_judged_without_citations_or_evidence() -> None:
    cited = make_answer(citations=(make_citation(1, *MUNICIPALITY),))
    assert citation_precision.score(make_case(**TWO_GROUPS), make_answer(), DOCUMENTS).value is None
    assert citation_precision.score(make_case(), cited, DOCUMENTS).value is None
    assert citation_precision.score(make_case(evidence=["saknas"]), cited, DOCUMENTS).value is None
