import pytest

from assistant.fitting import fits_asker
from assistant.question import understand
from assistant.terms import asked_terms
from tests.assistant.town import read, terms_of


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Vem är chef för Hamnkontoret?", "Anna Berg är chef för Hamnkontoret.", True),
        ("Vem är chef för Hamnkontoret?", "Anna Berg är chef för Parknämnden.", False),
        ("Vem är chef för Hamnkontoret?", "Hamnkontoret har en chef.", False),
        ("Vad heter den som ritade bron?", "Bron ritades av Hamnkontoret.", False),
        ("Hur många broar har byggts hittills?", "Tre broar ska byggas.", False),
        ("Hur många broar har byggts hittills?", "Tre broar har byggts.", True),
        ("Vilken bro är längst?", "Norra bron är lång.", False),
        ("Vilken bro är längst?", "Norra bron är längst.", True),
        ("Varför revs bron?", "Bron byggdes eftersom den behövdes.", False),
        ("Varför revs bron?", "Bron revs eftersom den var gammal.", True),
        ("Varför byggde Hamnkontoret bron?", "Parknämnden byggde bron eftersom den behövdes.", False),
        ("Vem vill att bron ska upphöra?", "Staden vill bygga bron.", False),
        ("Vem vill att bron ska upphöra?", "Staden vill att bron ska upphöra.", True),
        ("Vilken bro är grön?", "Norra bron är grön.", True),
    ],
)
def test_an_answer_is_of_whom_and_what_is_asked(question: str, sentence: str, expected: bool) -> None:
    asked = understand(question)
    assert fits_asker(asked, asked_terms(asked, terms_of(asked)), read(sentence)[0]) is expected


def test_what_somebody_said_is_not_taken_from_others() -> None:
    asked = understand("Vad svarade Statens utredning om bron?")
    terms = asked_terms(asked, terms_of(asked))
    assert not fits_asker(asked, terms, read("Parknämnden bedömer att bron behövs.")[0])
    assert fits_asker(asked, terms, read("Statens utredning bedömer att bron behövs.")[0])
