"""Parses plain text, as it comes out of a PDF or a text editor, into blocks."""

from ingest.blocks import Block
from ingest.layout import repair


def parse_text(text: str) -> list[Block]:
    """The headings and paragraphs of a plain text, its layout repaired."""
    return repair(text)
