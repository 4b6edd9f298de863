"""What the commands of ``python -m ingest`` do; each prints what it is asked for and returns the exit code."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

from corpus.errors import FragaError, UsageError
from corpus.generations import current_folder, open_store, publish, read_pointer, write_lock
from corpus.manifest import check_sizes, damaged_files, read_manifest
from corpus.settings import Settings
from corpus.store import Record
from ingest.origins import (
    BUNDLED_SOURCES,
    add_upload,
    exclude,
    forget_folder,
    read_folders,
    read_uploads,
    remove_upload,
)

MOST_NAMES = 3

Command = Callable[[Settings, argparse.Namespace], int]


def sync(settings: Settings, options: argparse.Namespace) -> int:
    """Bring the index in line with the files."""
    return _sync(settings, [Path(folder) for folder in options.documents or ()], as_json=options.json)


def list_documents(settings: Settings, options: argparse.Namespace) -> int:
    """Print the published documents."""
    store = open_store(settings.data_dir)
    origins = {record.document_id: record for record in store.records()}
    rows = [(source, origins[source.document_id]) for source in store.sources()]
    store.close()
    if options.json:
        _print_json([asdict(source) | {"origin": record.origin, "path": record.path} for source, record in rows])
        return 0
    width = max((len(source.document_id) for source, _ in rows), default=0)
    for source, record in rows:
        print(
            f"{source.document_id:<{width}}  {source.kind:<10}  {source.date:<10}  {record.origin:<8}  {source.title}"
        )
    return 0


def status(settings: Settings, options: argparse.Namespace) -> int:
    """Print what is published and where documents are taken from."""
    folder = current_folder(settings.data_dir)
    manifest = read_manifest(folder)
    check_sizes(folder)
    facts = {
        "data_dir": str(settings.data_dir),
        "generation": manifest.generation,
        "previous": read_pointer(settings.data_dir).previous or None,
        "created": manifest.created,
        "embedding_model": manifest.embedding_model,
        "embedding_dim": manifest.embedding_dim,
        "content_hash": manifest.content_hash,
        "n_documents": manifest.n_documents,
        "n_passages": manifest.n_passages,
        "folders": [known.path for known in read_folders(settings.data_dir)],
        "uploads": [entry.id for entry in read_uploads(settings.data_dir)],
    }
    if options.json:
        _print_json(facts)
        return 0
    for name, value in facts.items():
        print(f"{name:<16} {', '.join(value) or '-' if isinstance(value, list) else value or '-'}")
    return 0


def show(settings: Settings, options: argparse.Namespace) -> int:
    """Print one document's stored text, exactly."""
    store = open_store(settings.data_dir)
    text = store.document(options.document_id).text
    store.close()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()
    return 0


def verify(settings: Settings, options: argparse.Namespace) -> int:
    """Check the published generation byte by byte and by searching it."""
    from corpus.generations import open_published
    from corpus.swedish import SwedishAnalyzer
    from ingest.check import check_database, check_generation

    folder = current_folder(settings.data_dir)
    damaged = damaged_files(folder)
    if damaged:
        print(f"error: {folder}: damaged: {', '.join(damaged)}; run: python -m ingest sync", file=sys.stderr)
        return 1
    check_database(folder)
    index = open_published(settings.data_dir)
    try:
        check_generation(index, None, SwedishAnalyzer())
        print(f"{folder.name}: {index.manifest.n_documents} documents, {index.manifest.n_passages} passages: sound")
    finally:
        index.close()
    return 0


def rollback(settings: Settings, options: argparse.Namespace) -> int:
    """Publish the previous generation again."""
    data_dir = settings.data_dir
    with write_lock(data_dir):
        pointer = read_pointer(data_dir)
        if not pointer.previous:
            raise UsageError(f"{data_dir}: there is no earlier generation to go back to")
        folder = current_folder(data_dir).parent / pointer.previous
        read_manifest(folder)
        check_sizes(folder)
        publish(data_dir, pointer.previous, previous=pointer.current)
    print(
        f"Published {pointer.previous} again; {pointer.current} is kept. The next sync takes in the files as they are."
    )
    return 0


def remove(settings: Settings, options: argparse.Namespace) -> int:
    """Drop an upload, a document of a remembered folder, or such a folder, and publish without it."""
    data_dir, name = settings.data_dir, options.name
    with write_lock(data_dir):
        if not forget_folder(data_dir, Path(name)) and not remove_upload(data_dir, name):
            record = _record(settings, name)
            if record.origin == "bundled":
                raise UsageError(
                    f"{name}: comes with the program and cannot be removed; it is listed in {BUNDLED_SOURCES}"
                )
            exclude(data_dir, record.folder, name)
    return _sync(settings, [], as_json=False)


def _record(settings: Settings, document_id: str) -> Record:
    store = open_store(settings.data_dir)
    found = next((record for record in store.records() if record.document_id == document_id), None)
    store.close()
    if found is None:
        raise UsageError(f"{document_id}: neither a document nor a remembered folder; see: python -m ingest list")
    return found


def add(settings: Settings, options: argparse.Namespace) -> int:
    """Copy a file into the uploads and publish it."""
    from ingest.entries import Entry, load_sources
    from ingest.parse.document import parse_bytes
    from ingest.parse.files import SUFFIXES, read_bytes

    if "://" in options.file:
        raise UsageError(
            f"{options.file}: addresses cannot be fetched yet; save the page as text or Markdown and add that"
        )
    path = Path(options.file)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: only {', '.join(SUFFIXES)} can be taken in")
    data = read_bytes(path)
    found = parse_bytes(data, Entry(path, "upload")).source.document_id
    if found in {entry.id for entry in load_sources(BUNDLED_SOURCES)}:
        raise UsageError(f"{path}: the id {found!r} is taken by a document that comes with the program")
    with write_lock(settings.data_dir):
        add_upload(settings.data_dir, found, path.suffix, data)
    print(f"Added {found}.")
    return _sync(settings, [], as_json=False)


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Write the data folder to one archive."""
    from ingest.archive import backup as write_archive

    n_files = write_archive(settings.data_dir, Path(options.file))
    print(f"{options.file}: {n_files} files of {settings.data_dir}")
    return 0


def restore(settings: Settings, options: argparse.Namespace) -> int:
    """Put the data folder back as an archive holds it."""
    from ingest.archive import restore as read_archive

    generation = read_archive(settings.data_dir, Path(options.file))
    print(f"{settings.data_dir}: restored, generation {generation or 'none'}")
    return 0


def _sync(settings: Settings, folders: list[Path], *, as_json: bool) -> int:
    from corpus.embedder import load_embedder
    from ingest.show_progress import shown_progress
    from ingest.sync import sync as bring_in_line

    missing = next((folder for folder in folders if not folder.is_dir()), None)
    if missing is not None:
        raise UsageError(f"{missing}: no such folder")
    with shown_progress() as progress:
        report = bring_in_line(
            settings.data_dir,
            load_embedder(settings.embedding_model, allow_download=settings.allow_download),
            folders,
            progress=progress,
        )
    for problem in report.problems:
        print(f"error: {problem}", file=sys.stderr)
    for note in report.notes:
        print(f"note: {note}", file=sys.stderr)
    if report.without_text:
        print(f"{_names(report.without_text)}: no text, left out", file=sys.stderr)
    if as_json:
        _print_json(asdict(report))
    elif report.published:
        parts = (("added", report.added), ("changed", report.changed), ("removed", report.removed))
        counts = ", ".join(f"{len(ids)} {name}" for name, ids in parts if ids) or "rebuilt"
        print(
            f"Published {report.generation}: {counts}, {report.n_unchanged} unchanged;"
            f" {report.n_documents} documents, {report.n_passages} passages in {report.seconds:.1f} s."
        )
    else:
        print(f"Nothing to do: {report.n_documents} documents are as published in {report.generation}.")
    return 1 if report.problems else 0


def _names(paths: Sequence[str]) -> str:
    """The first few of ``paths``, and how many more there are."""
    more = len(paths) - MOST_NAMES
    return ", ".join(paths[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def run(command: Command, settings: Settings, options: argparse.Namespace) -> int:
    """Run one command; whatever goes wrong on purpose or in the file system is one line on stderr."""
    try:
        return command(settings, options)
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # the reader of a list or text has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}{error.strerror or error}", file=sys.stderr)
        return 2


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
