"""For the PDF parser: lines of type into headings, paragraphs and rows, without running heads and page numbers."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from ingest.blocks import Block, PageMark
from ingest.hyphens import join_lines
from ingest.layout import Habits, learn_habits, paragraphs, repair_lines, words_of
from ingest.lines import Line

CELL_SEPARATOR = " | "
# Running heads stand in these shares of the page at its top and bottom, on this many pages, at the same height.
MARGIN_RATIO = 0.13
RUNNING_PAGES = 3
SAME_HEIGHT_POINTS = 6.0
HEADING_RATIO = 1.12
MAX_HEADING_CHARS = 200
MAX_LEVEL = 6
# Lines further apart than this many usual distances have a blank between them.
BLANK_RATIO = 1.3
INDENT_EMS = 0.8
FINISHED = re.compile(r"[.!?:…][)\]\"'”’»]*$")

_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:(?:sida|sidan|sid\.?|s\.|page)\s*)?(?:\d{1,4}|[ivxl]{1,6})\s*(?:\(\s*\d{1,4}\s*\)|(?:av|of|/)\s*\d{1,4})?[-–—\s]*$",
    re.IGNORECASE,
)
_FIGURES = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A line as it is set; all measures in points, ``left``, ``right`` and ``baseline`` from the page's lower left."""

    text: str
    page: int
    left: float
    right: float
    baseline: float
    size: float
    bold: bool
    page_height: float
    is_row: bool = False

    @property
    def in_margin(self) -> bool:
        """Whether the line stands where running heads and page numbers do."""
        return not MARGIN_RATIO < self.baseline / max(1.0, self.page_height) < 1 - MARGIN_RATIO


def blocks_of(lines: Sequence[TypeLine]) -> list[Block]:
    """Headings, paragraphs and table rows of a whole PDF."""
    kept = without_running_lines(lines)
    if not kept:
        return []
    body = _body_size(kept)
    all_bold = sum(line.bold for line in kept) > len(kept) / 2
    kinds = [_kind(line, body, all_bold) for line in kept]
    set_lines = _with_gaps(kept)
    if not any(kinds):
        return repair_lines(set_lines)
    habits = learn_habits([line for line, kind in zip(set_lines, kinds, strict=True) if not kind])
    words = words_of([line.text for line in kept])
    return list(_blocks(kept, set_lines, kinds, habits, words))


def without_running_lines(lines: Sequence[TypeLine]) -> list[TypeLine]:
    """``lines`` without the heads, feet and page numbers that run through the pages."""
    n_pages = len({line.page for line in lines})
    places: dict[str, list[float]] = defaultdict(list)
    for line in lines:
        if line.in_margin:
            places[_FIGURES.sub("#", line.text)].append(line.baseline)
    least = min(RUNNING_PAGES, max(2, n_pages))

    def runs(line: TypeLine) -> bool:
        if not line.in_margin:
            return False
        same = [b for b in places[_FIGURES.sub("#", line.text)] if abs(b - line.baseline) < SAME_HEIGHT_POINTS]
        return len(same) >= least or _PAGE_NUMBER.match(line.text) is not None

    return [line for line in lines if not runs(line)]


def _body_size(lines: Sequence[TypeLine]) -> float:
    letters: Counter[float] = Counter()
    for line in lines:
        letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0]


def _kind(line: TypeLine, body: float, all_bold: bool) -> float:
    """0 for body text, else the rank of a heading: its size, or the body's for a bold line."""
    large = line.size >= HEADING_RATIO * body and len(line.text) > 1
    bold = line.bold and not all_bold and line.size >= 0.95 * body and not line.text.endswith((".", ",", ";"))
    if not (large or bold) or line.is_row or len(line.text) > MAX_HEADING_CHARS:
        return 0.0
    if not any(c.isalpha() for c in line.text):
        return 0.0
    return line.size if large else body


def _with_gaps(lines: Sequence[TypeLine]) -> list[Line]:
    """The lines as layout repair takes them, with a blank before those that stand apart."""
    pitches: dict[float, list[float]] = defaultdict(list)
    for before, line in pairwise(lines):
        drop = before.baseline - line.baseline
        if before.page == line.page and before.size == line.size and 0.5 * line.size < drop < 4 * line.size:
            pitches[line.size].append(drop)
    usual = {size: median(sorted(drops)[: max(1, len(drops) * 3 // 4)]) for size, drops in pitches.items()}
    found = [Line(lines[0].text, 0, starts_page=True, page=lines[0].page)]
    for before, line in pairwise(lines):
        new_page = line.page != before.page
        drop = before.baseline - line.baseline
        goes_up = drop < -0.5 * line.size
        pitch = usual.get(line.size, 1.2 * line.size)
        apart = not new_page and not goes_up and drop > BLANK_RATIO * pitch
        indented = (
            not new_page
            and not goes_up
            and INDENT_EMS * line.size < line.left - before.left < 4 * line.size
            and FINISHED.search(before.text) is not None
        )
        gap = int(apart or indented)
        found.append(Line(line.text, gap, starts_page=new_page or goes_up, page=line.page if new_page else 0))
    return found


def _blocks(
    lines: Sequence[TypeLine],
    set_lines: Sequence[Line],
    kinds: Sequence[float],
    habits: Habits,
    words: frozenset[str],
) -> Iterator[Block]:
    levels = {size: min(n, MAX_LEVEL) for n, size in enumerate(sorted({k for k in kinds if k}, reverse=True), 1)}
    index = 0
    while index < len(lines):
        end = index + 1
        if kinds[index]:
            while end < len(lines) and kinds[end] == kinds[index] and _goes_on(lines[end - 1], lines[end]):
                end += 1
            yield _heading(set_lines[index:end], levels[kinds[index]], words)
        elif lines[index].is_row:
            yield _row(set_lines[index])
        else:
            while end < len(lines) and not kinds[end] and not lines[end].is_row:
                end += 1
            yield from paragraphs(set_lines[index:end], habits, words)
        index = end


def _goes_on(before: TypeLine, line: TypeLine) -> bool:
    """Whether a heading goes on from one line to the next."""
    return before.page == line.page and 0 < before.baseline - line.baseline < 1.7 * line.size


def _heading(lines: Sequence[Line], level: int, words: frozenset[str]) -> Block:
    text = ""
    for line in lines:
        text = join_lines(text, line.text, words)
    marks = (PageMark(0, lines[0].page),) if lines[0].page else ()
    return Block("heading", text, level, marks)


def _row(line: Line) -> Block:
    return Block("paragraph", line.text, pages=(PageMark(0, line.page),) if line.page else ())
