"""The shipped cases against the shipped documents: what is to be proven must stand there, word for word."""

from pathlib import Path

from corpus.models import Document
from evals.cases import case_files, load_cases
from evals.check import flaws
from ingest.origins import gather
from ingest.parse.document import parse_bytes
from ingest.parse.files import read_bytes


def test_shipped_cases_have_no_flaw(tmp_path: Path) -> None:
    parsed = [parse_bytes(read_bytes(entry.path), entry).document for entry in gather(tmp_path).entries]
    documents: dict[str, Document] = {document.source.document_id: document for document in parsed}
    assert "malmo-forsoksverksamhet" in documents
    assert flaws(load_cases(case_files()), documents) == ()
