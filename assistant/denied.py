"""What a negated claim denies: what a question asks or takes for granted, or something else about the same thing."""

from collections.abc import Sequence

from assistant.borne import weight_borne
from assistant.clauses import Clause, denies_word, is_negative_word, split_claims
from assistant.evidence import Evidence
from assistant.modality import asks_duty, asks_permission
from assistant.question import Question
from assistant.terms import Term
from assistant.verbs import is_main_verb, only_relates
from corpus.lemmas import lemma
from corpus.swedish import SwedishAnalyzer

MIN_DENIAL_WEIGHT = 0.6
MOST_LACKED = 5
_LACKING = frozenset(("sakna", "saknas", "fattas"))


def denies(terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer) -> bool:
    """Whether a negated claim of ``evidence`` bears most of ``terms``: it denies what a question takes for granted."""
    claims = split_claims(evidence.sentence.text)
    return any(c.negated and weight_borne(terms, c, analyzer) >= MIN_DENIAL_WEIGHT for c in claims)


def denies_that(question: Question, terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer) -> bool:
    """Whether the denial in ``claim`` is of what ``question`` says to be done, not of something else about it."""
    if _lacks_other(terms, claim, analyzer):
        return False
    verbs = [t for t in terms if t.verb and is_main_verb(t.text)]
    done = [t for t in verbs if not (only_relates(t.text) or is_negative_word(t.text))]
    if not done or question.negated or asks_permission(question.text) or asks_duty(question.text):
        return True
    if any(lemma(t.text) == "ändra" for t in claim.tokens):
        return True  # what is not changed is neither moved nor raised
    return any(weight_borne([t], claim, analyzer) > 0 for t in done)


def _lacks_other(terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer) -> bool:
    """Whether all that ``claim`` denies is that something is had which no one of ``terms`` names (*saknade utbildning*)."""
    denying = [i for i, t in enumerate(claim.tokens) if denies_word(t.text)]
    if len(denying) != 1 or lemma(claim.tokens[denying[0]].text) not in _LACKING:
        return False
    place = denying[0]
    around = (*claim.tokens[max(0, place - 1) : place], *claim.tokens[place + 1 : place + 1 + MOST_LACKED])
    lacked = analyzer.roots_of(around) | analyzer.parts_of(around)
    return not any((t.forms | t.synonyms) & lacked for t in terms if not is_negative_word(t.text))
