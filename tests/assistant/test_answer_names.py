import pytest

from assistant.answer_names import asked_noun, names_answer, without_answer_heads
from assistant.kind import Kind
from corpus.swedish import tokenize


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Vilka öppettider har badet?", "öppettider"),
        ("Hur många tunnlar finns det?", "tunnlar"),
        ("Vilka tre tunnlar finns det?", "tunnlar"),
        ("Vilka tre egenskaper har bron?", ""),
        ("Vilket län är störst?", ""),
        ("På vilket sätt byggs bron?", ""),
        ("Var ligger bron?", ""),
    ],
)
def test_the_noun_that_an_answer_must_hold(text: str, noun: str) -> None:
    assert asked_noun(text) == noun


@pytest.mark.parametrize(
    ("word", "text", "kind", "expected"),
    [
        ("skäl", "Av vilket skäl byggs bron?", Kind.WHY, True),
        ("anledningen", "Vad är anledningen till bron?", Kind.WHY, True),
        ("bron", "Vad är anledningen till bron?", Kind.WHY, False),
        ("egenskaper", "Vilka tre egenskaper har bron?", Kind.LIST, True),
        ("länge", "Hur länge byggs bron?", Kind.NUMBER, True),
        ("länge", "Byggs bron länge?", Kind.YES_NO, False),
    ],
)
def test_words_that_only_name_the_answer(word: str, text: str, kind: Kind, expected: bool) -> None:
    assert names_answer(word, text, kind) is expected


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("När går remisstiden ut", Kind.WHEN, ["När", "går", "remiss", "ut"]),
        ("Vilket telefonnummer", Kind.NUMBER, ["Vilket", "telefon"]),
        ("Vilket ISBN-nummer", Kind.NUMBER, ["Vilket", "ISBN"]),
        ("Vilket diarienummer", Kind.NUMBER, ["Vilket", "diarienummer"]),
        ("Vad är remisstiden", Kind.DEFINITION, ["Vad", "är", "remisstiden"]),
    ],
)
def test_a_compound_is_cut_to_what_the_answer_is_of(text: str, kind: Kind, words: list[str]) -> None:
    assert [t.text for t in without_answer_heads(tokenize(text), kind)] == words
