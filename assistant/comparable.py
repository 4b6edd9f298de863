"""Values that can be held against each other: another date, year, number or identifier than the question's."""

import re
from collections.abc import Sequence

from assistant.dates import SEASONS
from assistant.expected import DATE
from assistant.sentences import Sentence
from assistant.terms import NUMBER_WORDS, Term
from corpus.lemmas import fold, root
from corpus.numerals import MONTHS, YEAR, YEAR_ALONE
from corpus.swedish import Token, without_spaces

_YEAR = re.compile(YEAR_ALONE)
_IDENTIFIER = re.compile(r"\d+[:/-]\d+")
_BARE_NUMBER = re.compile(r"(?<![\d:/-])\d+(?![\d:/-])")
_SERIES = re.compile(r"\b([A-ZÅÄÖ][A-Za-zåäö]{0,3})\s+(\d{4}(?:/\d\d)?[:/-]\d+)")
_PARAGRAPH = re.compile(r"(?:§|\bparagraf(?:nummer|numret)?(?:\s+nummer|\s+nr)?)\s*(\d+)", re.IGNORECASE)
_FOLDED_MONTHS = frozenset(fold(m) for m in MONTHS)
_FOLDED_SEASONS = frozenset(fold(s) for s in SEASONS)


def comparable(term: Term, sentence: Sentence) -> bool:
    """Whether ``sentence`` has a value of the same kind as the specific ``term``, the same or another one."""
    text = sentence.text
    if not term.specific:
        return False
    if fold(term.text) in _FOLDED_SEASONS:
        return any(fold(t.text) in _FOLDED_MONTHS | _FOLDED_SEASONS for t in sentence.tokens)
    if fold(term.text) in _FOLDED_MONTHS:
        return any(fold(t.text) in _FOLDED_MONTHS for t in sentence.tokens)
    if re.fullmatch(YEAR, term.text):
        return _YEAR.search(text) is not None
    if re.search(r"[:/-]", term.text):
        return _IDENTIFIER.search(text) is not None
    if any(t.text.lower() in NUMBER_WORDS for t in sentence.tokens):
        return True
    return _BARE_NUMBER.search(_YEAR.sub(" ", text)) is not None or DATE.search(text) is not None


def contradicts(term: Term, sentence: Sentence) -> bool:
    """Whether ``sentence`` has another value where the question has ``term``.

    The year of an identifier (*2025/26:7*) is none.
    """
    if term.specific and _YEAR.fullmatch(term.text):
        return term.text not in (years := _YEAR.findall(sentence.text)) and bool(years)
    return term.specific and not term.forms & sentence.roots and comparable(term, sentence)


def numbered_otherwise(question: str, text: str) -> bool:
    """Whether ``question`` and ``text`` give one identifier another series, or a paragraph (§) another number."""
    asked, found = _series(question), _series(text)
    if any(number in found and found[number] != series for number, series in asked.items()):
        return True
    paragraphs = set(_PARAGRAPH.findall(question))
    return bool(paragraphs) and bool(_PARAGRAPH.findall(text)) and not paragraphs & set(_PARAGRAPH.findall(text))


def names_no_paragraph(question: str, text: str) -> bool:
    """Whether ``question`` names a paragraph (§) and ``text`` none: a day of that number is no paragraph."""
    return bool(_PARAGRAPH.search(question)) and not _PARAGRAPH.search(text)


def _series(text: str) -> dict[str, str]:
    """Number → the series that stands before it (*Fi* of *Fi 2021:09*)."""
    return {m[2]: m[1] for m in _SERIES.finditer(text)}


def _holds_value(term: Term, tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` have the specific ``term`` itself."""
    return any(without_spaces(t.text.lower()) in term.forms or root(t.text) in term.forms for t in tokens)


def holds_other_value(term: Term, tokens: Sequence[Token]) -> bool:
    """Whether ``tokens`` have a year or a month, but not the ``term`` that is one."""
    if _holds_value(term, tokens):
        return False
    if fold(term.text) in _FOLDED_MONTHS:
        return any(fold(t.text) in _FOLDED_MONTHS for t in tokens)
    return _YEAR.fullmatch(term.text) is not None and any(_YEAR.fullmatch(t.text) for t in tokens)
