import pytest

from assistant.bindings import Held, amounts_held, bounding_terms, without_amounts, years_held
from tests.assistant.town import ANALYZER, rank, read

TWO = "Andelen båtar var 15,3 procent i Malmö och 8,5 procent i riket."
YEARS = "Bron beräknades kosta 10 miljoner kronor 2026, 20 miljoner kronor 2027 och 30 miljoner kronor 2028."
PART = "Hamnen fick 160 miljoner kronor till kanaler, varav 91 miljoner kronor till segel."
CHANGE = "Avgiften har höjts från 223 till 365 kronor."


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Var andelen 15,3 procent i Malmö?", TWO, Held.SAME),
        ("Var andelen 8,5 procent i Malmö?", TWO, Held.OTHER),
        ("Var andelen 15,3 procent i riket?", TWO, Held.OTHER),
        ("Var andelen 9 procent i riket?", TWO, Held.OTHER),
        ("Kostar bron 20 miljoner kronor 2027?", YEARS, Held.SAME),
        ("Kostar bron 20 miljoner kronor 2026?", YEARS, Held.OTHER),
        ("Gick 160 miljoner till segel?", PART, Held.OTHER),
        ("Gick 91 miljoner till segel?", PART, Held.SAME),
        ("Gick 91 miljoner till kanaler?", PART, Held.OTHER),
        ("Var avgiften 223 kronor?", CHANGE, Held.SAME),
        ("Har avgiften höjts med 142 kronor?", CHANGE, Held.OPEN),
        ("Har avgiften höjts?", CHANGE, Held.NONE),
        ("Tar det tre år?", TWO, Held.NONE),
    ],
)
def test_an_amount_belongs_to_the_words_around_it(question: str, sentence: str, expected: Held) -> None:
    asked, terms, evidence = rank(question, read(sentence))
    assert amounts_held(asked.text, terms, evidence[0].sentence, ANALYZER) is expected


def test_the_terms_of_an_amount_are_compared_as_values_alone() -> None:
    asked, terms, _ = rank("Kostar bron 20 miljoner kronor 2027?", read(YEARS))
    assert "20" not in {t.text for t in without_amounts(asked.text, terms)}
    assert {"2027", "bron"} <= {t.text for t in without_amounts(asked.text, terms)}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Slutredovisades bron 2022?", Held.OTHER),
        ("Slutredovisades bron 2023?", Held.NONE),
        ("Slutredovisades bron 2024?", Held.NONE),  # another year than any that it has is told elsewhere
    ],
)
def test_a_year_belongs_to_the_verb_beside_it(question: str, expected: Held) -> None:
    sentence = "Rådet lämnade en plan den 30 september 2022 och slutredovisade bron den 14 december 2023."
    asked, terms, evidence = rank(question, read(sentence))
    assert years_held(asked.text, terms, evidence[0].sentence, ANALYZER) is expected


def test_the_words_of_a_bound_are_known() -> None:
    asked, terms, _ = rank("Såldes fler än 300 båtar?", read("Över 320 båtar såldes."))
    assert [t.text for t in bounding_terms(asked.text, terms)] == ["fler"]
