"""Exact search over the passages of few documents, where a filter would have Chroma read through all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus.embedder import Vectors
from corpus.models import Hit

MOST_DOCUMENTS = 32
MOST_PASSAGES = 4_000  # 4 MB of vectors with 256 dimensions


@dataclass(frozen=True, slots=True)
class ExactSearch:
    """The vectors of some passages, of shape ``(n_passages, dim)`` and length 1, searched one by one."""

    passage_ids: tuple[str, ...]
    vectors: Vectors

    @classmethod
    def over(cls, passage_ids: Sequence[str], vectors: Vectors) -> "ExactSearch":
        """Search in ``vectors``, of any length, of the passages named."""
        return cls(tuple(passage_ids), _to_length_one(vectors))

    def search(self, vector: Vectors, k: int) -> list[Hit]:
        """The ``k`` passages nearest to ``vector``, best first; the score is the cosine similarity, -1 to 1."""
        scores = self.vectors @ _to_length_one(np.asarray(vector, np.float32)[None])[0]
        best = np.argsort(-scores, kind="stable")[: max(0, k)]
        return [Hit(self.passage_ids[i], float(scores[i])) for i in best]


def _to_length_one(vectors: Vectors) -> Vectors:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths == 0, 1, lengths)).astype(np.float32)
