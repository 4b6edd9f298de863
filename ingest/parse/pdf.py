"""Parses a PDF with a text layer: pages as pdfium reads them, hidden text dropped, then put back into paragraphs."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium

from corpus.errors import DocumentError
from ingest.limits import Limits
from ingest.parse.body import Body, HiddenText
from ingest.parse.facts import front_matter
from ingest.parse.hidden import without_hidden
from ingest.parse.ocr import Recognise, picture
from ingest.parse.pdf_hidden import hidden_objects
from ingest.parse.pdf_layout import TypeLine, blocks_of
from ingest.parse.pdf_lines import page_lines

# A page with fewer letters than this and a picture on it is a scanned one.
SCANNED_CHARS = 20
_ERRORS = {
    pdfium.FPDF_ERR_PASSWORD: "locked with a password; save it without one",
    pdfium.FPDF_ERR_SECURITY: "locked in a way that cannot be read; save it without protection",
    pdfium.FPDF_ERR_FORMAT: "not a PDF, or damaged or cut off; save it anew",
}
_OWNER_PROPERTIES = ("Title", "Author", "ModDate", "CreationDate")


@dataclass(frozen=True, slots=True)
class Pages:
    """What was read of a PDF's pages."""

    lines: Sequence[TypeLine]
    scanned: Sequence[int]
    notes: Sequence[str]


def parse_pdf(
    data: bytes, path: Path, limits: Limits, recogniser: Callable[[], Recognise | None], tick: Callable[[], None]
) -> Body:
    """The text of a PDF, page by page.

    Args:
        data: the file's content.
        path: for messages.
        limits: how many pages are read.
        recogniser: gives what reads the text of a scanned page's picture, None where no program for that is installed;
            asked only when there is such a page.
        tick: called after each page that was recognised, which may take long.

    Raises:
        DocumentError: it is damaged, locked, has too many pages, or only pictures of text that cannot be recognised.
    """
    with _opened(data, path) as document:
        n_pages = pdfium.FPDF_GetPageCount(document)
        if n_pages > limits.pages:
            raise DocumentError(
                f"{path}: {n_pages:,} pages are more than the {limits.pages:,} that are read; split the file or raise"
                " FRAGA_MAX_PAGES"
            )
        pages = _read_pages(document, n_pages, recogniser, tick)
        properties = {name: _property(document, name) for name in _OWNER_PROPERTIES}
    if not pages.lines:
        how = "holds pictures of pages and no text" if pages.scanned else "has no text on any page"
        missing = pages.scanned and recogniser() is None
        install = "; install tesseract-ocr and tesseract-ocr-swe to have it recognised" if missing else ""
        raise DocumentError(f"{path}: {how}{install}")
    blocks = blocks_of(pages.lines)
    heading = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    front = front_matter(
        title=properties["Title"] or heading,
        publisher=properties["Author"],
        date=properties["ModDate"] or properties["CreationDate"],
        text=" ".join(block.text for block in blocks[:20]),
    )
    return Body(blocks, front, pages.notes)


@contextmanager
def _opened(data: bytes, path: Path) -> Iterator[Any]:
    pdfium.FPDF_InitLibrary()
    buffer = ctypes.create_string_buffer(data, len(data))
    document = pdfium.FPDF_LoadMemDocument64(buffer, len(data), None)
    if not document:
        raise DocumentError(f"{path}: {_ERRORS.get(pdfium.FPDF_GetLastError(), 'damaged; save it anew')}")
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _read_pages(
    document: Any, n_pages: int, recogniser: Callable[[], Recognise | None], tick: Callable[[], None]
) -> Pages:
    lines: list[TypeLine] = []
    scanned: list[int] = []
    recognised: list[int] = []
    layered: list[int] = []
    hidden = HiddenText()
    for number in range(1, n_pages + 1):
        page = pdfium.FPDF_LoadPage(document, number - 1)
        if not page:
            continue
        text_page = pdfium.FPDFText_LoadPage(page)
        try:
            seen = hidden_objects(page, text_page, number)
            for text, why in seen.hidden:
                hidden.add(text, f"page {number}, {why}")
            found = page_lines(text_page, page, number, seen.chars)
            if seen.is_layer:
                layered.append(number)
            if sum(len(line.text) for line in found) < SCANNED_CHARS and seen.has_picture:
                recognise = recogniser()
                if recognise is not None:
                    found = recognise(picture(page), number)
                    recognised.append(number)
                    tick()
                else:
                    scanned.append(number)
            lines += found
        finally:
            pdfium.FPDFText_ClosePage(text_page)
            pdfium.FPDF_ClosePage(page)
    return Pages(lines, scanned, [*hidden.notes(), *_about_pictures(scanned, recognised, layered)])


def _about_pictures(scanned: Sequence[int], recognised: Sequence[int], layered: Sequence[int]) -> Iterator[str]:
    if scanned:
        yield f"{_pages(scanned)}: pictures without text, left out; install tesseract-ocr and tesseract-ocr-swe"
    if recognised:
        yield f"{_pages(recognised)}: text recognised from pictures; expect misreadings"
    if layered:
        yield f"{_pages(layered)}: the text lies unseen behind a picture of it, and was taken as it is; compare the two"


def _pages(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:5])) + (", …" if len(numbers) > 5 else "")
    return f"page {shown}" if len(numbers) == 1 else f"pages {shown}"


def _property(document: Any, name: str) -> str:
    size = pdfium.FPDF_GetMetaText(document, name.encode(), None, 0)
    if not 2 < size < 10_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(document, name.encode(), buffer, size)
    return without_hidden(buffer.raw.decode("utf-16-le", "replace").rstrip("\0"))[0]
