"""Middle step of an eval run: scores saved answers against their cases and adds the scores up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.models import Answer
from evals.cases import SPLITS, Case
from evals.metrics import (
    abstention,
    abstention_precision,
    borne_out,
    brevity,
    citation_precision,
    cited,
    dated,
    decisive,
    evidence,
    evidence_recall,
    fact_recall,
    facts,
    forbidden,
    grounded,
    length,
    numbers,
    over_refusal,
    status,
    verbatim,
    verdict,
    verdict_said,
    wrong_verdict,
)
from evals.metrics.score import HOLDS, Documents, Metric, Score, fails, not_judged
from evals.statistics import Figure, Rate, clustered_mean, rate_of

METRICS: Mapping[str, Metric] = {
    "status": status.score,
    "verdict": verdict.score,
    "wrong_verdict": wrong_verdict.score,
    "verdict_said": verdict_said.score,
    "facts": facts.score,
    "fact_recall": fact_recall.score,
    "numbers": numbers.score,
    "forbidden": forbidden.score,
    "evidence": evidence.score,
    "evidence_recall": evidence_recall.score,
    "citation_precision": citation_precision.score,
    "decisive_first": decisive.score,
    "verbatim": verbatim.score,
    "cited": cited.score,
    "grounded": grounded.score,
    "borne_out": borne_out.score,
    "dated": dated.score,
    "abstention": abstention.score,
    "abstention_precision": abstention_precision.score,
    "over_refusal": over_refusal.score,
    "brevity": brevity.score,
    "length": length.score,
}
# What a case must have to count as right; the others tell how good a right answer is.
DECIDING = (
    "status",
    "verdict",
    "verdict_said",
    "facts",
    "forbidden",
    "evidence",
    "verbatim",
    "cited",
    "grounded",
    "borne_out",
    "dated",
)
# Shares between 0 and 1 instead of yes or no: they get a mean, with an interval that is clustered by fact.
SHARES = ("fact_recall", "evidence_recall", "citation_precision")
LESS_IS_BETTER = ("wrong_verdict", "over_refusal", "crowded_lost")
OVERALL = "right"
CRITICAL = "critical_right"
BY_FACT = "right_by_fact"


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
    """The figures of a run: by metric, and the rates of right cases by kind and split.

    Beside the metrics stand ``right``, ``critical_right``, and ``right_by_fact``: the share of right cases again, with
    an interval that allows for cases about one fact being alike.
    """

    metrics: Mapping[str, Figure]
    kinds: Mapping[str, Mapping[str, Rate]]
    splits: Mapping[str, Rate]
    metrics_by_split: Mapping[str, Mapping[str, Figure]]


def score_case(answered: AnsweredCase, documents: Documents) -> Result:
    """Every metric's score of one answer, and whether the case is right."""
    scores = {name: metric(answered.case, answered.answer, documents) for name, metric in METRICS.items()}
    return Result(answered.case, answered.answer, scores, overall(answered.case, scores))


def overall(case: Case, scores: Mapping[str, Score]) -> Score:
    """1 when no deciding metric fails, 0 when one does, None when the case's own evidence cannot be looked for."""
    failed = [f"{name}: {scores[name].reason}" for name in DECIDING if scores[name].value == 0.0]
    if failed:
        return fails("; ".join(failed))
    if case.proofs and scores["evidence"].value is None:
        return not_judged(scores["evidence"].reason)
    return HOLDS


def score_all(answered: Iterable[AnsweredCase], documents: Documents) -> tuple[Result, ...]:
    """The results in the order of the answers."""
    return tuple(score_case(one, documents) for one in answered)


def total(results: Sequence[Result]) -> Totals:
    """The figures over all results; a kind or split that has no case is left out."""
    by_split = {split: [r for r in results if r.case.split == split] for split in SPLITS}
    splits: dict[str, Rate] = {split: rate_of(r.right for r in rows) for split, rows in by_split.items() if rows}
    kinds: dict[str, dict[str, Rate]] = {}
    for result in sorted(results, key=lambda r: r.case.kind):
        kind, split = result.case.kind, result.case.split
        if split not in kinds.setdefault(kind, {}):
            kinds[kind][split] = rate_of(r.right for r in by_split[split] if r.case.kind == kind)
    return Totals(_metrics(results), kinds, splits, {s: _metrics(rows) for s, rows in by_split.items() if rows})


def _metrics(results: Sequence[Result]) -> Mapping[str, Figure]:
    metrics: dict[str, Figure] = {OVERALL: rate_of(result.right for result in results)}
    metrics[CRITICAL] = rate_of(result.right for result in results if result.case.critical)
    metrics[BY_FACT] = _clustered((result.case, result.right) for result in results)
    for name in METRICS:
        judged = [(result.case, result.scores[name]) for result in results]
        metrics[name] = _clustered(judged) if name in SHARES else rate_of(score for _, score in judged)
    return metrics


def _clustered(judged: Iterable[tuple[Case, Score]]) -> Figure:
    """The mean of the scores, by the fact that a case is about; a case that names none stands alone."""
    values: dict[str, list[float]] = {}
    n_unjudged = 0
    for case, score in judged:
        if score.value is None:
            n_unjudged += 1
        else:
            values.setdefault(case.fact or case.id, []).append(score.value)
    return clustered_mean(values, n_unjudged)


def add(rates: Iterable[Rate]) -> Rate:
    """The rates taken together."""
    known = tuple(rates)
    return Rate(sum(r.n for r in known), sum(r.n_right for r in known), sum(r.n_unjudged for r in known))
