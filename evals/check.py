"""Before any question is asked: whether the case files can be trusted; where they cannot, one line for each flaw."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from corpus.models import Document
from evals.cases import HELD_BACK, Case
from evals.metrics.facts import is_said
from evals.metrics.text import any_occurs, normalised, spans_of


def flaws(cases: Sequence[Case], documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Every flaw of the cases against the documents, as ``case ID: what is wrong; what to do``.

    Held-back cases are named by their id, and what they say is not shown. That ids are unique and cases well-formed
    has been checked when they were loaded.
    """
    return (
        *(f"case {case.id}: {flaw}" for case in cases for flaw in _flaws_of(case, documents)),
        *_straddling(cases),
        *_asked_twice(cases),
    )


def _shown(case: Case, text: str) -> str:
    return "(held back)" if case.split == HELD_BACK else f"{text!r:.120}"


def _flaws_of(case: Case, documents: Mapping[str, Document]) -> Iterator[str]:
    if not case.fact:
        yield "names no fact; give it one, the same for all wordings, as splits and intervals go by fact"
    if case.status == "answered" and not case.proofs:
        yield "is answered by nothing; name its evidence, or set its status to not_in_sources"
    if case.kind == "follow_up" and not case.history:
        yield "is a follow-up without history; add the turns before it"
    for quote in case.quotes:
        if quote.document not in documents:
            yield f"document {quote.document} is not in the corpus; mend the id"
        elif not spans_of(quote.quote, documents[quote.document].text):
            yield f"evidence is not in {quote.document}, word for word: {_shown(case, quote.quote)}; copy it from there"
    proof = "\n".join(quote.quote for quote in case.quotes)
    for phrase in case.forbidden:
        if any_occurs(phrase, proof):
            yield f"forbids what its evidence says: {_shown(case, phrase)}; mend one of the two"
    for fact in case.facts:
        if case.status == "answered" and not any(is_said(fact, _words(d)) for d in documents.values()):
            yield f"expects words that no document has: {_shown(case, fact)}; mend the wording"


def _words(document: Document) -> str:
    return f"{document.source.title} {document.source.publisher} {document.text}"


def _straddling(cases: Sequence[Case]) -> Iterator[str]:
    def by_fact(case: Case) -> str:
        return case.fact

    for fact, group in groupby(sorted((case for case in cases if case.fact), key=by_fact), by_fact):
        splits: dict[str, str] = {}
        for case in group:
            splits.setdefault(case.split, case.id)
        if len(splits) > 1:
            yield f"fact {fact} is in the splits {' and '.join(sorted(splits))}; keep all its cases in one"


def _asked_twice(cases: Sequence[Case]) -> Iterator[str]:
    seen: dict[tuple[str, tuple[str, ...]], str] = {}
    for case in cases:
        key = (normalised(case.question), tuple(normalised(turn.question) for turn in case.history))
        if key in seen:
            yield f"case {case.id}: asks what case {seen[key]} asks; drop one"
        seen.setdefault(key, case.id)
