"""A conversation on the page: from a question and what was said before to the views shown one after the other."""

import asyncio
import logging
import re
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace

from assistant.answerer import Answerer, Published
from assistant.asking import MAX_HISTORY_TURNS
from assistant.chat.client import Stop, Stopped
from assistant.models import Answer, Citation, Partial, Turn
from assistant.streaming import steps
from assistant.web import reading, render
from assistant.web.visits import Conversation, Exchange, Visits
from corpus.errors import IndexUnavailable, UsageError
from corpus.lemmas import is_known
from corpus.swedish import STOP_WORDS, SwedishAnalyzer, tokenize

log = logging.getLogger(__name__)

# A pause short enough that a whole answer is there within half a second, long enough that its growth can be followed.
STEP_S = 0.06
# Each view makes Gradio build every part of the page anew, 2 ms of processor time: few steps, so that many can ask.
MOST_STEPS = 4
MOST_UNKNOWN = 3
MIN_UNKNOWN_CHARS = 4
REMEMBERED_STATUSES = ("answered", "not_in_sources")

UNAVAILABLE = "Underlaget är inte tillgängligt just nu. Försök igen om en stund."
FAILED = "Något gick fel och frågan kunde inte besvaras. Försök igen, gärna med andra ord."
GONE = "Ett av de valda dokumenten finns inte längre i underlaget. Välj dokument på nytt, eller sök i alla."
STOPPED = "Svaret avbröts."
NOT_KEPT = "(Frågan innehöll ett personnummer och har tagits bort.)"

_ANALYZER = SwedishAnalyzer()


@dataclass(frozen=True, slots=True)
class View:
    """What the page shows at one moment; None leaves a part as it is."""

    current: str
    past: str | None = None
    sources: str | None = None
    tools: str | None = None


async def converse(
    assistant: Answerer,
    question: str,
    conversation: Conversation,
    visits: Visits,
    visit: str,
    stop: Stop | None = None,
) -> AsyncGenerator[View]:
    """The views from the moment ``question`` is asked until its answer is whole; never raises.

    The answer is kept before it is shown, so that a reader who comes back finds it. Where a chat model words it, what
    is verified of it is shown as it comes. ``stop`` breaks it off, and so does whoever asks for no more views.
    """
    exchanges = conversation.exchanges
    number = exchanges[-1].number + 1 if exchanges else 1
    question = printable(question)
    yield View(render.exchange(Exchange(number, question)), past=render.conversation(exchanges))
    documents = frozenset(conversation.documents)
    said = Exchange(number, question)
    streamed = False
    async with aclosing(answered(assistant, said, history(exchanges), documents, stop or Stop())) as coming:
        async for said in coming:
            if said.beginning and said.answer is not None:
                streamed = True
                yield View(render.exchange(said, said.answer.answer))
    kept = visits.keep(visit, replace(conversation, exchanges=(*exchanges, without_personal_data(said))))
    said = kept.exchanges[-1]
    if said.answer is not None and not streamed:
        for shown in reading.steps(said.answer.answer)[-MOST_STEPS:-1]:
            yield View(render.exchange(said, shown))
            await asyncio.sleep(STEP_S)
    yield View(render.exchange(said), sources=render.sources(kept.exchanges), tools=render.tools(kept))


async def answered(
    assistant: Answerer, asked: Exchange, history: Sequence[Turn], documents: frozenset[str], stop: Stop
) -> AsyncGenerator[Exchange]:
    """``asked`` with the beginnings of its answer, at last with all of it, or with the line that says why not."""
    step: Partial | Answer | None = None
    try:
        async with aclosing(steps(assistant, asked.question, history, documents, stop)) as coming:
            async for step in coming:
                if isinstance(step, Partial):
                    yield replace(asked, answer=as_begun(step, asked.question), beginning=True)
        assert isinstance(step, Answer)
        answer = await asyncio.to_thread(in_context, step, assistant.index)
    except Stopped:
        yield replace(asked, failure=STOPPED)
    except IndexUnavailable as error:
        log.error("index unavailable: %s", error)
        yield replace(asked, failure=UNAVAILABLE)
    except UsageError as error:
        log.warning("refused: %s", error)
        yield replace(asked, failure=GONE if documents else FAILED)
    except Exception:
        log.exception("a question could not be answered")
        yield replace(asked, failure=FAILED)
    else:
        missing = answer.status == "not_in_sources"
        yield replace(asked, answer=answer, unknown=unknown_words(asked.question, assistant.index) if missing else ())


def as_begun(partial: Partial, question: str) -> Answer:
    """What is there of an answer, in the form that answers are shown in."""
    return Answer("", question, "answered", partial.verdict, partial.answer, partial.citations, None, "", "", 0.0)


def in_context(answer: Answer, index: Published) -> Answer:
    """``answer``, its citations with enough of their document around them to be judged by."""

    def wide(citations: Sequence[Citation]) -> tuple[Citation, ...]:
        return tuple(reading.widened(one, index.document(one.document_id)) for one in citations)

    return replace(answer, citations=wide(answer.citations), nearest=wide(answer.nearest))


def unknown_words(question: str, index: Published) -> tuple[str, ...]:
    """The words of ``question`` that no document holds, as they were written: a hint at why there is no answer."""
    words = [
        token
        for token in tokenize(question)
        if len(token.text) >= MIN_UNKNOWN_CHARS and token.text.lower() not in STOP_WORDS and not token.has_digit
    ]
    terms = {t.text: (_ANALYZER.token_terms(t), _ANALYZER.token_parts(t)) for t in words}
    held = index.document_frequency({term for both in terms.values() for found in both for term in found})
    unknown = [
        word
        for word, (whole, parts) in terms.items()
        if whole and not any(held.get(t) for t in whole) and not (parts and all(held.get(t) for t in parts))
    ]
    return tuple(w for w in unknown if is_known(w.lower()) or re.match(r"[A-ZÅÄÖ]", w))[:MOST_UNKNOWN]


def history(exchanges: Sequence[Exchange]) -> tuple[Turn, ...]:
    """What was asked and answered before, as the engine takes it."""
    answers = [said.answer for said in exchanges if said.answer and said.answer.status in REMEMBERED_STATUSES]
    return tuple(Turn(answer.question, answer.answer) for answer in answers)[-MAX_HISTORY_TURNS:]


def without_personal_data(said: Exchange) -> Exchange:
    """``said`` without the question where that holds a personal identity number: such a one is not even kept."""
    if said.answer is None or said.answer.status != "personal_data":
        return said
    return replace(said, question=NOT_KEPT, answer=replace(said.answer, question=NOT_KEPT))


def printable(text: str) -> str:
    """``text`` without lone surrogates, which no encoding can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
