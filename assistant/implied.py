"""What a sentence says without the word for it: sums are money, and who *ska* do something has the task."""

import re
from collections.abc import Mapping

from assistant.modality import states_duty, states_possibility
from assistant.quantities import MONEY, PERCENT, quantities
from corpus.lemmas import root

_BY_UNIT: Mapping[str, frozenset[str]] = {
    MONEY: frozenset(map(root, "pengar peng belopp summa medel krona".split())),
    PERCENT: frozenset(map(root, "andel procent".split())),
}
_FOR_A_TIME = re.compile(
    r"\b(?:gäll\w*|pågå\w*|löp\w*|vara)\s+(?:\w+\s+){0,2}?(?:i|under)\s+(?:\w+\s+){0,1}?\w+\s+(?:år|månader|veckor)\b",
    re.IGNORECASE,
)
_BY_TIME = frozenset(map(root, "tidsbegränsad begränsad tillfällig".split()))
_BY_DUTY = frozenset(map(root, "krav ansvar uppgift skyldighet plikt måste uppdrag".split()))
_BY_POSSIBILITY = frozenset(map(root, "medge tillåta möjliggöra släppa klara".split()))


def implied_roots(text: str) -> frozenset[str]:
    """Roots of the words that the amounts and the modal verbs of ``text`` stand for."""
    found = frozenset(r for q in quantities(text) for r in _BY_UNIT.get(q.unit, ()))
    found |= _BY_DUTY if states_duty(text) else frozenset()
    found |= _BY_TIME if _FOR_A_TIME.search(text) else frozenset()
    return found | (_BY_POSSIBILITY if states_possibility(text) else frozenset())
