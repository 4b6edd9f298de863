"""First step of ingest: reads a file's bytes and makes clean text of them, or says why it cannot."""

import re
import unicodedata
from pathlib import Path

from corpus.errors import DocumentError

SUFFIXES = (".txt", ".text", ".md", ".markdown")
MAX_BYTES = 20_000_000

# Marks that no reader sees: byte order marks, zero-width spaces and joiners, soft hyphens.
_INVISIBLE = re.compile("[\ufeff\u200b\u200c\u200d\u2060\u00ad]")
# A soft hyphen at a line's end is there for the break only: both go, and the blank lines that extraction adds.
_SOFT_BREAK = re.compile("\u00ad[ \t]*\r?\n(?:[ \t]*\r?\n)*")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def read_bytes(path: Path) -> bytes:
    """The file's content.

    Raises:
        DocumentError: the file cannot be read, is empty or too large, or is not text.
    """
    try:
        if not path.is_file():
            raise DocumentError(f"{path}: no such file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError(f"{path}: {size:,} bytes are more than the {MAX_BYTES:,} that are read; split the file")
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read ({error.strerror or error})") from error


def decode(data: bytes, path: Path) -> str:
    """The text of a file's bytes: UTF-8, else Windows-1252; composed letters, unseen marks removed.

    Raises:
        DocumentError: there is no text in the file, or it is none.
    """
    if not data.strip():
        raise DocumentError(f"{path}: the file is empty")
    if b"\x00" in data:
        raise DocumentError(f"{path}: not a text file (it holds NUL bytes); save it as UTF-8 text")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise DocumentError(f"{path}: neither UTF-8 nor Windows-1252 text (byte {error.start})") from None
    if found := _CONTROL.search(text):
        raise DocumentError(f"{path}: not a text file (control character {ord(found[0]):#04x})")
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _SOFT_BREAK.sub("", text)))
    if not any(c.isalnum() for c in text):
        raise DocumentError(f"{path}: there are no words in the file")
    return text
