"""Whether the dates of a sentence lie where a question puts them: in a season, before, after or by a date."""

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from assistant.bindings import Held
from assistant.dates import BEFORE_YEAR, SEASONS
from assistant.terms import Term
from corpus.numerals import MONTHS, YEAR_ALONE

_BOUNDS = {
    "före": "before",
    "innan": "before",
    "efter": "after",
    "senast": "by",
    "tidigast": "from",
}
_PERIOD = re.compile(
    rf"(?:\b(?P<bound>{'|'.join(_BOUNDS)})\s+(?:i\s+)?)?(?:\bden\s+)?(?:{BEFORE_YEAR})?(?P<year>{YEAR_ALONE})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The days ``first`` to ``last`` as a text names them; ``bound`` tells on which side of them, "" where in them."""

    first: date
    last: date
    bound: str
    season: bool
    text: str

    def holds(self, other: "Period") -> bool:
        """Whether ``other`` lies where this one puts it."""
        if not self.bound or self.bound == other.bound:  # one bound is another only at the same date
            return self.first <= other.first and other.last <= self.last
        if self.bound == "before":
            return other.last < self.first
        if self.bound == "after":
            return other.first > self.last
        if self.bound == "by":
            return other.last <= self.last
        return other.first >= self.first


@lru_cache(maxsize=20_000)
def periods(text: str) -> tuple[Period, ...]:
    """The dates of ``text`` that have a year, in order."""
    return tuple(_periods(text))


def _periods(text: str) -> Iterator[Period]:
    for m in _PERIOD.finditer(text):
        year, bound = int(m["year"]), _BOUNDS.get((m["bound"] or "").lower(), "")
        if m["season"]:
            months = [MONTHS.index(name) + 1 for name in SEASONS[m["season"].lower()]]
        else:
            months = [MONTHS.index(m["month"].lower()) + 1] if m["month"] else [1, 12]
        first_year = year - 1 if months[0] > months[-1] else year  # the winter begins in the year before
        last_day = calendar.monthrange(year, months[-1])[1]
        day = int(m["day"] or 0)
        if day > last_day:
            continue
        first, last = date(first_year, months[0], day or 1), date(year, months[-1], day or last_day)
        yield Period(first, last, bound, bool(m["season"]), m.group())


def periods_held(question: str, text: str) -> Held:
    """Whether ``text`` has its dates where ``question`` puts them; NONE where either names none."""
    asked = [p for p in periods(question) if p.bound or p.season]
    found = [p for p in periods(text) if p.last.year - p.first.year < 1]
    if not asked or not found:
        return Held.NONE
    results = {_held(period, found) for period in asked}
    return next(r for r in (Held.OTHER, Held.OPEN, Held.SAME) if r in results)


def _held(asked: Period, found: Sequence[Period]) -> Held:
    found = [p for p in found if asked.bound and p.bound == asked.bound] or found
    held = [p for p in found if asked.holds(p)]
    if asked.season and not asked.bound:
        if held:
            return Held.SAME
        return Held.OPEN if any(p.first < asked.first and asked.last < p.last for p in found) else Held.OTHER
    if len(held) == len(found):
        return Held.SAME
    return Held.OPEN if held else Held.OTHER


def without_periods(question: str, terms: Sequence[Term]) -> list[Term]:
    """``terms`` without those of the seasons and bounded dates of ``question``, which are compared as dates."""
    words = {w for p in periods(question) if p.bound or p.season for w in re.findall(r"\w+", p.text.lower())}
    return [t for t in terms if t.text.lower() not in words]
