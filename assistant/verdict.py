"""From evidence to yes, no or partly: polarity of the claims that bear the question's terms, and their conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clauses import Clause, find_condition, split_claims
from assistant.comparable import contradicts
from assistant.evidence import MATCH, Evidence, match
from assistant.frame import Frame, frame_of
from assistant.kind import Kind
from assistant.modality import (
    Stage,
    asked_stage,
    asks_duty,
    asks_permission,
    compares_otherwise,
    duty_in,
    not_only,
    only_this,
    speaks_of_possibility,
    stage_of,
)
from assistant.models import Verdict
from assistant.question import Question
from assistant.terms import Term, asked_terms
from corpus.swedish import SwedishAnalyzer

# A claim of the same sentence counts beside the best one when it bears nearly as much of the question.
BESIDE_RATIO = 0.6
SYNONYM_NAMES = 0.4
MIN_NAMING_WEIGHT = 0.3
MIN_CONDITION_MET = 0.15
CONDITION_MARGIN = 0.05
MIN_DENIAL_WEIGHT = 0.6
MIN_WEIGHT_BESIDE_BODY = 0.85
MIN_TERMS_BESIDE_BODY = 2
MOST_MISSING_FOR_YES = 0.3
MIN_WEIGHT_FOR_YES = 0.45


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one claim of a sentence says of the question's claim.

    ``weight`` is the weighted share of the question's terms in it. ``condition_met_ratio`` is how much of the
    condition that it sets is named by the question, None where it sets none. ``frame`` tells whether it speaks of
    acting inside the rules or of being let out of them.
    """

    evidence: Evidence
    affirms: bool
    weight: float
    condition_met_ratio: float | None
    frame: Frame | None = None


def judge(question: Question, terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer) -> list[Judgement]:
    """What the claims of ``evidence`` say of the claim that ``question`` puts up, the most telling first."""
    text = evidence.sentence.text
    weighed = [(_weight(terms, c, analyzer), c) for c in split_claims(text)]
    best = max((w for w, _ in weighed), default=0.0)
    if best == 0.0:
        return []
    wrong = any(contradicts(t, evidence.sentence) for t in terms) or any(
        t.focus and not t.specific and match(t, evidence.sentence) < MATCH["split"] for t in terms
    )
    wrong = wrong or another_body(question, asked_terms(question, terms), evidence)
    # A number or date of the question that the sentence has nothing to hold against is neither borne out nor denied.
    unborne = any(t.specific and not t.forms & evidence.sentence.roots for t in terms)
    opposed = any(t.antonyms & evidence.sentence.roots and not t.forms & evidence.sentence.roots for t in terms)
    judgements = []
    for weight, claim in sorted(weighed, key=lambda item: (-item[0], item[1].start)):
        if weight < BESIDE_RATIO * best and not (weight and asks_duty(question.text)):
            break
        holds = claim.negated == opposed and not wrong
        if holds and (unborne or compares_otherwise(question.text, text)):
            continue
        affirms = _in_mode(question.text, text, text[claim.start : claim.end], holds)
        if affirms is None:
            continue
        affirms = affirms != question.negated
        said = text[claim.start : claim.end]
        met = _condition_met(said, terms, analyzer)
        judgements.append(Judgement(evidence, affirms, weight, met, frame_of(said)))
    return judgements


def _in_mode(question: str, sentence: str, claim: str, holds: bool) -> bool | None:
    """``holds`` in the mode that the question asks in: a possibility is no duty, a proposal is not in force."""
    if asks_duty(question):
        duty = duty_in(claim)
        return None if duty is None else duty and holds
    if asked_stage(question) is None and only_this(question) and not_only(sentence):
        return False
    if asks_permission(question) and holds and not speaks_of_possibility(sentence):
        return None
    asked, found = asked_stage(question), stage_of(sentence)
    if asked is not None and found is not None:
        return found >= asked if asked >= Stage.DECIDED else found <= asked
    return holds


def another_body(question: Question, asked: Sequence[Term], evidence: Evidence) -> bool:
    """Whether ``evidence`` tells of all that is asked, but of another body than the question names.

    Not where a view is asked for: that one body holds it says nothing of another.
    """
    sentence = evidence.sentence
    missing = [t for t in asked if match(t, sentence) < MATCH["head"]]
    if question.kind is not Kind.YES_NO or question.asks_position or not missing or not sentence.bodies:
        return False
    rest = [t for t in asked if t not in missing]
    total = sum(t.weight for t in rest)
    borne = sum(t.weight * match(t, sentence) for t in rest)
    enough = len(rest) >= MIN_TERMS_BESIDE_BODY and borne >= MIN_WEIGHT_BESIDE_BODY * total
    return all(t.body_id for t in missing) and enough


def denies(terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer) -> bool:
    """Whether a negated claim of ``evidence`` bears most of ``terms``: it denies what a question takes for granted."""
    claims = split_claims(evidence.sentence.text)
    return any(c.negated and _weight(terms, c, analyzer) >= MIN_DENIAL_WEIGHT for c in claims)


def _weight(terms: Sequence[Term], claim: Clause, analyzer: SwedishAnalyzer) -> float:
    roots = frozenset(r for t in claim.tokens for r in analyzer.token_terms(t))
    parts = frozenset(p for t in claim.tokens for p in analyzer.token_parts(t))
    total = sum(t.weight for t in terms) or 1.0
    found = 0.0
    for term in terms:
        if term.forms & roots:
            found += term.weight
        elif term.forms & parts or (term.synonyms | term.antonyms) & (roots | parts):
            found += term.weight * MATCH["synonym"]
        elif term.parts and set(term.parts) <= roots | parts:
            found += term.weight * MATCH["split"]
        elif term.near & roots:
            found += term.weight * MATCH["near"]
    return found / total


def _condition_met(text: str, terms: Sequence[Term], analyzer: SwedishAnalyzer) -> float | None:
    """How much of the condition that ``text`` sets is named by ``terms``, 0 to 1; None where it sets none."""
    condition = find_condition(text)
    if not condition:
        return None
    limits = frozenset(analyzer.terms(text[condition.start() :]))
    named = sum(
        1.0 if limit in t.forms else SYNONYM_NAMES if limit in t.synonyms | t.near else 0.0
        for limit in limits
        for t in terms
        if not t.body_id and t.weight >= MIN_NAMING_WEIGHT
    )
    return min(1.0, named / len(limits)) if limits else None


def in_frame(question: Question, judgements: Sequence[Judgement]) -> list[Judgement]:
    """``judgements`` without those under another condition than the question's."""
    asked = frame_of(question.text)
    if asked is None:
        return list(judgements)
    same = [j for j in judgements if j.frame is asked]
    return same or [j for j in judgements if j.frame is None]


def conclude(judgements: Sequence[Judgement], negated: bool = False) -> Verdict | None:
    """The verdict of ``judgements``, the most telling first; None where there are none.

    Where a condition is named by the question, what is said under it decides. Else opposite judgements of which one
    is conditional make *partly*, and otherwise the most telling decides. A yes is given only where the sentence bears
    all of the question that matters: a wrong yes is the worst of errors. A yes to a ``negated`` question is a denial.
    """
    if not judgements:
        return None
    met = max((j.condition_met_ratio or 0.0 for j in judgements), default=0.0)
    if met >= MIN_CONDITION_MET:
        judgements = [j for j in judgements if (j.condition_met_ratio or 0.0) >= met - CONDITION_MARGIN]
    first = judgements[0]
    opposed = [j for j in judgements[1:] if j.affirms != first.affirms]
    if any(j.condition_met_ratio is not None or first.condition_met_ratio is not None for j in opposed):
        return "partly"
    missing = first.evidence.missing_ratio > MOST_MISSING_FOR_YES or first.weight < MIN_WEIGHT_FOR_YES
    if first.affirms and missing and not negated:
        return None
    return "yes" if first.affirms else "no"
