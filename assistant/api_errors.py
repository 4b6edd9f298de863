"""The HTTP edge's failures: every one has the form ``{"error": {"code", "message"}}``, with a Swedish message."""

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from corpus.errors import IndexUnavailable, UsageError

log = logging.getLogger(__name__)

RETRY_AFTER_S = 1


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
