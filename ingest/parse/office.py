"""What Word and OpenDocument files have in common, once they are unpacked."""

from collections.abc import Iterable, Sequence

from ingest.blocks import Block
from ingest.entries import FrontMatter
from ingest.parse.facts import front_matter
from ingest.parse.hidden import without_hidden

HEAD_BLOCKS = 20


def take_line(texts: list[str]) -> str:
    """The text in ``texts`` on one line; they are emptied for the next."""
    text = " ".join(without_hidden("".join(texts))[0].split())
    texts.clear()
    return text


def with_words(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that hold a letter or a digit."""
    return [block for block in blocks if any(c.isalnum() for c in block.text)]


def front_of(blocks: Sequence[Block], title: str, date: str, publisher: str = "") -> FrontMatter:
    """What a document says of itself; its first heading is the title where its properties name none."""
    heading = next((b.text for b in blocks if b.kind == "heading" and b.level == 1), "")
    return front_matter(
        title=title or heading,
        publisher=publisher,
        date=date,
        text=" ".join(block.text for block in blocks[:HEAD_BLOCKS]),
    )
