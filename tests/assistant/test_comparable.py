import pytest

from assistant.comparable import comparable, contradicts
from assistant.question import understand
from assistant.terms import Term
from tests.assistant.town import read, terms_of


def term(word: str) -> Term:
    """The term that ``word`` is in a yes/no question."""
    return next(t for t in terms_of(understand(f"Byggdes bron {word}?")) if t.text == word)


@pytest.mark.parametrize(
    ("word", "sentence", "is_comparable", "contradicted"),
    [
        ("2023", "Bron byggdes 2023.", True, False),
        ("2023", "Bron byggdes 2024.", True, True),
        ("2023", "Bron byggdes av staden enligt SOU 2024:7.", False, False),
        ("maj", "Bron byggdes i juni.", True, True),
        ("maj", "Bron byggdes i maj.", True, False),
        ("maj", "Bron byggdes 2024.", False, False),
        ("2023:94", "Bron står i SOU 2022:59.", True, True),
        ("2023:94", "Bron byggdes 2023.", False, False),
        ("129", "Bron är § 130.", True, True),
        ("129", "Bron byggdes av staden.", False, False),
        ("tre", "Staden har fem broar.", True, True),
        ("tre", "Staden har 3 broar.", True, False),
    ],
)
def test_values_of_one_kind_are_held_against_each_other(
    word: str, sentence: str, is_comparable: bool, contradicted: bool
) -> None:
    (read_sentence,) = read(sentence)
    assert term(word).specific
    assert comparable(term(word), read_sentence) is is_comparable
    assert contradicts(term(word), read_sentence) is contradicted


def test_an_ordinary_word_is_never_contradicted() -> None:
    (sentence,) = read("Staden har 5 broar.")
    (bridge, *_) = terms_of(understand("bron"))
    assert not comparable(bridge, sentence)
    assert not contradicts(bridge, sentence)
