"""Cleft questions (*Var det kommunstyrelsen som tillsatte kommissionen?*): the focus is checked against the answer."""

import re
from dataclasses import dataclass

_CLEFT = re.compile(
    r"^(?:(?:är|var|blev)\s+det|stämmer\s+det\s+att\s+det\s+(?:är|var)|(?:is|was)\s+it(?:\s+the)?)\s+"
    r"(?P<focus>(?!\s|(?:så|sant|rätt|möjligt|tillåtet|lagligt|okej|ok|förbjudet|omöjligt|true|possible|so)\b).{2,60}?)"
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
    return Cleft(match["focus"], match["rest"]) if match else None
