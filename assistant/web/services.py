"""What the page asks of the server beside answers: feedback on them, and a reader's own conversations as files."""

import logging
from typing import Annotated, Literal

from fastapi import Cookie, FastAPI
from fastapi.responses import JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.api_errors import ApiError
from assistant.asking import Text
from assistant.feedback import MOST_COMMENT_CHARS, FeedbackStore, feedback_on
from assistant.intake import refuse
from assistant.models import Answer
from assistant.web.export_docx import as_docx
from assistant.web.export_markdown import as_markdown
from assistant.web.transcript import transcribe
from assistant.web.visits import COOKIE, Visits, as_token
from corpus.errors import UsageError

log = logging.getLogger(__name__)

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RATED = ("answered", "not_in_sources")
PRIVATE = {"Cache-Control": "no-store"}
Visit = Annotated[str | None, Cookie(alias=COOKIE)]


class Opinion(BaseModel):
    """The body of ``POST /omdome``; ``useful`` is null to take an opinion back."""

    model_config = ConfigDict(extra="forbid")

    answer: Text
    useful: bool | None
    comment: Text = Field(default="", max_length=MOST_COMMENT_CHARS)


def add_services(app: FastAPI, visits: Visits, store: FeedbackStore) -> None:
    """Give ``app`` the routes for feedback and for the reader's own conversations."""

    @app.post("/omdome")
    def give_feedback(opinion: Opinion, visit: Visit = None) -> JSONResponse:
        """Keep a reader's opinion of an answer that this reader has been given."""
        refused = refuse(opinion.comment, MOST_COMMENT_CHARS, followed=False)
        if refused and refused.status == "personal_data":
            raise ApiError(
                422, "personal_data", "Kommentaren ser ut att innehålla ett personnummer. Ta bort det först."
            )
        said = visits.rate(as_token(visit), opinion.answer, opinion.useful)
        if said is None or said.answer is None or said.answer.status not in RATED:
            raise ApiError(404, "not_found", "Svaret finns inte kvar. Ställ frågan igen och lämna omdömet då.")
        _keep(store, said.answer, opinion)
        return JSONResponse({"status": "ok"}, headers=PRIVATE)

    @app.get("/samtal/{conversation_id}.{form}")
    def export(conversation_id: str, form: Literal["docx", "md"], visit: Visit = None) -> Response:
        """A conversation of this reader's own as a file."""
        found = visits.find(as_token(visit), conversation_id)
        if found is None:
            raise ApiError(404, "not_found", "Samtalet finns inte kvar. Samtal glöms efter en tid.")
        name = f"fraga-utredningen-{found.begun:%Y-%m-%d}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', **PRIVATE}
        transcript = transcribe(found)
        if form == "docx":
            return Response(as_docx(transcript), media_type=WORD, headers=headers)
        return Response(as_markdown(transcript), media_type="text/markdown; charset=utf-8", headers=headers)

    @app.post("/samtal/glom")
    def forget(visit: Visit = None) -> RedirectResponse:
        """Forget all conversations of this reader."""
        visits.forget(as_token(visit))
        return RedirectResponse("/", status_code=303)


def _keep(store: FeedbackStore, answer: Answer, opinion: Opinion) -> None:
    try:
        if opinion.useful is None:
            store.withdraw(answer.id)
        else:
            store.keep(feedback_on(answer, opinion.useful, opinion.comment.strip()))
    except UsageError as error:
        log.error("%s", error)
        raise ApiError(503, "unavailable", "Omdömet kunde inte sparas. Försök igen om en stund.") from None
