"""One reply of the model, read as it comes: each statement is verified before it counts, and the verdict before any."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.chat.draft import Claim, Fallen, Stated, Trouble
from assistant.chat.reply import Item, ReplyReader, SaidVerdict, Unreadable
from assistant.chat.sources import Material, undated
from assistant.chat.verify import Verifier, fallen, is_at
from assistant.compose import VERDICT_WORDS
from assistant.extract import Extraction
from assistant.kind import Kind

MOST_CLAIMS = 16
MIN_COVERAGE_BESIDE = 0.4
_LEADING_VERDICT = re.compile(rf"^({'|'.join(VERDICT_WORDS.values())})\s*[,.:–-]\s*(?=\w)")


@dataclass(slots=True)
class Attempt:
    """A reply in the making: what has been borne out so far, what fell, and what is wrong with it as a whole."""

    extraction: Extraction
    material: Material
    verifier: Verifier
    stated: list[Stated] = field(default_factory=list)
    fallen: list[Fallen] = field(default_factory=list)
    n_claims: int = 0
    _reader: ReplyReader = field(default_factory=ReplyReader)
    _verdict_given: bool = False
    _verdict_wrong: bool = False
    _unreadable: bool = False

    def feed(self, piece: str) -> Iterator[tuple[Stated, ...]]:
        """All that may be shown, each time that a statement in ``piece`` has been added to it."""
        for item in self._reader.feed(piece):
            if self._take(item) and self._verdict_settled:
                yield tuple(self.stated)

    @property
    def is_over(self) -> bool:
        """Whether nothing that may come would change what becomes of the reply."""
        return self._verdict_wrong or self.n_claims >= MOST_CLAIMS

    def trouble(self) -> Trouble | None:
        """What is wrong with the whole reply, now that it has ended; None where it can stand."""
        unreadable = self._unreadable or any(True for _ in self._reader.end())
        if self._verdict_wrong:
            return "verdict"
        if not self.n_claims:
            return "malformed" if unreadable or self._reader.is_only_noise else "empty"
        if not self._verdict_settled:
            return "verdict"
        return None if self._holds_core() else "core"

    @property
    def _verdict_settled(self) -> bool:
        return not self._verdict_wrong and (self._verdict_given or self.extraction.verdict is None)

    def _take(self, item: Item) -> bool:
        """Whether ``item`` is a statement that was borne out, and is not there yet."""
        if isinstance(item, Unreadable):
            self._unreadable = True
        elif isinstance(item, SaidVerdict):
            self._verdict_given = True
            self._verdict_wrong = self._verdict_wrong or not item.known or item.verdict != self.extraction.verdict
        elif self.n_claims < MOST_CLAIMS:
            self.n_claims += 1
            found = self._verified(item)
            if isinstance(found, Fallen):
                self.fallen.append(found)
            elif found.text not in [s.text for s in self.stated]:
                self.stated.append(found)
                return True
        return False

    def _verified(self, claim: Claim) -> Stated | Fallen:
        opening = _LEADING_VERDICT.match(claim.text)
        if opening:
            verdict = self.extraction.verdict
            if verdict is None or VERDICT_WORDS[verdict] != opening[1]:
                return fallen(claim, "polarity", opening[1])
            rest = claim.text[opening.end() :]
            claim = replace(claim, text=rest[:1].upper() + rest[1:])
        told = [s for s in self.extraction.statements if s.updated]
        found = self.verifier.verify(claim, self.material.sources, told)
        if isinstance(found, Stated) and not self._concerns(found):
            return fallen(claim, "beside")
        if isinstance(found, Stated) and self._misses_value(found):
            return fallen(claim, "left_out")
        return found

    def _misses_value(self, stated: Stated) -> bool:
        """Whether a number or date of the source is left out where one is asked for."""
        if self.extraction.question.kind not in (Kind.WHEN, Kind.NUMBER, Kind.MONEY):
            return False
        held = self.verifier.values(stated.document.quote(stated.span))
        return not held <= self.verifier.values(stated.text)

    def _concerns(self, stated: Stated) -> bool:
        """Whether the sentences that bear it are among those that answer the question.

        With a verdict those that the engine rests it on; else also such as have enough of what is asked.
        """
        if any(is_at(s, stated.document, stated.span) for s in undated(self.extraction)):
            return True
        if self.extraction.question.kind is Kind.YES_NO:
            return False
        return any(
            e.coverage_ratio >= MIN_COVERAGE_BESIDE
            and e.sentence.document_id == stated.document.source.document_id
            and e.sentence.span.overlaps(stated.span)
            for e in self.extraction.ranked
        )

    def _holds_core(self) -> bool:
        """Whether the sentence that decides is there; with *delvis* those that say the one and the other."""
        needed = undated(self.extraction)[: 2 if self.extraction.verdict == "partly" else 1]
        return all(any(is_at(s, stated.document, stated.span) for stated in self.stated) for s in needed)
