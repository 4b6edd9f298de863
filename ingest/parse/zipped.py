"""For Word and OpenDocument files: reads the XML inside a zip archive without trusting a single length in it."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from corpus.errors import DocumentError

MAX_ENTRIES = 5000
MAX_DEPTH = 200
# Office XML packs to a tenth or so; a file that grows more than this holds nothing that anyone wrote.
MAX_GROWTH = 200
SMALL_BYTES = 1_000_000
_READ_BYTES = 1 << 16
# Elements that are done with when they close; what lies inside one is still there until then.
_LET_GO = frozenset({"p", "h", "tr", "table-row", "tbl", "table", "style"})
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Event:
    """The beginning (``starts``) or end of an element; names are without their namespace's address."""

    starts: bool
    name: str
    element: ElementTree.Element


class Package:
    """A zip archive whose parts are read by name, up to ``max_bytes`` altogether."""

    def __init__(self, data: bytes, path: Path, max_bytes: int) -> None:
        """Open the archive.

        Raises:
            DocumentError: it is damaged, or holds more parts than any document.
        """
        self._path = path
        self._left = max_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise DocumentError(f"{path}: damaged or cut off ({error}); save it anew") from error
        if len(self._zip.infolist()) > MAX_ENTRIES:
            raise DocumentError(f"{path}: refused, since it holds {len(self._zip.infolist()):,} parts")

    def part(self, name: str) -> bytes:
        """A part's content; empty if there is none of that name.

        Raises:
            DocumentError: it is damaged, locked, or unpacks to more than is read.
        """
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & _ENCRYPTED:
            raise DocumentError(f"{self._path}: locked with a password; save it without one")
        content = bytearray()
        try:
            with self._zip.open(info) as part:
                while piece := part.read(_READ_BYTES):
                    content += piece
                    self._left -= len(piece)
                    too_dense = len(content) > SMALL_BYTES and len(content) > MAX_GROWTH * max(1, info.compress_size)
                    if self._left < 0 or too_dense:
                        raise DocumentError(f"{self._path}: refused, since {name} unpacks to far more than a document")
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
            raise DocumentError(f"{self._path}: damaged or cut off ({error}); save it anew") from error
        return bytes(content)

    def events(self, name: str) -> Iterator[Event]:
        """The elements of an XML part as they open and close; what has closed is let go.

        Raises:
            DocumentError: the part is missing, is not well-formed, or is nested deeper than any document.
        """
        content = self.part(name)
        if not content:
            raise DocumentError(f"{self._path}: damaged: {name} is missing; save it anew")
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise DocumentError(f"{self._path}: refused, since {name} defines entities of its own")
        depth = 0
        try:
            for kind, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
                starts = kind == "start"
                depth += 1 if starts else -1
                if depth > MAX_DEPTH:
                    raise DocumentError(f"{self._path}: refused, since {name} is nested more than {MAX_DEPTH} deep")
                yield Event(starts, local(element.tag), element)
                if not starts and local(element.tag) in _LET_GO:
                    element.clear()
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise DocumentError(f"{self._path}: damaged: {name} is not well-formed ({error}); save it anew") from error

    def facts(self, name: str) -> dict[str, str]:
        """The texts of a small part's elements, by name; nothing where it is missing or damaged."""
        try:
            found = [(e.name, e.element.text or "") for e in self.events(name) if not e.starts]
        except DocumentError:
            return {}
        return {key: text for key, text in reversed(found) if text.strip()}


def local(tag: str) -> str:
    """An element's or attribute's name without its namespace."""
    return tag.rpartition("}")[2]


def attributes(element: ElementTree.Element) -> dict[str, str]:
    """An element's attributes by name without namespace."""
    return {local(name): value for name, value in element.attrib.items()}
