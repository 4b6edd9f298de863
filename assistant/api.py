"""The HTTP edge of the answer engine: ``POST /api/ask``, also in steps, and ``GET /healthz``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from fastapi import FastAPI

from assistant.api_errors import ApiError, add_error_handlers
from assistant.asking import add_asking
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


class Answerer(Protocol):
    """The seam to the engine: from a question, with what was said before, to a cited answer."""

    @property
    def index(self) -> Published:
        """The index that the answers come from."""
        ...

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
    ) -> Iterator[Partial | Answer]:
        """As ``ask``, with the answer's verified beginnings before it where a chat model words it."""
        ...


def problem_of(assistant: Answerer) -> str:
    """Why another index than the published one is in use; empty where it is the published one."""
    return str(getattr(assistant, "problem", ""))  # an assistant over one index has none to tell of


def create_api(assistant: Answerer, max_concurrent: int) -> FastAPI:
    """The API over ``assistant``, which answers at most ``max_concurrent`` questions at a time."""
    app = FastAPI(title="Fråga utredningen", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        problem = problem_of(assistant)
        state = {"status": "degraded" if problem else "ok", "generation": assistant.index.manifest.generation}
        return state | ({"problem": "an earlier generation is served; see the log"} if problem else {})

    add_asking(app, assistant, max_concurrent)

    @app.api_route("/api/{rest:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    def nothing_here(rest: str) -> None:
        raise ApiError(404, "not_found", "Adressen finns inte. Frågor ställs med POST till /api/ask.")

    add_error_handlers(app)
    return app
