"""What a generation says of itself, as ``manifest.json`` in its folder, and the checksums that show damage."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import IndexUnavailable
from corpus.models import Manifest

# Raised with the layout of the files, and with the word analysis whose terms the lexical index holds.
FORMAT_VERSION = 4
# Other versions of these may write and read their files otherwise.
STORES = ("chromadb", "tantivy")
# Formats that can be read and served; a sync writes them anew in the present one.
READABLE_FORMATS = (1, 2, 3, 4)
MANIFEST_FILE = "manifest.json"
CHECKSUMS_FILE = "checksums.json"
# There when a generation is packed: it holds only what it can be built anew from.
PACKED_FILE = "packed.json"
# Readers change these: Chroma writes to its database whenever it is opened, tantivy keeps lock files.
_CHANGING = ("chroma.sqlite3",)
_LOCK_PREFIXES = (".tantivy-", "in-use")


@dataclass(frozen=True, slots=True)
class Checksum:
    """Length in bytes and SHA-256 of a file."""

    size: int
    sha256: str


_MANIFEST = TypeAdapter(Manifest)
_CHECKSUMS = TypeAdapter(dict[str, Checksum])


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write ``manifest`` into the generation's folder."""
    (folder / MANIFEST_FILE).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=2) + "\n", "utf-8")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in ``folder``.

    Raises:
        IndexUnavailable: it is missing, damaged, or of a format that this program does not read.
    """
    path = folder / MANIFEST_FILE
    try:
        values = json.loads(path.read_text("utf-8"))
        found = values.get("format_version")
        if found not in READABLE_FORMATS:
            readable = f"{READABLE_FORMATS[0]} to {READABLE_FORMATS[-1]}"
            raise IndexUnavailable(
                f"{path}: format version {found}, this program reads {readable}; run: python -m ingest sync"
            )
        return _MANIFEST.validate_python(values)
    except (OSError, ValueError, AttributeError, ValidationError) as error:
        raise IndexUnavailable(
            f"{path}: cannot be read ({type(error).__name__}); run: python -m ingest sync"
        ) from error


def store_versions() -> dict[str, str]:
    """The versions of the stores that this program writes and reads with."""
    return {name: version(name) for name in STORES}


def other_stores(manifest: Manifest) -> str:
    """Which stores wrote the generation in other versions than this program's, in words; empty where none did."""
    wrote = {name: manifest.versions.get(name, "an unknown version") for name in STORES}
    return ", ".join(
        f"{name} {wrote[name]} (now {now})" for name, now in store_versions().items() if now != wrote[name]
    )


def write_checksums(folder: Path) -> None:
    """Record length and hash of every file in the generation's folder that readers leave as it is."""
    write_sums(
        folder / CHECKSUMS_FILE, {str(path.relative_to(folder)): checksum(path) for path in _fixed_files(folder)}
    )


def write_sums(path: Path, sums: Mapping[str, Checksum]) -> None:
    """Write checksums by file name."""
    path.write_text(json.dumps({name: asdict(found) for name, found in sums.items()}, indent=1) + "\n", "utf-8")


def check_sizes(folder: Path) -> None:
    """Compare the lengths of the generation's files with those recorded; cheap enough for every opening.

    Raises:
        IndexUnavailable: a file is missing or cut.
    """
    for name, expected in read_checksums(folder).items():
        path = folder / name
        size = path.stat().st_size if path.is_file() else None
        if size != expected.size:
            found = "is missing" if size is None else f"has {size:,} bytes of {expected.size:,}"
            raise IndexUnavailable(f"{path}: damaged ({found}); run: python -m ingest sync")


def damaged_files(folder: Path) -> list[str]:
    """Names of files that are missing or differ from what was published, compared byte by byte."""
    return [
        name
        for name, expected in read_checksums(folder).items()
        if not (folder / name).is_file() or checksum(folder / name) != expected
    ]


def read_checksums(folder: Path, file: str = CHECKSUMS_FILE) -> Mapping[str, Checksum]:
    """The recorded checksums by file name: of the whole generation, or those that ``file`` holds.

    Raises:
        IndexUnavailable: they are missing or damaged.
    """
    path = folder / file
    try:
        return _CHECKSUMS.validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise IndexUnavailable(
            f"{path}: cannot be read ({type(error).__name__}); run: python -m ingest sync"
        ) from error


def checksum(path: Path) -> Checksum:
    """Length and hash of the file at ``path``."""
    with path.open("rb") as file:
        return Checksum(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _fixed_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        changing = path.name in _CHANGING or path.name == CHECKSUMS_FILE
        if path.is_file() and not changing and not path.name.startswith(_LOCK_PREFIXES):
            yield path
