"""Parses an OpenDocument text (.odt) into blocks: headings by level, lists, rows of tables; nothing hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.blocks import Block
from ingest.limits import Limits
from ingest.parse.body import Body, HiddenText
from ingest.parse.office import front_of, take_line, with_words
from ingest.parse.zipped import Event, Package, attributes

CONTENT = "content.xml"
CELL_SEPARATOR = " | "
MAX_SPACES = 100
_SKIPPED = frozenset({"tracked-changes", "annotation", "note", "forms", "sequence-decls", "variable-decls"})
_HIDDEN_ELEMENTS = frozenset({"hidden-text", "hidden-paragraph"})
_TINY = re.compile(r"0*(?:\.\d+|[01](?:\.\d+)?)pt$")


@dataclass(slots=True)
class _Walk:
    """Where the walk through the document is; ``spans`` holds the text of the elements that are open."""

    hiding: dict[str, str]
    hidden: HiddenText = field(default_factory=HiddenText)
    texts: list[str] = field(default_factory=list)
    why_hidden: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    depth: int = 0
    skipping: int = 0

    def read(self, text: str | None) -> None:
        """Take text in, unless an open element hides it."""
        why = next(filter(None, self.why_hidden), "")
        if text and why:
            self.hidden.add(text, why)
        elif text:
            self.texts.append(text)

    def line(self) -> str:
        """The text so far on one line; the next begins empty."""
        return take_line(self.texts)


def parse_odt(data: bytes, path: Path, limits: Limits) -> Body:
    """The text of an OpenDocument file.

    Raises:
        DocumentError: it is damaged, locked or larger than is read.
    """
    package = Package(data, path, limits.file_bytes)
    hiding = _hiding_styles(package, "styles.xml") | _hiding_styles(package, CONTENT)
    walk = _Walk(hiding)
    blocks = with_words(_blocks(package, walk))
    facts = package.facts("meta.xml")
    front = front_of(
        blocks,
        title=facts.get("title", ""),
        date=facts.get("date", "") or facts.get("creation-date", ""),
    )
    return Body(blocks, front, walk.hidden.notes())


def _blocks(package: Package, walk: _Walk) -> Iterator[Block]:
    """The blocks; ``iterparse`` gives an element's own text at its end, so paragraphs are walked when they close."""
    for event in package.events(CONTENT):
        if event.name in _SKIPPED and not walk.depth:
            walk.skipping += 1 if event.starts else -1
        if walk.skipping:
            continue
        if event.name in ("p", "h"):
            walk.depth += 1 if event.starts else -1
            if not event.starts and not walk.depth:
                yield from _paragraph(event, walk)
        elif event.name == "table-row" and not walk.depth:
            if event.starts:
                walk.rows.append([])
            else:
                cells = walk.rows.pop()
                if walk.rows:
                    walk.texts.append(" " + " ".join(cells))
                else:
                    yield Block("paragraph", CELL_SEPARATOR.join(cells))
        elif event.name == "table-cell" and not event.starts and not walk.depth and walk.rows:
            walk.rows[-1].append(walk.line())


def _paragraph(event: Event, walk: _Walk) -> Iterator[Block]:
    _inline(event.element, walk)
    if walk.rows:
        walk.texts.append(" ")
        return
    text = walk.line()
    level = attributes(event.element).get("outline-level", "1")
    if text:
        yield (
            Block("heading", text, int(level) if level.isdecimal() else 1)
            if event.name == "h"
            else Block("paragraph", text)
        )


def _inline(element: Element, walk: _Walk) -> None:
    """Read an element's text and that of all inside it; nesting is bounded by the package."""
    name = element.tag.rpartition("}")[2]
    if name in _SKIPPED:
        return
    values = attributes(element)
    hidden = "marked as hidden" if name in _HIDDEN_ELEMENTS else walk.hiding.get(values.get("style-name", ""), "")
    walk.why_hidden.append(hidden)
    if name == "s":
        count = values.get("c", "1")
        walk.read(" " * min(int(count) if count.isdecimal() else 1, MAX_SPACES))
    elif name in ("tab", "line-break"):
        walk.read(" ")
    walk.read(element.text)
    for child in element:
        _inline(child, walk)
        walk.read(child.tail)
    walk.why_hidden.pop()


def _hiding_styles(package: Package, name: str) -> dict[str, str]:
    """The styles of a part that hide their text, with the reason."""
    if not package.part(name):
        return {}
    found: dict[str, str] = {}
    reason = ""
    for event in package.events(name):
        if event.starts and event.name == "style":
            reason = ""
        elif not event.starts and event.name == "text-properties":
            reason = _why_hidden(attributes(event.element))
        elif not event.starts and event.name == "style" and reason:
            found[attributes(event.element).get("name", "")] = reason
    return found


def _why_hidden(values: dict[str, str]) -> str:
    if values.get("display") == "none":
        return "marked as hidden"
    if values.get("color", "").lower() == "#ffffff" and values.get("background-color", "transparent") == "transparent":
        return "white on white"
    return "too small to be read" if _TINY.match(values.get("font-size", "")) else ""
