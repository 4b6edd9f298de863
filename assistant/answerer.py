"""The seam between the engine and what serves it: what the API and the page need of whatever answers."""

from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Protocol

from assistant.chat.client import Stop
from assistant.models import Answer, Partial, Turn
from corpus.models import Document, Manifest, Source
from corpus.store import UpdateLink


class Published(Protocol):
    """What the web layer reads of the index: which generation it is, and what it holds."""

    @property
    def manifest(self) -> Manifest:
        """The generation's own account of itself; raises IndexUnavailable when there is none."""
        ...

    def sources(self) -> Sequence[Source]:
        """Every document's source."""
        ...

    def document(self, document_id: str) -> Document:
        """A document; raises UsageError if there is none."""
        ...

    def updates_of(self, document_id: str) -> Sequence[UpdateLink]:
        """The links by which other documents update claims of ``document_id``."""
        ...

    def document_frequency(self, terms: Iterable[str]) -> Mapping[str, int]:
        """For each term, the number of passages that hold it."""
        ...


class Asks(Protocol):
    """From a question, with what was said before, to a cited answer; whole, or in steps."""

    def ask(self, question: str, history: Sequence[Turn] = (), documents: frozenset[str] = frozenset()) -> Answer:
        """The answer to ``question``, from ``documents`` alone where some are named.

        Raises IndexUnavailable when there is nothing to answer from, UsageError when a document does not exist.
        """
        ...

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: frozenset[str] = frozenset(),
        stop: Stop | None = None,
    ) -> Generator[Partial | Answer]:
        """As ``ask``, with the answer's verified beginnings before it where a chat model words it.

        Raises Stopped where ``stop`` was used.
        """
        ...

    def sources_of(self, question: str) -> frozenset[str]:
        """Ids of the documents that ``question`` is answered from, none where nothing answers; no model is asked.

        Raises IndexUnavailable when there is nothing to answer from.
        """
        ...


class Answerer(Asks, Protocol):
    """What answers, with the index that its answers come from."""

    @property
    def index(self) -> Published:
        """The index that the answers come from."""
        ...

    @property
    def problem(self) -> str:
        """Why another index than the published one is in use; empty where it is the published one."""
        ...
