"""Metric: whether the passages that prove the answer are cited."""

from collections.abc import Sequence

from assistant.models import Answer, Citation
from corpus.models import Span
from evals.cases import Case
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import spans_of


def is_cited(group: Sequence[str], text: str, document_id: str, citations: Sequence[Citation]) -> bool:
    """Whether a citation of the document overlaps one of the group's quotes."""
    wanted = [span for quote in group for span in spans_of(quote, text)]
    cited = [Span(c.start, c.end) for c in citations if c.document_id == document_id]
    return any(here.overlaps(there) for here in cited for there in wanted)


def unfounded(case: Case, documents: Documents) -> str:
    """Why the case's evidence cannot be looked for, or an empty string."""
    if case.document not in documents:
        return f"document {case.document} is not in the index"
    text = documents[case.document].text
    lost = next((q for group in case.evidence for q in group if not spans_of(q, text)), None)
    return "" if lost is None else f"evidence is not in the text of {case.document}: {lost}"


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when one quote of every group is cited; not judged without evidence, or where it is not in the stored text."""
    if not case.evidence:
        return not_judged("no evidence expected")
    if reason := unfounded(case, documents):
        return not_judged(reason)
    text = documents[case.document].text
    missed = [group for group in case.evidence if not is_cited(group, text, case.document, answer.citations)]
    return fails("not cited: " + "; ".join(group[0] for group in missed)) if missed else HOLDS
