"""The HTTP edge of the answer engine: ``POST /api/ask`` and ``GET /healthz``, with errors in one form."""

import logging
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any, Protocol

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError
from starlette.exceptions import HTTPException

from assistant.models import Answer, Turn
from corpus.errors import IndexUnavailable, UsageError
from corpus.models import Document, Manifest, Source
from corpus.store import UpdateLink

log = logging.getLogger(__name__)

MAX_HISTORY_TURNS = 50
# Written as JSON escapes, six bytes a character, this is just within the size of a request that the guard lets in.
MAX_HISTORY_CHARS = 40_000
MAX_DOCUMENTS = 1000
RETRY_AFTER_S = 1


def encodable(text: str) -> str:
    """``text`` if it can be sent back; JSON may hold halves of characters (``"\\ud800"``), which UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "not valid Unicode") from None
    return text


Text = Annotated[str, StringConstraints(strict=True), AfterValidator(encodable)]


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


def problem_of(assistant: Answerer) -> str:
    """Why another index than the published one is in use; empty where it is the published one."""
    return str(getattr(assistant, "problem", ""))  # an assistant over one index has none to tell of


class ApiError(Exception):
    """An outcome that the client is told about as ``{"error": {"code", "message"}}``."""

    def __init__(self, status: int, code: str, message: str) -> None:
        """``message`` is Swedish and fit to show to a reader."""
        super().__init__(message)
        self.status, self.code, self.message = status, code, message

    def response(self) -> JSONResponse:
        """The error as the client gets it."""
        headers = {"Retry-After": str(RETRY_AFTER_S)} if self.status == 429 else {}
        content = {"error": {"code": self.code, "message": self.message}}
        return JSONResponse(content, status_code=self.status, headers={"Cache-Control": "no-store", **headers})


class HistoryTurn(BaseModel):
    """An earlier question with its answer; other fields of an old answer may come along and are not used."""

    question: Text
    answer: Text


class AskRequest(BaseModel):
    """The body of ``POST /api/ask``."""

    model_config = ConfigDict(extra="forbid")

    question: Text
    history: list[HistoryTurn] = Field(default_factory=list)
    documents: list[Text] = Field(default_factory=list, max_length=MAX_DOCUMENTS)


def create_api(assistant: Answerer, max_concurrent: int) -> FastAPI:
    """The API over ``assistant``, which answers at most ``max_concurrent`` questions at a time."""
    app = FastAPI(title="Fråga utredningen", docs_url=None, redoc_url=None, openapi_url=None)
    slots = threading.BoundedSemaphore(max_concurrent)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        problem = problem_of(assistant)
        state = {"status": "degraded" if problem else "ok", "generation": assistant.index.manifest.generation}
        return state | ({"problem": "an earlier generation is served; see the log"} if problem else {})

    @app.post("/api/ask")
    def ask(body: AskRequest) -> JSONResponse:
        history = checked_history(body.history)
        if not slots.acquire(blocking=False):
            raise ApiError(429, "busy", "Många frågar just nu. Försök igen om en liten stund.")
        try:
            answer = assistant.ask(body.question, history, frozenset(body.documents))
        finally:
            slots.release()
        return JSONResponse(answer.to_json(), headers={"Cache-Control": "no-store"})

    @app.api_route("/api/{rest:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    def nothing_here(rest: str) -> None:
        raise ApiError(404, "not_found", "Adressen finns inte. Frågor ställs med POST till /api/ask.")

    add_error_handlers(app)
    return app


def checked_history(turns: Sequence[HistoryTurn]) -> tuple[Turn, ...]:
    """The history as the engine takes it; raises ApiError when it is larger than is answered."""
    n_chars = sum(len(turn.question) + len(turn.answer) for turn in turns)
    if len(turns) > MAX_HISTORY_TURNS or n_chars > MAX_HISTORY_CHARS:
        limit = f"högst {MAX_HISTORY_TURNS} frågor och {MAX_HISTORY_CHARS} tecken"
        raise ApiError(422, "history_too_large", f"Historiken är för stor: {limit} tas emot.")
    return tuple(Turn(turn.question, turn.answer) for turn in turns)


def add_error_handlers(app: FastAPI) -> None:
    """Give every failure the form ``{"error": {"code", "message"}}``; causes go to the log, never to the client."""

    @app.exception_handler(ApiError)
    def told(_: Request, error: ApiError) -> JSONResponse:
        return error.response()

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        return ApiError(422, "invalid_request", describe(error.errors()[0])).response()

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        # Starlette refuses a body that is not UTF-8 with a 400 of its own.
        status = 422 if error.status_code == 400 else error.status_code
        return ApiError(status, "invalid_request", "Förfrågan kunde inte läsas.").response()

    @app.exception_handler(UsageError)
    def misused(_: Request, error: UsageError) -> JSONResponse:
        log.warning("refused: %s", error)
        return ApiError(422, "invalid_request", "Ett av dokumenten finns inte i underlaget.").response()

    @app.exception_handler(IndexUnavailable)
    def unavailable(_: Request, error: IndexUnavailable) -> JSONResponse:
        log.error("index unavailable: %s", error)
        return ApiError(503, "unavailable", "Underlaget är inte tillgängligt just nu. Försök igen senare.").response()

    @app.exception_handler(Exception)
    def failed(_: Request, error: Exception) -> JSONResponse:
        log.error("request failed", exc_info=error)
        return ApiError(500, "internal", "Något gick fel och frågan kunde inte besvaras.").response()


def describe(error: dict[str, Any]) -> str:
    """What is wrong with the request, in Swedish, from the first of pydantic's findings."""
    kind = str(error["type"])
    field = ".".join(str(part) for part in error["loc"][1:])
    if kind == "json_invalid":
        return "Förfrågan är inte giltig JSON."
    if kind == "missing" and field:
        return f"Fältet ”{field}” saknas."
    if kind == "extra_forbidden":
        return f"Fältet ”{field[:80]}” är okänt. Kända fält är ”question”, ”history” och ”documents”."
    expected = {"string_type": "text", "list_type": "en lista", "string_unicode": "giltig Unicode-text"}.get(kind)
    if expected and field:
        return f"Fältet ”{field}” ska vara {expected}."
    return "Förfrågan ska vara ett JSON-objekt med fältet ”question” och, om så önskas, ”history” och ”documents”."
