"""Finds the bodies that a text names, by the aliases and short forms of the language data."""

from dataclasses import dataclass

from corpus.knowledge import Knowledge
from corpus.lemmas import fold
from corpus.swedish import Token, tokenize


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body that a text names, at tokens ``[first, last)``; ``short`` where a short form stands for it."""

    body_id: str
    first: int
    last: int
    short: bool = False


def find_bodies(
    tokens: tuple[Token, ...], knowledge: Knowledge, document_id: str = "", section: str = ""
) -> list[BodyMention]:
    """The bodies that ``tokens`` name, longest aliases first, short forms read by where they stand."""
    words = [fold(t.text) for t in tokens]
    found: list[BodyMention] = []
    position = 0
    while position < len(words):
        mention = _body_at(words, position, knowledge, document_id, section)
        if mention:
            found.append(mention)
        position = mention.last if mention else position + 1
    return found


def bodies_in(text: str, knowledge: Knowledge, document_id: str = "", section: str = "") -> frozenset[str]:
    """The ids of the bodies that ``text`` names."""
    return frozenset(m.body_id for m in find_bodies(tuple(tokenize(text)), knowledge, document_id, section))


def _body_at(
    words: list[str], position: int, knowledge: Knowledge, document_id: str, section: str
) -> BodyMention | None:
    for length in range(min(knowledge.longest_alias, len(words) - position), 0, -1):
        span = words[position : position + length]
        for ending in (span[-1], span[-1].removesuffix("s")):
            body_id = knowledge.aliases.get((*span[:-1], ending))
            if body_id:
                return BodyMention(body_id, position, position + length)
    for short in knowledge.short_forms:
        if words[position] in (short.form, short.form + "s"):
            return BodyMention(short.body_in(document_id, section), position, position + 1, short=True)
    return None
