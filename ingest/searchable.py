"""Second half of a build: makes the stored passages searchable, by vectors and by words."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder, Vectors
from corpus.errors import CheckFailed, IndexUnavailable
from corpus.lexical import LexicalWriter
from corpus.models import Passage
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


def build_search(
    folder: Path, embedder: Embedder, analyzer: SwedishAnalyzer, earlier: Earlier | None, progress: Progress
) -> WordReader:
    """Fill vectors and lexical index from the store in ``folder``; what was counted of its words."""
    store = Store(folder)
    words = WordReader(analyzer)
    total, done = store.n_passages, 0
    titles = {source.document_id: source.title for source in store.sources()}
    with VectorWriter(folder) as vectors, LexicalWriter(folder) as lexical, ThreadPoolExecutor(1) as beside:
        inserted: Future[None] | None = None
        for passages in store.batches(BATCH_PASSAGES):
            progress("Indexing passages", done, total)
            rows = embed(passages, embedder, earlier)
            if inserted is not None:
                inserted.result()
            ids, documents = [p.passage_id for p in passages], [p.document_id for p in passages]
            inserted = beside.submit(vectors.add, ids, documents, rows)  # while the words are read
            for passage in passages:
                lexical.add(words.read(passage, titles[passage.document_id]))
            done += len(passages)
        if inserted is not None:
            inserted.result()
        progress("Indexing passages", done, total)
    store.close()
    return words


def embed(passages: Sequence[Passage], embedder: Embedder, earlier: Earlier | None) -> Vectors:
    """Vectors of shape ``(n_passages, dim)``: the published ones where the text is the same, new ones elsewhere.

    Raises:
        CheckFailed: the model gave something other than finite vectors of its own length.
    """
    rows = np.zeros((len(passages), embedder.dim), dtype=np.float32)
    known = _known_rows(passages, earlier)
    for position, row in known.items():
        rows[position] = row
    missing = [position for position in range(len(passages)) if position not in known]
    if missing:
        fresh = embedder.embed_passages([passages[position].text for position in missing])
        if fresh.shape != (len(missing), embedder.dim) or not np.isfinite(fresh).all():
            raise CheckFailed(f"{embedder.name}: gave vectors of shape {fresh.shape}, or some that are not finite")
        rows[missing] = fresh
    return rows


def _known_rows(passages: Sequence[Passage], earlier: Earlier | None) -> dict[int, Vectors]:
    if earlier is None:
        return {}
    hashes = [text_hash(p.text) for p in passages]
    try:
        ids = earlier.store.ids_by_text(hashes)
        wanted = sorted(set(ids.values()))
        found = dict(zip(wanted, earlier.vectors.vectors(wanted), strict=True)) if wanted else {}
    except IndexUnavailable:
        return {}  # damaged: embed anew
    return {n: found[ids[hashed]] for n, hashed in enumerate(hashes) if hashed in ids}
