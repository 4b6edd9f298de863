"""Verbs that a particle makes another verb of: *räknas upp* is *höjas*, which neither word tells alone."""

from collections.abc import Mapping, Sequence

from corpus.lemmas import lemma, root, sense
from corpus.swedish import Token

MOST_BETWEEN = 5  # words from the verb to its particle (*säger enligt beskedet i juni upp avtalen*)
_STOPPING = frozenset("att som och men eller när om medan där samt".split())
# Verb and particle in dictionary form, then the verb or verbs that say the same.
_TABLE = """
räkna upp: höja|skriva upp: höja|trappa upp: öka|gå upp: öka|trappa ned: minska|trappa ner: minska|dra ned: minska
|dra ner: minska|skära ned: minska|skära ner: minska|gå ned: minska|gå ner: minska|sätta ned: sänka|sätta ner: sänka
|dra in: upphäva|dra tillbaka: återkalla|slå samman: förena|slå ihop: förena|föra samman: förena|föra ihop: förena
|para ihop: förena|samla ihop: samla|säga upp: avsluta|ta fram: utarbeta|ta bort: slopa|plocka bort: slopa
|ta över: överta|lämna över: överlåta, överlämna|ge ut: publicera|komma in: inkomma|komma överens: avtala
|lämna in: inlämna|slå fast: fastställa|lägga fast: fastställa|välja ut: utse|peka ut: utpeka|räkna ut: beräkna
|räkna fram: beräkna|räkna bort: undanta|följa upp: utvärdera|bygga ut: utvidga|bygga upp: skapa|byta ut: ersätta
|stå kvar: kvarstå|bli kvar: kvarstå|stanna kvar: kvarstå|finnas kvar: kvarstå|hålla fast: behålla|gå igenom: granska
|se över: utreda|leta upp: hitta|dela ut: fördela|dela upp: fördela|föra över: överföra|föra vidare: sprida
|skicka ut: sända|skicka vidare: överlämna|skriva under: underteckna|skriva på: underteckna|fasa ut: avveckla
|lägga ned: avveckla|lägga ner: avveckla|kliva av: avgå|träda tillbaka: avgå|köra igång: starta|dra igång: starta
|komma igång: starta|sätta igång: starta|öppna upp: öppna|rulla ut: införa|jobba ihop: samverka|arbeta ihop: samverka
|jobba tillsammans: samverka|arbeta tillsammans: samverka|ställa upp: medverka|slå upp: hitta|stänga ute: utesluta
|lämna kvar: behålla
"""


def _table() -> Mapping[tuple[str, str], tuple[str, ...]]:
    found = {}
    for row in _TABLE.replace("\n", "").split("|"):
        phrase, _, plain = row.partition(":")
        verb, particle = phrase.split()
        found[verb, particle] = tuple(w.strip() for w in plain.split(","))
    return found


_PLAIN = _table()
_VERBS = frozenset(verb for verb, _ in _PLAIN)
_PARTICLES = frozenset(particle for _, particle in _PLAIN)


def plain_verbs(tokens: Sequence[Token]) -> Mapping[int, tuple[str, ...]]:
    """By the place of a verb in ``tokens``: the verbs, in dictionary form, that it makes with its particle."""
    words = [t.text.lower() for t in tokens]
    if not _PARTICLES.intersection(words):
        return {}
    found = {}
    for place, word in enumerate(words):
        verb = lemma(word)
        if verb not in _VERBS:
            continue
        for after in words[place + 1 : place + 2 + MOST_BETWEEN]:
            if (verb, after) in _PLAIN:
                found[place] = _PLAIN[verb, after]
            if after in _STOPPING or after in _PARTICLES:
                break
    return found


def lemmas_of(tokens: Sequence[Token]) -> list[str]:
    """What ``tokens`` mean each, in dictionary form: a verb with a particle the verb that they make."""
    plain = plain_verbs(tokens)
    return [plain[i][0] if i in plain else sense(t.text) for i, t in enumerate(tokens)]


def particle_roots(tokens: Sequence[Token]) -> frozenset[str]:
    """The roots of the verbs that verbs of ``tokens`` make with their particles."""
    return frozenset(root(verb) for verbs in plain_verbs(tokens).values() for verb in verbs)
