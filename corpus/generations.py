"""The generations of the index in the data folder: which of them is opened, and which are deleted.

::

    DATA_DIR/CURRENT              names the published one and the one before it, see ``corpus.pointer``
    DATA_DIR/LOCK                 held by the one process that writes, see ``corpus.locks``
    DATA_DIR/generations/<name>/  documents.sqlite, lexical/, chroma/, manifest.json, checksums.json

A generation never changes after ``CURRENT`` names it. ``CURRENT`` is replaced in one step, so readers open the old
generation or the new one. A reader holds a shared lock in the generation's folder; collecting old ones leaves it alone.
The one before the published one may be packed (``ingest.packing``) while a third is built: it cannot be opened then.
"""

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from corpus.embedder import Embedder
from corpus.errors import IndexUnavailable, ModelMismatch
from corpus.index import ChromaIndex, Index
from corpus.locks import lock_for_reading, unread
from corpus.manifest import CHECKSUMS_FILE, MANIFEST_FILE, PACKED_FILE, check_sizes, read_manifest
from corpus.pointer import Pointer, current_folder, generations_folder, read_pointer
from corpus.soundness import check_sound
from corpus.store import Store

OPEN_ATTEMPTS = 5
READERS_POLL_S = 0.2


@dataclass(frozen=True, slots=True)
class Opened:
    """An index that was opened; ``problem`` says why it is not the published one, and is empty where it is."""

    index: Index
    problem: str = ""


def open_current(data_dir: Path, embedder: Embedder) -> Index:
    """The published generation, for searching with ``embedder``.

    Raises:
        IndexUnavailable: nothing is published, or it cannot be read.
        ModelMismatch: it was built with another embedding model.
    """
    return _of_model(open_published(data_dir), embedder)


def open_good(data_dir: Path, embedder: Embedder) -> Opened:
    """The published generation or, where that is damaged or of another model, the newest one that is neither.

    Raises:
        IndexUnavailable: there is none; the message is about the published one.
    """
    try:
        return Opened(open_current(data_dir, embedder))
    except IndexUnavailable as error:
        for name in _others(data_dir):
            try:
                index = _of_model(_open(generations_folder(data_dir) / name), embedder)
            except (IndexUnavailable, FileNotFoundError):
                continue
            return Opened(index, f"{error}; the earlier generation {name} serves meanwhile")
        raise


def _others(data_dir: Path) -> list[str]:
    """The generations besides the published one, the one before it first, then the newest first."""
    try:
        pointer = read_pointer(data_dir)
    except IndexUnavailable:
        pointer = Pointer("", "")
    folder = generations_folder(data_dir)
    names = [path.name for path in folder.iterdir() if is_complete(path)] if folder.is_dir() else []
    return sorted((n for n in names if n != pointer.current), key=lambda n: (n == pointer.previous, n), reverse=True)


def _of_model(index: ChromaIndex, embedder: Embedder) -> ChromaIndex:
    manifest = index.manifest
    if (manifest.embedding_model, manifest.embedding_dim) != (embedder.name, embedder.dim):
        index.close()
        raise ModelMismatch(
            f"the index was built with the embedding model {manifest.embedding_model} ({manifest.embedding_dim}"
            f" dimensions), not {embedder.name} ({embedder.dim}); run: python -m ingest sync, or set"
            " FRAGA_EMBEDDING_MODEL to the model it was built with"
        )
    return index


def open_store(data_dir: Path) -> Store:
    """The published generation's documents alone, without search: quick to open.

    Raises:
        IndexUnavailable: nothing is published, or it cannot be read.
    """
    folder = current_folder(data_dir)
    read_manifest(folder)
    check_sizes(folder)
    return Store(folder)


def open_published(data_dir: Path) -> ChromaIndex:
    """The published generation whatever its model, with a reader's lock on it.

    Raises:
        IndexUnavailable: nothing is published, or it cannot be read.
    """
    for attempt in range(OPEN_ATTEMPTS):
        folder = current_folder(data_dir)
        try:
            return _open(folder)
        except FileNotFoundError:
            continue
        except IndexUnavailable:
            if attempt + 1 == OPEN_ATTEMPTS or folder.is_dir():
                raise
    raise IndexUnavailable(f"{data_dir}: the published generation kept changing; try again")


def _open(folder: Path) -> ChromaIndex:
    """A generation, locked for reading and compared with what was published before anything else touches it.

    Raises:
        IndexUnavailable: it is damaged.
        FileNotFoundError: it has been collected.
    """
    lock = lock_for_reading(folder)
    try:
        check_sound(folder)
        return ChromaIndex(folder, on_close=lambda: os.close(lock))
    except BaseException:
        os.close(lock)
        raise


def is_complete(folder: Path) -> bool:
    """Whether a generation was built to the end, and is not packed."""
    built = (folder / MANIFEST_FILE).is_file() and (folder / CHECKSUMS_FILE).is_file()
    return built and not (folder / PACKED_FILE).exists()


def collect(data_dir: Path, wait_s: float = 0.0) -> list[str]:
    """Delete the generations that are neither published, nor the one before, nor being read; their names.

    Args:
        data_dir: the data folder.
        wait_s: how long to wait for readers of old ones, who go over to what is published within seconds.
    """
    until = time.monotonic() + wait_s
    deleted: list[str] = []
    while True:
        pointer = read_pointer(data_dir)
        folders = [path for path in sorted(generations_folder(data_dir).glob("*")) if path.is_dir()]
        old = [folder for folder in folders if folder.name not in (pointer.current, pointer.previous)]
        gone = [folder.name for folder in old if _delete_unread(folder)]
        deleted += gone
        if len(gone) == len(old) or time.monotonic() >= until:
            return deleted
        time.sleep(READERS_POLL_S)


def _delete_unread(folder: Path) -> bool:
    with unread(folder) as free:
        if free:
            shutil.rmtree(folder)
        return free
