"""Decides whether the evidence answers the question, and which sentences are quoted, the decisive one first."""

from collections.abc import Sequence

from assistant.answer_names import asked_noun
from assistant.clauses import denies_word
from assistant.denied import denies
from assistant.evidence import CONTEXT_FACTOR, MATCH, Evidence, match
from assistant.expected import holds
from assistant.fitting import fits_asker
from assistant.kind import Kind
from assistant.question import Question
from assistant.rivals import another_named
from assistant.sentences import Sentence
from assistant.summary import asked_length
from assistant.terms import Term, asked_terms
from corpus.swedish import SwedishAnalyzer

# Chosen on the development cases (``python -m evals run --split dev``).
MIN_COVERAGE_RATIO = 0.55
MIN_KEY_WEIGHT_SHARE = 0.25
MIN_DENIAL_COVERAGE_RATIO = 0.65
MIN_OUTSTANDING_COVERAGE_RATIO = 0.4
MIN_OUTSTANDING_SIMILARITY = 0.3
MIN_OUTSTANDING_MARGIN = 0.06
MOST_OUTSTANDING_KEY_SHARE = 0.5
COVERAGE_RATIO_OF_BEST = 0.84
MOST_CITATIONS = 3
MOST_LISTED = 8
NEAR_RATIO = {Kind.LIST: 0.8, Kind.YES_NO: 0.86, Kind.SUMMARY: 0.6}
NEAR_RATIO_OTHER = 0.9
MIN_TELLING_WEIGHT = 0.3
_HARD_KINDS = (Kind.WHEN, Kind.MONEY, Kind.NUMBER)
_UNTOLD = (Kind.YES_NO, Kind.NUMBER, Kind.MONEY, Kind.WHO)
_OF_ONE_PLACE = (Kind.MONEY, Kind.NUMBER, Kind.WHO)


def wants_all(question: Question) -> bool:
    """Whether ``question`` asks for all that there is, not for the most telling alone."""
    return question.wants_list or question.kind is Kind.SUMMARY


def most_quoted(question: Question) -> int:
    """How many sentences an answer to ``question`` may hold."""
    asked = asked_length(question.text) if question.kind is Kind.SUMMARY else None
    return asked or (MOST_LISTED if wants_all(question) else MOST_CITATIONS)


def is_answer(question: Question, terms: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` answers ``question``, rather than only lying near it."""
    if evidence.coverage_ratio < MIN_COVERAGE_RATIO:
        return False
    asked = asked_terms(question, terms)
    if another_named(question, asked, evidence):
        return True
    return _holds_what_is_asked(question, terms, evidence) and not _key_missing(asked, evidence, MIN_KEY_WEIGHT_SHARE)


def _stands_out(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> bool:
    """Whether the best of ``ranked`` answers by standing out, though it is worded otherwise than the question."""
    best = ranked[0]
    margin = best.score - (ranked[1].score if len(ranked) > 1 else 0.0)
    near = best.coverage_ratio >= MIN_OUTSTANDING_COVERAGE_RATIO and best.similarity >= MIN_OUTSTANDING_SIMILARITY
    if not near or margin < MIN_OUTSTANDING_MARGIN or not _holds_what_is_asked(question, terms, best):
        return False
    return not _key_missing(asked_terms(question, terms), best, MOST_OUTSTANDING_KEY_SHARE)


def _holds_what_is_asked(question: Question, terms: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` has the date, number or amount that is asked for, and the question's own ones and names."""
    sentence = evidence.sentence
    if question.kind in _HARD_KINDS and not holds(question.kind, question.text, terms, sentence):
        return False
    asked = asked_terms(question, terms)
    bears = _bears_what_is_asked(question, asked, sentence) and fits_asker(question, asked, sentence)
    if question.kind is not Kind.YES_NO and not bears:
        return False
    for term in asked:
        value = match(term, sentence)
        if term.names_document and not sentence.document.source.primary and value < MATCH["head"]:
            return False
        if question.kind in _OF_ONE_PLACE and term.documents and value == 0:
            return False  # a figure for the whole country is none for the city
        if (term.specific and value == 0) or (term.name and value < MATCH["head"]):
            return False
        if term.name and question.kind in _HARD_KINDS and _only_around(term, value, sentence):
            return False  # a figure for one is none for another that the sentence before names
    return True


def _only_around(term: Term, value: float, sentence: Sentence) -> bool:
    """Whether what stands around ``sentence`` has the name ``term``, and the sentence itself nothing of it."""
    itself = sentence.roots | sentence.parts | sentence.title
    return value <= CONTEXT_FACTOR and not term.forms & itself and not itself & set(term.parts)


def _bears_what_is_asked(question: Question, asked: Sequence[Term], sentence: Sentence) -> bool:
    """Whether ``sentence`` has the thing asked for (*vilka öppettider*), and more of the question than its names."""
    noun = asked_noun(question.text)
    telling = [t for t in asked if t.weight >= MIN_TELLING_WEIGHT and not t.body_id and not t.specific]
    for term in telling:
        if term.text == noun and match(term, sentence) < MATCH["head"]:
            return False
    common = [t for t in telling if t.text[:1].islower()]
    return not common or any(match(t, sentence) >= MATCH["head"] for t in common)


def denials(
    question: Question, terms: Sequence[Term], ranked: Sequence[Evidence], analyzer: SwedishAnalyzer
) -> list[Evidence]:
    """The evidence that denies what a question takes for granted (*Vilket undantag har Malmö fått?*), best first.

    None where who or how many is asked, which the documents may just not tell, or where the question denies itself.
    """
    if question.kind in _UNTOLD or any(denies_word(t.text) for t in question.tokens):
        return []
    found = []
    for evidence in sorted(ranked, key=lambda e: -e.coverage_ratio):
        if evidence.coverage_ratio < MIN_DENIAL_COVERAGE_RATIO:
            break
        if not _key_missing(terms, evidence, MIN_KEY_WEIGHT_SHARE) and denies(terms, evidence, analyzer):
            found.append(evidence)
    return found[:1]


def _key_missing(terms: Sequence[Term], evidence: Evidence, share: float) -> bool:
    """Whether a term that carries at least ``share`` of the question's weight is missing altogether."""
    total = sum(t.weight for t in terms)
    return any(
        t.weight >= max(share * total, MIN_TELLING_WEIGHT) and match(t, evidence.sentence) < MATCH["head"]
        for t in terms
    )


def choose(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> list[Evidence]:
    """The evidence to quote, the most telling first; empty where the sources do not answer.

    ``ranked`` is best first.
    """
    answering = [e for e in ranked if is_answer(question, terms, e)]
    if ranked and question.kind is Kind.WHY and not any(_gives_reason(question, terms, e) for e in answering):
        answering = _reasons(question, terms, ranked) or answering
    if not answering:
        return [ranked[0]] if ranked and _stands_out(question, terms, ranked) else []
    ratio = NEAR_RATIO.get(question.kind, NEAR_RATIO_OTHER)
    floor = answering[0].score * ratio
    bare = max(e.coverage_ratio for e in answering) * COVERAGE_RATIO_OF_BEST if question.kind is Kind.YES_NO else 0.0
    return [e for e in answering if e.score >= floor and e.coverage_ratio >= bare][: most_quoted(question)]


def _gives_reason(question: Question, terms: Sequence[Term], evidence: Evidence) -> bool:
    return holds(question.kind, question.text, terms, evidence.sentence) is True


def _reasons(question: Question, terms: Sequence[Term], ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best sentence where it gives a reason, though it lacks a word by which the question puts the matter."""
    best = ranked[0]
    near = best.coverage_ratio >= MIN_COVERAGE_RATIO and best.similarity >= MIN_OUTSTANDING_SIMILARITY
    gives = near and _gives_reason(question, terms, best) and _holds_what_is_asked(question, terms, best)
    return [best] if gives else []
