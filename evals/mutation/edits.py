"""The ways of spoiling a right answer: each takes an answered case and gives the spoilt answer, or None."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from assistant.models import Answer, Citation, Verdict
from corpus.models import Document, Span
from evals.metrics.evidence import is_touched
from evals.metrics.score import Documents
from evals.metrics.verdict_said import WORDS
from evals.scoring import AnsweredCase

Edit = Callable[[AnsweredCase, Documents, Random], Answer | None]
_SAID = {verdict: word for word, verdict in WORDS.items()}
_OPPOSITE: dict[Verdict, Verdict] = {"yes": "no", "no": "yes", "partly": "yes"}
_NUMBER = re.compile(r"\d+")
# Where a clause ends and may be cut off: before a comma or a word that opens the next one.
_CLAUSE = re.compile(r",? (?:men|som|och|eller|så länge|medan|där|vilket|utan|om)\b|,", re.IGNORECASE)
_CLAIMS = (
    "Malmö har redan fått ett sådant undantag.",
    "Regeringen har lovat att ändra på det.",
    "Kommunen behöver inte fråga någon om lov.",
    "Det kostar 3,7 miljoner kronor om året.",
    "Beslutet gäller från den 1 mars 2031.",
)


def decisive(answered: AnsweredCase, documents: Documents) -> list[Citation]:
    """The citations that bear the answer, by the case's proofs."""
    return [c for c in answered.answer.citations if is_touched(answered.case.quotes, documents, c)]


def _with(answer: Answer, citations: Sequence[Citation]) -> Answer:
    """The answer with some of its citations in place of those with the same numbers."""
    new = {citation.number: citation for citation in citations}
    return replace(answer, citations=tuple(new.get(c.number, c) for c in answer.citations))


def _say(answer: Answer, old: str, new: str) -> Answer:
    return replace(answer, answer=answer.answer.replace(old, new, 1))


def _restate(answer: Answer, changed: Sequence[tuple[Citation, Citation]]) -> Answer:
    """Text and citations both changed, so that they still agree with each other."""
    for old, new in changed:
        answer = _say(answer, old.quote, new.quote)
    return _with(answer, [new for _, new in changed])


def _negated(text: str, rng: Random) -> str:
    """The text with an *inte* fewer, or one more between two of its words."""
    if " inte " in text:
        return text.replace(" inte ", " ", 1)
    words = text.split(" ")
    at = rng.randrange(1, len(words)) if len(words) > 1 else 1
    return " ".join([*words[:at], "inte", *words[at:]])


def flip_verdict(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """The other verdict, in the JSON and in words."""
    verdict = answered.answer.verdict
    if verdict is None:
        return None
    other = _OPPOSITE[verdict]
    return replace(_say(answered.answer, _SAID[verdict], _SAID[other]), verdict=other)


def flip_word(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """The other verdict in words alone."""
    verdict = answered.answer.verdict
    return None if verdict is None else _say(answered.answer, _SAID[verdict], _SAID[_OPPOSITE[verdict]])


def negate_text(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """What is said negated, what is cited left."""
    citation = rng.choice(answered.answer.citations)
    return _say(answered.answer, citation.quote, _negated(citation.quote, rng))


def negate_quote(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """What is said and the quote negated alike."""
    citation = rng.choice(answered.answer.citations)
    return _restate(answered.answer, [(citation, replace(citation, quote=_negated(citation.quote, rng)))])


def _one_with(pattern: re.Pattern[str], answer: Answer, rng: Random) -> Citation | None:
    """One of the citations with the pattern in their quotes."""
    able = [citation for citation in answer.citations if pattern.search(citation.quote)]
    return rng.choice(able) if able else None


def _shifted(text: str, rng: Random) -> str:
    found = rng.choice(list(_NUMBER.finditer(text)))
    return text[: found.start()] + str(int(found[0]) + rng.choice((1, 2, 10))) + text[found.end() :]


def shift_text(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """Another number in what is said."""
    citation = _one_with(_NUMBER, answered.answer, rng)
    return None if citation is None else _say(answered.answer, citation.quote, _shifted(citation.quote, rng))


def shift_quote(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """Another number in what is said and in the quote alike."""
    citation = _one_with(_NUMBER, answered.answer, rng)
    if citation is None:
        return None
    return _restate(answered.answer, [(citation, replace(citation, quote=_shifted(citation.quote, rng)))])


def shift_label(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """Another year in a label such as *Har ändrats sedan dess (från maj 2025):*."""
    text = answered.answer.answer
    years = list(re.finditer(r"\d{4}(?=\):)", text))
    if not years:
        return None
    found = rng.choice(years)
    return replace(answered.answer, answer=text[: found.start()] + str(int(found[0]) + 1) + text[found.end() :])


def swap_markers(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """Two citation numbers change places in the text."""
    numbers = [citation.number for citation in answered.answer.citations]
    if len(numbers) < 2:
        return None
    one, other = rng.sample(numbers, 2)
    swapped = {f"[{one}]": f"[{other}]", f"[{other}]": f"[{one}]"}
    text = re.sub(r"\[\d+\]", lambda marker: swapped.get(marker[0], marker[0]), answered.answer.answer)
    return replace(answered.answer, answer=text)


def _citing(citation: Citation, document: Document, span: Span) -> Citation:
    """The same citation number with another stretch of text behind it, as true as a citation can be."""
    quote, source = document.quote(span), document.source
    return replace(
        citation,
        document_id=source.document_id,
        title=source.title,
        kind=source.kind,
        publisher=source.publisher,
        date=source.date,
        start=span.start,
        end=span.end,
        quote=quote,
        context=quote,
        context_start=span.start,
    )


def _elsewhere(citation: Citation, answered: AnsweredCase, documents: Documents, rng: Random) -> Citation | None:
    """Another sentence of the same document, one that proves nothing of the case."""
    document = documents[citation.document_id]
    others = [
        _citing(citation, document, s) for s in document.sentences if not s.overlaps(Span(citation.start, citation.end))
    ]
    others = [o for o in others if not is_touched(answered.case.quotes, documents, o)]
    return rng.choice(others) if others else None


def _other_document(citation: Citation, answered: AnsweredCase, documents: Documents, rng: Random) -> Citation | None:
    """A sentence of another document that proves nothing of the case."""
    others = [d for d in documents.values() if d.source.document_id != citation.document_id and d.sentences]
    if not others:
        return None
    document = rng.choice(others)
    found = _citing(citation, document, rng.choice(document.sentences))
    return None if is_touched(answered.case.quotes, documents, found) else found


_Elsewhere = Callable[[Citation, AnsweredCase, Documents, Random], Citation | None]


def _recited(elsewhere: _Elsewhere, *, said: bool) -> Edit:
    """All citations that bear the answer replaced, with or without what the text says."""

    def edit(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
        pairs = [(c, elsewhere(c, answered, documents, rng)) for c in decisive(answered, documents)]
        changed = [(old, new) for old, new in pairs if new is not None]
        if not changed or len(changed) < len(pairs):
            return None
        return _restate(answered.answer, changed) if said else _with(answered.answer, [new for _, new in changed])

    return edit


def _cuts(citation: Citation) -> list[Span]:
    """What may be left of a quote when a clause at its end is cut off."""
    return [Span(citation.start, citation.start + found.start()) for found in _CLAUSE.finditer(citation.quote, 8)]


def cut_text(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """A clause left out of what is said, the citation left whole."""
    able = [citation for citation in answered.answer.citations if _cuts(citation)]
    if not able:
        return None
    citation = rng.choice(able)
    kept = rng.choice(_cuts(citation))
    return _say(answered.answer, citation.quote, citation.quote[: kept.end - kept.start] + ".")


def cut_quote(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """A clause that the proof needs left out of text, quote and offsets alike."""
    changed = []
    for citation in decisive(answered, documents):
        document = documents[citation.document_id]
        needed = [c for c in _cuts(citation) if not _proves(answered, documents, _citing(citation, document, c))]
        if not needed:
            return None
        changed.append((citation, _citing(citation, document, rng.choice(needed))))
    return _restate(answered.answer, changed) if changed else None


def _proves(answered: AnsweredCase, documents: Documents, citation: Citation) -> bool:
    """Whether a citation by itself holds one of the case's quotes to the end."""
    return any(
        quote.document == citation.document_id and " ".join(quote.quote.split()) in " ".join(citation.quote.split())
        for quote in answered.case.quotes
    )


def rename_document(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """Another document's name on the same quote and offsets."""
    citation = rng.choice(answered.answer.citations)
    others = sorted(documents.keys() - {citation.document_id})
    return _with(answered.answer, [replace(citation, document_id=rng.choice(others))]) if others else None


def add_claim(answered: AnsweredCase, documents: Documents, rng: Random) -> Answer | None:
    """A sentence without a source, before what is cited or after it."""
    answer, claim = answered.answer, rng.choice(_CLAIMS)
    if rng.random() < 0.5:
        return replace(answer, answer=f"{answer.answer} {claim}")
    return _say(answer, answer.citations[0].quote, f"{claim} {answer.citations[0].quote}")


EDITS: Mapping[str, Sequence[Edit]] = {
    "negate": (flip_verdict, flip_word, negate_text, negate_quote),
    "shift_number": (shift_text, shift_quote, shift_label),
    "swap_citation": (swap_markers, _recited(_elsewhere, said=False), _recited(_elsewhere, said=True)),
    "cut_clause": (cut_text, cut_quote),
    "other_document": (
        rename_document,
        _recited(_other_document, said=False),
        _recited(_other_document, said=True),
    ),
    "add_claim": (add_claim,),
}
