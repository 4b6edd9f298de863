"""Builders of small documents, citations, answers and cases for the metric tests."""

from typing import Any

from assistant.models import Answer, Citation
from corpus.models import Document, Source
from evals.cases import Case

TEXT = "Staten säger nej. Kommunen får pröva. SKR ser\ninga hinder."
STATE, MUNICIPALITY, SKR = (0, 17), (18, 37), (38, 58)  # where its sentences stand


def make_document(text: str = TEXT, document_id: str = "d") -> Document:
    return Document(Source(document_id, "Titel", "Utgivare", "2024", "utredning"), text)


def make_citation(number: int, start: int, end: int, quote: str | None = None, document_id: str = "d") -> Citation:
    return Citation(
        number=number,
        document_id=document_id,
        title="Titel",
        kind="utredning",
        publisher="Utgivare",
        date="2024",
        section="",
        page=None,
        start=start,
        end=end,
        quote=TEXT[start:end] if quote is None else quote,
        url="",
        context=TEXT,
        context_start=0,
    )


def make_answer(text: str = "Nej. Staten säger nej. [1]", **changes: Any) -> Answer:
    values: dict[str, Any] = {
        "id": "1",
        "question": "Får man?",
        "status": "answered",
        "verdict": None,
        "answer": text,
        "citations": (),
        "as_of": None,
        "answerer": "extractive",
        "generation": "g",
        "elapsed_ms": 1.0,
    }
    return Answer(**(values | changes))


def make_case(**changes: Any) -> Case:
    values: dict[str, Any] = {"id": "c-1", "kind": "yes_no", "question": "Får man?", "document": "d"}
    return Case.model_validate(values | changes)
