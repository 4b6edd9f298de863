"""Before a build: packs the generation before the live one, so that a third one beside the two takes less than a whole.

A packed generation holds what it can be built anew from (``ingest.unpacking``): its documents, compressed, and one
vector for each text. The graph, Chroma's database and the lexical index follow from these::

    generations/<name>/  documents.sqlite.gz, vectors.f32, packed.json, manifest.json, checksums.json

``packed.json`` is written last, and nothing is deleted before it is safe on disk. So whenever the process ends, a
generation is whole or packed, and can be gone back to either way.
"""

import gzip
import hashlib
import shutil
from contextlib import suppress
from pathlib import Path

from corpus.errors import IndexUnavailable
from corpus.lexical import LEXICAL_FOLDER
from corpus.locks import unread
from corpus.manifest import PACKED_FILE, checksum, read_checksums, write_sums
from corpus.pointer import fsync, fsync_all, generations_folder, read_pointer
from corpus.soundness import DATABASE, DIGEST_FILE, check_sound
from corpus.store import STORE_FILE, Store

PACKED_STORE = "documents.sqlite.gz"
PACKED_VECTORS = "vectors.f32"
LEVEL = 6  # a quarter of the size at 50 MB/s; 9 takes twice the time for a tenth less
BATCH_TEXTS = 2000


def is_packed(folder: Path) -> bool:
    """Whether the generation in ``folder`` is packed."""
    return (folder / PACKED_FILE).is_file()


def make_room(data_dir: Path) -> None:
    """Pack the generation before the live one, unless somebody reads it, or it is damaged and gives nothing to pack.

    Raises:
        OSError: the disk is full or cannot be written to; the generation is as it was.
    """
    previous = read_pointer(data_dir).previous
    folder = generations_folder(data_dir) / previous
    if not previous or not folder.is_dir():
        return
    with unread(folder) as free:
        if not free:
            return
        if not is_packed(folder):
            try:
                check_sound(folder)
                _pack(folder)
            except IndexUnavailable:
                return
        _drop_what_follows(folder)


def _pack(folder: Path) -> None:
    """Write the packed files beside the others, and seal them.

    Raises:
        IndexUnavailable: the generation cannot be read, or does not read as it was published.
    """
    try:
        _pack_vectors(folder)
        _pack_store(folder)
        sums = {name: checksum(folder / name) for name in (PACKED_STORE, PACKED_VECTORS)}
        unsealed = folder / f".{PACKED_FILE}.new"
        write_sums(unsealed, sums)
        fsync_all(folder)
        unsealed.replace(folder / PACKED_FILE)
        fsync(folder)
    except BaseException:
        for name in (PACKED_STORE, PACKED_VECTORS):
            (folder / name).unlink(missing_ok=True)
        raise


def _pack_vectors(folder: Path) -> None:
    """One row of float32 for each text, by the text's hash."""
    from corpus.vectors import VectorIndex

    store = Store(folder)
    try:
        vectors = VectorIndex(folder)
        try:
            with (folder / PACKED_VECTORS).open("wb") as file:
                for texts in store.distinct_texts(BATCH_TEXTS):
                    file.write(vectors.vectors([passage_id for _, passage_id in texts]).tobytes())
        finally:
            vectors.close()
    finally:
        store.close()


def _pack_store(folder: Path) -> None:
    """The documents' file compressed, and read once more to see that it gives the file that was published."""
    path = folder / PACKED_STORE
    with (folder / STORE_FILE).open("rb") as source, gzip.open(path, "wb", LEVEL) as packed:
        shutil.copyfileobj(source, packed)
    with gzip.open(path, "rb") as packed:
        found = hashlib.file_digest(packed, "sha256").hexdigest()
    if found != read_checksums(folder)[STORE_FILE].sha256:
        raise IndexUnavailable(f"{folder / STORE_FILE}: does not read as it was published")


def _drop_what_follows(folder: Path) -> None:
    """Delete all that can be built anew."""
    for name in (Path(DATABASE).parts[0], LEXICAL_FOLDER):
        with suppress(FileNotFoundError):
            shutil.rmtree(folder / name)
    for name in (STORE_FILE, DIGEST_FILE):
        (folder / name).unlink(missing_ok=True)
