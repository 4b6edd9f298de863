"""Puts the dated sentences of documents in order of time: the events that the page draws and answers list."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.dated import Dated, find_dates
from assistant.dates import swedish_date
from assistant.verbs import is_finite
from corpus.models import Document, Span
from corpus.swedish import tokenize

# *… och i juni 2023 beslutade …*: what follows says something of its own, where a finite verb comes right after.
_SECOND = re.compile(
    r",?\s+(?:och|samt|men)\s+(?=(?:(?:sedan|i|den|från|under|till|med|och|efter|före|hösten|våren|sommaren)\s+)*$)"
)


@dataclass(frozen=True, slots=True)
class Event:
    """What ``document`` dates ``iso``: the words in ``span``, with the date itself at ``date``; ``order`` sorts."""

    iso: str
    order: str
    document: Document
    span: Span
    date: Span

    @property
    def quote(self) -> str:
        """The words, verbatim."""
        return self.document.quote(self.span)

    @property
    def label(self) -> str:
        """The date as readers see it: *19 juni 2024*, *hösten 2024*."""
        return self.document.quote(self.date) if self.order != self.iso else swedish_date(self.iso)


def events_of(document: Document) -> list[Event]:
    """The events of one document, in text order; sentences of a fact sheet that no address bears out are left out."""
    return [
        event
        for sentence in document.sentences
        if document.is_referenced(sentence)
        for event in _events_in(document, sentence)
    ]


def timeline(documents: Iterable[Document]) -> list[Event]:
    """The events of ``documents`` in order of time; a year comes before its months, and a month before its days."""
    events = [event for document in documents for event in events_of(document)]
    return sorted(events, key=lambda e: (e.order, not e.document.source.primary, e.document.source.title, e.span.start))


def _events_in(document: Document, sentence: Span) -> list[Event]:
    text = document.quote(sentence)
    dates = list({d.iso: d for d in reversed(find_dates(text))}.values())[::-1]
    pieces = _pieces(text, dates)
    found = []
    for dated in dates:
        piece = next(p for p in pieces if p.start <= dated.span.start < p.end)
        found.append(
            Event(
                dated.iso,
                dated.order,
                document,
                Span(sentence.start + piece.start, sentence.start + piece.end),
                Span(sentence.start + dated.span.start, sentence.start + dated.span.end),
            )
        )
    return found


def _pieces(text: str, dates: list[Dated]) -> list[Span]:
    """``text`` cut before each date after the first that opens a clause with a verb of its own."""
    starts, ends = [0], []
    for dated in dates[1:]:
        opening = _SECOND.search(text[: dated.span.start])
        following = tokenize(text[dated.span.end :])[:1]
        if opening and following and is_finite(following[0].text):
            ends.append(opening.start())
            starts.append(opening.end())
    return [Span(start, end) for start, end in zip(starts, [*ends, len(text)], strict=True)]
