"""What the commands of ``python -m ingest`` do that change the index: sync, add and remove, and what they print."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.embedder import Embedder
from corpus.errors import UsageError
from corpus.generations import open_store
from corpus.locks import write_lock
from corpus.settings import Settings
from corpus.store import Record
from ingest.commands import print_json
from ingest.entries import Entry, ManifestEntry, load_sources, slug
from ingest.fetch.copies import forget_copy
from ingest.folders import exclude, forget_folder
from ingest.gate import Verdict
from ingest.limits import MB, Limits
from ingest.origins import BUNDLED_SOURCES, add_address, add_upload, remote_entries, remove_upload
from ingest.preview import Preview
from ingest.report import SyncReport

MOST_NAMES = 3
MOST_ANSWERS = 20
READERS_S = 5.0  # a page looks every second, and opens what it finds in less


def limits_of(settings: Settings) -> Limits:
    """The limits that the settings name."""
    return Limits(
        file_bytes=settings.max_file_mb * MB,
        pages=settings.max_pages,
        parse_s=settings.max_parse_s,
        parse_bytes=settings.max_parse_mb * MB,
    )


def sync(settings: Settings, options: argparse.Namespace) -> int:
    """Bring the index in line with the files, or only say what that would do."""
    folders = [Path(folder) for folder in options.documents or ()]
    missing = next((folder for folder in folders if not folder.is_dir()), None)
    if missing is not None:
        raise UsageError(f"{missing}: no such folder")
    if options.dry_run and options.fetch is not None:
        raise UsageError("--dry-run writes nothing, so it cannot --fetch; leave out one of them")
    if options.dry_run:
        return _dry_run(settings, options, folders)
    failed = options.fetch is not None and fetch(settings, _chosen(settings.data_dir, options.fetch))
    return _bring_in_line(settings, options, folders) or int(failed)


def _chosen(data_dir: Path, ids: Sequence[str]) -> list[ManifestEntry]:
    """The entries that lie at an address, or those of them that are named.

    Raises:
        UsageError: one that is named is not among them.
    """
    remote = remote_entries(data_dir)
    unknown = set(ids) - {entry.id for entry in remote}
    if unknown:
        raise UsageError(f"{min(unknown)}: no document of that id lies at an address; see: {BUNDLED_SOURCES}")
    return [entry for entry in remote if not ids or entry.id in ids]


def fetch(settings: Settings, entries: Sequence[ManifestEntry]) -> bool:
    """Bring the copies of remote documents up to date; whether one of them could not be."""
    from ingest.fetch.copies import fetch_all
    from ingest.fetch.download import Net
    from ingest.show_progress import shown_progress

    with shown_progress() as progress, write_lock(settings.data_dir):
        problems = fetch_all(settings.data_dir, entries, limits_of(settings), Net(), progress)
    for problem in problems:
        print(f"error: {problem}", file=sys.stderr)
    if len(entries) > len(problems):
        print(f"Fetched {len(entries) - len(problems)} of {len(entries)} addresses.", file=sys.stderr)
    return bool(problems)


def remove(settings: Settings, options: argparse.Namespace) -> int:
    """Drop an upload, a document of a remembered folder, or such a folder, and publish without it."""
    data_dir, name = settings.data_dir, options.name
    with write_lock(data_dir):
        gone = [forget_folder(data_dir, Path(name)), remove_upload(data_dir, name), forget_copy(data_dir, name)]
        if not any(gone):
            record = _record(settings, name)
            if record.origin == "bundled":
                raise UsageError(
                    f"{name}: comes with the program and cannot be removed; it is listed in {BUNDLED_SOURCES}"
                )
            exclude(data_dir, record.folder, name)
    print(f"Dropped {name}.", file=sys.stderr)
    return _bring_in_line(settings, options, [])


def _record(settings: Settings, document_id: str) -> Record:
    store = open_store(settings.data_dir)
    found = next((record for record in store.records() if record.document_id == document_id), None)
    store.close()
    if found is None:
        raise UsageError(f"{document_id}: neither a document nor a remembered folder; see: python -m ingest list")
    return found


def add(settings: Settings, options: argparse.Namespace) -> int:
    """Copy a file into the uploads and publish it."""
    from ingest.parse.document import named_id
    from ingest.parse.files import format_of, read_bytes
    from ingest.sandbox import Sandbox, Work

    if "://" in options.file:
        return _add_address(settings, options)
    path, limits = Path(options.file), limits_of(settings)
    data = read_bytes(path, limits.file_bytes)
    format_of(data, path)
    entry = Entry(path, "upload")
    found = options.id or named_id(data, entry) or slug(path.stem)
    if found in {listed.id for listed in load_sources(BUNDLED_SOURCES)}:
        raise UsageError(f"{path}: the id {found!r} is taken by a document that comes with the program")
    with Sandbox(limits) as sandbox:
        result = sandbox.parse(Work(data, entry))
    if result.error is not None:
        raise result.error
    manifest_entry = ManifestEntry(id=found, path=path.name, **_given(options))
    with write_lock(settings.data_dir):
        add_upload(settings.data_dir, manifest_entry, path.suffix, data)
    print(f"Added {found}.")
    return _bring_in_line(settings, options, [])


def _given(options: argparse.Namespace) -> dict[str, str]:
    """What the command line says of the source."""
    fields = {name: getattr(options, name) for name in ("title", "publisher", "date", "kind", "url", "dnr")}
    return {name: value for name, value in fields.items() if value}


def _add_address(settings: Settings, options: argparse.Namespace) -> int:
    """Fetch an address; later ``sync --fetch`` keeps it up to date."""
    found = options.id or slug(options.file.partition("://")[2])
    if found in {listed.id for listed in load_sources(BUNDLED_SOURCES)}:
        raise UsageError(f"{options.file}: the id {found!r} is taken by a document that comes with the program")
    entry = ManifestEntry(id=found, fetch=options.file, **_given(options))
    if fetch(settings, [entry]):
        return 2
    with write_lock(settings.data_dir):
        add_address(settings.data_dir, entry)
    print(f"Added {found}.")
    return _bring_in_line(settings, options, [])


def _dry_run(settings: Settings, options: argparse.Namespace, folders: Sequence[Path]) -> int:
    from ingest.preview import preview
    from ingest.show_progress import shown_progress

    with shown_progress() as progress:
        found = preview(settings.data_dir, _embedder(settings), folders, progress=progress, limits=limits_of(settings))
    _print_notes(found)
    if options.json:
        print_json(asdict(found))
        return 1 if found.problems else 0
    for change in found.changes:
        counts = f"+{change.n_new} -{change.n_gone} ={change.n_same}"
        print(f"{change.change:<8} {change.document_id}  {counts}  {change.title}  {change.path}")
    if not found.changes:
        print(f"Nothing to do: {found.n_unchanged} documents are as published.")
    else:
        print(
            f"{len(found.changes)} documents would change, {found.n_unchanged} stay as they are;"
            f" {found.n_to_embed} passages to embed. Nothing was written. (+ new, - gone, = same passages)"
        )
    return 1 if found.problems else 0


def _bring_in_line(settings: Settings, options: argparse.Namespace, folders: Sequence[Path]) -> int:
    from ingest.show_progress import shown_progress
    from ingest.sync import Rules
    from ingest.sync import sync as bring_in_line

    embedder = _embedder(settings)
    as_json, force = getattr(options, "json", False), getattr(options, "force", False)
    with shown_progress() as progress:
        gate = options.gate(settings, embedder, progress) if options.gate else None
        rules = Rules(limits_of(settings), gate, force, READERS_S)
        report = bring_in_line(settings.data_dir, embedder, folders, progress=progress, rules=rules)
    _print_notes(report)
    if as_json:
        print_json(asdict(report))
    elif report.gate is not None:
        _print_gate(report.gate, report.published)
    if not as_json:
        _print_outcome(report)
    refused = report.gate is not None and not report.published
    return 1 if report.problems or refused else 0


def _embedder(settings: Settings) -> Embedder:
    from corpus.embedder import load_embedder

    return load_embedder(settings.embedding_model, **settings.embedder_options)


def _print_notes(report: SyncReport | Preview) -> None:
    for problem in report.problems:
        print(f"error: {problem}", file=sys.stderr)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    if report.without_text:
        print(f"{_names(report.without_text)}: no text, left out", file=sys.stderr)


def _print_gate(verdict: Verdict, published: bool) -> None:
    told = [line for line in verdict.lines if not line.startswith("differs")]
    for line in told[:MOST_ANSWERS]:
        print(line, file=sys.stderr)
    if len(told) > MOST_ANSWERS:
        print(f"… and {len(told) - MOST_ANSWERS} more like these; --json has them all", file=sys.stderr)
    if len(verdict.lines) > len(told):
        print(f"{len(verdict.lines) - len(told)} other answers change in words or sources only.", file=sys.stderr)
    print(f"Gate: {verdict.summary}", file=sys.stderr)
    if not published:
        print(
            "error: the new index was not published, since it answers worse; the live one stays. Lines that begin with"
            " 'lost' have the question, its answer now, and the one that it would get with the documents it comes from."
            " Mend these, drop them (python -m ingest remove ID), or publish all the same: python -m ingest sync"
            " --force",
            file=sys.stderr,
        )


def _print_outcome(report: SyncReport) -> None:
    names = ("added", "changed", "moved", "removed")
    counts = ", ".join(f"{len(getattr(report, name))} {name}" for name in names if getattr(report, name)) or "rebuilt"
    if report.published:
        print(
            f"Published {report.generation}{' by force' if report.forced else ''}: {counts}, {report.n_unchanged}"
            f" unchanged; {report.n_documents} documents, {report.n_passages} passages in {report.seconds:.1f} s."
        )
    elif report.gate is None:
        print(f"Nothing to do: {report.n_documents} documents are as published in {report.generation}.")
    else:
        print(f"Not published: {counts}. {report.generation} stays.")


def _names(paths: Sequence[str]) -> str:
    """The first few of ``paths``, and how many more there are."""
    more = len(paths) - MOST_NAMES
    return ", ".join(paths[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")
