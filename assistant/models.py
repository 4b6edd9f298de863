"""The values of an answer, from the question to the JSON that scripts outside rely on."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, NamedTuple

Verdict = Literal["yes", "no", "partly"]
Form = Literal["", "positions", "timeline", "actors"]
Status = Literal["answered", "not_in_sources", "not_a_question", "empty", "too_long", "personal_data", "unavailable"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question with the answer that was given to it."""

    question: str
    answer: str


class Stretch(NamedTuple):
    """Where cited words stand, by which one citation is told from another."""

    document_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: ``quote`` is the stored text's ``[start, end)``, exactly.

    ``context`` is the paragraph around the quote, beginning at ``context_start``. ``answers`` is False for the nearest
    passages that come with *det framgår inte*: they are labelled as not answering. ``date_note`` is a Swedish remark
    where the date is not plain. ``label`` is what the quote stands under where an answer has a form of its own: the
    body whose position it is, the date of an event, or the actor.
    """

    number: int
    document_id: str
    title: str
    kind: str
    publisher: str
    date: str
    section: str
    page: int | None
    start: int
    end: int
    quote: str
    url: str
    context: str
    context_start: int
    answers: bool = True
    updated: bool = False
    date_note: str = ""
    label: str = ""

    @property
    def stretch(self) -> Stretch:
        """Where the quote stands."""
        return Stretch(self.document_id, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Wording:
    """What a chat model wrote for an answer, and how much of it was borne out and is shown.

    ``n_dropped`` counts the statements that fell, by reason. ``n_tokens_read`` and ``n_tokens_written`` are over all
    ``n_calls``, ``estimated`` where the model did not count them itself; ``cost`` follows the prices in the settings.
    """

    model: str
    n_statements: int
    n_shown: int
    n_dropped: Mapping[str, int] = field(default_factory=dict)
    n_calls: int = 0
    n_tokens_read: int = 0
    n_tokens_written: int = 0
    estimated: bool = False
    cost: float = 0.0
    elapsed_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Partial:
    """An answer on its way: what has been verified of it so far; what comes after takes its place, whole."""

    verdict: Verdict | None
    answer: str
    citations: tuple[Citation, ...]

    def to_json(self) -> dict[str, Any]:
        """The beginning as plain values for ``json.dumps``."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets; ``[n]`` in ``answer`` points to the citation numbered n.

    ``as_of`` is the date of the latest source that the answer leans on (ISO, possibly only a year or a month).
    ``nearest`` holds passages close to the question when the sources do not answer it. ``form`` tells of an answer that
    is best shown as what it is: positions side by side, a timeline, or a list of actors. ``answerer`` is ``extractive``
    or the chat model that worded it; ``wording`` tells what that model did, also where the extractive answer stands in
    for it, and ``note`` says so in Swedish.
    """

    id: str
    question: str
    status: Status
    verdict: Verdict | None
    answer: str
    citations: tuple[Citation, ...]
    as_of: str | None
    answerer: str
    generation: str
    elapsed_ms: float
    nearest: tuple[Citation, ...] = ()
    form: Form = ""
    note: str = ""
    wording: Wording | None = None

    def to_json(self) -> dict[str, Any]:
        """The answer as plain values for ``json.dumps``."""
        return asdict(self)
