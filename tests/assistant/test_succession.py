import pytest

from assistant.bindings import Held
from assistant.succession import succession_borne

SENTENCE = "Staden meddelade i maj att Bo Lind blir chef för bron efter Ada Berg."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Blir Bo Lind chef efter Ada Berg?", Held.SAME),
        ("Tar Ada Berg över efter Bo Lind?", Held.OTHER),
        ("var ada berg chef före bo lind", Held.SAME),
        ("var bo lind chef före ada berg", Held.OTHER),
        ("Efterträder Bo Lind Ada Berg?", Held.SAME),
        ("Efterträder Ada Berg Bo Lind?", Held.OTHER),
        ("Är det Ada Berg som blir ny chef?", Held.OTHER),
        ("Är det Bo Lind som blir ny chef?", Held.NONE),
        ("Byggdes bron i maj?", Held.NONE),
    ],
)
def test_who_came_after_whom(question: str, expected: Held) -> None:
    assert succession_borne(question, SENTENCE) is expected


def test_a_sentence_that_orders_no_names() -> None:
    assert succession_borne("Blir Bo Lind chef efter Ada Berg?", "Bo Lind byggde bron efter regnet.") is Held.NONE
