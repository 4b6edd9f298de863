"""From a document to what its page shows: sections of paragraphs, with the cited words and what has been overtaken."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.updates import OVERTAKING
from corpus.models import Document, Section, Span
from corpus.store import UpdateLink

CITED, OVERTAKEN, PAGE = "cited", "overtaken", "page"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph; for a page break ``text`` is the page's number."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a later document says of a paragraph, and where."""

    document_id: str
    title: str
    quote: str
    since: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph beginning at ``start`` of the text; ``url`` is that of the original that bears it out, or ""."""

    start: int
    pieces: tuple[Piece, ...]
    notes: tuple[Note, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section's own paragraphs under its heading; ``level`` counts from 2, as the title is the page's first."""

    heading: str
    level: int
    anchor: str
    paragraphs: tuple[Paragraph, ...]


def parts(document: Document, cited: Span | None, notes: Sequence[tuple[Span, Note]]) -> tuple[Part, ...]:
    """``document`` section by section, ``cited`` marked; ``notes`` say what has become of a stretch of the text."""
    found: list[tuple[Section | None, list[Paragraph]]] = []
    for span in _paragraphs(document):
        section = document.section_at(span.start)
        if not found or found[-1][0] is not section:
            found.append((section, []))
        found[-1][1].append(_paragraph(document, span, cited, notes))
    return tuple(
        Part(
            section.heading if section and section.span.start else "",
            min(max(section.level if section else 2, 2), 4),
            f"avsnitt-{number}",
            tuple(paragraphs),
        )
        for number, (section, paragraphs) in enumerate(found, 1)
    )


def notes_on(document: Document, links: Sequence[UpdateLink], later: Sequence[Document]) -> list[tuple[Span, Note]]:
    """What ``later`` documents say by ``links`` of stretches of ``document``; ``later`` stand as their links do."""
    found = []
    for link, other in zip(links, later, strict=True):
        start, by = document.text.find(link.update.claim), other.text.find(link.update.by)
        if link.update.relation in OVERTAKING and start >= 0 and by >= 0:
            note = Note(
                link.document_id, other.source.title, link.update.by, link.update.since, by, by + len(link.update.by)
            )
            found.append((Span(start, start + len(link.update.claim)), note))
    return found


def _paragraphs(document: Document) -> Iterator[Span]:
    """The paragraphs, and whatever else the text holds between them but headings."""
    headings = {s.heading for s in document.sections}
    last = 0
    for paragraph in (*document.paragraphs, Span(len(document.text), len(document.text))):
        for line in re.finditer(r"\S(?:.*\S)?", document.text[last : paragraph.start]):
            if line.group() not in headings:
                yield Span(last + line.start(), last + line.end())
        if paragraph.start < paragraph.end:
            yield paragraph
        last = paragraph.end


def _paragraph(document: Document, span: Span, cited: Span | None, notes: Sequence[tuple[Span, Note]]) -> Paragraph:
    mine = [(claim, note) for claim, note in notes if claim.overlaps(span)]
    breaks = {p.span.start: p.number for p in document.pages if span.start <= p.span.start < span.end}
    cuts = {span.start, span.end, *breaks}
    for stretch in [c for c, _ in mine] + ([cited] if cited and cited.overlaps(span) else []):
        cuts |= {max(span.start, stretch.start), min(span.end, stretch.end)}
    ordered = sorted(cuts)
    pieces: list[Piece] = []
    for start, end in pairwise(ordered):
        if start in breaks:
            pieces.append(Piece(str(breaks[start]), PAGE))
        inside = Span(start, end)
        kind = CITED if cited and cited.overlaps(inside) else ""
        kind = kind or (OVERTAKEN if any(c.overlaps(inside) for c, _ in mine) else "")
        pieces.append(Piece(document.text[start:end], kind))
    url = next((r.url for r in document.references if r.span.overlaps(span)), "")
    return Paragraph(span.start, tuple(pieces), tuple(dict.fromkeys(note for _, note in mine)), url)
