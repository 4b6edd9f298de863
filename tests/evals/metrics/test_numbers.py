"""The metrics of numbers: those asked for are said exactly, and none is said that no source bears out."""

from dataclasses import replace

import pytest

from corpus.models import Update
from evals.metrics import borne_out, dated, facts, numbers
from tests.evals.builders import make_answer, make_case, make_citation, make_document


@pytest.mark.parametrize(
    ("expected", "said", "value"),
    [
        (["1 234,5 mnkr"], "Det kostade 1234,5 miljoner kronor. [1]", 1.0),
        (["1 234,5 mnkr"], "Det kostade 1 234,4 mnkr. [1]", 0.0),
        (["1 234,5 mnkr"], "Det kostade 1 234,5 tkr. [1]", 0.0),
        (["12 %"], "Andelen var 12 procent.", 1.0),
        (["12 %"], "Andelen var 12 procentenheter.", 0.0),
        (["14 kommuner"], "Det gäller 14 av dem.", 1.0),
        (["14 kommuner|fjorton"], "Det gäller fjorton.", 1.0),
        (["14 kommuner"], "Det gäller 114 kommuner.", 0.0),
        (["35 000"], "Det gäller 35\u00a0000 personer.", 1.0),
        (["19 juni 2024"], "Den 19 juni 2023. [1]", 0.0),
        (["1"], "Det är så. [1]", 0.0),
        (["Malmö"], "Malmö 14", None),
    ],
)
def test_numbers_that_are_asked_for(expected: list[str], said: str, value: float | None) -> None:
    assert numbers.score(make_case(facts=expected), make_answer(said), {}).value == value


def test_a_bare_amount_may_be_written_otherwise() -> None:
    answer = make_answer("Anslaget är 1500 tkr. [1]")
    assert facts.score(make_case(facts=["1,5 mnkr"]), answer, {}).value == 1.0
    assert facts.score(make_case(facts=["1,5 mnkr i år"]), answer, {}).value == 0.0


def test_every_number_said_needs_a_source() -> None:
    cited = (make_citation(1, 0, 17, "Den 19 juni 2024 var 12 % med."),)
    good = make_answer("Tidigare (2024): Den 19 juni 2024 var 12 procent med. [1]", citations=cited)
    bad = make_answer("Den 19 juni 2024 var 13 % med. [1]", citations=cited)
    asked = make_answer("»Kom 7?» – Nej. [1]", citations=cited, question="Kom 7?")
    assert borne_out.score(make_case(), good, {}).value == 1.0
    assert borne_out.score(make_case(), asked, {}).value == 1.0
    wrong = borne_out.score(make_case(), bad, {})
    assert (wrong.value, wrong.reason) == (0.0, "no source for: 13 %")
    assert borne_out.score(make_case(), make_answer("Nej. [1]"), {}).value is None
    assert borne_out.score(make_case(), make_answer("13", status="not_in_sources"), {}).value is None


def test_dates_of_labels_are_those_of_what_follows() -> None:
    link = Update("other", "Förr.", "Nu är det så.", "updates", "2026-07-01")
    documents = {"d": replace(make_document("Nu är det så. Och annat."), updates=(link,))}
    cited = (make_citation(1, 0, 13, "Nu är det så."), make_citation(2, 14, 24, "Och annat."))  # of 2024 both

    def value(first: str, second: str = "") -> float | None:
        text = f"{first} Nu är det så. [1]\n\n{second} Och annat. [2]"
        return dated.score(make_case(), make_answer(text, citations=cited), documents).value

    assert value("Har ändrats sedan dess (från 1 juli 2026):") == 1.0
    assert value("Tidigare (2024):", "Tidigare (2024):") == 1.0
    assert value("Har ändrats sedan dess (från 1 juli 2027):") == 0.0
    assert value("Har ändrats sedan dess (från juli 2026):") == 0.0
    assert value("Tidigare (2024):", "Har ändrats sedan dess (från 1 juli 2026):") == 0.0
    assert value("Tidigare (förr):") == 0.0
    assert value("Ja.") is None
