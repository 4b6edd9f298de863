"""What later sources say of a sentence: the typed links that the documents carry."""

from assistant.compose import Statement
from assistant.sentences import Sentence
from corpus.index import Index
from corpus.models import Span


def later_statement(index: Index, sentence: Sentence) -> Statement | None:
    """The statement that updates, contradicts or confirms ``sentence``; None where no later source speaks of it."""
    for link in index.updates_of(sentence.document_id):
        claim_at = sentence.document.text.find(link.update.claim)
        if claim_at < 0 or not Span(claim_at, claim_at + len(link.update.claim)).overlaps(sentence.span):
            continue
        later = index.document(link.document_id)
        start = later.text.find(link.update.by)
        if start >= 0:
            span = Span(start, start + len(link.update.by))
            return Statement(later, span, relation=link.update.relation, since=link.update.since)
    return None
