"""Active and passive: whether the subject of a clause is the one that something is done to."""

from collections.abc import Sequence
from itertools import takewhile

from assistant.verbs import is_finite, is_infinitive
from corpus.lemmas import lemma
from corpus.swedish import Token

_ACTIVE_IN_S = frozenset("finns fanns behövs krävs saknas fattas hos sägs".split())
_HELPING = frozenset("får fick kan kunde ska skall skulle bör borde måste kommer".split())
_COPULAS = frozenset(("vara", "bli"))
_HAVING = frozenset(("har", "hade", "ha"))
_ALSO_MAY = frozenset("få får fick fått".split())
_OPENING = frozenset("när om som då eftersom medan".split())
_TAKING = frozenset("ta tar tog tagit".split())
_GIVEN = _ALSO_MAY | _TAKING | frozenset("erhålla erhåller erhöll".split())
_SHORT_INFINITIVES = frozenset(
    "ge se gå stå få nå ske bli slå avgå ingå utgå anse utse inse bestå avstå avse bo".split()
)
_HELD_TO = frozenset("bedöms bedömdes anses ansågs väntas väntades beräknas antas sägs uppges tros".split())
MOST_BETWEEN, MOST_BEFORE_DOING = 6, 4


def is_passive(tokens: Sequence[Token], finite: int) -> bool:
    """Whether the clause ``tokens``, its finite verb at ``finite``, is passive: *lämnas*, *får lämnas*, *är lämnad*."""
    if finite < 0:
        return False
    verb = tokens[finite].text.lower()
    deponent = verb in _ACTIVE_IN_S or lemma(verb).endswith("s")
    if verb.endswith("s") and not deponent and is_finite(verb):
        return True
    after = [t.text.lower() for t in tokens[finite + 1 : finite + 1 + MOST_BETWEEN]]
    if verb in _HELPING:
        done = next((w for w in after if is_infinitive(w) or is_infinitive(w.removesuffix("s"))), "")
        return done.endswith("s") and is_infinitive(done[:-1])
    if lemma(verb) in _COPULAS and not _HAVING & set(after):
        return any(looks_done(w) and is_infinitive(lemma(w)) for w in after)
    return False


def is_held_to(tokens: Sequence[Token], finite: int) -> bool:
    """Whether the verb at ``finite`` only says what somebody is held to do (*förbundet bedöms kunna ansöka*)."""
    after = tokens[finite + 1 : finite + 1 + MOST_BEFORE_DOING]
    return finite >= 0 and tokens[finite].text.lower() in _HELD_TO and any(is_infinitive(t.text) for t in after)


def is_copular(tokens: Sequence[Token]) -> bool:
    """Whether the clause ``tokens`` says what something is, so that its two sides may change places."""
    verb = next((t.text for t in tokens if is_finite(t.text)), "")
    return bool(verb) and lemma(verb) in _COPULAS


def has_something(tokens: Sequence[Token]) -> bool:
    """Whether the clause ``tokens`` says that somebody has something (*Hade nämnden en ordförande?*)."""
    verbs = [t.text.lower() for t in tokens if is_finite(t.text)]
    return verbs[:1] in (["har"], ["hade"]) and len(verbs) == 1


def looks_done(word: str) -> bool:
    """Whether ``word`` looks like a participle (*utsedd*, *beslutat*)."""
    lower = word.lower()
    return lower.endswith(("d", "t", "da", "ta", "dd", "na")) and lemma(lower) != lower


def is_given(tokens: Sequence[Token]) -> bool:
    """Whether the subject of the clause ``tokens`` is given something (*fick stöd*), not allowed it (*får söka*)."""
    words = [t.text.lower() for t in tokens]
    for place, word in enumerate(words):
        may = any(
            is_infinitive(w) or is_infinitive(w.removesuffix("s")) or w in _SHORT_INFINITIVES
            for w in takewhile(lambda w: w not in _OPENING, words[place + 1 :])
        )
        takes = word not in _TAKING or "emot" in words[place + 1 : place + 1 + MOST_BEFORE_DOING]
        if word in _GIVEN and takes and not (may and word in _ALSO_MAY):
            return True
    return False
