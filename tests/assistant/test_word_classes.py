import pytest

from assistant.word_classes import is_name, verb_places
from corpus.swedish import tokenize


@pytest.mark.parametrize(
    ("question", "verbs"),
    [
        ("Minskar det inkomstbaserade stödet?", ["Minskar"]),
        ("Ligger hamnen i sydöstra Skåne?", ["Ligger"]),
        ("Ska hamnen bygga en bro?", ["Ska", "bygga"]),
        ("Ska en bro byggas?", ["Ska", "byggas"]),
        ("Föreslog rådet att bygga en bro som lyser?", ["Föreslog", "bygga", "lyser"]),
        ("Är boken riktad till Lena Micko?", ["Är"]),
    ],
)
def test_verbs_by_where_they_stand(question: str, verbs: list[str]) -> None:
    tokens = tokenize(question)
    assert [t.text for t in tokens if t.start in verb_places(tokens)] == verbs


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Norrköping", True), ("Slottner", True), ("Öresundspendlare", False), ("SKR", False), ("hamn", False)],
)
def test_a_compound_with_a_name_is_none(word: str, expected: bool) -> None:
    assert is_name(word) is expected
