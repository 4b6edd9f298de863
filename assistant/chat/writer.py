"""Words what the engine has found: asks the model, shows what is borne out as it comes, tries once more if it must."""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.chat import prompt
from assistant.chat.attempt import Attempt
from assistant.chat.client import CHARS_PER_TOKEN, Call, ChatClient, Stop
from assistant.chat.draft import Reason, Stated, Tally, Trouble, Usage
from assistant.chat.failures import Failure, ModelFailed
from assistant.chat.sources import material, undated
from assistant.chat.verify import Verifier, is_at
from assistant.compose import Statement
from assistant.extract import Extraction
from assistant.models import Stretch
from assistant.select import most_quoted, wants_all
from assistant.sentences import SentenceReader
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.models import Span
from corpus.swedish import SwedishAnalyzer

log = logging.getLogger(__name__)

MIN_RETRY_S = 1.0


@dataclass(frozen=True, slots=True)
class Worded:
    """An extraction with the model's words for some of its sentences, by where these stand; none where it stands in."""

    extraction: Extraction
    wording: Mapping[Stretch, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a model has made of an extraction; ``why`` names what is wrong where the engine's own answer stands in."""

    worded: Worded
    tally: Tally
    why: Failure | Trouble | None = None


def new_token() -> str:
    """A name for a source that nobody can guess."""
    return "k" + secrets.token_hex(3)


class Writer:
    """Has one model word what is found in one index; safe to share between threads."""

    def __init__(self, client: ChatClient, index: Index, knowledge: Knowledge) -> None:
        """Word with the model of ``client``."""
        self.client = client
        self._index = index
        self._knowledge = knowledge
        self._verifier = Verifier(index, knowledge)
        self._reader = SentenceReader(SwedishAnalyzer(), knowledge)

    def write(self, extraction: Extraction, until: float, stop: Stop) -> Generator[Worded, None, Outcome]:
        """Yields what may be shown, as it grows, and returns what it came to.

        Raises:
            Stopped: it was broken off by ``stop``.
        """
        started = time.monotonic()
        limit = self.client.limits.max_input_tokens * CHARS_PER_TOKEN
        given = material(extraction, self._index, limit // 2, new_token)
        task = prompt.task(extraction.question.text, extraction.verdict, given.sources, given.bearing)
        system = prompt.system(most_quoted(extraction.question))
        message, tally, why = prompt.first(task), Tally(), None
        for last_try in (False, True):
            attempt, call = Attempt(extraction, given, self._verifier), Call()
            messages = (("system", system), ("user", message))
            failure = yield from self._read(messages, attempt, until, stop, call)
            trouble = attempt.trouble()
            why = failure or trouble
            tally = _added(tally, attempt, call.usage)
            if why is None:
                shown = self._worded(extraction, attempt.stated)
                return Outcome(shown, replace(tally, n_shown=len(shown.wording), seconds=time.monotonic() - started))
            if failure or trouble is None or last_try or until - time.monotonic() < MIN_RETRY_S:
                break
            message = prompt.again(task, trouble, attempt.fallen)
        return Outcome(Worded(extraction), replace(tally, seconds=time.monotonic() - started), why)

    def _read(
        self, messages: Sequence[tuple[str, str]], attempt: Attempt, until: float, stop: Stop, call: Call
    ) -> Generator[Worded, None, Failure | None]:
        """Feed ``attempt`` with the reply; returns how the call failed, if it did."""
        if sum(len(text) for _, text in messages) > self.client.limits.max_input_tokens * CHARS_PER_TOKEN:
            return "refused"
        reply = self.client.stream(messages, until, stop, call)
        try:
            for piece in reply:
                for shown in attempt.feed(piece):
                    yield self._worded(attempt.extraction, shown)
                if attempt.is_over:
                    break
        except ModelFailed as failed:
            log.warning("%s", failed)
            return failed.failure
        finally:
            reply.close()
        return None

    def _worded(self, extraction: Extraction, stated: Sequence[Stated]) -> Worded:
        """``extraction`` with its statements in the order and words of the model; what is dated stays as it is.

        A list is made whole with what the model has left out of it.
        """
        wording: dict[Stretch, str] = {}
        statements: list[Statement] = []
        most = max(most_quoted(extraction.question), len(extraction.statements))
        dated = [s for s in extraction.statements if s.relation or s.past]
        for one in stated:
            if one.stretch in wording:
                wording[one.stretch] += f" {one.text}"
            elif len(statements) + len(dated) < most:
                wording[one.stretch] = one.text
                statements.append(self._statement(extraction, one))
        if wants_all(extraction.question):
            left = [s for s in undated(extraction) if not any(is_at(t, s.document, s.span) for t in statements)]
            statements += left
        return Worded(replace(extraction, statements=(*statements, *dated)), wording)

    def _statement(self, extraction: Extraction, stated: Stated) -> Statement:
        own = next((s for s in undated(extraction) if is_at(s, stated.document, stated.span)), None)
        if own is not None:
            attributed = stated.text.lower().startswith("enligt ")
            return replace(own, span=stated.span, speaker="" if attributed else own.speaker)
        return Statement(stated.document, stated.span, speaker=self._speaker(stated))

    def _speaker(self, stated: Stated) -> str:
        """The body whose view it is, where only the sentence before names it."""
        first = self._reader.within(stated.document, Span(stated.span.start, stated.span.start + 1))
        if not first or not first[0].speaker_unnamed or stated.text.lower().startswith("enligt "):
            return ""
        body = self._knowledge.body(first[0].speaker)
        return body.name if body else ""


def _added(tally: Tally, attempt: Attempt, usage: Usage) -> Tally:
    fallen: Counter[Reason] = Counter(f.reason for f in attempt.fallen)
    return tally + Tally(attempt.n_claims, 0, fallen, 1, usage)
