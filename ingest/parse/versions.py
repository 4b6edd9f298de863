"""Versions of the parsers: raise one when what it makes of a file changes, and its files are parsed anew."""

from importlib.metadata import version
from pathlib import Path

from ingest.assemble import VERSION as ASSEMBLE_VERSION
from ingest.layout import VERSION as LAYOUT_VERSION
from ingest.parse.files import FORMATS, Format

_COMMON = f"files-2 {ASSEMBLE_VERSION}"
_PARSERS: dict[Format, str] = {
    "text": f"text-1 {LAYOUT_VERSION}",
    "markdown": f"markdown-2 markdown-it-{version('markdown-it-py')}",
    "html": "html-1",
    "pdf": f"pdf-1 {LAYOUT_VERSION} pypdfium2-{version('pypdfium2')}",
    "docx": "docx-1",
    "odt": "odt-1",
}


def parser_version(path: Path) -> str:
    """The version of what parses a file of this name; the parsers of other formats do not count."""
    return f"{_COMMON} {_PARSERS[FORMATS.get(path.suffix.lower(), 'text')]}"
