"""Shared by the metrics that look for words: how an answer's text is compared with what a case expects."""

import re
import unicodedata
from collections.abc import Iterator

from corpus.models import Span
from evals.cases import alternatives

_MARKER = re.compile(r"\s*\[\d+\]")
_MARKERS = re.compile(r"((?:\s*\[\d+\])+)")
_SPACE = re.compile(r"\s+")
LABEL_DATE = re.compile(r"\([^()]*\):")  # as in "Tidigare (juni 2024):"


def without_markers(text: str) -> str:
    """The text without its citation markers ``[n]``."""
    return _MARKER.sub("", text)


def statements(text: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each stretch of text with the numbers of the markers that close it; none for what stands after the last."""
    parts = _MARKERS.split(text)
    for said, markers in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if said.strip() or markers:
            yield said, tuple(int(number) for number in re.findall(r"\d+", markers))


def normalised(text: str) -> str:
    """Lower case, without citation markers, each stretch of white space a single space."""
    return _SPACE.sub(" ", without_markers(unicodedata.normalize("NFC", text))).casefold().strip()


def occurs(phrase: str, text: str) -> bool:
    """Whether ``phrase`` stands in ``text``; a phrase that begins or ends in a digit must not cut a number in two."""
    wanted = normalised(phrase)
    before = r"(?<!\d)" if wanted[:1].isdigit() else ""
    after = r"(?!\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, normalised(text)) is not None


def any_occurs(fact: str, text: str) -> bool:
    """Whether one of the fact's alternatives (parted by ``|``) stands in ``text``."""
    return any(occurs(phrase, text) for phrase in alternatives(fact))


def spans_of(quote: str, text: str) -> tuple[Span, ...]:
    """Every place of ``quote`` in ``text``, where white space of one kind matches that of another."""
    words = quote.split()
    if not words:
        return ()
    pattern = r"\s+".join(re.escape(word) for word in words)
    return tuple(Span(found.start(), found.end()) for found in re.finditer(pattern, text))
