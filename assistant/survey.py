"""Answers questions for an overview with cited sentences: the actors, the timeline, and who says what of a matter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.actors import actors, voice
from assistant.compose import CHANGED, NOT_IN_SOURCES, Statement, cite
from assistant.dates import swedish_date
from assistant.evidence import Evidence
from assistant.models import Citation, Form, Stretch
from assistant.overview import Wanted
from assistant.sentences import Sentence, SentenceReader
from assistant.timeline import Event, timeline
from assistant.updates import OVERTAKING, overtaken_by
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.models import Document, Span
from corpus.swedish import SwedishAnalyzer

MOST_ACTORS = 20
MOST_EVENTS = 14
MOST_QUOTES_EACH = 2
MOST_POSITIONS = 6
# Of the best sentence's score: what is said of the matter itself, and not of something beside it.
MIN_POSITION_RATIO = 0.6


_Said = dict[str, list[Sentence]]


@dataclass(frozen=True, slots=True)
class Overview:
    """An answer in the form that it is asked for; ``[n]`` in ``text`` points to the citation numbered n."""

    form: Form
    text: str
    citations: tuple[Citation, ...]


class Surveyor:
    """Makes overviews of the documents of one index."""

    def __init__(
        self,
        index: Index,
        knowledge: Knowledge,
        analyzer: SwedishAnalyzer,
        rank: Callable[[str], Sequence[Evidence]],
    ) -> None:
        """``rank`` gives the sentences that bear on a question, best first."""
        self._index = index
        self._knowledge = knowledge
        self._analyzer = analyzer
        self._reader = SentenceReader(analyzer, knowledge)
        self._rank = rank

    def answer(self, asked: Wanted) -> Overview | None:
        """The overview that is ``asked`` for, or None where the documents hold nothing for it."""
        if asked.form == "actors":
            return self._actors(asked)
        return self._timeline(asked) if asked.form == "timeline" else self._positions(asked)

    def _primary(self) -> list[Document]:
        """The documents that overviews are of when no matter is named: the primary ones, else all."""
        sources = self._index.sources()
        return [self._index.document(s.document_id) for s in sources if s.primary or not sources[0].primary]

    def _actors(self, asked: Wanted) -> Overview | None:
        found = actors(self._primary(), self._reader, self._knowledge)
        found = [a for a in found if not asked.kinds or a.body.kind in asked.kinds][:MOST_ACTORS]
        numbered = _Numbered()
        lines = [
            f"- {a.name} [{numbered.number(Statement(a.named[0].document, a.named[0].span), a.name)}]" for a in found
        ]
        return Overview("actors", "\n".join(lines), numbered.citations) if lines else None

    def _timeline(self, asked: Wanted) -> Overview | None:
        events = self._events_about(asked.topic) if asked.topic else self._events_since()
        numbered = _Numbered()
        lines = []
        for event in events:
            label = event.label
            number = numbered.number(Statement(event.document, event.span), label)
            lines.append(f"- {label}: {event.quote} [{number}]")
        return Overview("timeline", "\n".join(lines), numbered.citations) if lines else None

    def _events_since(self) -> list[Event]:
        """The events of the primary documents, and the dates from which later sources have overtaken them."""
        primary = timeline(self._primary())
        later: dict[str, Event] = {}
        for document in self._primary():
            for link in self._index.updates_of(document.source.document_id):
                if link.update.relation in OVERTAKING:
                    for event in timeline([self._index.document(link.document_id)]):
                        if event.iso == link.update.since and event.quote in link.update.by:
                            later.setdefault(event.iso, event)
        room = max(0, MOST_EVENTS - len(primary))
        since = sorted(later.values(), key=lambda e: e.order)[-room:] if room else []
        return sorted([*primary[-MOST_EVENTS:], *since], key=lambda e: e.order)

    def _events_about(self, topic: str) -> list[Event]:
        """The events of sentences that name ``topic``, else of documents whose titles do, the most telling ones."""
        terms = set(self._analyzer.terms(topic))
        found = timeline(self._index.document(s.document_id) for s in self._index.sources())
        about = [e for e in found if terms <= self._words(e.quote)]
        if len(about) < 2:
            about = [e for e in found if terms <= self._words(f"{e.quote} {e.document.source.title}")]
        if len(about) > MOST_EVENTS:
            titled = [e for e in about if terms <= self._words(e.document.source.title)]
            about = titled if len(titled) > 1 else about
        return about[-MOST_EVENTS:]

    def _words(self, text: str) -> set[str]:
        return {*self._analyzer.terms(text), *self._analyzer.parts(text)}

    def _positions(self, asked: Wanted) -> Overview | None:
        """Each body's own words on the matter, side by side, and what later sources say of them."""
        said = self._said_by(asked.bodies, asked.topic) if asked.bodies else self._said_on(asked.topic)
        numbered = _Numbered()
        blocks, later = [], []
        for body_id, sentences in list(said.items())[:MOST_POSITIONS]:
            name = self._name(body_id)
            for sentence in sentences[:MOST_QUOTES_EACH]:
                updates = overtaken_by(self._index, sentence)
                statement = Statement(sentence.document, sentence.span, updated=bool(updates))
                blocks.append(f"{name}: {sentence.text} [{numbered.number(statement, name)}]")
                later += updates[:1]
        for update in later:
            since = swedish_date(update.since)
            number = numbered.number(update, f"{CHANGED} (från {since})")
            line = f"{CHANGED} (från {since}): {update.document.quote(update.span)} [{number}]"
            if line not in blocks:
                blocks.append(line)
        blocks += [f"{self._name(body_id)}: {NOT_IN_SOURCES}" for body_id in asked.bodies if body_id not in said]
        return Overview("positions", "\n\n".join(blocks), numbered.citations) if said else None

    def _said_by(self, bodies: Iterable[str], topic: str) -> _Said:
        """What each of ``bodies`` says on ``topic``."""
        said: _Said = {}
        for body_id in bodies:
            question = f"Vad säger {self._name(body_id)} om {topic}?" if topic else f"Vad säger {self._name(body_id)}?"
            found = [e for e in self._rank(question) if voice(e.sentence, self._knowledge) == body_id]
            said.update(_grouped(found, self._knowledge))
        return said

    def _said_on(self, topic: str) -> _Said:
        """What any body says on ``topic``; where none is named, all that the primary documents report."""
        if topic:
            found = [e for e in self._rank(f"Vad sägs om {topic}?") if voice(e.sentence, self._knowledge)]
            return _grouped(found, self._knowledge)
        said: _Said = {}
        for document in self._primary():
            for sentence in self._reader.within(document, Span(0, len(document.text))):
                speaker = voice(sentence, self._knowledge)
                if sentence.referenced and speaker:
                    said.setdefault(speaker, []).append(sentence)
        return said

    def _name(self, body_id: str) -> str:
        body = self._knowledge.body(body_id)
        return body.label if body else body_id


class _Numbered:
    """Numbers what is cited, each stretch of text once."""

    def __init__(self) -> None:
        self._found: dict[Stretch, Citation] = {}

    def number(self, statement: Statement, label: str) -> int:
        key = statement.stretch
        if key not in self._found:
            self._found[key] = replace(cite(len(self._found) + 1, statement), label=label)
        return self._found[key].number

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._found.values())


def _grouped(ranked: Sequence[Evidence], knowledge: Knowledge) -> _Said:
    """The sentences of ``ranked`` by the body that speaks, best first, those far behind the best left out."""
    said: _Said = {}
    for evidence in ranked:
        if evidence.score >= MIN_POSITION_RATIO * ranked[0].score:
            said.setdefault(voice(evidence.sentence, knowledge), []).append(evidence.sentence)
    return said
