import pytest

from assistant.kind import Kind, kind_of
from corpus.swedish import tokenize

QUESTIONS = {
    Kind.YES_NO: [
        "Får Malmö undantag?",
        "Kan inte Malmö få undantag?",
        "Är det sant att Malmö får undantag?",
        "Stämmer det att SKR sa nej?",
        "Malmö får väl undantag, eller hur?",
        "Malmö får undantag?",
        "Var det kommunstyrelsen som beslutade?",
        "Can Malmö get an exemption?",
        "Saknas det pengar?",
        "Utsågs hon av regeringen?",
        "Sitter Malmö i styrelsen?",
        "Låg andelen över tio procent?",
        "Innehöll planen en bro?",
        "Var Malmös andel högre?",
        "skickades planen på remiss",
        "om jag bor i Lund, får jag åka gratis då",
        "min son är 17, kan han få ett eget kort",
    ],
    Kind.WHO: [
        "Vem byggde bron?",
        "Kommer inte på namnet, vem är det som byggde bron?",
        "Vilken nämnd ansvarar?",
        "Av vem byggdes bron?",
        "Är det staten eller kommunen som bygger?",
        "Who decided?",
    ],
    Kind.WHEN: [
        "När byggdes bron?",
        "Vilket år byggdes bron?",
        "Tidigast när öppnar bron?",
        "Sedan när gäller lagen?",
        "When was it built?",
    ],
    Kind.NUMBER: ["Hur många broar finns det?", "Vilket diarienummer har ärendet?", "How many bridges are there?"],
    Kind.MONEY: [
        "Vad kostade bron?",
        "Vad tjänar en lärare?",
        "Hur mycket pengar gick åt?",
        "How much did the bridge cost?",
    ],
    Kind.WHERE: ["Var ligger bron?", "I vilken stad ligger bron?", "Where is the bridge?"],
    Kind.WHY: ["Varför byggdes bron?", "Av vilken anledning revs den?", "Vad är skälet till avslaget?", "Why?"],
    Kind.DEFINITION: ["Vad är SÖK?", "Vad betyder SÖK?", "Vad står SÖK för?", "What is SÖK?"],
    Kind.LIST: ["Vilka broar finns?", "Lista broarna", "Ge exempel på broar", "Nämn två broar"],
    Kind.SUMMARY: [
        "Sammanfatta planen",
        "Ge mig en kort sammanfattning av planen",
        "Summarize the plan",
        "tre punkter om planen",
    ],
    Kind.WHAT: ["Vad säger SKR om bron?", "Hur arbetar staden?", "Berätta om bron", "bro i staden"],
}


@pytest.mark.parametrize(
    ("text", "kind"),
    [(text, kind) for kind, texts in QUESTIONS.items() for text in texts],
    ids=lambda value: str(value),
)
def test_kind_of_answer_that_a_question_wants(text: str, kind: Kind) -> None:
    assert kind_of(text, tuple(tokenize(text))) is kind


def test_every_kind_has_an_example() -> None:
    assert set(QUESTIONS) == set(Kind)
