"""Scores sentences as answers to a question: what is covered, in which context, with what kind of answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from assistant.comparable import comparable
from assistant.compose import Statement
from assistant.expected import holds
from assistant.kind import Kind
from assistant.question import Question
from assistant.sentences import Sentence
from assistant.signs import signs
from assistant.terms import Term, asked_terms
from assistant.verbs import only_relates
from corpus.lemmas import root
from corpus.models import Document

# Chosen on the development cases (``python -m evals run --split dev``).
MATCH = {"form": 1.0, "compound": 0.85, "synonym": 0.8, "split": 0.75, "near": 0.6, "head": 0.35}
CONTEXT_FACTOR = 0.6
TITLE_FACTOR = 0.55
OWN_DOCUMENT_FACTOR = 0.7
MIN_BORNE = 0.4
VERB_MISSING = 1.4  # what is said to be done may not be missing from a sentence that is to bear a yes
NEARBY_FACTOR = 0.5
COVERAGE_WEIGHT = 0.72
SIMILARITY_WEIGHT = 0.28
MISSING_KIND_FACTOR = {
    Kind.WHEN: 0.45,
    Kind.MONEY: 0.3,
    Kind.NUMBER: 0.5,
    Kind.WHO: 0.75,
    Kind.WHERE: 0.8,
    Kind.WHY: 0.8,
}
HELD_KIND_BONUS = 0.06
JUDGED_BONUS = 0.1
COMPARABLE_BONUS = 0.12
AROUND_BONUS = 0.15
INTRODUCTION_FACTOR = 0.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence as an answer; ``coverage_ratio`` is the weighted share of the question's terms that it bears.

    ``missing_ratio`` is the weighted share of those that neither it nor its context bears, a compound whose last part
    alone is there among them; ``missing`` are those of which it has nothing.
    """

    sentence: Sentence
    score: float
    coverage_ratio: float
    similarity: float
    missing_ratio: float
    missing: tuple[str, ...]


def score_sentences(
    question: Question, terms: Sequence[Term], sentences: Sequence[Sentence], similarity: Mapping[int, float]
) -> list[Evidence]:
    """``sentences`` as evidence, best first; ``similarity`` holds the cosine to the question by position."""
    scored = [_score(question, terms, s, similarity.get(i, 0.0)) for i, s in enumerate(sentences)]
    return sorted(scored, key=lambda e: (-e.score, not e.sentence.document.source.primary, e.sentence.span.start))


def nearer_first(ranked: Sequence[Evidence], around: Sequence[Statement]) -> list[Evidence]:
    """``ranked`` anew, with a bonus for what stands in the sections that ``around`` was quoted from."""
    places = {(s.document.source.document_id, _section_start(s.document, s.span.start)) for s in around}
    moved = [
        replace(e, score=e.score + AROUND_BONUS)
        if (e.sentence.document_id, _section_start(e.sentence.document, e.sentence.span.start)) in places
        else e
        for e in ranked
    ]
    return sorted(moved, key=lambda e: -e.score)


def _section_start(document: Document, offset: int) -> int:
    section = document.section_at(offset)
    return section.span.start if section else 0


def match(term: Term, sentence: Sentence) -> float:
    """How well ``sentence`` holds ``term``, 0 to 1."""
    if term.body_id and term.body_id in sentence.bodies:
        return 1.0
    if sentence.document_id in term.documents:
        return OWN_DOCUMENT_FACTOR
    if term.particle and not _has_particle(term, sentence):
        return MATCH["head"] * bool(term.forms & sentence.roots)
    direct = _match_in(term, sentence.roots, sentence.parts)
    lemmas = sentence.lemmas - sentence.bounding if term.verb else sentence.lemmas
    if direct < MATCH["synonym"] and (term.antonyms | term.allies) & lemmas:
        direct = MATCH["synonym"]
    if direct < MATCH["near"] and term.forms & sentence.implied:
        direct = MATCH["near"]
    if term.names_document and sentence.document.source.primary:
        return max(direct, OWN_DOCUMENT_FACTOR)
    if direct >= MATCH["split"]:
        return direct
    if term.body_id and term.body_id in sentence.bodies_before:
        return CONTEXT_FACTOR if sentence.leans else NEARBY_FACTOR
    in_context = CONTEXT_FACTOR * _match_in(term, sentence.context, frozenset())
    in_title = TITLE_FACTOR * _match_in(term, sentence.title, frozenset())
    nearby = NEARBY_FACTOR * _match_in(term, sentence.nearby, frozenset())
    return max(direct, in_context, in_title, nearby)


def names_holder(term: Term, sentence: Sentence) -> bool:
    """Whether ``sentence``, or its document as a whole, is of the body or person that ``term`` names, if any."""
    if term.body_id:
        return term.body_id in sentence.bodies or sentence.document_id in term.documents
    return not term.name or match(term, sentence) >= MATCH["split"]


def _has_particle(term: Term, sentence: Sentence) -> bool:
    """Whether ``sentence`` has the verb of ``term`` with its particle right after it or one word on."""
    tokens = sentence.tokens
    verbs = (i for i, t in enumerate(tokens) if root(t.text.lower()) in term.forms)
    return any(term.particle in (t.text.lower() for t in tokens[i + 1 : i + 3]) for i in verbs)


def _match_in(term: Term, roots: frozenset[str], parts: frozenset[str]) -> float:
    if term.forms & roots:
        return MATCH["form"]
    if term.specific:
        return 0.0
    if term.forms & parts and not term.body_id:  # *Finansdepartementet* is not *departementet*
        return MATCH["compound"]
    if term.synonyms & roots:
        return MATCH["synonym"]
    if term.parts:
        everything = roots | parts
        held = [p for p in term.parts if p in everything]
        if len(held) == len(term.parts):
            return MATCH["split"]
        if held and term.parts[-1] in held:
            return max(MATCH["head"], MATCH["near"] if term.near & roots else 0.0)
    return MATCH["near"] if term.near & roots else 0.0


def _score(question: Question, terms: Sequence[Term], sentence: Sentence, similarity: float) -> Evidence:
    asked = asked_terms(question, terms)
    values = [match(t, sentence) for t in asked]
    total = sum(t.weight for t in asked)
    coverage = sum(t.weight * v for t, v in zip(asked, values, strict=True)) / total if total else 0.0
    score = COVERAGE_WEIGHT * coverage + SIMILARITY_WEIGHT * max(0.0, similarity)
    held = holds(question.kind, question.text, terms, sentence)
    if held is False:
        score *= MISSING_KIND_FACTOR.get(question.kind, 1.0)
    elif held:
        score += HELD_KIND_BONUS
    score += signs(question, terms, sentence)
    if sentence.list_intro:
        score *= INTRODUCTION_FACTOR
    judged = [t for t in terms if t not in asked]
    if judged:
        score += JUDGED_BONUS * sum(match(t, sentence) > 0 for t in judged) / len(judged)
        score += COMPARABLE_BONUS * any(comparable(t, sentence) for t in judged)
    missing = [t for t, v in zip(asked, values, strict=True) if v < MATCH["head"]]
    return Evidence(
        sentence, score, coverage, similarity, missing_ratio(asked, sentence), tuple(t.text for t in missing)
    )


def missing_ratio(asked: Sequence[Term], sentence: Sentence) -> float:
    """The weighted share of ``asked`` that neither ``sentence`` nor its context bears."""
    total = sum(t.weight for t in asked)
    unborne = (t.weight * _missing_factor(t) for t in asked if _match_but_title(t, sentence) < MIN_BORNE)
    return sum(unborne) / total if total else 0.0


def _match_but_title(term: Term, sentence: Sentence) -> float:
    """As ``match``; what only the document's title has is not said by the sentence."""
    found = match(term, sentence)
    return 0.0 if found == TITLE_FACTOR * MATCH["form"] and not term.names_document else found


def _missing_factor(term: Term) -> float:
    """How much it matters that a sentence lacks ``term``."""
    if only_relates(term.text):
        return 0.0
    return VERB_MISSING if term.verb else 1.0
