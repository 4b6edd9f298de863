from corpus.models import Document, Page, Reference, Section, Source, Span

TEXT = "Titel\n\nA\n\nEtt.\n\nB\n\nTvå."
DOCUMENT = Document(
    source=Source("d", "Titel", "", "", "dokument", url="https://own.se"),
    text=TEXT,
    sections=(Section("Titel", 1, Span(0, 23)), Section("A", 2, Span(7, 16)), Section("B", 2, Span(16, 23))),
    pages=(Page(1, Span(0, 10)), Page(2, Span(10, 23))),
    references=(Reference(Span(19, 23), "https://fact.se"),),
)


def test_spans_overlap_where_they_share_a_character():
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 3).overlaps(Span(3, 5))
    assert Span(1, 2).overlaps(Span(0, 9))


def test_quote_is_the_text_in_a_span():
    assert DOCUMENT.quote(Span(10, 14)) == "Ett."


def test_the_innermost_section_holds():
    found = [DOCUMENT.section_at(n) for n in (0, 8, 15, 16, 22)]
    assert [section.heading for section in found if section] == ["Titel", "A", "A", "B", "B"]
    assert DOCUMENT.section_at(23) is None


def test_pages():
    assert [DOCUMENT.page_at(n) for n in (0, 9, 10, 22, 23)] == [1, 1, 2, 2, None]


def test_a_fact_has_its_own_address_before_the_source_has():
    assert DOCUMENT.url_at(Span(20, 22)) == "https://fact.se"
    assert DOCUMENT.url_at(Span(10, 14)) == "https://own.se"
