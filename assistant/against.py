"""A question as one sentence makes it to be read: what it bears by values and stages, and what turns it round."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.bindings import Held, amounts_held, bounding_terms
from assistant.comparisons import comparison_borne, is_comparative
from assistant.denials import denials
from assistant.evidence import Evidence, missing_ratio
from assistant.modality import asked_stage, asks_release, is_stage_word
from assistant.periods import periods_held, without_periods
from assistant.question import Question
from assistant.terms import Term, asked_terms
from corpus.swedish import SwedishAnalyzer


def read_against(
    question: Question, terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer
) -> tuple[Question, Sequence[Term], float]:
    """``question``, its terms and their missing share as ``evidence`` makes them to be read.

    A phrase that denies (*hoppa över*) turns the question round where the sentence has none; words that compare are
    no terms where the sentence's amounts bear them out, nor is a word for a stage, which is judged by itself.
    """
    aside = {t.text for t in _borne_by_amounts(question, terms, evidence, analyzer)}
    if periods_held(question.text, evidence.sentence.text) is Held.SAME:
        aside |= {t.text for t in terms} - {t.text for t in without_periods(question.text, terms)}
    if asked_stage(question.text) is not None:
        aside |= {t.text for t in terms if is_stage_word(t.text) and not question.text.startswith(t.text)}
    if not asks_release(question.text):
        there = len(denials(evidence.sentence.text))
        phrases = denials(question.text)[there:]  # what both deny is no turn
        if len(phrases) % 2:
            question = replace(question, negated=not question.negated)
        aside |= {t.text for t in terms if any(t.text.lower() in words for words in phrases)}
    if not aside:
        return question, terms, evidence.missing_ratio
    kept = [t for t in terms if t.text not in aside]
    return question, kept, missing_ratio(asked_terms(question, kept), evidence.sentence)


def _borne_by_amounts(
    question: Question, terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer
) -> list[Term]:
    """The terms that compare (*högre*, *fler än*) where the amounts of ``evidence`` bear the comparison out."""
    if comparison_borne(question.text, terms, evidence.sentence, analyzer) is Held.SAME:
        return [t for t in terms if is_comparative(t.text, question.text)]
    if amounts_held(question.text, terms, evidence.sentence, analyzer) is Held.SAME:
        return bounding_terms(question.text, terms)
    return []
