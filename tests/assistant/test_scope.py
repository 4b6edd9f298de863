import pytest

from assistant.scope import asks_for_whole, reach_borne


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Bygger staden broar?", "Staden bygger broar.", True),
        ("Får alla kommuner pengar?", "Alla kommuner får pengar.", True),
        ("Får alla kommuner pengar?", "Vissa kommuner får pengar.", False),
        ("Får alla kommuner pengar?", "Kommuner får pengar.", None),
        ("Redovisas det varje år?", "Det redovisas i mars.", True),  # how often is no reach
        ("Är det bara staden som bygger?", "Både staden och staten bygger.", False),
        ("Är det bara staden som bygger?", "Endast staden bygger.", True),
        ("Är det bara staden som bygger?", "Staden bygger.", None),
        ("Är det bara en del av broarna?", "Vissa av broarna är nya.", True),
        ("Handlar det bara om broar?", "Det handlar om broar och tunnlar.", False),
        ("Är det det enda skälet?", "Det är ett av skälen.", False),
        ("Får nästan alla kommuner pengar?", "98 procent av kommunerna får pengar.", True),
        ("Tycker de flesta att bron är fin?", "19 procent tycker att bron är fin.", False),
        ("Tycker de flesta att bron är fin?", "81 procent tycker att bron är fin.", True),
        ("Tycker färre än hälften att bron är fin?", "81 procent tycker att bron är fin.", False),
        ("Tycker de flesta att bron är fin?", "Många tycker att bron är fin.", None),
        ("Gäller förordningen fortfarande?", "Förordningen upphävdes 2023.", False),
        ("Gäller förordningen fortfarande?", "Förordningen gäller.", True),
        ("Byggdes bron innan tunneln grävdes?", "Bron byggdes efter att tunneln grävdes.", False),
        ("Byggdes bron efter att tunneln grävdes?", "Bron byggdes efter att tunneln grävdes.", True),
        ("Är bron dyrast?", "Bron är dyr.", None),
        ("Är bron högst i landet?", "Bron är näst högst i landet.", False),
        ("Är tornet störst?", "Bron är näst störst och tornet störst.", True),
        ("Är bron näst högst i landet?", "Bron är näst högst i landet.", True),
        ("Gäller stödet bara i två år?", "Stödet gäller i två år.", None),
        ("Är bron dyrast?", "Bron är den största utgiften.", True),
        ("Har nämnden högst nio ledamöter?", "Nämnden har nio ledamöter.", True),
    ],
)
def test_the_reach_of_a_claim(question: str, text: str, expected: bool | None) -> None:
    assert reach_borne(question, text) is expected


@pytest.mark.parametrize(
    ("question", "expected"), [("Är det helt stängt?", True), ("Är det omöjligt?", True), ("Är det stängt?", False)]
)
def test_what_is_asked_for_as_a_whole(question: str, expected: bool) -> None:
    assert asks_for_whole(question) is expected


def test_what_depends_on_something_does_not_hold_whatever_may_be() -> None:
    question = "Gäller kravet oavsett vad bron kostar?"
    assert reach_borne(question, "Kravet gäller vid behov.") is False
    assert reach_borne(question, "Kravet gäller.") is None
    assert reach_borne("Gäller kravet?", "Kravet gäller vid behov.") is True
