"""What the pages beside the chat show of the published documents: gathered once a generation, from the index alone."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.actors import Actor, actors
from assistant.answerer import Published
from assistant.sentences import SentenceReader
from assistant.timeline import Event, events_of
from corpus.knowledge import Knowledge
from corpus.models import Document, Source
from corpus.swedish import SwedishAnalyzer

# Pages that gather from all documents take the first so many, primary ones first; a reader may choose others.
MOST_GATHERED = 60
COLUMNS = 8


@dataclass(frozen=True, slots=True)
class Cell:
    """The number of events that a document dates to a stretch of time: to one year, or to all ``before`` it."""

    year: int
    n_events: int
    before: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A document with its events by time, as the overview draws it."""

    source: Source
    cells: tuple[Cell, ...]
    n_events: int


@dataclass
class _Gathered:
    generation: str
    events: dict[str, tuple[Event, ...]] = field(default_factory=dict)
    actors: dict[frozenset[str], tuple[Actor, ...]] = field(default_factory=dict)


class Material:
    """Events, actors and the overview of the documents; remembers what it has gathered until the generation changes."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Find bodies by ``knowledge``."""
        self._knowledge = knowledge
        self._reader = SentenceReader(SwedishAnalyzer(), knowledge)
        self._lock = threading.Lock()
        self._kept = _Gathered("")

    def chosen(self, index: Published, documents: Sequence[str] = ()) -> list[Document]:
        """The documents named that exist, else the first ones of all, primary ones before others."""
        sources = index.sources()
        named = [s for s in sources if s.document_id in documents]
        return [index.document(s.document_id) for s in (named or ranked(sources))[:MOST_GATHERED]]

    def events(self, index: Published, documents: Sequence[Document]) -> list[Event]:
        """The events of ``documents`` in order of time."""
        found = [event for document in documents for event in self._events(index, document)]
        return sorted(found, key=lambda e: (e.order, not e.document.source.primary, e.document.source.title))

    def actors(self, index: Published, documents: Sequence[Document]) -> tuple[Actor, ...]:
        """The bodies that ``documents`` name, those named most first."""
        kept = self._of(index)
        key = frozenset(d.source.document_id for d in documents)
        with self._lock:
            if key not in kept.actors:
                found = actors(documents, self._reader, self._knowledge)
                kept.actors[key] = tuple(sorted(found, key=lambda a: (-len(a.named), a.name)))
            return kept.actors[key]

    def rows(self, index: Published, documents: Sequence[Document]) -> list[Row]:
        """The overview of ``documents``: a row each, a column a year, the years before the last ones in the first."""
        years = [int(e.iso[:4]) for d in documents for e in self._events(index, d)]
        last = max(years, default=0)
        first = max(min(years, default=0), last - COLUMNS + 1)
        earlier = any(year < first for year in years)
        rows = []
        for document in documents:
            mine = [int(e.iso[:4]) for e in self._events(index, document)]
            cells = [Cell(year, mine.count(year)) for year in range(first, last + 1)] if years else []
            if earlier:
                cells.insert(0, Cell(first, sum(year < first for year in mine), before=True))
            rows.append(Row(document.source, tuple(cells), len(mine)))
        return rows

    def _events(self, index: Published, document: Document) -> tuple[Event, ...]:
        kept = self._of(index)
        key = document.source.document_id
        if key not in kept.events:
            kept.events[key] = tuple(events_of(document))
        return kept.events[key]

    def _of(self, index: Published) -> _Gathered:
        generation = index.manifest.generation
        if self._kept.generation != generation:
            self._kept = _Gathered(generation)
        return self._kept


def ranked(sources: Sequence[Source]) -> list[Source]:
    """``sources`` as pages list them: primary ones first, then by kind and title."""
    return sorted(sources, key=lambda s: (not s.primary, s.kind, s.title))
