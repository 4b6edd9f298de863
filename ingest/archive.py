"""Backup and restore: the data folder as one archive, and back again without a file ever landing outside it."""

import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from corpus.errors import CheckFailed, DocumentError, FragaError, UsageError
from corpus.generations import collect, is_complete
from corpus.locks import IN_USE_FILE, LOCK_FILE, write_lock
from corpus.manifest import damaged_files, read_manifest
from corpus.pointer import CURRENT_FILE, GENERATIONS_FOLDER, Pointer, current_folder, publish, read_pointer
from corpus.store import STORE_FILE
from ingest.folders import FOLDERS_FILE
from ingest.origins import UPLOADS_FOLDER

DATABASE_SUFFIXES = (".sqlite", ".sqlite3", ".db")
# Files that SQLite keeps beside a database in use; a copy made by SQLite needs none of them.
_SIDE_FILES = ("-wal", "-shm", "-journal")
_LOCKS = (LOCK_FILE, IN_USE_FILE)
_TEMPORARY_PREFIX = ".restore-"


def backup(data_dir: Path, archive: Path) -> int:
    """Write uploads, settings of the folder, history and the published generation to ``archive``; the number of files.

    Raises:
        UsageError: there is nothing to write, or the archive would lie in the data folder.
    """
    if not data_dir.is_dir():
        raise UsageError(f"{data_dir}: no such folder, so there is nothing to back up")
    if archive.resolve().is_relative_to(data_dir.resolve()):
        raise UsageError(f"{archive}: lies in the data folder; write the archive somewhere else")
    temporary = archive.with_name(f".{archive.name}.new")
    with write_lock(data_dir):
        files = list(_files(data_dir, read_pointer(data_dir)))
        try:
            with tarfile.open(temporary, "w:gz") as tar, tempfile.TemporaryDirectory() as copies:
                for path in files:
                    tar.add(_settled(path, Path(copies)), arcname=path.relative_to(data_dir).as_posix())
            temporary.replace(archive)
        finally:
            temporary.unlink(missing_ok=True)
    return len(files)


def _files(data_dir: Path, pointer: Pointer) -> Iterator[Path]:
    """The files that a backup holds: everything but locks, half-written files and unpublished generations."""
    for path in sorted(data_dir.rglob("*")):
        inside = path.relative_to(data_dir)
        if not path.is_file() or path.is_symlink() or path.name in _LOCKS or path.name.endswith(_SIDE_FILES):
            continue
        if inside.parts[0].startswith(".") or path.name.startswith(".tantivy-") or path.name.endswith(".new"):
            continue
        if inside.parts[0] != GENERATIONS_FOLDER or inside.parts[1] == pointer.current:
            yield path


def _settled(path: Path, copies: Path) -> Path:
    """The file itself, or, of a database that may be written to meanwhile, a consistent copy."""
    if path.suffix not in DATABASE_SUFFIXES or path.name == STORE_FILE:
        return path
    copy = copies / "database"
    copy.unlink(missing_ok=True)
    source, target = sqlite3.connect(path), sqlite3.connect(copy)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    return copy


def restore(data_dir: Path, archive: Path) -> str:
    """Put the data folder back as ``archive`` holds it; the name of the published generation, empty without one.

    Everything is unpacked and checked beside the folder's content first; the pointer to the generation moves last.

    Raises:
        DocumentError: the file is no archive, or holds paths that escape, links or devices.
        CheckFailed: the generation in it is damaged.
    """
    with write_lock(data_dir):
        unpacked = Path(tempfile.mkdtemp(prefix=_TEMPORARY_PREFIX, dir=data_dir))
        try:
            _unpack(archive, unpacked)
            pointer = _checked(unpacked, archive)
            _move_in(unpacked, data_dir)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        if pointer.current:
            publish(data_dir, pointer.current, previous=_kept(data_dir, pointer.current))
        collect(data_dir)
    return pointer.current


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with tarfile.open(archive, "r:gz") as tar:
            members = tar.getmembers()
            for member in members:
                _refuse_escape(member, archive)
            for member in members:
                _write(tar, member, folder / member.name)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise DocumentError(f"{archive}: cannot be unpacked ({str(error) or type(error).__name__})") from error


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write a member's content alone: owners, modes and times of the archive do not count here."""
    content = tar.extractfile(member)
    if content is None:
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        shutil.copyfileobj(content, file)


def _refuse_escape(member: tarfile.TarInfo, archive: Path) -> None:
    path = PurePosixPath(member.name)
    if path.is_absolute() or ".." in path.parts or "\\" in member.name:
        raise DocumentError(f"{archive}: refused, since {member.name!r} would land outside the data folder")
    if not (member.isfile() or member.isdir()):
        raise DocumentError(f"{archive}: refused, since {member.name!r} is a link or a device, not a file")


def _checked(unpacked: Path, archive: Path) -> Pointer:
    if not any((unpacked / name).exists() for name in (CURRENT_FILE, UPLOADS_FOLDER, FOLDERS_FILE)):
        raise DocumentError(f"{archive}: not a backup of a data folder")
    pointer = read_pointer(unpacked)
    if pointer.current:
        folder = current_folder(unpacked)
        read_manifest(folder)
        damaged = damaged_files(folder)
        if damaged:
            raise CheckFailed(f"{archive}: damaged: {', '.join(damaged)}; nothing was changed")
    return pointer


def _move_in(unpacked: Path, data_dir: Path) -> None:
    """Move what was unpacked into place; a generation that is there already is the same one and stays."""
    for path in sorted(unpacked.iterdir()):
        if path.name in (CURRENT_FILE, *_LOCKS):
            continue
        if path.name == GENERATIONS_FOLDER:
            for generation in path.iterdir():
                _move_generation(generation, data_dir / GENERATIONS_FOLDER / generation.name)
            continue
        target = data_dir / path.name
        if target.is_dir():
            shutil.rmtree(target)
        path.replace(target)


def _move_generation(generation: Path, target: Path) -> None:
    target.parent.mkdir(exist_ok=True)
    if target.exists() and not _is_sound(target):
        shutil.rmtree(target)
    if not target.exists():
        generation.replace(target)


def _is_sound(folder: Path) -> bool:
    try:
        return is_complete(folder) and not damaged_files(folder)
    except FragaError:
        return False


def _kept(data_dir: Path, restored: str) -> str:
    """The generation to go back to after a restore: the one published until now, if it is another and still there."""
    pointer = read_pointer(data_dir)
    name = pointer.previous if pointer.current == restored else pointer.current
    return name if name and name != restored and (data_dir / GENERATIONS_FOLDER / name).is_dir() else ""
