"""For the PDF parser: the lines on a page with their place and type, and the cells of table rows."""

import ctypes
import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from statistics import median
from typing import Any

import pypdfium2.raw as pdfium

from ingest.lines import width
from ingest.parse.hidden import may_hide, without_hidden
from ingest.parse.pdf_layout import CELL_SEPARATOR, TypeLine

# pdfium's signs for a hyphen at a line's end.
_HYPHENS = "\x02\ufffe\uffff"
_LINE = re.compile(rf"[^\r\n{_HYPHENS}]+[{_HYPHENS}]?")
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


class _Probe:
    """Asks pdfium about the characters of one page.

    What pdfium writes its answers to is made once: that takes four times as long as asking.
    """

    def __init__(self, text_page: Any) -> None:
        self._page = text_page
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._matrix = pdfium.FS_MATRIX()

    def sides(self, index: int) -> tuple[float, float]:
        """Where a character begins and ends, in points from the page's left edge."""
        left, right, bottom, top = self._edges
        pdfium.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        return left.value, right.value

    def baseline(self, index: int) -> float:
        """How high a character stands, in points from the page's lower edge."""
        x, y = self._edges[:2]
        pdfium.FPDFText_GetCharOrigin(self._page, index, x, y)
        return y.value

    def size(self, index: int) -> float:
        """The size of a character's type in points, as it stands on the page, to half a point."""
        if not pdfium.FPDFText_GetMatrix(self._page, index, self._matrix):
            return 0.0
        scale = (self._matrix.c**2 + self._matrix.d**2) ** 0.5
        return float(round(pdfium.FPDFText_GetFontSize(self._page, index) * scale * 2) / 2)

    def is_bold(self, index: int) -> bool:
        """Whether a character is bold."""
        return int(pdfium.FPDFText_GetFontWeight(self._page, index)) >= BOLD_WEIGHT

    def jumps(self, spaces: Sequence[int]) -> list[int]:
        """Those of the spaces that pdfium put in, in order."""
        generated = map(pdfium.FPDFText_IsGenerated, repeat(self._page), spaces)
        return [index for index, is_generated in zip(spaces, generated, strict=True) if is_generated == 1]


def page_lines(text_page: Any, page: Any, number: int, hidden: frozenset[int]) -> list[TypeLine]:
    """The lines of a page in reading order, without the characters in ``hidden``."""
    text = _text(text_page, hidden)
    probe = _Probe(text_page)
    high = float(pdfium.FPDF_GetPageHeightF(page))
    spaces = [index for index, char in enumerate(text) if char == " "]
    jumps = probe.jumps(spaces)
    loose = JUMP_EMS if len(jumps) < (1 - REAL_SPACES_RATIO) * len(spaces) else LOOSE_EMS
    shown = _shown if may_hide(text) else _single_spaced
    found = []
    for match in _LINE.finditer(text):
        if match[0].strip():
            line = _line(probe, text, match.span(), shown, number, high)
            if line is not None:
                found.append(_Found(line, _cells(probe, text, match.span(), line, jumps, loose)))
    if all(len(one.cells) == 1 for one in found):
        return [one.line for one in found]
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


def _line(
    probe: _Probe, text: str, span: tuple[int, int], shown: Callable[[str], str], number: int, high: float
) -> TypeLine | None:
    words = _with_hyphen(text[span[0] : span[1]])
    first = span[0] + len(words) - len(words.lstrip())
    last = span[0] + len(words.rstrip()) - 1
    seen = shown(words)
    if not seen:
        return None
    middle = first + (last - first) // 2
    size = max(probe.size(first), probe.size(middle))
    left, right = probe.sides(first)[0], probe.sides(last)[1]
    return TypeLine(seen, number, left, right, probe.baseline(first), size, probe.is_bold(middle), high)


def _with_hyphen(words: str) -> str:
    return f"{words[:-1]}-" if words[-1] in _HYPHENS else words


def _shown(words: str) -> str:
    return _single_spaced(without_hidden(words)[0])


def _single_spaced(words: str) -> str:
    return " ".join(words.replace("\0", " ").split())


def _cells(
    probe: _Probe, text: str, span: tuple[int, int], line: TypeLine, jumps: Sequence[int], loose: float
) -> list[Cell]:
    """The words of a line, put together where they stand close; one cell where there is nothing to tell apart.

    ``jumps`` are in order.
    """
    start, end = span
    wide = line.right - line.left > WIDE_RATIO * width(line.text) * line.size
    if not line.size or not (wide or _any_within(jumps, start, end)):
        return [Cell(line.text, line.left, line.right, 0.0)]
    cells: list[Cell] = []
    for word in re.finditer(r"\S+", text[start:end]):
        first, last = start + word.start(), start + word.end() - 1
        shown = _with_hyphen(word[0])
        jumped = _any_within(jumps, max(start, first - 2), first)
        if cells and not wide and not jumped:
            before = cells.pop()
            cells.append(Cell(f"{before.text} {shown}", before.left, probe.sides(last)[1], before.gap))
            continue
        left, right = probe.sides(first)[0], probe.sides(last)[1]
        gap = (left - cells[-1].right) / line.size if cells else 0.0
        if cells and gap < (loose if jumped else LOOSE_EMS):
            before = cells.pop()
            cells.append(Cell(f"{before.text} {shown}", before.left, right, before.gap))
        else:
            cells.append(Cell(shown, left, right, gap))
    return cells


def _any_within(ordered: Sequence[int], start: int, end: int) -> bool:
    place = bisect_left(ordered, start)
    return place < len(ordered) and ordered[place] < end


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
