"""Sums a document up by its own words: what it was for, and the sentences of the section that draws its conclusions."""

import re
from collections.abc import Sequence

from assistant.evidence import Evidence
from assistant.question import Question
from assistant.sentences import Sentence, SentenceReader
from assistant.terms import Term
from corpus.models import Document, Section, Span
from corpus.numerals import NUMBERS, numbers_between
from corpus.swedish import STOP_WORDS

MOST_SENTENCES = 9
MIN_NARROWING_WEIGHT = 0.26  # above that of words so general that they narrow nothing
_CONCLUDING = re.compile(r"\b(?:sammanfatt\w*|slutsats\w*|(?:samlad|slutlig) bedömning|konklusion\w*)", re.IGNORECASE)
_COUNTED = re.compile(
    rf"\b(\d|{'|'.join(numbers_between(1, 9))})\s+(?:\w+\s+)?(?:mening(?:ar)?|punkter|punkt)\b", re.IGNORECASE
)
_SHORT = re.compile(r"\b(?:kort(?!\s+(?:sikt|tid))|kortfatta\w*|korthet|briefly|short)\b", re.IGNORECASE)
_CONCLUSIONS = re.compile(r"\b(?:slutsats\w*|conclusions?)\b", re.IGNORECASE)
SHORT = 3


def asked_length(question: str) -> int | None:
    """How many sentences ``question`` asks for (*i tre meningar*, *kortfattat*), None where it sets no length."""
    counted = _COUNTED.search(question)
    if counted:
        word = counted[1].lower()
        return min(MOST_SENTENCES, int(word) if word.isdigit() else NUMBERS[word]) or None
    return SHORT if _SHORT.search(question) else None


def is_about_whole(question: Question, terms: Sequence[Term]) -> bool:
    """Whether nothing in ``question`` narrows it down to a part of a document."""
    named = (t for t in question.tokens if t.start not in question.frame and t.text.lower() not in STOP_WORDS)
    return not any(named) or all(
        t.names_document or t.documents or t.body_id or t.weight < MIN_NARROWING_WEIGHT for t in terms
    )


def summed_up(document: Document, reader: SentenceReader, question: str = "") -> list[Evidence]:
    """The sentences that sum ``document`` up, in the order they stand there, as many as ``question`` asks for.

    They are those of its concluding section, after the one before it that says most of what the title says: what the
    document was to do. Where only the conclusions or but few sentences are asked for, that one is left out. Where it
    has no such section, they are the first sentence of every section.
    """
    most = asked_length(question)
    concluding = [s for s in document.sections if _CONCLUDING.search(s.heading)]
    if concluding:
        sentences = [s for section in concluding for s in reader.within(document, section.span)]
        whole = most is None and not _CONCLUSIONS.search(question)
        sentences = [*(_purpose(document, reader, concluding[0]) if whole else ()), *sentences]
    else:
        sentences = [s for section in document.sections for s in reader.within(document, section.span)[:1]]
    return [_as_evidence(s) for s in sentences if s.referenced][: most or MOST_SENTENCES]


def _purpose(document: Document, reader: SentenceReader, concluding: Section) -> list[Sentence]:
    """The first of the sentences before ``concluding`` that share most words with the title, where they share half."""
    before = [s for s in reader.within(document, Span(0, concluding.span.start)) if s.referenced]
    best = max(before, key=lambda s: len(s.roots & s.title), default=None)
    return [best] if best and len(best.roots & best.title) * 2 >= len(best.title & _roots(before)) else []


def _roots(sentences: Sequence[Sentence]) -> frozenset[str]:
    return frozenset().union(*(s.roots for s in sentences))


def _as_evidence(sentence: Sentence) -> Evidence:
    return Evidence(sentence, 1.0, 1.0, 0.0, 0.0, ())
