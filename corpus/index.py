"""The read side of a published generation: one protocol for all above, and the local engine that stands behind it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from corpus.embedder import Vectors
from corpus.exact import MOST_DOCUMENTS, MOST_PASSAGES, ExactSearch
from corpus.lexical import DEFAULT_BOOSTS, FieldBoosts, LexicalIndex
from corpus.manifest import check_sizes, read_manifest
from corpus.models import Document, Hit, Manifest, Passage, Source
from corpus.store import Store, UpdateLink

CACHED_DOCUMENTS = 256
CACHED_NARROWINGS = 16


class Index(Protocol):
    """What can be asked of a published generation; safe to share between threads, closed by its owner."""

    @property
    def manifest(self) -> Manifest:
        """What the generation says of itself."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """The sources of all documents, primary ones first, then by id."""
        ...

    def document(self, document_id: str) -> Document:
        """One document, text and spans; UsageError if there is none."""
        ...

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages named, in the order named; UsageError if one does not exist."""
        ...

    def passage(self, passage_id: str) -> Passage:
        """One passage; UsageError if it does not exist."""
        ...

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in text order."""
        ...

    def updates_of(self, document_id: str) -> list[UpdateLink]:
        """The links by which other documents update claims of ``document_id``."""
        ...

    def dense(self, vector: Vectors, k: int, documents: frozenset[str] | None = None) -> list[Hit]:
        """The ``k`` passages nearest to ``vector``, best first; the score is the cosine similarity."""
        ...

    def lexical(
        self,
        terms: Mapping[str, float],
        parts: Mapping[str, float],
        k: int,
        documents: frozenset[str] | None = None,
        boosts: FieldBoosts = DEFAULT_BOOSTS,
    ) -> list[Hit]:
        """The ``k`` best passages for weighted index terms, best first; see ``LexicalIndex.search``."""
        ...

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """For each term, the number of passages that hold it, 0 for a term that none holds."""
        ...

    def folded(self, folded: str) -> Mapping[str, int]:
        """The corpus's spellings of ``folded`` (lower case, å/ä/ö as a/o), with how often they occur."""
        ...

    def similar(self, folded: str) -> Mapping[str, int]:
        """The corpus's folded words with the same first letter and about as long, with how often they occur."""
        ...

    def close(self) -> None:
        """Give files and locks back."""
        ...


class ChromaIndex:
    """A generation's folder: vectors in Chroma, words in tantivy, documents in SQLite."""

    def __init__(
        self, folder: Path, manifest: Manifest | None = None, on_close: Callable[[], None] | None = None
    ) -> None:
        """Open the generation in ``folder``.

        Args:
            folder: the generation's folder.
            manifest: given for one that is still being built, whose files are not sealed yet.
            on_close: called when the index is closed, to give a lock back.

        Raises:
            IndexUnavailable: it cannot be read, or a file of it is missing or cut.
        """
        from corpus.vectors import VectorIndex

        self._manifest = manifest or read_manifest(folder)
        if manifest is None:
            check_sizes(folder)
        self.store = Store(folder)
        try:
            self.words = LexicalIndex(folder)
            self.vectors = VectorIndex(folder)
        except BaseException:
            self.store.close()
            raise
        self._on_close = on_close
        self._document = lru_cache(maxsize=CACHED_DOCUMENTS)(self.store.document)
        self._exact: dict[frozenset[str], ExactSearch | None] = {}

    @property
    def manifest(self) -> Manifest:
        """What the generation says of itself."""
        return self._manifest

    def sources(self) -> tuple[Source, ...]:
        """The sources of all documents, primary ones first, then by id."""
        return self.store.sources()

    def digests(self) -> Mapping[str, str]:
        """By document, a hash of all that decided what is stored of it."""
        return {record.document_id: record.input_hash for record in self.store.records()}

    def document(self, document_id: str) -> Document:
        """One document, text and spans."""
        return self._document(document_id)

    def passages(self, passage_ids: Sequence[str]) -> list[Passage]:
        """The passages named, in the order named."""
        return self.store.passages(passage_ids)

    def passage(self, passage_id: str) -> Passage:
        """One passage."""
        return self.store.passage(passage_id)

    def passages_of(self, document_id: str) -> list[Passage]:
        """The passages of one document, in text order."""
        return self.store.passages_of(document_id)

    def updates_of(self, document_id: str) -> list[UpdateLink]:
        """The links by which other documents update claims of ``document_id``."""
        return self.store.updates_of(document_id)

    def dense(self, vector: Vectors, k: int, documents: frozenset[str] | None = None) -> list[Hit]:
        """The ``k`` passages nearest to ``vector``, best first; the score is the cosine similarity."""
        exact = self._exact_search(documents) if documents and len(documents) <= MOST_DOCUMENTS else None
        return exact.search(vector, k) if exact else self.vectors.search(vector, k, documents)

    def _exact_search(self, documents: frozenset[str]) -> ExactSearch | None:
        """A search over all passages of ``documents``, None where they have too many; remembered."""
        known = self._exact
        if documents not in known:
            ids = [p.passage_id for d in sorted(documents) for p in self.store.passages_of(d)]
            few = 0 < len(ids) <= MOST_PASSAGES
            found = ExactSearch.over(ids, self.vectors.vectors(ids)) if few else None
            if len(known) >= CACHED_NARROWINGS:
                known = self._exact = {}  # a new one, as other threads read the old one
            known[documents] = found
        return known[documents]

    def lexical(
        self,
        terms: Mapping[str, float],
        parts: Mapping[str, float],
        k: int,
        documents: frozenset[str] | None = None,
        boosts: FieldBoosts = DEFAULT_BOOSTS,
    ) -> list[Hit]:
        """The ``k`` best passages for weighted index terms, best first."""
        return self.words.search(terms, parts, k, documents, boosts)

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        """For each term, the number of passages that hold it, 0 for a term that none holds."""
        return self.store.document_frequency(terms)

    def folded(self, folded: str) -> Mapping[str, int]:
        """The spellings that ``folded`` stands for in the corpus, with how often they occur."""
        return self.store.folded(folded)

    def similar(self, folded: str) -> Mapping[str, int]:
        """The corpus's folded words with the same first letter and about as long, with how often they occur."""
        return self.store.similar(folded)

    def close(self) -> None:
        """Give files and locks back."""
        self.vectors.close()
        self.store.close()
        if self._on_close is not None:
            self._on_close()
