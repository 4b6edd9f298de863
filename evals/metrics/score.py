"""What a metric returns: a value for one case, or the reason why it cannot be judged."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from assistant.models import Answer
from corpus.models import Document
from evals.cases import Case

Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Score:
    """From 1.0 (holds) to 0.0 (does not), or None (not judged, left out of the mean); ``reason`` says why not 1.0.

    Most metrics know only 1 and 0; those of shares have values between.
    """

    value: float | None
    reason: str = ""


class Metric(Protocol):
    """Judges one answer against what its case expects."""

    def __call__(self, case: Case, answer: Answer, documents: Documents) -> Score:
        """The score of ``answer``; ``documents`` hold the stored texts that citations point into."""
        ...


HOLDS = Score(1.0)


def fails(reason: str) -> Score:
    """A score of 0 with what was expected and found."""
    return Score(0.0, reason)


def not_judged(reason: str) -> Score:
    """No score, and why."""
    return Score(None, reason)


def share(n_right: int, n: int, what: str) -> Score:
    """A score of ``n_right`` out of ``n``."""
    return HOLDS if n_right == n else Score(n_right / n, f"{n_right} of {n} {what}")
