"""The routes by which questions are asked over HTTP: for a whole answer, or for one that comes as it is verified."""

import asyncio
import json
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from typing import Annotated

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

from assistant.answerer import Asks
from assistant.api_errors import ApiError
from assistant.chat.client import Stop, Stopped
from assistant.models import Answer, Partial, Turn
from assistant.streaming import steps

MAX_HISTORY_TURNS = 50
# Written as JSON escapes, six bytes a character, this is just within the size of a request that the guard lets in.
MAX_HISTORY_CHARS = 40_000
MAX_DOCUMENTS = 1000
PRIVATE = {"Cache-Control": "no-store"}
LINES = "application/x-ndjson"
LOOK_S = 0.25  # between two looks at whether whoever asked is still there


def encodable(text: str) -> str:
    """``text`` if it can be sent back; JSON may hold halves of characters (``"\\ud800"``), which UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise PydanticCustomError("string_unicode", "not valid Unicode") from None
    return text


Text = Annotated[str, StringConstraints(strict=True), AfterValidator(encodable)]


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


def add_asking(app: FastAPI, assistant: Asks, max_concurrent: int) -> None:
    """Give ``app`` the routes; at most ``max_concurrent`` questions are answered at a time."""
    slots = threading.BoundedSemaphore(max_concurrent)

    def begin(body: AskRequest, stop: Stop) -> AsyncGenerator[Partial | Answer]:
        history = checked_history(body.history)
        if not slots.acquire(blocking=False):
            raise ApiError(429, "busy", "Många frågar just nu. Försök igen om en liten stund.")
        return _released(steps(assistant, body.question, history, frozenset(body.documents), stop), slots)

    @app.post("/api/ask")
    async def ask(body: AskRequest, request: Request) -> JSONResponse:
        """The answer, whole; who hangs up before stops the work on it."""
        stop = Stop()
        try:
            async with _watched(request, stop), aclosing(begin(body, stop)) as coming:
                found = [step async for step in coming]
        except Stopped:
            raise ApiError(503, "stopped", "Frågan avbröts.") from None  # nobody is there to be told
        return JSONResponse(found[-1].to_json(), headers=PRIVATE)

    @app.post("/api/ask/stream")
    async def ask_in_steps(body: AskRequest, request: Request) -> StreamingResponse:
        """One JSON object a line: what is verified so far as ``{"partial": …}``, at last ``{"answer": …}``."""
        stop = Stop()
        coming = begin(body, stop)
        async with _watched(request, stop):
            first = await anext(coming)  # what goes wrong before this has a status of its own
        return StreamingResponse(_lines(first, coming, request, stop), media_type=LINES, headers=PRIVATE)


async def _released(
    coming: AsyncGenerator[Partial | Answer], slots: threading.BoundedSemaphore
) -> AsyncGenerator[Partial | Answer]:
    try:
        async with aclosing(coming):
            async for step in coming:
                yield step
    finally:
        slots.release()


async def _lines(
    first: Partial | Answer, coming: AsyncGenerator[Partial | Answer], request: Request, stop: Stop
) -> AsyncIterator[str]:
    with suppress(Stopped):  # nobody is there to be told
        async with _watched(request, stop), aclosing(coming):
            yield _line(first)
            async for step in coming:
                yield _line(step)


@asynccontextmanager
async def _watched(request: Request, stop: Stop) -> AsyncIterator[None]:
    """Stops the work as soon as whoever asked has hung up."""
    watching = asyncio.create_task(_watch(request, stop))
    try:
        yield
    finally:
        watching.cancel()


async def _watch(request: Request, stop: Stop) -> None:
    while not await request.is_disconnected():
        await asyncio.sleep(LOOK_S)
    stop.stop()


def _line(step: Partial | Answer) -> str:
    name = "answer" if isinstance(step, Answer) else "partial"
    return json.dumps({name: step.to_json()}, ensure_ascii=False) + "\n"


def checked_history(turns: Sequence[HistoryTurn]) -> tuple[Turn, ...]:
    """The history as the engine takes it; raises ApiError when it is larger than is answered."""
    n_chars = sum(len(turn.question) + len(turn.answer) for turn in turns)
    if len(turns) > MAX_HISTORY_TURNS or n_chars > MAX_HISTORY_CHARS:
        limit = f"högst {MAX_HISTORY_TURNS} frågor och {MAX_HISTORY_CHARS} tecken"
        raise ApiError(422, "history_too_large", f"Historiken är för stor: {limit} tas emot.")
    return tuple(Turn(turn.question, turn.answer) for turn in turns)
