"""Finds the passages nearest a question by lexical and dense search, fused; also as a LangChain retriever."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from corpus.embedder import Embedder, Vectors
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.models import Hit
from corpus.swedish import SwedishAnalyzer

Mode = Literal["bm25", "dense", "hybrid"]
# Weights chosen on the development sets (``python -m evals retrieval``): a weak dense model needs a low weight.
DENSE_WEIGHT = 0.3
SYNONYM_WEIGHT = 0.4
CANDIDATES = 50


class Retriever:
    """Searches one index with one embedder."""

    def __init__(
        self, index: Index, embedder: Embedder, analyzer: SwedishAnalyzer, knowledge: Knowledge | None
    ) -> None:
        self._index = index
        self._embedder = embedder
        self._analyzer = analyzer
        self._knowledge = knowledge

    def search(
        self, question: str, top_k: int, mode: Mode = "hybrid", documents: frozenset[str] | None = None
    ) -> list[Hit]:
        """The ``top_k`` passages nearest ``question``, best first, of ``documents`` only where given."""
        depth = max(top_k, CANDIDATES)
        lexical = [] if mode == "dense" else self._lexical(question, depth, documents)
        if mode == "bm25":
            return lexical[:top_k]
        dense = self._index.dense(self._embedder.embed_query(question), depth, documents)
        if mode == "dense":
            return dense[:top_k]
        return fuse(lexical, dense, DENSE_WEIGHT)[:top_k]

    def _lexical(self, question: str, depth: int, documents: frozenset[str] | None) -> list[Hit]:
        terms: dict[str, float] = {}
        for term in self._analyzer.terms(question):
            terms[term] = 1.0
            for other in self._synonyms(term):
                terms.setdefault(other, SYNONYM_WEIGHT)
        parts = dict.fromkeys([*self._analyzer.parts(question), *terms], 1.0)
        return self._index.lexical(terms, parts, depth, documents)

    def _synonyms(self, term: str) -> Sequence[str]:
        if self._knowledge is None:
            return ()
        return (*self._knowledge.synonyms.get(term, ()), *self._knowledge.expansions.get(term, ()))

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts``, shape ``(n_texts, dim)``, of unit length."""
        return self._embedder.embed_passages(texts)

    def query_vector(self, text: str) -> Vectors:
        """The vector of a question, shape ``(dim,)``, of unit length."""
        return self._embedder.embed_query(text)


def fuse(lexical: Sequence[Hit], dense: Sequence[Hit], dense_weight: float) -> list[Hit]:
    """Both result lists as one, by z-scores, ``dense_weight`` of them from the dense one; best first.

    A passage that one list lacks counts with that list's lowest score.
    """
    lexical_z, dense_z = _z_scores(lexical), _z_scores(dense)
    low_lexical, low_dense = min(lexical_z.values(), default=0.0), min(dense_z.values(), default=0.0)
    scores = {
        key: (1 - dense_weight) * lexical_z.get(key, low_lexical) + dense_weight * dense_z.get(key, low_dense)
        for key in {**lexical_z, **dense_z}
    }
    return [Hit(key, score) for key, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))]


def _z_scores(hits: Sequence[Hit]) -> Mapping[str, float]:
    if not hits:
        return {}
    scores = np.array([h.score for h in hits])
    spread = float(scores.std()) or 1.0
    return {h.passage_id: float((h.score - scores.mean()) / spread) for h in hits}


class CorpusRetriever(BaseRetriever):
    """The retriever as LangChain knows one: a query in, documents with offsets in their metadata out."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Any
    index: Any
    top_k: int = 6

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        found = []
        for hit in self.retriever.search(query, self.top_k):
            passage = self.index.passage(hit.passage_id)
            source = self.index.document(passage.document_id).source
            metadata = {
                "document_id": passage.document_id,
                "title": source.title,
                "start": passage.span.start,
                "end": passage.span.end,
                "section": passage.heading,
                "page": passage.page,
                "score": hit.score,
            }
            found.append(LangChainDocument(id=passage.passage_id, page_content=passage.text, metadata=metadata))
        return found
