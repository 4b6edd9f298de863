"""When an answer counts as unchanged, and how the shares add up."""

import pytest

from corpus.models import Document
from evals.metamorphic.survey import compare, difference, right_kept, sampled, varied
from evals.scoring import AnsweredCase
from evals.statistics import Rate
from tests.evals.builders import MUNICIPALITY, SKR, STATE, make_answer, make_case, make_citation, make_document

BASE = make_answer(verdict="no", citations=(make_citation(1, *STATE), make_citation(2, *SKR)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answer": "Annat. [1]"}, ""),
        ({"citations": (make_citation(1, 7, 37),)}, ""),  # overlaps the first citation
        ({"citations": (make_citation(1, *MUNICIPALITY), make_citation(2, *STATE))}, "first citation d 'Staten"),
        ({"citations": (make_citation(1, *STATE, document_id="e"),)}, "first citation d 'Staten säger nej.' → e"),
        ({"citations": ()}, "first citation d 'Staten säger nej.' → none"),
        ({"verdict": None}, "verdict no → None"),
        ({"status": "not_in_sources", "verdict": None, "citations": ()}, "status answered → not_in_sources"),
    ],
)
def test_what_counts_as_changed(changes: dict[str, object], expected: str) -> None:
    values: dict[str, object] = {"verdict": "no", "citations": BASE.citations} | changes
    after = make_answer(str(values.pop("answer", BASE.answer)), **values)
    found = difference(BASE, after)
    assert found.startswith(expected)
    assert bool(found) == bool(expected)


def test_questions_that_a_variant_leaves_alone_are_not_counted() -> None:
    cases = [make_case(id="a", question="Får man?"), make_case(id="b", question="Vem?")]
    assert [(case.id, case.question) for case in varied(cases, "diacritics")] == [("a", "Far man?")]
    assert varied(cases, "typos") == varied(cases, "typos")


def test_a_sample_has_each_kind_by_its_share() -> None:
    cases = [make_case(id=str(n), kind="who" if n % 4 == 0 else "when") for n in range(40)]
    drawn = sampled(cases, 20)
    assert [case.kind for case in drawn].count("who") == 5
    assert len(drawn) == 20
    assert drawn == sampled(cases, 20)
    assert [case.id for case in drawn] == [case.id for case in cases if case in drawn]
    assert sampled(cases, 0) == sampled(cases, 40) == cases


def test_shares_by_kind_and_right_answers_kept() -> None:
    def stored(_: str) -> Document:
        return make_document()

    no, yes = make_case(id="a", verdict="no", question="Får man?"), make_case(id="b", verdict="yes", split="heldout")
    base = [AnsweredCase(no, BASE), AnsweredCase(yes, BASE)]
    turned = make_answer("Ja. Staten säger nej. [1]", verdict="yes", citations=(make_citation(1, *STATE),))
    answered = {"typos": [AnsweredCase(no, BASE), AnsweredCase(yes, turned)], "capitals": [AnsweredCase(no, turned)]}
    found = compare({"a": BASE, "b": BASE}, answered)
    assert found.kinds == {"typos": Rate(2, 1), "capitals": Rate(1, 0)}
    assert found.unchanged == Rate(3, 1)
    assert [(c.kind, c.case.id, c.difference) for c in found.changes] == [
        ("typos", "b", "verdict no → yes"),
        ("capitals", "a", "verdict no → yes"),
    ]
    text = "Nej. Staten säger nej. [1] SKR ser inga hinder. [2]"
    base = [AnsweredCase(one.case, make_answer(text, verdict="no", citations=BASE.citations)) for one in base]
    again = {kind: [AnsweredCase(o.case, base[0].answer) for o in ones] for kind, ones in answered.items()}
    assert right_kept(base, again | {"none": [base[1]]}, stored) == {
        "typos": Rate(1, 1),  # the other one was not right as written
        "capitals": Rate(1, 1),
        "none": Rate(0, 0),
    }
