"""Sums a document up by its own words: the sentences of the section that draws its conclusions."""

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.sentences import Sentence, SentenceReader
from assistant.terms import Term
from corpus.models import Document

MOST_SENTENCES = 5
_CONCLUDING = re.compile(r"\b(?:sammanfatt\w*|slutsats\w*|(?:samlad|slutlig) bedömning|konklusion\w*)", re.IGNORECASE)


def is_about_whole(terms: Sequence[Term]) -> bool:
    """Whether nothing in ``terms`` narrows a question down to a part of a document."""
    return all(t.names_document or t.documents or t.body_id or t.weight < MIN_NARROWING_WEIGHT for t in terms)


MIN_NARROWING_WEIGHT = 0.26  # above that of words so general that they narrow nothing


def summed_up(document: Document, reader: SentenceReader) -> list[Evidence]:
    """The sentences that sum ``document`` up, in the order they stand there.

    They are those of its concluding section; where it has none, the first sentence of every section.
    """
    concluding = [s for s in document.sections if _CONCLUDING.search(s.heading)]
    if concluding:
        sentences = [s for section in concluding for s in reader.within(document, section.span)]
    else:
        sentences = [s for section in document.sections for s in reader.within(document, section.span)[:1]]
    return [_as_evidence(s) for s in sentences if s.referenced][:MOST_SENTENCES]


def _as_evidence(sentence: Sentence) -> Evidence:
    return Evidence(sentence, 1.0, 1.0, 0.0, 0.0, ())
