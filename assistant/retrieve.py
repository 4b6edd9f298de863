"""Finds the passages nearest a question: lexical and dense search, late interaction, fused; also for LangChain."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from numpy.typing import NDArray
from pydantic import ConfigDict, SkipValidation

from assistant.late import late_scores
from assistant.rerank import Reranker
from assistant.search_query import SearchQuery, read_query
from corpus.embedder import Embedder, Vectors, unit_rows
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.models import Hit
from corpus.swedish import SwedishAnalyzer
from corpus.word_vectors import WordVectors

Mode = Literal["bm25", "dense", "hybrid"]
# Weights chosen on the development sets (``python -m evals retrieval``).
LEXICAL_WEIGHT, DENSE_WEIGHT, LATE_WEIGHT = 0.4, 0.15, 0.45
# The first few of each search are compared with each other; the rest of its list only tells how it scores the others'.
CANDIDATES, DEPTH = 30, 100
# A cross-encoder is slow and sure of itself: it reads the first few alone, and weighs more than all before it.
RERANKED, RERANKER_WEIGHT = 24, 0.7


@dataclass(frozen=True, slots=True)
class Ranking:
    """How one search scores passages, best first, and what that weighs against the others."""

    hits: Sequence[Hit]
    weight: float


class Retriever:
    """Searches one index with one embedder."""

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        analyzer: SwedishAnalyzer,
        knowledge: Knowledge,
        words: WordVectors | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        """``words`` for late interaction, which is left out without them; ``reranker`` only where one is named."""
        self._index = index
        self._embedder = embedder
        self._analyzer = analyzer
        self._knowledge = knowledge
        self._words = words
        self._reranker = reranker
        self._titles = {source.document_id: source.title for source in index.sources()}

    def search(
        self, question: str, top_k: int, mode: Mode = "hybrid", documents: frozenset[str] | None = None
    ) -> list[Hit]:
        """The ``top_k`` passages nearest ``question``, best first, of ``documents`` only where given."""
        depth = max(top_k, DEPTH)
        query = read_query(question, self._analyzer, self._knowledge)
        lexical = [] if mode == "dense" else self._index.lexical(query.terms, query.parts, depth, documents)
        if mode == "bm25":
            return lexical[:top_k]
        dense = self._index.dense(self._query_vector(query), depth, documents)
        if mode == "dense":
            return dense[:top_k]
        first = max(top_k, CANDIDATES)
        candidates = list(dict.fromkeys(hit.passage_id for hit in [*lexical[:first], *dense[:first]]))
        rankings = [Ranking(lexical, LEXICAL_WEIGHT), Ranking(dense, DENSE_WEIGHT)]
        if self._words is not None:
            rankings.append(Ranking(self._late(query, candidates, self._words), LATE_WEIGHT))
        return self._reranked(question, fuse(candidates, rankings))[:top_k]

    def _query_vector(self, query: SearchQuery) -> Vectors:
        rows = np.stack([self._embedder.embed_query(text) for text in query.texts])
        row: Vectors = unit_rows(rows.sum(axis=0, keepdims=True))[0]
        return row

    def _late(self, query: SearchQuery, passage_ids: Sequence[str], words: WordVectors) -> list[Hit]:
        passages = self._index.passages(passage_ids)
        texts = [f"{self._titles.get(p.document_id, '')} {p.heading} {p.text}" for p in passages]
        frequency = self._index.document_frequency({term for word in query.words for term in word.terms})
        scores = late_scores(query.words, texts, words, frequency, self._index.manifest.n_passages)
        return _best(passage_ids, scores)

    def _reranked(self, question: str, hits: list[Hit]) -> list[Hit]:
        if self._reranker is None:
            return hits
        first = hits[:RERANKED]
        passages = self._index.passages([hit.passage_id for hit in first])
        scores = self._reranker.scores(question, [f"{p.heading}\n{p.text}".strip() for p in passages])
        ids = [hit.passage_id for hit in first]
        fused = fuse(ids, [Ranking(first, 1 - RERANKER_WEIGHT), Ranking(_best(ids, scores), RERANKER_WEIGHT)])
        return [*fused, *hits[RERANKED:]]

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Vectors of ``texts``, shape ``(n_texts, dim)``, of unit length."""
        return self._embedder.embed_passages(texts)

    def word_vectors(self, words: Sequence[str]) -> Vectors:
        """Vectors of single words, rows of unit length or of zeros: the built-in model's, whatever model searches."""
        return self.vectors(words) if self._words is None else self._words.look_up(words)[0]

    def query_vector(self, text: str) -> Vectors:
        """The vector of a question, shape ``(dim,)``, of unit length."""
        return self._embedder.embed_query(text)


def fuse(passage_ids: Sequence[str], rankings: Sequence[Ranking]) -> list[Hit]:
    """The passages by the weighted sum of their z-scores in all rankings, best first.

    A passage that a ranking lacks counts there with that ranking's lowest score. Scores of passages that are not asked
    for do not count.
    """
    total = np.zeros(len(passage_ids))
    for ranking in rankings:
        if ranking.hits and passage_ids:
            known = {hit.passage_id: hit.score for hit in ranking.hits}
            lowest = min(known.values())
            scores = np.array([known.get(passage_id, lowest) for passage_id in passage_ids])
            total += ranking.weight * (scores - scores.mean()) / (float(scores.std()) or 1.0)
    return _best(passage_ids, total)


def _best(passage_ids: Sequence[str], scores: NDArray[np.float64]) -> list[Hit]:
    """Hits by falling score, equal ones by id."""
    hits = [Hit(key, score) for key, score in zip(passage_ids, scores.tolist(), strict=True)]
    return sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


class CorpusRetriever(BaseRetriever):
    """The retriever as LangChain knows one: a query in, documents with offsets in their metadata out."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    retriever: Retriever
    index: SkipValidation[Index]
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
