"""Dense search over a generation's passages: vectors in Chroma, always handed over, never made by it.

Importing chromadb takes most of a second, so this module is imported only where vectors are searched or written.

Chroma writes a row to its database whenever a folder is opened, in a transaction of SQLite's own, and reads the rest:
24 openings in six processes at a time, all searching one folder, gave full results and a sound database. So readers
share a generation's folder, and it is only ever written by the one process that builds it, before it is published.
"""

import logging
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

os.environ["ANONYMIZED_TELEMETRY"] = "False"  # read by Chroma when it is imported

import chromadb
import numpy as np
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.api.types import Documents, EmbeddingFunction, Embeddings
from chromadb.config import Settings

from corpus.embedder import Vectors
from corpus.errors import IndexUnavailable
from corpus.full_disk import is_full
from corpus.models import Hit

CHROMA_FOLDER = "chroma"
COLLECTION = "passages"
MAX_ROWS = 5000  # a batch; Chroma takes 5,461
# recall@10 .994 over 20,000 random vectors, against .43 with the defaults.
HNSW = {"space": "cosine", "ef_construction": 400, "max_neighbors": 48, "ef_search": 400}
# Rows between two writes of the graph to disk while building, and for the last write. Until they are written, Chroma
# keeps rows in its log as well, where they take more room than in the graph, and builds their part of the graph again
# at the next opening: over 9,660 passages 1,000 rows took half the time and three fifths of the disk of 20,000.
SYNC_ROWS = 1_000
SYNC_ROWS_AT_END = 2


class NoEmbedding(EmbeddingFunction[Documents]):
    """Stands where Chroma would otherwise quietly download a model of its own."""

    def __init__(self) -> None:
        """Nothing to set up."""

    def __call__(self, input: Documents) -> Embeddings:
        """Refuse.

        Raises:
            RuntimeError: always; vectors come from ``corpus.embedder``.
        """
        raise RuntimeError("Chroma was asked to embed text; pass vectors from corpus.embedder")

    @staticmethod
    def name() -> str:
        """The name under which Chroma records it."""
        return "fraga-none"

    def get_config(self) -> dict[str, Any]:
        """No settings."""
        return {}

    @staticmethod
    def build_from_config(config: dict[str, Any]) -> "NoEmbedding":
        """Another one."""
        return NoEmbedding()


# Chroma shares what it opens between clients of one folder and counts them, but not safely between threads.
_OPENING = threading.Lock()


def _open(folder: Path) -> Any:
    logging.getLogger("chromadb").setLevel(logging.ERROR)
    settings = Settings(anonymized_telemetry=False, allow_reset=False)
    path = str(folder / CHROMA_FOLDER)
    with _OPENING:
        try:
            return chromadb.PersistentClient(path, settings=settings)
        except BaseException:
            # Chroma keeps what did not start, and gives it to whoever opens the folder next: a disk that was full for
            # a moment would be full for good.
            if path not in SharedSystemClient._identifier_to_refcount:
                SharedSystemClient._identifier_to_system.pop(path, None)
            raise


def _close(client: Any) -> None:
    with _OPENING:
        client.close()


class VectorWriter:
    """Fills the vector store of a generation that is being built."""

    def __init__(self, folder: Path) -> None:
        """Create the store in ``folder``, which must hold none."""
        self._folder = folder
        self._client = _open(folder)
        self._collection = self._client.create_collection(
            COLLECTION, embedding_function=NoEmbedding(), configuration={"hnsw": {**HNSW, "sync_threshold": SYNC_ROWS}}
        )
        self._last: dict[str, Any] = {}

    def add(self, passage_ids: Sequence[str], document_ids: Sequence[str], vectors: Vectors) -> None:
        """Store vectors of shape ``(n_passages, dim)``."""
        for start in range(0, len(passage_ids), MAX_ROWS):
            end = start + MAX_ROWS
            rows: dict[str, Any] = {
                "ids": list(passage_ids[start:end]),
                "embeddings": vectors[start:end],
                "metadatas": [{"document_id": d} for d in document_ids[start:end]],
            }
            self._collection.upsert(**rows)
            self._last = {name: values[-1:] for name, values in rows.items()}

    def __enter__(self) -> "VectorWriter":
        return self

    def __exit__(self, failed: type[BaseException] | None, *_: object) -> None:
        """Write everything out, unless something failed, and give the folder back."""
        try:
            if failed is None:
                self.seal()
        finally:
            self.close()

    def seal(self) -> None:
        """Write everything out; nothing may be added afterwards."""
        if self._last:
            self._seal()

    def close(self) -> None:
        """Give the folder back."""
        _close(self._client)

    def _seal(self) -> None:
        """Have the whole graph written.

        Chroma keeps the newest rows in its log until enough have come, and every reader would build the graph of them
        anew and write its files. So the threshold is lowered at the end, and the last row given once more.
        """
        self._collection.modify(configuration={"hnsw": {"sync_threshold": SYNC_ROWS_AT_END}})
        _close(self._client)
        self._client = _open(self._folder)
        collection = self._client.get_collection(COLLECTION, embedding_function=NoEmbedding())
        collection.upsert(**self._last)
        collection.query(query_embeddings=self._last["embeddings"], n_results=1, include=["distances"])


class VectorIndex:
    """Read access to a generation's vectors; safe to share between threads, not across a fork."""

    def __init__(self, folder: Path) -> None:
        """Open the vectors in a generation's ``folder``.

        Raises:
            IndexUnavailable: there are none, or they cannot be read.
        """
        self._path = folder / CHROMA_FOLDER
        if not self._path.is_dir():
            raise IndexUnavailable(f"{self._path}: missing; run: python -m ingest sync")
        try:
            self._client = _open(folder)
        except Exception as error:  # Chroma raises many kinds, its Rust part others
            raise self._unreadable(error) from error
        try:
            self._collection = self._client.get_collection(COLLECTION, embedding_function=NoEmbedding())
        except Exception as error:
            _close(self._client)
            raise self._unreadable(error) from error

    @property
    def n_passages(self) -> int:
        """How many vectors there are."""
        try:
            return int(self._collection.count())
        except Exception as error:
            raise self._unreadable(error) from error

    def search(self, vector: Vectors, k: int, documents: frozenset[str] | None = None) -> list[Hit]:
        """The ``k`` passages nearest to ``vector``, best first; the score is the cosine similarity, -1 to 1."""
        if k < 1 or documents == frozenset():
            return []
        where = None if documents is None else {"document_id": {"$in": sorted(documents)}}
        try:
            found = self._collection.query(
                query_embeddings=[np.asarray(vector, np.float32)], n_results=k, where=where, include=["distances"]
            )
        except Exception as error:
            raise self._unreadable(error) from error
        pairs = zip(found["ids"][0], found["distances"][0], strict=True)
        return [Hit(str(passage_id), 1.0 - float(distance)) for passage_id, distance in pairs]

    def vectors(self, passage_ids: Sequence[str]) -> Vectors:
        """The stored vectors of the passages named, in that order, of shape ``(n_passages, dim)``.

        Raises:
            IndexUnavailable: one of them is not there.
        """
        try:
            found = self._collection.get(ids=list(passage_ids), include=["embeddings"])
        except Exception as error:
            raise self._unreadable(error) from error
        rows = dict(zip(found["ids"], found["embeddings"], strict=True))
        missing = [p for p in passage_ids if p not in rows]
        if missing:
            raise IndexUnavailable(f"{self._path}: no vector for {missing[0]}; run: python -m ingest sync")
        return np.asarray([rows[p] for p in passage_ids], dtype=np.float32)

    def close(self) -> None:
        """Give the folder back."""
        _close(self._client)

    def _unreadable(self, error: Exception) -> IndexUnavailable:
        if is_full(error):
            return IndexUnavailable(f"{self._path}: the disk is full, and Chroma writes when it is opened; make room")
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        return IndexUnavailable(f"{self._path}: cannot be read ({first}); run: python -m ingest sync")
