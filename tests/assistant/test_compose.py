from dataclasses import replace

from assistant.compose import REFUSALS, Statement, cite
from corpus.models import Document, Page, Reference, Section, Source, Span

TEXT = "Planen\n\nStaden bygger broar. Det tar tid.\n\nSlut."
SOURCE = Source("plan", "Planen", "Staden", "2024-06", "utredning", url="https://staden.example/plan")
DOCUMENT = Document(
    SOURCE,
    TEXT,
    sections=(Section("Planen", 1, Span(0, len(TEXT))),),
    pages=(Page(1, Span(0, 28)), Page(2, Span(28, len(TEXT)))),
    paragraphs=(Span(8, 41), Span(43, 48)),
    sentences=(Span(8, 28), Span(29, 41), Span(43, 48)),
)


def test_a_citation_tells_where_the_quote_stands() -> None:
    citation = cite(2, Statement(DOCUMENT, Span(29, 41), updated=True))
    assert (citation.quote, TEXT[citation.start : citation.end]) == ("Det tar tid.", "Det tar tid.")
    assert (citation.context, citation.context_start) == ("Staden bygger broar. Det tar tid.", 8)
    assert (citation.number, citation.section, citation.page, citation.updated) == (2, "Planen", 2, True)
    assert (citation.document_id, citation.title, citation.kind, citation.publisher, citation.date) == (
        *("plan", "Planen", "utredning", "Staden", "2024-06"),
    )
    assert (citation.url, citation.answers) == ("https://staden.example/plan", True)


def test_a_quote_over_two_paragraphs_has_both_around_it() -> None:
    citation = cite(1, Statement(DOCUMENT, Span(29, 48)), answers=False)
    assert TEXT[citation.context_start :] == citation.context == "Staden bygger broar. Det tar tid.\n\nSlut."
    assert not citation.answers


def test_without_paragraphs_sections_or_pages_the_quote_is_its_own_context() -> None:
    bare = replace(DOCUMENT, sections=(), pages=(), paragraphs=())
    citation = cite(1, Statement(bare, Span(43, 48)))
    assert (citation.context, citation.context_start, citation.section, citation.page) == ("Slut.", 43, "", None)


def test_a_facts_own_address_goes_before_the_documents() -> None:
    with_reference = replace(DOCUMENT, references=(Reference(Span(29, 41), "https://lag.example/1"),))
    assert cite(1, Statement(with_reference, Span(29, 41))).url == "https://lag.example/1"
    assert cite(1, Statement(with_reference, Span(8, 28))).url == "https://staden.example/plan"


def test_the_text_on_length_names_the_limit() -> None:
    assert "2000 tecken" in REFUSALS["too_long"].format(most=2000)
