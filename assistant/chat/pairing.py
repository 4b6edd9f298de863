"""Used by verification: a statement beside the sentence of the source that is to bear it, unit by unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.chat.words import Unit, content
from assistant.clauses import split_clauses


@dataclass(frozen=True, slots=True)
class Pairing:
    """The units of a statement with those of the source that bear them; ``said`` and ``source`` hold all, in order.

    ``pairs`` gives, by position, for each of ``mine`` the one of ``theirs`` that says the same.
    """

    said_text: str
    source_text: str
    said: tuple[Unit, ...]
    source: tuple[Unit, ...]
    pairs: Mapping[int, int]

    @property
    def mine(self) -> list[Unit]:
        """The units of the statement that have to be borne."""
        return content(self.said)

    @property
    def theirs(self) -> list[Unit]:
        """The units of the source that may bear one."""
        return content(self.source)

    @property
    def clause_of(self) -> list[int]:
        """For each of ``theirs``, the number of its clause."""
        starts = [c.start for c in split_clauses(self.source_text)]
        return [max((n for n, start in enumerate(starts) if start <= u.start), default=0) for u in self.theirs]

    @property
    def kept(self) -> frozenset[int]:
        """Offsets of the source's units that the statement has."""
        theirs = self.theirs
        return frozenset(theirs[other].start for other in self.pairs.values())
