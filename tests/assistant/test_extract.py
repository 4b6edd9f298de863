import pytest

from assistant.extract import Extraction, Extractor
from assistant.kind import Kind
from assistant.retrieve import Retriever
from corpus.index import Index
from tests.assistant.town import ANALYZER, KNOWLEDGE
from tests.corpus.standin import HashEmbedder


@pytest.fixture(scope="module")
def extractor(town: Index, town_embedder: HashEmbedder) -> Extractor:
    return Extractor(town, Retriever(town, town_embedder, ANALYZER, KNOWLEDGE), ANALYZER, KNOWLEDGE)


def quotes(extraction: Extraction) -> list[str]:
    return [s.document.quote(s.span) for s in extraction.statements]


def test_the_sentence_that_answers_is_quoted(extractor: Extractor) -> None:
    found = extractor.extract("Vem önskar en ny kaj?")
    assert quotes(found)[0] == "Hamnkontoret önskar en ny kaj."
    assert (found.verdict, found.question.kind) == (None, Kind.WHO)


def test_a_yes_no_question_gets_its_verdict(extractor: Extractor) -> None:
    found = extractor.extract("Finns det pengar till en bro?")
    assert found.verdict == "no"
    assert quotes(found)[0] == "Parknämnden bedömer att det inte finns några pengar till en bro."


def test_a_synonym_a_slip_of_the_pen_and_english_lead_to_the_same_sentence(extractor: Extractor) -> None:
    for text in ("Finns det pengar till en viadukt?", "Finns det pengar till en bro i parknamnden?"):
        assert quotes(extractor.extract(text))[0].endswith("några pengar till en bro.")


def test_what_holds_today_is_what_the_later_source_says(extractor: Extractor) -> None:
    found = extractor.extract("Tar det tre år?")
    assert found.verdict == "no"
    assert "Cykelbanorna tar fyra år att bygga." in quotes(found)


def test_what_held_then_is_followed_by_what_has_changed(extractor: Extractor) -> None:
    found = extractor.extract("Tog det tre år enligt utredningen?")
    assert found.verdict == "yes"
    first, *rest = found.statements
    assert (first.document.quote(first.span), first.updated, first.relation) == ("Det tar tre år.", True, None)
    assert [(s.document.source.document_id, s.relation, s.since) for s in rest][:1] == [
        ("bladet", "updates", "2026-07-01")
    ]


def test_a_source_that_only_confirms_is_not_added(extractor: Extractor) -> None:
    found = extractor.extract("Vad kostar fontänen?")
    assert "Fontänen kostar 30 miljoner kronor." in quotes(found)
    assert not any(s.updated or s.relation for s in found.statements)


def test_no_answer_has_no_statements_but_what_lies_nearest(extractor: Extractor) -> None:
    found = extractor.extract("Vad heter fontänens arkitekt?")
    assert (found.statements, found.verdict) == ((), None)
    assert 1 <= len(found.nearest) <= 3


def test_nothing_is_quoted_twice(extractor: Extractor) -> None:
    for text in ("Vad säger staden om cykelbanor?", "Lista allt om fontänen", "Vilka vill ha bänkar och kaj?"):
        found = quotes(extractor.extract(text))
        assert len(found) == len(set(found))


def test_a_question_without_words_is_not_answered(extractor: Extractor) -> None:
    assert extractor.extract("och att det är?").statements == ()
