"""Sums a document up by its own words: what it was for, and the sentences of the section that draws its conclusions."""

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.sentences import Sentence, SentenceReader
from assistant.terms import Term
from corpus.models import Document, Section, Span

MOST_SENTENCES = 9
MIN_NARROWING_WEIGHT = 0.26  # above that of words so general that they narrow nothing
_CONCLUDING = re.compile(r"\b(?:sammanfatt\w*|slutsats\w*|(?:samlad|slutlig) bedömning|konklusion\w*)", re.IGNORECASE)


def is_about_whole(terms: Sequence[Term]) -> bool:
    """Whether nothing in ``terms`` narrows a question down to a part of a document."""
    return all(t.names_document or t.documents or t.body_id or t.weight < MIN_NARROWING_WEIGHT for t in terms)


def summed_up(document: Document, reader: SentenceReader) -> list[Evidence]:
    """The sentences that sum ``document`` up, in the order they stand there.

    They are those of its concluding section, after the one before it that says most of what the title says: what the
    document was to do. Where it has no such section, they are the first sentence of every section.
    """
    concluding = [s for s in document.sections if _CONCLUDING.search(s.heading)]
    if concluding:
        sentences = [s for section in concluding for s in reader.within(document, section.span)]
        sentences = [*_purpose(document, reader, concluding[0]), *sentences]
    else:
        sentences = [s for section in document.sections for s in reader.within(document, section.span)[:1]]
    return [_as_evidence(s) for s in sentences if s.referenced][:MOST_SENTENCES]


def _purpose(document: Document, reader: SentenceReader, concluding: Section) -> list[Sentence]:
    """The first of the sentences before ``concluding`` that share most words with the title, where they share half."""
    before = [s for s in reader.within(document, Span(0, concluding.span.start)) if s.referenced]
    best = max(before, key=lambda s: len(s.roots & s.title), default=None)
    return [best] if best and len(best.roots & best.title) * 2 >= len(best.title & _roots(before)) else []


def _roots(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset().union(*(s.roots for s in sentences))


def _as_evidence(sentence: Sentence) -> Evidence:
    return Evidence(sentence, 1.0, 1.0, 0.0, 0.0, ())
