import pytest

from assistant.question import understand
from assistant.summary import asked_length, is_about_whole
from tests.assistant.town import terms_of


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Sammanfatta utredningen i tre meningar", 3),
        ("2 punkter om slutsatsen", 2),
        ("fem korta punkter om planen", 5),
        ("Vad är slutsatsen kortfattat?", 3),
        ("Ge mig en kort sammanfattning", 3),
        ("Sammanfatta utredningen", None),
        ("Vad står i punkt 4?", None),
    ],
)
def test_how_many_sentences_are_asked_for(question: str, expected: int | None) -> None:
    assert asked_length(question) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sammanfatta utredningen", True),
        ("sammanfatta kort", True),
        ("Sammanfatta utredningen i tre meningar", True),
        ("Sammanfatta vad utredningen säger om cykelbanor", False),
    ],
)
def test_what_narrows_a_summary_down(text: str, expected: bool) -> None:
    question = understand(text)
    assert is_about_whole(question, terms_of(question)) is expected
