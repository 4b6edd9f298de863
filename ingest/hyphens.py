"""Part of layout repair: joins a line to the next, with the hyphen at its end kept, mended or left alone."""

import re
from collections.abc import Callable, Collection

from corpus.lemmas import is_known, split_compound

MAX_WORD_CHARS = 200
KnownWord = Callable[[str], bool]

# After these a hyphen stands for a left-out word (arbetsmarknads- och socialnämnden) and keeps its space.
_SUSPENDING = frozenset("och eller samt respektive resp. men som till & och/eller".split())
_LEFT = re.compile(r"([^\W\d_]+)-$")
_RIGHT = re.compile(r"^([^\W\d_]+)")


def in_dictionary(word: str) -> bool:
    """Whether the Swedish dictionary has ``word``, or can take it apart."""
    lower = word.lower()
    return is_known(lower) or bool(split_compound(lower))


def join_lines(left: str, right: str, words: Collection[str], known: KnownWord = in_dictionary) -> str:
    """``left`` and ``right`` as one line.

    Args:
        left: the text so far, without trailing white space.
        right: the next line.
        words: the text's own words in lower case; they say best whether a hyphen belongs to a word.
        known: whether a word is one at all, asked where the text itself does not tell.
    """
    if not left:
        return right
    if not left.endswith("-") or left.endswith(" -"):
        return f"{left} {right}"
    if right.split(" ", 1)[0].lower() in _SUSPENDING:
        return f"{left} {right}"
    before, after = _LEFT.search(left[-MAX_WORD_CHARS:]), _RIGHT.match(right)
    if before is None or after is None or before[1].isupper() or after[1][0].isupper():
        return left + right  # STK-2023- / 602, ESF- / medel
    if _is_soft(before[1].lower(), after[1].lower(), words, known):
        return left[:-1] + right
    return left + right


def _is_soft(before: str, after: str, words: Collection[str], known: KnownWord) -> bool:
    """Whether the hyphen between two word pieces is only there because the line ended."""
    if f"{before}-{after}" in words:
        return False
    return before + after in words or known(before + after)
