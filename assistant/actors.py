"""Finds who acts in a document: the bodies that it names, where it names them, and where it gives them the word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.bodies import find_bodies
from assistant.sentences import Sentence, SentenceReader
from corpus.knowledge import Body, Knowledge
from corpus.models import Document, Span

# *Enligt fullmäktiges beslut* tells what something rests on, not what somebody thinks.
_RESTS_ON = re.compile(
    r"\benligt\s+(?:\S+\s+){0,3}?(?:beslut\w*|regleringsbrev\w*|uppdrag\w*|direktiv\w*)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a document."""

    document: Document
    span: Span

    @property
    def quote(self) -> str:
        """The sentence, verbatim."""
        return self.document.quote(self.span)


@dataclass(frozen=True, slots=True)
class Actor:
    """A body with the sentences that name it and, among them or beside them, those that report what it says."""

    body: Body
    named: tuple[Place, ...]
    says: tuple[Place, ...] = ()

    @property
    def name(self) -> str:
        """The body's name as it begins a line."""
        return self.body.label

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that name the body, in order, each once."""
        return tuple({p.document.source.document_id: p.document for p in self.named}.values())


@dataclass
class _Gathered:
    named: list[Place] = field(default_factory=list)
    says: list[Place] = field(default_factory=list)


def actors(documents: Sequence[Document], reader: SentenceReader, knowledge: Knowledge) -> list[Actor]:
    """The bodies that ``documents`` name, in the order in which they first do."""
    gathered: dict[str, _Gathered] = {}
    for document in documents:
        for index in range(len(document.sentences)):
            sentence = reader.at(document, index)
            if not sentence.referenced:
                continue
            place = Place(document, sentence.span)
            for body_id in _in_order(sentence, knowledge):
                gathered.setdefault(body_id, _Gathered()).named.append(place)
            if voice(sentence, knowledge):
                gathered.setdefault(sentence.speaker, _Gathered()).says.append(place)
    bodies = {b.body_id: b for b in knowledge.bodies}
    return [
        Actor(bodies[body_id], tuple(found.named), tuple(found.says))
        for body_id, found in gathered.items()
        if body_id in bodies and found.named
    ]


def voice(sentence: Sentence, knowledge: Knowledge) -> str:
    """The body whose view ``sentence`` reports, "" where it reports none."""
    if _RESTS_ON.search(sentence.text):
        return ""
    named = sentence.speaker_unnamed or sentence.speaker in _in_order(sentence, knowledge)
    return sentence.speaker if named else ""


def _in_order(sentence: Sentence, knowledge: Knowledge) -> list[str]:
    """The bodies that ``sentence`` names; a document that goes by its author's name is no body within itself.

    A name that goes on is another's: *Malmö* is no body in *Malmö Ideella*.
    """
    own = {b.body_id for b in knowledge.bodies if b.kind == "utredning" and sentence.document_id in b.documents}
    mentions = find_bodies(sentence.tokens, knowledge, sentence.document_id, sentence.section)
    found = [m.body_id for m in mentions if m.body_id not in own and not _goes_on(sentence, m.last)]
    return list(dict.fromkeys(found))


def _goes_on(sentence: Sentence, last: int) -> bool:
    """Whether the name that ends before token ``last`` goes on with another capitalised word."""
    if last >= len(sentence.tokens):
        return False
    ended, following = sentence.tokens[last - 1], sentence.tokens[last]
    return following.text[:1].isupper() and sentence.text[ended.end : following.start] == " "
