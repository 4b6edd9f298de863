"""What the claims of a sentence say of the claim that a question puts up: polarity, conditions, whom it is said of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.against import read_against
from assistant.borne import (
    denied_noun,
    only_by_opposites,
    opposed,
    opposed_beside,
    says_opposite_beside,
    weight_borne,
)
from assistant.clauses import Clause, find_condition, split_claims, split_clauses
from assistant.cleft import find_cleft
from assistant.denied import denies_that, reverses_condition
from assistant.evidence import Evidence, names_holder
from assistant.frame import Frame, frame_of
from assistant.modality import (
    Stage,
    asked_stage,
    asks_duty,
    asks_permission,
    asks_prohibition,
    asks_release,
    asks_view,
    asks_what_to_do,
    denies_duty,
    duty_in,
    only_proposes,
    releases,
    requires,
    says_what_is_allowed,
    sets_condition,
    sets_limit,
    speaks_of_possibility,
    stage_of,
    states_duty,
)
from assistant.parties import PartyReader
from assistant.question import Question
from assistant.rivals import Standing, standing
from assistant.scope import ended_instead, names_what_is_reached, reach_borne
from assistant.terms import Term, names_only_document
from assistant.verbs import is_main_verb
from corpus.swedish import SwedishAnalyzer

# A claim of the same sentence counts beside the best one when it bears nearly as much of the question.
BESIDE_RATIO = 0.6
SYNONYM_NAMES = 0.4
MIN_NAMING_WEIGHT = 0.3
MIN_CONDITION_MET = 0.15
MIN_WEIGHT_TOGETHER = 0.85
MOST_MISSING_BEYOND_REACH = 0.12
_CONTRASTING = frozenset(("medan", "men"))


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one claim of a sentence says of the question's claim.

    ``weight`` is the weighted share of the question's terms in it. ``condition_met_ratio`` is how much of the
    condition that it sets is named by the question, None where it sets none. ``frame`` tells whether it speaks of
    acting inside the rules or of being let out of them. ``by_other`` where it denies by naming another body or value,
    ``depends`` where it gives or refuses a permission on a condition that the question does not name,
    ``same_frame`` where question and claim are put under one frame. ``missing_ratio`` is the weighted share of what
    is asked that the sentence lacks, what it bears by its amounts left out. ``asked_to_deny`` where the question, held
    against the sentence, puts a denial up for judgement.
    """

    evidence: Evidence
    affirms: bool
    weight: float
    missing_ratio: float
    condition_met_ratio: float | None
    asked_to_deny: bool = False
    frame: Frame | None = None
    by_other: bool = False
    depends: bool = False
    same_frame: bool = False


def judge(
    question: Question,
    terms: Sequence[Term],
    evidence: Evidence,
    analyzer: SwedishAnalyzer,
    parties: PartyReader,
) -> list[Judgement]:
    """What the claims of ``evidence`` say of the claim that ``question`` puts up, the most telling first."""
    question, terms, missing = read_against(question, terms, evidence, analyzer)
    if names_only_document([t for t in terms if not t.focus]):
        return []  # that a document is named says nothing of what is asked of it
    if asks_view(question.text) and any(not names_holder(t, evidence.sentence) for t in terms):
        return []  # what another holds tells nothing
    weighed = [(weight_borne(terms, c, analyzer), c) for c in _claims(question, terms, evidence, analyzer)]
    if asked_stage(question.text) is None:  # a stage holds for what stands in its own clause
        weighed = _together(terms, weighed, analyzer)
    best = max((w for w, _ in weighed), default=0.0)
    if best == 0.0:
        return []
    stands = standing(question, terms, evidence, best, analyzer, parties)
    if stands is Standing.OTHER and question.negated:
        if not _asks_who(question.text):
            return []  # that it is said of another tells nothing of a denial
        question = replace(question, negated=False)  # *Är det X som inte får?*: who it is, is asked
    judgements = []
    for weight, claim in sorted(weighed, key=lambda item: (-item[0], item[1].start)):
        if weight < BESIDE_RATIO * best and not (weight and asks_duty(question.text)):
            break
        beside = [c for _, c in weighed if c is not claim]
        turned = _turned(question, terms, evidence, claim, beside, analyzer)
        if turned is None:
            continue
        affirms = _affirms(question, evidence, claim, turned, stands)
        other = stands is Standing.OTHER
        if affirms is False and claim.negated and not other and not denies_that(question, terms, claim, analyzer):
            continue
        if affirms is None:
            continue
        found = _judgement(question, terms, evidence, claim, affirms, stands, analyzer)
        judgements.append(replace(found, weight=weight, missing_ratio=missing))
    return judgements


def _turned(
    question: Question,
    terms: Sequence[Term],
    evidence: Evidence,
    claim: Clause,
    beside: Sequence[Clause],
    analyzer: SwedishAnalyzer,
) -> bool | None:
    """Whether ``claim`` says the opposite of what is asked; None where the sentence says it of something else."""
    sentence = evidence.sentence
    turned = opposed(terms, claim, analyzer, beside) or opposed_beside(terms, split_clauses(sentence.text), analyzer)
    elsewhere = [] if turned else only_by_opposites(terms, sentence.tokens, analyzer)
    turned = turned or says_opposite_beside(elsewhere, terms, beside, analyzer)
    turned = turned != denied_noun(terms, claim, analyzer)
    turned = turned or reverses_condition(question, terms, sentence.text, analyzer)
    return None if elsewhere and not turned and not claim.negated else turned


def _judgement(
    question: Question,
    terms: Sequence[Term],
    evidence: Evidence,
    claim: Clause,
    affirms: bool,
    stands: Standing,
    analyzer: SwedishAnalyzer,
) -> Judgement:
    """What ``claim`` says, with its conditions; ``affirms`` tells of the question's claim without its denial."""
    said = evidence.sentence.text[claim.start : claim.end]
    frame, met = frame_of(said), _condition_met(said, terms, analyzer)
    other = stands is Standing.OTHER
    return Judgement(
        evidence,
        affirms != (question.negated and not asks_release(question.text)),
        weight=0.0,
        missing_ratio=0.0,
        condition_met_ratio=met,
        asked_to_deny=question.negated,
        frame=frame,
        by_other=other,
        depends=not other and (met or 0.0) < MIN_CONDITION_MET and _leaves_condition(question.text, said),
        same_frame=frame is not None and frame is frame_of(question.text),
    )


def _asks_who(question: str) -> bool:
    cleft = find_cleft(question)
    return cleft is not None and " att " not in cleft.focus


def _affirms(question: Question, evidence: Evidence, claim: Clause, turned: bool, stands: Standing) -> bool | None:
    """Whether ``claim`` says what is asked, ``turned`` by an opposite; None where it does not tell."""
    text = evidence.sentence.text
    denied = claim.negated or (question.negated and ended_instead(question.text, text))
    holds = denied == turned and stands is not Standing.OTHER
    reach = reach_borne(question.text, text)
    if holds and reach is False and not asks_release(question.text):
        near = evidence.missing_ratio <= MOST_MISSING_BEYOND_REACH or names_what_is_reached(question.text, text)
        return False if near else None
    if holds and stands is Standing.OPEN:
        return None
    said = text[claim.start : claim.end]
    return _in_mode(question.text, text, said, holds, within_reach=reach is not None, denied=claim.negated)


def _together(
    terms: Sequence[Term], weighed: Sequence[tuple[float, Clause]], analyzer: SwedishAnalyzer
) -> list[tuple[float, Clause]]:
    """The claims as one where none of them denies anything and they bear nearly all of ``terms`` only together."""
    claims = sorted((c for _, c in weighed), key=lambda c: c.start)
    contrasted = any(c.tokens[0].text.lower() in _CONTRASTING for c in claims[1:])
    if (
        len(claims) == 1
        or contrasted
        or any(c.negated for c in claims)
        or max(w for w, _ in weighed) >= MIN_WEIGHT_TOGETHER
    ):
        return list(weighed)
    whole = Clause(claims[0].start, claims[-1].end, False, tuple(t for c in claims for t in c.tokens))
    weight = weight_borne(terms, whole, analyzer)
    return [(weight, whole)] if weight >= MIN_WEIGHT_TOGETHER else list(weighed)


def _leaves_condition(question: str, claim: str) -> bool:
    """Whether ``claim`` answers for a condition that ``question``, which asks for a permission, says nothing of."""
    return asks_permission(question) and sets_condition(claim) and not re.search(r"\butan\b", question)


def _claims(
    question: Question, terms: Sequence[Term], evidence: Evidence, analyzer: SwedishAnalyzer
) -> Sequence[Clause]:
    """The claims of ``evidence`` that are judged: those with the verb of the question, where any has it."""
    claims = split_claims(evidence.sentence.text)
    verb = next((t for t in terms if t.verb and is_main_verb(t.text)), None)
    verb = None if asks_duty(question.text) else verb  # what must be done is said by other words
    saying = [c for c in claims if verb and weight_borne([verb], c, analyzer) > 0]
    return saying if saying and len(split_clauses(question.text)) == 1 else claims


def _in_mode(question: str, sentence: str, claim: str, holds: bool, within_reach: bool, denied: bool) -> bool | None:
    """``holds`` in the mode that the question asks in: a possibility is no duty, a proposal is not in force.

    ``within_reach`` where the sentence tells of as much as the question claims (*alla*, *bara*), ``denied`` where the
    claim denies.
    """
    if asks_release(question):
        if not holds or releases(claim):
            return True
        return False if duty_in(claim) else None
    if asks_duty(question):
        if holds and sets_limit(claim) and frame_of(question) is Frame.INSIDE:
            return True  # what is free only *as long as it keeps inside the rules* must keep inside them
        if requires(sentence, question):
            return True  # what is given to nobody *without a reason* takes a reason
        duty = duty_in(claim)
        if duty and denied and not denies_duty(claim):
            return None  # that it is not there tells nothing of what must be done
        if duty is None and asks_what_to_do(question):
            return holds
        return None if duty is None else duty and holds
    if holds and not within_reach and asked_stage(question) is None:
        return None
    if asks_prohibition(question) and not holds and not says_what_is_allowed(claim):
        return None  # that something is not done does not forbid it
    told = sentence if denied else _undenied(sentence)
    to_be = states_duty(claim) and not only_proposes(sentence)
    if asks_permission(question) and holds and not (speaks_of_possibility(told) or to_be):
        return None
    asked, found = asked_stage(question), stage_of(sentence)
    if asked is not None and found is not None:
        return holds and (found >= asked if asked >= Stage.DECIDED else found <= asked)
    return holds


def _undenied(sentence: str) -> str:
    """``sentence`` without the clauses that deny: what is not possible there is not said to be possible."""
    return " ".join(sentence[c.start : c.end] for c in split_clauses(sentence) if not c.negated)


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
