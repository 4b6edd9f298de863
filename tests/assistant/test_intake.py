import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.compose import REFUSALS
from assistant.intake import refuse


def status(text: str, followed: bool = False) -> str | None:
    refusal = refuse(text, 2000, followed)
    return refusal.status if refusal else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("?!…", "empty"),
        ("x" * 2001, "too_long"),
        ("x" * 2000, None),
        ("Hej!", "not_a_question"),
        ("Tack så mycket", "not_a_question"),
        ("Vad kan du?", "not_a_question"),
        ("Vem är du?", "not_a_question"),
        ("Hej! Får Malmö undantag?", None),
        ("Bra!", "not_a_question"),
        ("SKR", None),
        ("Får Malmö undantag?", None),
        ("Can Malmö get an exemption?", None),
        ("Was kostet die Untersuchung und wer hat sie bezahlt?", "not_a_question"),
        ("Сколько это стоит?", "not_a_question"),
    ],
)
def test_what_is_taken_as_a_question(text: str, expected: str | None) -> None:
    assert status(text) == expected


@pytest.mark.parametrize(
    "number", ["811228-9874", "19811228-9874", "8112289874", "811228+9874", "198112289874", "811288-9874"]
)
def test_a_personal_number_is_refused(number: str) -> None:
    assert status(f"Får {number} försörjningsstöd?") == "personal_data"


@pytest.mark.parametrize("number", ["STK-2023-602", "212000-1124", "2023:94", "2025/26:207", "1 459 000", "2026-07-01"])
def test_other_numbers_are_not(number: str) -> None:
    assert status(f"Vad är {number}?") is None


def test_a_question_mark_alone_asks_on_where_something_was_asked_before() -> None:
    assert status("?") == "empty"
    assert status("?", followed=True) is None
    assert status("!", followed=True) == "empty"


def test_another_language_is_told_so() -> None:
    refusal = refuse("Was kostet die Untersuchung und wer hat sie bezahlt?", 2000, False)
    assert refusal is not None
    assert REFUSALS[refusal.reply].startswith("Jag läser bara frågor på svenska och engelska.")


@given(st.text(max_size=300), st.booleans())
def test_every_refusal_has_a_text(text: str, followed: bool) -> None:
    refusal = refuse(text, 200, followed)
    assert refusal is None or refusal.reply in REFUSALS


@given(st.text(min_size=201, max_size=400).filter(lambda t: len(t.strip()) > 200 and any(c.isalnum() for c in t)))
def test_what_is_over_the_limit_is_too_long_whatever_it_says(text: str) -> None:
    refusal = refuse(text, 200, False)
    assert refusal is not None
    assert refusal.status == "too_long"
