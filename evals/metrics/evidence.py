"""Metric: whether the passages that prove the answer are cited, whole."""

from collections.abc import Iterable, Sequence

from assistant.models import Answer, Citation
from corpus.models import Document, Span
from evals.cases import Case, Proof, Quote
from evals.metrics.score import HOLDS, Documents, Score, fails, not_judged
from evals.metrics.text import spans_of


def is_whole(span: Span, document: Document, citations: Iterable[Citation]) -> bool:
    """Whether the citations of ``document`` together hold every character of ``span`` but white space."""
    cited = [c for c in citations if c.document_id == document.source.document_id]
    return all(
        document.text[at].isspace() or any(c.start <= at < c.end for c in cited) for at in range(span.start, span.end)
    )


def is_cited(quote: Quote, documents: Documents, citations: Sequence[Citation]) -> bool:
    """Whether the quote, at one of its places, stands whole in the citations."""
    document = documents[quote.document]
    return any(is_whole(span, document, citations) for span in spans_of(quote.quote, document.text))


def is_touched(quotes: Iterable[Quote], documents: Documents, citation: Citation) -> bool:
    """Whether a citation overlaps one of the quotes."""
    here = Span(citation.start, citation.end)
    return any(
        quote.document == citation.document_id
        and any(here.overlaps(there) for there in spans_of(quote.quote, documents[quote.document].text))
        for quote in quotes
    )


def unfounded(case: Case, documents: Documents) -> str:
    """Why the case's proofs cannot be looked for, or an empty string."""
    absent = next((quote.document for quote in case.quotes if quote.document not in documents), None)
    if absent is not None:
        return f"document {absent} is not in the index"
    lost = next((q for q in case.quotes if not spans_of(q.quote, documents[q.document].text)), None)
    return "" if lost is None else f"evidence is not in the text of {lost.document}: {lost.quote}"


def missed(proof: Proof, answer: Answer, documents: Documents) -> list[str]:
    """The first quote of each group of the proof of which nothing is cited."""
    return [
        group[0].quote for group in proof if not any(is_cited(quote, documents, answer.citations) for quote in group)
    ]


def score(case: Case, answer: Answer, documents: Documents) -> Score:
    """1 when one proof is cited whole; not judged without evidence, or where it is not in the stored text."""
    if not case.proofs:
        return not_judged("no evidence expected")
    if reason := unfounded(case, documents):
        return not_judged(reason)
    lacking = [missed(proof, answer, documents) for proof in case.proofs]
    nearest = min(lacking, key=len)
    return fails("not cited: " + "; ".join(nearest)) if nearest else HOLDS
