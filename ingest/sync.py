"""Brings the index in line with the files: gather, plan, build beside, check, ask the gate, publish."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.embedder import Embedder
from corpus.errors import CheckFailed, FragaError, IndexUnavailable
from corpus.generations import (
    CURRENT_FILE,
    collect,
    current_folder,
    generations_folder,
    open_store,
    publish,
    read_pointer,
)
from corpus.locks import write_lock
from corpus.manifest import FORMAT_VERSION, other_stores, read_manifest
from corpus.soundness import check_sound
from corpus.swedish import SwedishAnalyzer
from ingest import history
from ingest.chunk import VERSION as CHUNK_VERSION
from ingest.documents import NotTaken, unreadable
from ingest.gate import Gate, Verdict
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.origins import BUNDLED_FOLDER, BUNDLED_SOURCES, gather, remember_folders
from ingest.plan import Plan, make_plan
from ingest.progress import Progress, no_progress
from ingest.report import SyncReport

if TYPE_CHECKING:
    from ingest.build import Built, Parts, Published


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
    with write_lock(data_dir, wait_s):
        remember_folders(data_dir, folders)
        collect(data_dir)
        _note_unrecorded(data_dir)
        parts = make_parts(embedder)
        with published_store(data_dir) as (published, notes):
            records = published.store.records() if published else []
            gathered = gather(data_dir, bundle.folder, bundle.sources)
            plan = make_plan(gathered, records, parts.signature, rules.limits)
            plan.anew = bool(published and other_stores(published.manifest))
            if (
                published
                and not (plan.anew or plan.removed)
                and (not_taken := unreadable(plan.candidates, rules.limits))
            ):
                return _nothing_new(published, plan.problems, not_taken, started)
            report = _bring_up(data_dir, plan, published, parts, progress, rules)
            return replace(report, notes=(*notes, *report.notes), seconds=time.monotonic() - started)


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
    data_dir: Path, plan: Plan, published: "Published | None", parts: "Parts", progress: Progress, rules: Rules
) -> SyncReport:
    """Build and publish a generation; whatever goes wrong, its folder goes and the published one stays."""
    from ingest.build import build

    now = datetime.now(UTC)
    folder = _new_folder(data_dir, now)
    verdict = None
    try:
        with _told_as_ours():
            built = build(folder, plan, published, parts, now, progress, rules.limits)
        if built.manifest is None and published:
            return _nothing_new(published, plan.problems, built.not_taken, 0.0)
        if rules.gate is not None:
            progress("Asking the known answers", 0, 1)
            verdict = rules.gate(folder, published.store.path.parent if published else None)
        report = _report(folder.name, plan, published, built, verdict, rules)
        if report.published:
            pointer = read_pointer(data_dir)
            publish(data_dir, folder.name, previous=pointer.current if published else pointer.previous)
        _remember(data_dir, report, published)
    finally:
        collect(data_dir, rules.readers_s)  # what was not published, and what is no longer needed
    return report


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """What a full disk makes the stores raise is of twenty kinds; whoever runs a sync is told of one."""
    try:
        yield
    except (FragaError, OSError, MemoryError):
        raise
    except Exception as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:200]
        raise CheckFailed(f"the new index could not be built ({first}); what was published stays") from error


def _report(
    name: str, plan: Plan, published: "Published | None", built: "Built", verdict: Verdict | None, rules: Rules
) -> SyncReport:
    before = {r.document_id: r.input_hash for r in published.store.records()} if published else {}
    after = {r.document_id: r.input_hash for r in built.records}
    holds = verdict is None or verdict.holds
    return SyncReport(
        published=holds or rules.force,
        generation=name if holds or rules.force or not published else published.manifest.generation,
        n_documents=len(built.records),
        n_passages=built.manifest.n_passages if built.manifest else 0,
        n_unchanged=sum(1 for d in after if before.get(d) == after[d]),
        added=tuple(sorted(set(after) - set(before))),
        changed=tuple(sorted(d for d in after if d in before and before[d] != after[d])),
        moved=tuple(sorted(set(plan.moved) & set(after))),
        removed=tuple(sorted(set(before) - set(after))),
        problems=(*plan.problems, *built.not_taken.problems),
        without_text=tuple(built.not_taken.without_text),
        notes=tuple(built.not_taken.notes),
        gate=verdict,
        forced=rules.force and not holds,
    )


def _remember(data_dir: Path, report: SyncReport, published: "Published | None") -> None:
    event = history.Event(
        history.now(),
        history.who(),
        "published" if report.published else "refused",
        report.generation if report.published else "",
        published.manifest.generation if published else "",
        report.n_documents,
        report.added,
        report.changed,
        report.moved,
        report.removed,
        report.gate.summary if report.gate else "",
        report.forced,
    )
    history.record(data_dir, event)


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
        problems=(*problems, *not_taken.problems),
        without_text=tuple(not_taken.without_text),
        seconds=time.monotonic() - started if started else 0.0,
    )
