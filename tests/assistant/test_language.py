import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language import detect


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kan Malmö få undantag från lagstiftningen?", "sv"),
        ("Kan Malmo fa undantag fran lagstiftningen?", "sv"),
        ("försörjningsstöd", "sv"),
        ("SKR", "sv"),
        ("Malmö", "sv"),
        ("", "sv"),
        ("2023:94?", "sv"),
        ("Can Malmö get an exemption from the legislation?", "en"),
        ("Who decided that the investigation should be made?", "en"),
        ("Was kostet die Untersuchung und wer hat sie bezahlt?", "other"),
        ("Pourquoi est-ce que les villes ne sont pas dans une zone?", "other"),
        ("Сколько это стоит?", "other"),
        ("كم تكلفة التحقيق؟", "other"),
    ],
)
def test_language_of_a_question(text: str, language: str) -> None:
    assert detect(text) == language


@given(st.text(st.characters(categories=("N", "P", "S", "Zs"))))
def test_text_without_letters_is_taken_for_swedish(text: str) -> None:
    assert detect(text) == "sv"


@given(st.text(st.characters(min_codepoint=0x0430, max_codepoint=0x044F), min_size=1))
def test_another_script_is_another_language(text: str) -> None:
    assert detect(text) == "other"
