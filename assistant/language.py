"""Tells which language a question is written in, from its smallest words and its script."""

import unicodedata
from typing import Literal

from corpus.lemmas import fold
from corpus.swedish import STOP_WORDS, tokenize

Language = Literal["sv", "en", "other"]

_ENGLISH = frozenset(
    """the of and to in is are was were what who when where which why how does do can could may will would should
    has have had there any that this be been from for with by on it an not or if about allowed get tell please thanks
    you your a city council did make made during after before under over into out""".split()
)
_OTHER = frozenset(  # without those that are Swedish words or names too
    """der die das und ist nicht wie wer wann warum welche kann ein eine für est sont dans pour avec quel quelle qui
    pourquoi une los por que para cuando donde quién una nie czy jak gdzie miksi mikä kuka onko ovat hvad hvem hvornår
    hvorfor og jeg ikke hva når""".split()
)
_SWEDISH = frozenset(fold(w) for w in STOP_WORDS) - frozenset("in an on his the i so a by who".split())


def detect(text: str) -> Language:
    """The language of ``text``; Swedish unless the words say otherwise, as keywords and names carry no language."""
    letters = [c for c in text if c.isalpha()]
    foreign = sum("LATIN" not in unicodedata.name(c, "") for c in letters)
    if letters and foreign > len(letters) / 2:
        return "other"
    words = [t.text.lower() for t in tokenize(text)]
    english = sum(w in _ENGLISH for w in words)
    swedish = sum(fold(w) in _SWEDISH for w in words) + sum(any(c in "åäö" for c in w) for w in words)
    other = sum(w in _OTHER for w in words)
    if other > max(swedish, english) and other >= 2:
        return "other"
    return "en" if english > swedish and english >= 1 else "sv"
