"""Between parsing and assembling: what every parser makes of a file, headings and paragraphs in order."""

from dataclasses import dataclass, field
from typing import Literal

BlockKind = Literal["heading", "paragraph"]


@dataclass(frozen=True, slots=True)
class PageMark:
    """Page ``number`` of the original begins at ``offset`` of the block's text."""

    offset: int
    number: int


@dataclass(frozen=True, slots=True)
class SourceLink:
    """The address that bears out ``[start, end)`` of the block's text."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph (a list item is a paragraph); ``text`` is one line, single-spaced.

    ``level`` is a heading's depth, 1 for the title, and 0 for paragraphs.
    """

    kind: BlockKind
    text: str
    level: int = 0
    pages: tuple[PageMark, ...] = field(default=())
    links: tuple[SourceLink, ...] = field(default=())
