"""Parses Markdown into blocks: markup goes, words stay, and the address behind a fact becomes a reference."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pydantic import ValidationError

from corpus.errors import DocumentError
from ingest.blocks import Block, SourceLink
from ingest.entries import FrontMatter, first_problem, load_yaml
from ingest.parse.body import HiddenText
from ingest.parse.html import PageReader

SOURCE_LABEL = "källa"

_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_MAY_NAME_ID = re.compile(r"(?<!\w)id(?!\w)|\\")  # behind a backslash YAML may spell anything
_FINISHED = re.compile(r"[.!?…][)\]\"'”’»]*$")
_SPACES = re.compile(r"\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CELL_SEPARATOR = " | "


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of inline text, with its address if it is a link."""

    text: str
    url: str = ""


@dataclass(slots=True)
class _Inline:
    """A block's text while it is being built."""

    text: str = ""
    links: list[SourceLink] = field(default_factory=list)


def split_front_matter(text: str, path: Path) -> tuple[FrontMatter, str]:
    """The front matter of a Markdown file and the text behind it.

    Raises:
        DocumentError: the front matter is not YAML, or a value in it is not of the expected form.
    """
    found = _FRONT_MATTER.match(text)
    if not found:
        return FrontMatter(), text
    values = load_yaml(found[1], path)
    try:
        return FrontMatter.model_validate(values if values is not None else {}), text[found.end() :]
    except ValidationError as error:
        raise DocumentError(first_problem(error, path)) from None


def front_matter_id(text: str, path: Path) -> str:
    """The id that a Markdown file's front matter names; empty where it names none.

    YAML is read only where it may name one: a folder of thousands of files is asked for their ids before all else.

    Raises:
        DocumentError: the front matter is not YAML, or a value in it is not of the expected form.
    """
    found = _FRONT_MATTER.match(text)
    return split_front_matter(text, path)[0].id or "" if found and _MAY_NAME_ID.search(found[1]) else ""


class _Html:
    """The HTML in a Markdown file, read as it comes; what it hides from readers is dropped, Markdown inside it too."""

    def __init__(self, hidden: HiddenText) -> None:
        self._reader = PageReader({}, hidden)
        self._hidden = hidden

    def text(self, source: str) -> str:
        """What readers see of a piece of HTML; elements that it leaves open stay open."""
        self._reader.feed(_COMMENT.sub("", source))
        return self._reader.take()

    def hides(self, text: str) -> bool:
        """Whether an open element hides ``text``, which is then dropped."""
        why = self._reader.why_hidden
        if why:
            self._hidden.add(text, why)
        return bool(why)


def parse_markdown(text: str, hidden: HiddenText | None = None) -> list[Block]:
    """The headings and paragraphs of Markdown without front matter; a list item or table row is a paragraph.

    Bullets are markup and go; the numbers of a numbered list are words and stay.

    Args:
        text: the Markdown.
        hidden: told of what HTML in it hides.
    """
    tokens = _markdown().parse(text)
    return [block for block in _blocks(tokens, _Html(hidden or HiddenText())) if block.text]


@cache
def _markdown() -> MarkdownIt:
    """The reader of Markdown; making one takes as long as reading a short page."""
    return MarkdownIt("commonmark").enable("table")


def _blocks(tokens: Sequence[Token], html: _Html) -> Iterator[Block]:
    level = 0
    prefix = ""
    cells: list[str] | None = None
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "list_item_open":
            prefix = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close":
            yield Block("paragraph", _CELL_SEPARATOR.join(cells or []))
            cells = None
        elif token.type == "inline":
            inline = _inline(token.children or [], prefix, html)
            if cells is not None:
                cells.append(inline.text)
            elif level:
                yield Block("heading", inline.text, level)
            else:
                yield Block("paragraph", inline.text, links=tuple(inline.links))
            level, prefix = 0, ""
        elif token.type == "html_block":
            yield Block("paragraph", html.text(token.content))
        elif token.type in ("fence", "code_block") and not html.hides(token.content):
            yield Block("paragraph", " ".join(token.content.split()))


def _inline(tokens: Sequence[Token], prefix: str, html: _Html) -> _Inline:
    """The text of one block, single-spaced, with the links that only name a source taken out of it."""
    pieces = list(_pieces(tokens, html))
    built = _Inline(prefix)
    fact_start = len(prefix)
    for index, piece in enumerate(pieces):
        if not piece.url or not _names_source(built.text, piece, pieces[index + 1 :]):
            _append(built, piece.text)
            continue
        built.text = built.text.rstrip()
        fact_start = min(fact_start, len(built.text))
        fact = built.text[fact_start:]
        if fact.strip():
            span_start = fact_start + len(fact) - len(fact.lstrip())
            built.links.append(SourceLink(span_start, len(built.text), piece.url))
        elif built.links:  # a second address for the same fact
            built.links.append(SourceLink(built.links[-1].start, built.links[-1].end, piece.url))
        fact_start = len(built.text)
    built.text = built.text.rstrip() if built.text.strip() != prefix.strip() else ""
    return built


def _append(built: _Inline, text: str) -> None:
    single = _SPACES.sub(" ", text)
    if not built.text or built.text.endswith(" "):
        single = single.lstrip(" ")
    built.text += single


def _names_source(before: str, piece: Piece, after: Sequence[Piece]) -> bool:
    """Whether a link only says where the fact before it comes from, and is no part of the sentence."""
    if not piece.url.startswith(("http://", "https://")):
        return False
    if piece.text.strip().lower() == SOURCE_LABEL:
        return True
    if not _FINISHED.search(before.rstrip()):
        return False
    following = next((p for p in after if p.text.strip()), None)
    return following is None or bool(following.url) or following.text.lstrip()[0].isupper()


def _pieces(tokens: Sequence[Token], html: _Html) -> Iterator[Piece]:
    url, label, inside = "", "", False
    for token in tokens:
        if token.type == "link_open":
            url, label, inside = str(token.attrs.get("href", "")), "", True
        elif token.type == "link_close":
            yield Piece(label, url)
            inside = False
        else:
            text = _token_text(token, html)
            if inside:
                label += text
            else:
                yield Piece(text)


def _token_text(token: Token, html: _Html) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return " "
    if token.type == "html_inline":
        html.text(token.content)
        return " " if token.content.lower().startswith("<br") else ""
    return "" if html.hides(token.content) else token.content
