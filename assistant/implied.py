"""What a sentence says without the word for it: sums are money, and who *ska* do something has the task."""

from collections.abc import Mapping

from assistant.modality import states_duty, states_possibility
from assistant.quantities import MONEY, PERCENT, quantities
from corpus.lemmas import root

_BY_UNIT: Mapping[str, frozenset[str]] = {
    MONEY: frozenset(map(root, "pengar peng belopp summa medel krona".split())),
    PERCENT: frozenset(map(root, "andel procent".split())),
}
_BY_DUTY = frozenset(map(root, "krav ansvar uppgift skyldighet plikt måste uppdrag".split()))
_BY_POSSIBILITY = frozenset(map(root, "medge tillåta möjliggöra släppa klara".split()))


def implied_roots(text: str) -> frozenset[str]:
    """Roots of the words that the amounts and the modal verbs of ``text`` stand for."""
    found = frozenset(r for q in quantities(text) for r in _BY_UNIT.get(q.unit, ()))
    found |= _BY_DUTY if states_duty(text) else frozenset()
    return found | (_BY_POSSIBILITY if states_possibility(text) else frozenset())
