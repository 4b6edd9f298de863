"""For the web program: an assistant that goes over to a newly published index by itself, without a failed answer."""

import logging
import threading
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType

from assistant.answerer import Asks
from assistant.chat.client import Stop
from assistant.models import Answer, Partial, Turn
from corpus.errors import FragaError, UsageError
from corpus.index import Index
from corpus.models import Document, Manifest, Source
from corpus.store import UpdateLink

log = logging.getLogger(__name__)

POLL_S = 1.0
MOST_DROPPED = 100  # documents that a new index lacks, kept for answers that are still shown


@dataclass(slots=True)
class Loaded:
    """An assistant over an open index; ``problem`` says why that is not the published one, if it is not."""

    assistant: Asks
    index: Index
    problem: str = ""
    n_using: int = 0
    retired: bool = False


class LiveAssistant:
    """Answers from the published index, whichever that is; safe to share between threads.

    A new generation is opened beside the one in use, and taken when it is ready. Whoever is being answered meanwhile is
    answered from the old one to the end. One that cannot be opened is logged, and the one in use stays.
    """

    def __init__(self, load: Callable[[], Loaded], stamp: Callable[[], object], poll_s: float = POLL_S) -> None:
        """Open the published index.

        Args:
            load: opens what is published, or the best there is in its place.
            stamp: changes whenever another generation is published; cheap.
            poll_s: seconds between two looks at the stamp.

        Raises:
            FragaError: whatever ``load`` raises the first time.
        """
        self._load, self._stamp = load, stamp
        self._seen = stamp()
        self._lock = threading.Lock()
        self._current = load()
        self._dropped: Mapping[str, Document] = {}
        self._tell(self._current.problem)
        self._problem = self._current.problem
        self._looking = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(poll_s,), name="published-index", daemon=True)
        self._thread.start()

    @property
    def index(self) -> "LiveIndex":
        """The index in use, whichever that is at the time of each call."""
        return LiveIndex(self)

    @property
    def problem(self) -> str:
        """Why another index than the published one is in use; empty where it is the published one."""
        return self._problem

    def ask(self, question: str, history: Sequence[Turn] = (), documents: frozenset[str] = frozenset()) -> Answer:
        """The answer to ``question``, all of it from one generation, and from ``documents`` alone where some are named.

        Raises:
            UsageError: one of ``documents`` does not exist.
        """
        with self.leased() as loaded:
            return loaded.assistant.ask(question, history, documents)

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: frozenset[str] = frozenset(),
        stop: Stop | None = None,
    ) -> Generator[Partial | Answer]:
        """As ``ask``, with the answer's beginnings before it; raises Stopped where ``stop`` was used."""
        with self.leased() as loaded:
            yield from loaded.assistant.stream(question, history, documents, stop)

    def sources_of(self, question: str) -> frozenset[str]:
        """Ids of the documents that ``question`` is answered from; no model is asked."""
        with self.leased() as loaded:
            return loaded.assistant.sources_of(question)

    @contextmanager
    def leased(self) -> Iterator[Loaded]:
        """The index in use, which stays open while the context lasts."""
        with self._lock:
            loaded = self._current
            loaded.n_using += 1
        try:
            yield loaded
        finally:
            self._give_back(loaded)

    def dropped(self, document_id: str) -> Document | None:
        """A document that the latest switch dropped; None where it dropped none of that id."""
        return self._dropped.get(document_id)

    def look(self) -> None:
        """Go over to the published index if it is another than the one in use; one look at a time."""
        with self._looking:  # a second one would read the index that the first closes
            self._look()

    def _look(self) -> None:
        stamp = self._stamp()
        if stamp == self._seen:
            return
        try:
            loaded = self._load()
        except FragaError as error:
            self._seen, self._problem = stamp, str(error)
            self._tell(f"{error}; the generation in use serves on")
            return
        self._seen, self._problem = stamp, loaded.problem
        self._tell(loaded.problem)
        dropped = _dropped(self._current.index, loaded.index)
        with self._lock:
            before, self._current, self._dropped = self._current, loaded, dropped
        log.info("answering from generation %s", loaded.index.manifest.generation)
        self._retire(before)

    def _watch(self, poll_s: float) -> None:
        while not self._stop.wait(poll_s):
            try:
                self.look()
            except Exception:  # a watcher that dies would leave the program on an old index for good
                log.exception("the published index could not be looked at; the one in use serves on")

    def _tell(self, problem: str) -> None:
        if problem:
            log.error("%s", problem)

    def _give_back(self, loaded: Loaded) -> None:
        with self._lock:
            loaded.n_using -= 1
            close = loaded.retired and loaded.n_using == 0
        if close:
            loaded.index.close()

    def _retire(self, loaded: Loaded) -> None:
        """Close an index as soon as nobody uses it."""
        with self._lock:
            loaded.retired = True
            close = loaded.n_using == 0
        if close:
            loaded.index.close()

    def close(self) -> None:
        """Stop looking, and close what is open."""
        self._stop.set()
        self._thread.join()
        self._retire(self._current)

    def __enter__(self) -> "LiveAssistant":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


class LiveIndex:
    """What the page reads of the index in use."""

    def __init__(self, live: LiveAssistant) -> None:
        self._live = live

    @property
    def manifest(self) -> Manifest:
        """The generation's own account of itself."""
        with self._live.leased() as loaded:
            return loaded.index.manifest

    def sources(self) -> Sequence[Source]:
        """Every document's source."""
        with self._live.leased() as loaded:
            return loaded.index.sources()

    def updates_of(self, document_id: str) -> Sequence[UpdateLink]:
        """The links by which other documents update claims of ``document_id``."""
        with self._live.leased() as loaded:
            return loaded.index.updates_of(document_id)

    def document_frequency(self, terms: Iterable[str]) -> Mapping[str, int]:
        """For each term, the number of passages that hold it."""
        with self._live.leased() as loaded:
            return loaded.index.document_frequency(terms)

    def document(self, document_id: str) -> Document:
        """A document, also one that the last switch dropped: an answer may still be shown that cites it."""
        with self._live.leased() as loaded:
            try:
                return loaded.index.document(document_id)
            except UsageError:
                dropped = self._live.dropped(document_id)
                if dropped is None:
                    raise
                return dropped


def _dropped(before: Index, now: Index) -> Mapping[str, Document]:
    """Documents of the index in use that the new one lacks, a hundred at most; for those, it need not be kept open."""
    there = {source.document_id for source in now.sources()}
    gone = [source.document_id for source in before.sources() if source.document_id not in there]
    try:
        return {document_id: before.document(document_id) for document_id in gone[:MOST_DROPPED]}
    except FragaError as error:
        log.error("%s", error)
        return {}
