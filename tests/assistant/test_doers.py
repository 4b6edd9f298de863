import pytest

from assistant.doers import PERSON, done_by_other
from assistant.question import understand
from tests.assistant.town import read, terms_of


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Vem anlitade Hamnkontoret?", "Parknämnden anlitade Hamnkontoret.", True),
        ("Vem anlitade Hamnkontoret?", "Hamnkontoret anlitades av Parknämnden.", True),
        ("Vem anlitade Hamnkontoret?", "I maj anlitade Anna Berg hela Hamnkontoret.", None),
        ("Vem anlitade Hamnkontoret?", "Chefen Anna Berg anlitade Hamnkontoret.", True),
        ("Vem anlitade Hamnkontoret?", "Hamnkontoret anlitade en byggare.", False),
        ("Vem anlitade Hamnkontoret?", "Bron är grön.", None),
    ],
)
def test_who_does_what_the_question_asks(question: str, sentence: str, expected: bool | None) -> None:
    assert done_by_other(terms_of(understand(question)), read(sentence)[0]) is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ordförande är Anna Berg.", "Anna Berg"),
        ("Anna Maria Berg leder arbetet.", "Anna Maria Berg"),
        ("Staden leder arbetet.", None),
    ],
)
def test_persons_are_told_by_their_names(text: str, found: str | None) -> None:
    person = PERSON.search(text)
    assert (person.group() if person else None) == found
