"""Whether a text speaks of acting inside the rules in force, or of being let out of them: two conditions that exclude
each other, so that what is said under one answers no question about the other."""

import re
from enum import StrEnum


class Frame(StrEnum):
    """The condition that a claim or a question is put under."""

    INSIDE = "inside"
    OUTSIDE = "outside"


_RULES = (
    r"(?:regel\w*|regler\w*|lag(?:ar|en|arna|stiftning\w*|rum\w*)?|bestämmelse\w*|föreskrift\w*|författning\w*"
    r"|ram(?:en|ar|arna)?)"
)
_OUTSIDE = re.compile(
    r"\b(?:undantag\w*|undanta\w*|dispens\w*|avsteg|avvik\w*|frångå\w*|bryt\w+\s+mot|brott\s+mot|strid\w+\s+mot|lagändring\w*"
    rf"|(?:ny|nya|ändrad|ändra|annan)\s+{_RULES}|exempt\w*|exception\w*|waiver\w*)\b",
    re.IGNORECASE,
)
_INSIDE = re.compile(
    rf"\binom\b[^,.;]{{0,40}}?\b{_RULES}\b|\b(?:följ\w+|enligt|med)\s+(?:gällande|nuvarande|dagens|befintliga?)\s+{_RULES}\b"
    r"|\bwithin\b[^,.;]{0,40}?\b(?:rules?|laws?|framework|regulations?|legislation)\b",
    re.IGNORECASE,
)


def frame_of(text: str) -> Frame | None:
    """The condition that ``text`` is put under; None where it names neither, or both."""
    inside, outside = _INSIDE.search(text), _OUTSIDE.search(text)
    if bool(inside) == bool(outside):
        return None
    return Frame.INSIDE if inside else Frame.OUTSIDE
