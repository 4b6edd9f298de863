"""The pointer to the published generation: which one it is, and how another takes its place in one step.

::

    DATA_DIR/CURRENT              the published generation's name, and on a second line the one before it
    DATA_DIR/generations/<name>/  see ``corpus.generations``
"""

import os
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import IndexUnavailable

CURRENT_FILE = "CURRENT"
GENERATIONS_FOLDER = "generations"


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``CURRENT`` says: names of the published generation and of the one before it, empty if there is none."""

    current: str
    previous: str


def generations_folder(data_dir: Path) -> Path:
    """Where the generations lie."""
    return data_dir / GENERATIONS_FOLDER


def read_pointer(data_dir: Path) -> Pointer:
    """Which generation is published; empty names where none is.

    Raises:
        IndexUnavailable: the pointer file is there but cannot be read.
    """
    path = data_dir / CURRENT_FILE
    try:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
    except FileNotFoundError:
        return Pointer("", "")
    except OSError as error:
        raise IndexUnavailable(f"{path}: cannot be read ({error.strerror}); run: python -m ingest sync") from error
    return Pointer(lines[0].strip(), lines[1].strip() if len(lines) > 1 else "")


def pointer_stamp(data_dir: Path) -> tuple[int, int, int] | None:
    """What changes whenever another generation is published; None where none is."""
    try:
        found = (data_dir / CURRENT_FILE).stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def publish(data_dir: Path, name: str, previous: str) -> None:
    """Make ``name`` the published generation, in one step that survives a power cut."""
    fsync_all(generations_folder(data_dir) / name)
    temporary = data_dir / f".{CURRENT_FILE}.new"
    temporary.write_text(f"{name}\n{previous}\n", "utf-8")
    fsync(temporary)
    temporary.replace(data_dir / CURRENT_FILE)
    fsync(data_dir)


def current_folder(data_dir: Path) -> Path:
    """The published generation's folder.

    Raises:
        IndexUnavailable: nothing is published, or the generation is gone.
    """
    name = read_pointer(data_dir).current
    folder = generations_folder(data_dir) / name
    if not name:
        raise IndexUnavailable(f"{data_dir}: nothing is published yet; run: python -m ingest sync")
    if Path(name).name != name or not folder.is_dir():
        raise IndexUnavailable(f"{folder}: the published generation is missing; run: python -m ingest sync")
    return folder


def fsync_all(folder: Path) -> None:
    """Have the disk hold a folder and all that is in it."""
    for path in [*folder.rglob("*"), folder, folder.parent]:
        fsync(path)


def fsync(path: Path) -> None:
    """Have the disk hold a file, or the names in a folder."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
