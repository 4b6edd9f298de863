"""Whether the amounts of a sentence bear out a comparison that a question makes: *högre i Malmö än i riket*."""

import re
from collections.abc import Sequence
from itertools import groupby

from assistant.bindings import Held, Piece, pieces
from assistant.quantities import Quantity, quantities
from assistant.sentences import Sentence
from assistant.terms import Term
from corpus.lemmas import root
from corpus.swedish import STOP_WORDS, SwedishAnalyzer, tokenize

_MORE = "högre|större|fler|mer|mera|längre|dyrare"
_LESS = "lägre|mindre|färre|kortare|billigare"
_RISE = r"ökar|ökade|ökat|stiger|steg|växer|växte|höjs|höjdes|höjts"
_FALL = r"minskar|minskade|minskat|sjunker|sjönk|sänks|sänktes|sänkts|krymper"
# What is compared with stands after *än*, or after *över* and *under* where it is a level.
_COMPARISON = re.compile(
    rf"\b(?:(?P<rise>{_RISE})|(?P<fall>{_FALL}))\b[^?.!]*?\b(?:från|mellan)\s+(?P<first>\d{{4}})\s+(?:till|och)\s+(?P<last>\d{{4}})"
    rf"|\b(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\b(?P<of>[^?.!]*?)\bän\s+(?P<with>[^?.!,]+)"
    r"|^\W*(?:låg|ligger|var|är)\b[^?.!]*?\b(?:(?P<over>över)|(?P<under>under))\s+(?P<level>rike\w*|snitt\w*|genomsnitt\w*|medel\w*)",
    re.IGNORECASE,
)


def comparison_borne(question: str, terms: Sequence[Term], sentence: Sentence, analyzer: SwedishAnalyzer) -> Held:
    """SAME where two amounts of ``sentence`` stand as ``question`` says, OTHER where they do not.

    NONE where the question compares nothing with another, or the sentence has no amounts for the two.
    """
    found = _COMPARISON.search(question)
    if not found or quantities(found["with"] or ""):
        return Held.NONE  # *fler än 170 000* is a bound
    if any(not _is_named(t, sentence) for t in terms if t.name or t.body_id):
        return Held.NONE  # it compares others
    beside = next(name for name in ("with", "level", "first") if found[name])
    compared = _roots(found[beside])
    of = _roots(found["last"] or question[: found.start(beside)]) - compared
    for group in _measured_alike(quantities(sentence.text)):
        pair = _pair(pieces(sentence, group, analyzer), of, compared)
        if pair:
            one, other = pair
            more = bool(found["more"] or found["over"] or found["rise"])
            return Held.SAME if one.value != other.value and (one.value > other.value) == more else Held.OTHER
    return Held.NONE


def _is_named(term: Term, sentence: Sentence) -> bool:
    return bool(term.forms & sentence.roots) or term.body_id in sentence.bodies


def is_comparative(word: str, question: str) -> bool:
    """Whether ``word`` is what compares in ``question``."""
    found = _COMPARISON.search(question)
    return found is not None and word.lower() in {
        (found[name] or "").lower() for name in ("more", "less", "rise", "fall")
    }


def _roots(text: str) -> frozenset[str]:
    return frozenset(
        root(t.text.lower()) for t in tokenize(text) if t.text.lower() not in STOP_WORDS and not _is_amount(t.text)
    )


def _is_amount(text: str) -> bool:
    """Whether ``text`` is an amount by itself."""
    return bool(quantities(text))


def _measured_alike(found: Sequence[Quantity]) -> list[list[Quantity]]:
    """Amounts of one unit that are two or more."""
    by_unit = sorted(found, key=lambda q: q.unit)
    groups = [sorted(g, key=lambda q: q.start) for _, g in groupby(by_unit, key=lambda q: q.unit)]
    return [g for g in groups if len(g) > 1]


def _pair(found: Sequence[Piece], of: frozenset[str], compared: frozenset[str]) -> tuple[Quantity, Quantity] | None:
    """The amount of what is compared, and that of what it is compared with."""
    shared = frozenset.intersection(*(p.own for p in found)) if found else frozenset[str]()
    others = [p for p in found if (p.own - shared) & compared and not (p.own - shared) & of]
    if len(others) != 1:
        return None
    rest = [p for p in found if p is not others[0]]
    ones = [p for p in rest if (p.own - shared) & of] or rest
    return (ones[0].quantity, others[0].quantity) if len(ones) == 1 else None
