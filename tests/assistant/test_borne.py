import pytest

from assistant.borne import denied_noun, names_what_somebody_is, opposed, other_of_its_kind, weight_borne
from assistant.clauses import split_claims
from tests.assistant.town import ANALYZER, rank, read


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Är stödet frivilligt?", "Stödet är obligatoriskt.", True),
        ("Är stödet frivilligt?", "Stödet är frivilligt.", False),
        ("Är stödet frivilligt?", "Stödet är valfritt.", False),
        ("Är stödet frivilligt?", "Provet är obligatoriskt, stödet är nytt.", False),
        ("Är stödet frivilligt?", "Det finns både ett obligatoriskt och ett frivilligt stöd.", False),
    ],
)
def test_the_opposite_said_of_the_same_thing(question: str, sentence: str, expected: bool) -> None:
    _, terms, _ = rank(question, read(sentence))
    (claim,) = split_claims(sentence)
    assert opposed(terms, claim, ANALYZER) is expected


def test_a_noun_that_is_denied_by_itself() -> None:
    sentence = "Hon har lön och inget stöd."
    (claim,) = split_claims(sentence)
    assert denied_noun(rank("Har man stöd?", read(sentence))[1], claim, ANALYZER)
    assert not denied_noun(rank("Har man lön?", read(sentence))[1], claim, ANALYZER)


def test_the_weight_that_a_claim_bears() -> None:
    sentence = "Staden bygger en bro."
    (claim,) = split_claims(sentence)
    assert weight_borne(rank("Bygger staden en bro?", read(sentence))[1], claim, ANALYZER) == pytest.approx(1.0)
    assert weight_borne(rank("Gräver någon gropar?", read(sentence))[1], claim, ANALYZER) == 0.0


def test_another_office_of_the_same_kind() -> None:
    sentence = read("Hon utsågs till utbildningsminister.")[0]
    (term,) = rank("arbetsmarknadsminister", [sentence])[1]
    assert other_of_its_kind(term, sentence.tokens, ANALYZER)
    assert not other_of_its_kind(term, read("Hon är arbetsmarknadsminister.")[0].tokens, ANALYZER)


def test_questions_of_what_somebody_is() -> None:
    assert names_what_somebody_is("Blev hon minister?")
    assert not names_what_somebody_is("Bygger staden en bro?")
