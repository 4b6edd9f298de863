import pytest

from assistant.chat.support import fault
from assistant.sentences import SentenceReader
from corpus.knowledge import load_knowledge
from corpus.models import Document, Source, Span
from corpus.swedish import SwedishAnalyzer

KNOWLEDGE = load_knowledge()


def sentence(text: str):
    document = Document(Source("d", "Planen", "Malmö stad", "2024", "utredning"), text, sentences=(Span(0, len(text)),))
    return SentenceReader(SwedishAnalyzer(), KNOWLEDGE).at(document, 0)


REPORT = (
    "Efter drygt två års arbete överlämnade kommissionen i maj 2023 sin slutrapport och i juni 2023 beslutade "
    "kommunstyrelsen att skicka slutrapporten på remiss till stadens nämnder."
)
POWER = "Samtidigt har landets kommuner inte rådighet över arbetsmarknadspolitiken och de regelverk som styr den."
BOARD = "Kommunstyrelsen beslutade i oktober 2020 att inrätta en tillväxtkommission för ett hållbart Malmö."
VIEW = "Kommissionen bedömer att staten bör pröva lokala zoner."
COSTS = "Parken kostade 30 miljoner kronor 2023 och bron 40 miljoner kronor 2024."


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (REPORT, "Kommissionen överlämnade sin slutrapport i maj 2023."),
        (REPORT, "I maj 2023 överlämnade kommissionen sin slutrapport."),
        (REPORT, "I juni 2023 beslutade kommunstyrelsen att skicka slutrapporten på remiss till stadens nämnder."),
        (POWER, "Landets kommuner har inte rådighet över arbetsmarknadspolitiken och de regelverk som styr den."),
        (BOARD, "I oktober 2020 beslutade kommunstyrelsen att inrätta en tillväxtkommission för ett hållbart Malmö."),
        (BOARD, "Kommunstyrelsen beslutade att inrätta en tillväxtkommission för ett hållbart Malmö."),
        ("Andelen är 12 %, som år 2020.", "Andelen är 12 procent, som år 2020."),
        ("Staden (med råd) bygger en bro.", "Staden bygger en bro."),
    ],
)
def test_the_same_in_another_order_or_shorter_is_borne(source, said):
    assert fault(said, sentence(source), KNOWLEDGE) is None


@pytest.mark.parametrize(
    ("source", "said", "reason"),
    [
        (REPORT, "Kommissionen överlämnade sin slutrapport i maj 2024.", "value"),
        (REPORT, "Kommissionen överlämnade sin slutrapport i april 2023.", "value"),
        (REPORT, "Kommissionen överlämnade sin slutrapport i juni 2023.", "left_out"),
        (REPORT, "Regeringen överlämnade sin slutrapport i maj 2023.", "name"),
        (REPORT, "Kommissionen publicerade sin slutrapport i maj 2023.", "word"),
        (REPORT, "Kommissionen överlämnar sin slutrapport i maj 2023.", "word"),
        (
            POWER,
            "Landets kommuner har rådighet över arbetsmarknadspolitiken och de regelverk som styr den.",
            "polarity",
        ),
        (POWER, "Landets kommuner har inte rådighet över arbetsmarknadspolitiken.", "left_out"),
        (
            POWER,
            "Landets kommuner har inte rådighet under arbetsmarknadspolitiken och de regelverk som styr den.",
            "word",
        ),
        (BOARD, "Kommunstyrelsen inrättade i oktober 2020 en tillväxtkommission för ett hållbart Malmö.", "word"),
        (VIEW, "Staten bör pröva lokala zoner.", "left_out"),
        (VIEW, "Kommissionen bedömer att staten ska pröva lokala zoner.", "word"),
        (VIEW, "Staten bedömer att kommissionen bör pröva lokala zoner.", "rearranged"),
        (COSTS, "Parken kostade 40 miljoner kronor 2023 och bron 30 miljoner kronor 2024.", "rearranged"),
        (COSTS, "Bron kostade 40 miljoner kronor 2024.", "left_out"),
        ("Rapporten gick från staten till nämnden.", "Rapporten gick från nämnden till staten.", "rearranged"),
        ("Rapporten gick till nämnden.", "Rapporten gick från nämnden.", "rearranged"),
        ("Nämnden valde staden.", "Nämnden valdes.", "left_out"),
        ("Staden får bygga om staten betalar.", "Staden får bygga.", "left_out"),
        ("Staden eller staten betalar.", "Staden betalar.", "left_out"),
        ("Företag som tagit emot stöd rapporterar.", "Företag rapporterar.", "left_out"),
        ("Priserna ökade under året.", "Priserna minskade under året.", "word"),
    ],
)
def test_what_says_more_less_or_something_else_is_not(source, said, reason):
    found = fault(said, sentence(source), KNOWLEDGE)
    assert found is not None
    assert found.reason == reason, found


def test_a_view_may_stand_without_its_opening_where_it_is_attributed_already():
    kommission = sentence(VIEW).speaker
    assert kommission
    assert fault("bör staten pröva lokala zoner.", sentence(VIEW), KNOWLEDGE, frozenset({kommission})) is None
    assert fault("bör staten pröva lokala zoner.", sentence(VIEW), KNOWLEDGE, frozenset({"skr"})) is not None
