"""Used by an eval run: what a chat model claimed, how much of it was borne out, and what it cost."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from assistant.models import Wording
from evals.scoring import AnsweredCase


@dataclass(frozen=True, slots=True)
class WordingFigures:
    """Over the ``n_asked`` answers that a chat model was asked to word; shares are None where nothing was claimed.

    ``n_stood_in`` are those for which the extractive answer stood in; times are of the model alone.
    """

    model: str
    n_answers: int
    n_asked: int
    n_stood_in: int
    n_claims: int
    claims_per_answer: float | None
    verified_ratio: float | None
    dropped_ratio: float | None
    dropped: Mapping[str, int]
    n_calls: int
    n_tokens_read: int
    n_tokens_written: int
    estimated: bool
    cost: float
    median_ms: float | None
    p95_ms: float | None


def wording_figures(answered: Iterable[AnsweredCase]) -> WordingFigures | None:
    """The figures of a run, None where no model was asked."""
    answers = [one.answer for one in answered]
    asked = [(a, a.wording) for a in answers if a.wording is not None]
    if not asked:
        return None
    told = [wording for _, wording in asked]
    n_claims = sum(w.n_statements for w in told)
    dropped: Counter[str] = Counter()
    for wording in told:
        dropped.update(wording.n_dropped)
    n_dropped = sum(dropped.values())
    times = _times(told)
    return WordingFigures(
        model=told[0].model,
        n_answers=len(answers),
        n_asked=len(asked),
        n_stood_in=sum(bool(a.note) for a, _ in asked),
        n_claims=n_claims,
        claims_per_answer=n_claims / len(asked),
        verified_ratio=(n_claims - n_dropped) / n_claims if n_claims else None,
        dropped_ratio=n_dropped / n_claims if n_claims else None,
        dropped=dict(dropped.most_common()),
        n_calls=sum(w.n_calls for w in told),
        n_tokens_read=sum(w.n_tokens_read for w in told),
        n_tokens_written=sum(w.n_tokens_written for w in told),
        estimated=any(w.estimated for w in told),
        cost=sum(w.cost for w in told),
        median_ms=times[0],
        p95_ms=times[1],
    )


def _times(told: Sequence[Wording]) -> tuple[float, float]:
    spent = [w.elapsed_ms for w in told]
    if len(spent) < 2:
        return spent[0], spent[0]
    cuts = quantiles(spent, n=20, method="inclusive")
    return cuts[9], cuts[18]


def wording_lines(figures: WordingFigures) -> list[str]:
    """The figures as lines for the terminal."""
    share = "–" if figures.verified_ratio is None else f"{figures.verified_ratio:.1%}"
    lost = "–" if figures.dropped_ratio is None else f"{figures.dropped_ratio:.1%}"
    reasons = ", ".join(f"{name} {n}" for name, n in figures.dropped.items()) or "none"
    tokens = "tokens, estimated" if figures.estimated else "tokens"
    return [
        f"Worded by {figures.model}: {figures.n_asked - figures.n_stood_in} of {figures.n_asked} answers "
        f"({figures.n_answers} questions); for {figures.n_stood_in} the extractive answer stands in",
        f"Statements: {figures.n_claims}, {figures.claims_per_answer:.2f} an answer; verified {share}, "
        f"dropped {lost} ({reasons})",
        f"Calls: {figures.n_calls}; {figures.n_tokens_read} + {figures.n_tokens_written} {tokens}; cost "
        f"{figures.cost:.4f}; {figures.median_ms:.0f} ms at the median, {figures.p95_ms:.0f} at the 95th percentile",
    ]
