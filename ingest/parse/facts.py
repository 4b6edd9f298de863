"""For the parsers: what a file says of itself (title, publisher, date, case number), checked before it is believed."""

import re

from ingest.entries import FrontMatter
from ingest.parse.hidden import without_hidden

MAX_CHARS = 300
_ISO_DATE = re.compile(r"(?:D:)?((?:19|20)\d{2})-?(0[1-9]|1[0-2])?-?(0[1-9]|[12]\d|3[01])?")
# Dnr STK-2023-602, diarienummer: A2025/01234, Fi2025/00998, 2024/123.
_CASE_NUMBER = re.compile(
    r"\b(?:dnr|d\.?nr\.?|diarienummer|diarienr)\.?\s*:?\s*"
    r"([A-ZÅÄÖ]{0,5}[ -]?(?:19|20)\d{2}[-/: ]\d{1,6}(?:[-/]\d{1,4})?)",
    re.IGNORECASE,
)
_TEMPLATE_TITLES = re.compile(
    r"(?:microsoft word - .*|untitled.*|document\d*|dokument\d*|namnlös.*|.*\.(?:docx?|pdf|odt|dotx?|indd))$", re.I
)


def front_matter(*, title: str = "", publisher: str = "", date: str = "", url: str = "", text: str = "") -> FrontMatter:
    """What a file says of itself; what does not look like what it should be is left out.

    Args:
        title: as the file's properties have it.
        publisher: likewise.
        date: likewise; ISO or as PDF writes it.
        url: where it was published.
        text: the beginning of the document, where a case number is looked for.
    """
    title, publisher = _line(title), _line(publisher)
    return FrontMatter(
        title="" if _TEMPLATE_TITLES.fullmatch(title) else title,
        publisher=publisher,
        date=iso_date(date),
        url=url.strip() if re.fullmatch(r"https?://[^\s\"'<>]{1,2000}", url.strip()) else "",
        dnr=case_number(text),
    )


def iso_date(text: str) -> str:
    """The ISO date at the beginning of ``text``, as exact as it is given; empty where there is none."""
    found = _ISO_DATE.match(text.strip())
    return "-".join(part for part in found.groups() if part) if found else ""


def case_number(text: str) -> str:
    """The first diary number in ``text``."""
    found = _CASE_NUMBER.search(text)
    return " ".join(found[1].split()) if found else ""


def _line(text: str) -> str:
    plain = " ".join(without_hidden(text)[0].split())
    return "" if not plain.isprintable() else plain[:MAX_CHARS]
