"""Used by verification: from the words that a model says it leans on to the sentences that hold them, by offset."""

import re
import unicodedata

from corpus.models import Document, Span

MIN_QUOTE_WORDS = 3
MOST_SENTENCES = 3
_MARKS = "»«\"”“'’ \t\n"


def locate(quote: str, document: Document, within: Span) -> Span | None:
    """The place of ``quote`` in ``document``, inside ``within``: verbatim but for white space; None where it is not.

    A quote of one or two words bears nothing unless it is a sentence.
    """
    words = unicodedata.normalize("NFC", quote).strip(_MARKS).split()
    if not words:
        return None
    pattern = r"\s+".join(re.escape(word) for word in words)
    found = re.search(rf"(?<!\w){pattern}(?!\w)", document.text[within.start : within.end])
    if found is None:
        return None
    span = Span(within.start + found.start(), within.start + found.end())
    if len(words) < MIN_QUOTE_WORDS and not any(_holds(span, s) for s in document.sentences):
        return None
    return span


def sentences_of(span: Span, document: Document) -> list[int]:
    """The numbers of the sentences that hold ``span``; none where it touches more than a few, or a heading."""
    found = [number for number, sentence in enumerate(document.sentences) if sentence.overlaps(span)]
    if not found or len(found) > MOST_SENTENCES:
        return []
    first, last = document.sentences[found[0]], document.sentences[found[-1]]
    return found if first.start <= span.start and span.end <= last.end else []


def _holds(span: Span, sentence: Span) -> bool:
    return span.start <= sentence.start and sentence.end <= span.end + 1
