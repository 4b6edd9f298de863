"""Second half of a build: makes the passages searchable, by vectors while files are still being read, and by words."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder, Vectors
from corpus.encoded import Encoded
from corpus.errors import CheckFailed, IndexUnavailable
from corpus.lexical import LexicalWriter
from corpus.store import Store
from corpus.store_writer import text_hash
from corpus.vectors import VectorIndex
from ingest.progress import Progress
from ingest.vector_process import InsertsVectors
from ingest.words import WordReader

BATCH_PASSAGES = 1000
MOST_BATCHES = 2
TOLD_EVERY_S = 0.5


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
    """Embeds passages and inserts their vectors in a thread of its own, while the caller does other work; to be closed.

    Two batches are on their way at most, so memory does not grow with the number of documents. While files are still
    being read, documents for which there is no room are passed over, so that nothing waits for the vectors; ``rest``
    takes them from the store.
    """

    def __init__(self, writer: InsertsVectors, embedder: Embedder, earlier: Earlier | None) -> None:
        """Fill ``writer``, which is closed with the feed."""
        self._embedder, self._earlier = embedder, earlier
        self._writer = writer
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="vectors")
        self._waiting: list[Text] = []
        self._on_their_way: deque[Future[None]] = deque()
        self._stop = False
        self._closed = False
        self._fed: set[str] = set()
        self.n_inserted = 0
        """How many passages have their vectors in the store."""

    def feed(self, document_id: str, encoded: Encoded) -> None:
        """Take all passages of a document if there is room for them now."""
        if len(self._waiting) >= BATCH_PASSAGES and self._is_busy():
            return
        self._fed.add(document_id)
        self._waiting += [Text(row[0], document_id, row[3]) for row in encoded.passages]
        while len(self._waiting) >= BATCH_PASSAGES and not self._is_busy():
            self._on_their_way.append(self._beside.submit(self._insert, self._waiting[:BATCH_PASSAGES]))
            del self._waiting[:BATCH_PASSAGES]

    def _is_busy(self) -> bool:
        self.check()
        return len(self._on_their_way) >= MOST_BATCHES

    def check(self) -> None:
        """Raise what has gone wrong in the thread, if anything has."""
        while self._on_their_way and self._on_their_way[0].done():
            self._on_their_way.popleft().result()

    def rest(self, store: Store) -> None:
        """Begin to take all passages in ``store`` that have not been fed; nothing is fed afterwards."""
        self._on_their_way.append(self._beside.submit(self._insert_rest, store))

    def _insert_rest(self, store: Store) -> None:
        for passages in store.batches(BATCH_PASSAGES):
            if self._stop:
                return
            self._waiting += [
                Text(p.passage_id, p.document_id, p.text) for p in passages if p.document_id not in self._fed
            ]
            if len(self._waiting) >= BATCH_PASSAGES:
                self._insert(self._waiting)
                self._waiting = []
        if self._waiting:
            self._insert(self._waiting)

    def _insert(self, texts: Sequence[Text]) -> None:
        rows = embed([text.text for text in texts], self._embedder, self._earlier)
        self._writer.add([text.passage_id for text in texts], [text.document_id for text in texts], rows)
        self.n_inserted += len(texts)

    def seal(self, told: Callable[[int], None]) -> None:
        """Wait for what is being inserted, and write everything out; ``told`` how many passages are."""
        while self._on_their_way:
            wait(self._on_their_way, TOLD_EVERY_S)
            told(self.n_inserted)
            self.check()
        self._writer.seal()
        self.close()

    def close(self) -> None:
        """Give the folder back, whole only if it was sealed."""
        self._stop = True
        self._beside.shutdown(cancel_futures=True)
        if not self._closed:
            self._closed = True
            self._writer.close()

    def __enter__(self) -> "VectorFeed":
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


def build_search(folder: Path, feed: VectorFeed, words: WordReader, progress: Progress) -> None:
    """Fill vectors and lexical index from the store in ``folder``, and count its words.

    Vectors come beside it, those that ``feed`` has had while files were read and the others; the lexical index is
    filled in one order whatever way the documents came, so that equal scores are always broken the same way.
    """
    with closing(Store(folder)) as store:
        feed.rest(store)
        total, done = store.n_passages, 0
        titles = {source.document_id: source.title for source in store.sources()}
        with LexicalWriter(folder) as lexical:
            for passages in store.batches(BATCH_PASSAGES):
                progress("Indexing passages", min(done, feed.n_inserted), total)
                feed.check()
                for passage in passages:
                    lexical.add(words.read(passage, titles[passage.document_id]))
                done += len(passages)
        feed.seal(lambda inserted: progress("Indexing passages", inserted, total))
    progress("Indexing passages", done, total)


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
