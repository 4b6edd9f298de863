"""Cleft questions (*Var det kommunstyrelsen som tillsatte kommissionen?*): the focus is checked against the answer."""

import re
from dataclasses import dataclass

_CLEFT = re.compile(
    r"^(?:är|var|blev|stämmer det att det (?:är|var)|is it|was it)\s+(?:det|the)?\s*"
    r"(?P<focus>(?!så\b|sant\b|rätt\b|möjligt\b|tillåtet\b).{2,60}?)"
    r"\s+(?:som|man|that|who|which)\s+(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Cleft:
    """A cleft question: ``focus`` is what is put up for judgement, ``rest`` what is taken as known."""

    focus: str
    rest: str


def find_cleft(text: str) -> Cleft | None:
    """The two halves of a cleft question, None where ``text`` is none."""
    match = _CLEFT.match(text.strip())
    if match is None or not re.match(
        r"^(?:är|var|blev|stämmer)\s+det\b|^(?:is|was)\s+it\b", text.strip(), re.IGNORECASE
    ):
        return None
    return Cleft(match["focus"], match["rest"])
