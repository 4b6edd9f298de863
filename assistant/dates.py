"""Dates as readers see them."""

import re
from collections.abc import Mapping

from corpus.numerals import MONTHS, NUMBERS

_TURN_OF_YEAR = re.compile(r"(?:det\s+)?årsskiftet\s+((?:19|20)\d\d)\s*[/–-]\s*\d{2,4}", re.IGNORECASE)
_TURN_OF_HALF_YEAR = re.compile(r"halvårsskiftet(?:\s+((?:19|20)\d\d))?", re.IGNORECASE)
_END_OF_YEAR = re.compile(
    r"\b(?:före|innan)\s+(?:utgången\s+av|slutet\s+av)\s+(?:år\s+)?(?=(?:19|20)\d\d\b)", re.IGNORECASE
)
_AND_A_HALF = re.compile(
    r"\b(?:en|ett)\s+och\s+(?:en|ett)\s+halvt?\s+(?P<unit>år|månad|miljard|miljon)(?:er)?\b", re.IGNORECASE
)
_HALF_MORE = {"år": "18 månader", "månad": "45 dagar", "miljard": "1,5 miljarder", "miljon": "1,5 miljoner"}
_PERIOD_OF_YEARS = re.compile(rf"\b(?:en\s+)?(?P<years>{'|'.join(NUMBERS)})årsperiod(?:en)?\b", re.IGNORECASE)
_DECADES = {word + "talet": f"19{number}-talet" for word, number in NUMBERS.items() if number in range(20, 100, 10)}
_DECADE = re.compile(rf"\b(?:{'|'.join(_DECADES)})\b", re.IGNORECASE)
# Seasons, as a text names them with or without a year, and their months.
SEASONS: Mapping[str, tuple[str, ...]] = {
    "våren": MONTHS[2:5],
    "sommaren": MONTHS[5:8],
    "hösten": MONTHS[8:11],
    "vintern": (MONTHS[11], *MONTHS[:2]),
}
# What stands before the year of a date that is written out: *19 juni*, *juni*, *våren*.
BEFORE_YEAR = rf"\b(?:(?:(?P<day>\d{{1,2}})\s+)?(?P<month>{'|'.join(MONTHS)})|(?P<season>{'|'.join(SEASONS)}))\s+"
ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def swedish_date(iso: str) -> str:
    """``2024-06-19`` as *19 juni 2024*, ``2026-07`` as *juli 2026*; what is no ISO date stays as it is."""
    date = ISO_DATE.fullmatch(iso)
    if not date or (date[2] and not 1 <= int(date[2]) <= 12):
        return iso
    month = MONTHS[int(date[2]) - 1] if date[2] else ""
    day = str(int(date[3])) if date[3] else ""
    return " ".join(part for part in (day, month, date[1]) if part)


def with_plain_dates(text: str) -> str:
    """``text`` with dates put in words as documents put them.

    The turn of a year (*årsskiftet 2026/27*) or of its halves is the day on which the new one begins, decades are in
    figures (*1990-talet*), and what is before the end of a year is in that year. So with *ett och ett halvt år* and
    *tvåårsperiod*.
    """
    text = _AND_A_HALF.sub(lambda m: _HALF_MORE[m["unit"].lower()], text)
    text = _PERIOD_OF_YEARS.sub(lambda m: f"{m['years']} år", text)
    text = _TURN_OF_YEAR.sub(lambda m: f"den 1 januari {int(m[1]) + 1}", text)
    text = _TURN_OF_HALF_YEAR.sub(lambda m: f"den 1 juli {m[1] or ''}".rstrip(), text)
    text = _END_OF_YEAR.sub("under ", text)
    return _DECADE.sub(lambda m: _DECADES[m.group().lower()], text)
