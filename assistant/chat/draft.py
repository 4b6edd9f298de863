"""The values of the chat-model answerer: what a model claims, what is left of it, and what it cost."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.models import Stretch, Verdict
from corpus.models import Document, Span

# Why a statement of the model's falls; also what is counted.
Reason = Literal[
    "form",
    "unknown_source",
    "quote_not_found",
    "language",
    "instruction",
    "overtaken",
    "beside",
    "value",
    "name",
    "word",
    "polarity",
    "left_out",
    "rearranged",
]
Trouble = Literal["verdict", "core", "malformed", "empty"]
# As the model is told the verdict, and gives it back.
VERDICTS: Mapping[Verdict | None, str] = {"yes": "ja", "no": "nej", "partly": "delvis", None: "ingen"}


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as the model gives it: the token of its source and the words it leans on, none of it believed."""

    text: str
    source: str
    quote: str


@dataclass(frozen=True, slots=True)
class Stated:
    """A statement that was borne out: ``span`` holds the whole sentences of ``document`` that bear it."""

    text: str
    document: Document
    span: Span

    @property
    def stretch(self) -> Stretch:
        """Where those sentences stand."""
        return Stretch(self.document.source.document_id, self.span.start, self.span.end)


@dataclass(frozen=True, slots=True)
class Fallen:
    """A statement that is not shown; ``detail`` is Swedish, for the model's second try, and is never logged."""

    claim: Claim
    reason: Reason
    detail: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a model has read and written; ``estimated`` where it did not count them itself."""

    read: int = 0
    written: int = 0
    estimated: bool = False

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(self.read + other.read, self.written + other.written, self.estimated or other.estimated)


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of what the model wrote, over all its tries for one question."""

    n_claims: int = 0
    n_shown: int = 0
    dropped: Mapping[Reason, int] = field(default_factory=dict)
    n_calls: int = 0
    usage: Usage = Usage()
    seconds: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        dropped = {r: self.dropped.get(r, 0) + other.dropped.get(r, 0) for r in {**self.dropped, **other.dropped}}
        return Tally(
            self.n_claims + other.n_claims,
            self.n_shown + other.n_shown,
            dropped,
            self.n_calls + other.n_calls,
            self.usage + other.usage,
            self.seconds + other.seconds,
        )
