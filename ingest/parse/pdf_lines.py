"""For the PDF parser: the lines on a page with their place and type, and the cells of table rows."""

import ctypes
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from ingest.lines import width
from ingest.parse.hidden import without_hidden
from ingest.parse.pdf_layout import CELL_SEPARATOR, TypeLine

# pdfium's signs for a hyphen at a line's end.
_HYPHENS = dict.fromkeys(map(ord, "\x02\ufffe\uffff"), "-")
_LINE = re.compile(r"[^\r\n\x02\ufffe\uffff]+[\x02\ufffe\uffff]?")
BOLD_WEIGHT = 600
# Words further apart than this many ems may stand in different cells; further than the second, they do. The third holds
# on pages that have their spaces as characters, where a space that pdfium had to put in is a jump to another place.
LOOSE_EMS = 0.55
WIDE_EMS = 1.5
JUMP_EMS = 0.2
REAL_SPACES_RATIO = 0.8
ALIGNED_POINTS = 4.0
# Lines this much wider than their letters are looked at word by word.
WIDE_RATIO = 1.2
COLUMN_CHARS = 25
COLUMN_LINES = 4


@dataclass(frozen=True, slots=True)
class Cell:
    """Words of a line that stand together; ``gap`` is the space before them in ems."""

    text: str
    left: float
    right: float
    gap: float


@dataclass(frozen=True, slots=True)
class _Found:
    """A line with its cells, before it is known whether they are some."""

    line: TypeLine
    cells: Sequence[Cell]


def page_lines(text_page: Any, page: Any, number: int, hidden: frozenset[int]) -> list[TypeLine]:
    """The lines of a page in reading order, without the characters in ``hidden``."""
    text = _text(text_page, hidden)
    high = float(pdfium.FPDF_GetPageHeightF(page))
    spans = [(m.start(), m.end()) for m in _LINE.finditer(text) if m[0].strip()]
    spaces = [match.start() for match in re.finditer(" ", text)]
    jumps = frozenset(i for i in spaces if pdfium.FPDFText_IsGenerated(text_page, i) == 1)
    loose = JUMP_EMS if len(jumps) < (1 - REAL_SPACES_RATIO) * len(spaces) else LOOSE_EMS
    found = []
    for start, end in spans:
        line = _line(text_page, text, start, end, number, high)
        if line is not None:
            found.append(_Found(line, _cells(text_page, text, (start, end), line, jumps, loose)))
    return list(_settled(found))


def _text(text_page: Any, hidden: frozenset[int]) -> str:
    """The page's characters, one each, so that positions are pdfium's numbers."""
    n = pdfium.FPDFText_CountChars(text_page)
    buffer = (ctypes.c_ushort * (n + 1))()
    got = pdfium.FPDFText_GetText(text_page, 0, n, buffer)
    text = bytes(buffer).decode("utf-16-le", "replace")[:n]
    if got != n + 1 or len(text) != n:  # characters outside the first plane, or without meaning
        codes = (pdfium.FPDFText_GetUnicode(text_page, index) for index in range(n))
        text = "".join(" " if 0xD800 <= code <= 0xDFFF or code == 0 else chr(code) for code in codes)
    if hidden:
        text = "".join(" " if index in hidden else char for index, char in enumerate(text))
    return text


def _line(text_page: Any, text: str, start: int, end: int, number: int, high: float) -> TypeLine | None:
    words = text[start:end].translate(_HYPHENS)
    first = start + len(words) - len(words.lstrip())
    last = start + len(words.rstrip()) - 1
    shown = " ".join(without_hidden(words)[0].replace("\0", " ").split())
    if not shown:
        return None
    left, _, _, _ = _char_box(text_page, first)
    _, _, right, _ = _char_box(text_page, last)
    x, baseline = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, first, x, baseline)
    middle = first + (last - first) // 2
    size = max(_size(text_page, first), _size(text_page, middle))
    bold = pdfium.FPDFText_GetFontWeight(text_page, middle) >= BOLD_WEIGHT
    return TypeLine(shown, number, left, right, baseline.value, size, bold, high)


def _size(text_page: Any, index: int) -> float:
    """The size of a character's type in points, as it stands on the page, to half a point."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text_page, index, matrix):
        return 0.0
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    return float(round(pdfium.FPDFText_GetFontSize(text_page, index) * scale * 2) / 2)


def _char_box(text_page: Any, index: int) -> tuple[float, float, float, float]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return left.value, bottom.value, right.value, top.value


def _cells(
    text_page: Any, text: str, span: tuple[int, int], line: TypeLine, jumps: frozenset[int], loose: float
) -> list[Cell]:
    """The words of a line, put together where they stand close; one cell where there is nothing to tell apart."""
    start, end = span
    wide = line.right - line.left > WIDE_RATIO * width(line.text) * line.size
    if not line.size or not (wide or any(start <= i < end for i in jumps)):
        return [Cell(line.text, line.left, line.right, 0.0)]
    cells: list[Cell] = []
    for word in re.finditer(r"\S+", text[start:end]):
        first, last = start + word.start(), start + word.end() - 1
        shown = word[0].translate(_HYPHENS)
        jumped = any(i in jumps for i in range(max(start, first - 2), first))
        if cells and not wide and not jumped:
            before = cells.pop()
            cells.append(Cell(f"{before.text} {shown}", before.left, _char_box(text_page, last)[2], before.gap))
            continue
        left, right = _char_box(text_page, first)[0], _char_box(text_page, last)[2]
        gap = (left - cells[-1].right) / line.size if cells else 0.0
        if cells and gap < (loose if jumped else LOOSE_EMS):
            before = cells.pop()
            cells.append(Cell(f"{before.text} {shown}", before.left, right, before.gap))
        else:
            cells.append(Cell(shown, left, right, gap))
    return cells


def _settled(found: Sequence[_Found]) -> Iterator[TypeLine]:
    """The lines, with table rows marked, and columns that were read across put one after the other."""
    index = 0
    while index < len(found):
        run = _column_run(found, index)
        if run > index:
            yield from (_part(one, 0) for one in found[index:run])
            yield from (_part(one, 1) for one in found[index:run])
            index = run
            continue
        yield _row(found, index)
        index += 1


def _part(found: _Found, which: int) -> TypeLine:
    cell = found.cells[which]
    return replace(found.line, text=cell.text, left=cell.left, right=cell.right)


def _column_run(found: Sequence[_Found], start: int) -> int:
    """Where a run of lines that cross two columns of prose ends; ``start`` where there is none."""
    end = start
    while end < len(found) and _crosses(found[end]) and _aligned(found[start].cells[1], found[end].cells):
        end += 1
    parts = [len(cell.text) for one in found[start:end] for cell in one.cells]
    return end if end - start >= COLUMN_LINES and median(parts) > COLUMN_CHARS else start


def _crosses(found: _Found) -> bool:
    return len(found.cells) == 2 and found.cells[1].gap > LOOSE_EMS


def _row(found: Sequence[_Found], index: int) -> TypeLine:
    """A line as a table row where its cells stand far apart, or under those of its neighbours."""
    line, cells = found[index].line, found[index].cells
    beside = [found[i].cells for i in (index - 1, index + 1) if 0 <= i < len(found) and len(found[i].cells) > 1]
    if not beside:
        return line
    kept = [cells[0]]
    for cell in cells[1:]:
        if cell.gap > WIDE_EMS or any(_aligned(cell, others[1:]) for others in beside):
            kept.append(cell)
        else:
            last = kept.pop()
            kept.append(Cell(f"{last.text} {cell.text}", last.left, cell.right, last.gap))
    if len(kept) < 2:
        return line
    texts = (" ".join(without_hidden(cell.text)[0].split()) for cell in kept)
    return replace(line, text=CELL_SEPARATOR.join(texts), is_row=True)


def _aligned(cell: Cell, others: Sequence[Cell]) -> bool:
    """Whether a cell begins, ends or is centred where one of the others does."""
    return any(
        min(
            abs(cell.left - other.left),
            abs(cell.right - other.right),
            abs(median((cell.left, cell.right)) - median((other.left, other.right))),
        )
        < ALIGNED_POINTS
        for other in others
    )
