"""First step of ingest: reads a file's bytes, tells its format, and makes clean text of bytes, or says why not."""

import codecs
import re
import unicodedata
from pathlib import Path
from typing import Literal

from corpus.errors import DocumentError
from ingest.limits import DEFAULT_LIMITS
from ingest.parse.hidden import without_hidden

Format = Literal["text", "markdown", "html", "pdf", "docx", "odt"]
FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".odt": "odt",
}
SUFFIXES = tuple(FORMATS)
NAMES: dict[Format, str] = {
    "text": "plain text",
    "markdown": "Markdown",
    "html": "a web page",
    "pdf": "a PDF",
    "docx": "a Word document",
    "odt": "an OpenDocument text",
}
SNIFFED_BYTES = 1024
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_NOT_SWEDISH = re.compile(r"[\x80-\x9f]")  # what text of another encoding decodes to
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_bytes(path: Path, max_bytes: int = DEFAULT_LIMITS.file_bytes) -> bytes:
    """The file's content.

    Raises:
        DocumentError: the file cannot be read or is too large.
    """
    try:
        if not path.is_file():
            raise DocumentError(f"{path}: no such file")
        size = path.stat().st_size
        if size > max_bytes:
            raise DocumentError(
                f"{path}: {size:,} bytes are more than the {max_bytes:,} that are read; split the file or raise"
                " FRAGA_MAX_FILE_MB"
            )
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise DocumentError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or error})") from error


def format_of(data: bytes, path: Path) -> Format:
    """The format that the file's name says, if its content bears it out.

    Raises:
        DocumentError: the file is empty, of no format that can be read, or of another than its name says.
    """
    if not data.strip(b" \t\r\n\0\xef\xbb\xbf"):
        raise DocumentError(f"{path}: the file is empty")
    named = FORMATS.get(path.suffix.lower())
    if named is None:
        raise DocumentError(f"{path}: only {', '.join(SUFFIXES)} can be taken in")
    if data.startswith(_OLD_OFFICE):
        raise DocumentError(
            f"{path}: an old Office file (.doc) or one locked with a password; save it as .docx or .pdf without one"
        )
    found = _sniffed(data)
    if found is not None and found != named and named not in ("text", "markdown"):
        raise DocumentError(f"{path}: its name says {NAMES[named]}, but it is {NAMES[found]}; rename it")
    if found in ("pdf", "docx", "odt") and found != named:
        raise DocumentError(f"{path}: its name says {NAMES[named]}, but it is {NAMES[found]}; rename it")
    if named in ("pdf", "docx", "odt") and found is None:
        raise DocumentError(f"{path}: its name says {NAMES[named]}, but it is none, or damaged; save it anew")
    return named


def _sniffed(data: bytes) -> Format | None:
    """The format that the first bytes tell; None for text of any kind, and for what is not known."""
    start = data[:SNIFFED_BYTES]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        if b"application/vnd.oasis.opendocument.text" in start:
            return "odt"
        return "docx" if b"word/" in data or b"[Content_Types].xml" in data else None
    beginning = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return "html" if beginning.startswith((b"<!doctype html", b"<html")) else None


def decode(data: bytes, path: Path, encoding: str = "") -> tuple[str, list[str]]:
    """The text of a file's bytes, composed letters, unseen marks removed, and what there was of the latter.

    Args:
        data: the bytes.
        path: for messages.
        encoding: what the file says of itself; otherwise UTF-8, UTF-16 with its mark, else Windows-1252 or Latin-1.

    Raises:
        DocumentError: there is no text in the file, or it is none.
    """
    if not data.strip():
        raise DocumentError(f"{path}: the file is empty")
    marked = next((name for mark, name in _BOMS if data.startswith(mark)), "")
    if b"\x00" in data and not marked.startswith("utf-16"):
        raise DocumentError(f"{path}: not a text file (it holds NUL bytes); save it as UTF-8 text")
    text = _decoded(data, [marked] if marked else [encoding, "utf-8", "cp1252", "latin-1"])
    if text is None or _NOT_SWEDISH.search(text):
        raise DocumentError(f"{path}: neither UTF-8 nor Windows-1252 text; save it as UTF-8")
    if found := _CONTROL.search(text):
        raise DocumentError(f"{path}: not a text file (control character {ord(found[0]):#04x})")
    text, notes = without_hidden(text)
    text = unicodedata.normalize("NFC", text)
    if not any(c.isalnum() for c in text):
        raise DocumentError(f"{path}: there are no words in the file")
    return text, notes


def _decoded(data: bytes, encodings: list[str]) -> str | None:
    for encoding in filter(None, encodings):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return None
