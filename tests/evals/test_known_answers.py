"""The shipped cases against the shipped documents: what is to be proven must stand there, word for word."""

import pytest

from corpus.models import Document
from evals.cases import Case, case_files, load_cases
from evals.metrics.text import any_occurs, spans_of
from ingest.origins import gather
from ingest.parse.document import parse_bytes
from ingest.parse.files import read_bytes

CASES = load_cases(case_files())


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    gathered = gather(tmp_path_factory.mktemp("data"))
    parsed = [parse_bytes(read_bytes(entry.path), entry).document for entry in gathered.entries]
    return {document.source.document_id: document for document in parsed}


def test_every_quote_stands_in_its_document(documents: dict[str, Document]) -> None:
    lost = [
        (case.id, quote)
        for case in CASES
        for group in case.evidence
        for quote in group
        if not spans_of(quote, documents[case.document].text)
    ]
    assert lost == []


def test_what_is_forbidden_does_not_stand_in_the_evidence() -> None:
    def evidence(case: Case) -> str:
        return "\n".join(group[0] for group in case.evidence)

    wrong = [(case.id, phrase) for case in CASES for phrase in case.forbidden if any_occurs(phrase, evidence(case))]
    assert wrong == []


def test_expected_facts_can_be_said_from_the_documents(documents: dict[str, Document]) -> None:
    unsayable = [
        (case.id, fact)
        for case in CASES
        if case.status == "answered"
        for fact in case.facts
        if not any(any_occurs(fact, f"{d.source.title} {d.source.publisher} {d.text}") for d in documents.values())
    ]
    assert unsayable == []
