"""Second half of a build: makes the passages searchable, by vectors while files are still being read, and by words."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder, Vectors
from corpus.encoded import Encoded
from corpus.errors import CheckFailed, IndexUnavailable
from corpus.lexical import LexicalWriter
from corpus.store import Store
from corpus.store_writer import text_hash
from corpus.swedish import SwedishAnalyzer
from corpus.vectors import VectorIndex, VectorWriter
from ingest.progress import Progress
from ingest.words import WordReader

BATCH_PASSAGES = 512


@dataclass(frozen=True, slots=True)
class Earlier:
    """The published generation, whose vectors serve again for passages of the same text."""

    store: Store
    vectors: VectorIndex


@dataclass(frozen=True, slots=True)
class Text:
    """A passage on its way to the vector store."""

    passage_id: str
    document_id: str
    text: str


class VectorFeed:
    """Embeds passages and inserts their vectors in a thread of its own, while the caller reads on; to be closed.

    At most two batches are on their way, so memory does not grow with the number of documents.
    """

    def __init__(self, folder: Path, embedder: Embedder, earlier: Earlier | None) -> None:
        """Create the vector store in ``folder``, which must hold none."""
        self._embedder, self._earlier = embedder, earlier
        self._writer = VectorWriter(folder)
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="vectors")
        self._waiting: list[Text] = []
        self._inserted: Future[None] | None = None
        self._closed = False
        self.fed: set[str] = set()
        """The ids of the documents that were given whole, by ``feed``."""

    def feed(self, document_id: str, encoded: Encoded) -> None:
        """Take all passages of a document."""
        self.fed.add(document_id)
        self.give([Text(row[0], document_id, row[3]) for row in encoded.passages])

    def give(self, texts: Sequence[Text]) -> None:
        """Take passages; waits while there are too many to be inserted."""
        self._waiting += texts
        while len(self._waiting) >= BATCH_PASSAGES:
            self._insert(self._waiting[:BATCH_PASSAGES])
            del self._waiting[:BATCH_PASSAGES]

    def _insert(self, texts: Sequence[Text]) -> None:
        if self._inserted is not None:
            self._inserted.result()
        self._inserted = self._beside.submit(self._insert_now, texts)

    def _insert_now(self, texts: Sequence[Text]) -> None:
        rows = embed([text.text for text in texts], self._embedder, self._earlier)
        self._writer.add([text.passage_id for text in texts], [text.document_id for text in texts], rows)

    def seal(self) -> None:
        """Insert what is left and write everything out."""
        if self._waiting:
            self._insert(self._waiting)
        if self._inserted is not None:
            self._inserted.result()
        self._writer.seal()
        self.close()

    def close(self) -> None:
        """Give the folder back, whole only if it was sealed."""
        self._beside.shutdown(cancel_futures=True)
        if not self._closed:
            self._closed = True
            self._writer.close()

    def __enter__(self) -> "VectorFeed":
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


def build_search(folder: Path, feed: VectorFeed, analyzer: SwedishAnalyzer, progress: Progress) -> WordReader:
    """Fill vectors and lexical index from the store in ``folder``; what was counted of its words.

    Vectors of documents that ``feed`` has had come as they were parsed; the lexical index is filled in one order
    whatever way the documents came, so that equal scores are always broken the same way.
    """
    store = Store(folder)
    words = WordReader(analyzer)
    total, done, fed = store.n_passages, 0, frozenset(feed.fed)
    titles = {source.document_id: source.title for source in store.sources()}
    with LexicalWriter(folder) as lexical:
        for passages in store.batches(BATCH_PASSAGES):
            progress("Indexing passages", done, total)
            feed.give([Text(p.passage_id, p.document_id, p.text) for p in passages if p.document_id not in fed])
            for passage in passages:
                lexical.add(words.read(passage, titles[passage.document_id]))
            done += len(passages)
    store.close()
    feed.seal()
    progress("Indexing passages", done, total)
    return words


def embed(texts: Sequence[str], embedder: Embedder, earlier: Earlier | None) -> Vectors:
    """Vectors of shape ``(n_texts, dim)``: the published ones where the text is the same, new ones elsewhere.

    Raises:
        CheckFailed: the model gave something other than finite vectors of its own length.
    """
    rows = np.zeros((len(texts), embedder.dim), dtype=np.float32)
    known = _known_rows(texts, earlier)
    for position, row in known.items():
        rows[position] = row
    missing = [position for position in range(len(texts)) if position not in known]
    if missing:
        fresh = embedder.embed_passages([texts[position] for position in missing])
        if fresh.shape != (len(missing), embedder.dim) or not np.isfinite(fresh).all():
            raise CheckFailed(f"{embedder.name}: gave vectors of shape {fresh.shape}, or some that are not finite")
        rows[missing] = fresh
    return rows


def _known_rows(texts: Sequence[str], earlier: Earlier | None) -> dict[int, Vectors]:
    if earlier is None:
        return {}
    hashes = [text_hash(text) for text in texts]
    try:
        ids = earlier.store.ids_by_text(hashes)
        wanted = sorted(set(ids.values()))
        found = dict(zip(wanted, earlier.vectors.vectors(wanted), strict=True)) if wanted else {}
    except IndexUnavailable:
        return {}  # damaged: embed anew
    return {n: found[ids[hashed]] for n, hashed in enumerate(hashes) if hashed in ids}
