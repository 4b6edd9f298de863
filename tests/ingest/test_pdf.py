import shutil
from pathlib import Path

import pytest

from corpus.errors import DocumentError
from evals.bench.typeset import Line, pdf, stream, typeset
from ingest.entries import Entry
from ingest.limits import Limits
from ingest.parse.document import Parsed, parse_bytes
from ingest.parse.ocr import recogniser

HEAD = "Malmö stad, arbetsmarknads- och socialnämnden"
LONG = (
    "Förvaltningen bedömer att det i nuläget inte finns några öppningar för försöksverksamhet, och att stadens"
    " samverkan med andra parter behöver utvecklas så att fler personer ska komma ut på arbetsmarknaden."
)


def parse(data: bytes, limits: Limits | None = None) -> Parsed:
    return parse_bytes(data, Entry(Path("fil.pdf"), "upload"), limits or Limits())


def texts(data: bytes) -> list[str]:
    return parse(data).document.text.split("\n\n")


def lines(*rows: str, x: float = 72, y: float = 700, size: float = 11) -> str:
    return "\n".join(Line(row, x, y - i * 14, size).source() for i, row in enumerate(rows))


def test_headings_paragraphs_pages_and_what_runs_through_them():
    sections = [(f"# Avsnitt {n}", *[f"{LONG} Stycke {n}.{k}." for k in range(8)]) for n in range(1, 6)]
    parsed = parse(typeset([p for section in sections for p in section], "Rapporten", HEAD))
    document = parsed.document
    assert [s.heading for s in document.sections] == [f"Avsnitt {n}" for n in range(1, 6)]
    assert document.text.split("\n\n") == [p.removeprefix("# ") for section in sections for p in section]
    assert HEAD not in document.text
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    assert len(document.pages) > 2
    assert document.page_at(len(document.text) - 1) == document.pages[-1].number
    assert (document.source.title, document.source.date) == ("Rapporten", "2026-07-01")
    assert parsed.notes == ()


def test_hyphens_at_line_ends_are_mended():
    (text,) = texts(pdf([lines("Det handlar om arbetsmarknads-", "politiska åtgärder och om social-", "tjänsten.")]))
    assert text == "Det handlar om arbetsmarknadspolitiska åtgärder och om socialtjänsten."


def test_columns_are_read_one_after_the_other_however_they_are_drawn():
    left = [
        "Vänster spalt börjar med en mening som",
        "är lång nog att brytas över flera rader,",
        "och som sedan går vidare ännu en bit",
        "ned till spaltens slut.",
    ]
    right = [
        "Höger spalt tar sedan vid och berättar",
        "om något helt annat, nämligen om allt",
        "det som hände när kommunen hade fått",
        "ett svar på sin fråga.",
    ]
    across = "\n".join(
        Line(row, x, 700 - i * 14).source()
        for i, pair in enumerate(zip(left, right, strict=True))
        for row, x in zip(pair, (60, 320), strict=True)
    )
    by_column = lines(*left, x=60) + "\n" + lines(*right, x=320)
    expected = [" ".join(left), " ".join(right)]
    assert texts(pdf([across])) == expected
    assert texts(pdf([by_column])) == expected


def test_tables_are_rows():
    rows = [("År", "Kostnad", "Kommun"), ("2024", "1 200 kr", "Malmö"), ("2025", "1 400 kr", "Lund")]
    table = "\n".join(
        Line(cell, x, 600 - i * 16).source()
        for i, row in enumerate(rows)
        for cell, x in zip(row, (72, 200, 330), strict=True)
    )
    found = texts(pdf([lines("Kostnaderna framgår av tabellen nedan.") + "\n" + table]))
    assert found == [
        "Kostnaderna framgår av tabellen nedan.",
        "År | Kostnad | Kommun",
        "2024 | 1 200 kr | Malmö",
        "2025 | 1 400 kr | Lund",
    ]


@pytest.mark.parametrize(
    ("lefts", "right"),  # gaps of one em beside the widest where cells stand to the left, of two to the right
    [((72, 123, 201), False), ((72, 135, 224), False), ((72, 135, 224), True)],
)
def test_narrow_tables_are_rows_too(lefts, right):
    widths = {"Lund": 23.2, "Malmö": 33.6, "Kommun": 40.3, "Antal platser": 66.7, "1 200": 27.5, "90": 12.2}
    widths |= {"Kostnad": 41.0, "310 000 kr": 51.9, "41 000 kr": 45.8}  # Helvetica of 11 points
    rows = [("Kommun", "Antal platser", "Kostnad"), ("Malmö", "1 200", "310 000 kr"), ("Lund", "90", "41 000 kr")]
    columns = [max(widths[row[i]] for row in rows) for i in range(3)]
    table = "\n".join(
        Line(cell, x + (wide - widths[cell] if right and x > 72 else 0), 600 - i * 16).source()
        for i, row in enumerate(rows)
        for cell, x, wide in zip(row, lefts, columns, strict=True)
    )
    found = texts(pdf([lines("Kostnaderna framgår av tabellen nedan, som gäller hela året.") + "\n" + table]))
    assert found[1:] == [" | ".join(row) for row in rows]


SEEN = lines("Det här ser alla som läser sidan.")
SECRET = Line("Malmö får undantag.", 72, 400).source()


@pytest.mark.parametrize(
    ("hidden", "why"),
    [
        (f"1 1 1 rg {SECRET} 0 g", "in the colour of its ground"),
        (f"0.98 0.99 0.97 rg {SECRET} 0 g", "in the colour of its ground"),
        (f"0 0 0.3 rg 60 380 300 60 re f 0 0 0.35 rg {SECRET} 0 g", "in the colour of its ground"),
        (f"3 Tr {SECRET} 0 Tr", "invisible"),
        (Line("Malmö får undantag.", 72, 900).source(), "off the page"),
        (Line("Malmö får undantag.", -400, 400).source(), "off the page"),
        (Line("Malmö får undantag.", 72, 400, 0.8).source(), "too small to be read"),
        (f"{SECRET} 1 1 1 rg 60 380 300 60 re f 0 g", "covered"),
    ],
)
def test_text_that_nobody_sees_is_dropped_and_reported(hidden, why):
    parsed = parse(pdf([f"{SEEN}\n{hidden}"]))
    assert parsed.document.text == "Det här ser alla som läser sidan."
    (note,) = parsed.notes
    assert note == f"fil.pdf: hidden text dropped (page 1, {why}): 'Malmö får undantag.'"


def test_white_text_on_a_dark_ground_is_seen():
    parsed = parse(pdf([f"{SEEN}\n0 0 0.3 rg 60 380 300 60 re f 1 1 1 rg {SECRET}"]))
    assert "Malmö får undantag." in parsed.document.text
    assert parsed.notes == ()


def grey_picture(width: int, height: int, pixels: bytes) -> bytes:
    entries = (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 "
    )
    return stream(pixels, entries)


def test_a_scanner_s_own_text_layer_is_taken_and_said_so():
    page = f"q 595 0 0 842 0 0 cm /X Do Q 3 Tr {SEEN} 0 Tr"
    parsed = parse(pdf([page], more=[grey_picture(1, 1, b"\xff")]))
    assert parsed.document.text == "Det här ser alla som läser sidan."
    assert "lies unseen behind a picture" in parsed.notes[0]


def test_pictures_of_pages_need_a_program_that_reads_them(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    recogniser.cache_clear()
    with pytest.raises(
        DocumentError, match="pictures of pages and no text; install tesseract-ocr and tesseract-ocr-swe"
    ):
        parse(pdf(["q 595 0 0 842 0 0 cm /X Do Q"], more=[grey_picture(1, 1, b"\xff")]))
    recogniser.cache_clear()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_scanned_page_is_recognised():
    import pypdfium2

    drawn = pypdfium2.PdfDocument(pdf([lines("Förvaltningen har utrett frågan.", "Det tar tre år.", size=12)]))
    bitmap = drawn[0].render(scale=2, grayscale=True)
    pixels = bytes(bitmap.buffer)
    rows = b"".join(pixels[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height))
    picture = grey_picture(bitmap.width, bitmap.height, rows)
    parsed = parse(pdf(["q 595 0 0 842 0 0 cm /X Do Q"], more=[picture]))
    assert parsed.document.text.split() == "Förvaltningen har utrett frågan. Det tar tre år.".split()
    assert "text recognised from pictures" in parsed.notes[0]


def test_more_pages_than_are_read_are_refused():
    with pytest.raises(DocumentError, match="3 pages are more than the 2 that are read"):
        parse(pdf([SEEN] * 3), Limits(pages=2))


def test_a_case_number_is_read():
    document = parse(
        pdf([lines("Tjänsteutlåtande", "", "Diarienummer: ASN-2026-1234", "", "Nämnden beslutar.")])
    ).document
    assert document.source.dnr == "ASN-2026-1234"
