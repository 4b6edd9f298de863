import pytest

from assistant.denials import denials


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Har rådet hoppat över den andra delen?", [{"hoppat", "över"}]),
        ("Lät rådet bli att räkna?", [{"lät", "bli", "att"}]),
        ("Sa hamnen hösten 2023 nej till att anlita båtar?", [{"sa", "nej", "till", "att"}]),
        ("Går den som har båt fri från avgiften?", [{"går", "fri", "från"}]),
        ("Är det fel att säga att bron är klar?", [{"är", "fel", "att", "säga"}]),
        ("Vill rådet lägga ner hamnen och låta bli att bygga bron?", [{"lägga", "ner"}, {"låta", "bli", "att"}]),
        ("Har rådet räknat båtarna?", []),
        ("Är man fri för att slippa avgiften?", []),  # what it is for is not denied
        ("Går bron att bygga?", []),
    ],
)
def test_phrases_that_deny_are_found_with_their_own_words(text: str, expected: list[set[str]]) -> None:
    assert [set(words) for words in denials(text)] == expected
