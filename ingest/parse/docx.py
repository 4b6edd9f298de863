"""Parses a Word document (.docx) into blocks: headings by style, lists, tables as rows; nothing deleted or hidden."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

from ingest.blocks import Block
from ingest.limits import Limits
from ingest.parse.body import Body, HiddenText
from ingest.parse.office import front_of, take_line, with_words
from ingest.parse.zipped import Package, attributes, local

DOCUMENT = "word/document.xml"
CELL_SEPARATOR = " | "
MIN_HALF_POINTS = 4  # smaller type is not there to be read
# Text boxes come twice, once for old programs; deleted text, notes to the editor and field codes are not text.
_SKIPPED = frozenset({"Fallback", "del", "moveFrom", "instrText", "delText", "delInstrText"})
_HEADING_NAME = re.compile(r"(?:heading|rubrik)\s*([1-9])$", re.IGNORECASE)
_TITLE_NAMES = frozenset({"title", "rubrik", "titel"})
_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """What a named style does: heading level (0 for none), and why it hides its text, if it does."""

    level: int = 0
    why_hidden: str = ""


@dataclass(slots=True)
class _Walk:
    """Where the walk through the document is."""

    styles: dict[str, Style]
    hidden: HiddenText = field(default_factory=HiddenText)
    texts: list[str] = field(default_factory=list)
    level: int = 0
    why_hidden: str = ""
    shaded: set[str] = field(default_factory=set)
    """Which of cell and paragraph have a colour behind the text."""
    inside: str = ""
    """The innermost properties that are being read: ``pPr``, ``rPr`` or none."""
    rows: list[list[str]] = field(default_factory=list)
    skipping: int = 0

    def read(self, text: str) -> None:
        """Take in the text of a run, unless it is hidden."""
        if self.why_hidden:
            self.hidden.add(text, self.why_hidden)
        else:
            self.texts.append(text)

    def line(self) -> str:
        """The text so far on one line; the next begins empty."""
        return take_line(self.texts)


def parse_docx(data: bytes, path: Path, limits: Limits) -> Body:
    """The text of a Word document.

    Raises:
        DocumentError: it is damaged, locked or larger than is read.
    """
    package = Package(data, path, limits.file_bytes)
    walk = _Walk(_styles(package))
    blocks = with_words(_blocks(package, walk))
    facts = package.facts("docProps/core.xml")
    front = front_of(
        blocks,
        title=facts.get("title", ""),
        publisher=package.facts("docProps/app.xml").get("Company", ""),
        date=facts.get("modified", "") or facts.get("created", ""),
    )
    return Body(blocks, front, walk.hidden.notes())


def _blocks(package: Package, walk: _Walk) -> Iterator[Block]:
    for event in package.events(DOCUMENT):
        if event.name in _SKIPPED:
            walk.skipping += 1 if event.starts else -1
        if walk.skipping:
            continue
        if event.starts:
            _open(event.name, walk)
            continue
        if event.name == "p":
            yield from _paragraph(walk)
        elif event.name == "tc" and walk.rows:
            walk.rows[-1].append(walk.line())
        elif event.name == "tr" and walk.rows:
            cells = walk.rows.pop()
            if walk.rows:  # a table in a cell
                walk.texts.append(" " + " ".join(cells))
            else:
                yield Block("paragraph", CELL_SEPARATOR.join(cells))
        else:
            _close(event.name, event.element, walk)


def _open(name: str, walk: _Walk) -> None:
    if name == "tr":
        walk.rows.append([])
    elif name == "r":
        walk.why_hidden = ""
    elif name in ("pPr", "rPr"):
        walk.inside = name
    elif name in ("p", "tc"):
        walk.level = 0
        walk.shaded.discard(name)


def _paragraph(walk: _Walk) -> Iterator[Block]:
    if walk.rows:
        walk.texts.append(" ")
        return
    text = walk.line()
    if text:
        yield Block("heading", text, walk.level) if walk.level else Block("paragraph", text)


def _close(name: str, element: Element, walk: _Walk) -> None:
    if name == "t":
        walk.read(element.text or "")
    elif name in ("tab", "br", "cr"):
        walk.texts.append(" ")
    elif name == "noBreakHyphen":
        walk.texts.append("-")
    elif name == "pStyle":
        style = walk.styles.get(attributes(element).get("val", ""), Style())
        walk.level = style.level
    elif name == "outlineLvl":
        walk.level = _outline(element) or walk.level
    elif name == "shd" and walk.inside != "rPr" and _is_coloured(element):
        walk.shaded.add("p" if walk.inside == "pPr" else "tc")
    elif name == "rPr":
        walk.why_hidden = _why_hidden(element, walk)
        walk.inside = ""
    elif name == "pPr":
        walk.inside = ""


def _is_coloured(shading: Element) -> bool:
    return attributes(shading).get("fill", "auto").lower() not in ("auto", "ffffff")


def _why_hidden(properties: Element, walk: _Walk | None) -> str:
    """Why a run with these properties is not seen; empty where it is."""
    values = {local(child.tag): attributes(child) for child in properties}
    if "vanish" in values and values["vanish"].get("val", "1").lower() not in _OFF:
        return "marked as hidden"
    white = values.get("color", {}).get("val", "").lower() == "ffffff"
    coloured = any(local(child.tag) == "shd" and _is_coloured(child) for child in properties) or "highlight" in values
    if white and not coloured and not (walk is not None and walk.shaded):
        return "white on white"
    size = values.get("sz", {}).get("val", "")
    if size.isdecimal() and int(size) < MIN_HALF_POINTS:
        return "too small to be read"
    named = values.get("rStyle", {}).get("val", "")
    return walk.styles.get(named, Style()).why_hidden if walk is not None else ""


def _styles(package: Package) -> dict[str, Style]:
    """The document's styles by id."""
    if not package.part("word/styles.xml"):
        return {}
    found: dict[str, Style] = {}
    level, hidden = 0, ""
    for event in package.events("word/styles.xml"):
        if event.starts and event.name == "style":
            level, hidden = 0, ""
        elif not event.starts and event.name == "name":
            level = level or _named_level(attributes(event.element).get("val", ""))
        elif not event.starts and event.name == "outlineLvl":
            level = _outline(event.element) or level
        elif not event.starts and event.name == "rPr":
            hidden = _why_hidden(event.element, None)
        elif not event.starts and event.name == "style":
            found[attributes(event.element).get("styleId", "")] = Style(level, hidden)
    return found


def _named_level(name: str) -> int:
    heading = _HEADING_NAME.match(name.strip())
    return int(heading[1]) if heading else int(name.strip().lower() in _TITLE_NAMES)


def _outline(element: Element) -> int:
    value = attributes(element).get("val", "")
    return int(value) + 1 if value.isdecimal() and int(value) < 9 else 0
