"""Gate before publishing, and ``verify``: does a generation hold what it says, and can it be searched?"""

from collections.abc import Iterator

import numpy as np

from corpus.embedder import Embedder
from corpus.errors import CheckFailed
from corpus.index import ChromaIndex
from corpus.models import Passage
from corpus.swedish import SwedishAnalyzer

SAMPLED_PASSAGES = 25
BATCH_VECTORS = 2000
SELF_SIMILARITY = 0.999
# Batches of other sizes give the same vector up to rounding.
SAME_VECTOR_SIMILARITY = 0.99


def check_generation(index: ChromaIndex, embedder: Embedder | None, analyzer: SwedishAnalyzer) -> None:
    """Count, look at every vector, and search for a sample of passages by their own vectors and words.

    Args:
        index: the generation, opened.
        embedder: the model, to compare stored vectors with fresh ones; None leaves that out.
        analyzer: the analysis that the lexical index was built with.

    Raises:
        CheckFailed: something does not hold; the message says what.
    """
    _check_counts(index)
    _check_vectors(index)
    sample = list(_sample(index))
    for passage in sample:
        _check_found(index, passage, analyzer)
    if embedder is not None and sample:
        _check_fresh(index, sample, embedder)


def _check_counts(index: ChromaIndex) -> None:
    manifest = index.manifest
    expected = {"documents": manifest.n_documents, "passages": manifest.n_passages}
    found = {"documents": index.store.n_documents, "passages": index.store.n_passages}
    if not manifest.n_passages:
        raise CheckFailed("there is nothing to publish: no document could be read")
    if found != expected:
        raise CheckFailed(f"the store holds {found}, the manifest says {expected}")
    if index.words.n_passages != manifest.n_passages:
        raise CheckFailed(f"the lexical index holds {index.words.n_passages} passages, not {manifest.n_passages}")
    if index.vectors.n_passages != manifest.n_passages:
        raise CheckFailed(f"the vector store holds {index.vectors.n_passages} passages, not {manifest.n_passages}")


def _check_vectors(index: ChromaIndex) -> None:
    for passages in index.store.batches(BATCH_VECTORS):
        vectors = index.vectors.vectors([p.passage_id for p in passages])
        if vectors.shape[1] != index.manifest.embedding_dim:
            raise CheckFailed(f"vectors have {vectors.shape[1]} dimensions, not {index.manifest.embedding_dim}")
        bad = np.flatnonzero(~(np.abs(np.linalg.norm(vectors, axis=1) - 1.0) < 0.01))
        if bad.size:
            raise CheckFailed(f"the vector of passage {passages[int(bad[0])].passage_id} is not of unit length")


def _sample(index: ChromaIndex) -> Iterator[Passage]:
    step = max(1, index.manifest.n_passages // SAMPLED_PASSAGES)
    for number, passages in enumerate(index.store.batches(step)):
        if number < SAMPLED_PASSAGES:
            yield passages[0]


def _check_found(index: ChromaIndex, passage: Passage, analyzer: SwedishAnalyzer) -> None:
    """The passage is found by its own vector in the whole index, and by its own words in its document."""
    dense = index.dense(index.vectors.vectors([passage.passage_id])[0], 1)
    if not dense or dense[0].score < SELF_SIMILARITY:
        raise CheckFailed(f"passage {passage.passage_id} is not found by its own vector")
    terms = dict.fromkeys(analyzer.terms(passage.text), 1.0)
    if not terms:
        return
    others = index.manifest.n_passages
    hits = index.lexical(terms, {}, min(others, 1000), frozenset({passage.document_id}))
    if passage.passage_id not in {hit.passage_id for hit in hits}:
        raise CheckFailed(f"passage {passage.passage_id} is not found by its own words")


def _check_fresh(index: ChromaIndex, sample: list[Passage], embedder: Embedder) -> None:
    stored = index.vectors.vectors([p.passage_id for p in sample])
    fresh = embedder.embed_passages([p.text for p in sample])
    similarities = np.sum(stored * fresh, axis=1)
    worst = int(np.argmin(similarities))
    if not similarities[worst] >= SAME_VECTOR_SIMILARITY:
        raise CheckFailed(
            f"the stored vector of passage {sample[worst].passage_id} is not the model's ({similarities[worst]:.3f})"
        )
