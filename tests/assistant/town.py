"""A made-up town: its documents, its language data, and sentences read as the assistant reads them."""

from collections.abc import Sequence
from pathlib import Path

from assistant.evidence import Evidence, score_sentences
from assistant.question import Question, understand
from assistant.sentences import Sentence, SentenceReader
from assistant.terms import Term, question_terms
from corpus.knowledge import Body, Knowledge, Scope, ShortForm
from corpus.models import Document, Section, Source, Span
from corpus.swedish import SwedishAnalyzer
from ingest.sync import Bundle

TOWN_PLAN = """# Planen

## Läget

Staden bygger cykelbanor. Det tar tre år. Parknämnden bedömer att det inte finns några pengar till en bro.

## Kostnader

Fontänen kostar 30 miljoner kronor.
"""
SHEET = """---
id: bladet
kind: faktablad
date: "2026-07"
updates:
  - document: plan
    claim: "Det tar tre år."
    by: "Staden räknade 2025 med fem år."
    relation: contradicts
    since: "2025"
  - document: plan
    claim: "Det tar tre år."
    by: "Cykelbanorna tar fyra år att bygga."
    relation: updates
    since: "2026-07-01"
  - document: plan
    claim: "Fontänen kostar 30 miljoner kronor."
    by: "Fontänen kostade 30 miljoner kronor."
    relation: confirms
    since: "2026"
---
# Bladet

Staden räknade 2025 med fem år. Cykelbanorna tar fyra år att bygga. Fontänen kostade 30 miljoner kronor.
"""
STANDPOINTS = """# Yttranden

Kyrkogårdsförvaltningen vill ha fler bänkar. Hamnkontoret önskar en ny kaj.
"""
SOURCES = """documents:
  - id: plan
    path: plan.md
    title: Planen
    publisher: Staden
    date: "2024-06"
    kind: utredning
    url: https://staden.example/plan
    primary: true
  - {id: bladet, path: bladet.md, title: Bladet, publisher: Staden, url: https://staden.example/bladet}
  - {id: yttranden, path: yttranden.md, title: Yttranden, publisher: Staden, date: "2023", kind: dokument}
"""
KNOWLEDGE = Knowledge(
    bodies=(
        Body("parknamnden", "Parknämnden", ("Parknämnden", "PN"), "nämnd"),
        Body("hamnkontoret", "Hamnkontoret", ("Hamnkontoret", "hamnens kontor"), "förvaltning"),
        Body("statens", "Statens utredning", ("Statens utredning",), "utredning", frozenset({"statligt"})),
        Body("egen", "Stadens utredning", ("Stadens utredning",), "utredning", frozenset({"plan"}), understood=True),
    ),
    actor_kinds={"nämnd": "kommun", "kommun": "", "stad": "kommun", "stat": "", "förvaltning": "kommun"},
    short_forms=(ShortForm("utredningen", "egen", (Scope("plan", "Staten", "statens"),)),),
    abbreviations={"SÖK": "strategiska överenskommelsen"},
    synonym_groups=(("bro", "viadukt"), ("tunnel", "underfart")),
    thesaurus={"cykelbana": ("cykelväg",)},
    english={"bridge": ("bro",), "build": ("bygga",)},
    phrases={"i kraft": "gälla", "träda i kraft": "börja gälla"},
    opposites=(
        (("frivillig", "valfri"), ("obligatorisk",)),
        (("öka", "höja", "högre"), ("minska", "sänka", "sjunka", "lägre")),
        (("hög", "stor"), ("låg", "liten")),
        (("lag",), ("förordning",)),
    ),
)
ANALYZER = SwedishAnalyzer()


def write_town(folder: Path) -> Bundle:
    """The town's documents as files in ``folder``, one of which updates another."""
    folder.mkdir()
    for name, text in (("plan.md", TOWN_PLAN), ("bladet.md", SHEET), ("yttranden.md", STANDPOINTS)):
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    return Bundle(folder, folder / "sources.yaml")


def document(*sentences: str, heading: str = "", document_id: str = "plan", primary: bool = True) -> Document:
    """A document of one paragraph, under ``heading`` where one is given."""
    text, spans = (f"{heading}\n\n" if heading else ""), []
    first = len(text)
    for number, sentence in enumerate(sentences):
        text += " " if number else ""
        spans.append(Span(len(text), len(text) + len(sentence)))
        text += sentence
    return Document(
        Source(document_id, "Planen", "Staden", "2024-06", "utredning", primary=primary),
        text,
        sections=(Section(heading, 1, Span(0, len(text))),) if heading else (),
        paragraphs=(Span(first, len(text)),),
        sentences=tuple(spans),
    )


def read(*sentences: str, heading: str = "", document_id: str = "plan", primary: bool = True) -> list[Sentence]:
    """``sentences`` of one paragraph, as the assistant reads them."""
    whole = document(*sentences, heading=heading, document_id=document_id, primary=primary)
    return SentenceReader(ANALYZER, KNOWLEDGE).within(whole, Span(0, len(whole.text)))


def terms_of(question: Question, english: bool = False) -> list[Term]:
    """The question's terms in an index that holds none of them: every full-weight term weighs 1."""
    return question_terms(question, KNOWLEDGE, lambda terms: dict.fromkeys(terms, 0), 100, english)


def rank(text: str, sentences: Sequence[Sentence]) -> tuple[Question, list[Term], list[Evidence]]:
    """The question in ``text``, its terms, and ``sentences`` as evidence for it, best first."""
    question = understand(text)
    terms = terms_of(question)
    return question, terms, score_sentences(question, terms, sentences, {})
