"""Reads a question as it was meant: lost å/ä/ö, misspellings and split compounds, by the index's own words."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from assistant.verbs import opens_question
from corpus.lemmas import fold, is_known, root, split_compound
from corpus.swedish import STOP_WORDS, Token, tokenize

MIN_FUZZY_CHARS = 5
MOST_ACRONYM_CHARS = 6
MOST_BEFORE_VERB = 3  # words between an auxiliary and its verb: *ska bron va klar*
MIN_SIMILARITY_RATIO = 0.78
_OPENERS = {  # what a question opens with
    "nar": "när",
    "varfor": "varför",
    "far": "får",
    "ar": "är",
    "lag": "låg",
    "sag": "såg",
    "foll": "föll",
    "vantar": "väntar",
}
# Beside these, *ar* is *år*; elsewhere it is *är*.
_BEFORE_YEARS = frozenset(
    map(fold, "varje per förra nästa ett två tre fyra fem sex sju åtta nio tio många några samma i om".split())
)
_OPENING = frozenset(("", "och", "å", "men", "hej", "alltså", "asså"))  # what may stand before the question word
_AUXILIARIES = frozenset("ska skall skulle kan kunde kunna får måste bör borde vill att".split())
_ENDINGS = ("en", "et", "n", "na", "er", "ar", "s")
MOST_MARKS = 5
_MARKED = {"a": ("a", "å", "ä"), "o": ("o", "ö"), "e": ("e", "é")}
SURE_RATIO = 0.85  # for words that could be compounds of their own
_FUNCTION_WORDS = {fold(w): w for w in sorted(STOP_WORDS) if fold(w) != w} | {
    fold(w): w
    for w in "gör går göra får två år också även åt vår sätt möjligt möjlighet enligt säger åtgärd ändå".split()
}


class Surfaces(Protocol):
    """The word forms that the published passages hold, with how often."""

    def folded(self, folded: str) -> Mapping[str, int]:
        """Forms that fold to ``folded`` (å/ä/ö as a/o)."""
        ...

    def similar(self, folded: str) -> Mapping[str, int]:
        """Folded forms that begin with the same letter and are about as long."""
        ...


class KnownWords:
    """The published words together with those of the language data, as one vocabulary."""

    def __init__(self, published: Surfaces, words: Iterable[str]) -> None:
        self._published = published
        self._own: dict[str, dict[str, int]] = {}
        for word in words:
            self._own.setdefault(fold(word), {})[word.lower()] = 0

    def folded(self, folded: str) -> Mapping[str, int]:
        """Forms that fold to ``folded`` with how often they are published; those of the language data are not."""
        return self._published.folded(folded) or self._own.get(folded, {})

    def similar(self, folded: str) -> Mapping[str, int]:
        """Folded forms that begin with the same letter and are about as long."""
        own = {w: 1 for w in self._own if w[:1] == folded[:1] and abs(len(w) - len(folded)) <= 2}
        return {**own, **self._published.similar(folded)}


def _inflected(words: Iterable[str]) -> dict[str, str]:
    """Folded ``words`` and the forms that common endings make of them, each with the word it stems from."""
    forms = {w + ending: w for w in words for ending in _ENDINGS}
    return {**forms, **{w: w for w in words}}


def _squeezed(word: str) -> str:
    """``word`` with doubled letters written once: the commonest slip in Swedish spelling."""
    return re.sub(r"(.)\1", r"\1", word)


def repair(question: str, surfaces: Surfaces, spoken: Mapping[str, str]) -> str:
    """``question`` with its words as the documents spell them, where that is near enough to be meant.

    ``spoken`` gives for a spoken or clipped form (*nån*) the word that is meant.
    """
    if question.isupper() and " " in question.strip():
        question = question.lower()
    bare = not re.search(r"[åäöÅÄÖ]", question)
    pieces: list[str] = []
    position = 0
    joined = ""
    tokens = tokenize(question)
    for index, token in enumerate(tokens):
        pieces.append(question[position : token.start])
        before = tokens[index - 1] if index and not joined else None
        joined = _joined(before, token, surfaces) if before else ""
        if joined:
            del pieces[-2:]  # the first half and the space after it
            pieces.append(joined)
        else:
            fixed = _spoken_va(tokens, index) or _bare_ar(tokens, index, bare)
            pieces.append(fixed or _cased(token, _repaired(token, bare, surfaces, spoken)))
        position = token.end
    return "".join((*pieces, question[position:]))


def with_acronyms(question: str, document_frequency: Callable[[Iterable[str]], Mapping[str, int]]) -> str:
    """``question`` in which short words that the passages hold in capitals alone (*lök*, *ssr*) are so written."""
    short = [
        t for t in tokenize(question) if t.text.islower() and t.text.isalpha() and len(t.text) <= MOST_ACRONYM_CHARS
    ]
    words = {
        t.text: (root(t.text), fold(t.text).upper()) for t in short if t.text not in STOP_WORDS and len(t.text) > 1
    }
    held = document_frequency({form for forms in words.values() for form in forms}) if words else {}
    for token in short:
        lower, upper = words.get(token.text, ("", ""))
        if held.get(upper) and not held.get(lower):
            question = question[: token.start] + token.text.upper() + question[token.end :]
    return question


def _spoken_va(tokens: Sequence[Token], index: int) -> str:
    """What a spoken *va* is short for: *vad* where it opens the question, *vara* after an auxiliary, else *var*.

    At the end it is a tag (*…, va?*) and stays; "" where the token is no *va*.
    """
    if tokens[index].text.lower() != "va":
        return ""
    before = tokens[index - 1].text.lower() if index else ""
    if before in _OPENING:
        return "vad"
    if index == len(tokens) - 1:
        return "va"
    helped = any(t.text.lower() in _AUXILIARIES for t in tokens[max(0, index - MOST_BEFORE_VERB) : index])
    return "vara" if helped else "var"


def _bare_ar(tokens: Sequence[Token], index: int, bare: bool) -> str:
    """What *ar* stands for in a question without marks: *år* after a number and the like, else *är*; "" for others."""
    if not bare or index == 0 or tokens[index].text.lower() != "ar":
        return ""
    before = tokens[index - 1]
    return "år" if before.has_digit or fold(before.text) in _BEFORE_YEARS else "är"


def _cased(token: Token, fixed: str) -> str:
    """``fixed`` with the capital that ``token`` has, which tells names, unless it opens the question."""
    named = token.start > 0 and token.text[:1].isupper() and not token.text.isupper()
    return fixed[:1].upper() + fixed[1:] if named else fixed


def _repaired(token: Token, bare: bool, surfaces: Surfaces, spoken: Mapping[str, str]) -> str:
    word = token.text
    lower = word.lower()
    if token.has_digit or (len(lower) < 2 and lower not in spoken):
        return word
    if lower in STOP_WORDS:
        return word
    if lower in spoken:
        return spoken[lower]
    if token.start == 0 and lower in _OPENERS:
        return _OPENERS[lower]
    if lower in _FUNCTION_WORDS and (bare or not is_known(lower)):
        return _FUNCTION_WORDS[lower]
    forms = surfaces.folded(fold(lower))
    if lower in forms or (token.start == 0 and bare and is_known(lower) and opens_question(lower)):
        return word  # *Satt hon i rådet?* is no *sätt*
    if forms and ((bare and any(forms.values())) or not is_known(lower)):  # *kort* is no lost *kört*
        return max(forms, key=lambda f: (forms[f], f))
    if word.isupper() and len(word) <= 5:
        return word
    marked = (_with_marks(lower) or _compound_with_marks(lower, surfaces)) if bare and not is_known(lower) else ""
    if marked:
        return marked
    doubled = _doubled(lower, surfaces)
    if doubled or is_known(lower):
        return doubled or word
    near = _nearest(lower, surfaces, SURE_RATIO if split_compound(lower) else MIN_SIMILARITY_RATIO)
    return near or _with_marks(lower) or word


def _with_marks(lower: str) -> str:
    """The one dictionary word that ``lower`` is when lost marks are put back (*borjade* → *började*), else ""."""
    places = [i for i, letter in enumerate(lower) if letter in _MARKED]
    if len(lower) < MIN_FUZZY_CHARS or len(places) > MOST_MARKS:
        return ""
    letters = [_MARKED.get(letter, (letter,)) for letter in lower]
    known = {w for w in map("".join, product(*letters)) if w != lower and is_known(w)}
    return known.pop() if len(known) == 1 else ""


def _compound_with_marks(lower: str, surfaces: Surfaces) -> str:
    """The compound that ``lower`` is when marks are put back in its two parts (*forsoksforslag*), else ""."""
    for cut in range(MIN_FUZZY_CHARS, len(lower) - MIN_FUZZY_CHARS + 1):
        first, second = lower[:cut], surfaces.folded(fold(lower[cut:]))
        joint = "s" if first.endswith("s") else ""
        firsts = surfaces.folded(fold(first.removesuffix("s")))
        if firsts and second:
            parts = (max(forms, key=lambda f: (forms[f], f)) for forms in (firsts, second))
            return joint.join(parts)
    return ""


def _doubled(lower: str, surfaces: Surfaces) -> str:
    """The published word that ``lower`` is when a letter is doubled or not, else ""."""
    squeezed = _squeezed(fold(lower))
    same = (w for w in surfaces.similar(fold(lower)) if _squeezed(w) == squeezed) if len(lower) > 5 else iter(())
    forms = surfaces.folded(next(same, ""))
    return max(forms, key=lambda f: (forms[f], f), default="")


def _nearest(lower: str, surfaces: Surfaces, min_ratio: float) -> str:
    """The published word that ``lower`` most likely misspells, or ""."""
    if len(lower) < MIN_FUZZY_CHARS:
        return ""
    candidates = _inflected(surfaces.similar(fold(lower)))
    best = process.extractOne(
        fold(lower),
        candidates.keys(),
        scorer=DamerauLevenshtein.normalized_similarity,
        score_cutoff=min_ratio,
    )
    if best is None:
        return ""
    forms = surfaces.folded(candidates[best[0]])
    return max(forms, key=lambda f: (forms[f], f), default="")


def _joined(before: Token, token: Token, surfaces: Surfaces) -> str:
    """The compound that two words make where it is published and the words were split by mistake, else ""."""
    first, second = fold(before.text), fold(token.text)
    broken = not is_known(token.text.lower()) and not surfaces.folded(second)  # no word by itself
    if (
        len(first) < (2 if broken else 3)
        or len(second) < 3
        or {before.text.lower(), token.text.lower()} & (STOP_WORDS | _FUNCTION_WORDS.keys())
    ):
        return ""
    for compound in (first + second, first + "s" + second):
        forms = surfaces.folded(compound)
        if forms:
            return max(forms, key=lambda f: (forms[f], f))
    return ""
