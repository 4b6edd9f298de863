"""After the model, before the reader: which of its statements the sources bear. Values in, values out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.bodies import bodies_in
from assistant.chat.attribution import unattributed
from assistant.chat.draft import Claim, Fallen, Reason, Stated
from assistant.chat.instructions import gives_orders
from assistant.chat.locate import locate, sentences_of
from assistant.chat.support import Fault, fault
from assistant.chat.words import plain, units
from assistant.compose import Statement
from assistant.language import detect
from assistant.sentences import Sentence, SentenceReader
from assistant.updates import overtaking_links
from assistant.verbs import is_finite
from corpus.index import Index
from corpus.knowledge import Knowledge
from corpus.models import Document, Span
from corpus.swedish import SwedishAnalyzer, tokenize

MOST_CHARS = 700
MIN_WORDS = 3
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ\d])")
_MARKUP = re.compile(r"[\[\]<>{}`|\\#*_~\x00-\x1f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]|https?:|www\.|\w@\w")
_DETAILS: Mapping[Reason, str] = {
    "form": "påståendet ska vara en eller två hela meningar, utan markeringar",
    "unknown_source": "källan finns inte bland dem som gavs",
    "quote_not_found": "citatet står inte ordagrant i källan",
    "language": "påståendet ska vara på svenska",
    "instruction": "citatet är en uppmaning och ska inte återges",
    "overtaken": "uppgiften har ändrats sedan dess",
    "beside": "meningen är inte en av dem som svarar på frågan",
    "value": "talet eller datumet står inte i den citerade meningen",
    "name": "namnet står inte i den citerade meningen",
    "word": "ordet står inte så i den citerade meningen",
    "polarity": "det är nekat i den ena meningen men inte i den andra",
    "left_out": "ordet begränsar vad som sägs och får inte utelämnas",
    "rearranged": "ordet står i ett annat sammanhang i den citerade meningen",
}
_GRAVITY: tuple[Reason, ...] = ("word", "name", "value", "polarity", "left_out", "rearranged")


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a document that the model is given under a token of its own."""

    token: str
    document: Document
    span: Span


class Verifier:
    """Holds a model's statements against the sources that it was given; keeps nothing between two."""

    def __init__(self, index: Index, knowledge: Knowledge) -> None:
        """Read sentences as the engine over ``index`` does."""
        self._index = index
        self._knowledge = knowledge
        self._reader = SentenceReader(SwedishAnalyzer(), knowledge)

    def verify(self, claim: Claim, sources: Sequence[Source], told: Sequence[Statement] = ()) -> Stated | Fallen:
        """The statement with the sentences that bear it, or why it falls.

        ``told`` are statements of which the answer says itself what has become of them.
        """
        text = " ".join(claim.text.split())
        flaw = _flaw_of_form(text)
        if flaw:
            return fallen(claim, flaw)
        source = next((s for s in sources if s.token == claim.source), None)
        if source is None:
            return fallen(claim, "unknown_source")
        place = locate(claim.quote, source.document, source.span)
        numbers = sentences_of(place, source.document) if place else []
        if not numbers:
            return fallen(claim, "quote_not_found")
        cited = [self._reader.at(source.document, n) for n in numbers]
        if any(gives_orders(s.text) for s in cited) or gives_orders(text):
            return fallen(claim, "instruction")
        span = Span(cited[0].span.start, cited[-1].span.end)
        overtaken = any(overtaking_links(self._index, source.document, span))
        if overtaken and not any(is_at(s, source.document, span) for s in told):
            return fallen(claim, "overtaken")
        found = self._unborne(text, cited)
        if found:
            return fallen(claim, found.reason, found.words)
        return Stated(text, source.document, span)

    def values(self, text: str) -> frozenset[str]:
        """The numbers, identifiers and months in ``text``."""
        return frozenset(u.key for u in units(plain(text), self._knowledge) if u.is_value)

    def _unborne(self, text: str, cited: Sequence[Sentence]) -> Fault | None:
        """What of ``text`` no cited sentence bears; each of its sentences needs one of its own, in their order."""
        whole = " ".join(" ".join(s.text.split()) for s in cited)
        if whole.strip(" .") == text.strip(" ."):
            return None
        rest = list(cited)
        for part in _SENTENCE_END.split(text):
            faults = []
            for place, sentence in enumerate(rest):
                flaw = self._fault(part, sentence)
                if flaw is None:
                    rest = rest[place + 1 :]
                    break
                faults.append(flaw)
            else:
                return max(faults, key=lambda f: _GRAVITY.index(f.reason), default=Fault("word", part.split()[0]))
        return None

    def _fault(self, part: str, sentence: Sentence) -> Fault | None:
        found = fault(part, sentence, self._knowledge)
        if found is None:
            asks = is_finite(tokenize(part)[0].text) and not is_finite(sentence.tokens[0].text)
            return Fault("rearranged", part.split()[0]) if asks else None
        publishers = bodies_in(sentence.document.source.publisher, self._knowledge)
        attributed = unattributed(part, sentence, publishers, self._knowledge)
        return fault(attributed.rest, sentence, self._knowledge, attributed.bodies) if attributed else found


def _flaw_of_form(text: str) -> Reason | None:
    """Why ``text`` is no statement to show whatever the sources say: its form or its language."""
    words = tokenize(text)
    if len(words) < MIN_WORDS or len(text) > MOST_CHARS or _MARKUP.search(text) or not text.endswith("."):
        return "form"
    return "language" if detect(text) != "sv" else None


def is_at(statement: Statement, document: Document, span: Span) -> bool:
    """Whether ``statement`` stands at ``span`` of ``document``, or touches it."""
    return statement.document.source.document_id == document.source.document_id and statement.span.overlaps(span)


def fallen(claim: Claim, reason: Reason, words: str = "") -> Fallen:
    """``claim`` with the reason that it falls for, in words for the model."""
    return Fallen(claim, reason, f"{_DETAILS[reason]} ({words})" if words else _DETAILS[reason])
