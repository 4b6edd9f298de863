"""What the commands of ``python -m ingest`` do that read, check or go back; each returns its exit code."""

import argparse
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from corpus.errors import FragaError, UsageError
from corpus.generations import collect, open_store
from corpus.locks import write_lock
from corpus.manifest import check_sizes, read_manifest
from corpus.pointer import current_folder, publish, read_pointer
from corpus.settings import Settings
from corpus.soundness import faults
from ingest import history
from ingest.fetch.copies import read_copies
from ingest.folders import read_folders
from ingest.origins import read_uploads, remote_entries

Command = Callable[[Settings, argparse.Namespace], int]


def list_documents(settings: Settings, options: argparse.Namespace) -> int:
    """Print the published documents."""
    store = open_store(settings.data_dir)
    origins = {record.document_id: record for record in store.records()}
    rows = [(source, origins[source.document_id]) for source in store.sources()]
    store.close()
    if options.json:
        print_json([asdict(source) | {"origin": record.origin, "path": record.path} for source, record in rows])
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
    copies = read_copies(settings.data_dir)
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
        "addresses": f"{len(copies)} of {len(remote_entries(settings.data_dir))} fetched",
        "fetched": sorted(copies),
    }
    if options.json:
        print_json(facts)
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
    from ingest.check import check_generation

    folder = current_folder(settings.data_dir)
    wrong = faults(folder)
    if wrong:
        print(f"error: {folder}: damaged: {'; '.join(wrong)}; run: python -m ingest sync", file=sys.stderr)
        return 1
    index = open_published(settings.data_dir)
    try:
        check_generation(index, None, SwedishAnalyzer())
        print(f"{folder.name}: {index.manifest.n_documents} documents, {index.manifest.n_passages} passages: sound")
    finally:
        index.close()
    return 0


def rollback(settings: Settings, options: argparse.Namespace) -> int:
    """Publish the previous generation again."""
    from ingest.show_progress import shown_progress
    from ingest.unpacking import whole

    data_dir = settings.data_dir
    with write_lock(data_dir):
        pointer = read_pointer(data_dir)
        if not pointer.previous:
            raise UsageError(f"{data_dir}: there is no earlier generation to go back to")
        with shown_progress() as progress:
            name = whole(data_dir, pointer.previous, progress)
        publish(data_dir, name, previous=pointer.current)
        event = history.Event(history.now(), history.who(), "rolled back", name, previous=pointer.current)
        history.record(data_dir, event)
        collect(data_dir)
    again = f"{name} again" if name == pointer.previous else f"{name}, built from the packed {pointer.previous}"
    print(f"Published {again}; {pointer.current} is kept. The next sync takes in the files as they are.")
    return 0


def show_history(settings: Settings, options: argparse.Namespace) -> int:
    """Print who published what, when, and with which result; the latest last."""
    events = history.read(settings.data_dir)
    if options.json:
        print_json([asdict(event) for event in events])
        return 0
    for event in events:
        changes = [(name, len(getattr(event, name))) for name in ("added", "changed", "moved", "removed")]
        said = [", ".join(f"{n} {name}" for name, n in changes if n), event.gate, "FORCED" if event.forced else ""]
        where = event.generation or f"a new index; {event.previous} stayed"
        print(f"{event.time}  {event.who or '-'}  {event.action} {where}  {'; '.join(filter(None, said))}".rstrip())
    return 0


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
    if generation:
        history.record(settings.data_dir, history.Event(history.now(), history.who(), "restored", generation))
    print(f"{settings.data_dir}: restored, generation {generation or 'none'}")
    return 0


def run(command: Command, settings: Settings, options: argparse.Namespace) -> int:
    """Run one command; whatever goes wrong on purpose or in the file system is one line on stderr."""
    try:
        return command(settings, options)
    except FragaError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # an OSError too, but one that ends without a word
        raise
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"error: {where}{error.strerror or error}", file=sys.stderr)
        return 2


def print_json(value: object) -> None:
    """Print a value as JSON on stdout."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
