"""Brings the index in line with the files: gather, plan, build beside, check, publish."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.embedder import Embedder
from corpus.errors import IndexUnavailable
from corpus.generations import (
    CURRENT_FILE,
    collect,
    generations_folder,
    open_store,
    publish,
    read_pointer,
    write_lock,
)
from corpus.manifest import FORMAT_VERSION, read_manifest
from corpus.swedish import SwedishAnalyzer
from ingest.chunk import VERSION as CHUNK_VERSION
from ingest.documents import NotTaken, unreadable
from ingest.origins import BUNDLED_FOLDER, BUNDLED_SOURCES, gather, remember_folders
from ingest.parse.document import VERSION as PARSE_VERSION
from ingest.plan import Plan, make_plan
from ingest.progress import Progress, no_progress

if TYPE_CHECKING:
    from ingest.build import Parts, Published


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; the lists hold document ids, ``problems`` a line for each file that was not taken in.

    ``without_text`` names the files in folders that hold nothing but front matter or headings; ``notes`` says what was
    mended on the way.
    """

    published: bool
    generation: str
    n_documents: int
    n_passages: int
    n_unchanged: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    problems: tuple[str, ...]
    without_text: tuple[str, ...]
    notes: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Bundle:
    """Where the documents lie that come with the program."""

    folder: Path = BUNDLED_FOLDER
    sources: Path = BUNDLED_SOURCES


DEFAULT_BUNDLE = Bundle()


def sync(
    data_dir: Path,
    embedder: Embedder,
    folders: Sequence[Path] = (),
    bundle: Bundle = DEFAULT_BUNDLE,
    progress: Progress = no_progress,
    wait_s: float = 0.0,
) -> SyncReport:
    """Publish a generation that holds what the files hold, unless the published one does already.

    Args:
        data_dir: the data folder.
        embedder: the model to embed with.
        folders: folders to take in from now on.
        bundle: the documents that come with the program.
        progress: told how far the work has come.
        wait_s: how long to wait for another writer.

    Raises:
        LockedError: another process is writing.
        CheckFailed: the new generation did not pass; the published one stays.
    """
    from ingest.build import Parts

    started = time.monotonic()
    with write_lock(data_dir, wait_s):
        remember_folders(data_dir, folders)
        collect(data_dir)
        analyzer = SwedishAnalyzer()
        parts = Parts(embedder, analyzer, part_versions(embedder, analyzer))
        published, notes = _open_published(data_dir)
        try:
            records = published.store.records() if published else []
            plan = make_plan(gather(data_dir, bundle.folder, bundle.sources), records, parts.signature)
            if published and not plan.removed and (not_taken := unreadable(plan.candidates)):
                return _nothing_new(published, plan.problems, not_taken, started)
            return replace(_bring_up(data_dir, plan, published, parts, progress, started), notes=tuple(notes))
        finally:
            if published:
                published.store.close()


def part_versions(embedder: Embedder, analyzer: SwedishAnalyzer) -> dict[str, str]:
    """Names and versions of the parts that decide what is stored for a file."""
    return {
        "parse": PARSE_VERSION,
        "chunk": CHUNK_VERSION,
        "analyzer": analyzer.version,
        "embedding_model": embedder.name,
        "index": str(FORMAT_VERSION),
    }


def _open_published(data_dir: Path) -> "tuple[Published | None, list[str]]":
    """The published generation; one that cannot be read is as good as none, with a line that says so."""
    from ingest.build import Published

    try:
        store = open_store(data_dir)
        return Published(store, read_manifest(store.path.parent)), []
    except IndexUnavailable as error:
        if not (data_dir / CURRENT_FILE).exists():
            return None, []
        return None, [f"{str(error).partition('; run:')[0]}; the index was rebuilt from the files"]


def _bring_up(
    data_dir: Path,
    plan: Plan,
    published: "Published | None",
    parts: "Parts",
    progress: Progress,
    started: float,
) -> SyncReport:
    """Build and publish a generation; whatever goes wrong, its folder goes and the published one stays."""
    from ingest.build import build

    now = datetime.now(UTC)
    folder = _new_folder(data_dir, now)
    try:
        built = build(folder, plan, published, parts, now, progress)
        if built.manifest is not None:
            pointer = read_pointer(data_dir)
            publish(data_dir, folder.name, previous=pointer.current if published else pointer.previous)
    finally:
        collect(data_dir)  # what was not published, and what is no longer needed
    if built.manifest is None and published:
        return _nothing_new(published, plan.problems, built.not_taken, started)
    before = {r.document_id: r.input_hash for r in published.store.records()} if published else {}
    after = {r.document_id: r.input_hash for r in built.records}
    return SyncReport(
        published=True,
        generation=folder.name,
        n_documents=len(built.records),
        n_passages=built.manifest.n_passages if built.manifest else 0,
        n_unchanged=sum(1 for d in after if before.get(d) == after[d]),
        added=tuple(sorted(set(after) - set(before))),
        changed=tuple(sorted(d for d in after if d in before and before[d] != after[d])),
        removed=tuple(sorted(set(before) - set(after))),
        problems=(*plan.problems, *built.not_taken.problems),
        without_text=tuple(built.not_taken.without_text),
        notes=(),
        seconds=time.monotonic() - started,
    )


def _new_folder(data_dir: Path, now: datetime) -> Path:
    """An empty folder for a generation, named for the microsecond it is built in: no name comes twice, even when an
    earlier generation of the same second has been collected meanwhile."""
    folder = generations_folder(data_dir) / now.strftime("%Y%m%dT%H%M%S.%fZ")
    folder.mkdir(parents=True)
    return folder


def _nothing_new(published: "Published", problems: Sequence[str], not_taken: NotTaken, started: float) -> SyncReport:
    manifest = published.manifest
    return SyncReport(
        published=False,
        generation=manifest.generation,
        n_documents=manifest.n_documents,
        n_passages=manifest.n_passages,
        n_unchanged=manifest.n_documents,
        added=(),
        changed=(),
        removed=(),
        problems=(*problems, *not_taken.problems),
        without_text=tuple(not_taken.without_text),
        notes=(),
        seconds=time.monotonic() - started,
    )
