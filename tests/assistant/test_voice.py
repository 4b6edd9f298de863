import pytest

from assistant.verbs import is_finite
from assistant.voice import is_copular, is_given, is_passive
from corpus.swedish import tokenize


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Bron byggs av staden", True),
        ("Bron kan byggas av staden", True),
        ("Bron är byggd av staden", True),
        ("Staden bygger bron", False),
        ("Staden kan bygga bron", False),
        ("Det finns en bro", False),
        ("Staden är den som har byggt", False),
    ],
)
def test_passive_clauses(clause: str, expected: bool) -> None:
    tokens = tuple(tokenize(clause))
    assert is_passive(tokens, next(i for i, t in enumerate(tokens) if is_finite(t.text))) is expected


def test_a_clause_without_a_verb_is_not_passive() -> None:
    assert not is_passive(tuple(tokenize("en ny bro")), -1)


@pytest.mark.parametrize(
    ("clause", "expected"), [("Anna är minister", True), ("Anna byggde bron", False), ("en ny bro", False)]
)
def test_what_somebody_is(clause: str, expected: bool) -> None:
    assert is_copular(tuple(tokenize(clause))) is expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("Staden fick stöd", True),
        ("Får staden stöd?", True),
        ("Får staden söka stöd?", False),
        ("Staden bygger", False),
    ],
)
def test_who_is_given_something(clause: str, expected: bool) -> None:
    assert is_given(tuple(tokenize(clause))) is expected
