"""Builds a generation in a folder of its own, beside the published one, and checks it; publishes nothing."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from corpus.embedder import Embedder
from corpus.encoded import Encoded
from corpus.errors import IndexUnavailable
from corpus.index import ChromaIndex
from corpus.manifest import FORMAT_VERSION, store_versions, write_checksums, write_manifest
from corpus.models import Manifest
from corpus.pointer import generations_folder
from corpus.soundness import write_database_digest
from corpus.store import Record, Store
from corpus.store_writer import StoreWriter
from corpus.swedish import SwedishAnalyzer
from corpus.vectors import VectorIndex
from ingest.check import check_generation
from ingest.documents import NotTaken, build_documents
from ingest.plan import Plan
from ingest.progress import Progress
from ingest.sandbox import Sandbox
from ingest.searchable import Earlier, VectorFeed, build_search
from ingest.vector_process import vector_writer
from ingest.words import WordReader


@dataclass(frozen=True, slots=True)
class Parts:
    """What a generation is built with; ``versions`` names and versions all that decides what is stored for a file.

    ``stores`` are the versions of the stores that it is written with.
    """

    embedder: Embedder
    analyzer: SwedishAnalyzer
    versions: Mapping[str, str]
    stores: Mapping[str, str] = field(default_factory=store_versions)

    @property
    def signature(self) -> str:
        """``versions`` as one text, for hashing."""
        return json.dumps(self.versions, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Published:
    """The published generation, opened for its documents."""

    store: Store
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Built:
    """A generation that was built and checked, or None where it would have held what is published already."""

    manifest: Manifest | None
    records: tuple[Record, ...]
    not_taken: NotTaken


def new_folder(data_dir: Path, now: datetime) -> Path:
    """An empty folder for a generation, named for the microsecond it is built in: no name comes twice, even when an
    earlier generation of the same second has been collected meanwhile."""
    folder = generations_folder(data_dir) / now.strftime("%Y%m%dT%H%M%S.%fZ")
    folder.mkdir(parents=True)
    return folder


def build(
    folder: Path,
    plan: Plan,
    published: Published | None,
    parts: Parts,
    now: datetime,
    progress: Progress,
    sandbox: Sandbox,
) -> Built:
    """Build the generation that ``plan`` describes in ``folder``, an empty one.

    Raises:
        CheckFailed: what was built does not pass its check.
    """
    writer = StoreWriter(folder)
    words = WordReader(parts.analyzer)
    n_documents = len(plan.candidates) + len(plan.unchanged) + len(plan.kept)
    with (
        _earlier(published, parts.embedder) as earlier,
        VectorFeed(vector_writer(folder, n_documents), parts.embedder, earlier) as feed,
        words.keeping(folder),
    ):

        def stored(document_id: str, encoded: Encoded) -> None:
            """Do what can be done of the second half while the next file is being parsed."""
            feed.feed(document_id, encoded)
            words.read_ahead(document_id, encoded)

        not_taken = build_documents(writer, plan, published.store if published else None, progress, sandbox, stored)
        writer.flush()
        store = Store(folder)
        records, n_passages = tuple(store.records()), store.n_passages
        store.close()
        if published is not None and not plan.anew and list(records) == published.store.records():
            writer.close()
            return Built(None, records, not_taken)
        manifest = _manifest(folder.name, now, records, n_passages, parts)
        finish(folder, writer, manifest, parts, feed, words, progress)
    return Built(manifest, records, not_taken)


def finish(
    folder: Path,
    writer: StoreWriter,
    manifest: Manifest,
    parts: Parts,
    feed: VectorFeed,
    words: WordReader,
    progress: Progress,
) -> None:
    """Make the documents in ``folder`` searchable, check all of it, and seal it.

    Raises:
        CheckFailed: what was built does not pass its check.
    """
    build_search(folder, feed, words, progress)
    writer.set_vocabulary(words.n_passages, words.n_forms)
    words.forget()
    writer.close()
    _check(folder, manifest, parts, progress)
    write_database_digest(folder)
    write_manifest(folder, manifest)
    write_checksums(folder)


def _manifest(name: str, now: datetime, records: Sequence[Record], n_passages: int, parts: Parts) -> Manifest:
    return Manifest(
        generation=name,
        format_version=FORMAT_VERSION,
        created=now.isoformat(timespec="seconds"),
        embedding_model=parts.embedder.name,
        embedding_dim=parts.embedder.dim,
        content_hash=content_hash(records),
        n_documents=len(records),
        n_passages=n_passages,
        versions={**parts.versions, **parts.stores},
    )


def content_hash(records: Sequence[Record]) -> str:
    """The hash that two generations share which hold the same content."""
    lines = "".join(f"{record.document_id}\t{record.input_hash}\n" for record in records)
    return hashlib.sha256(lines.encode()).hexdigest()


def _check(folder: Path, manifest: Manifest, parts: Parts, progress: Progress) -> None:
    progress("Checking", 0, 1)
    index = ChromaIndex(folder, manifest)
    try:
        check_generation(index, parts.embedder, parts.analyzer)
    finally:
        index.close()
    progress("Checking", 1, 1)


@contextmanager
def _earlier(published: Published | None, embedder: Embedder) -> Iterator[Earlier | None]:
    """The published generation's vectors, where they are of the same model and can be read."""
    if published is None or published.manifest.embedding_model != embedder.name:
        yield None
        return
    try:
        vectors = VectorIndex(published.store.path.parent)
    except IndexUnavailable:
        yield None
        return
    try:
        yield Earlier(published.store, vectors)
    finally:
        vectors.close()
