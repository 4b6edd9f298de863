"""What a sync tells of itself: to the admin, to scripts and to the history."""

from dataclasses import dataclass

from ingest.gate import Verdict


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; the lists hold document ids, ``problems`` a line for each file that was not taken in.

    ``without_text`` names the files in folders that hold nothing but front matter or headings; ``notes`` says what was
    mended or dropped on the way. ``gate`` is what the gate said, where one was asked; a candidate that it turned down
    is published only if that was ``forced``.
    """

    published: bool
    generation: str
    n_documents: int
    n_passages: int
    n_unchanged: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    without_text: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    gate: Verdict | None = None
    forced: bool = False
    seconds: float = 0.0
