import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.message import MOST_QUESTIONS, questions_in


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Får Malmö undantag?", ("Får Malmö undantag?",)),
        ("Hej! Jag arbetar på skolan. Får Malmö undantag?", ("Får Malmö undantag?",)),
        ("Får Malmö undantag? Vad säger SKR?", ("Får Malmö undantag?", "Vad säger SKR?")),
        (
            "Vem inrättade kommissionen, och när lämnade den rapporten?",
            ("Vem inrättade kommissionen?", "när lämnade den rapporten?"),
        ),
        ("Får vi bygga bron, och är den dyr?", ("Får vi bygga bron?", "är den dyr?")),
        ("Får vi bygga hus, och inte broar?", ("Får vi bygga hus, och inte broar?",)),
        ("Läser på inför nämnden: vad kostar bron?", ("vad kostar bron?",)),
        ("Vi vill bygga en bro. Får man göra det i Malmö?", ("Får man göra det i Malmö (Vi vill bygga en bro)?",)),
        ("Vem byggde bron å när", ("Vem byggde bron?", "när?")),
        ("När och av vem byggdes bron?", ("När byggdes bron?", "av vem byggdes bron?")),
        ("Kan du hjälpa mig? Vad kostar bron?", ("Vad kostar bron?",)),
        ("Kan du hjälpa mig?", ("Kan du hjälpa mig?",)),
        ("försörjningsstöd", ("försörjningsstöd",)),
        ("Vad gäller\nför broar", ("Vad gäller",)),
        ("  ", ("",)),
    ],
)
def test_the_questions_in_a_message(text: str, questions: tuple[str, ...]) -> None:
    assert questions_in(text) == questions


def test_abbreviated_numbers_are_not_cut() -> None:
    assert questions_in("Vad står i SOU 2023:94?") == ("Vad står i SOU 2023:94?",)


@given(st.text(max_size=300))
def test_every_message_has_a_question_and_not_too_many(text: str) -> None:
    questions = questions_in(text)
    assert 1 <= len(questions) <= MOST_QUESTIONS
    assert all(questions) or not text.strip()


def test_not_more_questions_than_can_be_answered() -> None:
    text = " ".join(f"Vad kostar bro nummer {n}?" for n in range(9))
    assert len(questions_in(text)) == MOST_QUESTIONS
