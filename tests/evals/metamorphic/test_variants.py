"""Ways of putting a question otherwise: what they change, what they leave, and that the draw is the same each time."""

from random import Random

import pytest

from evals.metamorphic.variants import capitals, lose_diacritics, politeness, typos
from tests.evals.builders import make_case


def test_diacritics_and_capitals() -> None:
    case = make_case(question="Får Åre pröva något?")
    assert lose_diacritics(case, Random(0)) == "Far Are prova nagot?"
    assert capitals(case, Random(0)) == "FÅR ÅRE PRÖVA NÅGOT?"


@pytest.mark.parametrize("seed", range(30))
def test_a_typo_is_one_slip_in_one_long_word(seed: int) -> None:
    case = make_case(question="Vad sade SKR om undantag?")
    words, slipped = case.question.split(), typos(case, Random(seed)).split()
    assert words[:4] == slipped[:4]  # too short, or a name in capitals
    word = slipped[4]
    assert word[0] == "u" and word[-2:] == "g?"
    assert word != "undantag?" or seed  # a doubled-letter swap may leave the word as it was, seldom
    assert abs(len(word) - len("undantag?")) <= 1


def test_long_questions_get_a_typo_in_ten_words() -> None:
    question = " ".join(["försöksverksamheten"] * 30)
    slipped = typos(make_case(question=question), Random(3)).split()
    assert 2 <= sum(word != "försöksverksamheten" for word in slipped) <= 3


def test_words_with_numbers_and_questions_of_short_words_are_left() -> None:
    for question in ("Vad är STK-2023-602?", "Vad är det?"):
        assert typos(make_case(question=question), Random(1)) == question
    misspelt = make_case(question="hur gikk de me försökken", kind="misspelt")
    assert typos(misspelt, Random(1)) == misspelt.question


def test_politeness_surrounds_the_question_in_its_language() -> None:
    swedish = {politeness(make_case(question="Får man?"), Random(seed)) for seed in range(40)}
    english = {politeness(make_case(question="May we?", kind="english"), Random(seed)) for seed in range(40)}
    assert all("Får man?" in text and text != "Får man?" for text in swedish)
    assert len(swedish) == 6
    unended = {politeness(make_case(question="får man"), Random(seed)) for seed in range(40)}
    assert "God morgon! får man\nVänliga hälsningar" in unended
    assert politeness(make_case(question="Hej!", status="not_a_question"), Random(1)) == "Hej!"
    assert english == {"Hi! May we? Thanks!", "Hello, May we?", "May we? Thank you in advance."}
