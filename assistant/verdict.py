"""From evidence to yes, no or partly: polarity of the claims that bear the question's terms, and their conditions."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.clauses import Clause, find_condition, split_claims
from assistant.comparable import contradicts
from assistant.evidence import MATCH, Evidence, match
from assistant.modality import Stage, asked_stage, asks_duty, duty_in, not_only, only_this, stage_of
from assistant.models import Verdict
from assistant.question import Question
from assistant.terms import Term
from corpus.swedish import SwedishAnalyzer

# A claim of the same sentence counts beside the best one when it bears nearly as much of the question.
BESIDE_RATIO = 0.7
MIN_DENIAL_WEIGHT = 0.6
MOST_MISSING_FOR_YES = 0.25


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one claim of a sentence says of the question's claim.

    ``weight`` is the weighted share of the question's terms in it; ``conditional`` where it sets a condition that
    the question leaves open.
    """

    evidence: Evidence
    affirms: bool
    weight: float
    conditional: bool


def judge(question: Question, terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer) -> list[Judgement]:
    """What the claims of ``evidence`` say of the claim that ``question`` puts up, the most telling first."""
    text = evidence.sentence.text
    weighed = [(_weight(terms, c, analyzer), c) for c in split_claims(text)]
    best = max((w for w, _ in weighed), default=0.0)
    if best == 0.0:
        return []
    asked = frozenset(analyzer.terms(question.text))
    wrong = any(contradicts(t, evidence.sentence) for t in terms) or any(
        t.focus and not t.specific and match(t, evidence.sentence) < MATCH["head"] for t in terms
    )
    opposed = any(t.antonyms & evidence.sentence.roots and not t.forms & evidence.sentence.roots for t in terms)
    judgements = []
    for weight, claim in sorted(weighed, key=lambda item: (-item[0], item[1].start)):
        if weight < BESIDE_RATIO * best:
            break
        holds = claim.negated == opposed and not wrong
        affirms = _in_mode(question.text, text, holds)
        if affirms is None:
            continue
        affirms = affirms != question.negated
        conditional = _open_condition(text[claim.start : claim.end], asked, analyzer)
        judgements.append(Judgement(evidence, affirms, weight, conditional))
    return judgements


def _in_mode(question: str, sentence: str, holds: bool) -> bool | None:
    """``holds`` in the mode that the question asks in: a possibility is no duty, a proposal is not in force."""
    if asks_duty(question):
        duty = duty_in(sentence)
        return None if duty is None else duty and holds
    if asked_stage(question) is None and only_this(question) and not_only(sentence):
        return False
    asked, found = asked_stage(question), stage_of(sentence)
    if asked is not None and found is not None:
        return found >= asked if asked >= Stage.DECIDED else found <= asked
    return holds


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
    return found / total


def _open_condition(text: str, asked: frozenset[str], analyzer: SwedishAnalyzer) -> bool:
    """Whether ``text`` limits its claim by a condition of which the question says nothing."""
    condition = find_condition(text)
    if not condition:
        return False
    limits = frozenset(analyzer.terms(text[condition.start() :]))
    return not asked & limits


def conclude(judgements: Sequence[Judgement]) -> Verdict | None:
    """The verdict of ``judgements``, the most telling first; None where there are none.

    Opposite judgements of which one is conditional make *partly*; else the most telling decides. A yes is given only
    where the sentence bears all of the question that matters: a wrong yes is the worst of errors.
    """
    if not judgements:
        return None
    first = judgements[0]
    opposed = [j for j in judgements[1:] if j.affirms != first.affirms]
    if any(j.conditional or first.conditional for j in opposed):
        return "partly"
    if first.affirms and first.evidence.missing_ratio > MOST_MISSING_FOR_YES:
        return None
    return "yes" if first.affirms else "no"
