"""First step of layout repair: physical lines of extracted text, with what can be told of their width and page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

FORM_FEED = "\f"
# A leading space marks a page only where it is rare; more than this share of the lines is indentation.
MAX_MARKED_RATIO = 0.2
# Share of the lines that end with exactly one space before a longer run of spaces says anything.
REGULAR_TRAILING_RATIO = 0.6

_NARROW = frozenset("ijl.,:;'|!I")
_SLIM = frozenset("frt()-[] ")
_WIDE = frozenset("mwMW–")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with words on it; ``gap`` counts the blank lines before it.

    ``starts_page`` says that a page of the original begins here; ``extra_space`` that more white space trails the
    line than is usual in the text, which extraction leaves where the author ended a paragraph with a space. ``page`` is
    the number of the page that begins here, where it is known.
    """

    text: str
    gap: int
    starts_page: bool = False
    extra_space: bool = False
    page: int = 0

    @property
    def first_word(self) -> str:
        """The line's first word."""
        return self.text.split(" ", 1)[0]


def width(text: str) -> float:
    """Estimated width of ``text`` in ems, by the letter widths that proportional sans-serif fonts share."""
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, float]):
    """The width of each character, worked out when it is first met: this is asked for every letter of every text."""

    def __missing__(self, char: str) -> float:
        self[char] = _char_width(char)
        return self[char]


_WIDTHS = _Widths()


def _char_width(char: str) -> float:
    if char in _NARROW:
        return 0.25
    if char in _SLIM:
        return 0.33
    if char in _WIDE:
        return 0.85
    return 0.68 if char.isupper() else 0.53


def read_lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold words, single-spaced, with blank lines counted and page marks read."""
    physical = _split(text)
    with_words = [(raw, gap, fed) for raw, gap, fed in physical if raw.strip()]
    marked = _page_marks([raw for raw, _, _ in with_words], any(fed for _, _, fed in with_words))
    extra = _extra_space([raw for raw, _, _ in with_words])
    return [
        Line(" ".join(raw.split()), gap, starts_page=fed or mark, extra_space=trailing)
        for (raw, gap, fed), mark, trailing in zip(with_words, marked, extra, strict=True)
    ]


def _split(text: str) -> list[tuple[str, int, bool]]:
    """Each line with the number of blank lines before it and whether a form feed came since the last words."""
    found: list[tuple[str, int, bool]] = []
    gap, fed = 0, False
    for number, page in enumerate(re.sub(r"\r\n?", "\n", text).split(FORM_FEED)):
        fed = fed or number > 0
        for raw in page.split("\n"):
            if not raw.strip():
                gap += 1
                continue
            found.append((raw, gap, fed))
            gap, fed = 0, False
    return found


def _page_marks(lines: Sequence[str], has_form_feeds: bool) -> list[bool]:
    """Which lines begin with the single space that some extractors leave at a page's start."""
    if has_form_feeds:
        return [False] * len(lines)
    marks = [len(line) > 1 and line[0] in " \u00a0" and not line[1].isspace() for line in lines]
    indented = any(line[:2].isspace() and len(line) > 1 for line in lines)
    if indented or sum(marks) > max(1, MAX_MARKED_RATIO * len(lines)):
        return [False] * len(lines)
    return marks


def _extra_space(lines: Sequence[str]) -> list[bool]:
    trailing = [len(line) - len(line.rstrip()) for line in lines]
    regular = sum(1 for n in trailing if n == 1)
    if not lines or regular < REGULAR_TRAILING_RATIO * len(lines):
        return [False] * len(lines)
    return [n > 1 for n in trailing]
