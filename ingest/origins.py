"""Where documents come from: the bundled ones, uploads, and folders named once; before any file is parsed."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from corpus.errors import printable
from corpus.settings import PACKAGE
from ingest.entries import Entry, ManifestEntry, Origin, SourceFields, load_sources
from ingest.fetch.copies import copy_path, read_copies
from ingest.folders import Folder, read_folders, write_atomically
from ingest.parse.files import SUFFIXES

BUNDLED_FOLDER = PACKAGE / "documents"
BUNDLED_SOURCES = PACKAGE / "sources.yaml"
UPLOADS_FOLDER = "uploads"
SOURCES_FILE = "sources.yaml"
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files to ingest, in order of precedence, and what could not be gathered.

    ``notes`` tell of the files in folders that are of no format that is read.
    Documents of ``missing_folders`` are kept as they are stored until the folder is back or is removed. Those of
    ``empty_folders`` too: there is nothing at all in these, as where a disk is not mounted.
    """

    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
    missing_folders: tuple[str, ...] = ()
    empty_folders: tuple[str, ...] = ()
    excluded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def gather(
    data_dir: Path,
    bundled: Path = BUNDLED_FOLDER,
    bundled_sources: Path = BUNDLED_SOURCES,
    more_folders: Sequence[Path] = (),
) -> Gathered:
    """Every file that belongs in the index; ``more_folders`` count as if they were remembered."""
    problems: list[str] = []
    missing: list[str] = []
    empty: list[str] = []
    notes: list[str] = []
    entries = list(_listed(bundled, load_sources(bundled_sources), "bundled", problems))
    uploads = data_dir / UPLOADS_FOLDER
    entries += _listed(uploads, load_sources(uploads / SOURCES_FILE), "upload", problems)
    entries += _copied(data_dir, remote_entries(data_dir, bundled_sources))
    known = {folder.path: folder for folder in read_folders(data_dir)}
    folders = tuple((known | {str(path.resolve()): Folder(str(path.resolve())) for path in more_folders}).values())
    for folder in folders:
        try:
            found, refused, others = _found(Path(folder.path))
            entries += found
            problems += refused
            notes += _about_others(folder.path, others)
            if not any(Path(folder.path).iterdir()):
                empty.append(folder.path)
        except OSError as error:
            missing.append(folder.path)
            problems.append(
                f"{folder.path}: the folder cannot be read ({error.strerror}); its documents stay as they were;"
                f" to drop them: python -m ingest remove {folder.path}"
            )
    excluded = {folder.path: folder.excluded for folder in folders if folder.excluded}
    return Gathered(tuple(entries), tuple(problems), tuple(missing), tuple(empty), excluded, tuple(notes))


def _listed(folder: Path, listed: Sequence[ManifestEntry], origin: Origin, problems: list[str]) -> Iterator[Entry]:
    """The files of a manifest; a path that leads out of its folder becomes a problem instead."""
    for item in listed:
        if item.fetch:
            continue
        path = folder / item.path
        if "\0" in item.path or not path.resolve().is_relative_to(folder.resolve()):
            problems.append(
                printable(f"{folder / SOURCES_FILE}: {item.id}: the path {item.path!r} leads out of {folder}")
            )
            continue
        fields = SourceFields.model_validate(item.model_dump(include=set(SourceFields.model_fields)))
        yield Entry(path, origin, document_id=item.id, fields=fields, primary=item.primary)


def remote_entries(data_dir: Path, bundled_sources: Path = BUNDLED_SOURCES) -> list[ManifestEntry]:
    """The entries of all manifests that lie at an address."""
    manifests = (bundled_sources, data_dir / UPLOADS_FOLDER / SOURCES_FILE)
    return [entry for manifest in manifests for entry in load_sources(manifest) if entry.fetch]


def _copied(data_dir: Path, remote: Sequence[ManifestEntry]) -> Iterator[Entry]:
    """The copies of what has been fetched; the address is the source's own where the manifest gives no other."""
    copies = read_copies(data_dir)
    for item in remote:
        copy = copies.get(item.id)
        if copy is None or copy.url != item.fetch:
            continue
        values = item.model_dump(include=set(SourceFields.model_fields))
        fields = SourceFields.model_validate(values | {"url": item.url or item.fetch})
        yield Entry(copy_path(data_dir, copy), "fetched", document_id=item.id, fields=fields, primary=item.primary)


def _about_others(folder: str, others: Sequence[str]) -> Iterator[str]:
    if others:
        more = len(others) - MOST_NAMED
        named = ", ".join(others[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        yield printable(f"{folder}: left out, since files of these kinds are not read: {named}")


def _found(folder: Path) -> tuple[list[Entry], list[str], list[str]]:
    """The files in ``folder`` and below that can be taken in, by path, a line for each link that leads out of it, and
    the names of the files of other kinds.

    Hidden files are passed over.
    """
    os.scandir(folder).close()  # a missing folder is an error here, and none to os.walk
    entries, refused, others = [], [], []
    inside = folder.resolve()
    for parent, names, files in os.walk(folder):
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent) / name
            if name.startswith("."):
                continue
            if not name.lower().endswith(SUFFIXES):
                others.append(str(path.relative_to(folder)))
                continue
            if path.is_symlink() and path.exists() and not path.resolve().is_relative_to(inside):
                refused.append(printable(f"{path}: a link to a file outside {folder}; refused"))
                continue
            entries.append(Entry(path, "folder", folder=str(folder)))
    return entries, refused, others


def read_uploads(data_dir: Path) -> tuple[ManifestEntry, ...]:
    """The manifest of the uploads."""
    return load_sources(data_dir / UPLOADS_FOLDER / SOURCES_FILE)


def write_uploads(data_dir: Path, entries: Sequence[ManifestEntry]) -> None:
    """Replace the manifest of the uploads."""
    rows = [entry.model_dump(mode="json", exclude_defaults=True) for entry in entries]
    text = yaml.safe_dump({"documents": rows}, allow_unicode=True, sort_keys=False)
    write_atomically(data_dir / UPLOADS_FOLDER / SOURCES_FILE, text)


def add_address(data_dir: Path, added: ManifestEntry) -> None:
    """Put an address among the uploads, in place of an earlier entry of the same id."""
    others = [entry for entry in read_uploads(data_dir) if entry.id != added.id]
    write_uploads(data_dir, [*others, added])


def add_upload(data_dir: Path, added: ManifestEntry, suffix: str, data: bytes) -> Path:
    """Store a file among the uploads, in place of an earlier one of the same id; where it lies now.

    What an earlier entry said of the document stays where ``added`` says nothing.
    """
    folder = data_dir / UPLOADS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{added.id}{suffix.lower()}"
    earlier = [entry for entry in read_uploads(data_dir) if entry.id == added.id]
    said = {
        **(earlier[-1].model_dump(exclude_defaults=True) if earlier else {}),
        **added.model_dump(exclude_defaults=True),
    }
    temporary = folder / f".{path.name}.new"
    temporary.write_bytes(data)
    temporary.replace(path)
    others = [entry for entry in read_uploads(data_dir) if entry.id != added.id]
    write_uploads(data_dir, [*others, ManifestEntry.model_validate(said | {"path": path.name})])
    for entry in earlier:
        if entry.path and entry.path != path.name:
            (folder / entry.path).unlink(missing_ok=True)
    return path


def remove_upload(data_dir: Path, document_id: str) -> bool:
    """Delete an uploaded file; whether there was one of that id."""
    entries = read_uploads(data_dir)
    gone = [entry for entry in entries if entry.id == document_id]
    if gone:
        write_uploads(data_dir, [entry for entry in entries if entry.id != document_id])
    for entry in gone:
        if entry.path:
            (data_dir / UPLOADS_FOLDER / Path(entry.path).name).unlink(missing_ok=True)
    return bool(gone)
