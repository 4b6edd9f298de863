"""Before the model: which stretches of which documents it is given, and which sentences in them bear the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.chat.prompt import tokens
from assistant.chat.verify import Source, is_at
from assistant.compose import Statement
from assistant.extract import Extraction
from corpus.index import Index
from corpus.models import Document, Span

MOST_SOURCES = 8
MOST_BESIDE = 3


@dataclass(frozen=True, slots=True)
class Material:
    """What the model is given: its sources, and by token the spans that bear the answer."""

    sources: tuple[Source, ...]
    bearing: Mapping[str, tuple[Span, ...]]


def undated(extraction: Extraction) -> tuple[Statement, ...]:
    """The statements that answer by themselves, without those that tell what held before or holds since."""
    return tuple(s for s in extraction.statements if not (s.relation or s.past))


def material(extraction: Extraction, index: Index, most_chars: int, token: Callable[[], str]) -> Material:
    """The passages of the statements that answer, then some of those ranked next, as far as they fit.

    A statement's own passage always fits; ``token`` makes a name for a source.
    """
    bearing = undated(extraction)
    stretches: list[tuple[Document, Span]] = []
    for statement in bearing:
        _add(stretches, statement.document, _passage(index, statement.document, statement.span))
    n_bearing = len(stretches)
    for evidence in extraction.ranked:
        sentence = evidence.sentence
        if len(stretches) >= min(MOST_SOURCES, n_bearing + MOST_BESIDE):
            break
        stretch = _passage(index, sentence.document, sentence.span)
        n_chars = sum(s.end - s.start for _, s in stretches) + stretch.end - stretch.start
        if n_chars <= most_chars:
            _add(stretches, sentence.document, stretch)
    names = tokens(len(stretches), token)
    sources = tuple(Source(name, document, span) for name, (document, span) in zip(names, stretches, strict=True))
    return Material(sources, {s.token: _within(s, bearing) for s in sources})


def _within(source: Source, bearing: Sequence[Statement]) -> tuple[Span, ...]:
    return tuple(b.span for b in bearing if is_at(b, source.document, source.span))


def _passage(index: Index, document: Document, span: Span) -> Span:
    """``span`` with the passages that it stands in."""
    spans = [p.span for p in index.passages_of(document.source.document_id) if p.span.overlaps(span)]
    return Span(min([span.start, *(s.start for s in spans)]), max([span.end, *(s.end for s in spans)]))


def _add(stretches: list[tuple[Document, Span]], document: Document, span: Span) -> None:
    """Add a stretch, made one with one of the same document that it overlaps."""
    for place, (other, stretch) in enumerate(stretches):
        if other.source.document_id == document.source.document_id and stretch.overlaps(span):
            stretches[place] = (document, Span(min(stretch.start, span.start), max(stretch.end, span.end)))
            return
    stretches.append((document, span))
