"""Metric: whether the words of an answer say the verdict that its JSON has."""

from assistant.models import Answer, Verdict
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged

WORDS: dict[str, Verdict] = {"Ja.": "yes", "Nej.": "no", "Delvis.": "partly"}


def said(text: str) -> Verdict | None:
    """The verdict that opens the first paragraph of those that open with one, or None."""
    openings = (paragraph.split(maxsplit=1)[0] for paragraph in text.split("\n") if paragraph.strip())
    return next((WORDS[opening] for opening in openings if opening in WORDS), None)


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when text and JSON agree; judged where either has a verdict."""
    found = said(answer.answer)
    if found is None and answer.verdict is None:
        return not_judged("no verdict")
    if found == answer.verdict:
        return HOLDS
    return fails(f"the text says {found or 'none'}, the verdict is {answer.verdict or 'none'}")
