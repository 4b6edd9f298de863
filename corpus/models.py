"""The values that the rooms hand to each other: sources, documents, spans, passages and hits.

Every position is an offset in Unicode code points into ``Document.text``, ``[start, end)``, so that
``document.text[span.start:span.end]`` is the quoted text exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Relation = Literal["updates", "contradicts", "confirms", "adds"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a document's text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether the two stretches share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text it governs, up to the next heading of the same or a higher level."""

    heading: str
    level: int
    span: Span


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the original, where it can be told; numbers count from 1."""

    number: int
    span: Span


@dataclass(frozen=True, slots=True)
class Reference:
    """The address of the original that bears out the text in ``span`` (a fact sheet's facts have one each)."""

    span: Span
    url: str


@dataclass(frozen=True, slots=True)
class Update:
    """A typed link: the sentence ``by`` of this document says what has become of ``claim`` in another one.

    ``updates`` and ``contradicts`` overtake the claim; ``confirms`` bears it out and ``adds`` only goes on from it.
    ``claim`` and ``by`` are verbatim; ``since`` is an ISO date (``2026``, ``2026-07`` or ``2026-07-01``).
    """

    document_id: str
    claim: str
    by: str
    relation: Relation
    since: str


@dataclass(frozen=True, slots=True)
class Source:
    """What the manifest tells of a document: who published it, when, and what kind it is.

    ``kind`` is a Swedish word shown to readers (``utredning``, ``faktablad``, ``dokument``); a ``faktablad`` is
    a summary by this project. ``date`` is an ISO date, possibly only a year or a month; for a fact sheet it is
    the date up to which the sheet holds. ``primary`` sources outrank the others for questions about themselves.
    ``dnr`` is the number of the case that it belongs to, in its publisher's register.
    """

    document_id: str
    title: str
    publisher: str
    date: str
    kind: str
    url: str = ""
    urls: tuple[str, ...] = ()
    primary: bool = False
    date_note: str = ""
    dnr: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed and repaired document: its text and the spans that describe it.

    ``sentences`` are in order and do not overlap; headings are not sentences. ``paragraphs`` likewise hold the
    sentences that stand together (a list item is a paragraph).
    """

    source: Source
    text: str
    sections: tuple[Section, ...] = ()
    pages: tuple[Page, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    sentences: tuple[Span, ...] = ()
    references: tuple[Reference, ...] = ()
    updates: tuple[Update, ...] = ()

    def quote(self, span: Span) -> str:
        """The text in ``span``."""
        return self.text[span.start : span.end]

    def section_at(self, offset: int) -> Section | None:
        """The innermost section that holds ``offset``."""
        holding = [s for s in self.sections if s.span.start <= offset < s.span.end]
        return max(holding, key=lambda s: (s.level, s.span.start), default=None)

    def page_at(self, offset: int) -> int | None:
        """The number of the page that holds ``offset``, or None where pages cannot be told."""
        return next((p.number for p in self.pages if p.span.start <= offset < p.span.end), None)

    def is_referenced(self, span: Span) -> bool:
        """Whether an address bears out ``span``, as each fact of a fact sheet needs; True where none is asked for."""
        return not self.references or any(r.span.overlaps(span) for r in self.references)

    def url_at(self, span: Span) -> str:
        """The address that bears out ``span``: that of its reference, else the source's own."""
        return next((r.url for r in self.references if r.span.overlaps(span)), self.source.url)


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit that is embedded and searched: whole sentences of one section of one document."""

    passage_id: str
    document_id: str
    span: Span
    text: str
    heading: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage; ``score`` grows with relevance and is comparable only within one result list."""

    passage_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself; two generations with the same ``content_hash`` hold the same content."""

    generation: str
    format_version: int
    created: str
    embedding_model: str
    embedding_dim: int
    content_hash: str
    n_documents: int
    n_passages: int
    versions: Mapping[str, str] = field(default_factory=dict)
