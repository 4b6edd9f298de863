"""What every parser hands on: blocks in order, what the file says of itself, and what was dropped on the way."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.entries import FrontMatter
from ingest.parse.hidden import excerpt

MOST_NOTED = 3


@dataclass(frozen=True, slots=True)
class Body:
    """A parsed file; ``notes`` are lines for the admin, without the file's name."""

    blocks: Sequence[Block]
    front: FrontMatter = field(default_factory=FrontMatter)
    notes: Sequence[str] = ()


@dataclass(slots=True)
class HiddenText:
    """Gathers text that a reader of the original would not see, while a parser drops it."""

    why: dict[str, list[str]] = field(default_factory=dict)

    def add(self, text: str, why: str) -> None:
        """Drop ``text``, which cannot be seen because ``why``."""
        if text.strip():
            self.why.setdefault(why, []).append(text)

    def notes(self) -> list[str]:
        """A line for each reason, with the first few texts."""
        lines = []
        for why, texts in self.why.items():
            more = f" and {len(texts) - MOST_NOTED} more" if len(texts) > MOST_NOTED else ""
            lines.append(f"hidden text dropped ({why}): {', '.join(map(excerpt, texts[:MOST_NOTED]))}{more}")
        return lines
