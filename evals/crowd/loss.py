"""Behind ``python -m evals crowded``: what is lost when the same questions are asked of a crowded index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.scoring import Result
from evals.statistics import Figure, Rate, clustered_mean, rate_of


@dataclass(frozen=True, slots=True)
class Loss:
    """Right cases of the plain and of the crowded index, by kind; ``lost`` is the share that the crowd costs, −1–1.

    It is counted over what the project's own sources answer: a question that they do not answer may well have an answer
    among the other documents.
    """

    plain: Rate
    crowded: Rate
    kinds: Mapping[str, tuple[Rate, Rate]]
    lost: Figure
    broken: tuple[Result, ...]
    mended: tuple[Result, ...]


def loss(plain: Sequence[Result], crowded: Sequence[Result]) -> Loss:
    """Compares two runs of the same cases in the same order; cases that one run could not judge are left out."""
    pairs = [(a, b) for a, b in zip(plain, crowded, strict=True) if None not in (a.right.value, b.right.value)]
    by_fact: dict[str, list[float]] = {}
    for before, after in (pair for pair in pairs if pair[0].case.status == "answered"):
        values = by_fact.setdefault(before.case.fact or before.case.id, [])
        values.append((before.right.value or 0.0) - (after.right.value or 0.0))
    kinds: dict[str, tuple[Rate, Rate]] = {
        kind: (
            rate_of(a.right for a, _ in pairs if a.case.kind == kind),
            rate_of(b.right for _, b in pairs if b.case.kind == kind),
        )
        for kind in sorted({a.case.kind for a, _ in pairs})
    }
    return Loss(
        plain=rate_of(a.right for a, _ in pairs),
        crowded=rate_of(b.right for _, b in pairs),
        kinds=kinds,
        lost=clustered_mean(by_fact),
        broken=tuple(b for a, b in pairs if a.right.value == 1.0 != b.right.value),
        mended=tuple(b for a, b in pairs if a.right.value != 1.0 == b.right.value),
    )
