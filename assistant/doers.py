"""Who does what a sentence tells: the body or person that stands before the verb, or after *av*."""

import re
from collections.abc import Sequence

from assistant.sentences import Sentence
from assistant.terms import Term
from corpus.lemmas import root

PERSON = re.compile(r"(?:(?<=[a-zåäö,;:–] )|^)[A-ZÅÄÖ][a-zåäöé]+(?:\s+[A-ZÅÄÖ][a-zåäöé]*\.?)*\s+[A-ZÅÄÖ][a-zåäöé]+")


def done_by_other(terms: Sequence[Term], sentence: Sentence) -> bool | None:
    """Whether somebody whom ``terms`` do not name does what their verbs say in ``sentence``.

    False where only one whom they name does it; None where the sentence does not tell.
    """
    asked = {t.body_id for t in terms if t.body_id}
    forms = frozenset(f for t in terms if t.verb for f in t.forms | t.synonyms)
    verbs = [i for i, t in enumerate(sentence.tokens) if root(t.text.lower()) in forms]
    found = [doer in asked for v in verbs for doer in [_doer(sentence, v)] if doer]
    return None if not found else not all(found)


def _doer(sentence: Sentence, verb: int) -> str:
    """The body, or ``"?"`` for a person, that does what the word at ``verb`` says, "" where none is named."""
    after = sentence.tokens[verb + 1 : verb + 2]
    if after and after[0].text.lower() == "av":
        agent = next((m for m in sentence.mentions if m.first == verb + 2), None)
        if agent:
            return agent.body_id
    before = [m for m in sentence.mentions if m.last <= verb]
    start = sentence.tokens[before[-1].first].start if before else -1
    person = any(start < m.start() < sentence.tokens[verb].start for m in PERSON.finditer(sentence.text))
    return "?" if person else before[-1].body_id if before else ""
