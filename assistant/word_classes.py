"""Which words of a question are verbs where they stand, and which are proper names."""

from collections.abc import Sequence

from assistant.verbs import is_finite, is_infinitive, is_modal
from corpus.lemmas import MIN_PART_CHARS, is_common, lemma
from corpus.swedish import Token, is_acronym

MOST_NAME_TAIL = 6  # *Norrköping* is a name, though *köping* is a word
_CLAUSE_OPENERS = frozenset("att som och eller men om när då eftersom medan där vilket samt utan för".split())
_HELPERS = frozenset("komma börja försöka låta våga hinna tänka slippa bruka lyckas vänta beräkna avse".split())


def verb_places(tokens: Sequence[Token]) -> frozenset[int]:
    """Offsets of the words that are verbs where they stand: a clause's finite verb, infinitives after their helpers."""
    found = set()
    finite = helped = False
    for token in tokens:
        word = token.text.lower()
        if word in _CLAUSE_OPENERS:
            finite, helped = finite and word in ("och", "eller"), helped or word == "att"
        elif is_finite(word) and not finite:
            found.add(token.start)
            finite, helped = True, is_modal(word) or lemma(word) in _HELPERS
        elif helped and (is_infinitive(word) or is_infinitive(word.removesuffix("s"))):
            found.add(token.start)
    return frozenset(found)


def is_name(word: str) -> bool:
    """Whether ``word`` looks like a proper name, not like a compound with one (*Öresundspendlare*)."""
    if not word[0].isupper() or is_acronym(word):
        return False
    return not any(is_common(word[cut:]) for cut in range(MIN_PART_CHARS, len(word) - MOST_NAME_TAIL))
