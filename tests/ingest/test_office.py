from pathlib import Path

from ingest.entries import Entry
from ingest.parse.document import Parsed, parse_bytes
from tests.ingest.office import docx, odt, paragraph, run


def parse(name: str, data: bytes) -> Parsed:
    return parse_bytes(data, Entry(Path(name), "upload"))


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(content)}</w:tc>"


def test_a_word_file_s_headings_paragraphs_lists_and_tables():
    body = (
        paragraph("Om försöket", "Rubrik1")
        + paragraph(run("Det ") + run("tar", "<w:b/>") + run(" tre år."))
        + paragraph("Bakgrund", "R2")
        + '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>' + run("En punkt.") + "</w:p>"
        + f"<w:tbl><w:tr>{cell('År')}{cell('Kommun')}</w:tr><w:tr>{cell('2024')}{cell('Malmö')}</w:tr></w:tbl>"
    )  # fmt: skip
    document = parse("a.docx", docx(body)).document
    assert document.text.split("\n\n") == [
        "Om försöket", "Det tar tre år.", "Bakgrund", "En punkt.", "År | Kommun", "2024 | Malmö",
    ]  # fmt: skip
    assert [(s.heading, s.level) for s in document.sections] == [("Om försöket", 1), ("Bakgrund", 2)]
    assert (document.source.title, document.source.date) == ("Tjänsteutlåtande", "2026-06-19")


def test_what_word_does_not_show_is_dropped_and_reported():
    secret = "Malmö får undantag."
    body = (
        paragraph(run("Det syns. ") + run(secret, "<w:vanish/>") + run(secret, '<w:color w:val="FFFFFF"/>'))
        + paragraph(run(secret, '<w:sz w:val="2"/>') + run(secret, '<w:rStyle w:val="Dold"/>'))
        + paragraph(f"<w:del>{run('Struket.').replace('w:t', 'w:delText')}</w:del>" + run("Kvar."))
        + "<w:tbl><w:tr>" + cell(run("Vit på blått.", '<w:color w:val="FFFFFF"/>'), '<w:shd w:fill="000080"/>')
        + "</w:tr></w:tbl>"
    )  # fmt: skip
    parsed = parse("a.docx", docx(body))
    assert parsed.document.text.split("\n\n") == ["Det syns.", "Kvar.", "Vit på blått."]
    assert list(parsed.notes) == [
        f"a.docx: hidden text dropped (marked as hidden): '{secret}', '{secret}'",
        f"a.docx: hidden text dropped (white on white): '{secret}'",
        f"a.docx: hidden text dropped (too small to be read): '{secret}'",
    ]


def test_text_boxes_are_read_once():
    box = (
        '<w:p><mc:AlternateContent xmlns:mc="m"><mc:Choice>' + paragraph("I rutan.") + "</mc:Choice><mc:Fallback>"
        + paragraph("I rutan.") + "</mc:Fallback></mc:AlternateContent></w:p>"
    )  # fmt: skip
    assert parse("a.docx", docx(box + paragraph("Slut."))).document.text == "I rutan.\n\nSlut."


def test_an_opendocument_file():
    styles = '<style:style style:name="T1"><style:text-properties fo:color="#ffffff"/></style:style>'
    body = (
        '<text:h text:outline-level="2">Om försöket</text:h>'
        '<text:p>Det tar<text:s text:c="3"/>tre<text:tab/>år'
        '<text:span text:style-name="T1"> eller inget</text:span>.</text:p>'
        "<text:tracked-changes><text:p>Struket.</text:p></text:tracked-changes>"
        "<text:list><text:list-item><text:p>En punkt.</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>År</text:p></table:table-cell>"
        "<table:table-cell><text:p>2024</text:p></table:table-cell></table:table-row></table:table>"
    )
    parsed = parse("a.odt", odt(body, styles))
    document = parsed.document
    assert document.text.split("\n\n") == ["Om försöket", "Det tar tre år.", "En punkt.", "År | 2024"]
    assert [(s.heading, s.level) for s in document.sections] == [("Om försöket", 2)]
    assert (document.source.title, document.source.date) == ("Planen", "2026-05-04")
    assert list(parsed.notes) == ["a.odt: hidden text dropped (white on white): 'eller inget'"]
