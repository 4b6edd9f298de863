"""What later sources say of a sentence: the typed links that the documents carry."""

from assistant.compose import Statement
from assistant.sentences import Sentence
from corpus.index import Index
from corpus.models import Span

OVERTAKING = ("updates", "contradicts")


def overtaken_by(index: Index, sentence: Sentence) -> list[Statement]:
    """The statements of later sources that overtake ``sentence``, the latest first."""
    found = []
    for link in index.updates_of(sentence.document_id):
        update = link.update
        start = sentence.document.text.find(update.claim)
        concerns = start >= 0 and Span(start, start + len(update.claim)).overlaps(sentence.span)
        if update.relation not in OVERTAKING or not concerns:
            continue
        later = index.document(link.document_id)
        at = later.text.find(update.by)
        if at >= 0:
            span = Span(at, at + len(update.by))
            found.append(Statement(later, span, relation=update.relation, since=update.since))
    return sorted(found, key=lambda s: s.since, reverse=True)
