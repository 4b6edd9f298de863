"""Dates as readers see them."""

import re

from corpus.numerals import MONTHS

ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def swedish_date(iso: str) -> str:
    """``2024-06-19`` as *19 juni 2024*, ``2026-07`` as *juli 2026*; what is no ISO date stays as it is."""
    date = ISO_DATE.fullmatch(iso)
    if not date or (date[2] and not 1 <= int(date[2]) <= 12):
        return iso
    month = MONTHS[int(date[2]) - 1] if date[2] else ""
    day = str(int(date[3])) if date[3] else ""
    return " ".join(part for part in (day, month, date[1]) if part)
