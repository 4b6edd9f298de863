"""An engine at the seam of the web layer: answers by rule, so that every outcome and hostile text can be shown."""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace

from assistant.answerer import Published
from assistant.chat.client import Stop
from assistant.models import Answer, Citation, Partial, Turn
from corpus.errors import IndexUnavailable
from corpus.models import Document, Manifest, Section, Source, Span
from corpus.store import UpdateLink

PARAGRAPH = "Staten gick inte vidare. Förvaltningen bedömer att det inte finns några öppningar. Annat är möjligt."
QUOTE = "Förvaltningen bedömer att det inte finns några öppningar."

CITATION = Citation(
    number=1,
    document_id="malmo",
    title="Utredningen",
    kind="utredning",
    publisher="Malmö stad",
    date="2024",
    section="Sammanfattande bedömning",
    page=3,
    start=125,
    end=125 + len(QUOTE),
    quote=QUOTE,
    url="https://malmo.example/utredning",
    context=PARAGRAPH,
    context_start=100,
)
ANSWER = Answer(
    id="a1",
    question="Kan Malmö få undantag?",
    status="answered",
    verdict="no",
    answer=f"Nej. {QUOTE} [1]",
    citations=(CITATION,),
    as_of="2024",
    answerer="extractive",
    generation="g1",
    elapsed_ms=1.0,
)
MANIFEST = Manifest("g1", 1, "2026-07-01T00:00:00Z", "builtin", 8, "hash", 1, 1)
SOURCE = Source("malmo", "Utredningen", "Malmö stad", "2024", "utredning", primary=True)
# The cited paragraph stands at 100, between one of another section before it and one of its own after it.
TEXT = f"{'Inledning. ':<96}\n\n\n\n{PARAGRAPH}\n\nDärefter."
END = 100 + len(PARAGRAPH)
DOCUMENT = Document(
    SOURCE,
    TEXT,
    sections=(Section("Bakgrund", 1, Span(0, 100)), Section("Sammanfattande bedömning", 1, Span(100, len(TEXT)))),
    paragraphs=(Span(0, 96), Span(100, END), Span(END + 2, len(TEXT))),
)


class StandInIndex:
    """As much of an index as the web layer reads."""

    def __init__(self, missing: bool = False, sources: tuple[Source, ...] = (SOURCE,)) -> None:
        self.missing = missing
        self.held = sources

    @property
    def manifest(self) -> Manifest:
        if self.missing:
            raise IndexUnavailable("/secret/folder: no published index; run python -m ingest sync")
        return MANIFEST

    def sources(self) -> tuple[Source, ...]:
        return self.held

    def document(self, document_id: str) -> Document:
        return replace(DOCUMENT, source=replace(SOURCE, document_id=document_id))

    def updates_of(self, document_id: str) -> tuple[UpdateLink, ...]:
        return ()

    def document_frequency(self, terms: Iterable[str]) -> dict[str, int]:
        return dict.fromkeys(terms, 1)


class StandIn:
    """Answers with what ``reply`` makes of the question; keeps what it was asked."""

    problem = ""

    def __init__(
        self,
        reply: Callable[[str], Answer] = lambda question: replace(ANSWER, question=question),
        index: StandInIndex | None = None,
    ) -> None:
        self.reply = reply
        self.index: Published = index or StandInIndex()
        self.asked: list[tuple[str, tuple[Turn, ...]]] = []
        self.within: list[frozenset[str]] = []

    def ask(self, question: str, history: Sequence[Turn] = (), documents: frozenset[str] = frozenset()) -> Answer:
        self.asked.append((question, tuple(history)))
        self.within.append(documents)
        return self.reply(question)

    def sources_of(self, question: str) -> frozenset[str]:
        answer = self.reply(question)
        return frozenset(c.document_id for c in answer.citations if answer.status == "answered")

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        documents: frozenset[str] = frozenset(),
        stop: Stop | None = None,
    ) -> Generator[Partial | Answer]:
        yield self.ask(question, history, documents)
