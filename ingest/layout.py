"""After decoding plain text: puts lines that extraction wrapped and set apart back into headings and paragraphs.

Nothing but white space and hyphens at line ends changes; no word is added, dropped or moved. What ends a paragraph is
learnt from the text itself: which gaps between lines ever fall inside a sentence, and how wide a full line is.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, sqrt

from ingest.blocks import Block, PageMark
from ingest.hyphens import join_lines
from ingest.lines import Line, read_lines, width

VERSION = "layout-2"

# A kind of gap that falls inside a sentence more often than this is not what separates paragraphs.
WRAPPING_RATIO = 0.15
# The next word must fit with this much to spare before a line counts as ended on purpose. Letter widths are estimates,
# good to a few per cent; a line without a full stop needs more, since names also begin with a capital.
FIT_RATIO = 0.97
FIT_RATIO_UNFINISHED = 0.85
FULL_LINE_QUANTILE = 0.95
MAX_HEADING_CHARS = 150
MAX_HEADING_LINES = 3
MAX_HEADING_RUN = 3

_LIST_ITEM = re.compile(r"(?:[-–—*·•◦▪‣]|\d{1,3}[.)]|[a-zåäö]\))\s")
_ALWAYS_ITEM = re.compile(r"[•◦▪‣]")
_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+\S")
_FINISHED = re.compile(r"[.!?:…][)\]\"'”’»]*$")
_OPENING = " \"'”’»«([–-"


@dataclass(frozen=True, slots=True)
class Habits:
    """How a text is set: which numbers of blank lines separate paragraphs, and how wide a full line is."""

    breaking_gaps: frozenset[int]
    wrapping_gaps: frozenset[int]
    metric: Callable[[str], float]
    measure: float | None

    def fits(self, line: str, word: str, ratio: float) -> bool:
        """Whether ``word`` would have had room behind ``line``."""
        return self.measure is None or self.metric(f"{line} {word}") <= ratio * self.measure


def repair(text: str) -> list[Block]:
    """The headings and paragraphs of ``text`` in order, each one line long."""
    return repair_lines(read_lines(text))


def repair_lines(lines: Sequence[Line]) -> list[Block]:
    """The headings and paragraphs that ``lines`` make."""
    groups = _split_tails(_group(lines, learn_habits(lines)))
    words = words_of([line.text for line in lines])
    numbers = _page_numbers(lines)
    joined = [_join(group, words, numbers) for group in groups]
    return _with_headings(joined, groups)


def words_of(lines: Sequence[str]) -> frozenset[str]:
    """The words of a text in lower case, for telling which hyphens belong to words; none where no line ends in one."""
    if not any(line.endswith("-") for line in lines):
        return frozenset()
    return frozenset(word.strip('.,;:!?()"”') for line in lines for word in line.lower().split())


def paragraphs(lines: Sequence[Line], habits: Habits, words: frozenset[str]) -> list[Block]:
    """The paragraphs that ``lines`` make, which are known to hold no heading.

    Args:
        lines: a stretch of a text.
        habits: learnt from the whole text.
        words: the whole text's, in lower case.
    """
    numbers = {id(line): line.page for line in lines if line.page}
    return [_join(group, words, numbers) for group in _group(lines, habits)]


def learn_habits(lines: Sequence[Line]) -> Habits:
    """How the text is set, from the places where a sentence plainly runs on to the next line."""
    total: Counter[int] = Counter()
    running: Counter[int] = Counter()
    wrapped: list[str] = []
    for previous, line in pairwise(lines):
        runs_on = _runs_on(previous, line)
        if runs_on:
            wrapped.append(previous.text)
        if not line.starts_page:
            total[line.gap] += 1
            running[line.gap] += runs_on
    wrapping = frozenset(gap for gap, n in total.items() if running[gap] > WRAPPING_RATIO * n)
    # More blank lines never bind closer than fewer.
    widest = max(wrapping, default=-1)
    breaking = frozenset(gap for gap in total if gap > widest)
    metric = _metric(wrapped)
    widths = sorted(metric(line) for line in wrapped)
    measure = widths[int(FULL_LINE_QUANTILE * (len(widths) - 1))] if widths else None
    return Habits(breaking, frozenset(gap for gap in total if gap <= widest), metric, measure)


def _metric(wrapped: Sequence[str]) -> Callable[[str], float]:
    """Letter widths or letter counts, whichever makes the full lines more alike (proportional or fixed-width type)."""

    def spread(metric: Callable[[str], float]) -> float:
        widths = [metric(line) for line in wrapped]
        mean = fsum(widths) / len(widths)
        return sqrt(fsum((found - mean) ** 2 for found in widths) / len(widths)) / mean

    def count(text: str) -> float:
        return float(len(text))

    return min((width, count), key=spread) if wrapped else width


def _runs_on(previous: Line, line: Line) -> bool:
    """Whether a sentence plainly goes on from ``previous`` to ``line``."""
    if previous.text.endswith("-") and not previous.text.endswith(" -"):
        return True
    begin = line.text.lstrip(_OPENING)[:1]
    return begin.islower() and not _LIST_ITEM.match(line.text) and not _FINISHED.search(previous.text)


def _group(lines: Sequence[Line], habits: Habits) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _breaks(groups[-1], line, habits):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _breaks(group: Sequence[Line], line: Line, habits: Habits) -> bool:
    """Whether a new paragraph or heading begins with ``line``."""
    previous = group[-1]
    if _is_item(group, line):
        return True
    if not line.starts_page and line.gap in habits.breaking_gaps:
        return True
    if _runs_on(previous, line) or line.text.lstrip(_OPENING)[:1].islower():
        return False
    finished = _FINISHED.search(previous.text) is not None
    if habits.breaking_gaps and habits.wrapping_gaps and not line.starts_page and finished:
        return False  # blank lines tell the paragraphs here; a ragged line end does not
    if previous.text.endswith(":") or previous.extra_space:
        return True
    return habits.fits(previous.text, line.first_word, FIT_RATIO if finished else FIT_RATIO_UNFINISHED)


def _is_item(group: Sequence[Line], line: Line) -> bool:
    """Whether ``line`` begins a list item; a dash may also stand at the start of a line by chance."""
    if not _LIST_ITEM.match(line.text):
        return False
    in_list = _LIST_ITEM.match(group[0].text) is not None
    return in_list or group[-1].text[-1] in ".:;,!?" or _ALWAYS_ITEM.match(line.text) is not None


def _split_tails(groups: Sequence[list[Line]]) -> list[list[Line]]:
    """Cuts a heading off the end of the paragraph that it was taken for a part of.

    A paragraph whose last lines follow a full stop, begin with a capital and lack a full stop of their own ends in a
    heading too wide to have fitted behind the last sentence.
    """
    found: list[list[Line]] = []
    for index, group in enumerate(groups):
        cut = _tail(group) if index + 1 < len(groups) else None
        found.extend([group] if cut is None else [group[:cut], group[cut:]])
    return found


def _tail(group: Sequence[Line]) -> int | None:
    if _FINISHED.search(group[-1].text) or group[-1].text[-1] in ",;-":
        return None
    for cut in range(len(group) - 1, max(0, len(group) - 1 - MAX_HEADING_LINES), -1):
        begin = group[cut].text[0]
        if _FINISHED.search(group[cut - 1].text):
            inner = " ".join(line.text for line in group[cut:])
            return cut if begin.isupper() and ". " not in inner and len(inner) <= MAX_HEADING_CHARS else None
    return None


def _page_numbers(lines: Sequence[Line]) -> dict[int, int]:
    """The page number that begins at a line, by the line's identity; empty where pages cannot be told."""
    if any(line.page for line in lines):
        return {id(line): line.page for line in lines if line.page}
    starts = [line for line in lines if line.starts_page]
    if not starts:
        return {}
    first = [] if lines[0].starts_page else [lines[0]]
    return {id(line): number for number, line in enumerate([*first, *starts], start=1)}


def _join(group: Sequence[Line], words: frozenset[str], numbers: dict[int, int]) -> Block:
    text = ""
    pages: list[PageMark] = []
    for line in group:
        text = join_lines(text, line.text, words)
        if id(line) in numbers:
            pages.append(PageMark(len(text) - len(line.text), numbers[id(line)]))
    return Block("paragraph", text, pages=tuple(pages))


def _with_headings(blocks: Sequence[Block], groups: Sequence[Sequence[Line]]) -> list[Block]:
    """``blocks`` with those that are headings marked so; the first block is the title if it is a heading."""
    likely = [
        len(group) <= MAX_HEADING_LINES and _like_heading(block.text, after.text)
        for block, group, after in zip(blocks, groups, blocks[1:], strict=False)
    ] + [False] * min(1, len(blocks))
    crowded = _inside_long_runs(likely)
    return [
        Block("heading", block.text, _level(block.text, index), block.pages)
        if likely[index] and index not in crowded
        else block
        for index, block in enumerate(blocks)
    ]


def _like_heading(text: str, after: str) -> bool:
    begins = text[0].isupper() or _NUMBERED.match(text) is not None
    ends = text.endswith("?") or (_FINISHED.search(text) is None and text[-1] not in ",;-")
    followed = not after.lstrip(_OPENING)[:1].islower()
    return begins and ends and followed and len(text) <= MAX_HEADING_CHARS and ". " not in text[3:]


def _inside_long_runs(likely: Sequence[bool]) -> set[int]:
    """Positions inside runs of short lines too long to be headings; a run's first and last may still be some."""
    found: set[int] = set()
    start = 0
    for index, is_likely in enumerate([*likely, False]):
        if not is_likely:
            if index - start > MAX_HEADING_RUN:
                found.update(range(start + 1, index - 1))
            start = index + 1
    return found


def _level(text: str, index: int) -> int:
    if index == 0:
        return 1
    numbered = _NUMBERED.match(text)
    return 2 + numbered[1].count(".") if numbered else 2
