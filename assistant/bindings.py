"""Which amount of a sentence belongs to what: *15,3 procent i Malmö och 8,5 procent i riket* is no 8,5 for Malmö."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from assistant.quantities import (
    MEASURES,
    Bound,
    Quantity,
    agrees,
    asks_for_sum,
    asks_what_may_be,
    bounding_words,
    quantities,
    same_kind,
)
from assistant.sentences import Sentence
from assistant.terms import Term
from assistant.verbs import is_finite, is_main_verb
from corpus.lemmas import lemma
from corpus.numerals import YEAR_ALONE
from corpus.swedish import SwedishAnalyzer

_CUT = re.compile(r"[,;]\s|\b(?:och|samt|men|medan|varav|jämfört\s+med|respektive|mot|eller)\b", re.IGNORECASE)
_YEAR = re.compile(YEAR_ALONE)
_YEARS = "årtal"
_WHOLES = frozenset("rike land län snitt genomsnitt".split())
_JOINING = frozenset("varav medan jämfört respektive mot".split())
_CONTRAST = re.compile(r"^[,;]?\s*(?:medan|men|varav|jämfört\s+med|mot)\b", re.IGNORECASE)


class Held(Enum):
    """How a sentence stands to the amounts of a question."""

    NONE = 0  # the question has none, or the sentence none to hold against them
    SAME = 1
    OTHER = 2
    OPEN = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence with one amount; ``own`` are the roots that belong to that amount alone.

    ``verbs`` are those of them that say what is done, ``of_other`` where it names whom or where it is said of.
    """

    quantity: Quantity
    own: frozenset[str]
    contrast: bool
    verbs: frozenset[str] = frozenset()
    of_other: bool = False


def amounts_held(question: str, terms: Sequence[Term], sentence: Sentence, analyzer: SwedishAnalyzer) -> Held:
    """Whether ``sentence`` bears the amounts of ``question``, each with what the question says it of."""
    asked = quantities(question)
    found = quantities(sentence.text)
    permits = asks_what_may_be(question)
    missed = Held.OPEN if asks_for_sum(question) else Held.OTHER
    results = []
    for quantity in asked:
        rivals = [q for q in found if same_kind(quantity, q)]
        if not rivals:
            results.append(Held.NONE if quantity.bound is Bound.EXACT else Held.OPEN)
            continue
        rivals = [q for q in rivals if q.unit in (quantity.unit, "")] or rivals
        same = [q for q in rivals if agrees(quantity, q, permits)]
        results.append(_bound_to(same, rivals, terms, sentence, analyzer) if same else missed)
    for decisive in (Held.OTHER, Held.OPEN, Held.NONE):
        if decisive in results:
            return decisive
    return Held.SAME if results else Held.NONE


def years_held(question: str, terms: Sequence[Term], sentence: Sentence, analyzer: SwedishAnalyzer) -> Held:
    """Whether ``sentence`` says of the year that ``question`` names what it asks, not of another year of its own."""
    asked = {m.group() for m in _YEAR.finditer(question)}
    found = [Quantity(float(m.group()), _YEARS, Bound.EXACT, m.start(), m.end()) for m in _YEAR.finditer(sentence.text)]
    if len(asked) != 1 or len({q.value for q in found}) == 1:
        return Held.NONE
    same = [q for q in found if q.value == float(min(asked))]
    if not same:
        return Held.NONE
    cut = pieces(sentence, found, analyzer)
    done = [t for t in terms if t.verb and is_main_verb(t.text)]
    here = frozenset(r for p in cut if p.quantity in same for r in p.own)
    there = frozenset(r for p in cut if p.quantity not in same for r in p.own) - here
    return Held.OTHER if any(t.forms & there for t in done) and not any(t.forms & here for t in done) else Held.NONE


def bounding_terms(question: str, terms: Sequence[Term]) -> list[Term]:
    """Those of ``terms`` that only make an amount of ``question`` a bound, or are a measure's own words."""
    asked = quantities(question)
    words = {word for q in asked for word in bounding_words(question, q)}
    for quantity in asked:
        if quantity.unit in MEASURES:
            words.update(re.findall(r"[^\W\d_]+", question[quantity.start : quantity.end].lower()))
    return [t for t in terms if t.text.lower() in words]


def without_amounts(question: str, terms: Sequence[Term]) -> list[Term]:
    """``terms`` without those of the amounts of ``question``, which are compared as values."""
    covered = {w for q in quantities(question) for w in re.findall(r"[^\W_]+", question[q.start : q.end].lower())}
    return [t for t in terms if not (t.specific and set(re.findall(r"[^\W_]+", t.text.lower())) <= covered)]


def _bound_to(
    same: Sequence[Quantity],
    rivals: Sequence[Quantity],
    terms: Sequence[Term],
    sentence: Sentence,
    analyzer: SwedishAnalyzer,
) -> Held:
    """Whether one of the ``same`` amounts stands with the words that the question puts it with."""
    units = {q.unit for q in same}
    cut = pieces(sentence, [q for q in rivals if q.unit in units or not q.unit], analyzer)
    results = {_fits(piece, cut, terms) for piece in cut if piece.quantity in same}
    return next((r for r in (Held.SAME, Held.OPEN) if r in results), Held.OTHER)


def _fits(piece: Piece, beside: Sequence[Piece], terms: Sequence[Term]) -> Held:
    named = [t for t in terms if not t.verb]
    done = frozenset(f for t in terms if t.verb for f in t.forms)
    for rival in beside:
        if rival is piece or rival.quantity.value == piece.quantity.value:
            continue
        here, there = piece.own - rival.own, rival.own - piece.own
        if rival.verbs & done and not piece.own & done:
            return Held.OTHER  # what is asked to be done is done with the other amount
        names = [t for t in named if t.name]
        if any(t.forms & there for t in names) and not any(t.forms & here for t in names):
            return Held.OTHER
        nouns = [t for t in named if not t.specific]
        if any(t.forms & there for t in nouns) and not any(t.forms & here for t in nouns):
            return Held.OTHER if here else Held.OPEN
        values = [t for t in named if t.specific]
        dated = any(_YEAR.fullmatch(word) for word in here) or not piece.contrast
        if dated and any(t.forms & there for t in values) and not any(t.forms & here for t in values):
            return Held.OTHER if here else Held.OPEN
        if any(t.forms & here for t in named):
            continue
        if piece.contrast and here:
            return Held.OTHER if piece.of_other or (piece.verbs and not piece.verbs & done) else Held.OPEN
    return Held.SAME


def _is_clause(sentence: Sentence, end: int, after: Sequence[Quantity]) -> bool:
    """Whether the next amount stands in a clause of its own, of which what opens the sentence is not said."""
    between = [t for q in after for t in sentence.tokens if end <= t.start < q.start]
    verbs = [i for i, t in enumerate(between) if is_finite(t.text)]
    return bool(verbs) and verbs[0] > 1 and between[0].text.lower() not in ("som", "när", "där")


def pieces(sentence: Sentence, found: Sequence[Quantity], analyzer: SwedishAnalyzer) -> list[Piece]:
    """``sentence`` cut so that each piece has one of ``found``; what stands before the first is said of all."""
    cuts = [m.start() for m in _CUT.finditer(sentence.text)]
    found_pieces: list[Piece] = []
    for number, quantity in enumerate(found):
        start = max((c for c in cuts if c < quantity.start), default=0)
        if not number:
            start = start if _is_clause(sentence, quantity.end, found[1:2]) else quantity.end
        elif start < found[number - 1].end:
            start = quantity.start  # no cut in between: what follows an amount belongs to it
        ends = [c for c in cuts if c >= quantity.end] + [q.start for q in found[number + 1 :]] + [len(sentence.text)]
        tokens = [
            t
            for t in sentence.tokens
            if start <= t.start < min(ends)
            and t.text.lower() not in _JOINING
            and not quantity.start <= t.start < quantity.end
        ]
        contrast = number > 0 and _CONTRAST.match(sentence.text[start:]) is not None
        verbs = analyzer.roots_of(t for t in tokens if is_finite(t.text) and is_main_verb(t.text))
        of_other = any(t.text[0].isupper() or lemma(t.text) in _WHOLES for t in tokens)
        found_pieces.append(Piece(quantity, analyzer.roots_of(tokens), contrast, verbs, of_other))
    return found_pieces
