import pytest

from assistant.implied import implied_roots
from corpus.lemmas import root


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Staden betalar 5 miljoner kronor.", "pengar", True),
        ("Staden betalar fem broar.", "pengar", False),
        ("En femtedel av invånarna är nya.", "andel", True),
        ("Staden ska bygga.", "uppgift", True),
        ("Staden ska inte bygga.", "uppgift", False),
        ("Det finns möjligheter att bygga.", "medge", True),
        ("Det finns inga möjligheter att bygga.", "medge", False),
    ],
)
def test_words_that_a_sentence_says_without_them(text: str, word: str, expected: bool) -> None:
    assert (root(word) in implied_roots(text)) is expected
