"""Before a generation is opened: is every file of it as it was published? Nothing here opens Chroma or writes."""

import hashlib
import sqlite3
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from corpus.errors import IndexUnavailable
from corpus.manifest import check_sizes, damaged_files, read_manifest

DATABASE = "chroma/chroma.sqlite3"
DIGEST_FILE = "chroma.digest"
# Chroma writes a row here whenever it is opened, and nowhere else.
_CHANGING_TABLES = frozenset({"acquire_write"})


def write_database_digest(folder: Path) -> None:
    """Record what Chroma's database holds, once it is closed; its bytes change when it is opened, its rows do not."""
    (folder / DIGEST_FILE).write_text(database_digest(folder / DATABASE) + "\n", "utf-8")


def database_digest(path: Path) -> str:
    """The hash of all rows of Chroma's database but those that opening it adds.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    digest = hashlib.sha256()
    connection = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1", uri=True)
    try:
        for (found,) in connection.execute("PRAGMA integrity_check(1)"):
            if found != "ok":
                raise sqlite3.DatabaseError(str(found).splitlines()[0])
        query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name"
        for name, made_by in connection.execute(query).fetchall():
            if name in _CHANGING_TABLES or str(made_by).upper().startswith("CREATE VIRTUAL"):
                continue
            digest.update(f"{name}\n{made_by}\n".encode())
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                digest.update(repr(row).encode("utf-8", "surrogatepass"))
    finally:
        connection.close()
    return digest.hexdigest()


def faults(folder: Path) -> list[str]:
    """What is wrong with the generation in ``folder``, a line each; none if it is as it was published.

    Raises:
        IndexUnavailable: its manifest or checksums cannot be read, so that nothing more can be told.
    """
    wrote = read_manifest(folder).versions.get("chromadb", version("chromadb"))
    found = [f"{name} is missing or not as published" for name in damaged_files(folder)]
    digest = folder / DIGEST_FILE
    if digest.is_file():  # format 1 had none
        try:
            # Another version of Chroma brings the database up to its own form when it opens it.
            same = database_digest(folder / DATABASE) == digest.read_text("utf-8", "replace").strip()
            if not same and wrote == version("chromadb"):
                found.append(f"{DATABASE} does not hold what was published")
        except (sqlite3.Error, OSError) as error:
            found.append(f"{DATABASE} cannot be read ({error})")
    return found


def check_sound(folder: Path) -> None:
    """Compare every file with what was published.

    Raises:
        IndexUnavailable: one is missing, cut or changed.
    """
    read_manifest(folder)
    check_sizes(folder)  # the quickest, with the clearest message
    wrong = faults(folder)
    if wrong:
        raise IndexUnavailable(f"{folder}: damaged ({'; '.join(wrong)}); run: python -m ingest sync")
