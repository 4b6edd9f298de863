"""For benchmarks and tests: sets text as a PDF, with running heads, headings and page numbers, by rules of its own."""

import textwrap
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842  # A4 in points
LEFT, TOP, BOTTOM = 72, 770, 72
BODY, HEADING = 11, 16
LEADING = 1.25
LINE_CHARS = 84


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type: place of its baseline's left end, size in points."""

    text: str
    x: float
    y: float
    size: float = BODY
    bold: bool = False

    def source(self) -> str:
        """The line as PDF draws it."""
        return (
            f"BT /{'B' if self.bold else 'R'} {self.size:g} Tf {self.x:g} {self.y:g} Td ({_escaped(self.text)}) Tj ET"
        )


def typeset(paragraphs: Sequence[str], title: str = "", head: str = "") -> bytes:
    """A PDF of ``paragraphs``; those that begin with ``# `` are headings; ``head`` runs over every page."""
    pages: list[list[Line]] = [[]]
    y = float(TOP)
    for paragraph in paragraphs:
        size = HEADING if paragraph.startswith("# ") else BODY
        y -= 0.5 * size
        wrapped = textwrap.wrap(paragraph.removeprefix("# "), LINE_CHARS * BODY // size, break_long_words=True)
        for line in wrapped:
            y -= size * LEADING
            if y < BOTTOM:
                pages.append([])
                y = TOP - size * LEADING
            pages[-1].append(Line(line, LEFT, y, size, size == HEADING))
    contents = []
    for number, lines in enumerate(pages, 1):
        around = [Line(head, LEFT, HEIGHT - 40, 9)] if head else []
        around.append(Line(f"{number} ({len(pages)})", WIDTH / 2, 36, 9))
        contents.append("\n".join(line.source() for line in (*around, *lines)))
    return pdf(contents, title)


def pdf(contents: Sequence[str], title: str = "", more: Sequence[bytes] = ()) -> bytes:
    """A PDF file whose pages are drawn by ``contents``; fonts ``/R`` and ``/B`` are Helvetica and its bold.

    ``more`` are objects, numbered from 5 on; the first one can be drawn as ``/X``.
    """
    n = 5 + len(more)
    kids = " ".join(f"{n + 2 * i} 0 R" for i in range(len(contents)))
    fonts = "<< /R 3 0 R /B 4 0 R >>"
    extra = " /XObject << /X 5 0 R >>" if more else ""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        *more,
    ]
    for i, content in enumerate(contents):
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {n + 2 * i + 1} 0 R"
        objects.append(f"{page} /Resources << /Font {fonts}{extra} >> >>".encode())
        objects.append(stream(content.encode("cp1252", "replace")))
    objects.append(f"<< /Title ({_escaped(title)}) /ModDate (D:20260701120000Z) >>".encode("cp1252", "replace"))
    return b"".join(_file(objects))


def stream(data: bytes, entries: str = "") -> bytes:
    """A compressed stream object."""
    packed = zlib.compress(data)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries}>>\nstream\n".encode()
    return head + packed + b"\nendstream"


def _file(objects: Sequence[bytes]) -> Iterator[bytes]:
    start = b"%PDF-1.7\n%\xe5\xe4\xf6\n"
    yield start
    offset, offsets = len(start), []
    for number, content in enumerate(objects, 1):
        written = f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
        offsets.append(offset)
        offset += len(written)
        yield written
    yield f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    yield "".join(f"{place:010d} 00000 n \n" for place in offsets).encode()
    yield f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n".encode()
    yield f"startxref\n{offset}\n%%EOF\n".encode()


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
