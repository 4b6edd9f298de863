"""An embedder at its seam: hashes words into a vector, so that texts that share words are near; no model, no wait."""

import hashlib
from collections.abc import Sequence

import numpy as np

from corpus.embedder import Vectors
from corpus.swedish import tokenize


class HashEmbedder:
    """A bag of hashed words; ``n_embedded`` counts the passages that it was asked for."""

    def __init__(self, name: str = "hash-1", dim: int = 64) -> None:
        self.name = name
        self.dim = dim
        self.n_embedded = 0

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.n_embedded += len(texts)
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        return np.stack([self.embed_query(text) for text in texts])

    def embed_query(self, text: str) -> Vectors:
        row = np.full(self.dim, 1e-3, dtype=np.float32)
        for token in tokenize(text):
            digest = hashlib.sha256(token.text.lower().encode()).digest()
            row[digest[0] % self.dim] += 1 if digest[1] % 2 else -1
        return (row / np.linalg.norm(row)).astype(np.float32)
