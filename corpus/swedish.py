"""Swedish text analysis for search and for comparing sentences: tokens, and the terms they are indexed by.

Used when an index is built and again on every question, so that both sides meet in the same terms.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.lemmas import fold, root, split_compound

STOP_WORDS = frozenset(
    """alla allt att av bara blev bli blir borde bör de dem den denna deras dess dessa det detta dig din dina ditt du då
    där efter ej eller en er era under bakom innan sedan utom varifrån däremot varken ert ett finnas finns från
    för ge genom ger gör göra ha hade han har henne hennes hon honom hos hur i icke in ingen inget inom inte ja
    jag kan kom kommer kunde kunna man med mellan men mig min mina mitt mot måste ni nog nu när någon något några
    och också om oss på samt sig sin sina sitt ska skall skulle som så sådan sådana sådant till um upp ut utan vad
    var vara varför varit varje vars vart vem vems vi vid vidare vilka vilken vilket vill ville våra vårt väl åt
    är även över ens inga ingenting enl sen än än annat andra båda dock ännu blivit varit vore åtminstone redan
    bland annat ju enligt får fick fått""".split()
)

_TOKEN = re.compile(
    r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d:/-])(?:,\d+)?"  # 1 459 or 1 234,5: one number
    r"|\d+,\d+"
    r"|[^\W_]+(?:[-:/][^\W_]+)*"  # words, STK-2023-602, 2023:94, 2025/26:207, SKR:s
    r"|§+",
)
_GENITIVE = re.compile(r":(?:s|n|t|en|et|na|ns|ar|arna|er|are)$", re.IGNORECASE)
_SPACES = re.compile(r"[ \u00a0\u202f]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or identifier of a text; ``[start, end)`` are offsets into it."""

    text: str
    start: int
    end: int

    @property
    def has_digit(self) -> bool:
        """Whether the token is a number or an identifier."""
        return not self.text.isalpha() and any(c.isdigit() for c in self.text)


def is_acronym(word: str) -> bool:
    """Whether ``word`` is written as an acronym (*SKR*, *SÖK*): those keep apart from words of the same letters."""
    return 2 <= len(word) <= 6 and word.isupper() and word.isalpha()


def without_spaces(number: str) -> str:
    """``number`` as it is indexed and compared: without the spaces between its thousands."""
    return _SPACES.sub("", number)


def tokenize(text: str) -> list[Token]:
    """The tokens of ``text`` in order, as they are spelt there (a genitive ``:s`` left out)."""
    tokens = []
    for match in _TOKEN.finditer(text):
        word = _without_genitive(match.group())
        tokens.append(Token(word, match.start(), match.start() + len(word)))
    return tokens


def spellings(text: str) -> list[str]:
    """The tokens of ``text`` without their places, which takes half the time."""
    return [_without_genitive(word) for word in _TOKEN.findall(text)]


def _without_genitive(word: str) -> str:
    if ":" not in word:
        return word
    ending = _GENITIVE.search(word)
    return word[: ending.start()] if ending and ending.start() > 0 else word


class SwedishAnalyzer:
    """Turns text into index terms; ``version`` changes whenever the same text would give other terms."""

    version = "sv-2"

    def terms(self, text: str) -> list[str]:
        """Roots of the content words, and numbers and identifiers as they stand, in text order."""
        found = []
        for token in tokenize(text):
            found.extend(self.token_terms(token))
        return found

    def token_terms(self, token: Token) -> list[str]:
        """The index terms of one token: none for a stop word, also the pieces of a hyphenated word.

        An acronym's term is in capitals.
        """
        lower = token.text.lower()
        if token.has_digit:
            number = without_spaces(lower)
            pieces = re.split(r"[-/]", number)
            return [number, *(p for p in pieces if len(pieces) > 1 and p)]
        if is_acronym(token.text):
            return [fold(lower).upper()]
        if lower in STOP_WORDS or token.text == "§":
            return []
        pieces = [p for p in re.split(r"[-:/]", lower) if len(p) > 1]
        if len(pieces) > 1:
            return [fold(lower), *(root(p) for p in pieces)]
        return [root(lower)]

    def parts(self, text: str) -> list[str]:
        """Roots of the parts of every compound in ``text``, in text order."""
        return [part for token in tokenize(text) for part in self.token_parts(token)]

    def roots_of(self, tokens: Iterable[Token]) -> frozenset[str]:
        """The index terms of ``tokens`` as a set."""
        return frozenset(r for t in tokens for r in self.token_terms(t))

    def parts_of(self, tokens: Iterable[Token]) -> frozenset[str]:
        """The roots of the compound parts of ``tokens`` as a set."""
        return frozenset(p for t in tokens for p in self.token_parts(t))

    def token_parts(self, token: Token) -> list[str]:
        """Roots of the compound parts of one token; none where it is no compound."""
        if token.has_digit or token.text.lower() in STOP_WORDS or is_acronym(token.text):
            return []
        return [root(p) for p in split_compound(token.text.lower()) if p not in STOP_WORDS]
