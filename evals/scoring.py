"""Middle step of an eval run: scores saved answers against their cases and adds the scores up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.models import Answer
from evals.cases import SPLITS, Case
from evals.metrics import (
    abstention,
    brevity,
    cited,
    decisive,
    evidence,
    facts,
    forbidden,
    status,
    verbatim,
    verdict,
)
from evals.metrics.score import HOLDS, Documents, Metric, Score, fails, not_judged
from evals.statistics import Rate, rate_of

METRICS: Mapping[str, Metric] = {
    "status": status.score,
    "verdict": verdict.score,
    "facts": facts.score,
    "forbidden": forbidden.score,
    "evidence": evidence.score,
    "verbatim": verbatim.score,
    "abstention": abstention.score,
    "cited": cited.score,
    "decisive_first": decisive.score,
    "brevity": brevity.score,
}
# What a case must have to count as right; the others tell how good a right answer is.
DECIDING = ("status", "verdict", "facts", "forbidden", "evidence", "verbatim")
OVERALL = "right"
CRITICAL = "critical_right"


@dataclass(frozen=True, slots=True)
class AnsweredCase:
    """A case and what the assistant said to it."""

    case: Case
    answer: Answer


@dataclass(frozen=True, slots=True)
class Result:
    """An answered case with a score for each metric and the overall one."""

    case: Case
    answer: Answer
    scores: Mapping[str, Score]
    right: Score


@dataclass(frozen=True, slots=True)
class Totals:
    """The rates of a run: by metric (with ``right`` and ``critical_right``), and of right cases by kind and split."""

    metrics: Mapping[str, Rate]
    kinds: Mapping[str, Mapping[str, Rate]]
    splits: Mapping[str, Rate]


def score_case(answered: AnsweredCase, documents: Documents) -> Result:
    """Every metric's score of one answer, and whether the case is right."""
    scores = {name: metric(answered.case, answered.answer, documents) for name, metric in METRICS.items()}
    return Result(answered.case, answered.answer, scores, overall(answered.case, scores))


def overall(case: Case, scores: Mapping[str, Score]) -> Score:
    """1 when no deciding metric fails, 0 when one does, None when the case's own evidence cannot be looked for."""
    failed = [f"{name}: {scores[name].reason}" for name in DECIDING if scores[name].value == 0.0]
    if failed:
        return fails("; ".join(failed))
    if case.evidence and scores["evidence"].value is None:
        return not_judged(scores["evidence"].reason)
    return HOLDS


def score_all(answered: Iterable[AnsweredCase], documents: Documents) -> tuple[Result, ...]:
    """The results in the order of the answers."""
    return tuple(score_case(one, documents) for one in answered)


def total(results: Sequence[Result]) -> Totals:
    """The rates over all results; a kind or split that has no case is left out."""
    metrics = {OVERALL: rate_of(result.right for result in results)}
    metrics[CRITICAL] = rate_of(result.right for result in results if result.case.critical)
    for name in METRICS:
        metrics[name] = rate_of(result.scores[name] for result in results)
    by_split = {split: [r for r in results if r.case.split == split] for split in SPLITS}
    splits: dict[str, Rate] = {split: rate_of(r.right for r in rows) for split, rows in by_split.items() if rows}
    kinds: dict[str, dict[str, Rate]] = {}
    for result in sorted(results, key=lambda r: r.case.kind):
        kind, split = result.case.kind, result.case.split
        if split not in kinds.setdefault(kind, {}):
            kinds[kind][split] = rate_of(r.right for r in by_split[split] if r.case.kind == kind)
    return Totals(metrics, kinds, splits)


def add(rates: Iterable[Rate]) -> Rate:
    """The rates taken together."""
    known = tuple(rates)
    return Rate(sum(r.n for r in known), sum(r.n_right for r in known), sum(r.n_unjudged for r in known))
