"""Finds the dates that a text names, for the timeline: each as an ISO date of the precision that it is given with."""

import re
from dataclasses import dataclass

from assistant.dates import BEFORE_YEAR, SEASONS
from corpus.models import Span
from corpus.numerals import MONTHS, YEAR

# A year by itself is a date where a word says so, or where it opens the sentence; inside an identifier (SOU 2023:94,
# prop. 2025/26:207), in a range or behind an amount it is none.
_BARE = (
    r"(?:^|\b(?<!kronor )(?<!procent )(?:(?<!från )(?<!sedan )år|under|början av|mitten av|slutet av)\s+)"
    rf"(?P<bare>{YEAR})(?![\d:/–-])(?!,\d)"
)
_DATE = re.compile(
    rf"{BEFORE_YEAR}(?P<year>{YEAR})\b"
    rf"|(?<![\d:/-])(?P<iso>{YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)(?![\d:/-])"
    rf"|{_BARE}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as ``text[span.start:span.end]`` has it; ``iso`` is ``2024``, ``2024-06`` or ``2024-06-19``.

    ``order`` sorts: a year comes before its months, and a season where it begins.
    """

    iso: str
    order: str
    span: Span


def find_dates(text: str) -> list[Dated]:
    """The dates that ``text`` names, in order."""
    found = []
    for match in _DATE.finditer(text):
        iso = _iso(match)
        if iso:
            start = match.start("bare") if match["bare"] else match.start()
            season = match["season"]
            order = f"{iso}-{_number(*SEASONS[season.lower()])}" if season else iso
            found.append(Dated(iso, order, Span(start, match.end())))
    return found


def _iso(match: re.Match[str]) -> str:
    part = match.groupdict()
    if part["iso"]:
        return str(part["iso"])
    if part["day"]:
        day = int(part["day"])
        return f"{part['year']}-{_number(part['month'])}-{day:02}" if 1 <= day <= 31 else ""
    if part["month"]:
        return f"{part['year']}-{_number(part['month'])}"
    return str(part["year"] or part["bare"])


def _number(*months: str) -> str:
    """The number of the earliest of ``months`` in a year, in two figures."""
    return f"{min(MONTHS.index(month.lower()) for month in months) + 1:02}"
