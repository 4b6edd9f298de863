"""Brings the index in line with the files: gather, plan, build beside, check, ask the gate, publish."""

import errno
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.embedder import Embedder
from corpus.errors import CheckFailed, FragaError, IndexUnavailable
from corpus.generations import collect, open_store
from corpus.locks import write_lock
from corpus.manifest import FORMAT_VERSION, other_stores, read_manifest
from corpus.pointer import CURRENT_FILE, current_folder, generations_folder, publish, read_pointer
from corpus.soundness import check_sound
from corpus.swedish import SwedishAnalyzer
from ingest import history
from ingest.chunk import VERSION as CHUNK_VERSION
from ingest.documents import unreadable
from ingest.folders import remember_folders
from ingest.full_disk import is_nearly_full, told_of_full_disk
from ingest.garbage import rarely_collected
from ingest.gate import Gate
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.origins import BUNDLED_FOLDER, BUNDLED_SOURCES, gather
from ingest.packing import is_packed, make_room
from ingest.plan import Plan, make_plan
from ingest.progress import Progress, no_progress
from ingest.report import SyncReport, event_of, nothing_new, report_of
from ingest.sandbox import Sandbox

if TYPE_CHECKING:
    from ingest.build import Parts, Published


@dataclass(frozen=True, slots=True)
class Bundle:
    """Where the documents lie that come with the program."""

    folder: Path = BUNDLED_FOLDER
    sources: Path = BUNDLED_SOURCES


DEFAULT_BUNDLE = Bundle()


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for a sync: limits for files, what lets a candidate go live, and whether it goes live all the same.

    ``readers_s`` is how long to wait for readers to go over to what was published, so that what they read can be
    deleted; what they read on for longer is deleted by the next sync.
    """

    limits: Limits = DEFAULT_LIMITS
    gate: Gate | None = None
    force: bool = False
    readers_s: float = 0.0


DEFAULT_RULES = Rules()


def sync(
    data_dir: Path,
    embedder: Embedder,
    folders: Sequence[Path] = (),
    bundle: Bundle = DEFAULT_BUNDLE,
    progress: Progress = no_progress,
    wait_s: float = 0.0,
    rules: Rules = DEFAULT_RULES,
) -> SyncReport:
    """Publish a generation that holds what the files hold, unless the published one does already.

    Args:
        data_dir: the data folder.
        embedder: the model to embed with.
        folders: folders to take in from now on.
        bundle: the documents that come with the program.
        progress: told how far the work has come.
        wait_s: how long to wait for another writer.
        rules: limits, gate, and whether the gate is overruled.

    Raises:
        LockedError: another process is writing.
        CheckFailed: the new generation did not pass; the published one stays.
    """
    started = time.monotonic()
    with write_lock(data_dir, wait_s), told_of_full_disk(data_dir):
        remember_folders(data_dir, folders)
        collect(data_dir)
        _note_unrecorded(data_dir)
        with _nothing_left_packed(data_dir, progress), Sandbox(rules.limits) as sandbox:
            report = _brought_in_line(data_dir, make_parts(embedder), bundle, sandbox, progress, rules)
        return replace(report, seconds=time.monotonic() - started)


def _brought_in_line(
    data_dir: Path, parts: "Parts", bundle: Bundle, sandbox: Sandbox, progress: Progress, rules: Rules
) -> SyncReport:
    """Plan, and build what is new, if anything is."""
    with published_store(data_dir) as (published, notes):
        records = published.store.records() if published else []
        gathered = gather(data_dir, bundle.folder, bundle.sources)
        plan = make_plan(gathered, records, parts.signature, rules.limits)
        plan.anew = bool(published and other_stores(published.manifest))
        if published and not (plan.anew or plan.removed):
            not_taken = unreadable(plan.candidates, sandbox)
            if not_taken is not None:
                return nothing_new(published, plan.problems, not_taken)
        report = _bring_up(data_dir, plan, published, parts, sandbox, progress, rules)
        return replace(report, notes=(*notes, *report.notes))


def make_parts(embedder: Embedder) -> "Parts":
    """What a generation is built with."""
    from ingest.build import Parts

    analyzer = SwedishAnalyzer()
    return Parts(embedder, analyzer, part_versions(embedder, analyzer))


def part_versions(embedder: Embedder, analyzer: SwedishAnalyzer) -> dict[str, str]:
    """Names and versions of the parts that decide what is stored for a file, besides its parser."""
    return {
        "chunk": CHUNK_VERSION,
        "analyzer": analyzer.version,
        "embedding_model": embedder.name,
        "index": str(FORMAT_VERSION),
    }


@contextmanager
def published_store(data_dir: Path) -> "Iterator[tuple[Published | None, list[str]]]":
    """The published generation, with a line where it is not as it should be; one that cannot be read is none."""
    from ingest.build import Published

    try:
        check_sound(current_folder(data_dir))
        store = open_store(data_dir)
    except IndexUnavailable as error:
        damaged = (data_dir / CURRENT_FILE).exists()
        yield None, [f"{str(error).partition('; run:')[0]}; the index was rebuilt from the files"] if damaged else []
        return
    try:
        published = Published(store, read_manifest(store.path.parent))
        others = other_stores(published.manifest)
        yield published, [f"the index was written by {others}, and is written anew"] if others else []
    finally:
        store.close()


def _note_unrecorded(data_dir: Path) -> None:
    """Put a publication into the history whose process ended before it could."""
    current = read_pointer(data_dir).current
    if current and (generations_folder(data_dir) / current).is_dir() and history.live(data_dir) != current:
        history.record(data_dir, history.Event(history.now(), "", "found published", current))


def _bring_up(
    data_dir: Path,
    plan: Plan,
    published: "Published | None",
    parts: "Parts",
    sandbox: Sandbox,
    progress: Progress,
    rules: Rules,
) -> SyncReport:
    """Build and publish a generation; whatever goes wrong, its folder goes and the published one stays."""
    from ingest.build import build, new_folder

    now = datetime.now(UTC)
    if published is not None:  # else the one before it is all that readers have
        make_room(data_dir)
    folder = new_folder(data_dir, now)
    verdict = None
    try:
        with _told_as_ours(data_dir), rarely_collected():
            built = build(folder, plan, published, parts, now, progress, sandbox)
        if built.manifest is None and published:
            return nothing_new(published, plan.problems, built.not_taken)
        if rules.gate is not None:
            progress("Asking the known answers", 0, 1)
            verdict = rules.gate(folder, published.store.path.parent if published else None)
        report = report_of(folder.name, plan, published, built, verdict, rules.force)
        if report.published:
            pointer = read_pointer(data_dir)
            publish(data_dir, folder.name, previous=pointer.current if published else pointer.previous)
        history.record(data_dir, event_of(report, published))
    finally:
        collect(data_dir, rules.readers_s)  # what was not published, and what is no longer needed
    return report


@contextmanager
def _told_as_ours(data_dir: Path) -> Iterator[None]:
    """What the stores raise is of twenty kinds; whoever runs a sync is told of one.

    Where hardly anything is free on the disk of ``data_dir``, that is what is wrong, whatever they say.
    """
    try:
        yield
    except (FragaError, OSError, MemoryError):
        raise
    except Exception as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        if is_nearly_full(data_dir):
            raise OSError(errno.ENOSPC, first) from error
        raise CheckFailed(f"the new index could not be built ({first}); what was published stays") from error


@contextmanager
def _nothing_left_packed(data_dir: Path, progress: Progress) -> Iterator[None]:
    """A generation that was packed for one that was not published is whole again in the end; so is one that a crash
    left. Where somebody breaks off, nothing more is built."""
    try:
        yield
    except Exception:
        _bring_back(data_dir, progress)
        raise
    _bring_back(data_dir, progress)


def _bring_back(data_dir: Path, progress: Progress) -> None:
    """Make the generation before the live one whole again, if it is packed."""
    previous = read_pointer(data_dir).previous
    if previous and is_packed(generations_folder(data_dir) / previous):
        from ingest.unpacking import bring_back

        bring_back(data_dir, progress)
