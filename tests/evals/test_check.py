"""The validator of case files: each flaw is found and named, and what is held back is not shown."""

from typing import Any

import pytest

from evals.check import flaws
from tests.evals.builders import make_case, make_document

DOCUMENTS = {"d": make_document()}
GOOD: dict[str, Any] = {"fact": "f", "evidence": ["Staten säger nej."], "facts": ["säger nej"]}


def test_a_good_case_has_no_flaw() -> None:
    assert flaws([make_case(**GOOD, any_of=[{"evidence": ["SKR ser inga hinder."]}])], DOCUMENTS) == ()


@pytest.mark.parametrize(
    ("changes", "flaw"),
    [
        ({"fact": ""}, "names no fact"),
        ({"evidence": []}, "is answered by nothing"),
        ({"kind": "follow_up"}, "without history"),
        ({"document": "x"}, "document x is not in the corpus"),
        ({"evidence": ["Staten säger ja."]}, "evidence is not in d, word for word: 'Staten säger ja.'"),
        ({"any_of": [{"evidence": ["Kommunen"]}, {"evidence": ["Landet"]}]}, "word for word: 'Landet'"),
        ({"forbidden": ["Staten säger"]}, "forbids what its evidence says: 'Staten säger'"),
        ({"facts": ["säger kanske"]}, "expects words that no document has: 'säger kanske'"),
    ],
)
def test_flaw_is_named(changes: dict[str, Any], flaw: str) -> None:
    (line,) = flaws([make_case(**(GOOD | changes))], DOCUMENTS)
    assert line.startswith("case c-1: ")
    assert flaw in line


def test_held_back_words_are_not_shown() -> None:
    case = make_case(**(GOOD | {"facts": ["hemligt"], "evidence": ["dolt"]}), split="heldout")
    found = flaws([case], DOCUMENTS)
    assert len(found) == 2
    assert all("(held back)" in line and "hemligt" not in line and "dolt" not in line for line in found)


def test_splits_share_no_fact_and_no_question_is_asked_twice() -> None:
    cases = [
        make_case(**GOOD, id="a", split="dev"),
        make_case(**GOOD, id="b", split="heldout", question="Får  MAN?"),
        make_case(**GOOD, id="c", split="dev", history=[{"question": "Hur?", "answer": "Så."}]),
    ]
    assert flaws(cases, DOCUMENTS) == (
        "fact f is in the splits dev and heldout; keep all its cases in one",
        "case b: asks what case a asks; drop one",
    )
