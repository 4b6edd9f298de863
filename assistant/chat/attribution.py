"""Used by verification: the words by which a statement says whose view it gives, and whether they are right."""

import re
from dataclasses import dataclass

from assistant.bodies import find_bodies
from assistant.sentences import Sentence
from assistant.verbs import is_finite
from corpus.knowledge import Knowledge
from corpus.lemmas import root
from corpus.swedish import Token, tokenize

MOST_WORDS = 7
_SHOWN = re.compile(
    r"^(?:av\s+(?P<who>[\wåäö\s]{2,40}?)\s+framgår(?:\s+det)?\s+att|det\s+framgår\s+att)\s+", re.IGNORECASE
)
# What a source may be called, whichever it is.
_SOURCE_WORDS = frozenset(
    root(w) for w in "underlaget källan källorna dokumentet texten sammanfattningen faktabladet".split()
)


@dataclass(frozen=True, slots=True)
class Attributed:
    """A statement without the words that say where it is from; ``bodies`` are those that it is attributed to."""

    rest: str
    bodies: frozenset[str]


def unattributed(text: str, sentence: Sentence, publishers: frozenset[str], knowledge: Knowledge) -> Attributed | None:
    """``text`` without *enligt …* or *av … framgår att*; None where it has none, or names one who does not say it."""
    found = _according(text) or _shown(text)
    if not found:
        return None
    who, rest = found
    tokens = tuple(tokenize(who))
    named = frozenset(m.body_id for m in find_bodies(tokens, knowledge, sentence.document_id, sentence.section))
    speakers = {sentence.speaker} if sentence.speaker else publishers
    own = {b for b in named if _wrote(b, sentence.document_id, knowledge)}
    if named:
        return Attributed(rest, named & speakers) if named <= speakers | own else None
    source = sentence.document.source
    title = _SOURCE_WORDS | {root(t.text) for t in tokenize(f"{source.title} {source.kind}")}
    words = [root(t.text) for t in tokens if t.text.lower() not in ("den", "det", "i")]
    return Attributed(rest, frozenset()) if words and all(w in title for w in words) else None


def _wrote(body_id: str, document_id: str, knowledge: Knowledge) -> bool:
    body = knowledge.body(body_id)
    return body is not None and document_id in body.documents


def _according(text: str) -> tuple[str, str] | None:
    """Whom *enligt* at the beginning names, up to the verb or a comma, and what follows."""
    tokens = tokenize(text)
    if not tokens or tokens[0].text.lower() != "enligt":
        return None
    for place in range(2, min(len(tokens), MOST_WORDS + 1)):
        if is_finite(tokens[place].text) or "," in _gap(text, tokens, place):
            return text[tokens[1].start : tokens[place - 1].end], text[tokens[place].start :]
    return None


def _gap(text: str, tokens: list[Token], place: int) -> str:
    return text[tokens[place - 1].end : tokens[place].start]


def _shown(text: str) -> tuple[str, str] | None:
    found = _SHOWN.match(text)
    return (found["who"] or "underlaget", text[found.end() :]) if found else None
