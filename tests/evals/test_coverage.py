"""Which sentences the known answers lean on, on a document of three."""

from dataclasses import replace

from corpus.models import Span
from evals.coverage import coverage
from tests.evals.builders import MUNICIPALITY, SKR, STATE, make_case, make_document


def test_sentences_that_no_evidence_touches() -> None:
    document = replace(make_document(), sentences=tuple(Span(*span) for span in (STATE, MUNICIPALITY, SKR)))
    cases = [
        make_case(id="a", evidence=["säger nej. Kommunen"]),  # touches two
        make_case(id="b", evidence=["står inte här", {"document": "gone", "quote": "SKR ser inga hinder."}]),
    ]
    (found,) = coverage(cases, {"d": document})
    assert found.untouched == (Span(*SKR),)
    assert str(found) == "d: 2 of 3 sentences are evidence"
