"""Every metric of an answer against values worked out by hand; ``TEXT`` in builders has the offsets."""

from dataclasses import replace

import pytest

from corpus.models import Document, Span
from evals.metrics import (
    abstention,
    brevity,
    cited,
    decisive,
    evidence,
    facts,
    forbidden,
    status,
    verbatim,
    verdict,
    wrong_verdict,
)
from evals.metrics.text import occurs, spans_of
from tests.evals.builders import MUNICIPALITY, SKR, STATE, TEXT, make_answer, make_case, make_citation, make_document


@pytest.fixture
def documents() -> dict[str, Document]:
    return {"d": make_document()}


def test_status(documents: dict[str, Document]) -> None:
    assert status.score(make_case(), make_answer(), documents).value == 1.0
    wrong = status.score(make_case(), make_answer(status="not_in_sources"), documents)
    assert (wrong.value, wrong.reason) == (0.0, "expected status answered, got not_in_sources")


def test_abstention(documents: dict[str, Document]) -> None:
    unanswerable = make_case(status="not_in_sources")
    assert abstention.score(unanswerable, make_answer(status="not_in_sources"), documents).value == 1.0
    assert abstention.score(unanswerable, make_answer(), documents).value == 0.0
    assert abstention.score(make_case(), make_answer(), documents).value is None


def test_verdict(documents: dict[str, Document]) -> None:
    assert verdict.score(make_case(verdict="no"), make_answer(verdict="no"), documents).value == 1.0
    wrong = verdict.score(make_case(verdict="no"), make_answer(verdict=None), documents)
    assert (wrong.value, wrong.reason) == (0.0, "expected verdict no, got none")
    assert verdict.score(make_case(), make_answer(verdict="yes"), documents).value is None


@pytest.mark.parametrize(
    ("expected", "status", "given", "value"),
    [
        ("no", "answered", "yes", 1.0),
        ("no", "answered", "partly", 1.0),
        ("no", "answered", "no", 0.0),
        ("no", "answered", None, 0.0),
        (None, "not_in_sources", "yes", 1.0),
        (None, "not_in_sources", None, 0.0),
        (None, "answered", "yes", None),
    ],
)
def test_wrong_verdict_is_worse_than_none(
    expected: str | None, status: str, given: str | None, value: float | None
) -> None:
    case = make_case(verdict=expected, status=status)
    assert wrong_verdict.score(case, make_answer(verdict=given), {}).value == value


def test_facts(documents: dict[str, Document]) -> None:
    answer = make_answer("Beslutet kom  19 JUNI\u00a02024 [1] i Malmö.")
    assert facts.score(make_case(facts=["19 juni 2024 i malmö"]), answer, documents).value == 1.0
    assert facts.score(make_case(facts=["20 juni|19 juni", "Malmö"]), answer, documents).value == 1.0
    wrong = facts.score(make_case(facts=["Malmö", "Lund|Ystad"]), answer, documents)
    assert (wrong.value, wrong.reason) == (0.0, "missing: Lund|Ystad")
    assert facts.score(make_case(), answer, documents).value is None


def test_forbidden(documents: dict[str, Document]) -> None:
    answer = make_answer("Det går bra.")
    assert forbidden.score(make_case(forbidden=["går inte"]), answer, documents).value == 1.0
    wrong = forbidden.score(make_case(forbidden=["går inte", "GÅR BRA"]), answer, documents)
    assert (wrong.value, wrong.reason) == (0.0, "says: GÅR BRA")
    assert forbidden.score(make_case(), answer, documents).value is None


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("2", "i maj 2023", False),
        ("2", "paragraf 2.", True),
        ("35 000", "135 000 personer", False),
        ("35 000", "35\u00a0000 personer", True),
        ("kommun", "kommunerna", True),
        ("a\u030angest", "Ångest", True),
        ("(2)", "en utredning (2) bör", True),
    ],
)
def test_a_phrase_occurs_in_full_numbers_only(phrase: str, text: str, found: bool) -> None:
    assert occurs(phrase, text) is found


def test_quotes_are_found_across_line_breaks() -> None:
    assert spans_of("SKR ser inga hinder.", TEXT) == (Span(38, 58),)
    assert spans_of("r", "rår") == (Span(0, 1), Span(2, 3))
    assert spans_of("saknas", TEXT) == ()
    assert spans_of(" ", TEXT) == ()


def test_evidence_needs_one_of_every_group(documents: dict[str, Document]) -> None:
    case = make_case(evidence=[["Staten säger nej.", "Kommunen får pröva."], ["SKR ser inga hinder."]])
    both = make_answer(citations=(make_citation(1, *MUNICIPALITY), make_citation(2, *SKR)))
    one = make_answer(citations=(make_citation(1, *MUNICIPALITY),))
    assert evidence.score(case, both, documents).value == 1.0
    wrong = evidence.score(case, one, documents)
    assert (wrong.value, wrong.reason) == (0.0, "not cited: SKR ser inga hinder.")


def test_evidence_is_cited_whole_in_its_document(documents: dict[str, Document]) -> None:
    case = make_case(evidence=["Kommunen får pröva."])
    part = make_answer(citations=(make_citation(1, 18, 36),))
    halves = make_answer(citations=(make_citation(1, 18, 26), make_citation(2, 27, 40)))  # 26 is the space between
    beside = make_answer(citations=(make_citation(1, 0, 18), make_citation(2, 37, 58)))
    elsewhere = make_answer(citations=(make_citation(1, *MUNICIPALITY, document_id="other"),))
    assert evidence.score(case, part, documents).value == 0.0
    assert evidence.score(case, halves, documents).value == 1.0
    assert evidence.score(case, beside, documents).value == 0.0
    assert evidence.score(case, elsewhere, documents).value == 0.0


def test_nearest_passages_are_no_evidence(documents: dict[str, Document]) -> None:
    answer = make_answer(nearest=(make_citation(1, *STATE),))
    assert evidence.score(make_case(evidence=["Staten säger nej."]), answer, documents).value == 0.0


def test_evidence_that_cannot_be_looked_for_is_not_judged(documents: dict[str, Document]) -> None:
    answer = make_answer(citations=(make_citation(1, *STATE),))
    lost = evidence.score(make_case(evidence=["Staten säger ja."]), answer, documents)
    assert (lost.value, lost.reason) == (None, "evidence is not in the text of d: Staten säger ja.")
    absent = evidence.score(make_case(evidence=["a"], document="x"), answer, documents)
    assert (absent.value, absent.reason) == (None, "document x is not in the index")
    assert evidence.score(make_case(), answer, documents).value is None


def test_decisive_first(documents: dict[str, Document]) -> None:
    case = make_case(evidence=[["Kommunen får pröva."], ["SKR ser inga hinder."]])
    first, second = make_citation(1, *SKR), make_citation(2, *STATE)
    assert decisive.score(case, make_answer(citations=(first, second)), documents).value == 1.0
    wrong = decisive.score(case, make_answer(citations=(second, first)), documents)
    assert (wrong.value, wrong.reason) == (0.0, "first citation: Staten säger nej.")
    assert decisive.score(case, make_answer(), documents).value is None
    assert decisive.score(make_case(), make_answer(citations=(first,)), documents).value is None


def test_verbatim(documents: dict[str, Document]) -> None:
    good = make_citation(1, *SKR)
    assert good.quote == "SKR ser\ninga hinder."
    assert verbatim.score(make_case(), make_answer(citations=(good,)), documents).value == 1.0
    assert verbatim.score(make_case(), make_answer(), documents).value is None


@pytest.mark.parametrize(
    "bad",
    [
        make_citation(1, *SKR, quote="SKR ser inga hinder."),
        make_citation(1, 37, 58, quote=TEXT[38:58]),
        make_citation(1, 5, 5, quote=""),
        make_citation(1, *STATE, document_id="gone"),
        replace(make_citation(1, *STATE), context_start=1),
    ],
    ids=["line break", "one off", "empty", "no document", "context"],
)
def test_one_character_off_is_not_verbatim(bad: object, documents: dict[str, Document]) -> None:
    cited_wrongly = make_answer(citations=(make_citation(1, *STATE), bad))
    only_nearest = make_answer(status="not_in_sources", nearest=(bad,))
    assert verbatim.score(make_case(), cited_wrongly, documents).value == 0.0
    assert verbatim.score(make_case(), only_nearest, documents).value == 0.0


def test_markers_and_citations_point_to_each_other(documents: dict[str, Document]) -> None:
    one, two = make_citation(1, *STATE), make_citation(2, *SKR)
    assert (
        cited.score(make_case(), make_answer("Nej [1]. Så är det [2][1].", citations=(one, two)), documents).value == 1
    )
    dangling = cited.score(make_case(), make_answer("Nej [1], [3].", citations=(one,)), documents)
    assert (dangling.value, dangling.reason) == (0.0, "the answer points to [1, 3], the citations are [1]")
    assert cited.score(make_case(), make_answer("Nej [1].", citations=(one, two)), documents).value == 0.0
    assert cited.score(make_case(), make_answer("Nej."), documents).value == 0.0
    assert cited.score(make_case(), make_answer("Nej.", status="not_in_sources"), documents).value is None


def test_brevity(documents: dict[str, Document]) -> None:
    four = make_answer(citations=tuple(make_citation(n, *STATE) for n in range(1, 5)))
    three = make_answer(citations=four.citations[:3])
    assert brevity.score(make_case(), three, documents).value == 1.0
    assert brevity.score(make_case(), four, documents).value == 0.0
    assert brevity.score(make_case(kind="list"), four, documents).value is None
    assert brevity.score(make_case(), make_answer(status="not_in_sources"), documents).value is None
