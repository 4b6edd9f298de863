"""Dates as readers see them."""

import re

from corpus.numerals import MONTHS

_TURN_OF_YEAR = re.compile(r"(?:det\s+)?årsskiftet\s+((?:19|20)\d\d)\s*[/–-]\s*\d{2,4}", re.IGNORECASE)
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
    """``text`` with the turn of a year (*årsskiftet 2026/27*) as the day on which the new one begins."""
    return _TURN_OF_YEAR.sub(lambda m: f"den 1 januari {int(m[1]) + 1}", text)
