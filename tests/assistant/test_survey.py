import pytest

from assistant.answer import Assistant
from corpus.models import Span
from tests.assistant.town import KNOWLEDGE


@pytest.fixture(scope="module")
def asked(town, town_embedder):
    return Assistant(town, town_embedder, KNOWLEDGE).ask


def quotes_hold(answer, index):
    return all(index.document(c.document_id).quote(Span(c.start, c.end)) == c.quote for c in answer.citations)


def test_the_actors_are_those_of_the_primary_document_each_with_its_sentence(asked, town):
    answer = asked("Vilka aktörer nämns?")
    assert (answer.status, answer.verdict, answer.form) == ("answered", None, "actors")
    assert answer.answer == "- Parknämnden [1]"
    assert answer.citations[0].quote == "Parknämnden bedömer att det inte finns några pengar till en bro."
    assert quotes_hold(answer, town)


def test_where_nothing_is_dated_there_is_no_timeline(asked):
    assert asked("Tidslinje").form == ""


def test_positions_that_nobody_takes_are_told(asked, town):
    answer = asked("Vad säger Parknämnden och Hamnkontoret om en bro?")
    assert answer.form == "positions"
    assert answer.answer.splitlines()[0] == (
        "Parknämnden: Parknämnden bedömer att det inte finns några pengar till en bro. [1]"
    )
    assert "Hamnkontoret: Det framgår inte av underlaget." in answer.answer
    assert [c.label for c in answer.citations] == ["Parknämnden"]
    assert quotes_hold(answer, town)


# Over the bundled documents: what the pages and the answers show of them.


def test_the_bundled_timeline_begins_with_the_investigations_own_dates(assistant):
    answer = assistant.ask("Tidslinje")
    dates = [line.partition(":")[0] for line in answer.answer.splitlines()]
    assert dates[:4] == ["- oktober 2020", "- maj 2023", "- juni 2023", "- 19 juni 2024"]
    assert dates[-1] == "- 1 juli 2026"
    assert {c.document_id for c in answer.citations[:4]} == {"malmo-forsoksverksamhet"}
    assert quotes_hold(answer, assistant.index)


def test_the_bundled_positions_stand_side_by_side(assistant):
    answer = assistant.ask("Vad säger SKR, departementet och förvaltningen om undantag från lagstiftningen?")
    labels = list(dict.fromkeys(c.label for c in answer.citations))
    assert labels[:3] == [
        "Sveriges Kommuner och Regioner",
        "Arbetsmarknadsdepartementet",
        "Arbetsmarknads- och socialförvaltningen",
    ]
    assert "inte finns möjlighet att genomföra försök" in answer.citations[0].quote
    assert quotes_hold(answer, assistant.index)


def test_the_bundled_summary_says_what_it_was_for_and_all_that_it_concludes(assistant):
    answer = assistant.ask("Sammanfatta utredningen")
    assert "utreda förutsättningarna för försöksverksamhet" in answer.citations[0].quote
    joined = " ".join(c.quote for c in answer.citations)
    assert "inte finns några öppningar" in joined
    assert "viktig arena" in joined


def test_the_bundled_actors_are_named(assistant):
    answer = assistant.ask("Vilka aktörer nämns i utredningen?")
    for name in ("Kommunstyrelsen", "Sveriges Kommuner och Regioner", "Familjen Helsingborg", "Arbetsförmedlingen"):
        assert f"- {name} [" in answer.answer
    assert quotes_hold(answer, assistant.index)
