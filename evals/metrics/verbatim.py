"""Metric: whether every quote is the stored text at its offsets, character for character."""

from assistant.models import Answer, Citation
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged


def flaw(citation: Citation, documents: Documents) -> str:
    """What is wrong with a citation's quote or context, or an empty string."""
    document = documents.get(citation.document_id)
    if document is None:
        return f"[{citation.number}] cites {citation.document_id}, which is not in the index"
    stored = document.text[citation.start : citation.end]
    if not stored or stored != citation.quote:
        return f"[{citation.number}] quotes {citation.quote!r}, the text has {stored!r}"
    end = citation.context_start + len(citation.context)
    if document.text[citation.context_start : end] != citation.context:
        return f"[{citation.number}] has a context that is not the text at {citation.context_start}"
    return ""


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when all quotes hold, those of the nearest passages too; not judged where nothing is quoted."""
    quoted = (*answer.citations, *answer.nearest)
    if not quoted:
        return not_judged("nothing quoted")
    flaws = [text for text in (flaw(citation, documents) for citation in quoted) if text]
    return fails("; ".join(flaws)) if flaws else HOLDS
