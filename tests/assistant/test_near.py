from collections.abc import Sequence

import numpy as np

from assistant.near import widened
from assistant.question import understand
from corpus.embedder import Vectors
from corpus.lemmas import root
from tests.assistant.town import read, terms_of

# A model of two meanings: crossings and animals.
MEANINGS = {"tunnel": (1.0, 0.0), "gångväg": (0.9, 0.436), "häst": (0.0, 1.0), "kanal": (0.5, 0.866)}


class Model:
    """Gives every word its meaning, and keeps what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        return np.array([MEANINGS.get(t, (0.0, -1.0)) for t in texts], dtype=np.float32)


def near_of(question: str, *sentences: str, model: Model | None = None) -> dict[str, frozenset[str]]:
    terms = widened(terms_of(understand(question)), read(*sentences), model or Model())
    return {term.text: term.near for term in terms}


def test_only_words_of_a_near_meaning_widen_a_term() -> None:
    assert near_of("tunnel", "Gångväg, häst och kanal.") == {"tunnel": frozenset({root("gångväg")})}


def test_numbers_bodies_and_short_words_are_not_widened() -> None:
    assert near_of("Parknämnden bro 2023", "Gångväg finns.") == {
        "Parknämnden": frozenset(),
        "bro": frozenset(),
        "2023": frozenset(),
    }


def test_no_sentence_leaves_the_terms_as_they_are() -> None:
    model = Model()
    assert near_of("tunnel", model=model) == {"tunnel": frozenset()}
    assert model.asked == []
