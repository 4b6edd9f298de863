"""Metric: whether an extractive answer says what it cites, whole, where it cites it, and nothing of its own."""

from assistant.models import Answer
from evals.cases import Case
from evals.framing import is_framing
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import statements

EXTRACTIVE = "extractive"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def flaw(answer: Answer) -> str:
    """What is said without being quoted, or quoted without being said; an empty string where nothing is."""
    quotes = {citation.number: _one_line(citation.quote) for citation in answer.citations}
    for said, numbers in statements(answer.answer):
        rest = _one_line(said)
        for number in numbers:
            quote = quotes.get(number, "")
            if not quote or quote not in rest:
                return f"[{number}] stands by words that are not its quote: {rest}"
            rest = rest.replace(quote, "\n", 1)
        if not is_framing(rest):
            return f"said without a source: {_one_line(rest)}"
    return ""


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when the text is its quotes, markers and framing words; judged for answers of the extractive answerer."""
    if answer.status != "answered" or answer.answerer != EXTRACTIVE:
        return not_judged("not answered" if answer.status != "answered" else f"written by {answer.answerer}")
    reason = flaw(answer)
    return fails(reason) if reason else HOLDS
