import pytest

from corpus.lemmas import root
from corpus.particles import lemmas_of, particle_roots, plain_verbs
from corpus.swedish import tokenize


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Tullen räknades upp", "höja"),
        ("Avgiften har trappats ned", "minska"),
        ("Hamnen säger enligt planen upp avtalen", "avsluta"),
        ("De jobbar ihop", "samverka"),
        ("Slutrapporten lämnades över", "överlåta"),
    ],
)
def test_a_verb_and_its_particle_make_another_verb(text: str, verb: str) -> None:
    tokens = tokenize(text)
    assert [verbs[0] for verbs in plain_verbs(tokens).values()] == [verb]
    assert verb in lemmas_of(tokens)
    assert root(verb) in particle_roots(tokens)


@pytest.mark.parametrize(
    "text", ["De räknar hus och går upp", "Hamnen säger att den går upp", "Han ser upp mot bron", ""]
)
def test_a_particle_of_another_verb(text: str) -> None:
    assert "höja" not in lemmas_of(tokenize(text))


def test_each_word_keeps_its_place() -> None:
    tokens = tokenize("Tullen räknades upp i maj")
    assert len(lemmas_of(tokens)) == len(tokens)
    assert lemmas_of(tokens)[1] == "höja"
