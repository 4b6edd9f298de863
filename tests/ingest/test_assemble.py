from corpus.models import Page, Reference, Section, Source, Span
from ingest.assemble import assemble, with_title
from ingest.blocks import Block, PageMark, SourceLink

SOURCE = Source("d", "", "", "", "dokument")


def test_blocks_become_one_text_with_its_spans():
    document = assemble(
        SOURCE,
        [
            Block("heading", "Titel", 1, pages=(PageMark(0, 1),)),
            Block("paragraph", "Ett. Två."),
            Block("heading", "Del", 2),
            Block("paragraph", "Tre fyra.", pages=(PageMark(4, 2),), links=(SourceLink(0, 9, "https://a.se"),)),
        ],
    )
    assert document.text == "Titel\n\nEtt. Två.\n\nDel\n\nTre fyra."
    assert document.sections == (Section("Titel", 1, Span(0, 32)), Section("Del", 2, Span(18, 32)))
    assert document.pages == (Page(1, Span(0, 27)), Page(2, Span(27, 32)))
    assert document.paragraphs == (Span(7, 16), Span(23, 32))
    assert [document.quote(s) for s in document.sentences] == ["Ett.", "Två.", "Tre fyra."]
    assert document.references == (Reference(Span(23, 32), "https://a.se"),)


def test_a_section_ends_where_one_of_its_level_or_above_begins():
    blocks = [Block("heading", name, level) for name, level in (("A", 2), ("B", 3), ("C", 3), ("D", 2), ("E", 1))]
    ends = {section.heading: section.span.end for section in assemble(SOURCE, blocks).sections}
    assert ends == {"A": 9, "B": 6, "C": 9, "D": 12, "E": 13}


def test_what_leads_up_to_a_paragraph_is_no_sentence():
    blocks = [
        Block("paragraph", "Staden gör detta. Följande gäller:"),
        Block("paragraph", "a) ett."),
        Block("paragraph", "Slut:"),
    ]
    document = assemble(SOURCE, blocks)
    assert [document.quote(s) for s in document.sentences] == ["Staden gör detta.", "a) ett.", "Slut:"]


def test_the_title_is_the_first_heading_where_the_source_has_none():
    blocks = [Block("heading", "Rubriken", 1), Block("paragraph", "Text.")]
    assert with_title(assemble(SOURCE, blocks)).source.title == "Rubriken"
    assert with_title(assemble(SOURCE, blocks[1:])).source.title == "d"
    named = Source("d", "Egen", "", "", "dokument")
    assert with_title(assemble(named, blocks)).source.title == "Egen"
