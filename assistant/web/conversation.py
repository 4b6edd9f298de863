"""A conversation on the page: from a question and what was said before to the views shown one after the other."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace

from assistant.api import MAX_HISTORY_TURNS, Answerer
from assistant.models import Answer, Citation, Turn
from assistant.web import reading, render
from assistant.web.render import Exchange
from corpus.errors import IndexUnavailable

log = logging.getLogger(__name__)

# A pause short enough that a whole answer is there within half a second, long enough that its growth can be followed.
STEP_S = 0.07
SHOWN_EXCHANGES = 40
REMEMBERED_STATUSES = ("answered", "not_in_sources")

UNAVAILABLE = "Underlaget är inte tillgängligt just nu. Försök igen om en stund."
FAILED = "Något gick fel och frågan kunde inte besvaras. Försök igen, gärna med andra ord."


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows at one moment; None leaves a part as it is."""

    current: str
    past: str | None = None
    sources: str | None = None
    exchanges: tuple[Exchange, ...] | None = None


async def converse(assistant: Answerer, question: str, exchanges: Sequence[Exchange]) -> AsyncIterator[View]:
    """The views from the moment ``question`` is asked until its answer is whole; never raises."""
    number = exchanges[-1].number + 1 if exchanges else 1
    question = printable(question)
    yield View(render.exchange(Exchange(number, question)), past=render.conversation(exchanges))
    said = await answered(assistant, Exchange(number, question), history(exchanges))
    if said.answer is not None:
        for shown in reading.steps(said.answer.answer):
            yield View(render.exchange(said, shown))
            await asyncio.sleep(STEP_S)
    kept = (*exchanges, said)[-SHOWN_EXCHANGES:]
    yield View(render.exchange(said), sources=render.sources(kept), exchanges=kept)


async def answered(assistant: Answerer, asked: Exchange, history: Sequence[Turn]) -> Exchange:
    """``asked`` with its answer, or with the line that says why there is none."""
    try:
        answer = await asyncio.to_thread(answer_in_context, assistant, asked.question, history)
    except IndexUnavailable as error:
        log.error("index unavailable: %s", error)
        return Exchange(asked.number, asked.question, failure=UNAVAILABLE)
    except Exception:
        log.exception("a question could not be answered")
        return Exchange(asked.number, asked.question, failure=FAILED)
    return Exchange(asked.number, asked.question, answer)


def answer_in_context(assistant: Answerer, question: str, history: Sequence[Turn]) -> Answer:
    """The engine's answer, its citations with enough of their document around them to be judged by."""
    answer = assistant.ask(question, history)

    def wide(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(reading.widened(one, assistant.index.document(one.document_id)) for one in citations)

    return replace(answer, citations=wide(answer.citations), nearest=wide(answer.nearest))


def history(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What was asked and answered before, as the engine takes it."""
    answers = [said.answer for said in exchanges if said.answer and said.answer.status in REMEMBERED_STATUSES]
    return tuple(Turn(answer.question, answer.answer) for answer in answers)[-MAX_HISTORY_TURNS:]


def printable(text: str) -> str:
    """``text`` without lone surrogates, which no encoding can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
