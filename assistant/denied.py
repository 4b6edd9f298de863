"""What a negated claim denies: what a question asks or takes for granted, or something else about the same thing."""

import re
from collections.abc import Sequence

from assistant.borne import weight_borne
from assistant.clauses import Clause, is_negative_word, split_claims
from assistant.evidence import Evidence
from assistant.modality import asks_duty, asks_permission
from assistant.question import Question
from assistant.terms import Term
from assistant.verbs import is_main_verb, only_relates
from corpus.lemmas import lemma
from corpus.swedish import SwedishAnalyzer, tokenize

MIN_DENIAL_WEIGHT = 0.6
MIN_NAMED_IN_CONDITION = 2
_CONDITION = re.compile(r"\b(?:när|om|då|ifall|trots\s+att)\b", re.IGNORECASE)
_NEGATED_CONDITION = re.compile(
    r"\b(?:när|om|då|ifall)\s+(?:det\s+)?(?:ingen|inget|inga|inte)\b(?P<what>[^,.;?]+)", re.IGNORECASE
)


def denies(terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer) -> bool:
    """Whether a negated claim of ``evidence`` bears most of ``terms``: it denies what a question takes for granted."""
    claims = split_claims(evidence.sentence.text)
    return any(c.negated and weight_borne(terms, c, analyzer) >= MIN_DENIAL_WEIGHT for c in claims)


def reverses_condition(question: Question, terms: Sequence[Term], text: str, analyzer: SwedishAnalyzer) -> bool:
    """Whether ``text`` says it of when something is not so, and ``question`` of when it is.

    *När ingen annan gör det*, where *även när en annan gör det* is asked.
    """
    found = _NEGATED_CONDITION.search(text)
    if not found or not _CONDITION.search(question.text) or _NEGATED_CONDITION.search(question.text):
        return False
    denied = analyzer.roots_of(tokenize(found["what"]))
    rest = analyzer.roots_of(tokenize(text[: found.start()] + " " + text[found.end() :]))
    named = [t for t in terms if t.forms & denied and not t.forms & rest]
    return len(named) >= MIN_NAMED_IN_CONDITION


def denies_that(question: Question, terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer) -> bool:
    """Whether the denial in ``claim`` is of what ``question`` says to be done, not of something else about it."""
    verbs = [t for t in terms if t.verb and is_main_verb(t.text)]
    done = [t for t in verbs if not (only_relates(t.text) or is_negative_word(t.text))]
    if not done or question.negated or asks_permission(question.text) or asks_duty(question.text):
        return True
    if any(lemma(t.text) == "ändra" for t in claim.tokens):
        return True  # what is not changed is neither moved nor raised
    return any(weight_borne([t], claim, analyzer) > 0 for t in done)
