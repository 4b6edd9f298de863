"""Parses a web page into blocks: its main content, without menus, footers and what the page does not show."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from ingest.blocks import Block
from ingest.entries import FrontMatter
from ingest.parse.body import Body, HiddenText
from ingest.parse.facts import front_matter
from ingest.parse.files import decode
from ingest.parse.styles import hiding_reason, hiding_rules

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)  # one that is not closed hides the rest, as in a browser
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_SKIPPED = frozenset("script style template noscript svg math head select option button iframe object title".split())
# Around the content: where a page has <main> or one <article>, only that counts; else all but these.
_AROUND = frozenset("nav footer aside header dialog menu".split())
_AROUND_ROLES = frozenset("navigation banner contentinfo complementary search dialog".split())
_BLOCKS = frozenset(
    """address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul
    caption""".split()
)
_CLOSED_BY = {
    "p": _BLOCKS - {"td", "th", "tr", "tbody", "thead", "table", "body", "html"},
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr"}),
    "th": frozenset({"td", "th", "tr"}),
    "tr": frozenset({"tr"}),
}
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
# A block with more of its letters in links than this is a menu, unless it is a sentence.
MAX_LINK_RATIO = 0.6
CELL_SEPARATOR = " | "


@dataclass(slots=True)
class _Open:
    """An element that is open, with what it inherits."""

    tag: str
    why_hidden: str
    skipped: bool
    around: bool
    content: bool
    in_link: bool


@dataclass(slots=True)
class _Piece:
    """A block while it is read."""

    tag: str
    text: str = ""
    n_linked: int = 0
    around: bool = False
    content: bool = False
    cells: list[str] | None = None


@dataclass
class PageReader(HTMLParser):
    """Walks the page once; nesting is a list, so that its depth costs nothing."""

    rules: dict[str, str]
    hidden: HiddenText = field(default_factory=HiddenText)
    pieces: list[_Piece] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    stack: list[_Open] = field(default_factory=list)
    row: list[str] | None = None
    unseen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self, convert_charrefs=True)
        self.pieces.append(_Piece(""))

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Open an element; those that it closes by coming are closed first."""
        values = {name: value or "" for name, value in attrs}
        self._read_meta(tag, values)
        if tag in _VOID:
            if tag in ("br", "hr"):
                self._text(" ")
            return
        while self.stack and tag in _CLOSED_BY.get(self.stack[-1].tag, ()):
            self._close()
        above = self.stack[-1] if self.stack else _Open("", "", False, False, False, False)
        role = values.get("role", "").lower()
        opened = _Open(
            tag,
            above.why_hidden or self._why_hidden(tag, values),
            above.skipped or (tag in _SKIPPED and tag != "head"),
            above.around or tag in _AROUND or role in _AROUND_ROLES,
            above.content or tag == "main" or role == "main" or tag == "article",
            above.in_link or tag == "a",
        )
        self.stack.append(opened)
        if tag == "tr":
            self._begin(tag)
            self.row = []
        elif tag in _BLOCKS and self.row is None:
            self._begin(tag)
        elif tag in _BLOCKS:
            self._text(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close an element and all that is still open inside it."""
        if any(element.tag == tag for element in self.stack[-200:]):
            while self._close() != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take text in, unless it is not shown."""
        element = self.stack[-1] if self.stack else None
        if element is not None and element.tag == "title" and "title" not in self.meta:
            self.meta["title"] = " ".join(data.split())
        if element is not None and element.skipped:
            return
        if element is not None and element.why_hidden:
            self.hidden.add(data, element.why_hidden)
            return
        self._text(data)

    @property
    def why_hidden(self) -> str:
        """Why text that came now would not be seen; empty where it would."""
        element = self.stack[-1] if self.stack else None
        return "" if element is None else element.why_hidden or ("not shown" if element.skipped else "")

    def take(self) -> str:
        """The text read so far, on one line; reading goes on from there."""
        text = " ".join(" ".join(_words(piece) for piece in self.pieces).split())
        self.pieces = [_Piece("")]
        return text

    def close_all(self) -> None:
        """Close what the page left open."""
        while self.stack:
            self._close()

    def _close(self) -> str:
        tag = self.stack.pop().tag
        if tag in ("td", "th") and self.row is not None:
            self.row.append(self._cell())
        elif tag == "tr" and self.row is not None:
            self.pieces[-1].cells = self.row
            self.row = None
            self._begin("")
        elif tag in _BLOCKS and self.row is None:
            self._begin("")
        return tag

    def _cell(self) -> str:
        text, self.pieces[-1].text = self.pieces[-1].text, ""
        return " ".join(text.split())

    def _begin(self, tag: str) -> None:
        inside = next((element.tag for element in reversed(self.stack) if element.tag in _BLOCKS), "")
        element = self.stack[-1] if self.stack else None
        self.pieces.append(
            _Piece(tag or inside, around=element.around, content=element.content) if element else _Piece(tag)
        )

    def _text(self, data: str) -> None:
        piece = self.pieces[-1]
        piece.text += data
        if self.stack and self.stack[-1].in_link:
            piece.n_linked += len(data.strip())

    def _why_hidden(self, tag: str, values: dict[str, str]) -> str:
        if "hidden" in values:
            return "attribute that hides it"
        names = [tag, *(f".{name}" for name in values.get("class", "").lower().split())]
        names += [f"{tag}{name}" for name in names[1:]] + [f"#{values.get('id', '').lower()}"]
        by_rule = next((self.rules[name] for name in names if name in self.rules), "")
        return hiding_reason(values.get("style", "")) or by_rule

    def _read_meta(self, tag: str, values: dict[str, str]) -> None:
        if tag == "html" and values.get("lang"):
            self.meta.setdefault("lang", values["lang"])
        name = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        if tag == "meta" and name and values.get("content"):
            self.meta.setdefault(name, " ".join(values["content"].split()))
        if tag == "link" and "canonical" in values.get("rel", "").lower().split():
            self.meta.setdefault("canonical", values.get("href", ""))


def parse_html(data: bytes, path: Path) -> Body:
    """The main content of a web page.

    Raises:
        DocumentError: the bytes are no text.
    """
    declared = _CHARSET.search(data[:4096])
    text, notes = decode(data, path, declared[1].decode("ascii") if declared else "")
    blocks, reader = read_html(text)
    title = next((block.text for block in blocks if block.kind == "heading" and block.level == 1), "")
    return Body(blocks, _front(reader.meta, title, blocks), [*notes, *reader.hidden.notes()])


def read_html(text: str) -> tuple[list[Block], PageReader]:
    """The blocks of a page or of a piece of one, and the reader with what was dropped."""
    text = _COMMENT.sub("", text)
    styles = re.findall(r"<style\b[^>]*>(.*?)</style", text, re.IGNORECASE | re.DOTALL)
    reader = PageReader(hiding_rules("\n".join(styles)))
    reader.feed(text)
    reader.close()
    reader.close_all()
    return list(_blocks(reader.pieces)), reader


def _blocks(pieces: Sequence[_Piece]) -> Iterator[Block]:
    has_content = any(piece.content and _words(piece) for piece in pieces)
    for piece in pieces:
        text = _words(piece)
        if not text or (has_content and not piece.content) or (piece.around and not piece.content):
            continue
        if piece.content and piece.around and piece.tag not in _HEADINGS and _is_menu(piece, text):
            continue
        if piece.tag in _HEADINGS:
            yield Block("heading", text, int(piece.tag[1]))
        elif not _is_menu(piece, text):
            yield Block("paragraph", text)


def _words(piece: _Piece) -> str:
    text = CELL_SEPARATOR.join(piece.cells) if piece.cells is not None else " ".join(piece.text.split())
    return text if any(c.isalnum() for c in text) else ""


def _is_menu(piece: _Piece, text: str) -> bool:
    return piece.n_linked > MAX_LINK_RATIO * len(text) and text[-1] not in ".!?:"


def _front(meta: dict[str, str], title: str, blocks: Sequence[Block]) -> FrontMatter:
    dates = ("article:modified_time", "dcterms.modified", "last-modified", "article:published_time", "dc.date")
    date = next((meta[name] for name in dates if meta.get(name)), "")
    return front_matter(
        title=title or meta.get("og:title", "") or meta.get("title", ""),
        publisher=meta.get("og:site_name", "") or meta.get("dcterms.publisher", "") or meta.get("author", ""),
        date=date,
        url=meta.get("canonical", "") or meta.get("og:url", ""),
        text=" ".join(block.text for block in blocks[:20]),
    )
