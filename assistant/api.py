"""The HTTP edge of the answer engine: ``POST /api/ask``, also in steps, and ``GET /healthz``."""

from fastapi import FastAPI

from assistant.answerer import Answerer
from assistant.api_errors import ApiError, add_error_handlers
from assistant.asking import add_asking


def create_api(assistant: Answerer, max_concurrent: int) -> FastAPI:
    """The API over ``assistant``, which answers at most ``max_concurrent`` questions at a time."""
    app = FastAPI(title="Fråga utredningen", docs_url=None, redoc_url=None, openapi_url=None)

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        problem = assistant.problem
        state = {"status": "degraded" if problem else "ok", "generation": assistant.index.manifest.generation}
        return state | ({"problem": "an earlier generation is served; see the log"} if problem else {})

    add_asking(app, assistant, max_concurrent)

    @app.api_route("/api/{rest:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"])
    def nothing_here(rest: str) -> None:
        raise ApiError(404, "not_found", "Adressen finns inte. Frågor ställs med POST till /api/ask.")

    add_error_handlers(app)
    return app
