"""On the way back: builds a packed generation anew, from its own documents and vectors and without its model."""

import gzip
import logging
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from corpus.embedder import Vectors
from corpus.errors import CheckFailed, FragaError, IndexUnavailable
from corpus.generations import collect
from corpus.manifest import FORMAT_VERSION, PACKED_FILE, checksum, read_checksums, read_manifest
from corpus.models import Manifest
from corpus.pointer import fsync_all, generations_folder, publish, read_pointer
from corpus.soundness import check_sound
from corpus.store import STORE_FILE, Store
from corpus.store_writer import StoreWriter, text_hash
from corpus.swedish import SwedishAnalyzer
from ingest.build import Parts, content_hash, finish, new_folder
from ingest.packing import BATCH_TEXTS, PACKED_STORE, PACKED_VECTORS, is_packed
from ingest.progress import Progress, no_progress
from ingest.searchable import VectorFeed
from ingest.vector_process import vector_writer
from ingest.words import WordReader

_log = logging.getLogger(__name__)


class PackedVectors:
    """Stands in the place of the model that made a packed generation's vectors: it knows that generation's texts."""

    def __init__(self, folder: Path, manifest: Manifest, hashes: Sequence[str]) -> None:
        """``hashes`` are those of the texts, in order."""
        self.name = manifest.embedding_model
        self.dim = manifest.embedding_dim
        self._hashes = np.array(hashes, dtype=np.bytes_)
        self._rows = np.memmap(folder / PACKED_VECTORS, np.float32, "r").reshape(len(hashes), self.dim)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of ``texts``, of shape ``(n_texts, dim)``.

        Raises:
            IndexUnavailable: one of them is none of the generation's.
        """
        wanted = np.array([text_hash(text) for text in texts], dtype=np.bytes_)
        places = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        if (self._hashes[places] != wanted).any():
            raise IndexUnavailable("a packed generation holds no vector for one of its passages")
        return np.asarray(self._rows[places])

    def embed_query(self, text: str) -> Vectors:
        """The vector of one text, of shape ``(dim,)``."""
        row: Vectors = self.embed_passages([text])[0]
        return row


def whole(data_dir: Path, name: str, progress: Progress = no_progress) -> str:
    """The name of a sound, whole generation with the content of ``name``: itself, or one that is built from it now.

    Raises:
        IndexUnavailable: it is damaged.
        CheckFailed: what was built is not what it was.
    """
    folder = generations_folder(data_dir) / name
    if not is_packed(folder):
        check_sound(folder)
        return name
    sums = read_checksums(folder, PACKED_FILE)
    damaged = [file for file in sums if not (folder / file).is_file() or checksum(folder / file) != sums[file]]
    if damaged:
        raise IndexUnavailable(f"{folder}: damaged ({', '.join(damaged)}); run: python -m ingest sync")
    now = datetime.now(UTC)
    built = new_folder(data_dir, now)
    _rebuilt(folder, built, now, progress)
    fsync_all(built)
    return built.name


def _rebuilt(packed: Path, folder: Path, now: datetime, progress: Progress) -> None:
    """Build the generation in ``packed`` anew in ``folder``; its records stay, and so does its content's digest."""
    was, analyzer = read_manifest(packed), SwedishAnalyzer()
    writer = StoreWriter(folder)
    with _unpacked(packed, folder) as store:
        writer.copy(store.path, [record.document_id for record in store.records()])
    store = Store(folder)
    hashes = [hashed for texts in store.distinct_texts(BATCH_TEXTS) for hashed, _ in texts]
    digest = content_hash(store.records())
    store.close()
    if digest != was.content_hash:
        raise CheckFailed(f"{packed}: what can be built from it holds something else; what was published stays")
    parts = Parts(PackedVectors(packed, was, hashes), analyzer, {**was.versions, "analyzer": analyzer.version})
    manifest = replace(
        was,
        generation=folder.name,
        created=now.isoformat(timespec="seconds"),
        format_version=FORMAT_VERSION,
        versions={**parts.versions, **parts.stores},
    )
    with VectorFeed(vector_writer(folder, was.n_documents), parts.embedder, None) as feed:
        finish(folder, writer, manifest, parts, feed, WordReader(analyzer), progress)


@contextmanager
def _unpacked(packed: Path, folder: Path) -> Iterator[Store]:
    """The documents of a packed generation, in a folder inside ``folder`` that is deleted afterwards."""
    inside = folder / ".unpacked"
    inside.mkdir()
    with gzip.open(packed / PACKED_STORE, "rb") as source, (inside / STORE_FILE).open("wb") as target:
        shutil.copyfileobj(source, target)
    store = Store(inside)
    try:
        yield store
    finally:
        store.close()
        shutil.rmtree(inside)


def bring_back(data_dir: Path, progress: Progress = no_progress) -> None:
    """Where the generation before the live one is still packed, put a whole one in its place.

    A failure is only told: nothing is lost by it, since going back builds what is packed.
    """
    try:
        pointer = read_pointer(data_dir)
        if pointer.previous and is_packed(generations_folder(data_dir) / pointer.previous):
            publish(data_dir, pointer.current, previous=whole(data_dir, pointer.previous, progress))
            collect(data_dir)
    except (FragaError, OSError) as error:
        _log.warning("the generation before the published one stays packed until it is gone back to: %s", error)
