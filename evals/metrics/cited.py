"""Metric: whether an answer has citations, and its markers ``[n]`` and its citations point to each other."""

import re

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged

_MARKER = re.compile(r"\[(\d+)\]")


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the markers are exactly the citations' numbers and there is one at least; judged for answers only."""
    if answer.status != "answered":
        return not_judged("not answered")
    markers = {int(number) for number in _MARKER.findall(answer.answer)}
    numbers = {citation.number for citation in answer.citations}
    if not numbers:
        return fails("no citations")
    if markers != numbers:
        return fails(f"the answer points to {sorted(markers)}, the citations are {sorted(numbers)}")
    return HOLDS
