import pytest

from assistant.expected import amounts, asks_examples, dates, defines, enumerates, gives_examples, holds
from assistant.question import understand
from tests.assistant.town import read, terms_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Den 19 juni 2024 och i oktober 2020.", ["19 juni 2024", "oktober 2020"]),
        ("Från 2026-07-01, tidigare 2025.", ["2026-07-01", "2025"]),
        ("SOU 2023:94, STK-2023-602 och prop. 2025/26:207", []),
        ("Det tog två år.", []),
    ],
)
def test_dates_as_written(text: str, expected: list[str]) -> None:
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Den kostar 1 459 miljoner.", ["1 459 miljoner"]),
        ("Den kostar 1\u00a0459 kronor.", ["1\u00a0459 kronor"]),
        ("30,5 mnkr eller 200 kr", ["30,5 mnkr", "200 kr"]),
        ("129 paragrafer på 20 sidor", []),
    ],
)
def test_amounts_of_money(text: str, expected: list[str]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("När byggdes bron?", "Bron byggdes i maj 2023.", True),
        ("När byggdes bron?", "Bron byggdes av sten.", False),
        ("Vad kostade bron?", "Bron kostade 30 miljoner kronor.", True),
        ("Vad kostade bron?", "Bron kostade mycket.", False),
        ("Vilket diarienummer har ärendet?", "Ärendet är STK-2023-602.", True),
        ("Vilket diarienummer har ärendet?", "Ärendet är från 2023.", False),
        ("Hur många broar finns det?", "Det finns tre broar i staden.", True),
        ("Hur många broar finns det?", "Broarna byggdes 2023.", False),
        ("Hur länge varade arbetet?", "Arbetet varade i två år.", True),
        ("Hur länge varade arbetet?", "Arbetet varade länge.", False),
        ("Hur länge varade arbetet?", "Arbetet varade till den 3 maj 2023.", True),
        ("Hur länge varade arbetet?", "Arbetet varade 2021–2027.", True),
        ("Hur länge varade arbetet?", "Det varade varje månad från juli till december 2025.", False),
        ("Hur många tunnlar finns det?", "Planen omfattar tre tunnlar med träd.", True),
        ("Hur många tunnlar finns det?", "Tre tunnlar med träd målades.", False),
        ("Hur många tunnlar finns det?", "Antalet tunnlar i staden var 62.", True),
        ("Hur många av broarna är gröna?", "Av broarna är 12 gröna.", True),
        ("Hur många personer byggde bron?", "Flera personer byggde bron den 19 juni.", False),
        ("Hur stor är bron?", "Bron i SOU 2023:94 är från 2023.", False),
        ("Vem har rätt till stöd?", "Den som saknar arbete har rätt till stöd.", True),
        ("Varför lämnade hon staden?", "Hon lämnade staden i samband med flytten.", True),
        ("Hur många kommuner är med?", "Samarbetet har 40 nätverk mellan kommunerna.", False),
        ("Hur många kommuner är med?", "Samarbetet har elva kommuner.", True),
        ("Hur många jobbar på verket?", "Verket har två mål.", False),
        ("Hur många jobbar på verket?", "Verket har 40 anställda.", True),
        ("Hur många i arbetsför ålder är arbetslösa?", "75 000 personer är arbetslösa.", True),
        ("Vem byggde bron?", "Parknämnden byggde bron.", True),
        ("Vem byggde bron?", "Bron byggdes av sten.", False),
        ("Vem anlitade Parknämnden?", "Parknämnden byggde bron.", False),
        ("Varför byggdes bron?", "Bron byggdes eftersom färjan var full.", True),
        ("Varför byggdes bron?", "Bron byggdes av sten.", False),
        ("Var ligger bron?", "Bron ligger i Malmö.", True),
        ("Var ligger bron?", "Bron ligger nära vattnet.", False),
        ("Lista broarna.", "De är Norra, Södra och Västra bron.", True),
        ("Lista broarna.", "Bron ligger där.", None),
        ("Hur ser bron ut?", "Bron är grön.", None),
        ("Får staden en bro?", "Staden får en bro.", None),
    ],
)
def test_a_sentence_holds_what_the_kind_of_question_wants(question: str, sentence: str, expected: bool | None) -> None:
    asked = understand(question)
    assert holds(asked.kind, asked.text, terms_of(asked), read(sentence)[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staden bör (1) bygga en bro och (2) måla den.", True),
        ("Parker, gator, torg och broar sköts.", True),
        ("Staden sköter bland annat broar.", True),
        ("Staden sköter broar.", False),
    ],
)
def test_counting_up(text: str, expected: bool) -> None:
    assert enumerates(read(text)[0]) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fontänen är en brunn.", True),
        ("Den strategiska överenskommelsen (SÖK) gäller.", True),
        ("Vi går till fontänen.", False),
        ("En brunn är djup.", False),
    ],
)
def test_defining(text: str, expected: bool) -> None:
    assert defines(("fontänen", "SÖK"), read(text)[0]) is expected


def test_examples_asked_for_and_given() -> None:
    assert asks_examples("Ge exempel på broar")
    assert not asks_examples("Vilka broar finns?")
    assert gives_examples("Det kan till exempel vara en bro.")
    assert not gives_examples("Det är en bro.")
