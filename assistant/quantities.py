"""Amounts in question and sentence as values with units, so that *fler än 170 000* and *177 000* can be compared."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache
from itertools import pairwise

from corpus.lemmas import lemma
from corpus.numerals import MONTHS, NUMBERS, YEAR
from corpus.swedish import STOP_WORDS, without_spaces

_PARTS = {"hälft": 2, "halv": 2, "tredjedel": 3, "fjärdedel": 4, "kvart": 4, "femtedel": 5, "tiondel": 10}
_EVERY = {"annan": 2, "annat": 2, "tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "tionde": 10}
_DAYS = {"dag": 1.0, "dygn": 1.0, "vecka": 7.0, "månad": 30.4, "kvartal": 91.0, "halvår": 182.5, "år": 365.0}
_OFTEN = {
    "dagligen": "dag",
    "veckovis": "vecka",
    "månadsvis": "månad",
    "månatligen": "månad",
    "årligen": "år",
    "årsvis": "år",
}
_SCALES = {"tusen": 1e3, "miljon": 1e6, "miljard": 1e9, "mnkr": 1e6, "mdkr": 1e9, "tkr": 1e3}
_CURRENCY = frozenset("krona kronor kr mnkr mdkr tkr".split())
_NUMBER_WORD = "|".join(sorted((w for w in NUMBERS if w not in ("en", "noll")), key=len, reverse=True))
_FIGURE = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_ONE = r"(?:en|ett)(?=\s+(?:procent|miljon|miljard|tusen)\b)"  # *en* alone is an article
_PLAIN = re.compile(
    rf"(?<![\w:/§,.-])(?<!§\s)(?P<number>{_FIGURE}|\b(?:{_NUMBER_WORD}|{_ONE})\b)(?![:/-]?\d|[A-ZÅÄÖ])(?=\s*(?P<unit>%|[^\W\d_]+)?)"
    r"(?=\s*(?:%|[^\W\d_]+)\s+(?P<next>[^\W\d_]+)|)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?:(?P<times>en|två|tre|fyra)\s+)?(?P<part>hälften|halva|tredjedel(?:ar)?|fjärdedel(?:ar)?|femtedel(?:ar)?"
    r"|tiondel(?:ar)?)\b",
    re.IGNORECASE,
)
_EVERY_NTH = re.compile(rf"\b(?:var|vart)\s+(?P<nth>{'|'.join(_EVERY)})\s+(?P<unit>[^\W\d_]+)", re.IGNORECASE)
_SPANS = rf"(?P<span>{'|'.join(_DAYS)})"
_HOW_OFTEN = re.compile(
    rf"\b(?P<word>{'|'.join(_OFTEN)})\b"
    rf"|\b(?:(?P<times>en|två|tre|fyra)\s+gång(?:er)?\s+)(?:per|på|om|i|var|vart|varje)\s+"
    rf"(?:(?P<nth>{'|'.join(_EVERY)}|ett|{_NUMBER_WORD})\s+)?{_SPANS}(?:en|n|et|er|ar)?\b"
    rf"|\b(?:(?:varje|varenda|per)\s+(?P<each>{'|'.join(_DAYS)})"
    r"|(?:om|i)\s+(?P<in>dagen|dygnet|veckan|månaden|kvartalet|halvåret|året)\b(?!\s+(?:före|efter|innan|då|som)\b))",
    re.IGNORECASE,
)
_OF = re.compile(
    rf"\b(?P<some>en|ett|{_NUMBER_WORD})\s+(?:[^\W\d_]+\s+)?av\s+(?P<all>{_NUMBER_WORD})\b"
    r"(?!\s+(?:år|månad|veck|dag))",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"(?:§+|\b(?:artik\w+|paragraf\w*|punkt\w*|stycket?|kap\w*\.?|bilag\w+|nr|nummer|paket\w*|\w+paket|del|etapp|fas|version|rb))"
    r"\s+(?:\d+(?:,|\s+och)\s+)*$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"(?:na|en|et)$")  # *130 miljarder kommunerna får* counts no municipalities
_ABOVE = re.compile(r"(?:över|drygt|minst|åtminstone|(?:fler|mer|mera|större|högre|längre)\s+än)\s+$", re.IGNORECASE)
_BELOW = re.compile(
    r"(?:under|knappt|högst|max|maximalt|upp\s+till|som\s+mest|(?:färre|mindre|lägre|kortare)\s+än)\s+$", re.IGNORECASE
)
_DURING = re.compile(r"\bunder\s+$", re.IGNORECASE)
_ABOUT = re.compile(r"(?:cirka|ca|omkring|ungefär|runt|nästan|närmare|uppemot|nära)\s+$", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:till|och|eller|-|–)\s*")
_PERMITS = re.compile(r"\b(?:kan|får|kunna|kunde|fick)\b", re.IGNORECASE)
_SUM = re.compile(
    r"\b(?:samman\w*|total\w*|tillsammans|skill\w+|summan?|(?:högre|lägre|längre|kortare|fler|färre)(?!\s+än)"
    r"|(?:öka|minska|väx|växt|vuxit|höj|sänk|stig)\w*\s+med)\b",
    re.IGNORECASE,
)
PERCENT, TIME, MONEY, OFTEN = "procent", "tid", "krona", "per"
MEASURES = (PERCENT, TIME, MONEY, OFTEN)
MOST_ABOVE_RATIO = 1.5  # *fler än 100* is no way to ask for 5 000
ABOUT_RATIO = 0.06
ROUNDING = 0.004


class Bound(Enum):
    """How a number is put: itself, as a least, as a most, or about."""

    EXACT = 0
    ABOVE = 1
    BELOW = 2
    ABOUT = 3


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts; ``value`` in percent, days, crowns or days from one time to the next where
    ``unit`` is one of these.

    ``word`` is the dictionary form of the unit as it is written: *vecka*, where ``unit`` is time.
    """

    value: float
    unit: str
    bound: Bound
    start: int
    end: int
    word: str = ""


@lru_cache(maxsize=20_000)
def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of ``text`` in order; dates, years, paragraphs and identifiers are none."""
    found: list[Quantity] = []
    for quantity in [*_shares(text), *_numbers(text)]:
        if not any(q.start < quantity.end and quantity.start < q.end for q in found):
            found.append(quantity)
    found.sort(key=lambda q: q.start)
    for place, (one, other) in enumerate(pairwise(found)):
        if not one.unit and _RANGE.fullmatch(text[one.end : other.start]):  # *från 223 till 365 kronor*
            value = one.value * _DAYS.get(other.word, 1.0)
            found[place] = replace(one, unit=other.unit, value=value, word=other.word)
    return tuple(found)


def _shares(text: str) -> Iterator[Quantity]:
    for m in _EVERY_NTH.finditer(text):
        word, nth = lemma(m["unit"]), _EVERY[m["nth"].lower()]
        value, unit = (nth * _DAYS[word], OFTEN) if word in _DAYS else (100 / nth, PERCENT)
        yield Quantity(value, unit, _bound(text, m.start()), m.start(), m.end(), word)
    for m in _HOW_OFTEN.finditer(text):
        word = _OFTEN.get((m["word"] or "").lower()) or lemma(m["span"] or m["each"] or m["in"])
        number = (m["nth"] or "ett").lower()
        spans = _EVERY.get(number) or NUMBERS.get(number, 1)
        value = _DAYS[word] * spans / NUMBERS[(m["times"] or "en").lower()]
        yield Quantity(value, OFTEN, Bound.EXACT, m.start(), m.end(), word)
    for m in _OF.finditer(text):
        share = 100 * NUMBERS.get(m["some"].lower(), 1) / NUMBERS[m["all"].lower()]
        yield Quantity(share, PERCENT, _bound(text, m.start()), m.start(), m.end())
    for m in _PART.finditer(text):
        part = next(n for name, n in _PARTS.items() if m["part"].lower().startswith(name))
        times = NUMBERS[(m["times"] or "en").lower()]
        yield Quantity(100 * times / part, PERCENT, _bound(text, m.start()), m.start(), m.end())


def _numbers(text: str) -> Iterator[Quantity]:
    for m in _PLAIN.finditer(text):
        unit, following = (m["unit"] or "").lower(), (m["next"] or "").lower()
        value = _value(m["number"])
        if (
            _NUMBERED.search(text[: m.start()])
            or unit in MONTHS
            or (re.fullmatch(YEAR, m["number"]) and unit not in _CURRENCY)
        ):
            continue
        counted = unit and unit not in STOP_WORDS
        end = m.end("unit") if counted else m.end("number")
        scale = next((n for name, n in _SCALES.items() if unit.startswith(name)), 0.0)
        if scale:
            value *= scale
            if unit not in _CURRENCY:
                unit = "" if _DEFINITE.search(following) and following != lemma(following) else following
                end = m.end("next") if unit else end
        word = lemma(unit) if unit and unit not in STOP_WORDS else ""
        value, unit = _measured(value, unit, word)
        bound = _bound(text, m.start())
        if unit == TIME and _DURING.search(text[: m.start()]):
            bound = Bound.EXACT  # *under två år*: for as long as that
        yield Quantity(value, unit, bound, m.start(), end, word)


def _value(number: str) -> float:
    lower = "en" if number.lower() == "ett" else number.lower()
    return float(NUMBERS[lower]) if lower in NUMBERS else float(without_spaces(lower).replace(",", "."))


def _measured(value: float, unit: str, word: str) -> tuple[float, str]:
    """The value and unit that quantities are compared by; ``word`` is the dictionary form of ``unit``."""
    if unit == "%" or unit.startswith("procent"):
        return value, PERCENT
    if unit in _CURRENCY:
        return value, MONEY
    return (value * _DAYS[word], TIME) if word in _DAYS else (value, word)


def _bound(text: str, start: int) -> Bound:
    before = text[:start]
    for pattern, bound in ((_ABOVE, Bound.ABOVE), (_BELOW, Bound.BELOW), (_ABOUT, Bound.ABOUT)):
        if pattern.search(before):
            return bound
    return Bound.EXACT


def bounding_words(text: str, quantity: Quantity) -> frozenset[str]:
    """The words of ``text`` that make ``quantity`` a bound (*fler*, *än*), in lower case."""
    found = (pattern.search(text[: quantity.start]) for pattern in (_ABOVE, _BELOW, _ABOUT))
    return frozenset(word for m in found if m for word in m.group().lower().split())


def same_kind(asked: Quantity, found: Quantity) -> bool:
    """Whether two quantities may be held against each other: shares, sums and times only with their like."""
    if asked.unit in MEASURES or found.unit in MEASURES:
        return asked.unit == found.unit or (not asked.unit and found.unit == MONEY)
    return bool(asked.unit) or not found.unit


def agrees(asked: Quantity, found: Quantity, permits: bool = False) -> bool:
    """Whether ``found`` bears out ``asked``; ``permits`` where the question asks what may be, not what is."""
    if abs(asked.value - found.value) <= ROUNDING * max(asked.value, found.value):
        return True
    if asked.bound is Bound.ABOUT:
        ratio = ABOUT_RATIO * (2 if found.bound is Bound.ABOUT else 1)
        return abs(asked.value - found.value) <= ratio * found.value
    if permits and asked.bound is Bound.EXACT and found.bound is Bound.BELOW:
        return asked.value <= found.value
    if asked.bound is Bound.ABOVE and found.bound is not Bound.BELOW:
        return asked.value < found.value <= MOST_ABOVE_RATIO * asked.value
    if asked.bound is Bound.BELOW and found.bound is not Bound.ABOVE:
        return asked.value / MOST_ABOVE_RATIO <= found.value < asked.value
    return False


def asks_what_may_be(question: str) -> bool:
    """Whether ``question`` asks what can or may be: *högst nio* then bears *sju* too."""
    return _PERMITS.search(question) is not None


def asks_for_sum(question: str) -> bool:
    """Whether ``question`` asks for what amounts come to together or how far apart they are: that is not compared."""
    return _SUM.search(question) is not None


def only_bounds(words: Sequence[str], place: int) -> bool:
    """Whether the word at ``place`` only makes an amount a bound (*mer än 2 500 Malmöbor*): nothing grows by it."""
    after = words[place + 1 : place + 3]
    counted = len(after) > 1 and (after[1][0].isdigit() or after[1].lower() in NUMBERS)
    return counted and after[0].lower() == "än" and not re.fullmatch(YEAR, after[1])
