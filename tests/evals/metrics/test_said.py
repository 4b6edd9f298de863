"""The metrics of what the text says: its quotes and no more, its verdict, and not too much."""

import pytest

from evals.metrics import grounded, length, verdict_said
from tests.evals.builders import MUNICIPALITY, SKR, STATE, make_answer, make_case, make_citation

CITED = (make_citation(1, *STATE), make_citation(2, *SKR))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nej. Staten säger nej. [1] SKR ser inga hinder. [2]", 1.0),
        ("Nej. Enligt staten: Staten säger nej. [1]\n\nTidigare (juni 2024): SKR ser inga hinder. [2]", 1.0),
        (
            "Jag kan inte säga säkert ja eller nej, men underlaget säger detta: Staten säger nej. [1]",
            1.0,
        ),
        ("- Staten säger nej. [1]\n- SKR ser inga hinder. [2]", 1.0),
        ("Staten säger nej. [1] SKR ser inga hinder. [2]\n\n»Var?» – Det framgår inte av underlaget.", 1.0),
        ("Nej. Staten säger inte nej. [1] SKR ser inga hinder. [2]", 0.0),
        ("Nej. SKR ser inga hinder. [1] Staten säger nej. [2]", 0.0),
        ("Nej. Staten säger. [1] SKR ser inga hinder. [2]", 0.0),
        ("Nej. Malmö får ändå. Staten säger nej. [1] SKR ser inga hinder. [2]", 0.0),
        ("Staten säger nej. [1] SKR ser inga hinder. [2] Malmö får ändå.", 0.0),
        ("Malmö får ändå: Staten säger nej. [1] SKR ser inga hinder. [2]", 0.0),
        ("Enligt 7 av 10: Staten säger nej. [1] SKR ser inga hinder. [2]", 0.0),
        ("Staten säger nej. [1] SKR ser inga hinder. [3]", 0.0),
    ],
)
def test_an_extractive_answer_is_its_quotes(text: str, value: float) -> None:
    assert grounded.score(make_case(), make_answer(text, citations=CITED), {}).value == value


def test_what_is_said_without_a_source_is_named() -> None:
    answer = make_answer("Malmö får ändå. Staten säger nej. [1]", citations=CITED[:1])
    assert grounded.score(make_case(), answer, {}).reason == "said without a source: Malmö får ändå."


def test_other_answerers_and_outcomes_are_not_judged_by_their_quotes() -> None:
    assert grounded.score(make_case(), make_answer(answerer="some model"), {}).value is None
    assert grounded.score(make_case(), make_answer(status="not_in_sources"), {}).value is None


@pytest.mark.parametrize(
    ("text", "verdict", "value"),
    [
        ("Nej. Staten. [1]", "no", 1.0),
        ("Ja. Staten. [1]", "no", 0.0),
        ("Ja. Staten. [1]", None, 0.0),
        ("Staten. [1]", "partly", 0.0),
        ("Staten. [1]\n\nDelvis. SKR. [2]", "partly", 1.0),
        ("Jag. [1]", None, None),
    ],
)
def test_text_and_json_have_one_verdict(text: str, verdict: str | None, value: float | None) -> None:
    assert verdict_said.score(make_case(), make_answer(text, verdict=verdict), {}).value == value


def test_length_leaves_markers_out() -> None:
    just, over = make_answer("ord [1] " * 120), make_answer("ord [1] " * 121)
    assert length.score(make_case(), just, {}).value == 1.0
    assert length.score(make_case(), over, {}).reason == "121 words, at most 120"
    assert length.score(make_case(kind="list"), over, {}).value is None
    assert length.score(make_case(), make_answer(status="not_in_sources"), {}).value is None


def test_a_quote_over_a_line_break_is_said_in_one_line() -> None:
    answer = make_answer("Kommunen får pröva. [1] SKR ser inga hinder. [2]")
    citations = (make_citation(1, *MUNICIPALITY), make_citation(2, *SKR))
    assert citations[1].quote == "SKR ser\ninga hinder."
    assert grounded.score(make_case(), make_answer(answer.answer, citations=citations), {}).value == 1.0
