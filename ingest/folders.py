"""Before gathering: the folders of documents that were named once and are read at every sync, as ``folders.json``."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import DocumentError, SettingsError, UsageError

FOLDERS_FILE = "folders.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of documents that was named with ``--documents``; ``excluded`` ids were removed from it by hand."""

    path: str
    excluded: tuple[str, ...] = ()


_FOLDERS = TypeAdapter(tuple[Folder, ...])


def read_folders(data_dir: Path) -> tuple[Folder, ...]:
    """The remembered folders, in the order in which they were named.

    Raises:
        SettingsError: the file that remembers them is damaged.
    """
    path = data_dir / FOLDERS_FILE
    if not path.is_file():
        return ()
    try:
        return _FOLDERS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise SettingsError(f"{path}: cannot be read ({type(error).__name__}); mend or delete it") from error


def remember_folders(data_dir: Path, paths: Sequence[Path]) -> None:
    """Add folders to those remembered; naming one again brings back what was removed from it.

    Raises:
        UsageError: one of them is no folder.
    """
    known = read_folders(data_dir)
    folders = {folder.path: folder for folder in known}
    for path in paths:
        if not path.is_dir():
            raise UsageError(f"{path}: no such folder")
        folders[str(path.resolve())] = Folder(str(path.resolve()))
    if tuple(folders.values()) != known:
        _write_folders(data_dir, tuple(folders.values()))


def forget_folder(data_dir: Path, path: Path) -> bool:
    """Drop a folder from those remembered; whether it was one of them."""
    folders = read_folders(data_dir)
    kept = tuple(folder for folder in folders if folder.path not in (str(path), str(path.resolve())))
    if len(kept) == len(folders):
        return False
    _write_folders(data_dir, kept)
    return True


def exclude(data_dir: Path, folder_path: str, document_id: str) -> None:
    """Leave one document of a remembered folder out from now on."""
    folders = tuple(
        replace(folder, excluded=(*folder.excluded, document_id)) if folder.path == folder_path else folder
        for folder in read_folders(data_dir)
    )
    _write_folders(data_dir, folders)


def _write_folders(data_dir: Path, folders: Sequence[Folder]) -> None:
    rows = [{"path": folder.path, "excluded": list(folder.excluded)} for folder in folders]
    write_atomically(data_dir / FOLDERS_FILE, json.dumps(rows, ensure_ascii=False, indent=2) + "\n")


def write_atomically(path: Path, text: str) -> None:
    """Write a small file so that it is there whole, or as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.new")
    try:
        temporary.write_text(text, "utf-8")
        temporary.replace(path)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written ({error.strerror})") from error
