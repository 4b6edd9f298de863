from dataclasses import replace

from assistant.web.reader import CITED, OVERTAKEN, PAGE, Note, notes_on, parts
from corpus.models import Document, Page, Reference, Section, Source, Span, Update
from corpus.store import UpdateLink

SOURCE = Source("plan", "Planen", "Staden", "2024", "utredning")
TEXT = "Planen\n\nEtt\n\nDet tar tre år. Bron är ny.\n\nTvå\n\nSlut.\n\ntabell 1"
WHOLE = Document(
    SOURCE,
    TEXT,
    sections=(Section("Planen", 1, Span(0, 62)), Section("Ett", 2, Span(8, 42)), Section("Två", 2, Span(42, 62))),
    pages=(Page(1, Span(0, 29)), Page(2, Span(29, 62))),
    paragraphs=(Span(13, 40), Span(47, 52)),
    sentences=(Span(13, 28), Span(29, 40), Span(47, 52)),
)


def test_a_document_is_read_section_by_section_with_its_page_breaks():
    assert TEXT[13:28] == "Det tar tre år."
    first, second = parts(WHOLE, None, [])
    assert (first.heading, first.level, second.heading) == ("Ett", 2, "Två")
    assert [(p.text, p.kind) for p in first.paragraphs[0].pieces] == [
        ("Det tar tre år. ", ""),
        ("2", PAGE),
        ("Bron är ny.", ""),
    ]
    # What stands in no paragraph is shown as well: nothing of the text is left out but the headings themselves.
    assert [[p.text for p in paragraph.pieces] for paragraph in second.paragraphs] == [["Slut."], ["tabell 1"]]


def test_the_cited_words_are_marked_over_a_page_break_too():
    [paragraph] = parts(WHOLE, Span(21, 36), [])[0].paragraphs
    assert [(p.text, p.kind) for p in paragraph.pieces] == [
        ("Det tar ", ""),
        ("tre år. ", CITED),
        ("2", PAGE),
        ("Bron är", CITED),
        (" ny.", ""),
    ]


def test_what_has_been_overtaken_says_by_what():
    later = Document(replace(SOURCE, document_id="blad", title="Bladet"), "Det tar fem år.")
    update = Update("plan", "Det tar tre år.", "Det tar fem år.", "updates", "2026")
    confirms = replace(update, relation="confirms")
    notes = notes_on(WHOLE, [UpdateLink("blad", update), UpdateLink("blad", confirms)], [later, later])
    note = Note("blad", "Bladet", "Det tar fem år.", "2026", 0, 15)
    assert notes == [(Span(13, 28), note)]
    [paragraph] = parts(WHOLE, None, notes)[0].paragraphs
    assert paragraph.notes == (note,)
    first = paragraph.pieces[0]
    assert (first.text, first.kind) == ("Det tar tre år.", OVERTAKEN)


def test_a_fact_has_the_address_of_its_original():
    sheet = replace(WHOLE, references=(Reference(Span(47, 52), "https://staden.example/slut"),))
    assert [p.url for part in parts(sheet, None, []) for p in part.paragraphs] == [
        "",
        "https://staden.example/slut",
        "",
    ]
