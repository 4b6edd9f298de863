"""A view of an index that holds chosen documents alone: what a reader who narrows the search is answered from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.models import Answer, Citation
from assistant.updates import overtaking_links
from corpus.embedder import Vectors
from corpus.errors import UsageError
from corpus.index import Index
from corpus.lexical import DEFAULT_BOOSTS, FieldBoosts
from corpus.models import Document, Hit, Manifest, Passage, Source, Span
from corpus.store import UpdateLink


class ScopedIndex:
    """``index`` as if it held ``documents`` alone; words are counted over the whole of it."""

    def __init__(self, index: Index, documents: frozenset[str]) -> None:
        """Raises UsageError where one of ``documents`` is not in ``index``."""
        missing = documents - {s.document_id for s in index.sources()}
        if missing:
            raise UsageError(f"{', '.join(sorted(missing))}: no such document; python -m ingest list names them")
        self._index = index
        self._documents = documents

    @property
    def manifest(self) -> Manifest:
        """What the generation says of itself."""
        return self._index.manifest

    def sources(self) -> tuple[Source, ...]:
        """The sources of the chosen documents."""
        return tuple(s for s in self._index.sources() if s.document_id in self._documents)

    def document(self, document_id: str) -> Document:
        """One document, also one beside the chosen ones."""
        return self._index.document(document_id)

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages named, in the order named."""
        return self._index.passages(passage_ids)

    def passage(self, passage_id: str) -> Passage:
        """One passage."""
        return self._index.passage(passage_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in text order."""
        return self._index.passages_of(document_id)

    def updates_of(self, document_id: str) -> list[UpdateLink]:
        """The links by which chosen documents update claims of ``document_id``."""
        return [u for u in self._index.updates_of(document_id) if u.document_id in self._documents]

    def dense(self, vector: Vectors, k: int, documents: frozenset[str] | None = None) -> list[Hit]:
        """The ``k`` passages nearest to ``vector``."""
        return self._index.dense(vector, k, self._within(documents))

    def lexical(
        self,
        terms: Mapping[str, float],
        parts: Mapping[str, float],
        k: int,
        documents: frozenset[str] | None = None,
        boosts: FieldBoosts = DEFAULT_BOOSTS,
    ) -> list[Hit]:
        """The ``k`` best passages for weighted index terms."""
        return self._index.lexical(terms, parts, k, self._within(documents), boosts)

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """For each term, the number of passages that hold it."""
        return self._index.document_frequency(terms)

    def folded(self, folded: str) -> Mapping[str, int]:
        """The corpus's spellings of ``folded``."""
        return self._index.folded(folded)

    def similar(self, folded: str) -> Mapping[str, int]:
        """The corpus's folded words that look like ``folded``."""
        return self._index.similar(folded)

    def close(self) -> None:
        """Nothing to give back: the index belongs to another."""

    def _within(self, documents: frozenset[str] | None) -> frozenset[str]:
        return self._documents if documents is None else self._documents & documents


def with_updates(answer: Answer, index: Index) -> Answer:
    """``answer`` from chosen documents, marking what a source beside them has overtaken."""
    return replace(
        answer, citations=tuple(replace(c, updated=c.updated or _overtaken(c, index)) for c in answer.citations)
    )


def _overtaken(citation: Citation, index: Index) -> bool:
    document = index.document(citation.document_id)
    return any(overtaking_links(index, document, Span(citation.start, citation.end)))
