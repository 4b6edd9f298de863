"""Metric: whether an answer is short enough to be read while talking to somebody."""

from assistant.models import Answer
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import without_markers

MAX_WORDS = 120  # half a minute of reading aloud, twice; three sentences of the longest that the documents hold


def n_words(answer: Answer) -> int:
    """The words of the answer's text, without its citation markers."""
    return len(without_markers(answer.answer).split())


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 at ``MAX_WORDS`` or fewer; judged for answers to anything but questions for a list."""
    if answer.status != "answered":
        return not_judged("not answered")
    if case.kind == "list":
        return not_judged("a list may have more")
    words = n_words(answer)
    return fails(f"{words} words, at most {MAX_WORDS}") if words > MAX_WORDS else HOLDS
