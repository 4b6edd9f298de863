"""What in a sentence stands against a question: another party, body, amount, date or document than it names."""

import re
from collections.abc import Sequence
from enum import IntEnum

from assistant.bindings import Held, amounts_held, without_amounts, years_held
from assistant.borne import names_what_somebody_is, other_of_its_kind
from assistant.comparable import contradicts, names_no_paragraph, numbered_otherwise
from assistant.comparisons import comparison_borne
from assistant.evidence import MATCH, NEARBY_FACTOR, Evidence, match
from assistant.kind import Kind
from assistant.modality import asks_permission, compares, compares_otherwise, is_stage_word
from assistant.parties import Parties, PartyReader
from assistant.periods import periods_held, without_periods
from assistant.question import Question
from assistant.sentences import Sentence
from assistant.succession import succession_borne
from assistant.terms import Term, asked_terms, names_only_document
from assistant.verbs import is_main_verb, only_relates
from corpus.lemmas import lemma, root
from corpus.swedish import SwedishAnalyzer

MIN_WEIGHT_BESIDE_BODY = 0.85
MIN_TERMS_BESIDE_BODY = 2
MIN_WEIGHT_BESIDE_DOCUMENT = 0.4
_ABOUT_DATE = re.compile(
    r"\b(?P<bound>omkring|runt|kring)\s+(?:den\s+)?(?:(?:\d{1,2}\s+)?\w+\s+)?(?:19|20)?\d\d\b",
    re.IGNORECASE,
)
# What somebody or something is said to be (*Är X en svensk fond?*): its context does not say so for it.
_PREDICATE = re.compile(
    r"\b(?:en|ett)\s+(?!av\b|del\b)(?:\w+\s+){0,2}?(?P<noun>\w+)(?=\W*$|\s+(?:som|för|i|av|om|till|på|från|inom|hos|under|med)\b)",
    re.IGNORECASE,
)
_WITHOUT_DOING = re.compile(r"\butan\s+att\s+[^,?.]+", re.IGNORECASE)
# To be allowed to start something is to be allowed it.
_CARRYING_OUT = frozenset("starta köra bedriva genomföra driva".split())


class Standing(IntEnum):
    """How what a sentence names stands to what a question names."""

    SAME = 0
    OPEN = 1  # it lacks something that a yes would need
    OTHER = 2  # it says it of another


def standing(
    question: Question,
    terms: Sequence[Term],
    evidence: Evidence,
    weight: float,
    analyzer: SwedishAnalyzer,
    parties: PartyReader,
) -> Standing:
    """How ``evidence``, of which the best claim bears ``weight`` of ``terms``, stands to what ``question`` names."""
    sentence = evidence.sentence
    party = parties.compare(question, terms, sentence)
    amounts = amounts_held(question.text, terms, sentence, analyzer)
    compared = comparison_borne(question.text, terms, sentence, analyzer)
    years = years_held(question.text, terms, sentence, analyzer)
    dated = periods_held(question.text, sentence.text)
    ordered = succession_borne(question.text, sentence.text)
    undated = terms if dated is Held.NONE else without_periods(question.text, terms)
    without = without_amounts(question.text, undated)
    if party is Parties.OTHER and asks_permission(question.text):
        party = Parties.OPEN  # that another does it tells nothing of who may
    if (
        party is Parties.OTHER
        or Held.OTHER in (amounts, compared, years, dated, ordered)
        or _names_another(question, without, evidence, analyzer)
    ):
        uncertain = weight < MIN_WEIGHT_BESIDE_DOCUMENT and _of_another_document(terms, evidence)
        if compares(question.text) and party is not Parties.OTHER and compared is Held.NONE:
            uncertain = uncertain or any(match(t, sentence) < MATCH["near"] for t in terms if t.body_id or t.name)
        return Standing.OPEN if uncertain else Standing.OTHER
    rest = undated if amounts is Held.NONE else without
    if party is Parties.OPEN or Held.OPEN in (amounts, dated) or _leaves_open(question, rest, evidence):
        return Standing.OPEN
    by_amounts = Held.SAME in (amounts, compared)
    return Standing.SAME if by_amounts or not compares_otherwise(question.text, sentence.text) else Standing.OPEN


def _of_another_document(terms: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` speaks of another identified document than the question, perhaps of another matter."""
    return any(t.specific and re.search(r"\d[:/]\d", t.text) and contradicts(t, evidence.sentence) for t in terms)


def _names_another(question: Question, terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer) -> bool:
    """Whether ``evidence`` names another date, number, body or office where the question names one."""
    sentence = evidence.sentence
    asked = asked_terms(question, terms)
    if numbered_otherwise(question.text, sentence.text):
        return True
    about = _ABOUT_DATE.search(question.text)  # *kring den 1 april* is borne by another date
    about = about if about and about["bound"].lower() not in sentence.text.lower() else None
    if not about and any(contradicts(t, sentence) for t in terms):
        return True
    if not asks_permission(question.text) and another_named(question, asked, evidence):
        return True  # that another does it tells nothing of who may
    focus = [t for t in terms if t.focus and not t.specific]
    beside = [t for t in terms if not t.focus]
    if focus and not names_only_document(beside) and all(match(t, sentence) < MATCH["split"] for t in focus):
        return True
    if not names_what_somebody_is(question.text):
        return False
    others = [t for t in terms if other_of_its_kind(t, sentence.tokens, analyzer)]
    rest = [t for t in terms if t not in others]
    return bool(others) and bool(rest) and all(match(t, sentence) >= MATCH["head"] for t in rest if t.name or t.body_id)


def _leaves_open(question: Question, terms: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` has nothing to hold a number, a comparison or part of the focus against: it bears no yes."""
    sentence = evidence.sentence
    if any(t.specific and not t.forms & sentence.roots for t in terms):
        return True
    if any(t.focus and not t.specific and match(t, sentence) < MATCH["split"] for t in terms):
        return True
    if not sentence.leans and any(t.name and match(t, sentence) < MATCH["split"] for t in terms):
        return True  # a name that only stands near by
    if names_no_paragraph(question.text, sentence.text):
        return True
    predicate = _PREDICATE.search(question.text) if names_what_somebody_is(question.text) else None
    if predicate and any(t.text == predicate["noun"] and match(t, sentence) < MATCH["split"] for t in terms):
        return True
    told = _WITHOUT_DOING.sub(" ", question.text)
    done = [t for t in terms if t.verb and (t.particle or _tells(t.text, told))]
    done = done[:1] if asks_permission(question.text) else done  # *testa nya sätt att jobba*
    return not question.negated and any(match(t, sentence) <= NEARBY_FACTOR for t in done)


def _tells(verb: str, question: str) -> bool:
    """Whether ``verb`` says by itself what is done in ``question``, so that a sentence may not lack it."""
    if not is_main_verb(verb) or is_stage_word(verb) or only_relates(verb) or verb not in question:
        return False
    return not (asks_permission(question) and lemma(verb) in _CARRYING_OUT)


def another_named(question: Question, asked: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` tells of all that is asked, but of another body or name than the question's.

    Not where a view is asked for: that one body holds it says nothing of another.
    """
    sentence = evidence.sentence
    missing = [t for t in asked if match(t, sentence) < MATCH["head"]]
    if question.kind is not Kind.YES_NO or question.asks_position or not missing:
        return False
    if not all(sentence.bodies if t.body_id else t.name and _own_names(question, sentence) for t in missing):
        return False
    rest = [t for t in asked if t not in missing]
    total = sum(t.weight for t in rest)
    borne = sum(t.weight * match(t, sentence) for t in rest)
    return len(rest) >= MIN_TERMS_BESIDE_BODY and borne >= MIN_WEIGHT_BESIDE_BODY * total


def _own_names(question: Question, sentence: Sentence) -> bool:
    """Whether ``sentence`` has a name, not as its first word, that ``question`` has not."""
    asked = {root(t.text) for t in question.tokens}
    return any(t.text[0].isupper() and not t.has_digit and root(t.text) not in asked for t in sentence.tokens[1:])
