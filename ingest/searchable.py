"""Second half of a build: makes the stored passages searchable, by vectors and by words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus.embedder import Embedder, Vectors
from corpus.errors import CheckFailed, IndexUnavailable
from corpus.lexical import LexicalEntry, LexicalWriter
from corpus.models import Passage
from corpus.store import Store
from corpus.store_writer import text_hash
from corpus.swedish import SwedishAnalyzer, tokenize
from corpus.vectors import VectorIndex, VectorWriter
from ingest.progress import Progress

BATCH_PASSAGES = 512


@dataclass(slots=True)
class Words:
    """What the passages are made of: how many hold each term, and how often each word occurs as spelt."""

    n_passages: Counter[str] = field(default_factory=Counter)
    n_forms: Counter[str] = field(default_factory=Counter)

    def count_forms(self, text: str) -> None:
        """Count the words of ``text``, numbers left out."""
        self.n_forms.update(token.text.lower() for token in tokenize(text) if not token.has_digit)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The published generation, whose vectors serve again for passages of the same text."""

    store: Store
    vectors: VectorIndex


def build_search(
    folder: Path, embedder: Embedder, analyzer: SwedishAnalyzer, earlier: Earlier | None, progress: Progress
) -> Words:
    """Fill vectors and lexical index from the store in ``folder``; what the passages are made of."""
    store = Store(folder)
    vectors = VectorWriter(folder)
    lexical = LexicalWriter(folder)
    words = Words()
    total, done = store.n_passages, 0
    titles = {source.document_id: source.title for source in store.sources()}
    for title in titles.values():
        words.count_forms(title)
    for passages in store.batches(BATCH_PASSAGES):
        progress("Indexing passages", done, total)
        rows = embed(passages, embedder, earlier)
        vectors.add([p.passage_id for p in passages], [p.document_id for p in passages], rows)
        for passage in passages:
            _index_words(passage, titles[passage.document_id], analyzer, lexical, words)
        done += len(passages)
    progress("Indexing passages", done, total)
    vectors.close()
    lexical.close()
    store.close()
    return words


def _index_words(passage: Passage, title: str, analyzer: SwedishAnalyzer, lexical: LexicalWriter, words: Words) -> None:
    terms, parts = analyzer.terms(passage.text), analyzer.parts(passage.text)
    heading = f"{title}\n{passage.heading}"
    lexical.add(LexicalEntry(passage.passage_id, passage.document_id, terms, parts, analyzer.terms(heading)))
    words.n_passages.update({*terms, *parts})
    words.count_forms(passage.text)
    words.count_forms(passage.heading)


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
