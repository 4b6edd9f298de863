"""Has a message's answers worded by the model, question by question, and tells what came of it."""

import time
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.chat.budget import Budget
from assistant.chat.client import Stop
from assistant.chat.draft import Tally
from assistant.chat.failures import line
from assistant.chat.writer import Outcome, Worded, Writer
from assistant.extract import Extraction
from assistant.models import Partial, Stretch, Wording
from assistant.writing import write_all

EXTRACTIVE = "extractive"


@dataclass(frozen=True, slots=True)
class WordedAll:
    """All extractions of a message, in the model's words where these were borne out.

    ``note`` is the line that tells a reader where, and why, the extractive answer stands in.
    """

    extractions: Sequence[Extraction]
    wording: Mapping[Stretch, str] = field(default_factory=dict)
    answerer: str = EXTRACTIVE
    note: str = ""
    told: Wording | None = None


def word_all(writer: Writer, extractions: Sequence[Extraction], stop: Stop) -> Generator[Partial, None, WordedAll]:
    """Yields the answer's beginnings as they are verified, and returns all of it.

    Raises:
        Stopped: it was broken off by ``stop``.
    """
    until = time.monotonic() + writer.client.limits.timeout_s
    done: list[Worded] = []
    outcomes: list[Outcome] = []
    for extraction in extractions:
        if not extraction.statements:
            done.append(Worded(extraction))
            continue
        writing = writer.write(extraction, until, stop)
        while True:
            try:
                shown = next(writing)
            except StopIteration as ended:
                outcomes.append(ended.value)
                done.append(ended.value.worded)
                break
            yield _partial([*done, shown])
    why = next((o.why for o in outcomes if o.why), None)
    by_model = any(o.why is None for o in outcomes)
    return WordedAll(
        [w.extraction for w in done],
        _wording(done),
        writer.client.name if by_model else EXTRACTIVE,
        line(why) if why else "",
        _told(writer.client.name, [o.tally for o in outcomes], writer.client.budget),
    )


def _wording(done: Sequence[Worded]) -> dict[Stretch, str]:
    return {place: text for worded in done for place, text in worded.wording.items()}


def _partial(done: Sequence[Worded]) -> Partial:
    written = write_all([w.extraction for w in done], _wording(done))
    return Partial(written.verdict, written.text, written.citations)


def _told(model: str, tallies: Sequence[Tally], budget: Budget) -> Wording:
    whole = sum(tallies, Tally())
    return Wording(
        model,
        whole.n_claims,
        whole.n_shown,
        dict(sorted(whole.dropped.items())),
        whole.n_calls,
        whole.usage.read,
        whole.usage.written,
        whole.usage.estimated,
        round(budget.prices.cost(whole.usage), 6),
        round(whole.seconds * 1000, 1),
    )
