"""After layout repair: splits a paragraph into sentences, with exact offsets.

Rules of our own: sentencex 1.0.32 cuts after *prop.* and *t.ex.*, and runs sentences together that end in *det.*,
*hon.* or *ut.* (74 of 3,700 in a sample of statutes).
"""

import re
from collections.abc import Iterator

from corpus.models import Span

VERSION = "sentences-1"
# Longer than any real sentence; text without full stops (tables, word lists) is cut here, between words.
MAX_SENTENCE_CHARS = 2000
MAX_WORD_CHARS = 200  # of the last two words before a full stop

# Abbreviations that never end a sentence, so what follows belongs to it whatever it begins with.
_NEVER_LAST = frozenset(
    """bl.a d.v.s dvs dir dnr dr ds ev exkl f.d f.n fr.o.m förf förordn inkl jfr jmf kap kl kungl ledn motsv p.g.a pga
    prof prop resp rskr s.k sid skr sou t.ex t.o.m t.v tel utg vol övergångsbest""".split()
)
# Abbreviations that may end a sentence, or are words as well; the sentence goes on if a figure follows.
_MAYBE_LAST = frozenset(
    """a.a anm art av bet bil c ca cirka del e.d e.dyl em etc f ff fig fm fl from forts i.e m.fl m.m max min mm mom nr
    o.d o.dyl o.s.v osv p punkt ref s st tab tabell tom u.a""".split()
)
_BEFORE_NAMES = frozenset("och samt av med till från hos för åt enligt".split())
_BOUNDARY = re.compile(r"[.!?…]+[)\]\"'”’»]*\s+")
_OPENERS = "([\"'”’»«"
_BEHIND_OPENER = re.compile(rf"[^{re.escape(_OPENERS)}]*\Z")
_ENUMERATOR = re.compile(r"\s*(?:\(?\d{1,3}[.)]|\(?[a-zåäö][.)]|\d{1,3} mom\.|[-–•*])\s*", re.IGNORECASE)
_OPENING = " \"'”’»«([–-"


def split_sentences(text: str, offset: int = 0) -> list[Span]:
    """The sentences of one paragraph as spans, without the white space between them; every word lies in one span.

    Args:
        text: a paragraph, on one line.
        offset: added to all positions: where the paragraph begins in its document.
    """
    spans: list[Span] = []
    for start, end in _pieces(text):
        inner = text[start:end]
        start += len(inner) - len(inner.lstrip())
        end -= len(inner) - len(inner.rstrip())
        spans.extend(Span(s.start + offset, s.end + offset) for s in _cut(text, Span(start, end)))
    return spans


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each sentence; together they cover the text."""
    begin = 0
    for match in _BOUNDARY.finditer(text):
        cut = match.end()
        before = text[max(begin, cut - MAX_SENTENCE_CHARS) : cut]
        if cut < len(text) and not _runs_on(before, text[cut : cut + MAX_SENTENCE_CHARS]):
            yield begin, cut
            begin = cut
    yield begin, len(text)


def _runs_on(before: str, after: str) -> bool:
    """Whether the full stop at the end of ``before`` ends no sentence."""
    first = after.lstrip(_OPENING)[:1]
    if first.islower() or not first or _ENUMERATOR.fullmatch(before):
        return True
    if before.rfind("(") > before.rfind(")") and ")" in after:
        return True
    previous, last = _last_words(before[-MAX_WORD_CHARS:])
    word = last.lower()
    if word in _NEVER_LAST:
        return True
    if word in _MAYBE_LAST and first.isdigit():
        return True
    return _is_initial(last, previous)


def _last_words(text: str) -> tuple[str | None, str]:
    """The word before the last and the last one without its full stop, which is empty where it has none.

    One expression for both goes back and forth over the text, and took a third of the time of parsing.
    """
    words = text.rsplit(None, 2)
    if not words or not words[-1].endswith("."):
        return None, ""
    word = words[-1][:-1].lstrip(_OPENERS)
    behind = _BEHIND_OPENER.search(word)
    if behind is not None and behind[0] != word:  # the word begins behind a bracket or quotation mark inside it
        return None, behind[0]
    return words[-2] if word and len(words) > 1 else None, word


def _is_initial(word: str, previous: str | None) -> bool:
    """Whether ``word`` is a name's initial (*Karl A. Svensson*), not a letter that names something (*bilaga A.*)."""
    before_names = previous is None or previous[0].isupper() or previous.lower() in _BEFORE_NAMES
    return len(word) == 1 and word.isupper() and before_names


def _cut(text: str, span: Span) -> Iterator[Span]:
    """``span`` in pieces of at most ``MAX_SENTENCE_CHARS``."""
    start = span.start
    while span.end - start > MAX_SENTENCE_CHARS:
        space = text.rfind(" ", start, start + MAX_SENTENCE_CHARS)
        end = space if space > start else start + MAX_SENTENCE_CHARS
        yield Span(start, end)
        start = end + (text[end] == " ")
    if start < span.end:
        yield Span(start, span.end)
