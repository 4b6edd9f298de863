"""What later sources say of a sentence: the typed links that the documents carry."""

from collections.abc import Iterator

from assistant.compose import Statement
from assistant.sentences import Sentence
from corpus.index import Index
from corpus.models import Document, Span
from corpus.store import UpdateLink

OVERTAKING = ("updates", "contradicts")


def overtaking_links(index: Index, document: Document, span: Span) -> Iterator[UpdateLink]:
    """The links by which later sources overtake what stands at ``span`` of ``document``."""
    for link in index.updates_of(document.source.document_id):
        start = document.text.find(link.update.claim)
        concerns = start >= 0 and Span(start, start + len(link.update.claim)).overlaps(span)
        if link.update.relation in OVERTAKING and concerns:
            yield link


def overtaken_by(index: Index, sentence: Sentence) -> list[Statement]:
    """The statements of later sources that overtake ``sentence``, the latest first."""
    found = []
    for link in overtaking_links(index, sentence.document, sentence.span):
        update, later = link.update, index.document(link.document_id)
        at = later.text.find(update.by)
        if at >= 0:
            span = Span(at, at + len(update.by))
            found.append(Statement(later, span, relation=update.relation, since=update.since))
    return sorted(found, key=lambda s: s.since, reverse=True)
