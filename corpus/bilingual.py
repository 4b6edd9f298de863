"""English read as Swedish for search: a word list of this project's own, and the Swedish words of an English question.

The list is data (``knowledge/bilingual.tsv``): a Swedish dictionary form and its English words, best first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus.errors import DocumentError
from corpus.settings import PACKAGE
from corpus.swedish import tokenize

BILINGUAL_PATH = PACKAGE / "knowledge" / "bilingual.tsv"
MAX_PHRASE_WORDS = 4
# Words that say little of what an English question is about.
ENGLISH_STOP_WORDS = frozenset(
    """the of and to in is are was were what who whom whose when where which why how does do did done can could may
    might will would should shall must has have had having there any that this these those be been being from for with
    by on it its an a not or if as at than then into about out up so i you your my me we us our they them their he him
    his she her one ones such also s am""".split()
)
# Endings that English inflection adds, with what stands there in the dictionary form.
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ied", "y"), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"))


@dataclass(frozen=True, slots=True)
class WordPair:
    """A Swedish word or phrase in dictionary form, and one of the English ones for it."""

    swedish: str
    english: str


@dataclass(frozen=True, slots=True)
class Rendering:
    """A run of an English question's words, and the Swedish ones for it; none where the list has none."""

    english: str
    swedish: tuple[str, ...]


@lru_cache(maxsize=4)
def load_word_pairs(path: Path = BILINGUAL_PATH) -> tuple[WordPair, ...]:
    """The pairs of the word list, in its order.

    Raises:
        DocumentError: a line is not a Swedish word, a tab, and English words with commas between.
    """
    pairs = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        swedish, tab, english = line.partition("\t")
        words = [word.strip() for word in english.split(",")]
        if not swedish or not tab or not all(words):
            raise DocumentError(f"{path}: line {number}: expected a Swedish word, a tab, and English words")
        pairs += [WordPair(swedish, word) for word in words]
    return tuple(pairs)


@lru_cache(maxsize=4)
def by_english(path: Path = BILINGUAL_PATH) -> Mapping[str, tuple[str, ...]]:
    """The Swedish words for each English word or phrase in lower case."""
    found: dict[str, list[str]] = {}
    for pair in load_word_pairs(path):
        found.setdefault(pair.english.lower(), []).append(pair.swedish)
    return {english: tuple(dict.fromkeys(swedish)) for english, swedish in found.items()}


def renderings(text: str, more: Mapping[str, Sequence[str]] | None = None) -> list[Rendering]:
    """The words of an English ``text`` in order, phrases of the list together, with the Swedish words for each.

    ``more`` has further Swedish words by English word, which come first.
    """
    words = [token.text.lower() for token in tokenize(text)]
    made, at = list[Rendering](), 0
    while at < len(words):
        for size in range(min(MAX_PHRASE_WORDS, len(words) - at), 0, -1):
            phrase = " ".join(words[at : at + size])
            swedish = _swedish(phrase, more or {})
            if swedish or size == 1:
                made.append(Rendering(phrase, swedish))
                at += size
                break
    return made


def _swedish(phrase: str, more: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    listed = by_english()
    for form in _forms(phrase):
        found = (*more.get(form, ()), *listed.get(form, ()))
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def _forms(phrase: str) -> list[str]:
    """The phrase, then with the endings of inflection taken off its last word."""
    plain = phrase.removesuffix("'s").removesuffix("’s")
    forms = [phrase, plain]
    for ending, instead in _ENDINGS:
        stem = plain.removesuffix(ending)
        if stem != plain and len(stem) >= 3:
            forms.append(stem + instead)
            if len(stem) > 3 and stem[-1] == stem[-2] and not instead:
                forms.append(stem[:-1])
    return forms
