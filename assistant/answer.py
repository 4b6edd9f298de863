"""Puts the pipeline together: a question with its history in, an ``Answer`` with verified citations out."""

import time
import uuid
from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.chat.client import ChatClient, Stop
from assistant.chat.wording import EXTRACTIVE, WordedAll, word_all
from assistant.chat.writer import Writer
from assistant.compose import NOT_IN_SOURCES, REFUSALS, cite
from assistant.extract import MOST_NEAREST, Extraction, Extractor
from assistant.followup import make_whole
from assistant.intake import refuse
from assistant.message import questions_in
from assistant.models import Answer, Citation, Form, Partial, Status, Turn, Verdict
from assistant.narrow import ScopedIndex, with_updates
from assistant.overview import wanted
from assistant.rerank import Reranker
from assistant.retrieve import Retriever
from assistant.survey import Overview, Surveyor
from assistant.writing import write_all
from corpus.embedder import Embedder
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.swedish import SwedishAnalyzer
from corpus.word_vectors import load_word_vectors

MOST_SCOPES = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, made whole; ``leans_on`` is the one before that it was made whole by, "" where it stands alone."""

    text: str
    leans_on: str


class Assistant:
    """Answers questions from one published index; safe to share between threads that only ask."""

    problem = ""  # it is given its index, and knows of no other that it should be

    def __init__(
        self,
        index: Index,
        embedder: Embedder,
        knowledge: Knowledge,
        max_question_chars: int = 2000,
        reranker: Reranker | None = None,
        chat: ChatClient | None = None,
    ) -> None:
        analyzer = SwedishAnalyzer()
        self.index = index
        self._within = lru_cache(maxsize=MOST_SCOPES)(
            lambda documents: Assistant(
                ScopedIndex(index, documents), embedder, knowledge, max_question_chars, reranker, chat
            )
        )
        self._knowledge = knowledge
        self._max_chars = max_question_chars
        self._writer = Writer(chat, index, knowledge) if chat else None
        self.retriever = Retriever(index, embedder, analyzer, knowledge, load_word_vectors(), reranker)
        self._extractor = Extractor(index, self.retriever, analyzer, knowledge)
        self._surveyor = Surveyor(index, knowledge, analyzer, lambda text: self._extractor.extract(text).ranked)

    def ask(self, question: str, history: Sequence[Turn] = (), documents: frozenset[str] = frozenset()) -> Answer:
        """The answer to ``question``; ``history`` holds the turns before it, the latest last.

        With ``documents``, from these alone; raises UsageError where one of them does not exist.
        """
        *_, answer = self.stream(question, history, documents)
        assert isinstance(answer, Answer)
        return answer

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: frozenset[str] = frozenset(),
        stop: Stop | None = None,
    ) -> Generator[Partial | Answer]:
        """As ``ask``; before the answer come its beginnings, as far as they are verified, if a chat model words it.

        Raises:
            Stopped: ``stop`` was used; what the model was doing has been broken off.
        """
        if not documents:
            yield from self._stream(question, history, stop or Stop())
            return
        for step in self._within(documents)._stream(question, history, stop or Stop()):
            yield with_updates(step, self.index) if isinstance(step, Answer) else step

    def sources_of(self, question: str) -> frozenset[str]:
        """Ids of the documents that ``question`` is answered from, none where nothing answers; no model is asked."""
        overview = self._overview(question)
        if overview:
            return frozenset(c.document_id for c in overview.citations)
        statements = (s for asked in self._asked(question, ()) for s in self._extract(asked).statements)
        return frozenset(s.document.source.document_id for s in statements)

    def _stream(self, question: str, history: Sequence[Turn], stop: Stop) -> Generator[Partial | Answer]:
        started = time.perf_counter()
        question = question.encode("utf-8", "replace").decode("utf-8")  # a lone surrogate is no text
        refused = refuse(question, self._max_chars, followed=bool(history))
        if refused:
            text = REFUSALS[refused.reply].format(most=self._max_chars)
            yield self._answer(question, refused.status, text, started)
            return
        overview = self._overview(question)
        if overview:
            yield self._answer(
                question, "answered", overview.text, started, None, overview.citations, form=overview.form
            )
            return
        extractions = [self._extract(asked) for asked in self._asked(question, history)]
        if not any(e.statements for e in extractions):
            found = [s for e in extractions for s in e.nearest]
            nearest = tuple(cite(n, s, answers=False) for n, s in enumerate(found[:MOST_NEAREST], 1))
            yield self._answer(question, "not_in_sources", NOT_IN_SOURCES, started, nearest=nearest)
            return
        if self._writer is None:
            worded = WordedAll(extractions)
        else:
            worded = yield from word_all(self._writer, extractions, stop)
        written = write_all(worded.extractions, worded.wording)
        answer = self._answer(question, "answered", written.text, started, written.verdict, written.citations)
        yield replace(answer, answerer=worded.answerer, note=worded.note, wording=worded.told)

    def _overview(self, question: str) -> Overview | None:
        asked = wanted(question, self._knowledge)
        return self._surveyor.answer(asked) if asked else None

    def _asked(self, message: str, history: Sequence[Turn]) -> list[Asked]:
        """The questions in ``message``, each made whole by what was asked before it."""
        before = [Turn(questions_in(t.question)[-1], t.answer) for t in history]
        asked: list[Asked] = []
        for part in questions_in(message):
            whole = make_whole(part, before, self._knowledge)
            leans_on = make_whole(before[-1].question, before[:-1], self._knowledge) if whole != part.strip() else ""
            asked.append(Asked(whole, leans_on))
            before = [*before, Turn(whole, "")]
        return asked

    def _extract(self, asked: Asked) -> Extraction:
        around = self._extractor.extract(asked.leans_on).statements if asked.leans_on else ()
        return self._extractor.extract(asked.text, around)

    def _answer(
        self,
        question: str,
        status: Status,
        text: str,
        started: float,
        verdict: Verdict | None = None,
        citations: tuple[Citation, ...] = (),
        nearest: tuple[Citation, ...] = (),
        form: Form = "",
    ) -> Answer:
        return Answer(
            id=uuid.uuid4().hex,
            question=question,
            status=status,
            verdict=verdict,
            answer=text,
            citations=citations,
            as_of=max((c.date for c in citations if c.date), default=None),
            answerer=EXTRACTIVE,
            generation=self.index.manifest.generation,
            elapsed_ms=round((time.perf_counter() - started) * 1000, 1),
            nearest=nearest,
            form=form,
        )
