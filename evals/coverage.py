"""Used by ``python -m evals check``: which sentences of the documents no known answer leans on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.models import Document, Span
from evals.cases import Case
from evals.metrics.text import spans_of


@dataclass(frozen=True, slots=True)
class Coverage:
    """The sentences of a document that no case's evidence touches, of how many it has."""

    document: Document
    n_sentences: int
    untouched: tuple[Span, ...]

    def __str__(self) -> str:
        n_touched = self.n_sentences - len(self.untouched)
        return f"{self.document.source.document_id}: {n_touched} of {self.n_sentences} sentences are evidence"


def coverage(cases: Iterable[Case], documents: Mapping[str, Document]) -> tuple[Coverage, ...]:
    """Each document with the sentences that are left; a quote touches a sentence that it overlaps."""
    touched: dict[str, set[Span]] = {document_id: set() for document_id in documents}
    for document_id, text in {(quote.document, quote.quote) for case in cases for quote in case.quotes}:
        if document_id in documents:
            touched[document_id].update(spans_of(text, documents[document_id].text))
    return tuple(
        Coverage(
            document,
            len(document.sentences),
            tuple(s for s in document.sentences if not any(s.overlaps(span) for span in touched[document_id])),
        )
        for document_id, document in documents.items()
    )
