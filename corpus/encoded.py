"""A document as the store holds it, so that it can be made ready in another process than the one that stores it."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from corpus.models import Document, Passage, Span


@dataclass(frozen=True, slots=True)
class Encoded:
    """A document as the store holds it: JSON texts, and rows of the tables for its links and passages."""

    source: str
    document: str
    updates: Sequence[tuple[str, str]]
    """Target and link, a row each."""
    passages: Sequence[tuple[str, int, int, str, str, int | None]]
    """Id, start, end, text, heading and page, a row each."""

    def values(self) -> list[Any]:
        """All of it as JSON values."""
        return [self.source, self.document, list(self.updates), list(self.passages)]

    @staticmethod
    def of(values: Sequence[Any]) -> "Encoded":
        """What ``values`` gave."""
        source, document, updates, passages = values
        return Encoded(source, document, [(t, link) for t, link in updates], [tuple(row) for row in passages])


def encode(document: Document, passages: Sequence[Passage]) -> Encoded:
    """A document with its passages as the store holds them."""
    source = json.dumps(asdict(document.source), ensure_ascii=False)
    links = [(u.document_id, json.dumps(asdict(u), ensure_ascii=False)) for u in document.updates]
    rows = [(p.passage_id, p.span.start, p.span.end, p.text, p.heading, p.page) for p in passages]
    return Encoded(source, json.dumps(_values(document), ensure_ascii=False, separators=(",", ":")), links, rows)


def _values(document: Document) -> dict[str, Any]:
    """The document as JSON values; ``asdict`` copies every one of thousands of spans and takes ten times as long."""
    return {
        "source": asdict(document.source),
        "text": document.text,
        "sections": [{"heading": s.heading, "level": s.level, "span": _span(s.span)} for s in document.sections],
        "pages": [{"number": p.number, "span": _span(p.span)} for p in document.pages],
        "paragraphs": [_span(span) for span in document.paragraphs],
        "sentences": [_span(span) for span in document.sentences],
        "references": [{"span": _span(r.span), "url": r.url} for r in document.references],
        "updates": [asdict(update) for update in document.updates],
    }


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}
